"""Days of the calendar: the same day of another month, and spans whose ends may be open."""

from calendar import monthrange
from datetime import date


def add_months(day: date, count: int) -> date:
    """The same day of another month, or its last day (August 31 + 6 months: February 28 or 29).

    Args:
        day: From.
        count: How many; less than 0: back.
    """
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_in_force(starts: str, ends: str, on: str) -> bool:
    """Whether a day lies between two days (all YYYY-MM-DD); an empty end is open."""
    return (not starts or starts <= on) and (not ends or on <= ends)
