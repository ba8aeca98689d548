"""Pads: numbered blank citations, checked out to an officer, and what became of each number.

The numbers of a pad go into the ledger with the pad, in one transaction, before anything is drawn:
a power cut in between leaves a pad to print, and no number is given twice. What was drawn is
archived with its hash, so that a reprint is the same paper.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.errors import (
    BadPadCount,
    FactIsFinal,
    FormMissing,
    InstrumentNotAllowed,
    NoSuchOfficer,
    NumberInWork,
    NumberNotOnPad,
    NumberUsed,
    NumberVoid,
    PaperMissing,
    ProgramExpired,
    ReasonMissing,
    RecordMissing,
)
from intake_app.domain.form import FormRef
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.pathway import Pathway
from intake_app.domain.record import Record
from intake_app.domain.roles import May, may
from intake_app.domain.terms import Instrument
from intake_app.domain.text import Text
from intake_app.services.case.held import terms_of
from intake_app.services.case.programs import case_programs
from intake_app.services.citing.pad_sheet import blank_citation
from intake_app.services.desk import Desk, Person
from intake_app.services.needs.everyday import Guide
from intake_app.services.records import ledger
from intake_app.services.records.form_versions import guide_for, keep_form
from intake_app.services.records.ledger import Entry, Reserved, Use, reserving, voiding
from intake_app.services.records.numbers import taken_numbers
from intake_app.services.records.writing import fact

PAD: Final = "pad"
MOVED: Final = "pad.moved"
DRAWN: Final = "pad.drawn"
COPIED: Final = "pad.use"
KEYED: Final = ledger.KEYED
MOST: Final = 50
"""Citations of one pad."""

_NOBODY: Final = UserId("")


@dataclass(frozen=True, slots=True)
class Pad:
    """A pad and what became of it.

    Attributes:
        id: Its record.
        program: The form and program that it was made of.
        name: The program's name.
        officer: Who has it now; empty: it was given back.
        printed_for: Whose name is on it.
        language: Of the paper (ISO 639).
        at: When it was made: local time with offset.
        entries: Its numbers as the ledger has them, in order.
        copies: How often it was printed or saved.
    """

    id: RecordId
    program: FormRef
    name: Text
    officer: UserId
    printed_for: UserId
    language: str
    at: str
    entries: tuple[Entry, ...]
    copies: int = 0

    def count(self, use: Use) -> int:
        """How many of its numbers have come to this."""
        return sum(entry.use is use for entry in self.entries)

    @property
    def numbers(self) -> tuple[str, ...]:
        """As printed."""
        return tuple(entry.number for entry in self.entries)


def pad_officers(desk: Desk) -> list[Person]:
    """Who may have a pad: those who take officer interventions, oneself first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.KEEP_PADS)
    people = {person.id: person for person in (desk.person, *desk.colleagues)}
    return [person for person in people.values() if may(person.roles, May.TAKE_CASE)]


def pad_programs(desk: Desk) -> list[tuple[str, Text]]:
    """The department's programs that issue citations: form id and name.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.KEEP_PADS)
    return [
        (ident, name) for ident, name in case_programs(desk)
        if Instrument.CITATION in terms_of(desk.library.guide(ident)).instruments
    ]  # fmt: skip


def make_pad(desk: Desk, program: str, officer: UserId, count: int, language: str = "") -> Pad:
    """Reserve the numbers of a pad, and check it out to an officer.

    Args:
        desk: Whose.
        program: A program of the department that issues citations (form id).
        officer: Whose name stands on it.
        count: 1 to 50.
        language: Of the paper; empty: the department's first.

    Raises:
        NotAllowed: Not in this person's roles.
        BadPadCount: Not 1 to 50.
        NoSuchOfficer: They do not take officer interventions.
        FormMissing: It is no program of this department.
        InstrumentNotAllowed: The program issues no citations.
        ProgramExpired: The program is not in force today.
        PaperMissing, PaperTooLong: The blank cannot be drawn; no number was taken.
        DiskFull: Nothing was made.
    """
    desk.require(May.KEEP_PADS)
    if not 1 <= count <= MOST:
        raise BadPadCount
    name = _officer_name(desk, officer)
    guide = _program(desk, program)
    language = language if language in desk.agency.languages else desk.own_language
    trial = blank_citation(desk, guide, name, language)
    desk.press.pad(trial, [trial.number])
    keep_form(desk, guide)
    ident, to = new_record_id(), desk.cases_file
    numbers = taken_numbers(desk, Pathway.OFFICER_INTERVENTION, desk.clock.local().year, count)
    fields: dict[str, Value] = {
        facts.FORM: asdict(guide.form.ref), "officer": officer, "officer_name": name,
        "count": count, facts.LANGUAGE: language, **desk.entered(),
    }  # fmt: skip
    changes = [
        *reserving(desk, to, Reserved(numbers, ledger.PAD, ident)),
        fact(to, desk.person.id, PAD, ident, fields),
    ]
    to.apply(changes, desk.act("make pad", ident))
    return pad_of(desk, ident)


def pads(desk: Desk) -> list[Pad]:
    """All pads, the newest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.KEEP_PADS)
    records = desk.cases_file.of_kind(PAD)
    known = _entries(desk, {_year(record) for record in records})
    return [_pad(desk, record, known.get(record.id, ())) for record in reversed(records)]


def pad_of(desk: Desk, ident: RecordId) -> Pad:
    """One pad.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is none.
    """
    desk.require(May.KEEP_PADS)
    record = _record(desk, ident)
    return _pad(desk, record, _entries(desk, {_year(record)}).get(ident, ()))


def pad_bytes(desk: Desk, ident: RecordId) -> bytes:
    """The PDF of a pad: drawn and archived the first time, and the same bytes from then on.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such pad.
        PaperMissing: It is not in the archive any more.
        DiskFull: It is not archived, and so not printed; its numbers stay on it.
    """
    pad, file = pad_of(desk, ident), desk.cases_file
    if drawn := file.about(ident, DRAWN):
        kept = file.blob(str(drawn[0].values["sha256"]))
        if kept is None:
            raise PaperMissing
        return kept
    name = str(_record(desk, ident).values["officer_name"])
    guide = guide_for(desk, pad.program)
    sheet = blank_citation(desk, guide, name, pad.language, pad.numbers[0])
    data = desk.press.pad(sheet, pad.numbers)
    sha256 = hashlib.sha256(data).hexdigest()
    fields: dict[str, Value] = {"sha256": sha256, **desk.entered()}
    change = fact(file, desk.person.id, DRAWN, new_record_id(), fields, about=ident)
    file.apply([change], desk.act("draw pad", ident), {sha256: data})
    return data


def note_pad_copied(desk: Desk, ident: RecordId, printer: str = "") -> None:
    """Count a copy that a printer took, or, without one, that was saved as a file.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such pad.
    """
    desk.require(May.KEEP_PADS)
    _record(desk, ident)
    how = {"how": "printed", "printer": printer} if printer else {"how": "saved"}
    _write(desk, COPIED, ident, how, "print pad" if printer else "save pad outside")


def hand_over_pad(desk: Desk, ident: RecordId, officer: UserId) -> Pad:
    """Note that somebody else has a pad now; the name printed on it stays.

    Raises:
        NotAllowed: Not in this person's roles.
        NoSuchOfficer: They do not take officer interventions.
        RecordMissing: There is no such pad.
    """
    desk.require(May.KEEP_PADS)
    _officer_name(desk, officer)
    return _move(desk, ident, officer, "hand over pad")


def return_pad(desk: Desk, ident: RecordId) -> Pad:
    """Note that a pad was given back. Its unused numbers stay good, for the next officer.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such pad.
    """
    desk.require(May.KEEP_PADS)
    return _move(desk, ident, _NOBODY, "take back pad")


def void_number(desk: Desk, number: str, reason: str) -> None:
    """Void a number of a pad whose sheet was lost or spoiled; the ledger keeps why.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
        NumberNotOnPad: It is on no pad here.
        NumberUsed: A case has it.
        NumberInWork: A colleague is keying it in.
        FactIsFinal: It was voided already.
    """
    desk.require(May.KEEP_PADS)
    if not reason.strip():
        raise ReasonMissing
    try:
        entry = unused(desk, number)
    except NumberVoid as error:
        raise FactIsFinal from error
    if draft_with(desk, entry.number):
        raise NumberInWork
    void = voiding(desk, entry.number, reason.strip())
    desk.cases_file.apply([void], desk.act("void number", RecordId(entry.pad)))


def unused(desk: Desk, number: str) -> Entry:
    """The entry of a number that can still be keyed in; the act that asks has asked for the role.

    Args:
        desk: Where.
        number: As typed or scanned.

    Raises:
        NumberNotOnPad: It is on no pad here.
        NumberVoid: It was voided.
        NumberUsed: A case has it.
    """
    wanted = number.strip().upper().partition("/")[0]
    parts = ledger.parts_of(wanted)
    found = ledger.ledger(desk, 2000 + parts[0]) if parts else []
    entry = next((one for one in found if one.number.upper() == wanted), None)
    if entry is not None and entry.use in (Use.ISSUED, Use.SEALED):
        raise NumberUsed
    if entry is None or not entry.pad:
        raise NumberNotOnPad
    if entry.use is Use.VOID:
        raise NumberVoid
    return entry


def draft_with(desk: Desk, number: str) -> RecordId:
    """The unfinished intake in which a number is being keyed in, or empty."""
    rows = [row for row in desk.cases_file.find(number, KEYED) if row.number == number]
    records = (desk.cases_file.record(row.record) for row in rows)
    drafts = (RecordId(str(record.values.get("draft"))) for record in records if record)
    return next((one for one in drafts if desk.drafts.get(one) is not None), RecordId(""))


# --- parts --------------------------------------------------------------------------------


def _program(desk: Desk, program: str) -> Guide:
    if program not in dict(case_programs(desk)):
        raise FormMissing(program)
    guide = desk.library.guide(program)
    today = desk.clock.local().date().isoformat()
    if Instrument.CITATION not in terms_of(guide).instruments:
        raise InstrumentNotAllowed
    if not guide.form.is_in_force(today):
        raise ProgramExpired
    return guide


def _officer_name(desk: Desk, officer: UserId) -> str:
    found = [person for person in pad_officers(desk) if person.id == officer]
    if not found:
        raise NoSuchOfficer
    return found[0].shown_name


def _record(desk: Desk, ident: RecordId) -> Record:
    record = desk.cases_file.record(ident)
    if record is None or record.kind != PAD:
        raise RecordMissing(ident)
    return record


def _year(record: Record) -> int:
    return int(str(record.values[facts.OPENED])[:4])


def _entries(desk: Desk, years: set[int]) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in (one for year in sorted(years) for one in ledger.ledger(desk, year)):
        if entry.pad:
            found[entry.pad] = (*found.get(entry.pad, ()), entry)
    return found


def _pad(desk: Desk, record: Record, entries: tuple[Entry, ...]) -> Pad:
    values, file = record.values, desk.cases_file
    ref = FormRef(**values[facts.FORM])
    moved = file.about(record.id, MOVED)
    guide = guide_for(desk, ref)
    return Pad(
        id=record.id, program=ref, name=guide.form.program or guide.form.title,
        officer=UserId(str(moved[-1].values["officer"] if moved else values["officer"])),
        printed_for=UserId(str(values["officer"])), language=str(values[facts.LANGUAGE]),
        at=str(values[facts.OPENED]), entries=entries,
        copies=len(file.about(record.id, COPIED)),
    )  # fmt: skip


def _move(desk: Desk, ident: RecordId, officer: UserId, what: str) -> Pad:
    _record(desk, ident)
    _write(desk, MOVED, ident, {"officer": officer}, what)
    return pad_of(desk, ident)


def _write(
    desk: Desk, kind: str, about: RecordId, told: Mapping[str, Value], what: str
) -> None:  # fmt: skip
    change = fact(
        desk.cases_file,
        desk.person.id,
        kind,
        new_record_id(),
        {**told, **desk.entered()},
        about=about,
    )
    desk.cases_file.apply([change], desk.act(what, about))


def keyed_change(desk: Desk, entry: Entry, draft: RecordId) -> Iterator[Change]:
    """The fact that a number is being keyed in."""
    fields = {facts.NUMBER: entry.number, "draft": draft, **desk.entered()}
    yield fact(
        desk.cases_file, desk.person.id, KEYED, new_record_id(), fields, about=RecordId(entry.pad)
    )
