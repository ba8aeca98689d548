"""Follow-ups of one person's way in: what is to be done, by whom, and how each of them ended.

Who has died or asked not to be contacted is asked about first, everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.entry import require_day
from intake_app.domain.errors import (
    NotAllowed,
    ReasonMissing,
    RecordMissing,
    TaskEnded,
    TriesMissing,
)
from intake_app.domain.follow_up import Missing, TaskState, TryRule, long_past, missing_tries
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May, may
from intake_app.domain.text import Text
from intake_app.services.desk import Desk, Person
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import refuse_stopped
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.choices import require_choice
from intake_app.services.records.follow_up_changes import (
    FOLLOW_UP,
    OWN,
    NewTask,
    ended_changes,
    is_open,
    state_fields,
    task_change,
    task_id,
)
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.safe_contact import safe_means
from intake_app.services.records.tries import tries_of
from intake_app.services.records.writing import write

REASONS: Final = "follow_up_reasons"
"""Code table: why a task is dropped."""

ASKED_TO_STOP: Final = "asked_to_stop"

_AT_ONCE: Final = 500
"""Intakes that are settled in one transaction."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A task, as the folder shows it.

    Attributes:
        record: The task.
        intake: Whose.
        deadline: Id in the form's schedule, or "own".
        label: What is to be done.
        on: Until when it was first due: a day or a moment.
        due: The day it is due now (YYYY-MM-DD); empty: it is over.
        by: Who is to do it; empty: nobody yet.
        state: How it stands.
        reason: Why it was dropped (a code), or what was noted at its end.
        rule: What must be tried before "unable to contact".
        missing: What of it is missing now.
    """

    record: RecordId
    intake: RecordId
    deadline: str
    label: Text
    on: str
    due: str
    by: UserId
    state: TaskState
    reason: str
    rule: TryRule
    missing: Missing


def follow_ups_of(desk: Desk, intake: RecordId) -> list[FollowUp]:
    """The tasks of an intake: the open ones by day, then those that are over.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake among those who asked for help.
    """
    desk.require(May.FOLLOW_UP)
    file = desk.care_file
    intake_in(file, intake)
    found = [_shown(desk, file, one) for one in file.about(intake, FOLLOW_UP) if not one.is_deleted]
    return sorted(found, key=lambda one: (one.due == "", one.due, one.on, one.deadline, one.record))


def extra(desk: Desk, intake: RecordId, label: str, due: str, by: str = "") -> RecordId:
    """Add a task of one's own.

    Args:
        desk: Whose.
        intake: About whom.
        label: What is to be done, in words.
        due: The day (YYYY-MM-DD).
        by: Who is to do it (user id); empty: nobody yet.

    Raises:
        NotAllowed: Not in this person's roles, or not in those of who is to do it.
        ReasonMissing: It does not say what is to be done.
        BadEntry: The day is none.
        ContactStopped: Nobody may contact this person.
        EnteredInError: The intake is out of all lists.
    """
    desk.require(May.FOLLOW_UP)
    if not label.strip():
        raise ReasonMissing
    file = desk.care_file
    intake_in(file, intake, to_change=True)
    refuse_stopped(file, intake)
    _require_follower(desk, by)
    new = NewTask(OWN, {desk.own_language: label.strip()}, require_day(due).isoformat(), by)
    ident = new_record_id()
    made = task_change(file, desk.person.id, intake, ident, new, stamp(desk.clock))
    file.apply([made], desk.act("add follow-up", ident))
    return ident


def who_follows_up(desk: Desk) -> list[Person]:
    """The people here who may be given a task; oneself among them."""
    people = {one.id: one for one in (desk.person, *desk.colleagues)}
    return [one for one in people.values() if may(one.roles, May.FOLLOW_UP)]


def hand_over(desk: Desk, task: RecordId, to: UserId) -> None:
    """Give a task to a colleague, to oneself, or (empty) to nobody.

    Raises:
        NotAllowed: Not in this person's roles, or not in the colleague's.
        RecordMissing: There is no such task.
        TaskEnded: It is over.
    """
    desk.require(May.FOLLOW_UP)
    _require_follower(desk, to)
    _change(desk, open_task(desk.care_file, task), {facts.BY: to}, "hand over follow-up")


def put_off(desk: Desk, task: RecordId, day: str) -> None:
    """Give a task another day; the first one stays on record.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing, TaskEnded: There is no such open task.
        BadEntry: The day is none.
    """
    desk.require(May.FOLLOW_UP)
    task_now = open_task(desk.care_file, task)
    _change(desk, task_now, {facts.DUE: require_day(day).isoformat()}, "put off follow-up")


def finish(desk: Desk, task: RecordId, note: str = "") -> None:
    """Note that a task is done.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing, TaskEnded: There is no such open task.
    """
    desk.require(May.FOLLOW_UP)
    fields = {**state_fields(TaskState.DONE), facts.REASON: note.strip()}
    _change(desk, open_task(desk.care_file, task), fields, "finish follow-up")


def drop(desk: Desk, task: RecordId, reason: str) -> None:
    """Drop a task, for a reason from the list.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing, TaskEnded: There is no such open task.
        UnknownCode: There is no such reason.
    """
    desk.require(May.FOLLOW_UP)
    require_choice(desk, REASONS, reason)
    fields = {**state_fields(TaskState.DROPPED), facts.REASON: reason}
    _change(desk, open_task(desk.care_file, task), fields, "drop follow-up")


def note_unable(desk: Desk, task: RecordId) -> None:
    """Note that the person could not be contacted, once enough was tried.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing, TaskEnded: There is no such open task.
        TriesMissing: Not enough was tried, or by too few means.
    """
    desk.require(May.FOLLOW_UP)
    record = open_task(desk.care_file, task)
    if _shown(desk, desk.care_file, record).missing:
        raise TriesMissing
    _change(desk, record, state_fields(TaskState.UNABLE), "note unable to contact")


def stop(desk: Desk, intake: RecordId) -> int:
    """End all follow-ups, because the person asked for it.

    Returns:
        How many were open.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake.
    """
    desk.require(May.FOLLOW_UP)
    file = desk.care_file
    intake_in(file, intake)
    changes = ended_changes(desk, file, intake, ASKED_TO_STOP)
    if changes:
        file.apply(changes, desk.act("stop follow-ups on request", intake))
    return len(changes)


def settle_follow_ups(desk: Desk) -> int:
    """Make tasks where the schedule stands in the intake alone, as older versions left it.

    Only such an intake is due itself, so that finding none takes one look at an index. What a later
    day has replaced by now is not made: nobody calls on day 7 after day 90.

    Returns:
        How many intakes it was done for.
    """
    file = desk.care
    if file is None or not may(desk.person.roles, May.FOLLOW_UP):
        return 0
    done = 0
    while rows := file.due(INTAKE, "9999", _AT_ONCE):
        found = [file.record(row.record) for row in rows]
        changes = [one for record in found if record for one in _settled(desk, file, record)]
        file.apply(changes, desk.act("make follow-ups of a schedule"))
        done += len(rows)
    return done


# --- for neighbors ------------------------------------------------------------------------


def open_task(file: Records, ident: RecordId) -> Record:
    """A task that is still to be done.

    Raises:
        RecordMissing: There is no such task.
        TaskEnded: It is over.
    """
    record = file.record(ident)
    if record is None or record.is_purged or record.kind != FOLLOW_UP:
        raise RecordMissing(ident)
    if not is_open(record):
        raise TaskEnded(ident)
    return record


def _settled(desk: Desk, file: Records, intake: Record) -> Iterator[Change]:
    user, today = desk.person.id, desk.clock.local().date().isoformat()
    owed = cast("list[tuple[str, dict[str, str], str]]", intake.values.get(facts.OWED) or [])
    past = long_past([on[:10] for _, _, on in owed], today)
    for deadline, label, on in owed:
        ident = task_id(intake.id, deadline)
        if on[:10] not in past and file.record(ident) is None:
            new = NewTask(deadline, label, on)
            yield task_change(file, user, intake.id, ident, new, stamp(desk.clock))
    yield write(file, user, intake.kind, intake.id, {facts.DUE: ""})


def _change(desk: Desk, task: Record, fields: dict[str, Value], act: str) -> None:
    file = desk.care_file
    changed = write(file, desk.person.id, FOLLOW_UP, task.id, fields)
    file.apply([changed], desk.act(act, task.id))


def _shown(desk: Desk, file: Records, task: Record) -> FollowUp:
    values = task.values
    rule = TryRule(
        int(values.get("attempts") or 0), int(values.get("window") or 0),
        safe_means(file, task.about),
    )  # fmt: skip
    tries = tries_of(desk, file, task.about, task.id)
    return FollowUp(
        record=task.id,
        intake=task.about,
        deadline=str(values.get("deadline", "")),
        label=Text(values.get("label") or {}),
        on=str(values.get("on", "")),
        due=str(values.get(facts.DUE, "")),
        by=UserId(str(values.get(facts.BY, ""))),
        state=TaskState(str(values.get("state", TaskState.OPEN))),
        reason=str(values.get(facts.REASON, "")),
        rule=rule,
        missing=missing_tries(tries, rule),
    )


def _require_follower(desk: Desk, user: str) -> None:
    if user and user not in {one.id for one in who_follows_up(desk)}:
        raise NotAllowed("follow up")
