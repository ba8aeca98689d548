"""Business days: Monday to Friday without the holidays of the country, the state and the agency."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

from intake_app.domain.business_time import CLOSED

COUNTRY = "US"


@lru_cache(maxsize=64)
def holidays_of(region: str, year: int) -> Mapping[date, str]:
    """The holidays of a year with their names; of an unknown state: the federal ones."""
    known = holidays.list_supported_countries()[COUNTRY]
    found = holidays.country_holidays(
        COUNTRY, subdiv=region if region in known else None, years=(year,)
    )
    return dict(found)


def is_business_day(
    day: date, region: str = "", extra: Collection[date] = (), open_days: Collection[date] = ()
) -> bool:
    """Whether offices are open on a day.

    Args:
        day: The day.
        region: State, two letters; unknown or empty: federal holidays only.
        extra: More days on which the agency is closed.
        open_days: Holidays on which it is open all the same.
    """
    is_holiday = day in holidays_of(region, day.year) and day not in open_days
    return day.weekday() < 5 and day not in extra and not is_holiday


def add_business_days(
    day: date, count: int, region: str = "", extra: Collection[date] = (),
    open_days: Collection[date] = (),
) -> date:  # fmt: skip
    """The day that is `count` business days later; the first day does not count.

    With a count of 0: the day itself, or the next business day.
    """
    while count > 0 or not is_business_day(day, region, extra, open_days):
        day += timedelta(days=1)
        if count > 0 and is_business_day(day, region, extra, open_days):
            count -= 1
    return day


class BusinessCalendar:
    """The calendar of a state and an agency, with the names of holidays (domain `Calendar`).

    Args:
        region: State, two letters; unknown or empty: federal holidays only.
        extra: More days on which the agency is closed.
        names: What some of them are called.
        open_days: Holidays on which it is open all the same.
    """

    def __init__(
        self,
        region: str = "",
        extra: Collection[date] = (),
        names: Mapping[date, str] | None = None,
        open_days: Collection[date] = (),
    ) -> None:
        self._region, self._open = region, frozenset(open_days)
        self._extra = dict.fromkeys(extra, CLOSED) | dict(names or {})

    def is_business_day(self, day: date) -> bool:
        """Whether offices are open on a day."""
        return is_business_day(day, self._region, self._extra, self._open)

    def name_of(self, day: date) -> str:
        """The holiday's name in English, `CLOSED` for a closed day without one, or empty."""
        holiday = "" if day in self._open else holidays_of(self._region, day.year).get(day)
        return holiday or self._extra.get(day, "")
