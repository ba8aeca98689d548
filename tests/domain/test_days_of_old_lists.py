"""Days as spreadsheets have them: read where they say one day, named where they do not."""

from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.typed_day import (
    Century,
    DayFault,
    DayOrder,
    DayRule,
    NotADay,
    day_of,
    has_short_year,
    moment_of,
    orders_of,
)

TODAY = date(2026, 11, 23)
RULE = DayRule(TODAY)
PAST = DayRule(TODAY, century=Century.PAST)


@pytest.mark.parametrize("said", [
    "2024-04-17", "2024/4/17", "2024.04.17", "20240417", "4/17/2024", "04-17-2024", "4.17.2024",
    "Apr 17, 2024", "April 17 2024", "17 April 2024", "17-Apr-2024", "17 de abril de 2024",
    "Wed, Apr 17, 2024", "Wednesday, April 17, 2024", "17th April 2024", " 4/17/2024 ",
    "45399", "45399.0", 45399, 45399.75, datetime(2024, 4, 17, 9, 5), date(2024, 4, 17),  # noqa: DTZ001
    "2024-04-17T08:30:00", "4/17/2024 2:40 PM", "2024-04-17 00:00:00", "2024-04-17T08:30:00Z",
])  # fmt: skip
def test_one_day_however_it_is_written(said: str | float | date) -> None:
    assert day_of(said, RULE) == date(2024, 4, 17)


def test_day_first_where_somebody_said_so() -> None:
    assert day_of("5/4/2024", RULE) == date(2024, 5, 4)
    assert day_of("5/4/2024", DayRule(TODAY, DayOrder.DMY)) == date(2024, 4, 5)


@pytest.mark.parametrize(("said", "at"), [
    ("4/17/2024 2:40 PM", time(14, 40)), ("4/17/2024 12:05 am", time(0, 5)),
    ("2024-04-17 23:59:30", time(23, 59, 30)), ("4/17/2024", None), ("4/17/2024 0:00", None),
    (45399.5, time(12)), ("4/17/2024 at 9:00", time(9)),
])  # fmt: skip
def test_a_time_beside_the_day(said: str | float, at: time | None) -> None:
    assert moment_of(said, RULE) == (date(2024, 4, 17), at)


@pytest.mark.parametrize(("said", "why"), [
    ("2/30/2024", DayFault.NO_SUCH_DAY), ("17/4/2024", DayFault.NO_SUCH_DAY),
    ("4/17/24", DayFault.SHORT_YEAR), ("Apr 17, 24", DayFault.SHORT_YEAR),
    ("2024", DayFault.YEAR_ALONE), (2024, DayFault.YEAR_ALONE), ("7", DayFault.YEAR_ALONE),
    ("last spring", DayFault.UNREADABLE), ("n/a", DayFault.UNREADABLE),
    (True, DayFault.UNREADABLE), ("4/17", DayFault.UNREADABLE),
    ("0001-01-01", DayFault.TOO_FAR), ("9999-12-31", DayFault.TOO_FAR),
    ("4/17/2024 25:00", DayFault.UNREADABLE), ("4/17/2024 13:00 PM", DayFault.UNREADABLE),
    (1e300, DayFault.YEAR_ALONE), (float("nan"), DayFault.YEAR_ALONE),
])  # fmt: skip
def test_what_is_no_day_is_named(said: str | float, why: DayFault) -> None:
    with pytest.raises(NotADay) as found:
        day_of(said, RULE)
    assert found.value.why is why


def test_a_short_year_is_the_latest_past_one_where_somebody_said_so() -> None:
    assert day_of("4/17/91", PAST) == date(1991, 4, 17)
    assert day_of("4/17/24", PAST) == date(2024, 4, 17)
    assert day_of("11/23/26", PAST) == TODAY
    assert day_of("11/24/26", PAST) == date(1926, 11, 24)


def test_old_macs_count_from_1904() -> None:
    assert day_of(43937, DayRule(TODAY, counts_from_1904=True)) == date(2024, 4, 17)


def test_a_file_shows_its_order_or_asks() -> None:
    assert orders_of(["4/5/2024", "4/17/2024"]) == {DayOrder.MDY}
    assert orders_of(["4/5/2024", "17/4/2024 10:00"]) == {DayOrder.DMY}
    assert orders_of(["4/5/2024", "2024-04-17", None, 45399]) == set(DayOrder)
    assert orders_of(["13/1/2024", "1/13/2024"]) == set()


def test_short_years_are_seen() -> None:
    assert has_short_year(["4/17/2024", "17/4/24"])
    assert not has_short_year(["4/17/2024", "x", None, 45399])


@given(st.dates(date(1927, 6, 1), date(2098, 1, 1)), st.sampled_from(DayOrder))
def test_every_day_comes_back_from_every_way_to_write_it(day: date, order: DayOrder) -> None:
    rule = DayRule(TODAY, order)
    numbers = f"{day.month}/{day.day}" if order is DayOrder.MDY else f"{day.day}/{day.month}"
    serial = (day - date(1899, 12, 30)).days
    for said in (day.isoformat(), f"{numbers}/{day.year}", serial, f"{day:%d-%b-%Y}"):
        assert day_of(said, rule) == day


@given(st.text(max_size=40))
def test_no_text_breaks_it(said: str) -> None:
    for order in DayOrder:
        for century in Century:
            with suppress(NotADay):
                assert day_of(said, DayRule(TODAY, order, century)).year >= 1900
