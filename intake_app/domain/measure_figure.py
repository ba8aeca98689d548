"""A figure out of the rows that a database gives for a measure's SQL (`measure_sql`)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from intake_app.domain.figure import ALL_OF, Count, Figure, Place, added
from intake_app.domain.measure import Cut, Kind, Question
from intake_app.domain.measure_sql import EXCLUDED, RUNNING, Builder, base_class
from intake_app.domain.sql import SQLITE, Dialect, Sql

Row: TypeAlias = tuple[int, str, str, Any, int, int, int, int]
"""Class, row code, column code, value, times, sum, largest, how many gave."""

Run: TypeAlias = Callable[[Sql], Iterable[Sequence[Any]]]
"""Runs a statement and gives its rows."""

_TENTHS: Final = "_tenths"


def figure_of(
    question: Question, run: Run, dialect: Dialect = SQLITE, *, is_wide: bool = False
) -> Figure:
    """Ask a database for a measure.

    Args:
        question: What is asked, with up to two cuts.
        run: Runs a statement.
        dialect: Of the database.
        is_wide: Much of the file lies in the period.
    """
    return _Asking(question, run, Builder(question, dialect, is_wide)).figure()


def figure_of_rows(question: Question, rows: Iterable[Row]) -> Figure:
    """The figure of a question without cuts, of rows that were tallied elsewhere.

    Of a ratio, the value of a row is what is divided.
    """
    read = _Read(question)
    for row in rows:
        read.take(row, 0)
        if question.measure.kind is Kind.RATIO and row[3]:
            read.counts[()].append(Count(number=int(row[3])))
    found = read.figure()
    return replace(found, whole=priced(question, found.whole))


def priced(question: Question, count: Count) -> Count:
    """A sum in whole numbers: tenths are taken out at the end, so nothing is rounded before."""
    measure = question.measure
    tenths = 10 ** sum(name.endswith(_TENTHS) for name in measure.times)
    if measure.kind is not Kind.SUM or tenths == 1:
        return count
    return replace(count, number=count.number // tenths, largest=-(-count.largest // tenths))


def joined(question: Question, figures: Sequence[Figure]) -> Figure:
    """The figures of several files as one; the wall knows of no person in two of them."""
    rows: dict[Place, list[Count]] = {}
    for figure in figures:
        for place, count in figure.rows.items():
            rows.setdefault(place, []).append(count)
    return Figure(
        question.measure, question.since, question.until,
        tuple(cut.id for cut in question.cuts),
        added(figure.whole for figure in figures),
        {place: added(counts) for place, counts in rows.items()},
        sum(figure.running for figure in figures),
        {
            one.id: sum(figure.excluded.get(one.id, 0) for figure in figures)
            for one in question.measure.exclusions
        },
    )  # fmt: skip


@dataclass(slots=True)
class _Read:
    """What was read so far.

    Attributes:
        question: What is asked.
        counts: By place; `()` where nothing is cut.
    """

    question: Question
    counts: dict[Place, list[Count]] = field(default_factory=dict[Place, list[Count]])
    running: int = 0
    excluded: dict[str, int] = field(default_factory=dict[str, int])

    def take(self, row: Sequence[Any], width: int) -> None:
        """Take one row of `Builder.counts`, cut by so many cuts."""
        which, place = int(row[0]), tuple(str(code) for code in row[1 : 1 + width])
        base, times = base_class(self.question), int(row[4])
        if which >= base:
            self.counts.setdefault(place, []).append(self._count(row, is_number=which > base))
        elif which == RUNNING:
            self.running += times
        elif which >= EXCLUDED:
            name = self.question.measure.exclusions[which - EXCLUDED].id
            self.excluded[name] = self.excluded.get(name, 0) + times

    def _count(self, row: Sequence[Any], *, is_number: bool) -> Count:
        value, times, total = row[3], int(row[4]), int(row[5] or 0)
        kind = self.question.measure.kind
        if kind is Kind.RATE:
            hit = is_number or not self.question.measure.where
            return Count(times if hit else 0, times)
        if kind is Kind.SPREAD:
            return Count(times, times, spread={int(value): times})
        if kind is Kind.PARTS:
            return Count(times, times, parts={str(value): times})
        if kind is Kind.RATIO:
            return Count(0, total, people=int(row[7] or 0), largest=int(row[6] or 0))
        if kind is Kind.SUM:
            return Count(total, times, people=int(row[7] or 0), largest=int(row[6] or 0))
        return Count(times, times)

    def figure(self) -> Figure:
        """Where nothing is cut."""
        asked = self.question
        whole = added(self.counts.get((), ()))
        return Figure(
            asked.measure, asked.since, asked.until, whole=whole, running=self.running,
            excluded={one.id: self.excluded.get(one.id, 0) for one in asked.measure.exclusions},
        )  # fmt: skip


@dataclass(slots=True)
class _Asking:
    """One question, asked by as many statements as it needs."""

    question: Question
    run: Run
    builder: Builder

    def figure(self) -> Figure:
        asked, cuts = self.question, self.question.cuts
        whole = self._read(())
        plain = whole.figure()
        rows: dict[Place, Count] = {}
        if cuts:
            rows = self._rows(cuts)
        if len(cuts) > 1:
            for n, cut in enumerate(cuts):
                margin = self._rows((cut,))
                rows |= {_beside(place[0], n): count for place, count in margin.items()}
        return Figure(
            asked.measure, asked.since, asked.until, tuple(cut.id for cut in cuts),
            priced(asked, plain.whole), {place: priced(asked, one) for place, one in rows.items()},
            plain.running, plain.excluded,
        )  # fmt: skip

    def _rows(self, cuts: Sequence[Cut]) -> dict[Place, Count]:
        return {place: added(found) for place, found in self._read(cuts).counts.items()}

    def _read(self, cuts: Sequence[Cut]) -> _Read:
        read = _Read(self.question)
        for row in self.run(self.builder.counts(cuts)):
            read.take(row, len(cuts))
        if self.question.measure.kind is Kind.RATIO:
            least = base_class(self.question)
            for which, row, column, total in self.run(self.builder.divided(cuts)):
                place = tuple(str(code) for code in (row, column)[: len(cuts)])
                if which >= least:
                    read.counts.setdefault(place, []).append(Count(number=int(total or 0)))
        return read


def _beside(code: str, n: int) -> Place:
    """A margin's place: the sum of a row, or of a column."""
    return (code, ALL_OF) if n == 0 else (ALL_OF, code)
