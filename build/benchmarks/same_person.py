"""Suggestions for the same person while typing, among a hundred thousand: the slowest twentieth."""

import random
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import partial

from rapidfuzz import fuzz, process

from benchmarks.finding import percentile_95
from benchmarks.full_profile import full_desk
from benchmarks.measurement import Goal, Measurement, Prepare, Room, Sides
from intake_app.domain.form import Answers
from intake_app.domain.listing import Row
from intake_app.services.desk import Desk
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.services.people.same_person import suggestions

_ASKED = 60
_SLICE = 1_000


def slipped(row: Row) -> Answers:
    """A name with two letters swapped, as fast typing does it; no birth date yet."""
    last, _, first = row.name.partition(", ")
    return {"last_name": f"{last[:2]}{last[3:4]}{last[2:3]}{last[4:]}", "first_name": first}


def with_birth(row: Row) -> Answers:
    """The same with day and month swapped where that is a day."""
    year, month, day = row.born.split("-")
    born = f"{year}-{day}-{month}" if int(day) <= 12 else row.born
    return {**slipped(row), "date_of_birth": born}


def _full_scan(rows: Sequence[Row], asked: Answers) -> Callable[[], object]:
    """The reference: every name of the file compared with what was typed."""
    names = [row.name for row in rows]
    text = f"{asked['last_name']}, {asked['first_name']}"
    return lambda: process.extract(text, names, scorer=fuzz.WRatio, limit=3)


def _everybody(desk: Desk) -> list[Row]:
    """All lines, a slice at a time, as lists ask for them."""
    order = people_order(desk, "name")
    slices = (order[start : start + _SLICE] for start in range(0, len(order), _SLICE))
    return [row for some in slices for row in people_rows(desk, some)]


def _typed(say: Callable[[Row], Answers]) -> Prepare:
    @contextmanager
    def prepare(room: Room) -> Generator[Sides]:
        with full_desk(room) as desk:
            every = _everybody(desk)
            dice = random.Random(1)  # noqa: S311 (whom to look for, not secrets)
            some = [row for row in dice.sample(every, min(4 * _ASKED, len(every))) if row.name]
            asked = [say(row) for row in some if "," in row.name and row.born][:_ASKED]
            form = desk.library.guide("self_referral").form
            scan = _full_scan(every, asked[0])

            def ours() -> float:
                look = partial(suggestions, desk, form)
                return percentile_95([_timed(partial(look, typed)) for typed in asked])

            yield Sides(ours, lambda: _timed(scan))

    return prepare


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


MEASUREMENTS = (
    Measurement(
        "same person in {people}, a slip in the name, 95th percentile / full scan", "ms",
        Goal(units=80), _typed(slipped),
    ),
    Measurement(
        "same person in {people}, with a birth date, 95th percentile / full scan", "ms",
        Goal(units=80), _typed(with_birth),
    ),
)  # fmt: skip
