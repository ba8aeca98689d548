"""Records requests, complaints and breaches: received, due, answered, with a reply on paper.

They are kept with the privacy officer's key (`sealed`), because who complains may be somebody
that the department helps. A reply to a records request lists classes of records, never content,
and is the same whether somebody is known here or not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.clock import stamp
from intake_app.domain.errors import NoGrant, NotYetHappened, ReasonMissing, RecordMissing
from intake_app.domain.errors import UnknownCode as Unknown
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.log_entry import LETTERS, AnswerTime, LogEntry, LogKind, LogStep, StepKind
from intake_app.domain.log_errors import AnsweredAlready, DueTooEarly
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.text import FALLBACK, Text
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import create, fact, write

LOG: Final = "log.entry"
STEP: Final = "log.step"

OUTCOMES: Final[Mapping[LogKind, str]] = {
    LogKind.RECORDS_REQUEST: "request_outcomes",
    LogKind.COMPLAINT: "complaint_outcomes",
    LogKind.BREACH: "breach_outcomes",
}
"""The code table of answers, by what came in."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What came in.

    Attributes:
        kind: Which log.
        received: The day it came, or the breach was found (YYYY-MM-DD).
        about: What they ask, or what happened, in words.
        sender: Who sent it, as they want to be called; may be empty.
        reach: How to answer them.
        affected: How many people's records a breach concerns; 0: not known.
    """

    kind: LogKind
    received: str
    about: str
    sender: str = ""
    reach: str = ""
    affected: int = 0


def log_entries(desk: Desk) -> list[LogEntry]:
    """All entries: what is owed an answer first, the earliest day on top; then what is answered.

    Raises:
        NotAllowed: Not in this person's roles.
        NoGrant: This person does not hold the key.
    """
    file = _file(desk)
    found = [_entry(file, record) for record in file.of_kind(LOG)]
    waiting = sorted((e for e in found if e.answer is None), key=lambda e: (e.due, e.number))
    done = (e for e in found if e.answer is not None)
    return waiting + sorted(done, key=lambda e: (e.received, e.number), reverse=True)


def outcomes(desk: Desk, kind: LogKind) -> tuple[Choice, ...]:
    """The answers to choose from."""
    return desk.library.codes(OUTCOMES[kind])


def receive(desk: Desk, new: NewEntry) -> LogEntry:
    """Enter what came in; it gets a number, and the day by which it is owed an answer.

    Raises:
        NotAllowed, NoGrant: As `log_entries`.
        ReasonMissing: It does not say what it is about.
        NotYetHappened: The day is still to come.
        FormMissing: The file of answer times is gone.
    """
    file = _file(desk)
    if not new.about.strip():
        raise ReasonMissing
    if new.received > _today(desk).isoformat():
        raise NotYetHappened
    allowed = next(one for one in desk.library.answer_times() if one.kind is new.kind)
    due = _due(desk, date.fromisoformat(new.received), allowed)
    year = new.received[2:4]
    serial = file.next_serial(f"log.{new.kind}.{year}")
    number = f"{LETTERS[new.kind]}-{year}-{serial:04}"
    fields: dict[str, Any] = {
        "kind": new.kind, "received": new.received, "about": new.about.strip(),
        "sender": new.sender.strip(), "reach": new.reach.strip(), "affected": new.affected,
        "authority": _authority(allowed), "due": due.isoformat(),
        "public_from": allowed.public_from,
        facts.NUMBER: number, facts.DUE: due.isoformat(), **desk.entered(),
    }  # fmt: skip
    ident = new_record_id()
    change = create(file, desk.person.id, LOG, ident, fields)
    file.apply([change], desk.act(f"log {new.kind}", ident))
    return read_entry(desk, ident)


def read_entry(desk: Desk, ident: RecordId) -> LogEntry:
    """One entry.

    Raises:
        NotAllowed, NoGrant: As `log_entries`.
        RecordMissing: There is none under this id.
    """
    file = _file(desk)
    record = file.record(ident)
    if record is None or record.kind != LOG or record.is_purged:
        raise RecordMissing(ident)
    return _entry(file, record)


def extend_entry(desk: Desk, ident: RecordId, due: str, reason: str) -> None:
    """Move the day by which it is answered, with the reason that is told to the sender.

    Raises:
        ReasonMissing: No reason.
        DueTooEarly: The day is not later than the one that holds.
        AnsweredAlready: There is nothing to extend.
    """
    entry = read_entry(desk, ident)
    if entry.answer is not None:
        raise AnsweredAlready
    if due <= entry.due:
        raise DueTooEarly
    _step(desk, entry, LogStep(StepKind.EXTENDED, "", UserId(""), _said(reason), due=due), due)


def note_entry(desk: Desk, ident: RecordId, words: str, *, is_notified: bool = False) -> None:
    """Note what was done; or, of a breach, that those concerned were told.

    Raises:
        ReasonMissing: No words.
    """
    entry = read_entry(desk, ident)
    what = StepKind.NOTIFIED if is_notified else StepKind.NOTE
    due = "" if entry.answer else entry.due
    _step(desk, entry, LogStep(what, "", UserId(""), _said(words)), due)


def answer_entry(desk: Desk, ident: RecordId, outcome: str, words: str) -> None:
    """Answer it; a later answer stands in place of this one, and both stay readable.

    Args:
        desk: Whose.
        ident: The entry.
        outcome: A code of the table in `OUTCOMES`.
        words: What the reply says beside it, in plain words.

    Raises:
        UnknownCode: No such code.
        ReasonMissing: No words.
    """
    entry = read_entry(desk, ident)
    if outcome not in {one.id for one in outcomes(desk, entry.kind)}:
        raise Unknown
    step = LogStep(StepKind.ANSWERED, "", UserId(""), _said(words), outcome)
    _step(desk, entry, step, "")


# --- inside -------------------------------------------------------------------------------


def _file(desk: Desk) -> Records:
    desk.require(May.KEEP_LOGS)
    if desk.sealed is None:
        raise NoGrant("sealed")
    return desk.sealed


def _today(desk: Desk) -> date:
    return desk.clock.local().date()


def _said(words: str) -> str:
    if not words.strip():
        raise ReasonMissing
    return words.strip()


def _due(desk: Desk, received: date, allowed: AnswerTime) -> date:
    """The last day: the day of receipt does not count, as laws on public records say."""
    if not allowed.is_business:
        return received + timedelta(days=allowed.days)
    day, left = received, allowed.days
    while left:
        day += _DAY
        left -= desk.calendar.is_business_day(day)
    return day


def _step(desk: Desk, entry: LogEntry, step: LogStep, due: str) -> None:
    file, user = _file(desk), desk.person.id
    fields: dict[str, Any] = {
        "what": step.what, "words": step.words, "outcome": step.outcome, "due": step.due,
        "at": stamp(desk.clock), **desk.entered(),
    }  # fmt: skip
    changes = [
        fact(file, user, STEP, new_record_id(), fields, about=entry.id),
        write(file, user, LOG, entry.id, {facts.DUE: due}),
    ]
    file.apply(changes, desk.act(f"log {step.what}", entry.id))


def _entry(file: Records, record: Record) -> LogEntry:
    values: dict[str, Any] = record.values
    return LogEntry(
        id=record.id,
        number=str(values[facts.NUMBER]),
        kind=LogKind(values["kind"]),
        received=str(values["received"]),
        first_due=str(values["due"]),
        sender=str(values.get("sender", "")),
        reach=str(values.get("reach", "")),
        about=str(values.get("about", "")),
        affected=int(values.get("affected") or 0),
        authority=_words(values.get("authority", "")),
        public_from=int(values.get("public_from") or 0),
        steps=tuple(_steps(file, record.id)),
    )


def _authority(allowed: AnswerTime) -> dict[str, str]:
    """As the file said it when the entry came, with its version."""
    by_language = allowed.authority.by_language
    return {code: f"{said} ({allowed.version})" for code, said in by_language.items()}


def _words(kept: str | dict[str, str]) -> Text:
    """Words by language; entries of earlier versions have them in one."""
    return Text(kept if isinstance(kept, dict) else {FALLBACK: kept})


def _steps(file: Records, ident: RecordId) -> Iterator[LogStep]:
    for record in file.about(ident, STEP):
        values: dict[str, Any] = record.values
        yield LogStep(
            StepKind(values["what"]), str(values[facts.OPENED]), UserId(values[facts.BY]),
            str(values["words"]), str(values["outcome"]), str(values["due"]),
        )  # fmt: skip
