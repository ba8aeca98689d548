"""Noting a try to reach somebody: when, by which means, and what came of it.

What happened is noted even where the means was not on the person's safe list: the folder must say
what was done. A result decides what becomes of the task, in the same transaction: reached is done,
not reached is tried again on another day, deceased ends all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.entry import require_day
from intake_app.domain.errors import (
    BadEntry,
    NotYetHappened,
    ReasonMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.follow_up import Reach, TaskState, TryRule, next_day, next_means
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.follow_up.follow_ups import open_task
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import (
    DECEASED,
    DO_NOT_CONTACT,
    contact_stop,
    flag_changes,
    person_of,
    refuse_stopped,
)
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.choices import require_choice
from intake_app.services.records.follow_up_changes import FOLLOW_UP, state_fields
from intake_app.services.records.safe_contact import SafeContact, safe_contact, safe_means
from intake_app.services.records.tries import (
    ATTEMPT,
    MEANS,
    RESULTS,
    Attempt,
    attempts_in,
    reach_of,
    tries_of,
)
from intake_app.services.records.writing import fact, hide, write

SNAPSHOT: Final = {
    "use": "follow_up_use",
    "housing": "housing_short",
    "engagement": "follow_up_engagement",
    "consent": "",  # yes or no: is the consent still as it was given
}
"""What may be noted of how a person is, each with its code table."""

_STOPS: Final = {Reach.DIED: DECEASED, Reach.STOP: DO_NOT_CONTACT}
"""Results after which nobody tries again, with the flag that says so."""


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """A try as somebody notes it.

    Attributes:
        intake: Whom one tried to reach.
        means: A code of `attempt_means.csv`.
        result: A code of `attempt_results.csv`.
        follow_up: The task it was for, or empty.
        at: When it was: local time with offset; empty: now.
        note: Words about it.
        snapshot: How the person is; see `SNAPSHOT`.
        next_on: Day of the next try (YYYY-MM-DD); empty: as it is suggested.
    """

    intake: RecordId
    means: str
    result: str
    follow_up: str = ""
    at: str = ""
    note: str = field(default="", repr=False)
    snapshot: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    next_on: str = ""


@dataclass(frozen=True, slots=True)
class NextTry:
    """What is suggested after a try that did not reach the person.

    Attributes:
        on: The day (YYYY-MM-DD).
        means: A safe means (code), or empty where none is.
    """

    on: str
    means: str


@dataclass(frozen=True, slots=True)
class CallSheet:
    """What one has before one's eyes while on the phone.

    Attributes:
        plan: How the person may be reached, and what may be said.
        tries: What was tried before, the oldest first.
        next: What is suggested if this try does not reach them.
        stop: Why nobody may call ("deceased", "do_not_contact"), or empty.
    """

    plan: SafeContact
    tries: tuple[Attempt, ...]
    next: NextTry
    stop: str = ""


def call_sheet(desk: Desk, intake: RecordId, task: str, language: str) -> CallSheet:
    """What to have in view for a call; that the plan was read is logged.

    Args:
        desk: Whose.
        intake: Whom one calls.
        task: The task it is for, or empty.
        language: Of the window.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake among those who asked for help.
    """
    desk.require(May.FOLLOW_UP)
    file = desk.care_file
    stop = contact_stop(file, intake)
    file.note(desk.act("read safe contact", intake))
    return CallSheet(
        safe_contact(desk, file, intake, language),
        tuple(attempts_in(file, intake)),
        _next(desk, file, intake, task),
        stop,
    )


def attempts_of(desk: Desk, intake: RecordId) -> list[Attempt]:
    """All tries of an intake, the oldest first; those taken back are left out.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.FOLLOW_UP)
    return attempts_in(desk.care_file, intake)


def log_attempt(desk: Desk, tried: NewAttempt) -> RecordId:
    """Note a try, and what becomes of its task.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake or task.
        TaskEnded: The task is over.
        ContactStopped: Nobody may contact this person.
        EnteredInError: The intake is out of all lists.
        UnknownCode: A means, result or word of the snapshot is not on its list.
        NotYetHappened: The moment is still to come.
        BadEntry: The moment or the day is none.
    """
    desk.require(May.FOLLOW_UP)
    file = desk.care_file
    _refuse(desk, file, tried)
    task = open_task(file, RecordId(tried.follow_up)) if tried.follow_up else None
    if task is not None and task.about != tried.intake:
        raise RecordMissing(task.id)
    ident = new_record_id()
    noted = _attempt(desk, file, ident, tried)
    changes = [noted, *_then(desk, file, tried, task, ident)]
    file.apply(changes, desk.act("log attempt", tried.intake))
    return ident


def take_back_attempt(desk: Desk, attempt: RecordId, reason: str) -> None:
    """Take back a try that was noted in error; it stays readable and no longer counts.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
        RecordMissing: There is no such try.
    """
    desk.require(May.FOLLOW_UP)
    if not reason.strip():
        raise ReasonMissing
    file = desk.care_file
    record = file.record(attempt)
    if record is None or record.kind != ATTEMPT or record.is_deleted or record.is_purged:
        raise RecordMissing(attempt)
    file.apply(
        [hide(file, desk.person.id, record, reason.strip())],
        desk.act("take back attempt", record.about),
    )


# --- inside -----------------------------------------------------------------------------


def _refuse(desk: Desk, file: Records, new: NewAttempt) -> None:
    refuse_stopped(file, new.intake)
    intake_in(file, new.intake, to_change=True)
    require_choice(desk, MEANS, new.means)
    require_choice(desk, RESULTS, new.result)
    for name, code in new.snapshot.items():
        if name not in SNAPSHOT or (not SNAPSHOT[name] and code not in {"yes", "no"}):
            raise UnknownCode(name)
        if SNAPSHOT[name]:
            require_choice(desk, SNAPSHOT[name], code)


def _attempt(desk: Desk, file: Records, ident: RecordId, new: NewAttempt) -> Change:
    said: dict[str, Value] = {
        "follow_up": new.follow_up, "at": _at(desk, new.at), "means": new.means,
        "result": new.result, "note": new.note.strip(), "snapshot": dict(new.snapshot),
        **desk.entered(),
    }  # fmt: skip
    return fact(file, desk.person.id, ATTEMPT, ident, said, about=new.intake)


def _then(
    desk: Desk, file: Records, new: NewAttempt, task: Record | None, ident: RecordId
) -> list[Change]:
    """What the result does to the task, or to all of them; the task names its latest try."""
    user, reach = desk.person.id, reach_of(desk, new.result)
    if reach in _STOPS:
        return flag_changes(desk, file, person_of(file, new.intake), _STOPS[reach], on=True)
    if task is None:
        return []
    if reach is Reach.REACHED:
        done = {**state_fields(TaskState.DONE), "tried": ident}
        return [write(file, user, FOLLOW_UP, task.id, done)]
    day = require_day(new.next_on or _next(desk, file, new.intake, task.id).on)
    again: dict[str, Value] = {facts.DUE: day.isoformat(), "tried": ident}
    return [write(file, user, FOLLOW_UP, task.id, again)]


def _next(desk: Desk, file: Records, intake: RecordId, task: str) -> NextTry:
    record = file.record(RecordId(task)) if task else None
    values = record.values if record else {}
    safe = safe_means(file, intake)
    rule = TryRule(int(values.get("attempts") or 0), int(values.get("window") or 0), safe)
    tries = tries_of(desk, file, intake, RecordId(task)) if task else []
    day = next_day(desk.clock.local().date(), rule, desk.calendar)
    return NextTry(day.isoformat(), next_means(tries, safe))


def _at(desk: Desk, at: str) -> str:
    """The moment of a try.

    Raises:
        BadEntry: It is none, or says no offset.
        NotYetHappened: It is still to come.
    """
    if not at:
        return stamp(desk.clock)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise BadEntry from None
    if moment.tzinfo is None:
        raise BadEntry
    if moment > desk.clock.now():
        raise NotYetHappened
    return at
