"""How far an intake of care has come: begun at Finish, moved, closed, opened again."""

import pytest
from profiles import Desks
from walk_ins import care_of, taken

from intake_app.domain.episode import STEP
from intake_app.domain.errors import (
    EnteredInError,
    NotAllowed,
    ReasonMissing,
    StepNotAllowed,
    TriesMissing,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.follow_up.attempts import NewAttempt, log_attempt
from intake_app.services.follow_up.episodes import asks_of, episode_of, move_episode, said_of
from intake_app.services.follow_up.follow_ups import follow_ups_of
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.services.people.persons import contact_stop
from intake_app.services.records.follow_up_changes import open_tasks
from intake_app.services.records.writing import fact


def listed_status(desk: Desk, record: RecordId) -> str:
    rows = people_rows(desk, people_order(desk))
    return next(row.status for row in rows if row.record == record)


def test_what_was_decided_at_the_desk_is_where_it_begins(desk: Desk) -> None:
    record = taken(desk).record
    found = episode_of(desk, record)
    assert (found.status, found.is_closed, len(found.steps)) == ("accepted", False, 1)
    assert listed_status(desk, record) == "accepted"
    undecided = taken(desk, decision="left").record
    assert episode_of(desk, undecided).status == "screening"  # no condition holds: the first


def test_a_step_changes_the_list_and_keeps_the_history(desk: Desk) -> None:
    record = taken(desk).record
    after = move_episode(desk, record, "plan_active", note="Sees them on Monday")
    assert after.status == "plan_active"
    assert listed_status(desk, record) == "plan_active"
    assert [step.status for step in after.steps] == ["accepted", "plan_active"]
    assert after.steps[-1].by == desk.person.id


def test_closing_asks_for_a_reason_and_drops_what_was_to_be_done(desk: Desk) -> None:
    record = taken(desk, may_contact="yes", contact_ways=["call"], phone="+13045550142").record
    file = care_of(desk)
    assert open_tasks(file, record)
    with pytest.raises(ReasonMissing):
        move_episode(desk, record, "withdrew")
    with pytest.raises(StepNotAllowed):
        move_episode(desk, record, "withdrew", "invented")
    assert open_tasks(file, record)  # nothing was dropped by a try
    ask = next(one for one in asks_of(desk, record) if one.status.id == "withdrew")
    after = move_episode(desk, record, "withdrew", ask.reasons[0].id)
    assert after.is_closed
    assert after.closed_on == desk.clock.local().date().isoformat()
    assert not open_tasks(file, record)
    step = after.steps[-1]
    assert said_of(desk, record, "en")[step.id] == (
        "Stopped taking part", ask.reasons[0].label.said_in("en"),
    )  # fmt: skip


def test_a_death_stops_all_contact_in_the_same_act(desk: Desk) -> None:
    record = taken(desk, may_contact="yes", contact_ways=["call"], phone="+13045550142").record
    assert contact_stop(care_of(desk), record) == ""
    move_episode(desk, record, "deceased", note="The family told us")
    assert contact_stop(care_of(desk), record) == "deceased"
    assert not open_tasks(care_of(desk), record)


def test_entered_by_mistake_is_out_of_all_lists_and_stays_so(desk: Desk) -> None:
    record = taken(desk).record
    with pytest.raises(ReasonMissing):
        move_episode(desk, record, "entered_in_error")
    move_episode(desk, record, "entered_in_error", note="Typed in twice")
    assert record not in {row.record for row in people_rows(desk, people_order(desk))}
    assert asks_of(desk, record) == ()
    with pytest.raises(EnteredInError):
        move_episode(desk, record, "accepted", "Back")


def test_could_not_be_reached_needs_enough_tries(desk: Desk) -> None:
    safe = {"may_contact": "yes", "contact_ways": ["call"], "phone": "+13045550142"}
    record = taken(desk, **safe).record
    task = follow_ups_of(desk, record)[0]
    reason = next(a for a in asks_of(desk, record) if a.status.id == "unable_to_contact").reasons
    with pytest.raises(TriesMissing):
        move_episode(desk, record, "unable_to_contact", reason[0].id)
    log_attempt(desk, NewAttempt(record, "call", "no_answer", follow_up=task.record))
    after = move_episode(desk, record, "unable_to_contact", reason[0].id)
    assert after.is_closed


def test_a_closed_one_is_opened_again_with_a_reason_in_words(desk: Desk) -> None:
    record = taken(desk).record
    reason = next(one for one in asks_of(desk, record) if one.status.id == "completed").reasons
    move_episode(desk, record, "completed", reason[0].id if reason else "")
    back = asks_of(desk, record)[-1]
    assert back.is_back
    assert back.status.id == "accepted"
    with pytest.raises(ReasonMissing):
        move_episode(desk, record, back.status.id)
    after = move_episode(desk, record, back.status.id, "They called and want help after all")
    assert not after.is_closed
    assert after.status == "accepted"


def test_a_step_that_may_not_follow_is_refused(desk: Desk) -> None:
    record = taken(desk, decision="declined").record
    with pytest.raises(StepNotAllowed):
        move_episode(desk, record, "plan_active")
    mark_entered_in_error(desk, record, "Twice")
    with pytest.raises(EnteredInError):
        move_episode(desk, record, "accepted", "Back")


def test_steps_taken_apart_are_shown_as_a_conflict_until_a_coordinator_decides(
    desk: Desk, desks: Desks
) -> None:
    record = taken(desk).record
    file, seen = care_of(desk), episode_of(desk, record).newest
    move_episode(desk, record, "plan_active")
    apart = {"status": "deceased", "saw": list(seen), **desk.entered()}
    change = fact(file, desk.person.id, STEP, RecordId("ab" * 16), apart, about=record)
    file.apply([change], desk.act("move episode", record))  # as another station would send it
    found = episode_of(desk, record)
    assert found.is_conflict
    assert not found.is_closed
    assert asks_of(desk, record) == ()
    with pytest.raises(NotAllowed):
        move_episode(desk, record, "plan_active")
    lead = desks(Role.COORDINATOR)
    assert "plan_active" in {one.status.id for one in asks_of(lead, record)}
    after = move_episode(lead, record, "plan_active", note="They are alive; it was a mix-up")
    assert not after.is_conflict
    assert listed_status(desk, record) == "plan_active"


def test_who_may_not_read_care_moves_nothing(desks: Desks) -> None:
    record = taken(desks(Role.FRONT_DESK)).record
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.RECEPTION, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            move_episode(desks(role), record, "plan_active")
        with pytest.raises(NotAllowed):
            episode_of(desks(role), record)
