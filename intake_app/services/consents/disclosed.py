"""What left this computer: one fact for each time, kept with the intake or case, never deleted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.errors import PaperMissing
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records, Stamps
from intake_app.services.records.writing import fact

DISCLOSURE: Final = "disclosure"

EVALUATION: Final = "evaluation"
"""Kind of the fact that keeps which counts went out: {"first", "last", "rows", "key", "sha256"}."""

RECEIPT: Final = "disclosure.receipt"
"""Kind of a fact about a disclosure: its recipient signed that it came; {"at", "key", …}."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Something with a person's data that left.

    Attributes:
        what: Id of the paper, or what else it was, in words.
        recipient: To whom.
        purpose: What for: a code of the consent, or words.
        consent: The consent that allowed it, or empty.
        exception: The exception that allowed it (a code of `disclosure_exceptions`), or empty.
        fields: The questions whose answers it told.
        sha256: Hash of the file or paper, hex; empty for what was said.
        number: Receipt number of the paper, or empty.
        how: "printed", "saved", "fax", "sealed file", "said", …
        at: When: local time with offset; empty: now.
        party: The recipient's record in the directory of providers, or empty.
        key: The recipient's entry in the signed list, where it was sealed to them.
    """

    what: str
    recipient: str
    purpose: str = ""
    consent: str = ""
    exception: str = ""
    fields: tuple[str, ...] = ()
    sha256: str = ""
    number: str = ""
    how: str = ""
    at: str = ""
    party: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One that was kept.

    Attributes:
        id: Its record.
        about: The intake or case.
        said: What left.
        by: Who did it.
    """

    id: RecordId
    about: RecordId
    said: Disclosed
    by: UserId = field(default=UserId(""))


def disclosure_fact(
    desk: Desk, to: Stamps, about: RecordId, said: Disclosed, ident: RecordId | None = None
) -> Change:
    """The change that keeps it; for the transaction in which it leaves.

    Args:
        desk: Whose.
        to: The file that it will be applied to.
        about: The intake or case.
        said: What leaves.
        ident: Its record, where that was drawn before; None: a new one.
    """
    fields: dict[str, Value] = {
        "what": said.what,
        "recipient": said.recipient,
        "purpose": said.purpose,
        "consent": said.consent,
        "exception": said.exception,
        "fields": sorted(said.fields),
        "sha256": said.sha256,
        "number": said.number,
        "how": said.how,
        "party": said.party,
        "key": said.key,
        "at": said.at or stamp(desk.clock),
        **desk.entered(),
    }
    return fact(to, desk.person.id, DISCLOSURE, ident or new_record_id(), fields, about=about)


def what_left(desk: Desk, said: Disclosed, language: str) -> str:
    """What left, in words: the title of a paper, or what was written down."""
    try:
        return desk.library.paper(said.what).title.said_in(language)
    except PaperMissing:
        return said.what


def disclosures_about(file: Records, subjects: Sequence[RecordId]) -> list[Disclosure]:
    """All that left about some intakes or cases, the oldest first."""
    found = [_read(one) for subject in subjects for one in file.about(subject, DISCLOSURE)]
    return sorted(found, key=lambda one: (one.said.at, one.id))


def _read(record: Record) -> Disclosure:
    values = record.values
    texts = {
        name: str(values.get(name) or "")
        for name in (
            "what", "recipient", "purpose", "consent", "exception", "sha256", "number", "how", "at",
            "party", "key",
        )
    }  # fmt: skip
    fields = tuple(map(str, values.get("fields") or ()))
    by = UserId(str(values.get(facts.BY) or ""))
    return Disclosure(record.id, record.about, Disclosed(**texts, fields=fields), by)
