"""What a chief is asked for: records requests, complaints and breaches, from receipt to answer.

An entry says what came and by when it is owed an answer; each step after that is an act of its
own, and how it stands is folded from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.text import NOTHING, Text


class LogKind(StrEnum):
    """What came in."""

    RECORDS_REQUEST = "records_request"
    COMPLAINT = "complaint"
    BREACH = "breach"


class StepKind(StrEnum):
    """What was done about it."""

    EXTENDED = "extended"  # a new day by which it is answered, with the reason
    NOTE = "note"
    NOTIFIED = "notified"  # those whose records were open to others were told (breach)
    ANSWERED = "answered"


LETTERS: Final = {LogKind.RECORDS_REQUEST: "R", LogKind.COMPLAINT: "C", LogKind.BREACH: "B"}
"""The first letter of an entry's number: "R-26-0001"."""


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """How long an answer may take; from `resources/legal/answer_times.toml`.

    Attributes:
        kind: Of what.
        days: Calendar days, or business days.
        is_business: Count business days only.
        authority: The law or policy that says so.
        version: Of the file.
        public_from: People concerned from whom on more is told at once than to them; 0: never.
    """

    kind: LogKind
    days: int
    is_business: bool
    authority: Text
    version: str
    public_from: int = 0


@dataclass(frozen=True, slots=True)
class LogStep:
    """Something that was done.

    Attributes:
        what: Which.
        at: When it was entered: local time with offset.
        by: Who.
        words: What was said or decided, in words.
        outcome: Code of the answer; empty for other steps.
        due: The new day (YYYY-MM-DD), for an extension.
    """

    what: StepKind
    at: str
    by: UserId
    words: str = ""
    outcome: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry with all that was done.

    Attributes:
        id: Its record.
        number: "R-26-0001".
        kind: What came in.
        received: The day it came, or the breach was found (YYYY-MM-DD).
        first_due: The day it was owed an answer by at first.
        sender: Who sent it, as they want to be called; may be empty.
        reach: How to answer them.
        about: What they ask, or what happened, in words.
        affected: How many people's records a breach concerns; 0 where not known, or no breach.
        authority: Why it is due then.
        public_from: As the rules said when it came; see `AnswerTime`.
        steps: What was done, oldest first.
    """

    id: RecordId
    number: str
    kind: LogKind
    received: str
    first_due: str
    sender: str
    reach: str
    about: str
    affected: int = 0
    authority: Text = NOTHING
    public_from: int = 0
    steps: Sequence[LogStep] = ()

    @property
    def due(self) -> str:
        """The day it is owed an answer by, extensions counted."""
        extended = [step.due for step in self.steps if step.what is StepKind.EXTENDED]
        return extended[-1] if extended else self.first_due

    @property
    def answer(self) -> LogStep | None:
        """The answer that holds: the last one."""
        given = [step for step in self.steps if step.what is StepKind.ANSWERED]
        return given[-1] if given else None

    @property
    def is_public(self) -> bool:
        """Whether so many are concerned that more is told at once than to them."""
        return 0 < self.public_from <= self.affected

    @property
    def is_notified(self) -> bool:
        """Whether those concerned by a breach were told."""
        return any(step.what is StepKind.NOTIFIED for step in self.steps)

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed without an answer."""
        return self.answer is None and self.due < today.isoformat()
