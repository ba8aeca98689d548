"""A draft: an intake that is not finished. It belongs to its author and survives everything."""

from dataclasses import dataclass, field

from intake_app.domain.form import Answers, FormRef
from intake_app.domain.ids import RecordId, UserId


@dataclass(slots=True)
class Draft:
    """What has been typed so far. It is not a change: nothing of it is in the log.

    Attributes:
        id: The record that it will become.
        form: The form version that it began with, and stays on.
        author: Whose it is.
        answers: By field id.
        step: Section where the author stopped.
        started: When it began: local time with offset.
        language: Language of the person's papers (ISO 639).
        number: Receipt number; empty until a paper is issued or the intake is finished.
    """

    id: RecordId
    form: FormRef
    author: UserId
    answers: Answers = field(default_factory=dict[str, object])
    step: str = ""
    started: str = ""
    language: str = "en"
    number: str = ""
