"""The foot of a citation: a part to tear off that tells nothing, and who gets a copy."""

from collections.abc import Sequence
from dataclasses import replace

from intake_app.domain.paper import BlockType, Part
from intake_app.pdf.barcode import SQUARE, linear, linear_width, square
from intake_app.pdf.citation_parts import pieces_of, write_box
from intake_app.pdf.look import BLACK, INK, MUTED, Look, TextStyle
from intake_app.pdf.pieces import Drawn, Piece, Row, Stack, empty, prose
from intake_app.pdf.setting import Setting
from intake_app.pdf.tagged_canvas import TaggedCanvas

_LEFT, _MIDDLE = 0.38, 0.42
_OVER = 26.0  # how far the dashed line runs past the text, on both sides


def stub(parts: Sequence[Part], at: Setting) -> Piece:
    """Below a dashed line: words at the left, day and number in the middle, square code right.

    Of the parts, facts with style "lead" stand in the middle, and paragraphs with style "notice"
    below the square code; a block of type "stub" holds the words on the line.
    """
    section = at.parent.add("Sect")
    inner = at.inside(section, at.room)
    cut = next((part.text for part in parts if part.type is BlockType.STUB), "")
    tear = _tear(cut, inner)
    left = [p for p in parts if p.type is not BlockType.STUB and p.style not in {"lead", "notice"}]
    middle = [p for p in parts if p.style == "lead"]
    caption = [p for p in parts if p.style == "notice"]
    wide, x = at.room * _LEFT - 14, at.room * _LEFT
    cells: list[tuple[float, Piece]] = [(0, pieces_of(left, inner.inside(section, wide)))]
    cells.append((x, _days(middle, inner.inside(section, at.room * _MIDDLE))))
    if at.code:
        cells.append((at.room - SQUARE - 8, _code(caption, inner.inside(section, SQUARE + 8))))
    return Stack((tear, Row(tuple(cells))))


def _days(parts: Sequence[Part], at: Setting) -> Piece:
    look = at.look
    pieces: list[Piece] = []
    for n, row in enumerate(row for part in parts for row in part.rows):
        label = replace(look.label, leading=look.label.size * 1.2)
        pieces.append(prose(at.parent.add("P"), row[0], label, at.room))
        said = row[1] if len(row) > 1 else ""
        if not said:
            pieces.append(_box(at.room - 24, look.write_height))
        else:
            pieces.append(prose(at.parent.add("P"), said, _large(look, n), at.room - 6))
        rest = " · ".join(filter(None, row[2:]))
        if rest:
            pieces.append(prose(at.parent.add("P"), rest, look.notice, at.room))
        pieces.append(empty(3))
    if at.code:
        pieces.append(linear(at.code, at.inside(at.parent, linear_width(at.code))))
    return Stack(tuple(pieces))


def _large(look: Look, n: int) -> TextStyle:
    """The day is written large, what follows less so."""
    size = look.callout.size * (0.8 if n == 0 else 0.62)
    return TextStyle(size, size * 1.22, look.callout.font, INK)


def _box(room: float, high: float) -> Drawn:
    """A box with a thin edge to write in."""
    ground = write_box(room, high)

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        ground.draw(canvas, x, top)
        with canvas.artifact():
            canvas.setStrokeColorRGB(*MUTED)
            canvas.setLineWidth(0.6)
            canvas.roundRect(x, top - high, room, high, 2, stroke=1, fill=0)

    return Drawn(high + 2, paint)


def _code(caption: Sequence[Part], at: Setting) -> Piece:
    code = square(at.code, at)
    small = replace(at.look.small, align="center", color=BLACK)
    said = [prose(at.parent.add("P"), part.text, small, at.room) for part in caption]
    return Stack((Row(((4.0, code),)), *said), 2)


def _tear(words: str, at: Setting) -> Piece:
    """A dashed line with words in its middle."""
    style = TextStyle(8.6, 11, at.look.strong.font, MUTED, "center")
    text = prose(at.parent.add("P"), words, style, at.room)
    gap = max((line.width for line in text.lines), default=0.0) / 2 + 10

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        middle, y = x + at.room / 2, top - style.leading / 2
        with canvas.artifact():
            canvas.saveState()
            canvas.setStrokeColorRGB(*MUTED)
            canvas.setLineWidth(0.8)
            canvas.setDash(4, 3)
            canvas.line(x - _OVER, y, middle - gap, y)
            canvas.line(middle + gap, y, x + at.room + _OVER, y)
            canvas.restoreState()
        text.draw(canvas, x, top)

    return Drawn(text.height + 4, paint)


def copies(parts: Sequence[Part], at: Setting, only: int = -1) -> Piece:
    """Who gets a copy, in one line; of a pad: whose copy this page is."""
    said = [text for part in parts for text in part.bullets]
    style = at.look.small
    if 0 <= only < len(said):
        said = [said[only]]
        style = replace(at.look.strong, color=MUTED)
    return prose(at.parent.add("P"), " · ".join(said), style, at.room)
