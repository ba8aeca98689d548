"""When a follow-up is due, and what must be tried before "unable to contact" may be said."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from clock_cases import EASTERN, Days, wall
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.follow_up import (
    Missing,
    Try,
    TryRule,
    due_on,
    long_past,
    missing_tries,
    next_day,
    next_means,
)
from intake_app.domain.form import Deadline
from intake_app.domain.text import NOTHING

HOLIDAYS = {date(2026, 11, 26): "Thanksgiving Day", date(2026, 12, 25): "Christmas Day"}
CALENDAR = Days(HOLIDAYS)
MEANS = ("call", "text", "visit", "letter")
THREE = TryRule(3, 14, ("call", "text", "letter"))

moments = st.integers(0, 5 * 366 * 86400).map(
    lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
deadlines = st.one_of(
    st.builds(Deadline, id=st.just("d"), label=st.just(NOTHING), hours=st.integers(1, 9000)),
    st.builds(
        Deadline, id=st.just("d"), label=st.just(NOTHING), days=st.integers(0, 400),
        is_business=st.booleans(),
    ),
)  # fmt: skip
rules = st.builds(
    TryRule, st.integers(0, 5), st.integers(0, 30),
    st.lists(st.sampled_from(MEANS), unique=True).map(tuple),
)  # fmt: skip
tries = st.lists(
    st.builds(
        Try,
        st.integers(0, 40 * 24).map(lambda hour: wall("2026-11-01 06:00") + timedelta(hours=hour)),
        st.sampled_from(MEANS),
        st.just(False),
    ),
    max_size=7,
)


def later(day: date, count: int) -> date:
    """So many business days later, one day at a time."""
    while count > 0 or not CALENDAR.is_business_day(day):
        day += timedelta(days=1)
        count -= count > 0 and CALENDAR.is_business_day(day)
    return day


@given(deadlines, moments)
def test_any_schedule_is_due_when_another_way_of_counting_says(
    deadline: Deadline, finished: datetime
) -> None:
    found = due_on(deadline, finished, EASTERN, later)
    local = finished.astimezone(EASTERN)
    if deadline.hours:  # seconds of the epoch know nothing of a wall
        at = datetime.fromisoformat(found)
        passed = at.timestamp() - finished.replace(second=0, microsecond=0).timestamp()
        assert passed == deadline.hours * 3600
        offset = datetime.fromtimestamp(at.timestamp(), EASTERN).utcoffset()
        assert at.utcoffset() == offset, "it is told in the time that the wall shows then"
    elif deadline.is_business:
        between = [local.date() + timedelta(days=n) for n in range(700)]
        open_days = [day for day in between[1:] if day.weekday() < 5 and day not in HOLIDAYS]
        due = date.fromisoformat(found)
        assert due.weekday() < 5
        assert due not in HOLIDAYS
        assert deadline.days == 0 or due == open_days[deadline.days - 1]
    else:
        assert date.fromisoformat(found).toordinal() == local.toordinal() + deadline.days


@pytest.mark.parametrize(
    ("finished", "due"),
    [
        ("2026-10-30 00:20", "2026-11-01T23:20-05:00"),  # the clock is set back in between
        ("2026-03-06 23:30", "2026-03-10T00:30-04:00"),  # and here forward
        ("2026-11-23 09:30", "2026-11-26T09:30-05:00"),
    ],
)
def test_seventy_two_hours_are_hours_also_when_the_clock_changes(finished: str, due: str) -> None:
    three_days = Deadline("d", NOTHING, hours=72)
    assert due_on(three_days, wall(finished), EASTERN, later) == due
    by_the_wall = (wall(finished) + timedelta(hours=72)).isoformat(timespec="minutes")
    assert (due == by_the_wall) is ("11-23" in finished), "the wall alone would be an hour off"


def test_day_seven_is_the_same_weekday() -> None:
    assert due_on(Deadline("d", NOTHING, days=7), wall("2026-10-30 23:50"), EASTERN, later) == (
        "2026-11-06"
    )


# --- three tries ------------------------------------------------------------------------------


def tried(*said: str) -> list[Try]:
    """Tries like "2026-11-02 10:00 call"."""
    return [Try(wall(one[:16]), one[17:]) for one in said]


def test_three_tries_by_three_means_are_enough() -> None:
    all_three = tried("2026-11-02 10:00 call", "2026-11-05 18:00 text", "2026-11-09 09:00 letter")
    assert not missing_tries(all_three, THREE)
    assert missing_tries(all_three[:2], THREE) == Missing(1, 1)
    assert missing_tries([], THREE) == Missing(3, 3)


def test_calling_again_and_again_is_not_enough() -> None:
    same_day = tried("2026-11-02 10:00 call", "2026-11-02 10:05 call", "2026-11-02 10:10 call")
    assert missing_tries(same_day, THREE) == Missing(2, 2)
    by_phone = tried("2026-11-02 10:00 call", "2026-11-03 10:00 call", "2026-11-04 10:00 call")
    assert missing_tries(by_phone, THREE) == Missing(0, 2)


def test_who_has_one_safe_way_is_not_to_be_tried_by_three() -> None:
    rule = TryRule(3, 14, ("call",))
    by_phone = tried("2026-11-02 10:00 call", "2026-11-04 18:00 call", "2026-11-09 10:00 call")
    assert not missing_tries(by_phone, rule)


def test_who_was_not_met_yet_is_tried_by_any_means_but_different_ones() -> None:
    visits = tried("2026-11-02 10:00 visit", "2026-11-04 18:00 visit", "2026-11-09 10:00 visit")
    assert missing_tries(visits, TryRule(3, 14)) == Missing(0, 2)
    mixed = [*visits[:1], *tried("2026-11-04 18:00 letter", "2026-11-05 18:00 call")]
    assert not missing_tries(mixed, TryRule(3, 14))


def test_a_try_that_is_too_old_no_longer_counts() -> None:
    spread = tried("2026-11-02 10:00 call", "2026-11-12 18:00 text", "2026-11-17 09:00 letter")
    assert missing_tries(spread, THREE) == Missing(1, 1), "day 15 is outside of the window"
    assert not missing_tries(spread, TryRule(3, 0, THREE.safe)), "without a window it counts"
    again = [*spread, *tried("2026-11-19 09:00 call")]
    assert not missing_tries(again, THREE)


def test_who_was_reached_is_looked_for_anew() -> None:
    two = tried("2026-11-02 10:00 call", "2026-11-03 10:00 text")
    reached = Try(wall("2026-11-04 10:00"), "call", was_reached=True)
    assert missing_tries([*two, reached, *tried("2026-11-06 10:00 letter")], THREE) == Missing(2, 2)


def test_without_a_rule_one_try_is_enough() -> None:
    assert missing_tries([], TryRule()) == Missing(1, 1)
    assert not missing_tries(tried("2026-11-02 10:00 call"), TryRule())


@given(tries, rules)
def test_enough_is_what_a_search_through_all_choices_finds(found: list[Try], rule: TryRule) -> None:
    days = {(one.at.date(), one.means): one for one in found}.values()
    enough = any(
        len({one.means for one in some}) >= min(rule.needed, len(rule.safe) or 99)
        and (
            not rule.window
            or max(one.at.date() for one in some) - min(one.at.date() for one in some)
            <= timedelta(days=rule.window)
        )
        for count in range(rule.needed, len(days) + 1)
        for some in combinations(days, count)
    )
    assert (not missing_tries(found, rule)) is enough


@given(tries, rules, tries)
def test_one_more_try_never_takes_away(found: list[Try], rule: TryRule, more: list[Try]) -> None:
    before, after = missing_tries(found, rule), missing_tries([*found, *more], rule)
    assert max(after.tries, after.means) <= max(before.tries, before.means)


# --- what is suggested ------------------------------------------------------------------------


def test_the_next_way_is_a_safe_one_that_was_not_tried_or_longest_ago() -> None:
    two = tried("2026-11-02 10:00 call", "2026-11-03 10:00 text")
    assert next_means(two, ("call", "text", "letter")) == "letter"
    assert next_means(two, ("text", "call")) == "call"
    assert next_means(two, ()) == "", "nothing is suggested where no way is safe"


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), rules)
def test_the_next_day_is_a_business_day_in_the_window(today: date, rule: TryRule) -> None:
    day = next_day(today, rule, CALENDAR)
    assert today < day
    assert CALENDAR.is_business_day(day)
    assert (day - today).days <= max(2, rule.window) + 4


def test_a_calendar_that_is_always_closed_holds_nobody_up() -> None:
    every = {date(2026, 11, 1) + timedelta(days=n): "closed" for n in range(60)}
    assert next_day(date(2026, 11, 2), THREE, Days(every)) == date(2026, 11, 6)


def test_of_an_old_schedule_only_the_latest_that_has_come_is_made() -> None:
    days = ["2026-11-01", "2026-11-05", "2026-11-20", "2026-12-24"]
    assert set(long_past(days, "2026-11-23")) == {"2026-11-01", "2026-11-05"}
    assert set(long_past(days, "2026-10-01")) == set()
