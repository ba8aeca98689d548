"""A department with two stations, made once: its keys are read and never changed by a story."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from forging import Workshop
from keyed_stations import BACK, FRONT, Department
from post_rooms import Desk, StationHouse

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch

BEGUN = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)
MEMORY = Path("/dev/shm")  # noqa: S108 (what was written to memory stays, as after a kill)


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
    for station in (FRONT, BACK):
        shutil.copytree(new_houses / station, tmp_path / station)
    return [StationHouse(department, one, tmp_path / one, clock) for one in (FRONT, BACK)]


@pytest.fixture
def desks(houses: list[StationHouse]) -> Iterator[list[Desk]]:
    """Somebody is signed in at both."""
    made = [house.desk() for house in houses]
    yield made
    for desk in made:
        desk.close()


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder for drills: in memory where the system has one; a kill is no power cut."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    yield folder
    shutil.rmtree(folder)
