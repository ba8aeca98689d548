"""A walk-in from begin to finish: saved, resumed, read with a trace, found, and never twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from profiles import Desks, Profile
from walk_ins import CONSENT, WALK_IN, audit, begun, care_of, seen, station_of, taken

from intake_app.domain.errors import (
    FormMissing,
    NotAllowed,
    NotFinished,
    ReasonMissing,
    RecordMissing,
)
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.numbering import is_number
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.intakes.people import (
    due,
    find_people,
    people_order,
    people_rows,
    show_names,
    today,
)
from intake_app.services.records.drafts import (
    begin_draft,
    discard_draft,
    hand_over_draft,
    resume_draft,
    save_draft,
    settle_drafts,
    unfinished,
)


def test_a_walk_in_is_begun_saved_resumed_and_finished(desk: Desk) -> None:
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {"who_for": "self", "own_words": "a bed tonight"}
    assert save_draft(desk, draft).startswith("2026-11-23T")
    (left,) = unfinished(desk)
    assert (left.id, left.by, left.pathway) == (draft.id, "M. Hale", "self_referral")
    assert left.is_mine
    assert left.may_take
    again = resume_draft(desk, draft.id)
    assert again.answers == draft.answers
    with pytest.raises(NotFinished):
        finish_intake(desk, again)
    again.answers |= WALK_IN
    done = finish_intake(desk, again)
    assert unfinished(desk) == []
    assert is_number(done.number)
    assert [owed.on for owed in done.owed] == sorted(owed.on for owed in done.owed)
    view = seen(desk, done.record)
    assert view.answers == {"own_words": "a bed tonight", **WALK_IN}
    assert (view.number, view.by, view.language) == (done.number, desk.person.id, "en")
    assert view.opened == draft.started
    assert (view.history, view.is_entered_in_error, view.papers) == ((), False, ())


def test_reading_is_logged_before_anything_is_shown(desk: Desk) -> None:
    done = taken(desk)
    assert audit(care_of(desk), "read intake") == []
    read_intake(desk, done.record)
    ((_, who, which, how),) = audit(care_of(desk), "read intake")
    assert (who, which, how) == (desk.person.id, done.record, "done")
    with pytest.raises(RecordMissing):
        read_intake(desk, new_record_id())
    ((_, who, which, how),) = audit(station_of(desk), "read intake")
    assert (who, which, how) == (desk.person.id, "", "refused")  # no id: it may be of another file


def test_an_id_of_something_else_is_no_intake(desk: Desk) -> None:
    done = taken(desk, **CONSENT)
    (consent,) = care_of(desk).about(done.record, "consent")
    with pytest.raises(RecordMissing):
        read_intake(desk, consent.id)


def test_a_finished_walk_in_is_listed_found_and_owed(desk: Desk) -> None:
    before = len(people_order(desk))
    done = taken(desk, may_contact="yes", contact_ways=["call"], phone="+13045550142")
    assert len(people_order(desk)) == before + 1
    newest, *_ = people_rows(desk, people_order(desk, "opened"))
    assert (newest.record, newest.name) == (done.record, "Whitfield, Jordan")
    for typed in ("whit", "jordan whitf", "+13045550142", done.number):
        assert done.record in [row.record for row in find_people(desk, typed)], typed
    assert [row.record for row in today(desk)] == [done.record]
    until = done.owed[0].on[:10]
    assert done.record in [row.record for row in due(desk, until)]
    assert done.record not in [row.record for row in due(desk)]
    show_names(desk)
    assert len(audit(care_of(desk), "show names")) == 1


def test_information_only_stores_no_name(desk: Desk) -> None:
    """Also where a name was typed before it turned out that only information is wanted."""
    done = taken(desk, who_for="information")
    view = seen(desk, done.record)
    assert set(view.answers) == {"who_for"}
    assert find_people(desk, "whitfield jordan") == []
    raw = b"".join(change.line for change in care_of(desk).history(done.record))
    assert b"Whitfield" not in raw


def test_help_for_someone_else_stores_no_name_of_the_absent_person(desk: Desk) -> None:
    family = {"who_for": "someone_else", "family_wants": ["naloxone"], "lead_name": "Hidden"}
    done = taken(desk, **family, outreach_lead="no")
    assert "lead_name" not in seen(desk, done.record).answers
    asked = taken(desk, **family, outreach_lead="yes")
    assert seen(desk, asked.record).answers["lead_name"] == "Hidden"


def test_finishing_twice_makes_one_record(desk: Desk) -> None:
    draft = begun(desk)
    before = len(people_order(desk))
    first = finish_intake(desk, draft)
    second = finish_intake(desk, draft)
    assert first == second
    assert len(people_order(desk)) == before + 1


def test_what_a_power_cut_leaves_of_a_draft_is_cleared(desk: Desk) -> None:
    draft = begun(desk)
    finish_intake(desk, draft)
    save_draft(desk, draft)
    begun(desk)
    assert settle_drafts(desk) == 1
    assert len(unfinished(desk)) == 1


def test_two_papers_of_one_intake_and_two_intakes_never_share_a_number(desk: Desk) -> None:
    numbers = [taken(desk).number for _ in range(3)]
    assert len(set(numbers)) == 3


# --- other people's drafts ------------------------------------------------------------------


def test_a_draft_is_handed_over_and_the_author_lets_go(desks: Desks, desk: Desk) -> None:
    draft, lowe = begun(desk, own_words="tonight"), desks(Role.COORDINATOR)
    hand_over_draft(desk, draft.id, lowe.person.id)
    assert resume_draft(lowe, draft.id).answers == draft.answers
    with pytest.raises(NotAllowed):
        resume_draft(desk, draft.id)
    (left,) = unfinished(desk)
    assert (left.by, left.is_mine, left.may_take) == ("J. Lowe", False, False)
    assert [line[2] for line in audit(station_of(desk), "hand over draft")] == [""]
    with pytest.raises(NotAllowed):
        hand_over_draft(desk, draft.id, desk.person.id)
    assert finish_intake(lowe, resume_draft(lowe, draft.id)).record == draft.id


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR])
def test_a_draft_is_never_handed_to_somebody_who_takes_no_walk_ins(
    desks: Desks, desk: Desk, role: Role
) -> None:
    draft = begun(desk)
    with pytest.raises(NotAllowed):
        hand_over_draft(desk, draft.id, desks(role).person.id)
    assert resume_draft(desk, draft.id).author == desk.person.id
    assert audit(station_of(desk), "hand over draft") == []


def test_a_colleague_takes_over_only_what_was_left_for_twelve_hours(
    profile: Profile, desks: Desks, desk: Desk
) -> None:
    draft, lowe = begun(desk), desks(Role.COORDINATOR)
    profile.clock.at += timedelta(hours=11, minutes=59)
    assert not unfinished(lowe)[0].may_take
    with pytest.raises(NotAllowed):
        resume_draft(lowe, draft.id)
    with pytest.raises(NotAllowed):
        discard_draft(lowe, draft.id, "left")
    profile.clock.at += timedelta(minutes=1)
    assert unfinished(lowe)[0].may_take
    taken_over = resume_draft(lowe, draft.id)
    assert (taken_over.author, taken_over.answers) == (lowe.person.id, draft.answers)
    ((_, who, which, _),) = audit(station_of(desk), "take over draft")
    assert (who, which) == (lowe.person.id, "")  # the draft's id becomes the intake's
    assert unfinished(lowe)[0].is_mine
    with pytest.raises(NotAllowed):
        resume_draft(desk, draft.id)
    with pytest.raises(NotAllowed):
        finish_intake(desk, draft)


def test_the_draft_of_somebody_who_has_left_can_be_taken_over_at_once(
    desks: Desks, desk: Desk
) -> None:
    draft, lowe = begun(desk), desks(Role.COORDINATOR)
    without = tuple(p for p in lowe.colleagues if p.id != desk.person.id)
    lowe = replace(lowe, colleagues=without)
    assert unfinished(lowe)[0].by == ""
    assert resume_draft(lowe, draft.id).answers == draft.answers
    assert len(audit(station_of(desk), "take over draft")) == 1


def test_an_officer_sees_and_opens_no_draft_of_somebody_else(
    profile: Profile, desks: Desks, desk: Desk
) -> None:
    draft, officer = begun(desk), desks(Role.OFFICER)
    profile.clock.at += timedelta(days=30)
    assert officer.care is None
    assert unfinished(officer) == []
    for act in (
        lambda: resume_draft(officer, draft.id),
        lambda: discard_draft(officer, draft.id, "why"),
        lambda: save_draft(officer, draft),
        lambda: finish_intake(officer, draft),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert resume_draft(desk, draft.id).answers == draft.answers


def test_throwing_a_draft_away_needs_a_reason_and_is_logged(desk: Desk) -> None:
    draft = begun(desk)
    with pytest.raises(ReasonMissing):
        discard_draft(desk, draft.id, "  ")
    assert len(unfinished(desk)) == 1
    discard_draft(desk, draft.id, "begun twice")
    assert unfinished(desk) == []
    assert len(audit(station_of(desk), "discard draft")) == 1
    with pytest.raises(RecordMissing):
        resume_draft(desk, draft.id)


def test_a_form_that_does_not_exist_is_said_plainly(desk: Desk) -> None:
    with pytest.raises(FormMissing):
        begin_draft(desk, "no_such_form")
    with pytest.raises(RecordMissing):
        resume_draft(desk, RecordId("nothing"))
