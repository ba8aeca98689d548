"""A draft: an intake that is not finished. It belongs to its author and survives everything."""

from dataclasses import dataclass, field
from typing import Any, Final

from intake_app.domain.form import Answers, FormRef
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.pathway import Pathway

ENTERED: Final = "entered"
"""In `Draft.marks`: when somebody began to key it in, where it was taken on paper before."""


PERSON: Final = "person"
"""In `Draft.marks`: an earlier intake of the same person, in the same file."""

CALL: Final = "~call"
"""In place of a pathway: what is typed during a call. It becomes a try and no intake, and is no
intake that is unfinished."""


@dataclass(slots=True)
class Draft:
    """What has been typed so far. It is not a change: nothing of it is in the log.

    Attributes:
        id: The record that it will become.
        form: The form version that it began with, and stays on.
        author: Whose it is.
        answers: By field id.
        step: Section where the author stopped.
        started: When it began: local time with offset; on paper, where it was taken there.
        language: Language of the person's papers (ISO 639), if it was chosen at the desk.
        number: Receipt number; empty until a paper is issued or the intake is finished.
        apart: Ids of the records that its "kept apart" answers become. They are chosen before the
            first try to finish, so that a second try after a power cut makes no second record, and
            they go with the draft, so that nothing links them to the person.
        keys: The draft's own key, wrapped and sealed (see `DraftEntry`).
        pathway: Pathway code; it says in which file the record will live.
        marks: What services note with it besides answers: approvals, overrides, what was issued.
    """

    id: RecordId
    form: FormRef
    author: UserId
    answers: Answers = field(default_factory=dict[str, object], repr=False)
    step: str = ""
    started: str = ""
    language: str = ""
    number: str = ""
    apart: dict[str, RecordId] = field(default_factory=dict[str, RecordId])
    keys: str = ""
    pathway: str = Pathway.SELF_REFERRAL
    marks: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """A sealed draft as the file keeps it.

    Attributes:
        id: The record it will become.
        author: Whose it is.
        pathway: Pathway code, for the home page.
        started: Local time with offset.
        saved: When it was last written.
        keys: The draft's own key, wrapped for its author and sealed for the compartment (JSON).
        body: The sealed answers.
        submitted: When it was handed in: local time with offset; empty before. From then on it is
            the sender's copy, and nothing of it changes.
    """

    id: RecordId
    author: UserId
    pathway: str
    started: str
    saved: str
    keys: str
    body: bytes
    submitted: str = ""
