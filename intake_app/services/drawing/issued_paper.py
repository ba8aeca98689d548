"""A paper that was issued: what is kept of it beside its bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.errors import PaperMissing
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.paper import Paper
from intake_app.domain.text import NOTHING, Text
from intake_app.services.desk import Desk
from intake_app.services.drawing.leaving import Leaving
from intake_app.services.drawing.making import Marks
from intake_app.services.needs.files import Stamps
from intake_app.services.records.writing import fact

PAPER: Final = "paper"


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper that was issued.

    Attributes:
        record: Its own record.
        about: The intake or draft it belongs to.
        paper: Id of the paper file.
        version: Version of the paper file.
        title: Its title, in its own language.
        language: Language it is in.
        number: Receipt number with its place: "PH-26-A00017-K/2".
        sha256: Hash of its bytes, hex.
        at: When: local time with offset.
        audience: Who it is for: "participant", "provider", "department".
        replaces: Number of the paper that it replaces, or empty.
        copies: How often it was printed or saved: who holds it, counted.
        replaced_by: Number of the paper that replaces it, or empty.
        referral: The referral that it belongs to, or empty.
        consent: The consent under which it discloses, or empty.
        recipient: To whom it discloses, or empty.
        purpose: What for, by the code of that consent.
        fields: The questions whose answers it tells, where it discloses.
        called: Its title in all languages, for the window; not kept with it.
    """

    record: RecordId
    about: RecordId
    paper: str
    version: str
    title: str
    language: str
    number: str
    sha256: str
    at: str
    audience: str
    replaces: str = ""
    copies: int = 0
    replaced_by: str = ""
    referral: str = ""
    consent: str = ""
    recipient: str = ""
    purpose: str = ""
    fields: tuple[str, ...] = ()
    called: Text = field(default=NOTHING, compare=False)

    def title_in(self, language: str) -> str:
        """Its title for who reads the window, whatever the paper itself is in."""
        return self.called.said_in(language) or self.title

    def told(self, leaving: Leaving | None) -> "IssuedPaper":
        """The same, with what it tells and to whom; None: it discloses nothing."""
        if leaving is None:
            return self
        return replace(
            self,
            consent=leaving.consent,
            recipient=leaving.recipient.name,
            purpose=leaving.purpose,
            fields=tuple(one.field for one in leaving.told),
        )

    @property
    def discloses(self) -> bool:
        """Whether handing it over discloses."""
        return bool(self.consent or self.recipient)

    @property
    def receipt(self) -> str:
        """The receipt number alone: for file names and print jobs."""
        return self.number.partition("/")[0]


_KEPT: Final = (
    "paper", "version", "title", "language", "number", "sha256", "at", "audience", "replaces",
    "consent", "recipient", "purpose", "fields",
    "referral",
)  # fmt: skip


def issued_as(desk: Desk, paper: Paper, data: bytes, about: RecordId, marks: Marks) -> IssuedPaper:
    """A paper that was drawn just now, with a record of its own; not written yet."""
    return IssuedPaper(
        record=new_record_id(),
        about=about,
        paper=paper.id,
        version=paper.version,
        title=paper.title.said_in(marks.language),
        language=marks.language,
        number=marks.number,
        sha256=hashlib.sha256(data).hexdigest(),
        at=stamp(desk.clock),
        audience=paper.audience,
        replaces=marks.replaces,
    )


def issued_from(kept: Mapping[str, Any], **place: RecordId) -> IssuedPaper:
    """A paper as it was kept; what was kept with it then is all that it has.

    Args:
        kept: Its values.
        place: `record` and `about`, where they are not among the values.
    """
    fields: tuple[str, ...] = tuple(kept.get("fields") or ())
    said: dict[str, Any] = {**place, **kept, "fields": fields}
    return IssuedPaper(**said)


def kept_beside(issued: IssuedPaper) -> dict[str, Any]:
    """All that is kept of a paper of a draft."""
    return {
        name: getattr(issued, name) for name in ("record", "about", "copies", "replaced_by", *_KEPT)
    }


def with_title(desk: Desk, paper: IssuedPaper) -> IssuedPaper:
    """With what its file calls it; where that is gone, its title stays as it was issued."""
    try:
        return replace(paper, called=desk.library.paper(paper.paper).title)
    except PaperMissing:
        return paper


def paper_fact(to: Stamps, user: UserId, issued: IssuedPaper) -> Change:
    """The legal act that a paper was issued."""
    kept: dict[str, Value] = {name: getattr(issued, name) for name in _KEPT}
    kept["fields"] = list(issued.fields)
    fields: dict[str, Value] = {"paper": kept, facts.OPENED: issued.at, facts.NUMBER: issued.number}
    return fact(to, user, PAPER, issued.record, fields, about=issued.about)
