"""Scans and photos beside an intake or a case: kept as archived bytes in the same encrypted file.

The name of the file they came from is not kept: it may say anything. Nothing is written to disk on
the way in or out. A PDF is cleaned here; a picture comes drawn anew from the window and is refused
if it carries more than what is seen.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain import facts
from intake_app.domain.attachment import MEGABYTE, Kind, has_hidden_data, kind_of
from intake_app.domain.care_errors import (
    FileBroken,
    FileHasMore,
    FileKeptAlready,
    FileKindUnknown,
    FileTooLarge,
)
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import fold
from intake_app.domain.errors import (
    CaseRefused,
    EnteredInError,
    ReasonMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.pathway import Doing, room_of
from intake_app.domain.record import Record
from intake_app.domain.roles import may
from intake_app.domain.text import Text
from intake_app.services.case.held import acts_in, is_case
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.writing import create, hide
from intake_app.services.signing.setting_up import read_agency

ATTACHMENT: Final = "attachment"
"""Kind of a record about an intake: {"sha256", "kind", "label", "pages", "size", "at"}."""

CARE_LABELS, CASE_LABELS = "attachments_care", "attachments_case"
"""Code tables: what may lie in which room. Treatment is in the first alone."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One scan or photo.

    Attributes:
        record: Its record.
        kind: PDF or picture.
        label: What it is, in the department's words.
        pages: How many.
        size: Bytes.
        at: When it was added: local time with offset.
        by: Who added it.
    """

    record: RecordId
    kind: Kind
    label: Text
    pages: int
    size: int
    at: str
    by: UserId


@dataclass(frozen=True, slots=True)
class Attachments:
    """What lies beside an intake, and what may be added.

    Attributes:
        kept: The newest first.
        labels: What a new one may be called.
        limit: Bytes that one may have.
        may_add: This person may add and take away.
    """

    kept: tuple[Attachment, ...]
    labels: tuple[Choice, ...]
    limit: int
    may_add: bool


@dataclass(frozen=True, slots=True)
class _Checked:
    """Bytes that may be kept."""

    data: bytes = field(repr=False)
    kind: Kind
    pages: int


def attachments_of(desk: Desk, intake: RecordId) -> Attachments:
    """What lies beside an intake or case; that the list was read is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake in a file that this person can open.
    """
    file, record = _intake(desk, intake, "read")
    file.note(desk.act("read attachments", intake))
    labels = _labels(desk, record)
    kept = [_attachment(one, labels) for one in file.about(intake, ATTACHMENT)]
    kept.sort(key=lambda one: one.at, reverse=True)
    room = room_of(str(record.values[facts.PATHWAY]))
    may_add = may(desk.person.roles, room.amend) and not record.is_deleted
    return Attachments(tuple(kept), labels, limit_of(desk), may_add)


def limit_of(desk: Desk) -> int:
    """How many bytes a file may have, as the department decided; a part of other acts."""
    return read_agency(desk.station).attachment_mb * MEGABYTE


def add_attachment(desk: Desk, intake: RecordId, data: bytes, label: str) -> RecordId:
    """Keep a scan or photo.

    Args:
        desk: Whose.
        intake: The intake or case.
        data: A PDF as it came; a picture that was drawn anew.
        label: A code of the room's table: what it is.

    Returns:
        The record of the attachment.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake in a file that this person can open.
        EnteredInError: The intake is out of all lists.
        CaseRefused: The case is sealed.
        UnknownCode: There is no such label for this room.
        FileTooLarge, FileKindUnknown, FileBroken, FileLocked, FileHasMore: It cannot be kept.
        FileKeptAlready: It lies beside this intake already.
        DiskFull: Nothing was kept.
    """
    file, record = _intake(desk, intake, "amend")
    _refuse_closed(file, record)
    if label not in {one.id for one in _labels(desk, record)}:
        raise UnknownCode
    checked = _checked(desk, data)
    sha256 = hashlib.sha256(checked.data).hexdigest()
    if any(one.values.get("sha256") == sha256 for one in file.about(intake, ATTACHMENT)):
        raise FileKeptAlready
    entered = desk.entered()
    said = {
        "sha256": sha256, "kind": checked.kind, "label": label, "pages": checked.pages,
        "size": len(checked.data), "at": entered[facts.OPENED], **entered,
    }  # fmt: skip
    ident = new_record_id()
    change = create(file, desk.person.id, ATTACHMENT, ident, said, about=intake)
    file.apply([change], desk.act("add attachment", ident), {sha256: checked.data})
    return ident


def attachment_bytes(desk: Desk, attachment: RecordId) -> bytes:
    """Open one; that it was opened is logged first.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: It is not in a file that this person can open, or it was taken away.
    """
    file, record = _found(desk, attachment, "read")
    file.note(desk.act("read attachment", attachment))
    return _bytes(file, record)


def thumbnail_bytes(desk: Desk, attachment: RecordId) -> bytes:
    """The same for a small picture in the list, which was logged as a whole."""
    return _bytes(*_found(desk, attachment, "read"))


def note_attachment_printed(desk: Desk, attachment: RecordId, printer: str) -> None:
    """Log that a printer took it.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: It is not in a file that this person can open.
    """
    file, _ = _found(desk, attachment, "read")
    file.note(desk.act(f"print attachment on {printer or 'file'}", attachment))


def remove_attachment(desk: Desk, attachment: RecordId, reason: str) -> None:
    """Take one out of the list; its bytes stay until the intake is purged.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
        RecordMissing: It is not in a file that this person can open.
        CaseRefused: The case is sealed.
    """
    desk.rooms_for("amend")
    if not reason.strip():
        raise ReasonMissing
    file, record = _found(desk, attachment, "amend")
    _, intake = _intake(desk, record.about, "amend")
    _refuse_closed(file, intake)
    file.apply(
        [hide(file, desk.person.id, record, reason)], desk.act("remove attachment", attachment)
    )


# --- inside -----------------------------------------------------------------------------


def _intake(desk: Desk, ident: RecordId, doing: Doing) -> tuple[Records, Record]:
    file = desk.file_with(ident, doing)
    return file, intake_in(file, ident)


def _found(desk: Desk, ident: RecordId, doing: Doing) -> tuple[Records, Record]:
    file = desk.file_with(ident, doing)
    record = file.record(ident)
    if record is None or record.is_purged or record.is_deleted or record.kind != ATTACHMENT:
        raise RecordMissing(ident)
    return file, record


def _refuse_closed(file: Records, intake: Record) -> None:
    if intake.is_deleted:
        raise EnteredInError(intake.id)
    if is_case(intake) and fold(acts_in(file, intake.id)).is_sealed:
        raise CaseRefused([Refusal.SEALED])


def _labels(desk: Desk, intake: Record) -> tuple[Choice, ...]:
    return desk.library.codes(CASE_LABELS if is_case(intake) else CARE_LABELS)


def _checked(desk: Desk, data: bytes) -> _Checked:
    if len(data) > limit_of(desk):
        raise FileTooLarge
    kind = kind_of(data)
    if kind is None:
        raise FileKindUnknown
    if kind is Kind.PDF:
        clean = desk.press.clean(data)
        if len(clean.data) > limit_of(desk):
            raise FileTooLarge
        return _Checked(clean.data, kind, clean.pages)
    if has_hidden_data(data):
        raise FileHasMore
    return _Checked(data, kind, 1)


def _bytes(file: Records, record: Record) -> bytes:
    data = file.blob(str(record.values["sha256"]))
    if data is None:
        raise FileBroken
    return data


def _attachment(record: Record, labels: tuple[Choice, ...]) -> Attachment:
    said = record.values
    named = {one.id: one.label for one in labels}
    label = str(said["label"])
    return Attachment(
        record=record.id,
        kind=Kind(said["kind"]),
        label=named.get(label) or Text({"en": label}),
        pages=int(said["pages"]),
        size=int(said["size"]),
        at=str(said["at"]),
        by=UserId(said[facts.BY]),
    )
