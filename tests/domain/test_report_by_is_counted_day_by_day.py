"""Report-by: business days, holidays, hours and daylight saving, against numpy and the clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from clock_cases import EASTERN, Days, wall
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake_app.domain.business_time import CLOSED, Calendar, Place, ReportBy, report_by
from intake_app.domain.terms import Terms, VisitHours
from intake_app.domain.tolling import Toll
from intake_app.rulebook.business_days import BusinessCalendar

WEEKDAYS = tuple(VisitHours(day, "09:00", "16:00") for day in range(5))
THREE_DAYS = Terms(report_business_days=3, hours=WEEKDAYS)
TWO_NIGHTS = Terms(report_hours=48, hours=WEEKDAYS)
SOME_DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
MOMENTS = st.integers(0, 6 * 366 * 24 * 60).map(
    lambda minutes: (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(
        EASTERN
    )
)
ZONES = st.sampled_from(["America/New_York", "America/Phoenix", "America/Anchorage", "UTC"])


def reasons(found: ReportBy) -> list[str]:
    return [f"{step.day:%a %d} {step.reason} {step.detail}".strip() for step in found.steps]


@pytest.mark.parametrize(
    ("issued", "region", "due"),
    [
        ("2026-11-20 14:05", "", "2026-11-25 16:00"),
        ("2026-11-23 09:00", "", "2026-11-27 16:00"),
        ("2026-11-23 09:00", "WV", "2026-11-30 16:00"),  # that Friday is a holiday there
        ("2026-12-30 23:59", "", "2027-01-05 16:00"),  # over the new year
        ("2028-02-28 08:00", "", "2028-03-02 16:00"),  # February 29 counts
        ("2026-03-05 08:00", "", "2026-03-10 16:00"),  # clocks go forward in between
        ("2026-10-29 08:00", "", "2026-11-03 16:00"),  # and back
    ],
)
def test_three_business_days_that_are_known(issued: str, region: str, due: str) -> None:
    found = report_by(wall(issued), THREE_DAYS, BusinessCalendar(region))
    assert found.moment == wall(due)
    assert found.moment.utcoffset() == wall(due).utcoffset()


def test_the_count_is_explained_day_by_day() -> None:
    found = report_by(wall("2026-11-23 09:00"), THREE_DAYS, BusinessCalendar("WV"))
    assert reasons(found) == [
        "Mon 23 first_day", "Tue 24 counted", "Wed 25 counted",
        "Thu 26 holiday Thanksgiving Day", "Fri 27 holiday Day After Thanksgiving",
        "Sat 28 weekend", "Sun 29 weekend", "Mon 30 counted", "Mon 30 due 16:00",
    ]  # fmt: skip


def numpy_says(start: date, count: int, free: list[date]) -> date:
    return np.busday_offset(start, count, roll="backward", holidays=free).astype(date)


def counted(issued: datetime, count: int, calendar: Calendar) -> date:
    terms = Terms(report_business_days=count)
    return report_by(issued, terms, calendar).moment.date()


def agrees_with_numpy(count_it: Callable[[datetime, int, Calendar], date]) -> Callable[[], None]:
    @settings(deadline=None, max_examples=200)
    @given(MOMENTS, st.integers(1, 40), st.lists(SOME_DAYS, max_size=12))
    @example(wall("2026-11-20 14:05"), 3, [])
    @example(wall("2027-12-30 23:30"), 2, [date(2027, 12, 31), date(2028, 1, 3)])
    @example(wall("2028-02-26 10:00"), 3, [])
    def check(issued: datetime, count: int, free: list[date]) -> None:
        near = [*free, issued.date() + timedelta(days=count)]
        assert count_it(issued, count, Days(dict.fromkeys(near, "Fair day"))) == numpy_says(
            issued.date(), count, near
        )

    return check


def test_numpy_counts_the_same_business_days() -> None:
    agrees_with_numpy(counted)()


def test_negative_control_a_count_that_forgets_holidays_is_refused() -> None:
    def forgetful(issued: datetime, count: int, _calendar: Calendar) -> date:
        return counted(issued, count, Days())

    with pytest.raises(AssertionError):
        agrees_with_numpy(forgetful)()


@settings(deadline=None)
@given(MOMENTS, st.integers(1, 20), ZONES, st.lists(SOME_DAYS, max_size=8))
def test_the_steps_are_the_count(issued: datetime, count: int, zone: str, free: list[date]) -> None:
    terms = Terms(report_business_days=count, hours=WEEKDAYS)
    found = report_by(issued, terms, Days(dict.fromkeys(free, "x")), ZoneInfo(zone))
    assert sum(step.is_counted for step in found.steps) == count
    days = [step.day for step in found.steps[:-1]]
    assert days == [days[0] + timedelta(days=each) for each in range(len(days))]
    assert days[0] == issued.astimezone(ZoneInfo(zone)).date()
    assert found.moment.astimezone(ZoneInfo(zone)).time() == time(16)
    assert found.moment.utcoffset() == found.moment.astimezone(ZoneInfo(zone)).utcoffset()


def test_where_the_door_is_closed_that_day_it_is_the_next_business_day_when_it_opens() -> None:
    hours = (VisitHours(0, "09:00", "12:00"), VisitHours(0, "13:00", "15:30"))
    terms = Terms(report_business_days=3, hours=hours)
    found = report_by(wall("2026-11-20 14:05"), terms, BusinessCalendar())
    assert found.moment == wall("2026-11-30 15:30")
    assert reasons(found)[-6:] == [
        "Wed 25 no_hours", "Thu 26 holiday Thanksgiving Day", "Fri 27 no_hours", "Sat 28 weekend",
        "Sun 29 weekend", "Mon 30 due 15:30",
    ]  # fmt: skip


def test_a_program_that_opens_on_weekends_only_is_met_there() -> None:
    terms = Terms(report_business_days=1, hours=(VisitHours(5, "10:00", "14:00"),))
    assert report_by(wall("2026-11-19 08:00"), terms, Days()).moment == wall("2026-11-21 14:00")


def test_weekend_hours_do_not_make_the_weekend_count() -> None:
    terms = Terms(report_business_days=1, hours=(*WEEKDAYS[:4], VisitHours(5, "10:00", "14:00")))
    found = report_by(wall("2026-11-19 08:00"), terms, Days())  # Friday has no hours
    assert found.moment == wall("2026-11-23 16:00")


def test_without_hours_the_programs_time_of_day_holds() -> None:
    terms = Terms(report_business_days=1, report_by_time="12:30")
    assert report_by(wall("2026-11-20 14:05"), terms, Days()).moment == wall("2026-11-23 12:30")


def test_zero_days_are_today_or_the_next_open_day() -> None:
    assert report_by(wall("2026-11-20 08:00"), Terms(), Days()).moment == wall("2026-11-20 16:00")
    assert report_by(wall("2026-11-21 08:00"), Terms(), Days()).moment == wall("2026-11-23 16:00")


@pytest.mark.parametrize(
    ("issued", "due", "why"),
    [
        ("2026-11-17 10:00", "2026-11-19 10:00", ["Thu 19 hours", "Thu 19 due 10:00"]),
        ("2026-11-17 16:00", "2026-11-19 16:00", ["Thu 19 hours", "Thu 19 due 16:00"]),
        (
            "2026-11-17 02:14", "2026-11-19 16:00",  # before the door opens
            ["Thu 19 hours", "Thu 19 door_closed 02:14", "Thu 19 due 16:00"],
        ),
        (
            "2026-11-19 22:00", "2026-11-23 16:00",
            [
                "Sat 21 hours", "Sat 21 door_closed 22:00", "Sat 21 weekend", "Sun 22 weekend",
                "Mon 23 due 16:00",
            ],
        ),
        (
            "2026-11-17 22:00", "2026-11-20 16:00",  # after it closed
            ["Thu 19 hours", "Thu 19 door_closed 22:00", "Fri 20 due 16:00"],
        ),
        (
            "2026-11-24 10:00", "2026-11-27 16:00",
            [
                "Thu 26 hours", "Thu 26 door_closed 10:00", "Thu 26 holiday Thanksgiving Day",
                "Fri 27 due 16:00",
            ],
        ),
    ],
)  # fmt: skip
def test_hours_land_at_an_open_door(issued: str, due: str, why: list[str]) -> None:
    found = report_by(wall(issued), TWO_NIGHTS, BusinessCalendar())
    assert found.moment == wall(due)
    assert reasons(found)[1:] == why


def test_between_two_openings_of_a_day_the_second_closing_is_meant() -> None:
    hours = (VisitHours(3, "09:00", "12:00"), VisitHours(3, "13:00", "15:30"))
    found = report_by(wall("2026-11-17 12:30"), Terms(report_hours=48, hours=hours), Days())
    assert found.moment == wall("2026-11-19 15:30")


def test_hours_may_land_on_a_saturday_that_is_open_and_no_holiday() -> None:
    terms = Terms(report_hours=48, hours=(*WEEKDAYS, VisitHours(5, "09:00", "24:00")))
    issued, saturday = wall("2026-11-19 20:00"), date(2026, 11, 21)
    assert report_by(issued, terms, Days()).moment == wall("2026-11-21 20:00")
    found = report_by(issued, terms, BusinessCalendar(extra=[saturday]))
    assert found.moment == wall("2026-11-23 16:00")
    assert "Sat 21 closed" in reasons(found)
    named = BusinessCalendar(names={saturday: "Moving day"})
    assert "Sat 21 holiday Moving day" in reasons(report_by(issued, terms, named))


def test_a_day_that_the_department_closes_is_named_so() -> None:
    calendar = BusinessCalendar(extra=[date(2026, 11, 24)])
    assert calendar.name_of(date(2026, 11, 24)) == CLOSED
    assert calendar.name_of(date(2026, 11, 25)) == ""
    found = report_by(wall("2026-11-23 09:00"), THREE_DAYS, calendar)
    assert reasons(found)[1] == "Tue 24 closed"
    assert found.moment == wall("2026-11-30 16:00")


@settings(deadline=None)
@given(MOMENTS, st.integers(1, 240))
@example(wall("2026-03-07 12:00"), 48)  # clocks go forward: a wall clock shows 13:00
@example(wall("2026-10-31 12:00"), 48)  # and back: 11:00
@example(wall("2026-11-01 01:30"), 24)
def test_hours_are_counted_as_they_pass(issued: datetime, hours: int) -> None:
    always = tuple(VisitHours(day, "00:00", "24:00") for day in range(7))
    found = report_by(issued, Terms(report_hours=hours, hours=always), Days()).moment
    passed = found.astimezone(UTC) - issued.astimezone(UTC)
    # the last minute of a day belongs to the next opening
    is_last_minute = (found.hour, found.minute) == (23, 59)
    assert passed == timedelta(hours=hours) or (is_last_minute and passed >= timedelta(hours=hours))
    assert found.utcoffset() == found.astimezone(EASTERN).utcoffset()


def test_an_offset_without_a_zone_is_read_on_the_wall_of_the_zone() -> None:
    issued = datetime(2026, 3, 6, 10, tzinfo=timezone(timedelta(hours=-5)))
    found = report_by(issued, THREE_DAYS, Days(), EASTERN)
    assert found.moment.isoformat() == "2026-03-11T16:00:00-04:00"
    fixed = report_by(issued, THREE_DAYS, Days())
    assert fixed.moment.isoformat() == "2026-03-11T16:00:00-05:00"


def test_a_time_that_daylight_saving_skips_is_the_hour_after() -> None:
    place = Place(Terms(), Days(), EASTERN)
    assert place.at(date(2026, 3, 8), time(2, 30)).isoformat() == "2026-03-08T03:30:00-04:00"


def test_a_calendar_without_any_open_day_ends_all_the_same() -> None:
    class Never(Days):
        def is_business_day(self, day: date) -> bool:
            return False

    never = Never()
    assert report_by(wall("2026-11-20 14:05"), THREE_DAYS, never).moment.tzinfo
    found = report_by(wall("2026-11-20 14:05"), TWO_NIGHTS, never)
    assert found.moment == wall("2026-11-22 14:05")


def test_days_on_which_the_clock_stood_do_not_count() -> None:
    hospital = Toll(wall("2026-11-23 20:00"), wall("2026-11-25 09:00"), "hospital")
    found = report_by(wall("2026-11-20 14:05"), THREE_DAYS, BusinessCalendar(), tolls=[hospital])
    assert reasons(found) == [
        "Fri 20 first_day", "Sat 21 weekend", "Sun 22 weekend", "Mon 23 tolled hospital",
        "Tue 24 tolled hospital", "Wed 25 counted", "Thu 26 holiday Thanksgiving Day",
        "Fri 27 counted", "Sat 28 weekend", "Sun 29 weekend", "Mon 30 counted", "Mon 30 due 16:00",
    ]  # fmt: skip


def test_a_stop_in_front_of_a_closed_door_counts_as_well() -> None:
    hours = (VisitHours(1, "09:00", "16:00"), VisitHours(2, "09:00", "16:00"))
    terms = Terms(report_business_days=1, hours=hours)
    jail = Toll(wall("2026-11-24 08:00"), wall("2026-11-25 08:00"), "jail")
    found = report_by(wall("2026-11-20 14:05"), terms, Days(), tolls=[jail])
    assert reasons(found)[-4:] == [
        "Mon 23 counted", "Mon 23 no_hours", "Tue 24 tolled jail", "Wed 25 due 16:00",
    ]  # fmt: skip


def test_a_stop_after_the_deadline_comes_too_late() -> None:
    jail = Toll(wall("2026-11-25 16:01"), wall("2026-12-25 09:00"), "jail")
    found = report_by(wall("2026-11-20 14:05"), THREE_DAYS, Days(), tolls=[jail])
    assert found.moment == wall("2026-11-25 16:00")


def test_hours_stand_still_while_the_clock_does() -> None:
    stops = [
        Toll(wall("2026-11-17 20:00"), wall("2026-11-18 20:00"), "jail"),
        Toll(wall("2026-11-18 10:00"), wall("2026-11-18 12:00"), "hospital"),  # within the other
    ]
    found = report_by(wall("2026-11-17 10:00"), TWO_NIGHTS, Days(), tolls=stops)
    assert found.moment == wall("2026-11-20 10:00")
    assert "Wed 18 tolled jail" in reasons(found)


def test_a_stop_between_the_last_hour_and_the_open_door_moves_to_the_door_after() -> None:
    stop = Toll(wall("2026-11-22 10:00"), wall("2026-11-23 20:00"), "jail")
    found = report_by(wall("2026-11-19 22:00"), TWO_NIGHTS, Days(), tolls=[stop])
    assert found.moment == wall("2026-11-24 16:00")
