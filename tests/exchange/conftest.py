"""A department with two stations, made once: its keys are read and never changed by a story."""

import pytest
from forging import Workshop
from keyed_stations import Department


@pytest.fixture(scope="session")
def department() -> Department:
    return Department()


@pytest.fixture(scope="session")
def workshop(department: Department) -> Workshop:
    return Workshop(department)
