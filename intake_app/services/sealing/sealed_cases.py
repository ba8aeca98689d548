"""Sealed cases: a list by number and month, and a case read whole; each opening is logged."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.act import AuditLine
from intake_app.domain.case_act import CaseAct
from intake_app.domain.errors import NoGrant, PaperMissing
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.case.held import acts_in, case_record
from intake_app.services.desk import Desk
from intake_app.services.drawing.issued_paper import PAPER, IssuedPaper, with_title
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.records.answers import answers_of
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.sealing.sealing import LEFT, LOG

_ALL: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A sealed case as the list names it: never by the person.

    Attributes:
        record: The case.
        number: Its number.
        month: YYYY-MM in which it was opened.
    """

    record: RecordId
    number: str
    month: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """A change as it was written while the case was held.

    Attributes:
        kind: Of the record.
        by: Who wrote it.
        fields: Which fields got which values.
    """

    kind: str
    by: UserId
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SealedCase:
    """A sealed case, as its page shows it.

    Attributes:
        record: The case.
        number: Its number.
        opened: Local time with offset.
        guide: The form that it was taken with.
        answers: To it.
        acts: What happened, in order.
        papers: What was issued, oldest first.
        others: More records of the case, by kind: conditions, offers, overrides.
        log: Every change as it was written, oldest first.
    """

    record: RecordId
    number: str
    opened: str
    guide: Guide
    answers: Answers
    acts: tuple[CaseAct, ...]
    papers: tuple[IssuedPaper, ...]
    others: Mapping[str, tuple[Record, ...]]
    log: tuple[LogLine, ...]


def sealed_cases(desk: Desk) -> list[SealedRow]:
    """All sealed cases, newest first; without a word of who they are about.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key.
    """
    desk.require(May.READ_SEALED)
    rows = _file(desk).newest(INTAKE, _ALL)
    return [SealedRow(row.record, row.number, row.opened[:7]) for row in rows]


def read_sealed(desk: Desk, ident: RecordId) -> SealedCase:
    """Open a sealed case; that it was opened is logged first.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key.
        RecordMissing: There is no such case.
        FormMissing: Neither the form's file nor a kept text of it is there.
    """
    desk.require(May.READ_SEALED)
    file = _file(desk)
    file.note(desk.act("read sealed case", ident))
    record = case_record(file, ident)
    guide = guide_of_record(desk, record)
    kept = (IssuedPaper(one.id, ident, **one.values["paper"]) for one in file.about(ident, PAPER))
    papers = [with_title(desk, paper) for paper in kept]
    return SealedCase(
        record=ident,
        number=str(record.values[facts.NUMBER]),
        opened=str(record.values[facts.OPENED]),
        guide=guide,
        answers=answers_of(file, record, guide),
        acts=acts_in(file, ident),
        papers=tuple(sorted(papers, key=lambda paper: int(paper.number.rpartition("/")[2]))),
        others=_others(file, ident),
        log=tuple(_log(file, ident)),
    )


def sealed_paper(desk: Desk, issued: IssuedPaper) -> bytes:
    """The PDF of a sealed case as it was issued; that it was opened is logged.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key.
        PaperMissing: It is not there.
    """
    desk.require(May.READ_SEALED)
    file = _file(desk)
    file.note(desk.act("read sealed paper", issued.record))
    data = file.blob(issued.sha256)
    if data is None:
        raise PaperMissing
    return data


def audit_of_sealed(desk: Desk, ident: RecordId) -> list[AuditLine]:
    """Who opened a sealed case, and when; that somebody looked is logged too.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key.
    """
    desk.require(May.READ_SEALED)
    lines = _file(desk).audit_of([ident])
    _file(desk).note(desk.act("read audit of sealed case", ident))
    return lines


def _file(desk: Desk) -> Records:
    if desk.sealed is None:
        raise NoGrant("sealed")
    return desk.sealed


def _others(file: Records, case: RecordId) -> dict[str, tuple[Record, ...]]:
    found: dict[str, tuple[Record, ...]] = {}
    for record in file.whole(case):
        if record.id != case and record.kind not in {LOG, PAPER, LEFT}:
            found[record.kind] = (*found.get(record.kind, ()), record)
    return found


def _log(file: Records, case: RecordId) -> list[LogLine]:
    told = [
        json.loads(line) for one in file.about(case, LOG) for line in one.values.get("lines", ())
    ]
    return [
        LogLine(str(raw["kind"]), UserId(raw["user"]), raw["fields"])
        for raw in sorted(told, key=lambda raw: str(raw["id"]))
    ]
