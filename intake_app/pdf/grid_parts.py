"""Tables: rows under heads of columns."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Literal

from intake_app.domain.paper import Part
from intake_app.pdf.flow import Item
from intake_app.pdf.fonts import width
from intake_app.pdf.look import TINT, TextStyle
from intake_app.pdf.pieces import Boxed, Piece, Row, empty, prose
from intake_app.pdf.prose_parts import lead_in
from intake_app.pdf.setting import Setting
from intake_app.pdf.structure import COLUMN_HEAD, ROW_HEAD, Element

_PAD = 12.0  # room beside a cell's text, both sides together
_WIDEST = 240.0
_LONGEST_WORD = 110.0


FIGURES = "figures"
"""A table of numbers: the first cell of each row is its head, the others stand at the right."""


def table(part: Part, at: Setting) -> list[Item]:
    """Rows under heads of columns; the heads are drawn again on each further page."""
    is_figures = part.style == FIGURES
    items = lead_in(part, at, at.look.strong)
    blank = ((),) * part.lines if not part.rows else ()
    columns = max((len(row) for row in (part.header, *part.rows)), default=0)
    if not columns:
        return items
    rows = [_padded(row, columns) for row in (*part.rows, *blank)]
    header = _padded(part.header, columns)
    widths = _widths((header, *rows), at)
    parent = at.parent.add("Table")
    head: Piece | None = None
    if any(header):
        made = _head(header, widths, parent, at, is_figures)
        items.append(Item(made, at.look.gap, keeps_next=bool(rows)))
        head = _head(header, widths, None, at, is_figures)
    for row in rows:
        items.append(Item(_row(row, widths, parent.add("TR"), at, is_figures), head=head))
    return items


def _padded(row: Sequence[str], columns: int) -> tuple[str, ...]:
    return tuple(cell for cell, _ in zip_longest(row, range(columns), fillvalue=""))


def _row(
    row: tuple[str, ...], widths: list[float], line: Element, at: Setting, is_figures: bool
) -> Piece:
    cells: list[tuple[float, Piece]] = []
    x = 0.0
    for n, (text, room) in enumerate(zip(row, widths, strict=True)):
        is_head = is_figures and n == 0
        cell = line.add("TH", attributes=ROW_HEAD) if is_head else line.add("TD")
        style = replace(at.look.cell, align=_align(n, is_figures))
        cells.append((x + _PAD / 2, prose(cell, text, style, room - _PAD)))
        x += room
    if not any(row):
        cells.append((0, empty(at.look.write_height - 6)))
    return Row(tuple(cells), 3, 3, at.room)


def _align(n: int, is_figures: bool) -> Literal["left", "right"]:
    return "right" if is_figures and n else "left"


def _head(
    header: tuple[str, ...], widths: list[float], table: Element | None, at: Setting,
    is_figures: bool,
) -> Piece:  # fmt: skip
    """The heads of columns; without a table: drawn again, as decoration."""
    line = table.add("TR") if table is not None else None
    cells: list[tuple[float, Piece]] = []
    x = 0.0
    for n, (text, room) in enumerate(zip(header, widths, strict=True)):
        element = line.add("TH", attributes=COLUMN_HEAD) if line is not None else None
        style = replace(at.look.cell_head, align=_align(n, is_figures))
        cells.append((x + _PAD / 2, prose(element, text, style, room - _PAD)))
        x += room
    return Boxed(Row(tuple(cells)), at.room, TINT, None, side=0, pad=4)


def _widths(rows: Sequence[tuple[str, ...]], at: Setting) -> list[float]:
    """Widths of columns: as their texts ask, at least the longest word, together the room."""
    columns = list(zip(*rows, strict=True))
    asked = [_asked(column, at.look.cell) for column in columns]
    least = [_least(column, at.look.cell) for column in columns]
    spare = at.room - sum(least)
    if spare < 0:
        return [at.room / len(columns)] * len(columns)
    wish = [max(a - b, 0) + 12 for a, b in zip(asked, least, strict=True)]
    total = sum(wish)
    return [b + spare * w / total for b, w in zip(least, wish, strict=True)]


def _asked(column: tuple[str, ...], style: TextStyle) -> float:
    widest = max(width(text, style.font, style.size) for text in column)
    return min(widest, _WIDEST) + _PAD + 1


def _least(column: tuple[str, ...], style: TextStyle) -> float:
    longest = max((word for text in column for word in text.split()), key=len, default="")
    return min(width(longest, style.font, style.size) * 1.1, _LONGEST_WORD) + _PAD
