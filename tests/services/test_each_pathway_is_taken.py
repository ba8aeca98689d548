"""The four other pathways on a real profile: taken, owed, printed, and closed without blame."""

from typing import Any

import pytest
from profiles import Desks
from walk_ins import care_of, seen

from intake_app.domain.change import Value
from intake_app.domain.draft import PERSON
from intake_app.domain.errors import NotFinished, TriesMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.follow_up.attempts import NewAttempt, log_attempt
from intake_app.services.follow_up.episodes import episode_of, move_episode
from intake_app.services.follow_up.follow_ups import follow_ups_of, note_unable
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.papers.papers import issue_papers, offers, paper_bytes
from intake_app.services.people.persons import contact_stop
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.records.drop_box import Taken, take_in
from intake_app.services.records.stop_at_intake import DECEASED, DO_NOT_CONTACT

AT = "2026-11-23T09:00:00-05:00"
HEARD = {"read": True, "version": "2026-11-1", "at": AT}
MET: dict[str, Any] = {
    "wants_to_talk": "yes", "safety_now": "no", "outreach_promise": HEARD,
    "wants": ["talk"], "may_contact": "yes", "contact_ways": ["call"], "phone": "+13045550142",
    "decision": "thinking", "explained": ["explained", "voluntary"],
}  # fmt: skip
LEAD: dict[str, Any] = {
    "outreach_source": "family_request", "legal_basis": "family_request",
    "risk_reason": "family_worry", "first_name": "Devon", "last_name": "Ashgrove",
    "lead_where": "Library steps", "clear_to_go": "clear", "contact_so_far": "not_yet",
}  # fmt: skip
ROADSIDE: dict[str, Any] = {
    **{name: said for name, said in MET.items() if name != "wants"},
    "call_type": "welfare_check", "prompted_by": "asked", "decision": "accepted",
    "first_name": "Robin", "referral_given": "warm_in_person",
}  # fmt: skip
CRISIS: dict[str, Any] = {
    "crisis_source": "call_911", "acuity": "soon", "safety_now": "no",
    "disposition": "conflict_mediated", "mediation": "settled", "more_help": "no",
    "welfare_check": "none",
}  # fmt: skip


def take(desk: Desk, pathway: str, answers: dict[str, Any], **more: Value) -> RecordId:
    draft = begin_draft(desk, pathway)
    draft.answers |= {**answers, **more}
    save_draft(desk, draft)
    return finish_intake(desk, draft).record


def owed(desk: Desk, record: RecordId) -> dict[str, str]:
    return {str(one.deadline): one.due for one in follow_ups_of(desk, record)}


def test_a_lead_waits_for_three_tries_and_says_no_more_than_it_must(desk: Desk) -> None:
    record = take(desk, "active_outreach", LEAD)
    assert episode_of(desk, record).status == "lead"
    (task,) = follow_ups_of(desk, record)
    assert task.deadline == "outreach_first_try"
    with pytest.raises(TriesMissing):
        note_unable(desk, task.record)
    for means, at in (("visit", "08:00"), ("call", "08:20"), ("letter", "08:40")):
        tried = NewAttempt(record, means, "no_answer", task.record, f"2026-11-23T{at}:00+00:00")
        log_attempt(desk, tried)
    note_unable(desk, task.record)
    closed = move_episode(desk, record, "unable_to_contact", "no_answer")
    assert closed.is_closed
    assert owed(desk, record)["outreach_first_try"] == ""  # over: nobody goes again


def test_the_first_try_in_the_form_counts_as_one_of_three(desk: Desk) -> None:
    said = {"contact_so_far": "not_reached", "contact_means": "visit", "contact_at": AT}
    record = take(desk, "active_outreach", LEAD, **said, contact_result="no_answer")
    (task,) = follow_ups_of(desk, record)
    for means, at in (("call", "08:20"), ("letter", "08:40")):
        tried = NewAttempt(record, means, "no_answer", task.record, f"2026-11-23T{at}:00+00:00")
        log_attempt(desk, tried)
    note_unable(desk, task.record)
    without = take(desk, "active_outreach", LEAD, **said)  # what came of it was not told
    (task,) = follow_ups_of(desk, without)
    for means in ("call", "letter"):
        log_attempt(desk, NewAttempt(without, means, "no_answer", task.record))
    with pytest.raises(TriesMissing):
        note_unable(desk, task.record)


def test_a_result_that_says_reached_does_not_go_with_nobody_reached(desk: Desk) -> None:
    draft = begin_draft(desk, "active_outreach")
    draft.answers |= {**LEAD, "contact_so_far": "not_reached", "contact_means": "visit"}
    guide = desk.library.guide("active_outreach")
    wrong = {p.field for p in guide.problems({**draft.answers, "contact_result": "accepted"})}
    right = {p.field for p in guide.problems({**draft.answers, "contact_result": "no_answer"})}
    assert wrong - right == {"contact_result"}


def test_a_lead_who_is_met_goes_on_in_the_same_record(desk: Desk) -> None:
    record = take(desk, "active_outreach", LEAD, contact_so_far="met", **MET)
    assert episode_of(desk, record).status == "deferred"
    assert {"follow_up_72h", "follow_up_day_30", "follow_up_month_12"} <= set(owed(desk, record))
    assert move_episode(desk, record, "accepted").status == "accepted"
    assert move_episode(desk, record, "completed", "needs_met").is_closed


def test_an_officer_hands_over_at_the_roadside_and_a_card_is_counted_apart(desk: Desk) -> None:
    referral = take(desk, "officer_referral", ROADSIDE)
    card = take(desk, "officer_referral", ROADSIDE, referral_given="card_only")
    assert "program_calls" in owed(desk, referral)
    assert owed(desk, card) == {}
    given = [seen(desk, one).answers["referral_given"] for one in (referral, card)]
    assert given == ["warm_in_person", "card_only"]


def test_at_the_roadside_what_a_person_uses_is_not_kept(desk: Desk) -> None:
    record = take(
        desk, "officer_referral", ROADSIDE, substances=[{"substance": "fentanyl"}], wants=["detox"]
    )
    kept = seen(desk, record).answers
    assert "substances" not in kept  # nobody consented: it was not asked, so it is not kept
    assert "referral_given" in kept


def test_a_settled_conflict_is_an_outcome_without_a_name(desk: Desk) -> None:
    record = take(desk, "community_response", CRISIS)
    assert episode_of(desk, record).status == "lead"
    assert owed(desk, record) == {}
    assert move_episode(desk, record, "completed", "conflict_settled").is_closed
    again = take(
        desk, "community_response", CRISIS, repeat_contact="yes", frequent_review="yes",
        welfare_check="day", may_contact="no",
    )  # fmt: skip
    assert {"welfare_check_day", "frequent_review"} <= set(owed(desk, again))


@pytest.mark.parametrize(
    ("pathway", "answers", "stop", "status"),
    [
        ("officer_referral", {**ROADSIDE, "wants_to_talk": "stop"}, DO_NOT_CONTACT, "declined"),
        ("community_response", {**CRISIS, "asked_to_stop": "yes"}, DO_NOT_CONTACT, "lead"),
        ("community_response", {**CRISIS, "disposition": "deceased"}, DECEASED, "deceased"),
        ("active_outreach", {**LEAD, "clear_to_go": "stop", "not_to_go": "deceased"},
         DECEASED, "deceased"),
        ("active_outreach", {**LEAD, "clear_to_go": "stop", "not_to_go": "said_stop"},
         "", "ineligible"),
        ("officer_referral", {**ROADSIDE, "wants_to_talk": "not_now"}, "", "declined"),
    ],
)  # fmt: skip
def test_who_says_stop_is_flagged_at_finish(
    desk: Desk, pathway: str, answers: dict[str, Any], stop: str, status: str
) -> None:
    record = take(desk, pathway, answers)
    assert contact_stop(care_of(desk), record) == stop
    assert episode_of(desk, record).status == status
    assert owed(desk, record) == {}


def test_a_stop_ends_what_was_owed_to_the_same_person_before(desk: Desk) -> None:
    first = take(desk, "active_outreach", LEAD)
    draft = begin_draft(desk, "officer_referral")
    draft.answers |= {**ROADSIDE, "wants_to_talk": "stop"}
    draft.marks |= {PERSON: first}
    finish_intake(desk, draft)
    assert contact_stop(care_of(desk), first) == DO_NOT_CONTACT
    assert owed(desk, first) == {"outreach_first_try": ""}


def test_an_answer_too_few_is_named(desk: Desk) -> None:
    with pytest.raises(NotFinished):
        take(desk, "officer_referral", {**ROADSIDE, "referral_given": ""})


@pytest.mark.parametrize(
    ("pathway", "answers", "paper"),
    [
        ("active_outreach", LEAD, "outreach_card"),
        ("officer_referral", ROADSIDE, "handoff_slip"),
        ("community_response", {**CRISIS, "crisis_plan_made": "made"}, "crisis_plan"),
    ],
)
def test_its_papers_are_issued_as_pdf(
    desk: Desk, pathway: str, answers: dict[str, Any], paper: str
) -> None:
    draft = begin_draft(desk, pathway)
    draft.answers |= answers
    guide = desk.library.guide(pathway)
    assert paper in {offer.paper.id for offer in offers(desk, guide, draft.answers)}
    record = finish_intake(desk, draft).record
    (issued,) = issue_papers(desk, record, [paper])
    assert paper_bytes(desk, issued).startswith(b"%PDF")


def test_an_officer_hands_each_of_them_in(desks: Desks) -> None:
    officer = desks(Role.OFFICER)
    for pathway, answers in (
        ("active_outreach", LEAD), ("officer_referral", ROADSIDE), ("community_response", CRISIS),
    ):  # fmt: skip
        draft = begin_draft(officer, pathway)
        draft.answers |= answers
        assert finish_intake(officer, draft).is_handed_in


def test_a_stop_at_the_roadside_comes_in_with_the_intake(desks: Desks) -> None:
    officer, coordinator = desks(Role.OFFICER), desks(Role.COORDINATOR)
    draft = begin_draft(officer, "officer_referral")
    draft.answers |= {**ROADSIDE, "wants_to_talk": "stop"}
    record = finish_intake(officer, draft).record
    assert take_in(coordinator) == Taken(1)
    assert contact_stop(care_of(coordinator), record) == DO_NOT_CONTACT
