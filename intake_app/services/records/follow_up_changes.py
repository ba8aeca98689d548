"""The changes behind follow-ups: how tasks are made of a schedule, and how they end.

A task is a record about its intake. Its facts row carries the day it is due, who is to do it and
how it stands, so that the list of a day is one look at an index.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.follow_up import TaskState
from intake_app.domain.form import Deadline
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.pathway import CARE_ROOM, room_of
from intake_app.domain.record import Record
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records, Stamps
from intake_app.services.records.writing import create, write

FOLLOW_UP: Final = "follow_up"
"""Kind of a task: {"deadline", "label", due, by, "state", "on", "attempts", "window"}."""

OWN: Final = "own"
"""The `deadline` of a task that somebody added."""


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task as it begins.

    Attributes:
        deadline: Id in the form's schedule, or `OWN`.
        label: What is to be done, by language.
        on: Until when: a day (YYYY-MM-DD) or a moment.
        by: Who is to do it; empty: nobody yet.
        attempts: Tries before "unable to contact".
        window: Days for these tries.
    """

    deadline: str
    label: dict[str, str]
    on: str
    by: str = ""
    attempts: int = 0
    window: int = 0


def task_id(intake: RecordId, deadline: str) -> RecordId:
    """The id of the task of a schedule: the same whoever makes it, so that none is made twice."""
    return RecordId(hashlib.sha256(f"{FOLLOW_UP} {intake} {deadline}".encode()).hexdigest()[:32])


def task_change(
    to: Stamps, user: UserId, intake: RecordId, ident: RecordId, new: NewTask, opened: str
) -> Change:
    """The change that makes a task."""
    fields: dict[str, Value] = {
        "deadline": new.deadline,
        "label": new.label,
        "on": new.on,
        "attempts": new.attempts,
        "window": new.window,
        "state": str(TaskState.OPEN),
        facts.DUE: new.on[:10],
        facts.STATUS: str(TaskState.OPEN),
        facts.OPENED: opened,
    }
    if new.by:  # who hands in says nothing in another's name, not even nobody's
        fields[facts.BY] = new.by
    return create(to, user, FOLLOW_UP, ident, fields, intake)


def planned_changes(
    desk: Desk, to: Stamps, intake: RecordId, pathway: str,
    owed: Iterable[tuple[Deadline, str]], opened: str,
) -> Iterator[Change]:  # fmt: skip
    """The tasks of a schedule, for the transaction that finishes an intake of care.

    They are for who takes the intake and holds the key of its file; of others, for nobody yet.
    """
    if room_of(pathway) is not CARE_ROOM:
        return
    holds = desk.care is not None and may(desk.person.roles, May.FOLLOW_UP)
    by = desk.person.id if holds else ""
    for due, on in owed:
        label = dict(due.label.by_language)
        new = NewTask(due.id, label, on, by, due.attempts, due.window)
        yield task_change(to, desk.person.id, intake, task_id(intake, due.id), new, opened)


def state_fields(state: TaskState, due: str = "") -> dict[str, Value]:
    """How a task stands, as its fields; only an open one is due."""
    return {"state": str(state), facts.STATUS: str(state), facts.DUE: due}


def open_tasks(file: Records, intake: RecordId) -> list[Record]:
    """The tasks of an intake that are still to be done."""
    return [one for one in file.about(intake, FOLLOW_UP) if is_open(one)]


def is_open(task: Record) -> bool:
    """Whether it is still to be done."""
    return task.values.get("state") == TaskState.OPEN and not task.is_deleted


def ended_changes(desk: Desk, file: Records, intake: RecordId, why: str) -> list[Change]:
    """What ends all open follow-ups of an intake, as changes for the act that ends them.

    Args:
        desk: Whose.
        file: Where the intake is.
        intake: The intake.
        why: A code of `follow_up_reasons.csv`: "closed", "deceased", "do_not_contact".
    """
    dropped = {**state_fields(TaskState.DROPPED), facts.REASON: why}
    return [
        write(file, desk.person.id, FOLLOW_UP, one.id, dropped)
        for one in open_tasks(file, intake)
    ]  # fmt: skip
