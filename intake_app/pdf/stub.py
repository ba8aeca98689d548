"""The part to tear off: at the foot of its page, below a dashed line."""

from intake_app.domain.paper import BlockType, Part
from intake_app.pdf.barcode import SQUARE, square
from intake_app.pdf.fact_parts import facts
from intake_app.pdf.flow import Item
from intake_app.pdf.look import MUTED
from intake_app.pdf.pieces import Drawn, Piece, Row, Stack, empty, prose
from intake_app.pdf.prose_parts import bullets
from intake_app.pdf.setting import Setting
from intake_app.pdf.tagged_canvas import TaggedCanvas

_OVER = 26.0  # how far the dashed line runs past the text, on both sides


def stub(part: Part, at: Setting) -> list[Item]:
    """A dashed line, then words, entries and facts; with a square code where there is a number."""
    section = at.parent.add("Sect")
    room = at.room - (SQUARE + 20 if at.code else 0)
    inner = at.inside(section, room)
    first, _, rest = part.text.partition("\n")
    pieces: list[Piece] = []
    if first:
        pieces.append(prose(section.add("P"), first, at.look.headings[1], room))
    if rest.strip():
        pieces.append(prose(section.add("P"), rest.strip("\n"), at.look.body, room))
    for setter, kind in ((bullets, BlockType.BULLETS), (facts, BlockType.FACTS)):
        entries = setter(Part(kind, bullets=part.bullets, rows=part.rows), inner)
        pieces += [item.piece for item in entries]
    body: Piece = Stack(tuple(pieces), 2)
    if at.code:
        body = Row(((0, body), (at.room - SQUARE, square(at.code, inner))))
    tear = Drawn(16, lambda canvas, x, top: _tear(canvas, x, top - 6, at.room))
    return [Item(Stack((tear, body, empty(2))), 14, is_whole=True, sinks=True)]


def _tear(canvas: TaggedCanvas, x: float, y: float, room: float) -> None:
    """A dashed line with a small pair of scissors."""
    with canvas.artifact():
        canvas.saveState()
        canvas.setStrokeColorRGB(*MUTED)
        canvas.setLineWidth(0.8)
        canvas.setDash(4, 3)
        canvas.line(x - _OVER, y, x - 8, y)
        canvas.line(x + 12, y, x + room + _OVER, y)
        canvas.setDash()
        canvas.circle(x - 3, y + 3, 2.1)
        canvas.circle(x - 3, y - 3, 2.1)
        canvas.line(x - 1.2, y + 2, x + 8, y - 3.4)
        canvas.line(x - 1.2, y - 2, x + 8, y + 3.4)
        canvas.restoreState()
