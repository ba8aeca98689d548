"""At a computer that has just joined, a clerk is told where to sign in first, and not blamed."""

from pathlib import Path

import pytest
from department import Department
from two_computers import TwoComputers

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import KeysOnTheWay, WrongPassphrase
from intake_app.domain.roles import Role


@pytest.fixture
def two(department: Department, tmp_path: Path, clock: FixedClock) -> TwoComputers:
    (tmp_path / "stick").mkdir()
    made = TwoComputers(
        department.folder, tmp_path / "back", tmp_path / "stick", clock, department.staff
    )
    made.enrolled()
    return made


@pytest.mark.parametrize("user", ["mhale", "nobody"])
def test_who_has_no_keys_at_the_new_computer_yet_is_told_what_to_do(
    two: TwoComputers, user: str
) -> None:
    passphrase = two.person(Role.FRONT_DESK).passphrase
    with pytest.raises(KeysOnTheWay):  # of every name alike
        ProfileGate(two.back, two.clock).unlock(user, passphrase)


def test_where_all_have_keys_a_wrong_passphrase_is_a_wrong_passphrase(two: TwoComputers) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        ProfileGate(two.front, two.clock).unlock("mhale", "not this one at all")
    assert not isinstance(caught.value, KeysOnTheWay)
