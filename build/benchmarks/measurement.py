"""What a measurement is: two things done in turn, and the goal for the first.

A measurement is a function that prepares both sides in a `Room` and yields `Sides`; the harness
(`harness.py`) calls each side again and again, in turn. A side returns its own figure, so that it
may measure milliseconds, a percentile or memory; `timed` makes one that measures its own time.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, TypeVar, cast

Made = TypeVar("Made")

Side: TypeAlias = Callable[[], float]
"""Does the thing once and returns the figure, in the measurement's unit."""


class CannotMeasure(Exception):
    """A side could not do its work; the text says why."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Ours, and what it is held against; None where the goal is an absolute figure."""

    ours: Side
    reference: Side | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that our figure may be: so many times the reference, so many units, or both."""

    times: float | None = None
    units: float | None = None

    def is_met(self, ours: float | None, reference: float | None) -> bool:
        """Whether the medians reach it; what could not be measured does not."""
        if ours is None:
            return False
        if self.times is not None and (not reference or ours > self.times * reference):
            return False
        return self.units is None or ours <= self.units

    def words(self, unit: str) -> str:
        """The goal as a person reads it: "1.8 times", "300 ms", "0.05 times and 40 ms"."""
        times = None if self.times is None else f"{self.times:g} times"
        units = None if self.units is None else f"{self.units:g} {unit}"
        return " and ".join(filter(None, (times, units))) or "none"


@dataclass(slots=True)
class Room:
    """Where a run of the benchmark works: one folder, and what several measurements share.

    Attributes:
        folder: Empty at the start, removed at the end.
        is_quick: A look, not a measurement: make things small.
        full: How many intakes a full profile holds.
    """

    folder: Path
    is_quick: bool = False
    full: int = 100_000
    _made: dict[str, object] = field(default_factory=dict[str, object])

    @property
    def people(self) -> int:
        """How many intakes a full profile holds."""
        return 5_000 if self.is_quick else self.full

    def once(self, name: str, make: Callable[[Path], Made]) -> Made:
        """What `make` returned for its own new folder; made for the first who asks."""
        if name not in self._made:
            place = self.folder / name
            place.mkdir(exist_ok=True)  # one that failed may be tried again
            self._made[name] = make(place)
        return cast("Made", self._made[name])


Prepare: TypeAlias = Callable[[Room], AbstractContextManager[Sides]]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One line of the table.

    Attributes:
        what: What is measured, and against what; "{people}" stands for `Room.people`.
        unit: "ms", "s" or "MB".
        goal: The most that our median may be.
        prepare: Makes both sides ready; whatever it leaves open, it closes afterwards.
    """

    what: str
    unit: str
    goal: Goal
    prepare: Prepare

    def what_in(self, room: Room) -> str:
        """What is measured in this room; a quick look says that it is one."""
        look = ", a quick look" if room.is_quick else ""
        return f"{self.what.replace('{people}', f'{room.people:,}')}{look}"


def timed(act: Callable[[], object]) -> Side:
    """A side that does `act` and returns how many milliseconds that took."""

    def side() -> float:
        start = time.perf_counter()
        act()
        return (time.perf_counter() - start) * 1000

    return side
