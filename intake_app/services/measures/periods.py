"""Periods for numbers: a month, a quarter, a fiscal year, a year, or any days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from intake_app.domain.days import add_months
from intake_app.domain.measure_errors import BadPeriod
from intake_app.domain.measure_period import days_of, grain_of
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.words import LANGUAGES, Words, mark
from intake_app.words.dates import month_in_words, short_date

CUSTOM: Final = "custom"

_EARLIEST: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, both included.

    Attributes:
        since: First day (YYYY-MM-DD).
        until: Last day.
        kind: "month", "quarter", "fiscal_year", "year" or "custom".
        code: "2026-Q1" and the like; empty for custom days.
    """

    since: str
    until: str
    kind: str = CUSTOM
    code: str = ""


def last_full_quarter(desk: Desk) -> Period:
    """The last quarter of the calendar that is over: what is asked for where nobody says more."""
    return last_full(desk, "quarter")


def last_full(desk: Desk, kind: str) -> Period:
    """The last month, quarter, fiscal year or year that is over."""
    now = _running(desk, kind)
    return before(desk, now)


def running(desk: Desk, kind: str) -> Period:
    """The month, quarter, fiscal year or year of today."""
    return _running(desk, kind)


def before(desk: Desk, period: Period) -> Period:
    """The period before, of the same kind; of custom days as many days before."""
    first = date.fromisoformat(period.since)
    if period.kind == CUSTOM:
        days = (date.fromisoformat(period.until) - first).days + 1
        since, until = first - timedelta(days=days), first - timedelta(days=1)
        return Period(since.isoformat(), until.isoformat())
    return _with(desk, period.kind, (first - timedelta(days=1)).isoformat())


def after(desk: Desk, period: Period) -> Period:
    """The period after, of the same kind."""
    last = date.fromisoformat(period.until)
    if period.kind == CUSTOM:
        days = (last - date.fromisoformat(period.since)).days + 1
        return Period((last + timedelta(days=1)).isoformat(),
                      (last + timedelta(days=days)).isoformat())  # fmt: skip
    return _with(desk, period.kind, (last + timedelta(days=1)).isoformat())


def custom(since: str, until: str) -> Period:
    """Any days.

    Raises:
        BadPeriod: They are no days, or the wrong way round.
    """
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError as error:
        raise BadPeriod from error
    if last < first or first < _EARLIEST:
        raise BadPeriod
    return Period(first.isoformat(), last.isoformat())


def recent(desk: Desk, kind: str, count: int) -> list[Period]:
    """The last so many full periods of a kind, oldest first."""
    found = [last_full(desk, kind)]
    while len(found) < count:
        found.insert(0, before(desk, found[0]))
    return found


def months_back(desk: Desk, count: int) -> Period:
    """So many full months until the end of the last one: for lines over time."""
    last = last_full(desk, "month")
    first = add_months(date.fromisoformat(last.since), 1 - count)
    return Period(first.isoformat(), last.until)


def period_in_words(period: Period, words: Words) -> str:
    """A period: "July to September 2026", "Fiscal year 2027", "Jul 3, 2026 to Aug 2, 2026"."""
    if period.kind == CUSTOM:
        since, until = (short_date(day, words.language) for day in (period.since, period.until))
        return words.text("{since} to {until}", since=since, until=until)
    return grain_words(period.code, words)


def grain_words(code: str, words: Words) -> str:
    """A month, quarter or year by its code, in words."""
    if code.startswith("FY"):
        return words.text("Fiscal year {year}", year=code[2:])
    if "-Q" in code:
        return words.text(_QUARTERS[int(code[6:]) - 1], year=code[:4])
    return month_in_words(f"{code}-01", words.language) if "-" in code else code


_QUARTERS: Final = (
    mark("January to March {year}"),
    mark("April to June {year}"),
    mark("July to September {year}"),
    mark("October to December {year}"),
)


def grain_text(code: str) -> Text:
    """The same in each language of the program."""
    return Text({language: grain_words(code, Words(language)) for language in LANGUAGES})


def _running(desk: Desk, kind: str) -> Period:
    return _with(desk, kind, desk.clock.local().date().isoformat())


def _with(desk: Desk, kind: str, day: str) -> Period:
    code = grain_of(kind, day, desk.agency.fiscal_month)
    since, until = days_of(code, desk.agency.fiscal_month)
    return Period(since, until, kind, code)
