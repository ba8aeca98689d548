"""What a measure is: which journeys it counts, of which, in which days; all of it data.

Definitions stand in `resources/measures/*.toml` (`rulebook.measure_reader`). A condition is a list
of clauses about columns of a journey, never a piece of SQL: nothing that an agency writes there can
run, and the same definition can be computed by SQL, by a second program, and said in words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake_app.domain.measure_period import CALENDAR_YEAR
from intake_app.domain.roles import Compartment
from intake_app.domain.text import NOTHING, Text


class Kind(StrEnum):
    """What a measure's figure is."""

    COUNT = "count"  # how many
    RATE = "rate"  # how many of how many: with a percentage and a Wilson interval
    SPREAD = "spread"  # median and quartiles of days, minutes
    SUM = "sum"  # of a column, times an agency's own number where `times` names one
    RATIO = "ratio"  # sum of one column over the sum of another
    PARTS = "parts"  # how many by each code of a column


class Unit(StrEnum):
    """What is counted once."""

    RECORD = "record"
    PERSON = "person"  # in each file; the wall knows of no person in both


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition on a column or a trait. Exactly one of the tests is given.

    Attributes:
        column: Of a journey; empty where it is about a trait.
        known: Whether it must be known, or must not.
        is_in: It is one of these codes.
        not_in: It is known, and none of these.
        least: It is a number of at least this.
        most: It is a number of at most this.
        until: It lies on or before another column (both known).
        within: With `since`: it lies 0 to this many days after that column (both known).
        since: The column to count from.
        passed: With True: this day lies before today; only with `known` days.
        same_as: It equals another column (both known).
        after: With `since`: it lies this many days or more after that column (both known).
        trait: The cut whose codes are looked at ("race"), in place of a column: with `known` (any
            code at all), `is_in` (at least one of these) or `not_in` (at least one, none of these).
    """

    column: str = ""
    known: bool | None = None
    is_in: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    until: str = ""
    within: int | None = None
    since: str = ""
    passed: bool | None = None
    same_as: str = ""
    after: int | None = None
    trait: str = ""


Where = tuple[tuple[Clause, ...], ...]
"""Any of these lists, of which all clauses hold; empty: everything."""

ALL: Where = ()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is left out of both sides, and shown apart: "active", "deceased", "transferred".

    Attributes:
        id: Stable name.
        label: Its words.
        where: Which journeys.
    """

    id: str
    label: Text
    where: Where


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes:
        id: Stable name: "engaged_30_days".
        family: Where it stands on the page: a code of `families` in `families.toml`.
        kind: What its figure is.
        title: Its words, short.
        how: How it is counted, in plain words.
        source: Law, standard or agency setting that the definition comes from.
        version: Of the definition ("2026-11-1").
        subjects: Which journeys: codes of `Subject`.
        files: The compartments whose journeys it counts.
        date: The column whose day must lie in the asked period.
        runs: Days of the window after `date`; what has not run is shown apart. It has run when its
            last day is over: `date` + `runs` lies before today.
        of: Which of these it looks at: the denominator of a rate, all of a count, sum or spread.
        where: Of those, the numerator of a rate.
        unit: What is counted once.
        column: The column of a sum (empty: how many), of the parts, or the end of a spread.
        since: The start of a spread, where it runs between two days; empty: `column` is a number.
        over: The column that a ratio divides by.
        codes: The code tables in which the parts have their words; the first that knows a code.
        times: The agency's own numbers that a sum is multiplied by: fields of `Agency`; one that is
            called "…_tenths" counts tenths.
        less: A column whose sum is taken away after that ("officer_minutes").
        said_in: For words: "days", "business days", "minutes", "hours", "cents", "kits",
            "percent", or empty.
        exclusions: What is left out and shown apart.
        assumes: Words beside the figure that say what it assumes; {booking_cents} and the like are
            the agency's own numbers.
        better: "more", "less" or "": which way is good, for words only; no colors, no ranking.
    """

    id: str
    family: str
    kind: Kind
    title: Text
    how: Text
    source: Text = NOTHING
    version: str = ""
    subjects: tuple[str, ...] = ("intake",)
    files: tuple[Compartment, ...] = (Compartment.CARE, Compartment.CASES)
    date: str = "opened_on"
    runs: int = 0
    of: Where = ALL
    where: Where = ALL
    unit: Unit = Unit.RECORD
    column: str = ""
    since: str = ""
    over: str = ""
    codes: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    less: str = ""
    said_in: str = ""
    exclusions: tuple[Exclusion, ...] = ()
    assumes: Text = NOTHING
    better: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """What a table may be cut by.

    Attributes:
        id: Stable name: "race".
        label: Its words.
        column: The column of a journey; empty where it is a trait.
        grain: "month", "quarter", "fiscal_year" or "year" of the measure's date; empty else.
        codes: The code tables that have its words; empty where the service knows them otherwise.
        fields: Questions of forms whose answers make the trait, and names of a form's [facts]; of
            several questions the first that has an answer. A bridged cut has none: it is no trait.
        of: The cut that a bridged cut is made of, when it is asked (`bridged`).
        bridge: Code of that cut to code of a coarser table (SPD 15 to NIBRS); "": it says nothing.
        wins: Coarser codes that go before all others (Hispanic, for ethnicity).
        none_as: The coarser code where nothing is said; it also gives way to any other.
        several_as: The coarser code where more than one is left: nobody guesses which.
        several: Somebody may be in several rows; then rows add up to more than the total.
        order: Codes in the order in which they are shown; empty: that of the code table.
        within: Roles that alone may cut by it ("supervisor" for officers); empty: everybody.
        asks: The agency chooses to ask: shown only where a form has one of `fields`.
    """

    id: str
    label: Text
    column: str = ""
    grain: str = ""
    codes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    of: str = ""
    bridge: Mapping[str, str] = field(default_factory=dict[str, str])
    wins: tuple[str, ...] = ()
    none_as: str = ""
    several_as: str = ""
    several: bool = False
    order: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """A group of measures on the page and in the report.

    Attributes:
        id: Stable name: "funnel".
        label: Its words.
        shows: Measures of other families that it shows too, in this order (fairness shows rates).
        tables: Tables of the quarterly report: measure, and the cut that it is shown by.
        sheet: Measures of the chief's monthly sheet.
    """

    id: str
    label: Text
    shows: tuple[str, ...] = ()
    tables: tuple[tuple[str, str], ...] = ()
    sheet: tuple[str, ...] = ()


def bridged(cut: Cut, codes: Iterable[str]) -> str:
    """The one coarser code of somebody's codes; the same rule is written in SQL for large tables.

    What says nothing of the coarser table is left out, one that wins goes first, and where more
    than one is left `several_as` says so.
    """
    coarser = {cut.bridge.get(code, cut.none_as) for code in codes} - {""}
    first = [code for code in cut.wins if code in coarser]
    left = coarser - {cut.none_as}
    if first or not left:
        return first[0] if first else cut.none_as
    return next(iter(left)) if len(left) == 1 else cut.several_as


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a file: one measure in some days, cut by up to two cuts.

    Attributes:
        measure: What.
        since: First day of the period (YYYY-MM-DD).
        until: Last day of the period, included.
        today: The day on which it is asked: windows have run until it.
        cuts: Up to two; rows, then columns.
        only: Cuts with codes: just journeys that have one of these.
        fiscal_month: The month (1 to 12) in which the department's fiscal year begins.
        numbers: The department's own numbers that `Measure.times` names.
    """

    measure: Measure
    since: str
    until: str
    today: str
    cuts: tuple[Cut, ...] = ()
    only: tuple[tuple[Cut, tuple[str, ...]], ...] = ()
    fiscal_month: int = CALENDAR_YEAR
    numbers: Mapping[str, int] = field(default_factory=dict[str, int])
