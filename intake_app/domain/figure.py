"""What a measure came to, before anything is hidden; files are added up here, and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from intake_app.domain.measure import Measure

_Key = TypeVar("_Key", int, str)

Place = tuple[str, ...]
"""Codes, one for each cut that was asked; "" where nothing is known. () is everything."""


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted in one place of a table.

    Attributes:
        number: The count, the numerator of a rate, or the sum.
        base: The denominator of a rate or ratio; of a count, sum or spread how many were looked at.
        spread: How often each value of a spread occurred: days or minutes to times.
        parts: How many by each code of the measure's column.
        people: Of a sum or ratio: how many journeys gave more than zero to it (to `over`, of a
            ratio). Without it nobody can say whether a sum tells of a few; then it is not told.
        largest: Of a sum or ratio: the most that one journey gave (of the column summed last: of
            `over`, of a ratio), in the unit of `number`.
    """

    number: int = 0
    base: int = 0
    spread: Mapping[int, int] = field(default_factory=dict[int, int])
    parts: Mapping[str, int] = field(default_factory=dict[str, int])
    people: int = 0
    largest: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's answer.

    Attributes:
        measure: Which.
        since: First day of the period (YYYY-MM-DD).
        until: Last day, included.
        cuts: Ids of the cuts, rows then columns.
        whole: Over everything; where a cut has several codes a person, not the sum of its rows.
        rows: By place; with two cuts also the sums of each row, (code, ALL_OF), and of each column.
        running: How many were left out because their window has not run.
        excluded: How many were left out, by exclusion.
    """

    measure: Measure
    since: str
    until: str
    cuts: tuple[str, ...] = ()
    whole: Count = Count()
    rows: Mapping[Place, Count] = field(default_factory=dict[Place, Count])
    running: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict[str, int])


ALL_OF = "*"
"""In a place: the sum over this cut. No code is written like it."""


def added(counts: Iterable[Count]) -> Count:
    """Counts of several files, or of several rows, as one."""
    found = list(counts)
    return Count(
        sum(one.number for one in found),
        sum(one.base for one in found),
        _added(one.spread for one in found),
        _added(one.parts for one in found),
        sum(one.people for one in found),
        max((one.largest for one in found), default=0),
    )


def _added(many: Iterable[Mapping[_Key, int]]) -> dict[_Key, int]:
    total: dict[_Key, int] = {}
    for one in many:
        for key, times in one.items():
            total[key] = total.get(key, 0) + times
    return total
