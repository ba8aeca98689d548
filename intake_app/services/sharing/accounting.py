"""The accounting of disclosures: all that left about a person, over all their intakes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.entry import show_moment
from intake_app.domain.errors import FormMissing, RecordMissing
from intake_app.domain.form import Choice, FormRef
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.services.consents.consents import consent_record, subject_of
from intake_app.services.consents.disclosed import RECEIPT, Disclosure, disclosures_about, what_left
from intake_app.services.consents.disclosures import EXCEPTIONS
from intake_app.services.desk import Desk
from intake_app.services.drawing.beside import Beside
from intake_app.services.drawing.making import basis_in
from intake_app.services.papers.papers import IssuedPaper, issue_for
from intake_app.services.people.persons import intakes_of
from intake_app.services.records.form_versions import guide_for
from intake_app.words import Words

ACCOUNTING: Final = "disclosure_accounting"
"""Id of the paper."""

_HASH: Final = 12
"""So many characters of a hash are printed: enough to tell one file from another."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One disclosure in words.

    Attributes:
        id: Its record.
        at: When: a moment.
        what: What left.
        recipient: To whom.
        purpose: What for.
        reason: The consent or exception that allowed it.
        by: Who did it: shown name.
        sha256: Hash of the file, or empty.
        received: When its recipient signed that it came (a moment), or empty.
    """

    id: RecordId
    at: str
    what: str
    recipient: str
    purpose: str
    reason: str
    by: str
    sha256: str
    received: str = ""


def disclosures_of(desk: Desk, subject: RecordId, language: str) -> tuple[Entry, ...]:
    """All that left about the person of an intake (or about a case), the oldest first, in words.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake or case here.
    """
    desk.require(May.KEEP_CONSENT)
    return _entries(desk, subject, language)


def print_accounting(desk: Desk, subject: RecordId) -> IssuedPaper:
    """Issue the accounting for the person, in their language; it is a paper like others.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake or case here.
        PaperMissing: The paper file is not there.
    """
    desk.require(May.KEEP_CONSENT)
    record = subject_of(desk, subject)
    language = str(record.values[facts.LANGUAGE])
    entries = _entries(desk, subject, language)
    none = Words(language).text("Nothing was shared outside of this department.")
    rows = [
        (show_moment(one.at, language), one.what, _to_whom(one, language), one.purpose, one.reason,
         one.by, one.sha256[:_HASH])
        for one in entries
    ]  # fmt: skip
    said = {} if entries else {"accounting_none": none}
    around = Beside(said=said, rows={"disclosures": rows})
    basis = basis_in(desk, desk.file_with(subject, "read"), record, around)
    return issue_for(desk, record, basis, ACCOUNTING)


def _entries(desk: Desk, subject: RecordId, language: str) -> tuple[Entry, ...]:
    file = desk.file_with(subject, "read")
    found = disclosures_about(file, [row.record for row in intakes_of(desk, subject)])
    if desk.care is not None and file is not desk.care:
        found += disclosures_about(desk.care, [subject])
    exceptions = desk.library.codes(EXCEPTIONS)
    entries = [
        _entry(desk, one, language, exceptions) for one in sorted(found, key=lambda d: d.said.at)
    ]
    came = {one.sha256: one.received for one in entries if one.sha256 and one.received}
    return tuple(replace(one, received=came.get(one.sha256, "")) for one in entries)


def _entry(desk: Desk, one: Disclosure, language: str, exceptions: Sequence[Choice]) -> Entry:
    said = one.said
    return Entry(
        id=one.id,
        at=said.at,
        what=what_left(desk, said, language),
        recipient=said.recipient,
        purpose=_purpose(desk, one, language),
        reason=_reason(one, language, exceptions),
        by=desk.name_of(one.by),
        sha256=said.sha256,
        received=_received(desk, one.id),
    )


def _received(desk: Desk, disclosure: RecordId) -> str:
    """When its recipient signed that it came; the first receipt, where stations noted two."""
    files = (file for file in (desk.care, desk.cases) if file is not None)
    return min((str(r.values["at"]) for f in files for r in f.about(disclosure, RECEIPT)),
               default="")  # fmt: skip


def _to_whom(one: Entry, language: str) -> str:
    if not one.received:
        return one.recipient
    when, words = show_moment(one.received, language), Words(language)
    return words.text("{name}, received {when}", name=one.recipient, when=when)


def _reason(one: Disclosure, language: str, exceptions: Sequence[Choice]) -> str:
    if one.said.exception:
        known = {code.id: code for code in exceptions}
        code = known.get(one.said.exception)
        return f"{code.label.said_in(language)} ({code.standard})" if code else one.said.exception
    return Words(language).text("Consent of the person")


def _purpose(desk: Desk, one: Disclosure, language: str) -> str:
    """The purpose in the words of the consent's form; what was written down stays as it is."""
    try:
        consent = consent_record(desk.care_file, RecordId(one.said.consent))
        kept = consent.values.get(facts.FORM) or subject_of(desk, one.about).values[facts.FORM]
        guide = guide_for(desk, FormRef(**kept))
    except (RecordMissing, FormMissing):
        return one.said.purpose
    return guide.shown("consent_purpose", one.said.purpose, language) or one.said.purpose
