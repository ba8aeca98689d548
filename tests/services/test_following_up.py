"""Follow-ups of an intake: made by its schedule, tried, handed over, and ended with a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from profiles import Desks, Profile
from walk_ins import audit, care_of, taken

from intake_app.domain import facts
from intake_app.domain.errors import (
    BadEntry,
    ContactStopped,
    NotAllowed,
    NotYetHappened,
    ReasonMissing,
    RecordMissing,
    TaskEnded,
    TriesMissing,
    UnknownCode,
)
from intake_app.domain.follow_up import Missing, TaskState
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.follow_up.attempts import (
    NewAttempt,
    attempts_of,
    call_sheet,
    log_attempt,
    take_back_attempt,
)
from intake_app.services.follow_up.follow_ups import (
    FollowUp,
    drop,
    extra,
    finish,
    follow_ups_of,
    hand_over,
    note_unable,
    put_off,
    settle_follow_ups,
    stop,
    who_follows_up,
)
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.services.intakes.people import due, people_order, people_rows
from intake_app.services.people.persons import contact_stop
from intake_app.services.records.drop_box import take_in
from intake_app.services.records.follow_up_changes import FOLLOW_UP, task_id
from intake_app.services.records.writing import write
from intake_app.services.settling import settle

SAFE: dict[str, Any] = {
    "may_contact": "yes",
    "contact_ways": ["call", "letter", "in_person"],
    "phone": "+13045550142",
    "voicemail_ok": "no",
    "say_who_ok": "no",
    "mail_address": "P.O. Box 12, Pine Hollow",
    "safe_hours": "evenings",
}


@pytest.fixture
def intake(desk: Desk) -> RecordId:
    """Taken on Monday, November 23, 9:30."""
    return taken(desk, **SAFE).record


@pytest.fixture
def task(desk: Desk, intake: RecordId) -> RecordId:
    """With three tries in 14 days, as a department may ask for."""
    first = follow_ups_of(desk, intake)[0].record
    asked = {"attempts": 3, "window": 14}
    changed = write(desk.care_file, desk.person.id, FOLLOW_UP, first, asked)
    desk.care_file.apply([changed], desk.act("test"))
    return first


def one(desk: Desk, intake: RecordId, task: RecordId) -> FollowUp:
    return next(found for found in follow_ups_of(desk, intake) if found.record == task)


def tried(
    desk: Desk,
    intake: RecordId,
    task: str,
    *said: str,
    **more: Any,  # noqa: ANN401
) -> RecordId:
    return log_attempt(desk, NewAttempt(intake, *said, follow_up=task, **more))


def test_the_schedule_of_the_form_becomes_tasks(desk: Desk, intake: RecordId) -> None:
    found = follow_ups_of(desk, intake)
    assert [(task.deadline, task.due) for task in found] == [
        ("follow_up_72h", "2026-11-26"),
        ("follow_up_day_7", "2026-11-30"),
        ("follow_up_day_14", "2026-12-07"),
        ("follow_up_day_30", "2026-12-23"),
        ("follow_up_day_60", "2027-01-22"),
        ("follow_up_day_90", "2027-02-21"),
        ("follow_up_month_6", "2027-05-24"),
        ("follow_up_month_12", "2027-11-23"),
    ]
    assert {task.by for task in found} == {desk.person.id}, "who took it and holds the key"
    assert {task.state for task in found} == {TaskState.OPEN}


def test_who_said_no_safe_contact_is_not_followed_up(desk: Desk) -> None:
    assert follow_ups_of(desk, taken(desk).record) == []


def test_what_reception_hands_in_is_for_nobody_yet(desks: Desks) -> None:
    reception, front = desks(Role.RECEPTION), desks(Role.FRONT_DESK)
    intake = taken(reception, **SAFE).record
    assert take_in(front).count == 1
    found = follow_ups_of(front, intake)
    assert len(found) == 8
    assert {task.by for task in found} == {""}


def test_the_list_of_people_says_when_they_are_due_next(desk: Desk, intake: RecordId) -> None:
    rows = people_rows(desk, people_order(desk))
    assert {row.due for row in rows if row.record == intake} == {"2026-11-26"}
    assert [row.record for row in due(desk, "2026-11-30") if row.record == intake] == [intake] * 2
    assert due(desk, "2026-11-25") == [row for row in due(desk) if row.record != intake]


def test_a_call_that_reaches_the_person_is_the_end_of_the_task(
    desk: Desk, intake: RecordId, task: RecordId
) -> None:
    snapshot = {"use": "less", "housing": "shelter", "engagement": "waiting", "consent": "yes"}
    tried(desk, intake, task, "call", "accepted", note=" Has a bed. ", snapshot=snapshot)
    (noted,) = attempts_of(desk, intake)
    assert (noted.means, noted.result, noted.note) == ("call", "accepted", "Has a bed.")
    assert (noted.by, noted.snapshot) == (desk.person.id, snapshot)
    assert (one(desk, intake, task).state, one(desk, intake, task).due) == (TaskState.DONE, "")
    with pytest.raises(TaskEnded):
        tried(desk, intake, task, "call", "no_answer")


def test_a_call_that_reaches_nobody_moves_it_to_the_next_day(
    desk: Desk, intake: RecordId, task: RecordId
) -> None:
    suggested = call_sheet(desk, intake, task, "en").next
    assert (suggested.on, suggested.means) == ("2026-11-30", "call")
    assert not desk.calendar.is_business_day(date(2026, 11, 27)), "the day after Thanksgiving"
    tried(desk, intake, task, "call", "no_answer")
    assert one(desk, intake, task).due == suggested.on
    assert one(desk, intake, task).on.startswith("2026-11-26"), "when it was due first stays"
    assert call_sheet(desk, intake, task, "en").next.means == "letter"
    tried(desk, intake, task, "call", "call_later", next_on="2026-12-02")
    assert one(desk, intake, task).due == "2026-12-02"


def test_unable_to_contact_needs_the_tries_that_the_form_asks_for(
    desk: Desk, intake: RecordId, task: RecordId, profile: Profile
) -> None:
    assert one(desk, intake, task).missing == Missing(3, 2), "two safe ways: call and letter"
    for n, (means, result) in enumerate(
        [("call", "no_answer"), ("call", "message_left"), ("visit", "refused_door")]
    ):
        with pytest.raises(TriesMissing):
            note_unable(desk, task)
        profile.clock.at += timedelta(days=n)
        tried(desk, intake, task, means, result)
    assert not one(desk, intake, task).missing
    note_unable(desk, task)
    assert (one(desk, intake, task).state, one(desk, intake, task).due) == (TaskState.UNABLE, "")


def test_a_try_that_is_taken_back_no_longer_counts(
    desk: Desk, intake: RecordId, task: RecordId
) -> None:
    wrong = tried(desk, intake, task, "call", "no_answer")
    assert one(desk, intake, task).missing.tries == 2
    with pytest.raises(ReasonMissing):
        take_back_attempt(desk, wrong, " ")
    take_back_attempt(desk, wrong, "wrong person")
    assert one(desk, intake, task).missing.tries == 3
    assert attempts_of(desk, intake) == []
    with pytest.raises(RecordMissing):
        take_back_attempt(desk, wrong, "twice")


@pytest.mark.parametrize(("result", "flag"), [("deceased", "deceased"), ("stop", "do_not_contact")])
def test_after_these_nobody_tries_again(
    desk: Desk, intake: RecordId, task: RecordId, result: str, flag: str
) -> None:
    tried(desk, intake, task, "call", result)
    assert contact_stop(desk.care_file, intake) == flag
    found = follow_ups_of(desk, intake)
    assert {(task.state, task.due, task.reason) for task in found} == {
        (TaskState.DROPPED, "", flag)
    }
    with pytest.raises(ContactStopped):
        log_attempt(desk, NewAttempt(intake, "call", "no_answer"))
    with pytest.raises(ContactStopped):
        extra(desk, intake, "Call once more", "2026-12-01")
    assert call_sheet(desk, intake, "", "en").stop == flag


def test_who_asks_to_stop_is_asked_nothing_more(desk: Desk, intake: RecordId) -> None:
    assert stop(desk, intake) == 8
    assert {task.reason for task in follow_ups_of(desk, intake)} == {"asked_to_stop"}
    assert stop(desk, intake) == 0
    assert contact_stop(desk.care_file, intake) == "", "a letter that they asked for may still go"


def test_a_task_of_ones_own(desk: Desk, intake: RecordId) -> None:
    own = extra(desk, intake, " Bring the bus pass ", "2026-11-24", desk.person.id)
    found = follow_ups_of(desk, intake)[0]
    assert (found.record, found.label.said_in("en"), found.due) == (
        own, "Bring the bus pass", "2026-11-24"
    )  # fmt: skip
    finish(desk, own, "Done")
    assert one(desk, intake, own).state is TaskState.DONE
    for label, day, error in (("", "2026-11-24", ReasonMissing), ("Call", "soon", BadEntry)):
        with pytest.raises(error):
            extra(desk, intake, label, day)
    with pytest.raises(RecordMissing):
        extra(desk, RecordId("nobody"), "Call", "2026-11-24")


def test_a_task_is_put_off_handed_over_and_dropped(
    desk: Desk, intake: RecordId, task: RecordId
) -> None:
    put_off(desk, task, "2026-12-01")
    assert one(desk, intake, task).due == "2026-12-01"
    others = [person.id for person in who_follows_up(desk) if person.id != desk.person.id]
    hand_over(desk, task, others[0])
    assert one(desk, intake, task).by == others[0]
    hand_over(desk, task, UserId(""))
    assert one(desk, intake, task).by == ""
    with pytest.raises(NotAllowed):
        hand_over(desk, task, UserId("a stranger"))
    with pytest.raises(UnknownCode):
        drop(desk, task, "no such reason")
    drop(desk, task, "not_needed")
    assert one(desk, intake, task).reason == "not_needed"
    with pytest.raises(TaskEnded):
        hand_over(desk, task, desk.person.id)


def test_an_intake_in_error_is_followed_up_by_nobody(desk: Desk, intake: RecordId) -> None:
    mark_entered_in_error(desk, intake, "twice")
    assert intake not in [row.record for row in due(desk, "2030-01-01")]


def test_what_cannot_be_is_not_noted(desk: Desk, intake: RecordId, task: RecordId) -> None:
    later = (desk.clock.local() + timedelta(hours=1)).isoformat()
    for said, more, error in (
        (("pigeon", "no_answer"), {}, UnknownCode),
        (("call", "maybe"), {}, UnknownCode),
        (("call", "accepted"), {"snapshot": {"use": "heaps"}}, UnknownCode),
        (("call", "accepted"), {"snapshot": {"consent": "perhaps"}}, UnknownCode),
        (("call", "accepted"), {"snapshot": {"mood": "good"}}, UnknownCode),
        (("call", "no_answer"), {"at": later}, NotYetHappened),
        (("call", "no_answer"), {"at": "at noon"}, BadEntry),
        (("call", "no_answer"), {"at": "2026-11-23T08:00"}, BadEntry),
        (("call", "no_answer"), {"next_on": "soon"}, BadEntry),
    ):
        with pytest.raises(error):
            tried(desk, intake, task, *said, **more)
    assert attempts_of(desk, intake) == []
    with pytest.raises(RecordMissing):
        tried(desk, taken(desk).record, task, "call", "no_answer")


def test_the_call_sheet_says_what_the_person_said(desk: Desk, intake: RecordId) -> None:
    sheet = call_sheet(desk, intake, "", "en")
    assert sheet.plan.means == ("call", "letter")
    assert (sheet.plan.may_say_who, sheet.plan.may_leave_voicemail) == (False, False)
    said = {line.label.said_in("en"): line.words for line in sheet.plan.lines}
    assert said["Safe days and hours"] == "evenings"
    assert len(audit(care_of(desk), "read safe contact")) == 1


def none_made(*_parts: object) -> tuple[()]:
    return ()


def test_an_intake_of_an_older_version_gets_its_tasks_at_the_next_sign_in(
    desk: Desk, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:  # it made no tasks; the day stood on the intake
        older.setattr("intake_app.services.records.intake_changes.planned_changes", none_made)
        intake = taken(desk, **SAFE).record
    file = desk.care_file
    dated = write(file, desk.person.id, "intake", intake, {facts.DUE: "2026-11-26"})
    file.apply([dated], desk.act("test"))
    profile.clock.at += timedelta(days=20)
    settle(desk)
    made = follow_ups_of(desk, intake)
    assert [task.deadline for task in made][:2] == ["follow_up_day_14", "follow_up_day_30"]
    assert len(made) == 6, "nobody calls on day 7 after day 14"
    assert {task.by for task in made} == {""}
    assert file.due("intake", "9999") == []
    assert settle_follow_ups(desk) == 0, "and once is enough"


def test_reception_follows_nobody_up(desks: Desks) -> None:
    with pytest.raises(NotAllowed):
        follow_ups_of(desks(Role.RECEPTION), RecordId("any"))


def test_the_same_task_has_the_same_id_wherever_it_is_made() -> None:
    assert task_id(RecordId("a"), "day_7") == task_id(RecordId("a"), "day_7")
    assert task_id(RecordId("a"), "day_7") != task_id(RecordId("b"), "day_7")
