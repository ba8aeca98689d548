"""Two places to play in: a whole real profile, and a small house of held cases.

The profile is made once (slow on purpose: real key derivation) and copied for each test.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from county_world import World, two_departments
from held_cases import House, case_taken
from profiles import Desks, Profile
from two_stations import Stations, two_stations

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk

MADE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    folder = tmp_path_factory.mktemp("services") / "profile"
    clock = FixedClock(MADE)
    people = ProfileGate(folder, clock).make_training(folder, people=2, seed=1)
    return Profile(folder, clock, people)


@pytest.fixture(scope="session")
def county_world(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two departments and a county; made once, read by several stories."""
    return two_departments(template, tmp_path_factory.mktemp("county"))


@pytest.fixture
def stations(tmp_path: Path, clock: FixedClock) -> Iterator[Stations]:
    """Two that work apart, from the morning on."""
    clock.at = MADE
    with two_stations(tmp_path, clock) as made:
        yield made


@pytest.fixture
def profile(template: Profile, tmp_path: Path) -> Profile:
    return template.copy_to(tmp_path / "profile")


@pytest.fixture
def desks(profile: Profile) -> Iterator[Desks]:
    """The desk of a role; several people may sit at one profile in one story."""
    with ExitStack() as stack:
        found: dict[Role, Desk] = {}

        def desk_of(role: Role) -> Desk:
            if role not in found:
                gate = profile.gate()
                stack.callback(gate.lock)
                found[role] = profile.unlock(gate, role)
            return found[role]

        yield desk_of


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """M. Hale at the front desk."""
    return desks(Role.FRONT_DESK)


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    """One station with its real files and a small program that holds charges."""
    clock.at = MADE
    made = House(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def officer(house: House) -> Desk:
    """D. Reyes, who takes cases."""
    return house.desk(Role.OFFICER)


@pytest.fixture
def supervisor(house: House) -> Desk:
    """T. Okafor, whose word an officer may need."""
    return house.desk(Role.SUPERVISOR)


@pytest.fixture
def coordinator(house: House) -> Desk:
    """J. Lowe, who works with people on their plans."""
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def case(officer: Desk) -> RecordId:
    """A citation that was issued just now."""
    return case_taken(officer)
