"""What was finished is never overwritten: amended or entered in error, the old is still there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from profiles import Desks, Profile
from walk_ins import CONSENT, audit, care_of, seen, taken

from intake_app.domain.errors import EnteredInError, NotFinished, ReasonMissing, RecordMissing
from intake_app.domain.ids import new_record_id
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import amend_intake, mark_entered_in_error, read_intake
from intake_app.services.intakes.people import due, find_people, people_order, today
from intake_app.services.papers.papers import issue_papers

WHY = "misheard the name"


def test_the_old_answer_stays_with_who_when_and_why(
    profile: Profile, desks: Desks, desk: Desk
) -> None:
    done, lowe = taken(desk), desks(Role.COORDINATOR)
    profile.clock.at += timedelta(hours=2)
    amend_intake(lowe, done.record, {"last_name": "Whitmore", "own_words": "a bed"}, WHY)
    view = seen(desk, done.record)
    assert view.history
    assert (view.answers["last_name"], view.answers["own_words"]) == ("Whitmore", "a bed")
    told = {one.field: (one.old, one.new) for one in view.history}
    assert told == {"last_name": ("Whitfield", "Whitmore"), "own_words": (None, "a bed")}
    assert {(one.by, one.reason) for one in view.history} == {(lowe.person.id, WHY)}
    assert {one.at[:16] for one in view.history} == {"2026-11-23T11:30"}
    assert [line[1] for line in audit(care_of(desk), "amend intake")] == [lowe.person.id]
    assert find_people(desk, "whitfield jord") == []
    assert len(find_people(desk, "whitmore")) == 1


def test_the_reason_stands_with_the_record_and_never_in_the_log(desk: Desk) -> None:
    done = taken(desk)
    amend_intake(desk, done.record, {"last_name": "Whitmore"}, WHY)
    lines = care_of(desk).database.conn.execute("SELECT * FROM audit").fetchall()
    assert lines
    assert not [line for line in lines if WHY in str(line) or "Whit" in str(line)]


@pytest.mark.parametrize("act", [amend_intake, mark_entered_in_error], ids=lambda a: a.__name__)
def test_without_a_reason_nothing_happens(desk: Desk, act: Callable[..., None]) -> None:
    done = taken(desk)
    asked = [{"last_name": "Whitmore"}] if act is amend_intake else []
    with pytest.raises(ReasonMissing):
        act(desk, done.record, *asked, " \n")
    assert not seen(desk, done.record).history
    with pytest.raises(RecordMissing):
        act(desk, new_record_id(), *asked, WHY)


def test_the_same_answer_again_is_no_amendment(desk: Desk) -> None:
    done = taken(desk)
    amend_intake(desk, done.record, {"last_name": "Whitfield"}, WHY)
    assert not seen(desk, done.record).history


def test_rows_are_added_changed_emptied_and_taken_out_one_by_one(desk: Desk) -> None:
    calls = [
        {"call_provider": {"id": "", "name": "New River"}, "spoke_to": "Ann", "bed": "no"},
        {"call_provider": {"id": "", "name": "Elk House"}, "bed": "yes"},
    ]
    done = taken(desk, placement_calls=calls)
    first, second = seen(desk, done.record).answers["placement_calls"]
    assert [{k: v for k, v in row.items() if k != "~row"} for row in (first, second)] == calls
    changed = {k: v for k, v in first.items() if k != "spoke_to"} | {"bed": "yes"}
    third = {"call_provider": {"id": "", "name": "Third Place"}}
    amend_intake(desk, done.record, {"placement_calls": [changed, third]}, "one call less")
    rows = seen(desk, done.record).answers["placement_calls"]
    assert rows[0] == changed
    assert [row["call_provider"]["name"] for row in rows] == ["New River", "Third Place"]
    (amendment,) = seen(desk, done.record).history
    assert amendment.old == [first, second]
    assert care_of(desk).history(second["~row"])[0].fields == calls[1]
    amend_intake(desk, done.record, {"placement_calls": None}, "none of them")
    assert "placement_calls" not in seen(desk, done.record).answers


def test_a_question_that_is_no_longer_asked_loses_its_answer_but_not_its_history(
    desk: Desk,
) -> None:
    done = taken(desk, appointment="2026-11-24T09:00:00+00:00")
    amend_intake(desk, done.record, {"decision": "declined"}, "changed their mind")
    view = seen(desk, done.record)
    assert "appointment" not in view.answers
    assert "appointment" in {one.field for one in view.history if one.old and one.new is None}


def test_an_amendment_that_leaves_something_missing_is_refused(desk: Desk) -> None:
    done = taken(desk)
    for wrong in ({"decision": None}, {"explained": ["explained"]}, {"may_contact": "yes"}):
        with pytest.raises(NotFinished):
            amend_intake(desk, done.record, wrong, WHY)
    assert not seen(desk, done.record).history


def test_what_ran_out_since_it_was_signed_does_not_stop_an_amendment(
    profile: Profile, desk: Desk
) -> None:
    until = {**CONSENT, "consent_expires_how": "date", "consent_expires_on": "2026-12-01"}
    done = taken(desk, **until)
    profile.clock.at += timedelta(days=30)
    amend_intake(desk, done.record, {"last_name": "Whitmore"}, WHY)
    assert seen(desk, done.record).answers["last_name"] == "Whitmore"
    with pytest.raises(NotFinished):
        amend_intake(desk, done.record, {"consent_expires_on": "2026-12-02"}, WHY)


def test_information_only_can_become_a_whole_intake_but_not_half_of_one(desk: Desk) -> None:
    done = taken(desk, who_for="information")
    with pytest.raises(NotFinished):
        amend_intake(desk, done.record, {"who_for": "self"}, WHY)


def test_a_legal_act_is_followed_by_another_and_never_changed(desk: Desk) -> None:
    done = taken(desk, **CONSENT)
    (signed,) = care_of(desk).about(done.record, "consent")
    before = care_of(desk).history(signed.id)
    narrower = {"consent_information": ["wants"], "consent_recipient_class": None}
    amend_intake(desk, done.record, narrower, "less is shared")
    assert seen(desk, done.record).answers["consent_information"] == ["wants"]
    assert care_of(desk).history(signed.id) == before
    acts = care_of(desk).about(done.record, "consent")
    assert len(acts) == 2
    assert all(act.is_fact for act in acts)
    intake = care_of(desk).record(done.record)
    assert intake is not None
    assert not CONSENT.keys() & intake.values.keys()


def test_a_consent_given_after_finish_is_a_legal_act_too(desk: Desk) -> None:
    done = taken(desk)
    amend_intake(desk, done.record, CONSENT, "signed with the coordinator")
    (signed,) = care_of(desk).about(done.record, "consent")
    assert signed.is_fact
    assert seen(desk, done.record).answers["consent_purpose"] == "referral"
    amend_intake(desk, done.record, {"consent_given": "no"}, "ticked by mistake")
    view = seen(desk, done.record)
    assert {n: v for n, v in view.answers.items() if n in CONSENT} == {"consent_given": "no"}


def test_another_language_counts_for_the_next_papers(desk: Desk) -> None:
    done = taken(desk)
    amend_intake(desk, done.record, {"language": "es"}, "asked for Spanish")
    assert seen(desk, done.record).language == "es"


def test_entered_in_error_leaves_lists_counts_and_search_and_stays_readable(desk: Desk) -> None:
    before = len(people_order(desk))
    done = taken(desk)
    mark_entered_in_error(desk, done.record, "typed twice")
    assert len(people_order(desk)) == before
    assert find_people(desk, "whitfield jordan") == []
    assert find_people(desk, done.number) == []
    assert today(desk) == []
    assert done.record not in [row.record for row in due(desk, "2099-01-01")]
    view = read_intake(desk, done.record)
    assert view.is_entered_in_error
    assert view.answers["last_name"] == "Whitfield"
    assert len(audit(care_of(desk), "entered in error")) == 1


def test_what_was_entered_in_error_does_not_come_back_by_a_later_act(desk: Desk) -> None:
    done = taken(desk)
    mark_entered_in_error(desk, done.record, "typed twice")
    for act in (
        lambda: amend_intake(desk, done.record, {"last_name": "Whitmore"}, WHY),
        lambda: mark_entered_in_error(desk, done.record, "again"),
        lambda: issue_papers(desk, done.record, ["promise_sheet"]),
    ):
        with pytest.raises(EnteredInError):
            act()
    assert read_intake(desk, done.record).is_entered_in_error
    assert find_people(desk, "whitfield jordan") == []
