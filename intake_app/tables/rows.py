"""Rows of a file from outside, each with its place, and the list of what is wrong with them."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeAlias, cast

from intake_app.domain.change import Value
from intake_app.domain.provider_file import Reason, RowProblem

MAX_BYTES: Final = 20_000_000
MAX_TEXT: Final = 5_000
"""Characters in one cell."""

MOST_PARTS: Final = 50
"""Phones, hours or the like of one entry: so that its change stays a line that fits."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_DAMAGED: Final = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Halves of letters, and control characters besides line ends and tabs."""

_YES: Final = frozenset({"yes", "y", "true", "1", "x", "si", "sí"})
_NO: Final = frozenset({"no", "n", "false", "0"})


@dataclass(slots=True)
class Row:
    """One entry of a table.

    Attributes:
        where: "services.csv, line 12" or "$.organizations[3]".
        cells: What it says, by column.
        has_made_id: The file gave no id; one was made of its names.
    """

    where: str
    cells: dict[str, Value] = field(default_factory=dict[str, Value])
    has_made_id: bool = False


Tables: TypeAlias = dict[str, list[Row]]
"""Rows by table, in the singular names of HSDS: "organization", "service", "phone", …"""


class BadNumber:
    """Stands for a number that JSON should not hold: NaN, Infinity, thousands of digits."""


class Findings:
    """Collects what is wrong while a file is read, and reads single cells."""

    def __init__(self) -> None:
        self.problems: list[RowProblem] = []
        self.marks: list[RowProblem] = []

    def skip(self, where: str, reason: Reason, column: str = "") -> None:
        """Name a row that is left out."""
        self.problems.append(RowProblem(where, reason, column, is_skipped=True))

    def leave_out(self, where: str, reason: Reason, column: str = "") -> None:
        """Name a cell that is left out of a row that is kept."""
        self.problems.append(RowProblem(where, reason, column))

    def text(self, row: Row, column: str) -> str | None:
        """A cell as text; None where the file says nothing, or nothing readable."""
        value = row.cells.get(column)
        if value is None:
            return "" if column in row.cells else None
        reason = _fault(value)
        if reason is not None:
            self.leave_out(row.where, reason, column)
            return None
        text = str(value).strip()
        if text.startswith(_FORMULA) and isinstance(value, str):
            self.marks.append(RowProblem(row.where, Reason.FORMULA, column))
        return text

    @staticmethod
    def is_empty(row: Row, column: str) -> bool:
        """Whether the file has this cell and says that there is nothing."""
        return column in row.cells and (row.cells[column] is None or row.cells[column] == "")

    def number(self, row: Row, column: str, low: float, high: float) -> float | None:
        """A cell as a number in a range; None where there is none.

        Args:
            row: The entry.
            column: Which cell.
            low: The least that makes sense.
            high: The most.
        """
        value = row.cells.get(column)
        if value is None or value == "":
            return None
        try:
            number = math.nan if isinstance(value, bool) else float(value)
        except (TypeError, ValueError):
            number = math.nan
        if not low <= number <= high:
            self.leave_out(row.where, Reason.BAD_NUMBER, column)
            return None
        return int(number) if number.is_integer() else number

    def day(self, row: Row, column: str) -> str | None:
        """A cell as a day (YYYY-MM-DD); a time after it is cut off."""
        text = self.text(row, column)
        if not text:
            return text
        try:
            return date.fromisoformat(text[:10]).isoformat()
        except ValueError:
            self.leave_out(row.where, Reason.BAD_DATE, column)
            return None

    def yes_no(self, row: Row, column: str) -> str | None:
        """A cell as "yes" or "no"; None where there is nothing, or nothing that is either."""
        value = row.cells.get(column)
        word = str(value).strip().casefold() if isinstance(value, (str, int)) else ""
        if value is None or value == "" or word == "unknown":
            return None
        if word in _YES | _NO:
            return "yes" if word in _YES else "no"
        self.leave_out(row.where, Reason.BAD_YES_NO, column)
        return None

    def words(self, row: Row, column: str) -> list[str]:
        """A cell that holds several words: a list, or a text with ";" or "," between them."""
        items = as_list(row.cells.get(column))
        if items is not None:
            cells = [Row(row.where, {column: item}) for item in items]
            return [text for cell in cells if (text := self.text(cell, column))]
        parts = (self.text(row, column) or "").replace(",", ";").split(";")
        return [part.strip() for part in parts if part.strip()]


def as_list(value: Value) -> list[Any] | None:
    """The value as a list, or None where it is none."""
    return cast("list[Any]", value) if isinstance(value, list) else None


def as_object(value: Value) -> dict[str, Any] | None:
    """The value as an object of JSON, or None where it is none."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _fault(value: Value) -> Reason | None:
    if isinstance(value, BadNumber):
        return Reason.BAD_NUMBER
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return Reason.NOT_TEXT
    text = str(value)
    if len(text) > MAX_TEXT:
        return Reason.TOO_LONG
    return Reason.BAD_LETTERS if _DAMAGED.search(text) else None


def unique(items: Iterable[Value]) -> list[Value]:
    """Each once, in the order of the first."""
    kept: list[Value] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
