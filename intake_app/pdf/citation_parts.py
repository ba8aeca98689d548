"""The parts of a citation: the same kinds as in a letter, set for one dense page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from intake_app.domain.paper import BlockType, Part, Place
from intake_app.pdf.fonts import width
from intake_app.pdf.legible import legible
from intake_app.pdf.lines import broken
from intake_app.pdf.look import HAIRLINE, INK, RULE, TEAL, WHITE, Color, TextStyle
from intake_app.pdf.mark_parts import choices
from intake_app.pdf.pieces import Drawn, Piece, Row, Stack, empty, prose
from intake_app.pdf.setting import Setting
from intake_app.pdf.structure import BULLETED, NUMBERED, ROW_HEAD, UNMARKED, Element
from intake_app.pdf.tagged_canvas import TaggedCanvas

_LABELS = (0.2, 0.26, 0.32, 0.4)
"""Shares of the labels of facts; few steps, so that facts below one another stand in line."""
_LEAST_LINE = 90.0  # points of line to write on beside its label
_BULLET_ROOM = 10.0
_DISK_ROOM = 19.0
_MANY = 3  # entries that stand below one another
_BETWEEN = 10.0


@dataclass(frozen=True, slots=True)
class Card:
    """A piece in a box of a given height, filled or with a thin edge; it is never parted.

    Attributes:
        inner: What stands inside.
        room: Width.
        height: Height, at least that of what is inside.
        fill: Its color, or None.
        is_edged: It has a thin edge.
        bar: Color of a bar at its left, or None.
        side: Room left and right.
        pad: Room above.
    """

    inner: Piece
    room: float
    height: float
    fill: Color | None = None
    is_edged: bool = False
    bar: Color | None = None
    side: float = 11.0
    pad: float = 7.0

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Never."""
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """The box, then what is inside."""
        with canvas.artifact():
            canvas.setStrokeColorRGB(*HAIRLINE)
            canvas.setFillColorRGB(*(self.fill or WHITE))
            canvas.setLineWidth(0.6)
            is_filled = self.fill is not None
            canvas.roundRect(
                x, top - self.height, self.room, self.height, 4,
                stroke=int(self.is_edged), fill=int(is_filled),
            )  # fmt: skip
            if self.bar is not None:
                canvas.setFillColorRGB(*self.bar)
                canvas.rect(x, top - self.height, 3, self.height, stroke=0, fill=1)
        self.inner.draw(canvas, x + self.side, top - self.pad)


def pieces_of(parts: Iterable[Part], at: Setting, *, is_numbered: bool = False) -> Stack:
    """Parts below one another.

    Args:
        parts: In reading order.
        at: Where.
        is_numbered: Bullets have numbers.
    """
    found: list[Piece] = []
    for part in parts:
        made = _pieces(part, at, is_numbered=is_numbered)
        if made and found:
            found.append(empty(at.look.gap * (0.4 if part.type is not BlockType.HEADING else 1)))
        found += made
    return Stack(tuple(found))


def _pieces(part: Part, at: Setting, *, is_numbered: bool) -> list[Piece]:
    look = at.look
    match part.type:
        case BlockType.HEADING:
            return [prose(at.parent.add("H2"), part.text, look.headings[1], at.room)]
        case BlockType.FACTS:
            return [*_lead(part, at), *_facts(part, at)]
        case BlockType.TABLE:
            return [*_lead(part, at), *_entries(part, at)]
        case BlockType.BULLETS:
            return _list(part, at, is_numbered=is_numbered)
        case BlockType.CHOICES:
            return [item.piece for item in choices(part, at)]
        case BlockType.SPACE:
            return [inline_line(part.text, at) for _ in range(max(part.lines, 1))]
        case _ if part.place is Place.RIGHTS:
            return _bullets(_texts(part), at, is_numbered=False)
        case _:
            return list(_paragraphs(part, at))


def _list(part: Part, at: Setting, *, is_numbered: bool) -> list[Piece]:
    """Entries below one another; as a notice: in one line after their words."""
    if part.style == "notice":
        said = ", ".join(filter(None, (part.text, *part.bullets)))
        return [prose(at.parent.add("P"), said, at.look.notice, at.room)]
    return [*_lead(part, at), *_bullets(part.bullets, at, is_numbered=is_numbered)]


def _lead(part: Part, at: Setting) -> list[Piece]:
    return [prose(at.parent.add("P"), part.text, at.look.lead, at.room)] if part.text else []


def _paragraphs(part: Part, at: Setting) -> Iterator[Piece]:
    look = at.look
    styles = {"lead": look.lead, "notice": look.notice}
    style = look.legal if part.type is BlockType.LEGAL else look.body
    for text in _texts(part):
        yield prose(at.parent.add("P"), text, styles.get(part.style, style), at.room)


def _texts(part: Part) -> list[str]:
    return [text.strip() for text in part.text.split("\n\n") if text.strip()]


# --- facts and entries --------------------------------------------------------------------


def _facts(part: Part, at: Setting) -> list[Piece]:
    """Labels and answers in rows, the first answer strong; without an answer: a line."""
    look = at.look
    natural = max((width(row[0], look.label.font, look.label.size) for row in part.rows), default=0)
    left = at.room * next((s for s in _LABELS if natural + 8 <= at.room * s), _LABELS[-1])
    table = at.parent.add("Table")
    rows: list[Piece] = []
    for n, row in enumerate(part.rows):
        line = table.add("TR")
        head = prose(line.add("TH", attributes=ROW_HEAD), row[0], look.label, left - 6)
        is_strong = n == 0 and part.place is Place.PERSON
        said, style = "\n".join(filter(None, row[1:])), look.strong if is_strong else look.body
        cell = line.add("TD")
        value: Piece = prose(cell, said, style, at.room - left)
        if not said:
            value = written_line(at.inside(cell, at.room - left))
        rows.append(Row(((0, _lowered(head, value, said=said)), (left, value))))
    return rows


def _lowered(head: Piece, value: Piece, *, said: str) -> Piece:
    """A label that stands at the foot of a line to write on."""
    return head if said else Stack((empty(max(value.height - head.height, 0)), head))


def written_line(at: Setting, high: float = 0.0) -> Drawn:
    """A ruled line to write on."""
    high = high or at.look.write_height

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            canvas.setStrokeColorRGB(*RULE)
            canvas.setLineWidth(0.6)
            canvas.line(x, top - high + 2, x + at.room, top - high + 2)

    return Drawn(high, paint)


def inline_line(text: str, at: Setting) -> Piece:
    """A label with a line to write on behind it, or below where the label is long."""
    style = at.look.body
    if not text:
        return written_line(at)
    wide = width(text, style.font, style.size) + 8
    is_long = wide > at.room - _LEAST_LINE
    label = prose(at.parent.add("P"), text, style, at.room if is_long else wide)
    if is_long:
        return Stack((label, written_line(at)))
    line = written_line(at.inside(at.parent, at.room - wide))
    return Row(((0, Stack((empty(line.height - label.height), label))), (wide, line)))


def _entries(part: Part, at: Setting) -> list[Piece]:
    """Rows of a table as a list: the first cell strong, the others below; many side by side."""
    parent = at.parent.add("L", attributes=UNMARKED)
    abreast = 2 if len(part.rows) > _MANY else 1
    room = (at.room - _BETWEEN * (abreast - 1)) / abreast
    made: list[Piece] = []
    for n in range(0, len(part.rows), abreast):
        if n:
            made.append(empty(at.look.gap * 0.4))
        few = part.rows[n : n + abreast]
        cells = [
            _entry(_said(row, part.header), at.inside(parent.add("LI"), room), abreast > 1)
            for row in few
        ]
        made.append(Row(tuple((i * (room + _BETWEEN), cell) for i, cell in enumerate(cells))))
    return made


def _said(row: tuple[str, ...], heads: tuple[str, ...]) -> tuple[str, ...]:
    """A row without its head: a bare number says what it counts."""
    return tuple(
        f"{head}: {cell}" if cell.isdecimal() else cell
        for cell, head in zip_longest(row, heads[: len(row)], fillvalue="")
    )


def _entry(row: tuple[str, ...], at: Setting, is_short: bool) -> Piece:
    body = at.parent.add("LBody")
    if not any(row):
        return written_line(at.inside(body, at.room))
    if is_short:
        said = ". ".join(cell for cell in row if cell)
        return prose(body.add("P"), said, at.look.notice, at.room)
    first, *others = row
    pieces = [prose(body.add("P"), first, at.look.strong, at.room)]
    rest = " · ".join(cell for cell in others if cell)
    if rest:
        pieces.append(prose(body.add("P"), rest, at.look.notice, at.room))
    return Stack(tuple(pieces))


# --- lists --------------------------------------------------------------------------------


def _bullets(texts: Sequence[str], at: Setting, *, is_numbered: bool) -> list[Piece]:
    look = at.look
    text = look.body if is_numbered else look.notice
    indent = _DISK_ROOM if is_numbered else _BULLET_ROOM
    parent = at.parent.add("L", attributes=NUMBERED if is_numbered else BULLETED)
    rows: list[Piece] = []
    for n, said in enumerate(texts, 1):
        entry = parent.add("LI")
        label = entry.add("Lbl")
        mark = _disk(n, label, text) if is_numbered else _dot(label, text)
        body = prose(entry.add("LBody"), said, text, at.room - indent)
        if n > 1:
            rows.append(empty(look.gap * 0.4))
        rows.append(Row(((0, mark), (indent, body))))
    return rows


def _dot(label: Element, style: TextStyle) -> Piece:
    return prose(label, "•", replace(style, color=TEAL), _BULLET_ROOM)


def _disk(number: int, label: Element, style: TextStyle) -> Drawn:
    """A number in a dark disk."""
    size = style.size * 0.84
    written = TextStyle(size, style.leading, style.font, WHITE, "center")
    lines = broken(legible(str(number)), written, 20)

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        radius = style.size * 0.6
        with canvas.artifact():
            canvas.setFillColorRGB(*TEAL)
            canvas.circle(x + radius, top - style.leading / 2, radius, stroke=0, fill=1)
        with canvas.mark(label):
            canvas.write(lines, written, x + radius, top)

    return Drawn(style.leading, paint)


def thin_line(room: float, *, above: float = 0.0, color: Color = HAIRLINE) -> Drawn:
    """A thin line over the whole width, with a little room below it."""

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            canvas.setStrokeColorRGB(*color)
            canvas.setLineWidth(0.6)
            canvas.line(x, top - above, x + room, top - above)

    return Drawn(above + 4, paint)


def write_box(room: float, high: float) -> Drawn:
    """A white box to write in, on dark ground."""

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            canvas.setFillColorRGB(*WHITE)
            canvas.setStrokeColorRGB(*INK)
            canvas.roundRect(x, top - high, room, high, 2, stroke=0, fill=1)

    return Drawn(high, paint)
