"""Many measures in one pass: each journey's classes are packed into a few whole numbers.

A file is decrypted page by page, so reading it once for a page of numbers is what counts. The
database gives one row a journey: classes of many measures as digits of one number, and for spreads
and parts the value; here they are tallied.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from intake_app.domain.figure import Figure
from intake_app.domain.measure import Kind, Question, Unit
from intake_app.domain.measure_figure import Row, Run, figure_of_rows
from intake_app.domain.measure_sql import Builder, base_class
from intake_app.domain.sql import Sql

_MOST: Final = 2**12
"""How many combinations one number may hold: few enough to occur again and again."""

_AT_ONCE: Final = 2000
"""Rows that are held in memory at once."""

_PAIR: Final = 2**31
"""A ratio's two numbers are one, the divisor times this."""


def can_be_packed(question: Question) -> bool:
    """Whether it needs no join, and its value says by itself whether it is looked at."""
    measure = question.measure
    if question.cuts or question.only or Builder(question).needs_intake():
        return False
    return _is_counted(question) or not (measure.exclusions or measure.runs)


def _is_counted(question: Question) -> bool:
    """Whether its class says all: each journey gives one, or the same."""
    measure = question.measure
    if measure.kind is Kind.SUM:
        return not measure.column and not measure.less
    return measure.kind in (Kind.COUNT, Kind.RATE)


def packed_figures(questions: Sequence[Question], run: Run) -> Mapping[int, Figure]:
    """The figures of those that can be packed, by their position."""
    places = [n for n, one in enumerate(questions) if can_be_packed(one)]
    if not places:
        return {}
    figures = _Pack([questions[n] for n in places]).figures(run)
    return dict(zip(places, figures, strict=True))


@dataclass(slots=True)
class _Digits:
    """Classes of several questions in one whole number.

    Attributes:
        places: Position of a question, its weight and how many classes it has.
        room: The weight of the next one.
    """

    places: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    room: int = 1

    def add(self, n: int, radix: int) -> int:
        """Take one more; its weight."""
        weight = self.room
        self.places.append((n, weight, radix))
        self.room *= radix
        return weight

    def read(self, packed: int) -> Iterator[tuple[int, int]]:
        """Position and class of each that is not out."""
        for n, weight, radix in self.places:
            which = packed // weight % radix
            if which:
                yield n, which

    def higher(self, one: int, other: int) -> int:
        """Of two numbers of one person, each question's higher class."""
        return sum(
            max(one // weight % radix, other // weight % radix) * weight
            for _, weight, radix in self.places
        )


@dataclass(slots=True)
class _Column:
    """A column of classes of questions that look at the same journeys.

    Attributes:
        looks_at: Which journeys: subjects, date column and period.
        digits: What stands in it.
        sql: The classes, added up.
    """

    looks_at: Sql
    digits: _Digits
    sql: Sql

    def whole(self) -> Sql:
        """The column: what all of them look at is tested once."""
        return Sql("CASE WHEN ") + self.looks_at + " THEN " + self.sql + " ELSE 0 END"


class _Pack:
    """Questions of one file.

    Args:
        questions: Which.
    """

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = questions
        self._builders = [Builder(one) for one in questions]
        self._records: list[_Column] = []
        self._persons: list[_Column] = []
        self._values: list[tuple[int, Sql]] = []
        for n, one in enumerate(questions):
            if not _is_counted(one):
                self._values.append((n, self._value(n)))
            else:
                self._put(n, self._persons if one.measure.unit is Unit.PERSON else self._records)
        self._tallies = [Counter[Any]() for _ in (*self._records, *self._values)]
        self._best: list[dict[str, int]] = [{} for _ in self._persons]
        self._rows: list[list[Row]] = [[] for _ in questions]

    def figures(self, run: Run) -> list[Figure]:
        """Ask, and read what comes, some rows at a time."""
        rows = iter(run(self._statement()))
        while some := list(islice(rows, _AT_ONCE)):
            self._take(list(zip(*some, strict=True)))
        self._read()
        return [
            figure_of_rows(question, rows)
            for question, rows in zip(self._questions, self._rows, strict=True)
        ]

    # --- asking -------------------------------------------------------------------------------

    def _put(self, n: int, columns: list[_Column]) -> None:
        radix, builder = base_class(self._questions[n]) + 2, self._builders[n]
        looks_at = builder.is_looked_at()
        for column in columns:
            if column.looks_at == looks_at and column.digits.room * radix <= _MOST:
                column.sql += Sql("+") + builder.sorted_in(column.digits.add(n, radix))
                return
        digits = _Digits()
        columns.append(_Column(looks_at, digits, builder.sorted_in(digits.add(n, radix))))

    def _value(self, n: int) -> Sql:
        builder, measure = self._builders[n], self._questions[n].measure
        value = builder.value()
        if measure.kind is Kind.SUM:
            value = builder.given()
        if measure.kind is Kind.RATIO:
            number = Sql("coalesce(") + builder.column(measure.column) + ",0)"
            value = builder.given() + f"*{_PAIR}+" + number
        text = Sql("CASE WHEN ") + builder.where(measure.of) + " AND " + builder.is_looked_at()
        return text + " THEN " + value + " END"

    def _statement(self) -> Sql:
        who = "CASE j.person WHEN '' THEN j.record ELSE j.person END" if self._persons else "0"
        text = Sql("SELECT ")
        for column in (*self._records, *self._persons):
            text += column.whole() + ","
        for _, value in self._values:
            text += value + ","
        periods = {
            (one.measure.date, one.since, one.until): n for n, one in enumerate(self._questions)
        }
        text += f"{who} FROM journey j WHERE "
        for n in periods.values():
            text += self._builders[n].is_in_period() + " OR "
        return text + "1=0"

    # --- reading ------------------------------------------------------------------------------

    def _take(self, columns: Sequence[Sequence[Any]]) -> None:
        of_records, of_persons = len(self._records), len(self._persons)
        valued = of_records + of_persons
        counted = (*columns[:of_records], *columns[valued:-1])
        for tally, found in zip(self._tallies, counted, strict=True):
            tally.update(found)
        persons = zip(self._persons, self._best, columns[of_records:valued], strict=True)
        for column, best, packed in persons:
            _keep_highest(column.digits, best, packed, columns[-1])

    def _read(self) -> None:
        of_records = len(self._records)
        for column, tally in zip(self._records, self._tallies, strict=False):
            self._tally(column.digits, tally)
        for column, best in zip(self._persons, self._best, strict=True):
            self._tally(column.digits, Counter(best.values()))
        for (n, _), tally in zip(self._values, self._tallies[of_records:], strict=True):
            self._rows[n] += self._valued(n, tally)

    def _tally(self, digits: _Digits, tally: Mapping[int, int]) -> None:
        for one, times in tally.items():
            for n, which in digits.read(one):
                self._rows[n].append(self._counted(n, which, times))

    def _counted(self, n: int, which: int, times: int) -> Row:
        question = self._questions[n]
        if question.measure.kind is not Kind.SUM:
            return (which, "", "", None, times, 0, 0, 0)
        each = self._builders[n].each()
        return (which, "", "", None, times, each * times, each, times if each > 0 else 0)

    def _valued(self, n: int, values: Mapping[Any, int]) -> Iterator[Row]:
        kind, which = self._questions[n].measure.kind, base_class(self._questions[n])
        for value, times in values.items():
            if value is None or (kind is Kind.SPREAD and value < 0):
                continue
            if kind in (Kind.SPREAD, Kind.PARTS):
                yield (which, "", "", value, times, 0, 0, 0)
                continue
            given, number = divmod(value, _PAIR) if kind is Kind.RATIO else (value, 0)
            gave = times if given > 0 else 0
            yield (which, "", "", number * times, times, given * times, given, gave)


def _keep_highest(
    digits: _Digits, best: dict[str, int], packed: Sequence[int], who: Sequence[str]
) -> None:
    """One number a person: each question's highest class over all that is theirs."""
    for one, person in zip(packed, who, strict=True):
        if one:
            before = best.get(person)
            best[person] = one if before is None or before == one else digits.higher(before, one)
