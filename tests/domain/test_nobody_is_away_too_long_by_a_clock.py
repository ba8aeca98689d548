"""Ninety days without a sign-in turn it off; a clock that jumps does not."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.idle import FEWEST_DAYS, LONGEST_GAP, idle_days, idle_people
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.staffing import Colleague

START = date(2026, 8, 1)
DAY = timedelta(days=1)


def every(days: int, until: int) -> list[date]:
    """Somebody signs in every so many days."""
    return [START + n * DAY for n in range(0, until, days)]


def test_days_are_counted_while_colleagues_work() -> None:
    assert idle_days(START, every(1, 90), START + 90 * DAY) == 90
    assert idle_days(START, every(7, 90), START + 89 * DAY) == 89


def test_a_jump_of_a_clock_counts_for_nothing() -> None:
    today = START + 200 * DAY
    assert idle_days(START, every(1, 20), today) == 19  # and then 181 days at once
    assert idle_days(START, [], today) == 0


def test_a_clock_that_creeps_proves_nothing_without_days_of_work() -> None:
    jumps = [START + n * 29 * DAY for n in (1, 2, 3)]
    assert idle_days(START, jumps, START + 116 * DAY) == 0


def test_a_clock_that_is_behind_judges_nobody() -> None:
    days = [*every(1, 95), START + 400 * DAY]  # somebody worked in what is the future here
    assert idle_days(START, days, START + 95 * DAY) == 0
    assert idle_days(START, every(1, 95), START + 95 * DAY) == 95  # negative control


@given(st.sets(st.integers(1, 60), max_size=20), st.integers(61 + LONGEST_GAP, 4000))
def test_one_jump_never_adds_to_what_was_before(known: set[int], jump: int) -> None:
    days = [START + n * DAY for n in known]
    before = max(known, default=0)
    assert idle_days(START, days, START + jump * DAY) <= before


@given(st.integers(0, 3000), st.sets(st.integers(1, 120)))
def test_never_more_than_the_calendar_says(today: int, known: set[int]) -> None:
    days = [START + n * DAY for n in known]
    found = idle_days(START, days, START + today * DAY)
    assert 0 <= found <= today
    seen = {n for n in known if n < today}
    assert not found or len(seen) >= FEWEST_DAYS


def person(n: str, *roles: Role, holds: frozenset[Compartment] = frozenset()) -> Colleague:
    return Colleague(UserId(n), n, n, frozenset(roles), holds=holds, opens=holds)


def test_the_last_administrator_and_the_last_reader_are_never_turned_off() -> None:
    care = frozenset({Compartment.CARE})
    people = [
        person("admin", Role.ADMINISTRATOR), person("coord", Role.COORDINATOR, holds=care),
        person("desk", Role.FRONT_DESK, holds=care), person("cop", Role.OFFICER),
    ]  # fmt: skip
    today, days = START + 100 * DAY, every(1, 100)
    last = {one.id: START for one in people}
    assert idle_people(people, last, days, today, 90) == {"cop"}
    last[UserId("desk")] = today - DAY
    assert idle_people(people, last, days, today, 90) == {"cop", "coord"}
    people.append(person("second", Role.ADMINISTRATOR))
    last[UserId("second")] = today - DAY
    assert idle_people(people, last, days, today, 90) == {"cop", "coord", "admin"}
