"""At set-up one person types the passphrases of all: theirs stays, those of others open once."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import WeakPassphrase
from intake_app.domain.roles import Role
from intake_app.domain.sign_in_errors import NewPassphrase
from intake_app.services.signing.signing_in import NewPerson, SetUp
from intake_app.settings.agency import Agency

FIRST = "lantern maple orbit velvet"
TOLD = "copper thistle harbor window"
WEAK = "Summer2026Summer2026"
OWN = "meadow cinder pelican saddle"
AGENCY = Agency(name="Pine Hollow", prefix="PH", second_factor="off", second_factor_reason="A test")
PEOPLE = (
    NewPerson("kames", "K. Ames", FIRST, frozenset({Role.ADMINISTRATOR})),
    NewPerson("rlowe", "R. Lowe", TOLD, frozenset({Role.COORDINATOR})),
)


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


def made(folder: Path, clock: FixedClock, *, approved_only: bool = False) -> ProfileGate:
    gate = ProfileGate(folder, clock)
    gate.set_up(SetUp(AGENCY, PEOPLE, ("rlowe",), approved_only=approved_only))
    return gate


def test_who_set_up_goes_on_and_the_others_choose_their_own(
    tmp_path: Path, clock: FixedClock
) -> None:
    gate = made(tmp_path / "profile", clock)
    assert gate.unlock("kames", FIRST).person.user_name == "kames"
    with pytest.raises(NewPassphrase):
        gate.unlock("rlowe", TOLD)
    desk = gate.steps.choose_passphrase(OWN)
    assert desk.care is not None
    gate.lock()
    assert gate.unlock("rlowe", OWN).care is not None
    gate.lock()


@pytest.mark.parametrize(
    ("approved_only", "method"), [(False, "argon2id"), (True, "pbkdf2-sha512")]
)
def test_a_department_may_use_approved_algorithms_only(
    tmp_path: Path, clock: FixedClock, approved_only: bool, method: str
) -> None:
    gate = made(tmp_path / "profile", clock, approved_only=approved_only)
    said = json.loads((tmp_path / "profile" / "vault.json").read_text())
    assert {slot["kdf"] for slot in said["slots"].values()} == {method}
    assert gate.unlock("kames", FIRST).person.user_name == "kames"
    gate.lock()


def test_a_weak_passphrase_says_whose_it_is_by_place_and_no_department_is_made(
    tmp_path: Path, clock: FixedClock
) -> None:
    weak = replace(PEOPLE[1], passphrase=WEAK)
    gate = ProfileGate(tmp_path / "profile", clock)
    with pytest.raises(WeakPassphrase) as refused:
        gate.set_up(SetUp(AGENCY, (PEOPLE[0], weak), ("rlowe",)))
    assert refused.value.detail == "1"
    assert not gate.has_department()
