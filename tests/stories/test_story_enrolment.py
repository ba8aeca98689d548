"""A new computer joins the department: asked, compared, signed, and every colleague follows."""

from pathlib import Path

import pytest
from department import Department
from two_computers import NAME, TwoComputers

from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Compartment, Role


@pytest.fixture
def two(department: Department, tmp_path: Path, clock: FixedClock) -> TwoComputers:
    stick = tmp_path / "stick"
    stick.mkdir()
    return TwoComputers(department.folder, tmp_path / "back", stick, clock, department.staff)


def test_the_administrator_signs_in_at_the_new_computer_at_once(two: TwoComputers) -> None:
    joined = two.enrolled()
    assert joined.letter == "B"
    with two.at(two.back, Role.ADMINISTRATOR) as desk:
        assert desk.agency.name == joined.department
        assert desk.station_letter == "B"
        assert desk.care is None
    with two.at(two.back, Role.ADMINISTRATOR) as desk:  # the ordinary slot of this computer
        assert desk.person.roles == {Role.ADMINISTRATOR}


def test_a_coordinator_follows_once_they_signed_in_where_they_work(two: TwoComputers) -> None:
    two.enrolled()
    two.sync(two.front, Role.COORDINATOR)
    two.sync(two.back)
    with two.at(two.back, Role.COORDINATOR) as desk:
        assert desk.care is not None
        assert desk.cases is not None
    assert (two.back / f"{Compartment.CARE}.db").exists()
