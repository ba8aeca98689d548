"""Business days against numpy as an independent answer, and the days that the brief names."""

from datetime import date, timedelta

import holidays
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.rulebook.business_days import add_business_days, is_business_day

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "region", "due"),
    [
        (date(2026, 11, 20), 3, "", date(2026, 11, 25)),
        (date(2026, 11, 23), 3, "", date(2026, 11, 27)),
        (date(2026, 11, 23), 3, "WV", date(2026, 11, 30)),  # that Friday is a holiday there
        (date(2026, 11, 23), 3, "nowhere", date(2026, 11, 27)),
        (date(2026, 11, 21), 1, "", date(2026, 11, 23)),  # from a Saturday
        (date(2026, 11, 21), 0, "", date(2026, 11, 23)),
        (date(2026, 11, 23), 0, "", date(2026, 11, 23)),
        (date(2021, 12, 30), 1, "", date(2022, 1, 3)),  # New Year's Day kept on December 31
    ],
)
def test_days_that_are_known(start: date, count: int, region: str, due: date) -> None:
    assert add_business_days(start, count, region) == due


def numpy_says(start: date, count: int, free: list[date]) -> date:
    found = np.busday_offset(start, count, roll="backward" if count else "forward", holidays=free)
    return found.astype(date)


@settings(deadline=None)
@given(DAYS, st.integers(0, 60), st.sampled_from(["", "WV", "FL"]), st.lists(DAYS, max_size=8))
def test_numpy_counts_the_same_days(
    start: date, count: int, region: str, extra: list[date]
) -> None:
    years = range(start.year - 1, start.year + 2)
    public = holidays.country_holidays("US", subdiv=region or None, years=years)
    assert add_business_days(start, count, region, extra) == numpy_says(
        start, count, [*public, *extra]
    )


def test_negative_control_a_count_without_holidays_differs_from_numpy() -> None:
    start, free = date(2026, 11, 23), [date(2026, 11, 26)]
    without = start
    for _ in range(3):
        without += timedelta(days=1)
    assert without != numpy_says(start, 3, free)


def test_the_agency_may_close_on_more_days() -> None:
    assert is_business_day(date(2026, 11, 24))
    assert not is_business_day(date(2026, 11, 24), extra=[date(2026, 11, 24)])
