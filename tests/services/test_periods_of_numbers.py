"""Months, quarters, fiscal years: first and last day, before and after, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from held_cases import House
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.clock import FixedClock
from intake_app.domain.measure_errors import BadPeriod
from intake_app.domain.measure_period import GRAINS, codes_within, days_of, grain_of, window_end
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.measures import periods
from intake_app.services.measures.periods import Period, period_in_words
from intake_app.words import Words


@pytest.fixture
def desk(house: House) -> Desk:
    """On November 23, 2026."""
    return house.desk(Role.COORDINATOR)


def on(desk: Desk, day: str) -> Desk:
    return replace(
        desk, clock=FixedClock(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC))
    )


def test_the_last_full_quarter_is_over(desk: Desk) -> None:
    found = periods.last_full_quarter(desk)
    assert (found.since, found.until) == ("2026-07-01", "2026-09-30")
    assert periods.last_full_quarter(on(desk, "2026-09-30")).code == "2026-Q2"
    assert periods.last_full_quarter(on(desk, "2026-10-01")).code == "2026-Q3"
    assert periods.last_full_quarter(on(desk, "2026-01-15")).code == "2025-Q4"


@pytest.mark.parametrize(
    ("month", "code", "since", "until"),
    [
        (7, "FY2026", "2025-07-01", "2026-06-30"),  # most states
        (10, "FY2026", "2025-10-01", "2026-09-30"),  # federal
        (1, "FY2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_fiscal_year_is_called_after_the_year_in_which_it_ends(
    desk: Desk, month: int, code: str, since: str, until: str
) -> None:
    own = replace(desk, agency=replace(desk.agency, fiscal_month=month))
    found = periods.last_full(own, "fiscal_year")
    assert (found.code, found.since, found.until) == (code, since, until)
    assert days_of(code, month) == (since, until)


def test_before_and_after_are_of_the_same_kind(desk: Desk) -> None:
    for kind in GRAINS:
        now = periods.running(desk, kind)
        assert periods.after(desk, periods.before(desk, now)) == now
    ten = periods.custom("2026-03-05", "2026-03-14")
    assert periods.before(desk, ten) == Period("2026-02-23", "2026-03-04")
    assert periods.after(desk, ten) == Period("2026-03-15", "2026-03-24")


def test_a_line_over_time_ends_with_the_last_full_month(desk: Desk) -> None:
    found = periods.months_back(desk, 12)
    assert (found.since, found.until) == ("2025-11-01", "2026-10-31")
    assert [one.code for one in periods.recent(desk, "quarter", 3)] == [
        "2026-Q1", "2026-Q2", "2026-Q3",
    ]  # fmt: skip


def test_periods_are_said_in_both_languages(desk: Desk) -> None:
    words = Words("en")
    assert period_in_words(periods.last_full_quarter(desk), words) == "July to September 2026"
    assert period_in_words(periods.last_full(desk, "month"), words) == "October 2026"
    assert period_in_words(periods.last_full(desk, "year"), words) == "2025"
    assert period_in_words(periods.last_full(desk, "fiscal_year"), words) == "Fiscal year 2026"
    own = period_in_words(periods.custom("2026-03-05", "2026-03-14"), words)
    assert own == "Mar 5, 2026 to Mar 14, 2026"
    assert period_in_words(periods.last_full(desk, "month"), Words("es")) == "octubre de 2026"


@pytest.mark.parametrize(
    "days",
    [
        ("2026-02-30", "2026-03-01"), ("x", "y"), ("2026-03-02", "2026-03-01"),
        ("0001-01-01", "2026-01-01"),
    ],
)  # fmt: skip
def test_days_that_are_none_are_refused(days: tuple[str, str]) -> None:
    with pytest.raises(BadPeriod):
        periods.custom(*days)


@pytest.mark.parametrize("code", ["", "2026-13", "2026-Q5", "FY", "FYx", "soon", "2026-1-1"])
def test_codes_that_are_none_are_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        days_of(code, 7)


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.sampled_from(GRAINS), st.integers(1, 12))
def test_every_day_lies_in_the_period_of_its_code(day: date, grain: str, month: int) -> None:
    code = grain_of(grain, day.isoformat(), month)
    since, until = days_of(code, month)
    assert since <= day.isoformat() <= until
    assert list(codes_within(grain, since, until, month)) == [code]
    after = date.fromisoformat(until) + timedelta(days=1)
    assert grain_of(grain, after.isoformat(), month) != code


def test_a_window_has_run_when_its_last_day_is_over() -> None:
    assert window_end("2026-11-26", 30) == "2026-10-26"  # October 27 and 30 days: November 26
