"""One person is purged from a file of a hundred thousand: two signatures, and nothing stays.

Writing the file anew and reading it page by page come later, when nobody works, and are no part of
it. Each turn is two days after the one before: more than twenty in a day would be a mass purge.
"""

import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks.full_profile import full_profile
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides
from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock, SystemClock
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.purging.purging import Wanted, approve_purge, propose_purge
from intake_app.services.purging.settling import settle_purges
from intake_app.services.training.training import fictional_department
from intake_app.vault.keys import Keys


class Waiting(ProfileGate):
    """Nothing settles at its sign-in: that is what is measured."""

    def _settle(self, desk: Desk, keys: Keys) -> None:
        del desk, keys


class Purges:
    """Signs people in and out of a copy of the full profile.

    Args:
        folder: The copy.
    """

    def __init__(self, folder: Path) -> None:
        self._clock = FixedClock(SystemClock().now())
        self._gate = Waiting(folder, self._clock)

    @contextmanager
    def desk(self, role: Role) -> Generator[Desk]:
        """The desk of a role."""
        person = next(p for p in fictional_department(1).people if role in p.roles)
        try:
            yield self._gate.unlock(person.user_name, person.passphrase, role)
        finally:
            self._gate.lock()

    def one(self) -> float:
        """Order one purge, and carry it out; returns how long the latter took (ms)."""
        self._clock.at += timedelta(days=2)
        with self.desk(Role.COORDINATOR) as desk:
            record = desk.care_file.newest("intake", 1)[0].record
            order = propose_purge(desk, Wanted(Compartment.CARE, [record], "court_order"))
        with self.desk(Role.SUPERVISOR) as desk:
            approve_purge(desk, order)
        self._clock.at += timedelta(seconds=1)
        with self.desk(Role.COORDINATOR) as desk:
            return _carried_out(desk, record)


def _carried_out(desk: Desk, record: RecordId) -> float:
    start = time.perf_counter()
    count = settle_purges(desk)
    taken = (time.perf_counter() - start) * 1000
    found = desk.care_file.record(record)
    if count != 1 or found is None or not found.is_purged:
        raise CannotMeasure("nothing was purged")
    return taken


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """In a copy: what is purged here must not be missing elsewhere."""
    profile = full_profile(room)
    folder = profile.folder.with_name("purging")
    shutil.copytree(profile.folder, folder)
    try:
        yield Sides(Purges(folder).one)
    finally:
        shutil.rmtree(folder)


MEASUREMENTS = (
    Measurement(
        "purge of one person, {people} intakes, without writing the file anew", "ms",
        Goal(units=1000), prepare,
    ),
)  # fmt: skip
