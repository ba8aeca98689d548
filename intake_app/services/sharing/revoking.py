"""Taking a consent back: it blocks at once, finds all that was sent, and tells who received it.

Aloud counts as in writing, from that moment; that it was confirmed in writing is a second fact.
Nothing that was sent is forgotten, and what was issued and not printed yet stays in the archive:
printing it is refused (`papers.paper_bytes`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.clock import stamp
from intake_app.domain.consent import Held
from intake_app.domain.consent_errors import RevokedAlready
from intake_app.domain.entry import show_date, show_moment
from intake_app.domain.errors import NotYetHappened, RecordMissing
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.consents.consents import REVOKED, consent_record, held_one, subject_of
from intake_app.services.consents.disclosed import Disclosure, disclosures_about, what_left
from intake_app.services.consents.report_back import block
from intake_app.services.desk import Desk
from intake_app.services.drawing.beside import Beside
from intake_app.services.drawing.issued_paper import IssuedPaper, with_title
from intake_app.services.drawing.making import basis_in
from intake_app.services.drawing.provider_words import words_of_provider
from intake_app.services.papers.papers import issue_for, issued_in
from intake_app.services.records.choices import require_choice
from intake_app.services.records.consent_watch import unwatch_changes
from intake_app.services.records.writing import fact

NOTICE: Final = "revocation_notice"
"""Id of the paper that tells whoever received something."""

TOLD: Final = "consent.told"
"""Kind of a fact about a consent: a recipient was told that it was taken back."""

HOW: Final = "revoked_how"
TOLD_HOW: Final = "told_how"
WRITTEN: Final = "written"
"""In the code table: this way of taking back is in writing and needs no confirmation."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who received something under a consent.

    Attributes:
        name: Who.
        got: What they received, the oldest first.
        told: How they were told that it was taken back (a code), or empty.
        told_at: When, or empty.
    """

    name: str
    got: tuple[Disclosure, ...]
    told: str = ""
    told_at: str = ""


@dataclass(frozen=True, slots=True)
class Traces:
    """What exists under a consent.

    Attributes:
        held: The consent.
        receivers: Who received something.
        waiting: Papers that were issued and never printed or saved: they stay here.
    """

    held: Held
    receivers: tuple[Receiver, ...]
    waiting: tuple[IssuedPaper, ...]

    @property
    def owed(self) -> tuple[Receiver, ...]:
        """Who was not told yet."""
        return tuple(one for one in self.receivers if not one.told)


@dataclass(frozen=True, slots=True)
class Revoking:
    """What is said of a consent that is taken back.

    Attributes:
        how: "letter", "email" or "oral": a code of `revoked_how`.
        at: When the person said or wrote so: a moment; empty: now.
        note: Words of one's own.
    """

    how: str
    at: str = ""
    note: str = ""


def revoke(desk: Desk, consent: RecordId, said: Revoking) -> Traces:
    """Take a consent back; nothing leaves under it from now on.

    Returns:
        What exists under it: who is to be told, and what waits to be printed.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such consent here.
        UnknownCode: It was taken back in a way that there is not.
        NotYetHappened: The moment is still to come.
        RevokedAlready: It was taken back in writing before.
    """
    desk.require(May.KEEP_CONSENT)
    file = desk.care_file
    record = consent_record(file, consent)
    how = require_choice(desk, HOW, said.how)
    at = said.at or stamp(desk.clock)
    if at[:10] > desk.clock.local().date().isoformat():
        raise NotYetHappened
    held = held_one(desk, record)
    is_written = how.measure == WRITTEN
    if held.is_confirmed or (held.revocations and not is_written):
        raise RevokedAlready
    values = {
        "how": said.how,
        "at": at,
        "confirmed": is_written,
        "note": said.note,
        **desk.entered(),
    }
    change = fact(file, desk.person.id, REVOKED, new_record_id(), values, about=consent)
    block(desk, record.about, held)
    changes = [change, *unwatch_changes(desk, file, consent)]
    file.apply(changes, desk.act("revoke consent", consent))
    return _traces(desk, record)


def traces(desk: Desk, consent: RecordId) -> Traces:
    """What exists under a consent.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such consent here.
    """
    desk.require(May.KEEP_CONSENT)
    return _traces(desk, consent_record(desk.care_file, consent))


def print_notice(desk: Desk, consent: RecordId, recipient: str) -> IssuedPaper:
    """Issue the notice to somebody who received something; it says the number, no name.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such consent, it was not taken back, or they received nothing.
        PaperMissing: The paper file is not there.
    """
    desk.require(May.KEEP_CONSENT)
    file = desk.care_file
    record = consent_record(file, consent)
    found = _traces(desk, record)
    receiver = next((one for one in found.receivers if one.name == recipient), None)
    subject = subject_of(desk, record.about)
    if receiver is None or not found.held.revocations:
        raise RecordMissing(consent)
    around = _beside(desk, receiver, found.held, str(subject.values[facts.NUMBER]))
    basis = basis_in(desk, desk.file_with(subject.id, "read"), subject, around)
    return issue_for(desk, subject, basis, NOTICE)


def note_told(desk: Desk, consent: RecordId, recipient: str, how: str) -> None:
    """Note that somebody was told that the consent was taken back.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such consent here.
        UnknownCode: They were told in a way that there is not.
    """
    desk.require(May.KEEP_CONSENT)
    file = desk.care_file
    _ = consent_record(file, consent)
    require_choice(desk, TOLD_HOW, how)
    values = {"recipient": recipient, "how": how, "at": stamp(desk.clock), **desk.entered()}
    change = fact(file, desk.person.id, TOLD, new_record_id(), values, about=consent)
    file.apply([change], desk.act("tell of revoked consent", consent))


# --- finding ----------------------------------------------------------------------------


def _traces(desk: Desk, record: Record) -> Traces:
    file, subject = desk.care_file, record.about
    sent = [d for d in disclosures_about(file, [subject]) if d.said.consent == record.id]
    told = {str(one.values["recipient"]): one for one in file.about(record.id, TOLD)}
    names = dict.fromkeys(one.said.recipient for one in sent)
    receivers = tuple(_receiver(name, sent, told.get(name)) for name in names)
    papers = issued_in(file, subject)
    waiting = tuple(
        with_title(desk, one) for one in papers
        if one.consent == record.id and not (one.copies or one.replaced_by)
    )  # fmt: skip
    return Traces(held_one(desk, record), receivers, waiting)


def _receiver(name: str, sent: Sequence[Disclosure], told: Record | None) -> Receiver:
    got = tuple(one for one in sent if one.said.recipient == name)
    if told is None:
        return Receiver(name, got)
    return Receiver(name, got, str(told.values["how"]), str(told.values["at"]))


def _beside(desk: Desk, receiver: Receiver, held: Held, number: str) -> Beside:
    """What the notice shows: who is told, since when, and what they received."""
    language, party = desk.own_language, held.consent.recipient
    known = words_of_provider(desk, party.id, language)
    said = {
        "notice_to": receiver.name,
        "notice_to_address": known.get("address", ""),
        "notice_to_phone": known.get("phone", ""),
        "revoked_on": show_date(held.revocations[0].at[:10], language),
        "intake_number": number,
    }
    rows = [
        (one.said.number, what_left(desk, one.said, language), show_moment(one.said.at, language))
        for one in receiver.got
    ]
    return Beside(said=said, rows={"sent": rows})
