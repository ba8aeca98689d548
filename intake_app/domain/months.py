"""Months of the calendar, where a program or a look-back counts in them."""

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
