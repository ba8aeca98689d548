"""Facts: labels with answers, in rows below one another or in columns side by side."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from intake_app.domain.paper import Part
from intake_app.pdf.flow import Item
from intake_app.pdf.fonts import width
from intake_app.pdf.look import HAIRLINE, NAVY, TEAL, TINT, Look, TextStyle
from intake_app.pdf.pieces import Boxed, Drawn, Piece, Row, Stack, prose
from intake_app.pdf.prose_parts import lead_in
from intake_app.pdf.setting import Setting
from intake_app.pdf.structure import ROW_HEAD, UNMARKED
from intake_app.pdf.tagged_canvas import TaggedCanvas

_SHARES = (0.22, 0.30, 0.38)
"""Of the labels of facts; few steps, so that facts below one another stand in line."""
_ABREAST = 3  # columns side by side
_BETWEEN = 18.0
_SIDE = 14.0
_MOST_LARGE = 3  # lines of an answer that are written large


def facts(part: Part, at: Setting) -> list[Item]:
    """Labels and answers: plain as rows, "lead" as columns, "notice" and "callout" boxed."""
    items = lead_in(part, at, at.look.strong)
    if part.style == "plain":
        return items + _rows([(row[0], "\n".join(row[1:])) for row in part.rows if row], at)
    rows = [_Fact(row[0], row[1], "\n".join(row[2:])) for row in part.rows if len(row) > 1]
    return items + (_columns(rows, part.style, at) if rows else [])


_Fonts: TypeAlias = tuple[TextStyle, TextStyle, TextStyle]


@dataclass(frozen=True, slots=True)
class _Fact:
    """A label, its answer, and lines that go on below it."""

    label: str
    answer: str
    below: str


def _rows(rows: list[tuple[str, str]], at: Setting) -> list[Item]:
    """A table whose row heads are the labels."""
    if not rows:
        return []
    look = at.look
    items: list[Item] = []
    natural = max(width(label, look.label.font, look.label.size) for label, _ in rows)
    left = at.room * next(
        (share for share in _SHARES if natural + 14 <= at.room * share), _SHARES[-1]
    )
    table = at.parent.add("Table")
    for n, (label, answer) in enumerate(rows):
        line = table.add("TR")
        head = prose(line.add("TH", attributes=ROW_HEAD), label, look.label, left - 12)
        cell = prose(line.add("TD"), answer, look.body, at.room - left)
        row = Row(((0, head), (left, cell)), look.gap * 0.3, look.gap * 0.3, at.room)
        items.append(Item(row, look.gap if n == 0 else 0))
    return items


def _columns(rows: list[_Fact], style: str, at: Setting) -> list[Item]:
    """A list in columns: each label over its answer, the answer's first line strong."""
    is_boxed, is_dark = style != "lead", style == "callout"
    room = at.room - 2 * _SIDE if is_boxed else at.room
    parent = at.parent.add("L", attributes=UNMARKED)
    lines: list[Piece] = []
    for n in range(0, len(rows), _ABREAST):
        few = rows[n : n + _ABREAST]
        count = len(few) if len(rows) <= _ABREAST else _ABREAST
        rooms = _rooms(few, count, room, _fonts(at.look, is_dark))
        lines.append(_abreast(few, rooms, is_dark, at.inside(parent, room)))
    if not is_boxed:
        return [Item(line, at.look.gap, is_whole=True) for line in lines]
    fill, bar = (NAVY, None) if is_dark else (TINT, TEAL)
    inner = Stack(tuple(lines), at.look.gap)
    boxed = Boxed(inner, at.room, fill, bar, _SIDE, at.look.box_pad)
    return [Item(boxed, at.look.gap + 2, is_whole=True)]


def _rooms(rows: list[_Fact], count: int, room: float, written: _Fonts) -> list[float]:
    """Widths of columns: alike, or as their answers ask where those would not fit alike."""
    each = (room - _BETWEEN * (count - 1)) / count
    asked = [_asked(row, written) for row in rows]
    spare = room - _BETWEEN * (count - 1) - sum(asked)
    if len(rows) < count or max(asked) <= each or spare < 0:
        return [each] * len(rows)
    return [one + spare / count for one in asked]


def _fonts(look: Look, is_dark: bool) -> _Fonts:
    """How a label, its answer and the lines below are written."""
    return (
        (look.label, look.callout, look.callout_rest)
        if is_dark
        else (look.label, look.strong, look.body)
    )


def _asked(row: _Fact, written: _Fonts) -> float:
    texts = (row.label, row.answer, row.below)
    lines = [
        (line, style)
        for text, style in zip(texts, written, strict=True)
        for line in text.split("\n")
    ]
    return max(width(line, style.font, style.size) for line, style in lines) + 2


def _abreast(rows: list[_Fact], rooms: list[float], is_dark: bool, at: Setting) -> Piece:
    cells: list[tuple[float, Piece]] = []
    x = 0.0
    for fact, room in zip(rows, rooms, strict=True):
        cells.append((x, _column(fact, is_dark, at.inside(at.parent.add("LI"), room))))
        x += room + _BETWEEN
    row = Row(tuple(cells))
    if not is_dark or len(cells) == 1:
        return row
    rules = [(x - _BETWEEN / 2, _upright(row.height)) for x, _ in cells[1:]]
    return Row((*cells, *rules))


def _column(fact: _Fact, is_dark: bool, at: Setting) -> Piece:
    look = at.look
    over = replace(look.label, leading=look.label.size * 1.3)
    over = replace(over, color=HAIRLINE) if is_dark else over
    head = prose(at.parent.add("Lbl"), fact.label, over, at.room)
    body = at.parent.add("LBody")
    large = prose(body, fact.answer, look.callout if is_dark else look.strong, at.room)
    if is_dark and len(large.lines) > _MOST_LARGE:
        large = prose(body, fact.answer, look.callout_long, at.room)
    style: TextStyle = look.callout_rest if is_dark else look.body
    below = (prose(body, fact.below, style, at.room),) if fact.below else ()
    return Stack((head, large, *below), 1)


def _upright(height: float) -> Drawn:
    """A thin line between two columns; it takes no room of its own."""

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            canvas.setStrokeColorRGB(*HAIRLINE)
            canvas.setLineWidth(0.5)
            canvas.line(x, top - 2, x, top - height + 2)

    return Drawn(0, paint)
