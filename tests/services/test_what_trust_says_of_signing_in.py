"""The trust page on the second proof and the keyring; what is left of a sign-in after locking."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
from remembering_keyring import RememberingKeyring
from second_proof import AMES, HALE, House, found, lines

from intake_app.domain.errors import DeviceSecretMissing, NoGrant
from intake_app.domain.roles import Role
from intake_app.domain.sign_in_errors import EnterCode
from intake_app.domain.trust import Light
from intake_app.services.desk import Desk
from intake_app.services.signing import own
from intake_app.services.signing.checks import check_keyring, check_second_factor
from intake_app.services.signing.setting_up import read_agency
from intake_app.services.signing.signing_in import SetUp
from intake_app.settings.agency import Agency
from intake_app.settings.banner import banner_version
from intake_app.settings.profile import read_told
from intake_app.words import Words

WORDS = Words()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> House:
    return found(tmp_path_factory.mktemp("trust") / "profile")


@pytest.fixture
def house(template: House, tmp_path: Path) -> House:
    return template.copy_to(tmp_path / "profile")


def signed_in(house: House) -> tuple[Desk, object]:
    gate = house.gate()
    house.enrol(HALE, gate)
    return gate.unlock(HALE.user_name, HALE.passphrase), gate


def test_a_second_proof_that_is_asked_for_is_green_and_names_its_policy(house: House) -> None:
    desk, _ = signed_in(house)
    told = check_second_factor(desk, WORDS)
    assert (told.id, told.light) == ("second_factor", Light.GREEN)
    assert "CJIS Security Policy 6.0" in told.found


def test_one_that_is_off_is_amber_with_its_reason(house: House, tmp_path: Path) -> None:
    agency = Agency(name="Fox Run", second_factor="off", second_factor_reason="No phones inside")
    off = House(tmp_path / "off", house.clock)
    off.gate().found(SetUp(agency, (AMES, HALE), ("mhale",)), use_keyring=False)
    gate = off.gate()
    desk = gate.unlock(HALE.user_name, HALE.passphrase)  # nothing is asked
    told = check_second_factor(desk, WORDS)
    assert told.light is Light.AMBER
    assert "No phones inside" in told.found
    assert told.to_do
    assert read_agency(desk.station).second_factor == "off"
    gate.lock()


def test_the_keyring_is_green_only_where_it_keeps_a_secret_for_this_person(
    house: House, tmp_path: Path
) -> None:
    desk, _ = signed_in(house)
    told = check_keyring(desk, WORDS)
    assert (told.id, told.light) == ("keyring", Light.AMBER)
    assert "passphrase alone" in told.found
    assert check_keyring(replace(desk, sign_in=None), WORDS).light is Light.AMBER


@pytest.fixture
def remembering() -> Iterator[RememberingKeyring]:
    before = keyring.get_keyring()
    keyring.set_keyring(made := RememberingKeyring())
    yield made
    keyring.set_keyring(before)


def test_without_its_keyring_a_computer_says_so_and_counts_nothing(
    house: House, tmp_path: Path, remembering: RememberingKeyring
) -> None:
    agency = Agency(name="Fox Run", second_factor="off", second_factor_reason="No phones")
    bound = House(tmp_path / "bound", house.clock)
    bound.gate().found(SetUp(agency, (AMES, HALE), ("mhale",)), use_keyring=True)
    gate = bound.gate()
    desk = gate.unlock(HALE.user_name, HALE.passphrase)
    assert check_keyring(desk, WORDS).light is Light.GREEN
    gate.lock()
    remembering.kept.clear()  # the password of the computer was reset
    for _ in range(7):  # it is nobody's fault: never locked
        with pytest.raises(DeviceSecretMissing):
            gate.unlock(HALE.user_name, HALE.passphrase)


def test_the_notice_that_was_read_stands_in_the_log_before_the_sign_in(house: House) -> None:
    desk, _ = signed_in(house)
    assert banner_version() != "plain"
    assert lines(desk, f"read notice {banner_version()}")[-1] == (desk.person.id, "done")
    assert read_told(house.folder).policy == "cjis_6_0"


def test_after_locking_nothing_of_the_way_in_is_left(house: House) -> None:
    gate = house.gate()
    phone = house.enrol(HALE, gate)
    desk = gate.unlock(HALE.user_name, HALE.passphrase)
    assert phone.secret in _texts()  # negative control: it is held while one works
    gate.lock()
    with pytest.raises(NoGrant):
        own.sign_in_state(desk)
    assert phone.secret not in _texts()
    house.clock.at += timedelta(hours=13)
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase, Role.FRONT_DESK)


def _texts() -> set[str]:
    """Texts that the program's own objects hold."""
    gc.collect()
    found = set[str]()
    for one in gc.get_objects():
        if str(type(one).__module__).startswith("intake_app"):
            held = [getattr(one, name, None) for name in getattr(type(one), "__slots__", ())]
            held += list(getattr(one, "__dict__", {}).values())
            found |= {value for value in held if isinstance(value, str)}
    return found
