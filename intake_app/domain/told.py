"""What may be told of a measure: pages, papers and files read this, and never a `Figure`.

A number that is not told is None, whatever the reason; nobody can see which of them is a small one
and which would only give a small one back (`domain.suppression`). An internal view tells all, and
says of itself that it is not for release.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.figure import Place
from intake_app.domain.measure import Measure

ALL_OTHER: Final = "+"
"""In a place: small groups that are told as one. No code is written like it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one place of a table; None: not told, or there is nothing to tell.

    Attributes:
        number: The count, the numerator of a rate, or the sum.
        base: Of how many.
        percent: Number of base in percent (0 to 100), of rates, and of ratios of parts.
        low: Lower end of its 95 % Wilson interval, in percent; rates alone.
        high: Upper end.
        ratio: Number over base, of ratios.
        median: Of a spread.
        first_quartile: Of a spread.
        third_quartile: Of a spread.
        parts: How many by each code of the measure's column.
        is_hidden: Something here is not told. (Where nothing is hidden and `median` is None, there
            was nobody to take it of.)
    """

    number: int | None = None
    base: int | None = None
    percent: float | None = None
    low: float | None = None
    high: float | None = None
    ratio: float | None = None
    median: float | None = None
    first_quartile: float | None = None
    third_quartile: float | None = None
    parts: Mapping[str, int | None] = field(default_factory=dict[str, int | None])
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class RollUp:
    """What was made coarser, because a table would have been mostly blank.

    Attributes:
        cut: Which cut.
        to: The coarser cut that stands in its place ("quarter"), or `ALL_OTHER`.
        codes: Codes that became one "all other"; empty for a coarser cut.
    """

    cut: str
    to: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A measure's answer as it may be told.

    Attributes:
        measure: Which.
        since: First day of the period (YYYY-MM-DD).
        until: Last day, included.
        cuts: Ids of the cuts, rows then columns, as told: after a roll-up the coarser ones.
        whole: Over everything.
        rows: By place; with two cuts also (code, ALL_OF), (ALL_OF, code). `ALL_OTHER` is a row.
        rolled_up: What was made coarser.
        running: How many were left out because their window has not run; None: not told.
        excluded: How many were left out, by exclusion; None: not told.
        least: The smallest count that is told, besides zero.
        is_internal: All is told: "Not for release".
        compared: Days on which earlier releases were made that this had to agree with, so that no
            difference gives anybody away.
        only: Codes by cut, where just some were asked.
    """

    measure: Measure
    since: str
    until: str
    cuts: tuple[str, ...] = ()
    whole: Told = Told()
    rows: Mapping[Place, Told] = field(default_factory=dict[Place, Told])
    rolled_up: tuple[RollUp, ...] = ()
    running: int | None = 0
    excluded: Mapping[str, int | None] = field(default_factory=dict[str, int | None])
    least: int = 0
    is_internal: bool = False
    compared: tuple[str, ...] = ()
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def hidden(self) -> int:
        """How many places have something that is not told."""
        left_out = (self.running, *self.excluded.values())
        return sum(one.is_hidden for one in self.places()) + left_out.count(None)

    @property
    def is_mostly_hidden(self) -> bool:
        """Whether more of its rows are blank than told; zeros are no help to a reader."""
        rows = [one for one in self.rows.values() if one.is_hidden or one.number or one.base]
        return 2 * sum(one.is_hidden for one in rows) > len(rows)

    def places(self) -> Iterator[Told]:
        """The whole, then all rows."""
        yield self.whole
        yield from self.rows.values()
