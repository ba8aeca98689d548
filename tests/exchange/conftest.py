"""A department with two stations, made once: its keys are read and never changed by a story."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from forging import Workshop
from keyed_stations import BACK, FRONT, Department
from post_rooms import BEGUN, Desk, StationHouse

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch


@pytest.fixture(scope="session")
def founded() -> Department:
    return Department()


@pytest.fixture(scope="session")
def department(founded: Department) -> Department:
    return founded


@pytest.fixture(scope="session")
def workshop(department: Department) -> Workshop:
    return Workshop(department)


@pytest.fixture(scope="session")
def new_houses(founded: Department, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Profiles of two new stations; making their files is slow, copying them is not."""
    folder, clock = tmp_path_factory.mktemp("houses"), FixedClock(BEGUN)
    for station, epoch in ((FRONT, "aaaa01"), (BACK, "bbbb01")):
        StationHouse.made(founded, station, folder / station, clock, Epoch(epoch))
    return folder


@pytest.fixture
def houses(
    department: Department, new_houses: Path, tmp_path: Path, clock: FixedClock
) -> list[StationHouse]:
    """Two stations that have written nothing yet."""
    made = (new_houses / station for station in (FRONT, BACK))
    return [StationHouse.copied(department, one, tmp_path, clock) for one in made]


@pytest.fixture
def desks(houses: list[StationHouse]) -> Iterator[list[Desk]]:
    """Somebody is signed in at both."""
    made = [house.desk() for house in houses]
    yield made
    for desk in made:
        desk.close()
