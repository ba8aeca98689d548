"""A department with two stations, made once: its keys are read and never changed by a story."""

import pytest
from two_stations import Department


@pytest.fixture(scope="session")
def department() -> Department:
    return Department()
