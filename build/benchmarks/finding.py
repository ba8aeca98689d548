"""Find as one types, among a hundred thousand people: what the slowest twentieth takes."""

import random
import statistics
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from benchmarks.full_profile import full_desk
from benchmarks.measurement import Goal, Measurement, Prepare, Room, Sides
from intake_app.domain.listing import Row
from intake_app.services.intakes.people import find_people, people_order, people_rows

_ASKED = 60
_AT_MOST = 200
"""Rows that the list of people asks for; home asks for fewer."""


def percentile_95(figures: Sequence[float]) -> float:
    """What one search in twenty takes longer than."""
    return statistics.quantiles(figures, n=20)[-1]


def two_words(row: Row) -> str:
    """The beginnings of last and first name."""
    last, _, first = row.name.partition(", ")
    return f"{last[:3]} {first[:2]}"


def _typed(say: Callable[[Row], str]) -> Prepare:
    @contextmanager
    def prepare(room: Room) -> Generator[Sides]:
        with full_desk(room) as desk:
            keys = people_order(desk, "name")
            dice = random.Random(1)  # noqa: S311 (whom to look for, not secrets)
            rows = people_rows(desk, dice.sample(list(keys), min(4 * _ASKED, len(keys))))
            texts = [say(row) for row in rows if row.name][:_ASKED]

            def ours() -> float:
                taken: list[float] = []
                for text in texts:
                    start = time.perf_counter()
                    find_people(desk, text, _AT_MOST)
                    taken.append((time.perf_counter() - start) * 1000)
                return percentile_95(taken)

            yield Sides(ours)

    return prepare


_SAID: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("1 letter", lambda row: row.name[:1]),
    ("2 letters", lambda row: row.name[:2]),
    ("3 letters", lambda row: row.name[:3]),
    ("two words", two_words),
    ("a number", lambda row: row.number),
)

MEASUREMENTS = tuple(
    Measurement(f"find in {{people}}, {what}, 95th percentile", "ms", Goal(units=30), _typed(say))
    for what, say in _SAID
)
