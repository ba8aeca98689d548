"""A department with two stations, made once: its keys are read and never changed by a story."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from forging import Workshop
from keyed_stations import Department

MEMORY = Path("/dev/shm")  # noqa: S108 (what was written to memory stays, as after a kill)


@pytest.fixture(scope="session")
def department() -> Department:
    return Department()


@pytest.fixture(scope="session")
def workshop(department: Department) -> Workshop:
    return Workshop(department)


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder for drills: in memory where the system has one; a kill is no power cut."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    yield folder
    shutil.rmtree(folder)
