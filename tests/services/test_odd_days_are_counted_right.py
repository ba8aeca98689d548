"""Figures on odd days: a leap day, New Year's Eve at night, a window's own last day, a second try.

Each figure is asked as a page asks it, of records that services wrote.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from held_cases import House, care_of, case_taken, move
from journeys_here import journey
from overdoses import PLANNED, told
from walk_ins import taken

from intake_app.domain.clock import FixedClock
from intake_app.domain.episode import STEP
from intake_app.domain.figure import Count, Figure
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.case import acts
from intake_app.services.case.acts import Why, close_case, reopen_case
from intake_app.services.desk import Desk
from intake_app.services.follow_up.attempts import NewAttempt, log_attempt
from intake_app.services.follow_up.episodes import episode_of, move_episode
from intake_app.services.measures.asking import ask
from intake_app.services.people.merging import merge_people, merges, unmerge
from intake_app.services.records.writing import fact
from intake_app.services.referrals.referrals import NewReferral, make_referral

EAST = timezone(timedelta(hours=-5))
NEW_YEARS_EVE = datetime(2027, 12, 31, 23, 30, tzinfo=EAST)
EVER = ("2020-01-01", "2035-12-31")


@pytest.fixture
def night(tmp_path: Path) -> Iterator[House]:
    """Half past eleven on New Year's Eve; in UTC it is January."""
    house = House(tmp_path, FixedClock(NEW_YEARS_EVE, EAST))
    yield house
    house.close()


@pytest.fixture
def desk(night: House) -> Desk:
    """J. Lowe, the coordinator, who holds both keys."""
    return night.desk(Role.COORDINATOR)


def asked(desk: Desk, measure: str, days: tuple[str, str] = EVER, *cuts: str) -> Figure:
    return ask(desk, measure, *days, cuts).figure


def number(desk: Desk, measure: str) -> tuple[int, int]:
    whole = asked(desk, measure).whole
    return whole.number, whole.base


def test_the_last_half_hour_of_a_year_belongs_to_it(desk: Desk) -> None:
    taken(desk)
    assert asked(desk, "met", ("2027-12-31", "2027-12-31")).whole.number == 1
    assert asked(desk, "met", ("2028-01-01", "2028-12-31")).whole.number == 0
    assert asked(desk, "met", EVER, "year").rows == {("2027",): Count(1, 1)}
    assert asked(desk, "met", EVER, "quarter").rows == {("2027-Q4",): Count(1, 1)}


@pytest.mark.parametrize(
    ("first_month", "called"), [(1, "FY2027"), (7, "FY2028"), (10, "FY2028"), (12, "FY2028")]
)
def test_a_fiscal_year_has_the_name_of_the_year_in_which_it_ends(
    desk: Desk, first_month: int, called: str
) -> None:
    taken(desk)
    there = replace(desk, agency=replace(desk.agency, fiscal_month=first_month))
    assert list(asked(there, "met", EVER, "fiscal_year").rows) == [(called,)]


def test_a_case_has_the_days_of_the_wall_however_its_moments_were_written(
    night: House, desk: Desk
) -> None:
    case = case_taken(night.desk(Role.OFFICER))
    move(desk, hours=0.4)
    late = desk.clock.now().astimezone(UTC).isoformat()  # 04:54 on January 1 in UTC
    acts.note_reported(desk, case, late)
    acts.note_assessed(desk, case, late)
    acts.agree_plan(desk, case, late)
    close_case(desk, case, "completed", at=late)
    one = journey(desk, case, Compartment.CASES)
    day = "2027-12-31"
    assert (one.contact_on, one.engaged_on, one.plan_on, one.closed_on) == (day,) * 4
    assert one.reported_at == "2027-12-31T23:54"


def test_a_closed_case_that_is_opened_again_is_active_and_in_no_rate(
    night: House, desk: Desk
) -> None:
    case = case_taken(night.desk(Role.OFFICER))
    acts.note_reported(desk, case)
    close_case(desk, case, "completed")
    assert number(desk, "completed") == (1, 1)
    reopen_case(desk, case, "The wrong case.")
    figure = asked(desk, "completed")
    assert (figure.whole, figure.excluded["active"]) == (Count(), 1)
    close_case(desk, case, "not_completed", Why("did_not_report"))
    assert number(desk, "completed") == (0, 1)


def test_thirty_days_count_with_their_last_and_are_over_the_day_after(desk: Desk) -> None:
    early, late = taken(desk).record, taken(desk).record
    move(desk, days=30)  # January 30
    log_attempt(desk, NewAttempt(early, "visit", "accepted", snapshot={"engagement": "engaged"}))
    figure = asked(desk, "engaged_30_days")
    assert (figure.whole, figure.running) == (Count(), 2)
    move(desk, days=1)
    log_attempt(desk, NewAttempt(late, "visit", "accepted", snapshot={"engagement": "engaged"}))
    figure = asked(desk, "engaged_30_days")
    assert (figure.whole, figure.running) == (Count(1, 2), 0)


def test_a_year_from_a_leap_day_has_365_days(desk: Desk) -> None:
    move(desk, days=60)
    assert taken(desk).record
    assert asked(desk, "met", ("2028-02-29", "2028-02-29")).whole.number == 1
    move(desk, days=365)
    assert asked(desk, "missing_outcome").running == 1
    move(desk, days=1)
    assert number(desk, "missing_outcome") == (1, 1)


def test_people_who_were_one_by_mistake_are_two_again(desk: Desk) -> None:
    one, other = taken(desk).record, taken(desk, first_name="Bobby").record
    assert number(desk, "people") == (2, 2)
    merge_people(desk, one, other, {}, "The same person.")
    assert number(desk, "people") == (1, 1)
    assert number(desk, "met") == (2, 2)
    unmerge(desk, one, merges(desk, one)[0].id, "Two cousins.")
    assert number(desk, "people") == (2, 2)


def test_a_card_is_no_referral_in_any_figure(desk: Desk) -> None:
    asked_for = {"services": ["detox"], "preferred_place": "detox"}
    helped, carded = (taken(desk, **asked_for).record for _ in range(2))
    place = {"id": "", "name": "New River"}
    make_referral(desk, helped, NewReferral("detox", place, "fax"))
    make_referral(desk, carded, NewReferral("detox", place, "card"))
    figure = asked(desk, "services_asked")
    assert (dict(figure.whole.parts), figure.excluded["card"]) == ({"detox": 1}, 1)
    assert number(desk, "no_room") == (0, 1)
    assert number(desk, "asked_not_referred") == (1, 2)  # whoever wanted a place has none yet


def test_a_referral_after_a_card_at_the_scene_is_a_handover(desk: Desk) -> None:
    intake = taken(desk).record
    place = {"id": "", "name": "New River"}
    make_referral(desk, intake, NewReferral("detox", place, "card"))
    make_referral(desk, intake, NewReferral("detox", place, "in_person"))
    assert journey(desk, intake).handoff == "in_person"
    figure = asked(desk, "warm_handoff")
    assert (figure.whole, figure.excluded["no_minutes"]) == (Count(), 1)


def test_another_overdose_of_somebody_else_is_not_theirs(desk: Desk) -> None:
    told(desk, **PLANNED)
    told(desk, **PLANNED, overdose_at="2027-03-01T02:10:00-05:00")
    move(desk, days=400)
    assert number(desk, "repeat_overdose") == (0, 2)


def test_two_ends_that_contradict_are_none_until_somebody_decides(desk: Desk) -> None:
    intake = taken(desk).record
    file, seen = care_of(desk), episode_of(desk, intake).newest
    for n, status in enumerate(("withdrew", "completed")):
        step = {"status": status, "saw": list(seen), **desk.entered()}
        change = fact(file, desk.person.id, STEP, RecordId(f"{n:02d}" * 16), step, about=intake)
        file.apply([change], desk.act("move episode", intake))  # as two stations would send them
    figure = asked(desk, "completed")
    assert (figure.whole, figure.excluded["active"]) == (Count(), 1)
    move_episode(desk, intake, "completed", "in_treatment")
    assert number(desk, "completed") == (1, 1)
