"""Overdose events: what was taken, who else was of it, and what ODMAP is told.

An event holds no name. It is read, amended and printed like an intake, and it is in no list and no
count of people.
"""

from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.clock import stamp
from intake_app.domain.draft import Draft
from intake_app.domain.errors import EnteredInError, PaperMissing, RecordMissing
from intake_app.domain.form import Answers, Form
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.paper import BlockType
from intake_app.domain.pathway import CARE_ROOM
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.drawing.making import Marks, basis_in, offered_papers, sheet_of
from intake_app.services.intakes.handed_in import sender_copy
from intake_app.services.needs.files import Records
from intake_app.services.records.answers import answers_of
from intake_app.services.records.drafts import begin_draft, guide_of
from intake_app.services.records.event_parts import (
    EVENT,
    INTAKE_OF,
    JOINED,
    event_of,
    event_questions,
    own_event,
)
from intake_app.services.records.ways_in import may_take
from intake_app.services.records.writing import fact

ODMAP: Final = "odmap_event"
"""The paper with what ODMAP asks: its facts are also what is copied."""

REPORTED: Final = "event.reported"
"""Kind of a fact about an event: {"at"}; it was told to ODMAP."""

_LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class Report:
    """That an event was told to ODMAP.

    Attributes:
        at: When: local time with offset.
        by: Who noted it.
    """

    at: str
    by: UserId


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as the list names it.

    Attributes:
        record: The event.
        number: Receipt number that it was taken with.
        opened: When it was taken: local time with offset.
        pathway: Pathway code.
        people: How many people of it are known here.
        report: When it was told to ODMAP, or None.
    """

    record: RecordId
    number: str
    opened: str
    pathway: str
    people: int
    report: Report | None


@dataclass(frozen=True, slots=True)
class EventView:
    """An event, as its page shows it.

    Attributes:
        row: The same as in the list.
        odmap: What ODMAP is told: label and words.
        people: The intakes of it: id and receipt number.
    """

    row: EventRow
    odmap: tuple[tuple[str, str], ...]
    people: tuple[tuple[RecordId, str], ...]

    @property
    def text(self) -> str:
        """What is copied: a line for each fact."""
        return "\n".join(f"{label}: {words}" for label, words in self.odmap)


def events(desk: Desk) -> list[EventRow]:
    """The latest events, newest first.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(CARE_ROOM.find)
    file = desk.care_file
    found = (file.record(row.record) for row in file.newest(EVENT, _LISTED))
    return [_row(file, record) for record in found if record and not record.is_deleted]


def read_event(desk: Desk, ident: RecordId, language: str) -> EventView:
    """The event of an intake, or an event by its own id; that it was read is logged.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is none.
    """
    desk.require(CARE_ROOM.read)
    file = desk.care_file
    event = _event(file, ident)
    file.note(desk.act("read event", event.id))
    joined = _joined(file, event.id)
    people = tuple((one.id, str(one.values.get(facts.NUMBER, ""))) for one in joined)
    return EventView(_row(file, event), _odmap(desk, file, event, language), people)


def note_reported(desk: Desk, ident: RecordId, at: str = "") -> None:
    """Note that ODMAP was told; a later note holds.

    Args:
        desk: Whose.
        ident: The event, or an intake of it.
        at: When (local time with offset); empty: now.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such event.
        EnteredInError: It was entered in error.
    """
    desk.require(CARE_ROOM.amend)
    file = desk.care_file
    event = _event(file, ident)
    if event.is_deleted:
        raise EnteredInError(event.id)
    told = {"at": at or stamp(desk.clock), **desk.entered()}
    change = fact(file, desk.person.id, REPORTED, new_record_id(), told, about=event.id)
    file.apply([change], desk.act("report event", event.id))


def note_copied(desk: Desk, ident: RecordId) -> None:
    """Log that what ODMAP asks was copied; the window asks before it copies.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such event.
    """
    desk.require(CARE_ROOM.read)
    file = desk.care_file
    file.note(desk.act("copy event", _event(file, ident).id))


def begin_another(desk: Desk, ident: RecordId) -> Draft:
    """Begin the intake of another person of an event: what is known of it is not asked again.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such event.
        PathwayOff: The department takes no such intakes any more.
    """
    desk.require(CARE_ROOM.read)
    file = desk.care_file
    event = _event(file, ident)
    draft = begin_draft(desk, str(event.values[facts.FORM]["id"]))
    guide = guide_of(desk, draft)
    return _sharing(draft, guide.form, event.id, answers_of(file, event, guide))


def begin_another_handed_in(desk: Desk, ident: RecordId) -> Draft:
    """The same for who handed the first one in, from the copy that is kept for the shift.

    Raises:
        NotAllowed: It is somebody else's.
        RecordMissing: It is no longer here, or is of no event.
        PathwayOff: The department takes no such intakes any more.
    """
    desk.rooms_for("take")
    before = sender_copy(desk, ident)
    guide = guide_of(desk, before)
    answers = guide.kept(before.answers)
    if not event_questions(guide.form) & answers.keys():
        raise RecordMissing(ident)
    is_alone = guide.is_event_only(answers) and not before.marks.get(EVENT)
    own = before.id if is_alone else own_event(before.id)
    event = RecordId(str(before.marks.get(EVENT) or own))
    draft = begin_draft(desk, before.form.id)
    return _sharing(draft, guide_of(desk, draft).form, event, answers)


def may_begin_another(desk: Desk, draft: Draft) -> bool:
    """Whether a draft is of an event, and another person of it can be taken now."""
    guide = guide_of(desk, draft)
    said = event_questions(guide.form) & guide.kept(draft.answers).keys()
    return bool(said) and may_take(desk, draft.pathway)


def _sharing(draft: Draft, form: Form, event: RecordId, answers: Answers) -> Draft:
    known = event_questions(form)
    draft.answers |= {name: value for name, value in answers.items() if name in known}
    draft.marks[EVENT] = event
    return draft


def _event(file: Records, ident: RecordId) -> Record:
    record = file.record(ident)
    event = record if record is None or record.kind == EVENT else event_of(file, record)
    if event is None or event.is_purged:
        raise RecordMissing(ident)
    return event


def _joined(file: Records, event: RecordId) -> list[Record]:
    """The intakes of an event that stand: purged ones and those in error are none."""
    idents = dict.fromkeys(str(one.values[INTAKE_OF]) for one in file.about(event, JOINED))
    found = (file.record(RecordId(ident)) for ident in idents)
    return [one for one in found if one and not one.is_purged and not one.is_deleted]


def _row(file: Records, event: Record) -> EventRow:
    told = file.about(event.id, REPORTED)
    last = max(told, key=lambda one: one.base, default=None)
    report = Report(str(last.values["at"]), UserId(str(last.values[facts.BY]))) if last else None
    values = event.values
    number, opened, pathway = (
        str(values.get(name, "")) for name in (facts.NUMBER, facts.OPENED, facts.PATHWAY)
    )
    people = len(_joined(file, event.id))
    return EventRow(event.id, number, opened, pathway, people, report)


def _odmap(desk: Desk, file: Records, event: Record, language: str) -> tuple[tuple[str, str], ...]:
    """The facts of the paper for ODMAP; none where the department has no such paper."""
    basis = basis_in(desk, file, event)
    paper = offered_papers(desk, basis).get(ODMAP)
    if paper is None:
        return ()
    try:
        sheet = sheet_of(desk, basis, paper, Marks(language))
    except PaperMissing:
        return ()
    rows = (row for part in sheet.parts if part.type is BlockType.FACTS for row in part.rows)
    return tuple((row[0], ", ".join(row[1:])) for row in rows)
