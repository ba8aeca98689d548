"""An export as data: which rows, which columns, and how far it reaches to somebody's name.

Mappings stand in `resources/exports/*.toml` (`rulebook.export_reader`). A column says where its
value comes from and how it is written; nothing in a mapping can run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

from intake_app.domain.roles import Compartment
from intake_app.domain.text import NOTHING, Text


class Reach(IntEnum):
    """How near an export comes to a person; each includes those before it."""

    NOBODY = 0  # told figures
    CODED = 1  # a row a person: codes and years; no day, no place, no words
    DATED = 2  # exact days or months, small places: who knows somebody may find them
    NAMED = 3  # names, birth dates, numbers, or words that people typed


class Rows(StrEnum):
    """What a line of an export is."""

    INTAKES = "intakes"
    CONTACTS = "contacts"  # entries of the offer ledger without a case
    ENDED = "ended"  # statistics of what was purged
    REFERRALS = "referrals"
    EVENTS = "events"  # overdoses
    FIGURES = "figures"  # told figures; no line is of anybody


class From(StrEnum):
    """Where a column's value comes from."""

    ID = "id"  # "record", "intake" or "person": drawn for this export, and tells nobody
    COLUMN = "column"  # of a journey
    TRAIT = "trait"  # codes of a cut
    ANSWER = "answer"  # a question of the form
    FACT = "fact"  # a name under a form's [facts]
    OFFENSE = "offense"  # "statute", "degree", "nibrs" or "words" of each offense
    AGENCY = "agency"  # a field of the department's settings
    PERIOD = "period"  # "since", "until" or "made_on"
    CONSTANT = "constant"
    MEASURE = "measure"  # of a figure; see `ExportFigure`


class Several(StrEnum):
    """What becomes of several codes in one cell."""

    JOIN = "join"  # written one after another
    BOXES = "boxes"  # a column for each code: 1 where it was said, else 0
    ONE = "one"  # one code stands for "two or more"; it is never guessed which


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column.

    Attributes:
        name: Its heading.
        means: What it says, for the codebook.
        source: Where its value comes from.
        of: Which: a column, cut, question, fact; of a constant its text.
        day: How days are written ("YYYY-MM-DD", "MM/DD/YYYY", "YYYY"); empty: it is no day.
        codes: Our code to theirs; empty: ours are written.
        others: What is written for a code that is in no map; None: nothing, and it is counted.
        empty: What is written where nothing is known.
        several: What becomes of several codes.
        two_or_more: Their code for that, with `Several.ONE`.
        joiner: Between several, with `Several.JOIN`.
        table: The code table in which our codes have their words.
        is_words: Words are written instead of codes.
        is_required: A line without it is counted as incomplete.
        reach: How near it comes to a person.
    """

    name: str
    source: From
    of: str = ""
    means: Text = NOTHING
    day: str = ""
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    others: str | None = None
    empty: str = ""
    several: Several = Several.JOIN
    two_or_more: str = ""
    joiner: str = ";"
    table: str = ""
    is_words: bool = False
    is_required: bool = False
    reach: Reach = Reach.CODED

    @property
    def headings(self) -> tuple[str, ...]:
        """Its columns in the file: with boxes one for each of their codes."""
        if self.several is not Several.BOXES:
            return (self.name,)
        theirs = dict.fromkeys((*self.codes.values(), *([self.others] if self.others else ())))
        return tuple(f"{self.name}___{code}" for code in theirs)


@dataclass(frozen=True, slots=True)
class ExportFigure:
    """One figure of an export of figures.

    Attributes:
        name: Its name in the file.
        measure: Id of the measure.
        means: What it says, where it is not the measure's own title.
        by: Up to two cuts; in a wide table one at most, with `code`.
        code: In a wide table the row of that cut which is told. It is a place of a whole table, so
            that its siblings and their sum are told with it in mind.
        tell: What of it: "number", "base", "percent", "median", "first_quartile",
            "third_quartile". In a wide table a column for each.
        parts: Of a measure in parts, in a wide table: the code whose number is told.
    """

    name: str
    measure: str
    means: Text = NOTHING
    by: tuple[str, ...] = ()
    tell: tuple[str, ...] = ("number",)
    code: str = ""
    parts: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """One mapping.

    Attributes:
        id: Stable name.
        version: Of the mapping ("2026-11-1").
        title: Its words.
        about: Who asks for it and what for.
        authority: Law, rule or agreement that it follows.
        rows: What its lines are.
        files: From which files of people.
        date: The column of a journey whose day must lie in the period.
        only: Just lines with these codes, by column of a journey.
        columns: Its columns, in order.
        figures: Of an export of figures.
        is_wide: Of figures: a line a period, a column a figure; else a line a figure.
        each: Of wide figures: a line for each "month", "quarter", "fiscal_year" or "year"; empty:
            one line.
        hidden: What is written for a figure that is not told.
        has_mark: The file begins with the mark of UTF-8 (BOM), which Excel needs.
        separator: Between cells.
        is_redcap: It keeps to what REDCap's import takes, and a data dictionary goes with it.
        needs: The pathways without which it makes no sense; empty: none.
    """

    id: str
    version: str
    title: Text
    about: Text = NOTHING
    authority: Text = NOTHING
    rows: tuple[Rows, ...] = (Rows.INTAKES,)
    files: tuple[Compartment, ...] = (Compartment.CARE, Compartment.CASES)
    date: str = "opened_on"
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    columns: tuple[ExportColumn, ...] = ()
    figures: tuple[ExportFigure, ...] = ()
    is_wide: bool = False
    each: str = ""
    hidden: str = ""
    has_mark: bool = True
    separator: str = ","
    is_redcap: bool = False

    @property
    def reach(self) -> Reach:
        """How near it comes to a person: as near as its nearest column."""
        return max((one.reach for one in self.columns), default=Reach.NOBODY)

    @property
    def is_figures(self) -> bool:
        """Whether no line of it is of anybody."""
        return self.rows == (Rows.FIGURES,)

    @property
    def headings(self) -> tuple[str, ...]:
        """The first line of the file."""
        return tuple(name for one in self.columns for name in one.headings)

    @property
    def questions(self) -> frozenset[str]:
        """The questions whose answers it tells."""
        return frozenset(one.of for one in self.columns if one.source is From.ANSWER)


ID_OF: Final = ("record", "intake", "person")
OFFENSE_PARTS: Final = ("statute", "degree", "nibrs", "words")
AGENCY_PARTS: Final = ("name", "ori", "region")
PERIOD_PARTS: Final = ("since", "until", "made_on")
TELLS: Final = ("number", "base", "percent", "low", "high", "ratio", "median", "first_quartile",
                "third_quartile")  # fmt: skip
EACH: Final = ("", "month", "quarter", "fiscal_year", "year")
CLOSED: Final = frozenset({"by", "person"})
"""Columns of a journey that no export may write: who took it, and the person's own id."""
