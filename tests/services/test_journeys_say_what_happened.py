"""Each column of a journey comes from what people really did, through the services that do it."""

from pathlib import Path
from typing import Any

import pytest
from held_cases import House, case_taken, move
from journeys_here import journey, journeys, referrals
from overdoses import NOBODY, PLANNED, told
from test_each_pathway_is_taken import ROADSIDE, take
from walk_ins import taken

from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Subject
from intake_app.domain.referral import SaidBy, Status, Visit
from intake_app.domain.roles import Compartment, Role
from intake_app.services.aid.aid import take_back_aid
from intake_app.services.case import acts
from intake_app.services.case.conditions import Progress, conditions_of, record_progress
from intake_app.services.case.offers import add_demographics, note_declined, note_not_offered
from intake_app.services.desk import Desk
from intake_app.services.follow_up.attempts import NewAttempt, log_attempt, take_back_attempt
from intake_app.services.follow_up.episodes import move_episode
from intake_app.services.intakes.intakes import amend_intake, mark_entered_in_error
from intake_app.services.measures.rearrest import NewLook, note_rearrest
from intake_app.services.referrals.bed_calls import BedCall, log_bed_call
from intake_app.services.referrals.referrals import NewReferral, NewStep, make_referral, note_step
from intake_app.settings import resources

CASES = Compartment.CASES
SAFE: dict[str, Any] = {"may_contact": "yes", "contact_ways": ["call"], "phone": "+13045550142"}
ABOUT: dict[str, Any] = {
    "race": ["black", "white"], "gender": ["woman"], "sex": "female",
    "date_of_birth": "1990-04-05", "housing_short": "shelter", "income_band": "none",
    "referral_source": "hospital", "veteran": "veteran", "preferred_place": "detox",
    "ride_left": "2026-11-23T10:00:00-05:00", "ride_arrived": "2026-11-23T10:40:00-05:00",
    "naloxone_given": "given",
}  # fmt: skip


@pytest.fixture
def desk(house: House) -> Desk:
    """J. Lowe, the coordinator, who holds both keys."""
    return house.desk(Role.COORDINATOR)


def test_a_walk_in_who_says_yes_has_come_that_far_that_day(desk: Desk) -> None:
    intake = taken(desk, **ABOUT).record
    one = journey(desk, intake)
    assert (one.subject, one.pathway, one.program) == (
        Subject.INTAKE, "self_referral", "self_referral",
    )  # fmt: skip
    day = "2026-11-23"
    assert (one.opened_on, one.offered_on, one.accepted_on, one.contact_on) == (day,) * 4
    assert (one.eligible, one.outcome, one.closed_on, one.declined_on) == ("yes", "", "", "")
    assert (one.contact_business_days, one.kits, one.drive_minutes) == (0, 1, 40)
    assert (one.wanted_place, one.placed, one.engaged_on) == ("detox", "", "")
    assert one.person == intake
    assert one.by == "u3"


def test_traits_are_codes_and_a_name_in_the_wrong_place_is_none(desk: Desk) -> None:
    one = journey(desk, taken(desk, **ABOUT).record)
    assert one.traits["race"] == ("black", "white")
    assert one.traits["age_band"] == ("35_44",)
    assert one.traits["drive_band"] == ("30_59",)
    assert (one.traits["income_band"], one.traits["source"]) == (("none",), ("hospital",))
    assert (one.traits["language"], one.traits["housing"]) == (("en",), ("shelter",))
    everything = repr([getattr(one, name) for name in one.__slots__])
    assert "Whitfield" not in everything
    assert "Jordan" not in everything
    assert "1990" not in everything


def test_a_no_has_a_reason_and_no_other_end(desk: Desk) -> None:
    no = {"decision": "declined", "declined_reason": "cost"}
    one = journey(desk, taken(desk, **no).record)
    assert (one.outcome, one.declined_on, one.accepted_on) == ("declined", "2026-11-23", "")
    assert (one.eligible, one.offered_on) == ("yes", "2026-11-23")
    assert one.why_declined == "cost"


def test_who_is_not_eligible_was_offered_nothing(desk: Desk) -> None:
    one = journey(desk, taken(desk, decision="ineligible", ineligible_reason="no_capacity").record)
    assert (one.eligible, one.offered_on, one.why_not_eligible) == ("no", "", "no_capacity")


def test_going_on_shows_as_it_happened_and_a_step_back_opens_it(desk: Desk) -> None:
    intake = taken(desk).record
    move(desk, days=3)
    move_episode(desk, intake, "plan_active")
    move(desk, days=40)
    move_episode(desk, intake, "withdrew", "moved")
    one = journey(desk, intake)
    assert (one.plan_on, one.closed_on) == ("2026-11-26", "2027-01-05")
    assert (one.outcome, one.why_closed) == ("withdrew", "moved")
    move_episode(desk, intake, "plan_active", "came back")
    again = journey(desk, intake)
    assert (again.outcome, again.closed_on, again.plan_on) == ("", "", "2026-11-26")


def test_only_who_was_spoken_with_was_reached(desk: Desk) -> None:
    intake = told(desk, **PLANNED).record
    assert journey(desk, intake).contact_on == ""
    move(desk, days=1)
    log_attempt(desk, NewAttempt(intake, "call", "no_answer"))
    move(desk, days=6)  # Monday; two holidays and a weekend lie between
    met = log_attempt(desk, NewAttempt(intake, "visit", "call_later"))
    one = journey(desk, intake)
    assert (one.tries, one.tried_on, one.contact_on) == (2, "2026-11-24", "2026-11-30")
    assert one.contact_business_days == 3
    take_back_attempt(desk, met, "The wrong folder.")
    assert (journey(desk, intake).contact_on, journey(desk, intake).tries) == ("", 1)


def test_a_yes_at_the_roadside_is_no_contact_unless_somebody_took_over_there(
    desk: Desk,
) -> None:
    later = take(desk, "officer_referral", {**ROADSIDE, "referral_given": "call_back"})
    warm = take(desk, "officer_referral", {**ROADSIDE, "referral_given": "warm_call"})
    one, other = journey(desk, later), journey(desk, warm)
    assert (one.accepted_on, one.contact_on) == ("2026-11-23", "")
    assert (other.accepted_on, other.contact_on) == ("2026-11-23", "2026-11-23")
    assert other.handoff == "three_way_call"
    move(desk, days=4)
    log_attempt(desk, NewAttempt(later, "call", "accepted"))
    assert journey(desk, later).contact_on == "2026-11-27"


def test_a_follow_up_that_finds_them_in_treatment_is_engagement(desk: Desk) -> None:
    intake = taken(desk, **SAFE).record
    move(desk, days=9)
    log_attempt(desk, NewAttempt(intake, "call", "accepted", snapshot={"engagement": "engaged"}))
    assert journey(desk, intake).engaged_on == "2026-12-02"


def refer(desk: Desk, intake: RecordId, appointment: str = "") -> RecordId:
    place = {"id": "p1", "name": "New River"}
    return make_referral(desk, intake, NewReferral("detox", place, "fax", appointment=appointment))


def test_a_referral_that_is_kept_engages_its_intake(desk: Desk) -> None:
    intake = taken(desk).record
    referral = refer(desk, intake, "2026-11-30T10:00:00+00:00")
    (one,) = referrals(desk)
    assert (one.record, one.intake, one.status) == (referral, intake, "accepted")
    assert (one.answer, one.scheduled, one.visit_on) == ("has_room", 0, "2026-11-30")
    move(desk, days=7)
    note_step(desk, referral, NewStep(Status.IN_PROGRESS, SaidBy.PROVIDER, visit=Visit.CAME))
    (one,) = referrals(desk)
    assert (one.came_on, one.placed, one.wait_days) == ("2026-11-30", "detox", 7)
    assert (one.scheduled, one.attended, one.visit_on) == (1, 1, "")
    of_intake = journey(desk, intake)
    assert (of_intake.engaged_on, of_intake.placed) == ("2026-11-30", "detox")
    assert (of_intake.scheduled, of_intake.attended) == (1, 1)


def test_a_visit_whose_day_has_passed_counts_from_the_next_day_by_itself(desk: Desk) -> None:
    intake = taken(desk).record
    refer(desk, intake, "2026-11-25T10:00:00+00:00")
    move(desk, days=2)
    assert journey(desk, intake).scheduled == 0
    move(desk, days=1)
    assert (journey(desk, intake).scheduled, journey(desk, intake).attended) == (1, 0)


def test_no_room_and_a_wait_list_are_told_apart_from_other_refusals(desk: Desk) -> None:
    intake = taken(desk).record
    full, waits, other = (refer(desk, intake) for _ in range(3))
    for referral in (full, waits, other):
        note_step(desk, referral, NewStep(Status.REQUESTED))
    note_step(desk, full, NewStep(Status.REJECTED, SaidBy.PROVIDER, reason="no_bed"))
    note_step(desk, waits, NewStep(Status.ON_HOLD, SaidBy.PROVIDER, wait_days=12))
    note_step(desk, other, NewStep(Status.REJECTED, SaidBy.PROVIDER, reason="insurance"))
    found = {one.record: one for one in referrals(desk)}
    assert (found[full].answer, found[full].why_refused) == ("no_room", "no_bed")
    assert (found[waits].answer, found[waits].wait_days) == ("wait_list", 12)
    assert (found[other].answer, found[other].why_refused) == ("", "insurance")
    log_bed_call(desk, intake, BedCall({"id": "", "name": "X"}, answer="waitlist"))
    assert journey(desk, intake).answer == "wait_list"


def test_a_card_is_no_engagement_and_no_appointment(desk: Desk) -> None:
    intake = taken(desk).record
    place = {"id": "", "name": "New River"}
    make_referral(desk, intake, NewReferral("detox", place, "card"))
    (one,) = referrals(desk)
    assert (one.handoff, one.scheduled) == ("card", 0)
    assert journey(desk, intake).handoff == "card"


def test_an_overdose_is_counted_once_and_the_next_one_of_the_person_shows(desk: Desk) -> None:
    first = told(desk, **PLANNED).record
    alone = told(desk, **NOBODY, overdose_result="fatal").record
    events = [one for one in journeys(desk) if one.subject is Subject.EVENT]
    assert len(events) == 2
    assert [one.overdose_fatal_on for one in events if one.record == alone] == ["2026-11-23"]
    one = journey(desk, first)
    assert (one.overdose_on, one.overdose_again_on, one.overdose_fatal_on) == ("2026-11-23", "", "")


def test_kits_that_are_taken_back_were_not_given(desk: Desk) -> None:
    intake = taken(desk, naloxone_given="given").record
    (aid,) = desk.care_file.about(intake, "aid")
    take_back_aid(desk, aid.id, "Was not handed over.")
    assert journey(desk, intake).kits == 0


def test_a_held_case_says_its_clock_and_who_came(desk: Desk, officer: Desk) -> None:
    case = case_taken(officer, officer_minutes={"amount": 25, "unit": "min"}, race_seen=["white"])
    one = journey(desk, case, CASES)
    assert (one.eligible, one.offered_on, one.accepted_on) == ("yes", "2026-11-23", "2026-11-23")
    assert (one.notice_on, one.report_by) == ("2026-11-23", "2026-11-30T16:00")
    assert (one.charge, one.officer_minutes, one.contact_on) == ("held", 25, "")
    assert one.traits["race_seen"] == ("white",)
    assert "race" not in one.traits
    move(desk, days=2)
    acts.note_reported(desk, case)
    acts.note_assessed(desk, case)
    acts.agree_plan(desk, case)
    one = journey(desk, case, CASES)
    assert (one.reported_at[:10], one.contact_on) == ("2026-11-25", "2026-11-25")
    assert (one.engaged_on, one.plan_on) == ("2026-11-25", "2026-11-25")
    acts.close_case(desk, case, "not_completed", acts.Why("lost_contact"))
    acts.charge_action(desk, case, "filed")
    one = journey(desk, case, CASES)
    assert (one.outcome, one.closed_on, one.charge) == ("not_completed", "2026-11-25", "filed")


def test_work_on_the_plan_is_engagement_in_a_case(desk: Desk, officer: Desk) -> None:
    case = case_taken(officer)
    move(desk, days=1)
    acts.note_reported(desk, case)
    work = next(one for one in conditions_of(desk, case) if one.type == "service_hours")
    move(desk, days=4)
    record_progress(desk, work.id, Progress(amount=3))
    assert journey(desk, case, CASES).engaged_on == "2026-11-28"


def test_contacts_without_a_case_are_counted_and_accepted_ones_are_their_case(
    desk: Desk, officer: Desk
) -> None:
    said_no = note_declined(officer, "cost")
    add_demographics(officer, said_no.id, {"race_self": ["black"], "age_band": "25_34"})
    note_not_offered(officer, "unavailable")
    case = case_taken(officer)
    found = {one.record: one for one in journeys(desk, CASES)}
    assert len(found) == 3
    no = found[said_no.id]
    assert (no.subject, no.why_declined, no.outcome) == (Subject.CONTACT, "cost", "declined")
    assert (no.traits["race"], no.traits["age_band"]) == (("black",), ("25_34",))
    (other,) = (one for one in found.values() if one.why_not_offered)
    assert (other.why_not_offered, other.offered_on, other.eligible) == ("unavailable", "", "yes")
    assert found[case].subject is Subject.INTAKE
    assert all(one.person == "" for one in (no, other))


def test_a_new_arrest_is_a_day_and_not_known_is_no_answer(desk: Desk) -> None:
    intake = taken(desk).record
    move(desk, days=200)
    note_rearrest(desk, intake, NewLook("unknown"))
    one = journey(desk, intake)
    assert (one.rearrest_asked_on, one.rearrested_on) == ("", "")
    note_rearrest(desk, intake, NewLook("yes", "2027-03-01", before=2))
    one = journey(desk, intake)
    assert (one.rearrest_asked_on, one.rearrested_on) == ("2027-06-11", "2027-03-01")
    assert one.arrested_before == 2


def test_amending_an_answer_moves_its_trait(desk: Desk) -> None:
    intake = taken(desk, **ABOUT).record
    amend_intake(desk, intake, {"race": ["asian"]}, "Misheard.")
    assert journey(desk, intake).traits["race"] == ("asian",)


def test_what_was_entered_in_error_is_in_no_figure(desk: Desk) -> None:
    intake = taken(desk).record
    refer(desk, intake)
    assert len(journeys(desk)) == 2
    mark_entered_in_error(desk, intake, "Twice.")
    assert journeys(desk) == []


def test_the_words_of_a_department_count_as_what_it_says(house: House, tmp_path: Path) -> None:
    """Statuses of its own: "graduated" is completed, "handed on" is transferred."""
    text = (resources.path("forms") / "self_referral.toml").read_text("utf-8")
    own = text.replace(
        'id = "completed"\nlabel', 'id = "graduated"\ncounts_as = "completed"\nlabel'
    )
    assert own != text
    (tmp_path / "forms" / "self_referral.toml").write_text(own, "utf-8")
    desk = house.desk(Role.COORDINATOR)
    intake = taken(desk).record
    move(desk, days=20)
    move_episode(desk, intake, "graduated", "housed")
    one = journey(desk, intake)
    assert (one.outcome, one.status, one.closed_on) == ("completed", "graduated", "2026-12-13")


def test_a_status_that_closes_and_counts_as_nothing_is_a_mistake(
    house: House, tmp_path: Path
) -> None:
    text = (resources.path("forms") / "self_referral.toml").read_text("utf-8")
    own = text.replace('id = "completed"\nlabel', 'id = "graduated"\nlabel')
    (tmp_path / "forms" / "self_referral.toml").write_text(own, "utf-8")
    told = house.desk(Role.COORDINATOR).library.mistakes()
    assert any("counts_as" in one and one.startswith("self_referral.toml:") for one in told)
