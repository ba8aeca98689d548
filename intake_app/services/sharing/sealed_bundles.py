"""Sealed files for people outside: shown first, noted second, and only then written anywhere.

The step order is that of papers. What would leave is worked out and shown; at the press of the
button it is worked out anew and must be the same; the file is sealed in memory; that it leaves is
noted in the accounting; then a person chooses where it is written, and it is read back. Their
signed receipt comes back by whatever way, and is noted with what it answers.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from intake_app.domain.clock import stamp
from intake_app.domain.disclosure import (
    SIDE_OF,
    Addressee,
    Came,
    Cover,
    Recipient,
    RecipientKind,
    SealedFile,
)
from intake_app.domain.disclosure_errors import (
    BadReceipt,
    NotWhatWasShown,
    ReceiptKnown,
    ReceiptOfAnother,
    RecipientGone,
)
from intake_app.domain.errors import EnteredInError, RecordMissing
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.case.held import is_case
from intake_app.services.case.open_conflict import refuse_open_conflict
from intake_app.services.consents.consents import subject_of
from intake_app.services.consents.disclosed import (
    DISCLOSURE,
    EVALUATION,
    RECEIPT,
    Disclosed,
    disclosure_fact,
)
from intake_app.services.consents.disclosures import note_disclosure
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.papers.copies import HELD_CHARGE
from intake_app.services.records.writing import fact
from intake_app.services.sharing.disclosure_content import (
    WouldLeave,
    documents_of,
    from_care,
    from_case,
    purpose_of,
    words_told,
)
from intake_app.services.sharing.recipients import outsiders_of

HOW: Final = "sealed file"
WHAT: Final = "disclosure_cover"
"""What left, as the accounting calls it: the title of its first sheet."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is sealed and noted, and lies nowhere yet.

    Attributes:
        file: Its bytes.
        accounting: The note that it leaves.
        recipient: To whom.
        expires: The last day (YYYY-MM-DD) on which it may be opened.
    """

    file: SealedFile
    accounting: RecordId
    recipient: Recipient
    expires: str


@dataclass(frozen=True, slots=True)
class ReceiptNoted:
    """A receipt that was noted just now.

    Attributes:
        recipient: Whose.
        at: When they opened the file, by their clock.
    """

    recipient: str
    at: str


def recipients_for(desk: Desk, subject: RecordId) -> Sequence[Recipient]:
    """To whom something of an intake or case could be sealed: of a held charge, its prosecutor.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake or case here.
    """
    desk.require(May.DISCLOSE)
    return [one for one in _standing(desk) if _fits(one, subject_of(desk, subject))]


def what_would_leave(
    desk: Desk, subject: RecordId, recipient: str, purpose: str = ""
) -> WouldLeave:
    """What would leave in a sealed file, to be shown before it is made.

    Args:
        desk: Whose.
        subject: The intake or case.
        recipient: Id of the recipient in the signed list.
        purpose: What for, as a code of the consent; empty: what the newest consent is for.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake or case here.
        RecipientGone: There is no such recipient, or not for this.
        ContactStopped: The person asked not to be contacted.
        EnteredInError, CaseRefused: Nothing leaves of it.
    """
    desk.require(May.DISCLOSE)
    record, to = subject_of(desk, subject), _recipient(desk, recipient)
    return _would_leave(desk, record, to, purpose)


def make_disclosure(
    desk: Desk, shown: WouldLeave, subject: RecordId, purpose: str = "", request: str = ""
) -> Made:
    """Seal what was shown, and note that it leaves; nothing is written outside yet.

    Args:
        desk: Whose.
        shown: What `what_would_leave` said and a person saw.
        subject: The intake or case.
        purpose: As it was asked there.
        request: Of a case that did not go back: why the prosecutor's office asks for it.

    Raises:
        NotWhatWasShown: It is not the same any more.
        NotCovered: No consent covers it; which of its kinds says why.
        PacketNeedsRequest: The case did not go back, and no request was given.
        BundleTooLarge: It is more than a recipient would open.
        NotAllowed, RecordMissing, RecipientGone, ContactStopped, EnteredInError, CaseRefused: As
            for what would leave.
    """
    desk.require(May.DISCLOSE)
    record, to = subject_of(desk, subject), _recipient(desk, shown.recipient.id)
    would = _would_leave(desk, record, to, purpose)
    would.leaving.require()
    if (would.seen, would.expires) != (shown.seen, shown.expires):
        raise NotWhatWasShown
    documents = documents_of(desk, record, would, request)
    ident = new_record_id()
    cover = Cover(
        secrets.token_hex(16), desk.agency.name, stamp(desk.clock), purpose_of(desk, would),
        would.expires, (Addressee(to.key, ident),),
    )  # fmt: skip
    outsiders = outsiders_of(desk)
    file = outsiders.letters.seal(cover, documents, [outsiders.recipients.keys_of(to.id)])
    _note(desk, record, would, (ident, file))
    return Made(file, ident, to, would.expires)


def save_disclosure(desk: Desk, made: Made, folder: Path) -> Path:
    """Write a sealed file into a folder that a person chose, and read it back.

    Raises:
        NotAllowed: Not in one's roles.
        DiskFull, StorageFailed: It could not be written; the note stays, and one can try again.
        NotReadBack: It was written, and is not what was written.
    """
    desk.require(May.DISCLOSE)
    path = outsiders_of(desk).letters.save(folder, made.file)
    desk.station.note(desk.act("save sealed file outside"))
    return path


def receipt_came(desk: Desk, text: str) -> ReceiptNoted:
    """Note a recipient's signed receipt with what it answers.

    Raises:
        NotAllowed: Not in one's roles.
        BadReceipt: It is none, was altered, or nobody in the list signed it.
        ReceiptOfAnother: It answers nothing that left here, or not what went to them.
        ReceiptKnown: It is noted already.
    """
    desk.require(May.DISCLOSE)
    outsiders, token = outsiders_of(desk), text.strip()
    signers, payload = outsiders.recipients.signed_by(token)
    came = outsiders.letters.read_receipt(payload)
    if not _is_moment(came.at):
        raise BadReceipt("moment")
    file, note = _answered(desk, came, signers)
    if file.about(note.id, RECEIPT):
        raise ReceiptKnown
    said = {"at": came.at, "key": note.values["key"], "receipt": token, **desk.entered()}
    change = fact(file, desk.person.id, RECEIPT, new_record_id(), said, about=note.id)
    file.apply([change], desk.act("note receipt of disclosure", note.id))
    return ReceiptNoted(str(note.values.get("recipient") or ""), came.at)


# --- inside -----------------------------------------------------------------------------


def _standing(desk: Desk) -> list[Recipient]:
    return [one for one in outsiders_of(desk).recipients.all() if not one.is_taken_back]


def _recipient(desk: Desk, ident: str) -> Recipient:
    for one in _standing(desk):
        if one.id == ident:
            return one
    raise RecipientGone


def _fits(recipient: Recipient, record: Record) -> bool:
    """The wall: a prosecutor receives of cases, all others of care; an evaluator of nobody."""
    is_prosecutor = recipient.kind is RecipientKind.PROSECUTOR
    return recipient.kind in SIDE_OF and is_prosecutor == is_case(record)


def _would_leave(desk: Desk, record: Record, to: Recipient, purpose: str) -> WouldLeave:
    if not _fits(to, record):
        raise RecipientGone("kind")
    if record.is_deleted:
        raise EnteredInError(record.id)
    if is_case(record):
        return from_case(desk, record, to)
    refuse_open_conflict(desk.care_file, record)
    return from_care(desk, record, to, purpose)


def _note(desk: Desk, record: Record, would: WouldLeave, made: tuple[RecordId, SealedFile]) -> None:
    """Note that it leaves, beside what it is of; a word of treatment beside its consent too."""
    ident, file = made
    said = Disclosed(
        WHAT, would.recipient.name, sha256=file.sha256, number=would.number, how=HOW,
        party=would.recipient.party, key=would.recipient.id,
    )  # fmt: skip
    if not is_case(record):
        note_disclosure(desk, record.id, _under(would, said, would.fields), ident)
        return
    if words := words_told(desk, would):
        note_disclosure(desk, record.id, _under(would, said, words))
    held = replace(said, exception=HELD_CHARGE)
    change = disclosure_fact(desk, desk.cases_file, record.id, held, ident)
    desk.cases_file.apply([change], desk.act("note disclosure", ident))


def _under(would: WouldLeave, said: Disclosed, fields: Sequence[str]) -> Disclosed:
    """The same under the consent that allows it."""
    consent = would.under.consent if would.under else None
    if consent is None:
        return said
    return replace(said, consent=consent.id, purpose=consent.purpose, fields=tuple(fields))


def _answered(desk: Desk, came: Came, signers: frozenset[str]) -> tuple[Records, Record]:
    """The note that a receipt answers, and where it lies."""
    for file in (desk.care, desk.cases):
        try:
            note = file.record(came.accounting) if file is not None else None
        except RecordMissing:
            continue
        if file is None or note is None or note.kind not in {DISCLOSURE, EVALUATION}:
            continue
        if note.values.get("key") in signers and note.values.get("sha256") == came.sha256:
            return file, note
    raise ReceiptOfAnother


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
