"""A condition of a case: how far it came, and how it stands. Money is in cents."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.text import Text

TREATMENT: Final = "treatment"
"""Code of `condition_types.csv` for what may be known to the coordinator alone."""


class Word(StrEnum):
    """How a condition stands."""

    PENDING = "pending"
    MET = "met"
    NOT_MET = "not_met"
    WAIVED = "waived"


SAID: Final = (Word.MET, Word.NOT_MET, Word.PENDING)
"""What a person may say of a condition; a waiver is an act of its own."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Something done, or said, about a condition.

    Attributes:
        word: "met", "not_met" or "pending"; empty: it only went on.
        amount: Hours (also parts of one), or whole cents; 0 where nothing is counted.
        note: What was seen: a letter, a receipt, a sign-in sheet.
        verifier: Who vouches for it.
        day: When it was done (YYYY-MM-DD); empty: today.
    """

    word: str = ""
    amount: float = 0
    note: str = ""
    verifier: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """Progress as it was noted.

    Attributes:
        record: Its fact.
        at: When it was entered: local time with offset.
        by: Who entered it.
        progress: What.
    """

    record: RecordId
    at: str
    by: UserId
    progress: Progress


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a condition need not be met, and who said so."""

    at: str
    by: UserId
    reason: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition with its progress.

    Attributes:
        id: Its record.
        type: A code of `condition_types.csv`.
        label: What is to be done.
        due: Day (YYYY-MM-DD); empty: by the completion date, whatever that becomes.
        amount: Hours or cents to reach; 0: none.
        measure: "hours", "money" or nothing.
        is_waivable: A hardship waiver may be given.
        noted: Progress, oldest first.
        waiver: The waiver, or None.
    """

    id: RecordId
    type: str
    label: Text
    due: str
    amount: int
    measure: str
    is_waivable: bool
    noted: tuple[Noted, ...] = ()
    waiver: Waiver | None = None

    @property
    def is_treatment(self) -> bool:
        """Only its status word is kept here."""
        return self.type == TREATMENT

    @property
    def done(self) -> float:
        """Hours or cents so far."""
        return sum(one.progress.amount for one in self.noted)

    @property
    def word(self) -> Word:
        """How it stands: waived, as somebody said last, met by its amount, or pending."""
        if self.waiver is not None:
            return Word.WAIVED
        said = [one.progress.word for one in self.noted if one.progress.word in SAID]
        if said:
            return Word(said[-1])
        return Word.MET if self.amount and self.done >= self.amount else Word.PENDING
