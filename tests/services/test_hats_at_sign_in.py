"""A tiny agency: one person administers and coordinates, and wears one hat at a time."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from walk_ins import audit, station_of

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import ChooseHat, NoGrant, NotAllowed
from intake_app.domain.roles import May, Role
from intake_app.services.signing.setting_up import roles_asked
from intake_app.services.signing.signing_in import NewPerson, SetUp
from intake_app.settings.agency import Agency
from intake_app.vault import kdf

PHRASE = "four plain warm words"
BOTH = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
KAMES = NewPerson("kames", "K. Ames", PHRASE, BOTH)
OTTO = NewPerson("otto", "O. Ficer", "copper river mile road", frozenset({Role.OFFICER}))


NOON = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department of two, set up once."""
    folder = tmp_path_factory.mktemp("tiny") / "profile"
    agency = Agency(name="Pine Hollow", prefix="PH", second_factor="off",
                    second_factor_reason="No phones here yet")  # fmt: skip
    asked = SetUp(agency, (KAMES, OTTO), ("kames", "otto"))
    ProfileGate(folder, FixedClock(NOON)).found(asked, use_keyring=False)
    return folder


@pytest.fixture
def gate(tiny: Path, tmp_path: Path) -> ProfileGate:
    """Its own copy for each test: no other sign-in is in its log."""
    shutil.copytree(tiny, tmp_path / "profile")
    return ProfileGate(tmp_path / "profile", FixedClock(NOON))


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the slow key derivation was asked for."""
    seen: list[str] = []
    real = kdf.stretch

    def stretch(passphrase: str, *rest: object) -> bytes:
        seen.append(passphrase)
        return real(passphrase, *rest)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(kdf, "stretch", stretch)
    return seen


def test_the_hat_decides_what_is_opened_and_the_log_names_it(
    gate: ProfileGate, stretched: list[str]
) -> None:
    with pytest.raises(ChooseHat) as asked:
        gate.unlock(KAMES.user_name, PHRASE)
    assert asked.value.roles == ("administrator", "coordinator")
    assert PHRASE not in repr(vars(gate))
    desk = gate.wear(Role.ADMINISTRATOR)
    assert desk.person.roles == {Role.ADMINISTRATOR}
    assert (desk.care, desk.cases, desk.sealed) == (None, None, None)
    assert [name for name, *_ in gate.health()] == ["station"]
    with pytest.raises(NotAllowed):
        desk.require(May.READ_INTAKE)
    assert len(audit(station_of(desk), "sign in as administrator")) == 1
    gate.lock()
    with pytest.raises(ChooseHat):
        gate.unlock(KAMES.user_name, PHRASE)
    desk = gate.wear(Role.COORDINATOR)
    assert desk.care is not None
    assert desk.cases is not None
    assert len(audit(station_of(desk), "sign in as coordinator")) == 1
    gate.lock()
    assert stretched == [PHRASE, PHRASE]  # once for each sign-in, not for each hat


def test_a_hat_may_be_named_at_once(gate: ProfileGate) -> None:
    desk = gate.unlock(KAMES.user_name, PHRASE, Role.COORDINATOR)
    assert desk.person.roles == {Role.COORDINATOR}
    assert {one.roles for one in desk.colleagues} >= {BOTH}  # others see all that one may do
    gate.lock()
    with pytest.raises(NotAllowed):
        gate.unlock(KAMES.user_name, PHRASE, Role.OFFICER)
    assert list(gate.health()) == []


def test_a_hat_is_nobodys_after_one_has_left(gate: ProfileGate) -> None:
    with pytest.raises(NoGrant):
        gate.wear(Role.COORDINATOR)
    with pytest.raises(ChooseHat):
        gate.unlock(KAMES.user_name, PHRASE)
    gate.lock()
    with pytest.raises(NoGrant):
        gate.wear(Role.COORDINATOR)
    with pytest.raises(ChooseHat):
        gate.unlock(KAMES.user_name, PHRASE)
    with pytest.raises(NotAllowed):
        gate.wear(Role.SUPERVISOR)
    with pytest.raises(NoGrant):  # a hat that is not one's own shuts everything
        gate.wear(Role.COORDINATOR)


def test_an_officer_who_was_named_to_read_walk_ins_has_two_hats(gate: ProfileGate) -> None:
    """There is never one merged list of care and cases for who holds a badge."""
    with pytest.raises(ChooseHat) as asked:
        gate.unlock(OTTO.user_name, OTTO.passphrase)
    assert asked.value.roles == ("front_desk", "officer")
    officer = gate.wear(Role.OFFICER)
    assert officer.care is None
    assert officer.cases is not None
    desk = gate.unlock(OTTO.user_name, OTTO.passphrase, Role.FRONT_DESK)
    assert desk.cases is None
    assert desk.care is not None
    gate.lock()


@pytest.mark.parametrize(
    ("roles", "reads", "becomes"),
    [
        ({Role.FRONT_DESK}, True, {Role.FRONT_DESK}),
        ({Role.FRONT_DESK}, False, {Role.RECEPTION}),
        ({Role.OFFICER}, False, {Role.OFFICER}),
        ({Role.OFFICER}, True, {Role.OFFICER, Role.FRONT_DESK}),
        ({Role.OFFICER, Role.FRONT_DESK}, False, {Role.OFFICER, Role.RECEPTION}),
        ({Role.COORDINATOR}, True, {Role.COORDINATOR}),
        ({Role.ADMINISTRATOR}, False, {Role.ADMINISTRATOR}),
    ],
)
def test_who_is_not_named_to_read_walk_ins_hands_them_in(
    roles: set[Role], reads: bool, becomes: set[Role]
) -> None:
    person = NewPerson("somebody", "S. Body", PHRASE, frozenset(roles))
    asked = SetUp(Agency(), (person,), ("somebody",) if reads else ())
    assert roles_asked(person, asked) == becomes
