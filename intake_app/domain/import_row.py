"""What a row of a table of past cases says, and what is wrong with it, by row and column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from intake_app.domain.change import Value
from intake_app.domain.text import NOTHING, Text


class Fault(StrEnum):
    """What is wrong with a cell or a row; each sentence is a message of the catalog."""

    NEEDED = "This is needed, and the cell is empty."
    UNKNOWN_WORD = "This word is on no list. Match it with one of the list, or correct the cell."
    TOO_LONG = "This is too long."
    DAMAGED = "Some letters are damaged. Save the file anew as .xlsx or as UTF-8."
    SHEET_ERROR = "The spreadsheet shows an error here. Mend the formula, or write the value."
    IN_FUTURE = "This day is still to come."
    BEFORE_CONTACT = "This day is before the first contact."
    BORN_LATER = "This birth date is after the first contact. Look at the year."
    OUT_OF_ORDER = "This day is before a step that comes first. Look at both days."
    NO_WAY_THERE = "No way leads to this status in this form."
    REASON_NEEDED = "This outcome needs a reason. Name a column for it, or match its words."
    WRONG_REASON = "This reason is not for this outcome."
    CHARGE_OPEN = "What became of the charge is known only of a case that ended."
    CHARGE_FILED = "A completed case is not filed."
    WHOLE_NAME = "Write the last name, a comma, and the first name."
    END_DAY = "This outcome needs the day on which it ended."
    NO_END = "There is a day on which it ended, and no outcome."
    TWICE = "The same row stands above."
    KNOWN = "This row was imported before."


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing to mend.

    Attributes:
        row: Number of the row, as the spreadsheet shows it.
        column: Heading of the column; empty: the whole row.
        why: A message of the catalog (of `Fault` or `DayFault`); empty: `told` says it.
        told: Words of the form, by language.
    """

    row: int
    column: str
    why: str
    told: Text = NOTHING


@dataclass(frozen=True, slots=True, repr=False)
class PastRow:
    """A row that can be imported.

    Attributes:
        number: Of the row.
        digest: Of its cells: the same row is known again.
        opened: The first contact; aware.
        answers: By question.
        days: On which day a step or act began, by its id, in order.
        outcome: Where it stands: a status of the form, or an act of a case; empty: not said.
        reason: Code, where the outcome takes one.
        closed: When it ended.
        charge: What became of the charge.
        reached: When the person was first reached.
        engaged: When they first came to a service.
        report_by: By when they had to report; aware.
        old_number: In the old list.
        same_person: Of the person, in the old list.
        offense: Id of the offense.
        unasked: Questions that the form would not ask of such a person; their answers are kept.
    """

    number: int
    digest: str
    opened: datetime
    answers: Mapping[str, Value] = field(default_factory=dict[str, Value])
    days: Mapping[str, date] = field(default_factory=dict[str, date])
    outcome: str = ""
    reason: str = ""
    closed: date | None = None
    charge: str = ""
    reached: date | None = None
    engaged: date | None = None
    report_by: datetime | None = None
    old_number: str = ""
    same_person: str = ""
    offense: str = ""
    unasked: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Nothing of anybody: this may end up in a log."""
        return f"PastRow({self.number})"
