"""When a reminder is due: on a day on which somebody is at the desk, and never after a death."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from clock_cases import EASTERN, Days, Story, wall
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.abeyance import abeyance
from intake_app.domain.business_time import Place
from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_status import fold
from intake_app.domain.reminding import Window, last_business_day, window_of
from intake_app.domain.terms import Anchor, ReminderTerm, Terms, VisitHours
from intake_app.domain.text import NOTHING

HOLIDAYS = Days({date(2026, 11, 26): "Thanksgiving Day", date(2026, 12, 25): "Christmas Day"})
TERMS = Terms(
    report_business_days=3, complete_days=90,
    hours=tuple(VisitHours(day, "09:00", "16:00") for day in range(5)),
)  # fmt: skip
PLACE = Place(TERMS, HOLIDAYS, EASTERN)
BEFORE = ReminderTerm("before", NOTHING, Anchor.REPORT_BY, hours_before=24, is_for_person=True)
AFTER = ReminderTerm("after", NOTHING, Anchor.REPORT_BY, business_days_after=1)
LAST = ReminderTerm("last", NOTHING, Anchor.COMPLETE_BY, days_before=14, is_for_person=True)


def window(term: ReminderTerm, story: Story, now: str = "2026-11-23 12:00") -> Window | None:
    clock = abeyance(story.acts, TERMS, HOLIDAYS, wall(now), EASTERN)
    return window_of(term, fold(story.acts), clock, PLACE)


def issued(at: str = "2026-11-20 14:05") -> Story:
    story = Story(at)
    story.add(CaseActKind.ISSUED, at)
    return story


def test_the_visit_is_reminded_of_the_day_before_and_looked_after_the_day_after() -> None:
    story = issued()  # Friday; report by Wednesday, November 25
    before, after = window(BEFORE, story), window(AFTER, story)
    assert before
    assert (before.on, before.until) == (date(2026, 11, 24), wall("2026-11-25 16:00"))
    assert after
    assert (after.on, after.until) == (date(2026, 11, 27), None)  # Thursday is a holiday
    assert window(LAST, story) is None, "who has not come is not reminded of the last day"


def test_the_last_day_is_reminded_of_once_the_person_has_come() -> None:
    story = issued()
    story.add(CaseActKind.REPORTED, "2026-11-24 10:00")
    found = window(LAST, story)
    assert found
    assert found.on == date(2027, 2, 4)
    assert (window(BEFORE, story), window(AFTER, story)) == (None, None)


STOPS = (
    CaseActKind.DECEASED, CaseActKind.DO_NOT_CONTACT, CaseActKind.WITHDREW,
    CaseActKind.TOLL_STARTED, CaseActKind.REPORTED, CaseActKind.NO_SHOW,
)  # fmt: skip


@pytest.mark.parametrize("stop", STOPS)
def test_what_stops_a_reminder_to_the_person(stop: CaseActKind) -> None:
    story = issued()
    assert window(BEFORE, story), "negative control"
    story.add(stop, reason="hospital")
    assert window(BEFORE, story) is None


def test_do_not_contact_stops_no_check_that_contacts_nobody() -> None:
    story = issued()
    story.add(CaseActKind.DO_NOT_CONTACT)
    assert window(AFTER, story)
    story.add(CaseActKind.DECEASED)
    assert window(AFTER, story) is None


def test_a_window_is_open_from_its_day_to_its_moment() -> None:
    about = wall("2026-11-25 16:00")
    found = Window(about, date(2026, 11, 24), about)
    cases = (("2026-11-23 23:59", False), ("2026-11-24 00:01", True), ("2026-11-25 15:59", True),
             ("2026-11-25 16:01", False))  # fmt: skip
    for at, is_due in cases:
        assert found.is_due(wall(at), wall(at).date()) is is_due, at
    assert replace(found, until=None).is_due(wall("2027-01-01 09:00"), date(2027, 1, 1))


@given(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 23), st.integers(1, 200),
    st.booleans(),
)  # fmt: skip
def test_a_reminder_comes_early_enough_and_on_a_day_when_somebody_is_there(
    day: date, hour: int, count: int, is_hours: bool
) -> None:
    term = ReminderTerm(
        "r", NOTHING, Anchor.REPORT_BY, hours_before=count if is_hours else 0,
        days_before=0 if is_hours else count, is_for_person=True,
    )  # fmt: skip
    at = f"{day} {hour:02}:30"
    story, now = issued(at), wall(at)
    clock = abeyance(story.acts, TERMS, HOLIDAYS, now, EASTERN)
    found = window_of(term, fold(story.acts), clock, PLACE)
    assert found
    assert clock.report_by
    assert found.about == clock.report_by.moment
    assert HOLIDAYS.is_business_day(found.on)
    hours = count if is_hours else 24 * count
    wanted = clock.report_by.moment.astimezone(UTC) - timedelta(hours=hours)
    slack = timedelta(days=1)  # days are of the wall, and a night may have 23 or 25 hours
    assert found.on <= (wanted + slack).astimezone(EASTERN).date()
    assert found.on >= wanted.astimezone(EASTERN).date() - timedelta(days=6)


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_the_last_business_day_skips_only_days_off(day: date) -> None:
    found = last_business_day(PLACE, day)
    between = (found + timedelta(days=n) for n in range(1, (day - found).days + 1))
    assert found <= day
    assert not any(HOLIDAYS.is_business_day(one) for one in between)


def test_a_calendar_without_any_open_day_ends_the_search() -> None:
    class Never(Days):
        def is_business_day(self, day: date) -> bool:
            return False

    place = Place(TERMS, Never(), EASTERN)
    assert last_business_day(place, date(2026, 11, 25)) == date(2026, 11, 25)
