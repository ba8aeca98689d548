"""Intakes: finished once, read with a trace, amended with a reason, never overwritten."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.case_act import CaseAct
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import fold
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.draft import ENTERED, Draft
from intake_app.domain.errors import (
    CaseRefused,
    DiskFull,
    EnteredInError,
    EventKept,
    FactIsFinal,
    NotFinished,
    ReasonMissing,
    RecordMissing,
    StorageFailed,
)
from intake_app.domain.form import Answers, Form, FormRef
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.pathway import CARE_ROOM, room_of
from intake_app.domain.record import Record
from intake_app.domain.text import Text
from intake_app.services.aid.aid import settle_aid
from intake_app.services.case.held import acts_in, is_case
from intake_app.services.case.open_conflict import refuse_open_conflict
from intake_app.services.desk import Desk
from intake_app.services.intakes.handed_in import Note, hand_in, notes_about
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.papers.papers import IssuedPaper, issued_papers, papers_of_draft
from intake_app.services.records import numbers
from intake_app.services.records.amending import (
    Amending,
    Amendment,
    amended,
    amending_changes,
    history_of,
)
from intake_app.services.records.answers import answers_of
from intake_app.services.records.apart import keep_apart, keep_apart_at_finish, linked, unlinked
from intake_app.services.records.drafts import guide_of, require_own
from intake_app.services.records.event_parts import EVENT
from intake_app.services.records.follow_up_changes import ended_changes
from intake_app.services.records.form_versions import guide_for, guide_of_record
from intake_app.services.records.intake_changes import INTAKE, NewIntake, creating_changes
from intake_app.services.records.origin import Origin, origin_of
from intake_app.services.records.writing import hide

SIGNED: Final = ("decision", "signed", "officer_signed")
"""Columns of a form's [facts] that a case is held on, once its paper is out."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something owed after an intake.

    Attributes:
        label: What.
        on: Until when: a day (YYYY-MM-DD) or a moment.
    """

    label: Text
    on: str


@dataclass(frozen=True, slots=True)
class Finished:
    """What was saved.

    Attributes:
        record: The intake.
        number: Receipt number.
        owed: What is owed, earliest first.
        is_handed_in: It waits for who holds the key of such records.
        is_event: An event alone: nobody was met.
    """

    record: RecordId
    number: str
    owed: tuple[Owed, ...]
    is_handed_in: bool = False
    is_event: bool = False


@dataclass(frozen=True, slots=True)
class IntakeView:
    """A finished intake, as its page shows it.

    Attributes:
        record: The intake.
        number: Receipt number.
        guide: The form version that it was taken with.
        answers: By field id, rows of tables included.
        opened: Local time with offset.
        by: Who took it.
        language: Language of the person's papers.
        owed: What is owed.
        is_entered_in_error: It is in no list and no count.
        is_event: An event alone: it is about nobody.
        history: Amendments, oldest first.
        papers: What was issued.
        notes: What who handed it in has added, oldest first.
        entered: When it was keyed in, where it was taken on paper before; else empty.
        imported: Where it came from, if it came from a table of past cases.
    """

    record: RecordId
    number: str
    guide: Guide
    answers: Answers
    opened: str
    by: UserId
    language: str
    owed: tuple[Owed, ...]
    is_entered_in_error: bool
    history: tuple[Amendment, ...]
    papers: tuple[IssuedPaper, ...]
    notes: tuple[Note, ...] = ()
    is_event: bool = False
    entered: str = ""
    imported: Origin | None = None


def finish_intake(desk: Desk, draft: Draft, more: Sequence[Change] = ()) -> Finished:
    """Make a record of a draft.

    Two files are written, one after the other: the record with its rows, legal acts and papers in
    the file of its pathway, then the draft is cleared in `station`. After a power cut between the
    two, `drafts.settle_drafts` clears it at the next unlock; trying again makes no second record.
    Who does not hold the file hands the same changes in, and keeps the draft for their shift.

    Args:
        desk: Whose.
        draft: What was typed.
        more: What happens in the same transaction: the offer, the citation that was issued.

    Raises:
        NotAllowed: It is not one's own draft, or not in one's roles.
        NotFinished: Answers are missing or wrong.
        EventKept: Nobody was met, and the event that it shares is kept already.
        DiskFull: Nothing was written; the draft is still there.
    """
    desk.rooms_for("take")
    desk.require(room_of(draft.pathway).take)
    require_own(desk, draft)
    guide = guide_of(desk, draft)
    if not guide.may_finish_now(draft.answers) and guide.problems(draft.answers):
        raise NotFinished
    if draft.marks.get(EVENT) and guide.is_event_only(draft.answers):
        raise EventKept
    file = desk.open_file(room_of(draft.pathway).compartment)
    if file is None:
        return _hand_in(desk, draft, guide, more)
    if file.record(draft.id) is None:
        keep_apart_at_finish(desk, draft, guide)
        made = _make(desk, draft, guide)
        changes = [*made.changes, *more]
        file.apply(changes, desk.act("finish intake", draft.id), made.blobs)
        with suppress(DiskFull, StorageFailed):  # the shelf is told at the next sign-in
            settle_aid(desk)
    record = _record(file, draft.id)  # seen before the draft goes
    desk.drafts.remove(draft.id)
    number, is_event = str(record.values[facts.NUMBER]), record.kind == EVENT
    return Finished(draft.id, number, _owed(record), is_event=is_event)


def _hand_in(desk: Desk, draft: Draft, guide: Guide, more: Sequence[Change]) -> Finished:
    keep_apart_at_finish(desk, draft, guide)
    made = _make(desk, draft, guide)
    hand_in(desk, draft, [*made.changes, *more], made.blobs)
    owed = tuple(Owed(due.label, on) for due, on in made.new.owed)
    return Finished(draft.id, draft.number, owed, is_handed_in=True)


@dataclass(frozen=True, slots=True)
class _Made:
    """A record as changes and archived bytes."""

    new: NewIntake
    changes: list[Change]
    blobs: dict[str, bytes]


def _make(desk: Desk, draft: Draft, guide: Guide) -> _Made:
    numbers.reserve(desk, draft)
    papers = papers_of_draft(desk, draft)
    new = _new_intake(desk, draft, guide)
    return _Made(new, [*creating_changes(desk, draft, new), *papers.changes], papers.blobs)


def read_intake(desk: Desk, ident: RecordId) -> IntakeView:
    """Open an intake; that it was read is logged first.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: It is not on this computer, or in a file that this person cannot open;
            which of the two is not said.
    """
    try:
        file = desk.file_with(ident, "read")
    except RecordMissing:
        desk.station.note(replace(desk.act("read intake"), outcome="refused"))
        raise
    file.note(desk.act("read intake", ident))
    record = _record(file, ident)
    form: dict[str, Any] = record.values[facts.FORM]
    guide = guide_for(desk, FormRef(**form))
    return IntakeView(
        record=ident,
        number=str(record.values[facts.NUMBER]),
        guide=guide,
        answers=answers_of(file, record, guide),
        opened=str(record.values[facts.OPENED]),
        by=UserId(record.values[facts.BY]),
        language=str(record.values[facts.LANGUAGE]),
        owed=_owed(record),
        is_entered_in_error=record.is_deleted,
        history=tuple(history_of(file, record)),
        papers=tuple(issued_papers(desk, ident)),
        notes=notes_about(file, ident),
        is_event=record.kind == EVENT,
        entered=str(record.values.get(facts.ENTERED) or ""),
        imported=origin_of(file, record),
    )


def amend_intake(desk: Desk, ident: RecordId, answers: Mapping[str, Value], reason: str) -> None:
    """Give answers new values; the old ones stay readable, with who and why.

    Answers to questions that are no longer asked with the new ones are taken away too. A legal act
    (a consent) is never changed: another one follows it, and holds from then on.

    Args:
        desk: The desk.
        ident: The intake.
        answers: Only what is to change; None takes an answer away.
        reason: Why, in words; kept with the record, never in the log.

    Raises:
        ReasonMissing: No reason.
        NotAllowed: Not in one's roles.
        NotFinished: With these answers something more is missing or wrong than before.
        EnteredInError: It is out of all lists, and stays as it is.
        CaseRefused: It is a case that is being sealed.
        FactIsFinal: What the person decided and signed when the citation was issued stays.
    """
    desk.rooms_for("amend")
    if not reason.strip():
        raise ReasonMissing
    file = desk.file_with(ident, "amend")
    record = _standing(file, ident)
    guide = guide_of_record(desk, record)
    before = answers_of(file, record, guide)
    changed = {name for name, value in answers.items() if before.get(name) != value}
    if is_case(record):
        _refuse_final(acts_in(file, ident), guide.form, changed)
    after = amended(guide, before, linked(guide.form, dict(answers)))
    keep_apart(desk, unlinked(guide.form, {k: v for k, v in answers.items() if v is not None}))
    if before != after:
        change = Amending(guide.form, before, after, reason)
        file.apply(amending_changes(desk, record, change), desk.act("amend intake", ident))


def _refuse_final(acts: Sequence[CaseAct], form: Form, changed: set[str]) -> None:
    if fold(acts).is_sealed:
        raise CaseRefused([Refusal.SEALED])
    final = {form.facts.get(name) for name in SIGNED} & changed
    if acts and final:
        raise FactIsFinal


def mark_entered_in_error(desk: Desk, ident: RecordId, reason: str) -> None:
    """Take an intake out of lists and counts; it stays readable by its number.

    A held case leaves by an act that the prosecutor can read: `case.acts.mark_case_in_error`.

    Raises:
        ReasonMissing: No reason.
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake among those who asked for help.
        EnteredInError: It was already.
        CaseRefused: People disagree about how far it has come.
    """
    desk.require(CARE_ROOM.amend)
    if not reason.strip():
        raise ReasonMissing
    file = desk.care_file
    record = _standing(file, ident)
    refuse_open_conflict(file, record)
    change = hide(file, desk.person.id, record, reason)
    ended = ended_changes(desk, file, ident, "entered_in_error")
    file.apply([change, *ended], desk.act("entered in error", ident))


def _new_intake(desk: Desk, draft: Draft, guide: Guide) -> NewIntake:
    answers, finished = guide.kept(draft.answers), stamp(desk.clock)
    since = draft.started if ENTERED in draft.marks else finished
    owed = guide.owed(answers, since)
    is_alone = guide.is_event_only(answers)
    return NewIntake(guide.form, answers, owed, finished, guide.begins(answers), is_alone)


def _owed(record: Record) -> tuple[Owed, ...]:
    return tuple(Owed(Text(label), on) for _, label, on in record.values.get(facts.OWED) or ())


def _record(file: Records, ident: RecordId) -> Record:
    record = file.record(ident)
    if record is None or record.is_purged or record.kind not in {INTAKE, EVENT}:
        raise RecordMissing(ident)
    return record


def _standing(file: Records, ident: RecordId) -> Record:
    """An intake that can be changed."""
    record = _record(file, ident)
    if record.is_deleted:
        raise EnteredInError(ident)
    return record
