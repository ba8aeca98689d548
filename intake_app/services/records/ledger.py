"""The number ledger: every citation number with what became of it, and a reason for every gap.

A number is a fact of its own in `cases`, written when it is reserved, before anything is issued
under it. So a power cut leaves a number that says "nothing was issued", never a number given twice.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change
from intake_app.domain.clock import stamp
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.listing import Row
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.veil import unveiled
from intake_app.services.records.writing import fact
from intake_app.words import mark

NUMBER: Final = "number"
VOID: Final = "number.void"
KEYED: Final = "number.keyed"
CASE: Final = "case"
PAD: Final = "pad"
"""What a number was reserved for: one case, or a pad of blank citations."""

_NOBODY, _NONE = UserId(""), RecordId("")
_ALL: Final = 1_000_000
_PARTS: Final = re.compile(r".*-(\d\d)-([A-Z]+)(\d+)-[0-9A-Z]").fullmatch


class Use(StrEnum):
    """What became of a number."""

    ISSUED = "issued"
    VOID = "void"
    ON_PAD = "on_pad"
    WAITING = "waiting"  # reserved; nothing was issued
    SEALED = "sealed"  # with its case; nothing else is kept of it
    LOST = "lost"  # a gap: the power went before it was written down, or a backup was put back


WHY: Final[Mapping[Use, str]] = {
    Use.ISSUED: mark("Issued."),
    Use.VOID: mark("Voided."),
    Use.ON_PAD: mark("On a pad of blank citations, not keyed in yet."),
    Use.WAITING: mark("Reserved, and nothing was issued. It may belong to an unfinished intake."),
    Use.SEALED: mark("Its case is sealed. The privacy officer has it."),
    Use.LOST: mark(
        "Not used: the program stopped before, or a backup was put back. Papers that were issued "
        "after that backup may bear it."
    ),
}
"""The sentence that explains a number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One number.

    Attributes:
        number: As printed; empty where it was lost.
        letter: The series of a station ("AC").
        serial: Counts up from 1 each year.
        use: What became of it.
        at: When it was reserved, or empty.
        by: Who reserved it, or empty.
        reason: Why it was voided, in words.
        pad: The pad that it is on, or empty.
        record: The case that has it now, or empty.
    """

    number: str
    letter: str
    serial: int
    use: Use
    at: str = ""
    by: UserId = _NOBODY
    reason: str = ""
    pad: str = ""
    record: RecordId = _NONE


@dataclass(frozen=True, slots=True)
class Reserved:
    """Numbers that were reserved together.

    Attributes:
        numbers: As printed.
        purpose: `CASE` or `PAD`.
        pad: The pad, for those of a pad.
    """

    numbers: tuple[str, ...]
    purpose: str = CASE
    pad: str = ""


def ledger(desk: Desk, year: int) -> list[Entry]:
    """Every number of a year, of all stations whose cases are here, and every gap between them.

    Raises:
        NotAllowed: Not in this person's roles.
        NoGrant: They do not hold the key.
    """
    desk.require(May.FIND_CASES)
    file = unveiled(desk.cases_file)  # numbers name nobody, and none is given twice
    cases = {row.number: row for row in file.newest(INTAKE, _ALL)}
    known = {row.number: _of_case(row) for row in cases.values() if _is_of(row.number, year)}
    known |= {entry.number: entry for entry in _noted(file, year, cases)}
    by_series: dict[str, dict[int, Entry]] = {}
    for entry in known.values():
        by_series.setdefault(entry.letter, {})[entry.serial] = entry
    return [
        found.get(serial) or Entry("", letter, serial, Use.LOST)
        for letter, found in sorted(by_series.items())
        for serial in range(1, max(found) + 1)
    ]


def last_serial(file: Records, letter: str, year: int) -> int:
    """The highest serial of a station's series that a file knows; 0 without one.

    Where another file of the profile was restored from an older copy, this one still knows.
    """
    file = unveiled(file)
    rows = chain(file.newest(NUMBER, _ALL, str(year)), file.newest(INTAKE, _ALL, str(year)))
    parts = (parts_of(row.number) for row in rows)
    return max((p[2] for p in parts if p and p[:2] == (year % 100, letter)), default=0)


def parts_of(number: str) -> tuple[int, str, int] | None:
    """Year (two digits), series and serial of a number; None if it is none."""
    found = _PARTS(number)
    return (int(found[1]), found[2], int(found[3])) if found else None


def reserving(desk: Desk, to: Records, reserved: Reserved) -> Iterator[Change]:
    """The facts of reserved numbers."""
    about = {"purpose": reserved.purpose, "pad": reserved.pad, facts.BY: desk.person.id}
    for number in reserved.numbers:
        fields = {**about, facts.NUMBER: number, facts.OPENED: stamp(desk.clock)}
        yield fact(to, desk.person.id, NUMBER, new_record_id(), fields)


def voiding(desk: Desk, number: str, reason: str) -> Change:
    """The fact that voids a number, to be written with whatever makes it void.

    Raises:
        NoGrant: This person does not hold the key.
    """
    to, user = desk.cases_file, desk.person.id
    fields = {
        facts.NUMBER: number, facts.OPENED: stamp(desk.clock), facts.BY: user,
        facts.REASON: reason,
    }  # fmt: skip
    return fact(to, user, VOID, new_record_id(), fields)


def sealed_numbers(desk: Desk, number: str) -> tuple[list[Change], list[Record]]:
    """What the ledger keeps of a case that is sealed: the number, its year and one word.

    Returns:
        The fact to write, and the facts to purge in the same transaction: they say who and when.

    Raises:
        NoGrant: This person does not hold the key.
    """
    to, parts = desk.cases_file, parts_of(number)
    found = (row for kind in (NUMBER, VOID, KEYED) for row in to.find(number, kind))
    rows = [row for row in found if row.number == number]
    old = [record for row in rows if (record := to.record(row.record)) is not None]
    if parts is None:
        return [], old
    fields = {facts.NUMBER: number, facts.OPENED: f"20{parts[0]:02}", "sealed": True}
    return [fact(to, desk.person.id, NUMBER, new_record_id(), fields)], old


def is_void(desk: Desk, number: str) -> bool:
    """Whether a number was voided."""
    return any(row.number == number for row in desk.cases_file.find(number, VOID))


def _is_of(number: str, year: int) -> bool:
    parts = parts_of(number)
    return parts is not None and parts[0] == year % 100


def _of_case(row: Row) -> Entry:
    """A number that only its case knows: this file was restored from an older copy meanwhile."""
    _, letter, serial = parts_of(row.number) or (0, "", 0)
    return Entry(row.number, letter, serial, Use.ISSUED, at=row.opened, record=row.record)


def _noted(file: Records, year: int, cases: Mapping[str, Row]) -> Iterator[Entry]:
    """The numbers that were written down when they were reserved."""
    voids = {str(r.values.get(facts.NUMBER)): r for r in file.of_kind(VOID)}
    for record in file.of_kind(NUMBER):
        number = str(record.values.get(facts.NUMBER))
        parts = parts_of(number)
        if parts is None or not _is_of(number, year):
            continue
        pad = str(record.values.get("pad") or "")
        void = voids.get(number)
        use = _use(number in cases, void is not None, bool(pad))
        if record.values.get("sealed"):
            use = Use.SEALED
        yield Entry(
            number, parts[1], parts[2], use,
            at=str(record.values.get(facts.OPENED) or ""),
            by=UserId(str(record.values.get(facts.BY) or "")),
            reason=str(void.values.get(facts.REASON) or "") if void else "",
            pad=pad,
            record=cases[number].record if number in cases else _NONE,
        )  # fmt: skip


def _use(is_issued: bool, is_voided: bool, is_on_pad: bool) -> Use:
    if is_voided:
        return Use.VOID
    if is_issued:
        return Use.ISSUED
    return Use.ON_PAD if is_on_pad else Use.WAITING
