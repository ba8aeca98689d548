"""A table from outside, as it was read: sheets of cells, and what a person should know of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, TypeAlias

Cell: TypeAlias = str | int | float | bool | datetime | date | time | None
"""What a cell holds. Of a formula, the value that it last had; CSV holds text alone."""

MOST_ROWS: Final = 50_000
"""Rows of one sheet; a file that has more is to be cut into several."""

MOST_COLUMNS: Final = 200
MOST_LETTERS: Final = 5_000
"""Characters of one cell."""

_HEADING: Final = 80
"""Letters of a heading that are read; the rest of a long one says nothing new."""

_LOOKED_AT: Final = 20
"""So many first rows are looked through for the headings."""


class Remark(StrEnum):
    """What a person should know of a file; each sentence is a message of the catalog."""

    FORMULAS = "Some cells are formulas. The value that each last had was read, nothing was run."
    EMPTY_FORMULAS = (
        "Some formulas have no value. Open the file in a spreadsheet program and save it once."
    )
    MACROS = "The file holds macros. They were not read and not run."
    MERGED = "Some cells are merged. Only the first of them has a value; the others are empty."
    HIDDEN_SHEETS = "Some sheets are hidden. Choose one of them if you mean it."
    HIDDEN_ROWS = "Some rows are hidden or filtered out. They were read all the same."
    GUESSED_LETTERS = (
        "The file does not say how letters are written. Windows was guessed: look at names with"
        " accents."
    )
    OTHER_NAME = "The name of the file does not fit what is in it. It was read by what is in it."


@dataclass(frozen=True, slots=True, repr=False)
class SourceRow:
    """One row.

    Attributes:
        number: As a person counts it in the spreadsheet, or the first line of it in a text file.
        cells: From the first column on.
    """

    number: int
    cells: tuple[Cell, ...]

    def __repr__(self) -> str:
        """Nothing of anybody: this may end up in a log."""
        return f"SourceRow({self.number})"

    def cell(self, column: int) -> Cell:
        """A cell; None where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return all(is_blank(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """One sheet; a text file has one.

    Attributes:
        name: Its name; empty for a text file.
        rows: Those that say something, headings included, in order.
        remarks: What is to be known of it.
        is_hidden: It is hidden in the spreadsheet.
        counts_from_1904: Days that are plain numbers count from 1904.
    """

    name: str
    rows: tuple[SourceRow, ...] = field(default=(), repr=False)
    remarks: tuple[Remark, ...] = ()
    is_hidden: bool = False
    counts_from_1904: bool = False


@dataclass(frozen=True, slots=True)
class TableFile:
    """All that was read.

    Attributes:
        sha256: Of its bytes, in hex.
        sheets: In order; at least one.
        remarks: What is to be known of the file.
    """

    sha256: str
    sheets: tuple[SourceSheet, ...]
    remarks: tuple[Remark, ...] = ()


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def head_place(rows: Sequence[SourceRow]) -> int:
    """Where the headings stand: the first row, of the first ones, with the most words in it.

    Titles above a table fill one or two cells; headings fill as many as the rows below.
    """
    first = rows[:_LOOKED_AT]
    counts = [sum(isinstance(c, str) and bool(c.strip()) for c in row.cells) for row in first]
    widest = max((sum(not is_blank(c) for c in row.cells) for row in first), default=0)
    enough = (place for place, count in enumerate(counts) if count * 2 > widest)
    return next(enough, 0)


def headings(row: SourceRow) -> tuple[str, ...]:
    """The headings, each in one line and each another one.

    A column without one is called by its letter; of two that are alike, the second is "Date (2)".
    """
    said = (" ".join(str(cell or "").split())[:_HEADING] for cell in row.cells)
    found: list[str] = []
    for place, text in enumerate(said):
        name, n = text or f"({letter_of(place)})", 2
        while name in found:
            name, n = f"{text} ({n})", n + 1
        found.append(name)
    return tuple(found)


def letter_of(column: int) -> str:
    """How a spreadsheet calls a column: A, B, … Z, AA."""
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
