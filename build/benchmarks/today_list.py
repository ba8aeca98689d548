"""Today's list among a hundred thousand people: an index and the lines that are shown."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial

from benchmarks.finding import percentile_95
from benchmarks.full_profile import full_desk
from benchmarks.measurement import Goal, Measurement, Prepare, Room, Sides
from intake_app.domain.ids import UserId
from intake_app.services.desk import Desk
from intake_app.services.follow_up.due_list import EVERYBODY, due_tasks
from intake_app.services.records.follow_up_changes import FOLLOW_UP

_TIMES = 20


def _listed(whose: Callable[[Desk], UserId]) -> Prepare:
    @contextmanager
    def prepare(room: Room) -> Generator[Sides]:
        with full_desk(room) as desk:
            look = partial(due_tasks, desk, whose(desk))

            def ours() -> float:
                return percentile_95([_timed(look) for _ in range(_TIMES)])

            def full_scan() -> float:
                """The reference: every follow-up of the file read as a line, and sorted."""
                file = desk.care_file
                return _timed(
                    lambda: sorted(
                        file.due(FOLLOW_UP, "9999-12-31", -1), key=lambda row: row.due
                    )
                )  # fmt: skip

            yield Sides(ours, full_scan)

    return prepare


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


MEASUREMENTS = (
    Measurement(
        "today's list of everybody in {people}, 95th percentile / all follow-ups read", "ms",
        Goal(units=100), _listed(lambda _desk: EVERYBODY),
    ),
    Measurement(
        "today's list of one person in {people}, 95th percentile / all follow-ups read", "ms",
        Goal(units=100), _listed(lambda desk: desk.person.id),
    ),
)  # fmt: skip
