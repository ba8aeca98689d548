"""A whole round with nothing new, post room and carrier, of a computer that has merged much."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from benchmarks.department import Post, founded, settle
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Side, Sides, timed
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import new_record_id
from intake_app.services.intakes.intakes import INTAKE
from intake_app.services.records.writing import create

ZONE: Final = timezone(timedelta(hours=-5))
BEGUN: Final = datetime(2026, 11, 23, 8, tzinfo=ZONE)
PEOPLE: Final = 8
FEW: Final = 100
MANY: Final = 2_000
_ROUNDS: Final = 20


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """The bundles are real: each was cut, sealed, carried, checked and merged by the other."""
    many = MANY // 10 if room.is_quick else MANY
    long, short = (_taker(room.folder / f"quiet-{n}", n) for n in (many, FEW))
    try:
        yield Sides(_rounds(long), _rounds(short))
    finally:
        long.leave()
        short.leave()


def _taker(folder: Path, bundles: int) -> Post:
    """A computer that merged so many bundles of another one, both at rest."""
    department = founded(folder, 2, PEOPLE, FixedClock(BEGUN, ZONE))
    front, other = department.posts
    department.let_in([other])
    department.begin([other])
    settle([front, other])
    file, user = front.desk.care_file, front.desk.person.id
    for n in range(bundles):
        note = {"note": f"Asked for a ride, {n}."}
        made = create(file, user, INTAKE, new_record_id(), note)
        file.apply([made], front.desk.act("benchmark"))
        front.exchange(cut_now=True)
    settle([front, other])
    front.leave()
    return other


def _rounds(post: Post) -> Side:
    def act() -> None:
        for _ in range(_ROUNDS):
            if post.exchange():
                raise CannotMeasure("something was new")

    side = timed(act)
    return lambda: side() / _ROUNDS


MEASUREMENTS = (
    Measurement(
        f"a round with nothing new, post room too, {MANY:,} bundles / {FEW}", "ms",
        Goal(times=1.2), prepare,
    ),
)  # fmt: skip
