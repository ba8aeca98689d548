"""A new computer is filled from a stick: all that it does between its sign-ins.

Carrying, checking, opening, merging, and what goes back onto the stick. The stick is a folder of
this disk: a real one takes as long as its bytes take.
"""

import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.department import Department, Post, founded, settle
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.services.exchanging.exchanging import require_exchange
from intake_app.services.intakes.intakes import INTAKE
from intake_app.services.training.training import take_fictional_intakes

FORM: Final = "self_referral"
ZONE: Final = timezone(timedelta(hours=-5))
BEGUN: Final = datetime(2026, 11, 23, 8, tzinfo=ZONE)
PEOPLE: Final = 9
STICK: Final = "stick"
_MOST: Final = 10
"""Rounds with the stick after which all must be there."""


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """Each turn begins with the computer, and the stick, as they were when it was let in."""
    intakes = 2_500 if room.is_quick else 50_000
    before = room.folder / "newcomer"
    department = _before(before, intakes)
    turns = count()

    def ours() -> float:
        place = room.folder / f"newcomer-{next(turns)}"
        for name in (STICK, department.posts[-1].folder.name):
            shutil.copytree(before / name, place / name)
        taken = _filled(place, department, intakes)
        shutil.rmtree(place)
        return taken

    yield Sides(ours)


def _before(folder: Path, intakes: int) -> Department:
    """Two computers that have all intakes, and a third that was just let in."""
    department = founded(folder, 3, PEOPLE, FixedClock(BEGUN, ZONE), STICK)
    front, second, new = department.posts
    department.let_in([second])
    department.begin([second])
    take_fictional_intakes(front.desk, intakes, 1, FORM)
    settle([front, second])
    department.let_in([new])
    settle([front, second])  # a snapshot counts where another computer holds the same
    for post in (front, second):
        post.leave()
    return department


def _filled(place: Path, department: Department, intakes: int) -> float:
    """Seconds until all is there; that people sign in is not counted.

    The administrator comes first: without what they bring the coordinator cannot sign in.
    """
    new, taken = department.posts[2], 0.0
    entry = replace(new.entry, place=str(place / STICK))
    folder = place / new.folder.name
    for who, hat in ((department.boss, Role.ADMINISTRATOR), (new.who, Role.COORDINATOR)):
        post = Post(folder, who, new.clock, entry, new.wire, hat)
        post.sign_in()
        try:
            taken += _rounds(post, intakes if hat is Role.COORDINATOR else 0)
        finally:
            post.leave()
    return taken


def _rounds(post: Post, intakes: int) -> float:
    """Seconds until nothing moves any more, and so many intakes are here."""
    start, is_trusted = time.perf_counter(), False
    for _ in range(_MOST):
        if post.exchange():
            continue
        if is_trusted:
            break
        # the others have moved on since the snapshot, so no receipt agrees with it
        require_exchange(post.desk).trust_snapshot()
        is_trusted = True
    taken = time.perf_counter() - start
    if intakes and len(post.desk.care_file.order(INTAKE)) != intakes:
        raise CannotMeasure("not all arrived")
    return taken


MEASUREMENTS = (
    Measurement(
        "first fill of 50,000 intakes from a stick, carried and merged", "s", Goal(units=20),
        prepare,
    ),
)  # fmt: skip
