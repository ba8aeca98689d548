"""Runs measurements: both sides in turn, medians, and whether the goal is met."""

import gc
import json
import statistics
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.measurement import CannotMeasure, Measurement, Room, Side, Sides

TIMES = 7
"""How often each side runs; the machine's load then touches both alike."""

QUICK_TIMES = 3


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the answer.

    Attributes:
        what: What was measured.
        ours: Our median; None if it could not be measured.
        reference: The median of what it is held against; None if there is none.
        unit: Of both.
        ratio: Ours divided by the reference.
        goal: In words.
        met: Whether it is reached.
        problem: Why something is missing; not part of the answer's line.
    """

    what: str
    ours: float | None
    reference: float | None
    unit: str
    ratio: float | None
    goal: str
    met: bool
    problem: str = field(default="", compare=False)

    def line(self) -> str:
        """One JSON object."""
        facts: dict[str, Any] = asdict(self)
        del facts["problem"]
        return json.dumps(facts, ensure_ascii=False)


def in_turn(sides: Sides, times: int) -> tuple[list[float], list[float]]:
    """The figures of both sides. Each first runs once unmeasured; who begins changes each time."""
    order: list[tuple[Side, list[float]]] = [(sides.ours, [])]
    if sides.reference is not None:
        order.append((sides.reference, []))
    for side, _ in order:
        side()
    for turn in range(times):
        for side, figures in order if turn % 2 == 0 else reversed(order):
            with _garbage_left():
                figures.append(side())
    return order[0][1], order[1][1] if len(order) > 1 else []


@contextmanager
def _garbage_left() -> Generator[None]:
    """Collect garbage before a side runs, not in it: the program does so while nothing happens.

    One look through what the benchmarks load takes 80 ms, ten times today's list.
    """
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def measure(measurement: Measurement, room: Room, times: int) -> Result:
    """One measurement; what cannot be measured does not meet its goal."""
    ours: list[float] = []
    reference: list[float] = []
    problem = ""
    try:
        with measurement.prepare(room) as sides:
            if sides.reference is None and measurement.goal.times is not None:
                problem = "the reference is missing"
            ours, reference = in_turn(sides, times)
    except (CannotMeasure, OSError, ImportError) as error:
        problem = str(error) or type(error).__name__
    what = measurement.what_in(room)
    return _result(measurement, what, (_median(ours), _median(reference)), problem)


def _median(figures: list[float]) -> float | None:
    return round(statistics.median(figures), 3) if figures else None


def _result(
    measurement: Measurement, what: str, medians: tuple[float | None, float | None], problem: str
) -> Result:
    ours, reference = medians
    ratio = round(ours / reference, 3) if ours is not None and reference else None
    met = not problem and measurement.goal.is_met(ours, reference)
    words = measurement.goal.words(measurement.unit)
    unit = measurement.unit
    return Result(what, ours, reference, unit, ratio, words, met, problem)


def run(measurements: Iterable[Measurement], room: Room) -> Iterator[Result]:
    """All of them, one after the other, each result as soon as it is there."""
    times = QUICK_TIMES if room.is_quick else TIMES
    for each in measurements:
        yield measure(each, room, times)


def table_line(result: Result) -> str:
    """A result as a person reads it."""
    ours = "-" if result.ours is None else f"{result.ours:,.1f}"
    reference = "-" if result.reference is None else f"{result.reference:,.1f}"
    ratio = "-" if result.ratio is None else f"{result.ratio:.2f}"
    mark = "met" if result.met else "NOT MET"
    return (
        f"{result.what:62} {ours:>10} {reference:>10} {result.unit:3} {ratio:>7}  "
        f"{result.goal:18} {mark}"
    )


HEADING = f"{'what':62} {'ours':>10} {'reference':>10} {'':3} {'ratio':>7}  {'goal: at most':18}"
