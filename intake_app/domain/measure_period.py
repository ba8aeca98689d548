"""Periods that numbers are asked for, and the codes of months, quarters and years.

Codes: "2026-03", "2026-Q1" (of the calendar), "FY2027" (the year in which it ends, as states and
the federal government call it), "2026".
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from intake_app.domain.days import add_months

GRAINS: Final = ("month", "quarter", "fiscal_year", "year")

CALENDAR_YEAR: Final = 1
"""The month in which the fiscal year begins where a department has said none of its own."""

_QUARTERS: Final = (("01", "03"), ("04", "06"), ("07", "09"), ("10", "12"))


def grain_of(grain: str, day: str, fiscal_month: int) -> str:
    """The code of the month, quarter or year in which a day (YYYY-MM-DD) lies.

    Args:
        grain: One of `GRAINS`.
        day: The day.
        fiscal_month: The month (1 to 12) in which the fiscal year begins.
    """
    year, month = int(day[:4]), int(day[5:7])
    if grain == "month":
        return day[:7]
    if grain == "quarter":
        return f"{year:04d}-Q{(month + 2) // 3}"
    if grain == "year":
        return f"{year:04d}"
    return f"FY{year + int(fiscal_month > 1 and month >= fiscal_month):04d}"


def grain_sql(grain: str, column: str, fiscal_month: int) -> str:
    """The same as SQL, of a column that holds days; only names of this program stand in it."""
    year, month = f"substr({column},1,4)", f"substr({column},6,2)"
    if grain == "month":
        return f"substr({column},1,7)"
    if grain == "quarter":
        cases = (f"WHEN {month}<='{last}' THEN '-Q{n}'" for n, (_, last) in enumerate(_QUARTERS, 1))
        return f"{year}||CASE {' '.join(cases)} END"
    if grain == "year" or fiscal_month <= 1:
        return year if grain == "year" else f"'FY'||{year}"
    ends = f"CASE WHEN {month}>='{fiscal_month:02d}' THEN 1 ELSE 0 END"
    return f"'FY'||CAST(CAST({year} AS INTEGER)+{ends} AS VARCHAR)"


def days_of(code: str, fiscal_month: int) -> tuple[str, str]:
    """First and last day of a month, quarter or year by its code.

    Raises:
        ValueError: It is no code of `grain_of`.
    """
    if code.startswith("FY"):
        year = int(code[2:]) - int(fiscal_month > 1)
        return _span(date(year, fiscal_month, 1), 12)
    if "-Q" in code:
        return _span(date(int(code[:4]), 3 * int(code[6:]) - 2, 1), 3)
    if len(code) == len("2026"):
        return _span(date(int(code), 1, 1), 12)
    return _span(date.fromisoformat(f"{code}-01"), 1)


def codes_within(grain: str, since: str, until: str, fiscal_month: int) -> Iterator[str]:
    """The codes of all months, quarters or years that a period touches, in order."""
    while since <= until:
        code = grain_of(grain, since, fiscal_month)
        yield code
        last = days_of(code, fiscal_month)[1]
        since = (date.fromisoformat(last) + timedelta(days=1)).isoformat()


def window_end(today: str, runs: int) -> str:
    """The last day whose window of so many days is over: the window's own last day has ended."""
    return (date.fromisoformat(today) - timedelta(days=runs + 1)).isoformat()


def _span(first: date, months: int) -> tuple[str, str]:
    last = add_months(first, months) - timedelta(days=1)
    return first.isoformat(), last.isoformat()
