"""A real profile, with a clerk and a coordinator at it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk

MADE = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Desk]]:
    """Desks by role, all at one profile of fictional people."""
    folder = tmp_path_factory.mktemp("security") / "profile"
    with ExitStack() as stack:
        made: dict[Role, Desk] = {}
        people = ProfileGate(folder, FixedClock(MADE)).make_training(folder, people=2, seed=1)
        for person in people:
            gate = ProfileGate(folder, FixedClock(MADE))
            stack.callback(gate.lock)
            made[min(person.roles)] = gate.unlock(person.user_name, person.passphrase)
        yield made
