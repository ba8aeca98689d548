"""The top of a sheet: who sends it, what it is, its number."""

from functools import lru_cache
from io import BytesIO

from reportlab.lib.utils import ImageReader

from intake_app.domain.paper import Letterhead, Sheet
from intake_app.pdf.barcode import linear, may_be_coded
from intake_app.pdf.fonts import width
from intake_app.pdf.look import HAIRLINE, LONG_TITLE, NAME, NUMBER, SMALL, SMALL_RIGHT, TITLE
from intake_app.pdf.pieces import Drawn, Piece, Row, Stack, prose
from intake_app.pdf.setting import Setting, placed_at
from intake_app.pdf.tagged_canvas import TaggedCanvas

LOGO = 50.0
_TITLE_SHARE = 0.45
_LEAST_TITLE = 160.0


@lru_cache(maxsize=2)
def picture(image: bytes) -> ImageReader | None:
    """A logo, or None where the bytes are no picture; a bad logo does not stop a letter.

    A department has one logo, so it is read once.
    """
    try:
        read = ImageReader(BytesIO(image))
        read.getRGBData()
    except (OSError, ValueError, SyntaxError):
        return None
    return read


def letterhead(sheet: Sheet, at: Setting) -> Piece:
    """Sender at the left, title and number at the right, a thin line below."""
    wanted = width(sheet.title, TITLE.font, TITLE.size) + 1
    share = min(max(wanted, _LEAST_TITLE), at.room * _TITLE_SHARE)
    left = sender(sheet.letterhead, at.inside(at.parent, at.room - share - 16))
    right = _title(sheet, at.inside(at.parent, share))
    row = Row(((0, left), (at.room - share, right)), 0, 10, 0)
    return Stack((row, Drawn(6, lambda canvas, x, top: _line(canvas, x, top, at.room))))


def sender(head: Letterhead, at: Setting, side: float = LOGO) -> Piece:
    """Name, address and emblem of who sends it; the emblem in a square of this side, in points."""
    logo = picture(head.logo) if head.logo else None
    indent = side + 12 if logo is not None else 0.0
    cells: list[tuple[float, Piece]] = []
    if logo is not None:
        cells.append((0, _logo(logo, head, at, side)))
    room = at.room - indent
    texts: list[Piece] = [prose(at.parent.add("P"), head.name, NAME, room)] if head.name else []
    if head.lines:
        texts.append(prose(at.parent.add("P"), "\n".join(head.lines), SMALL, room))
    cells.append((indent, Stack(tuple(texts), 1)))
    return Row(tuple(cells))


def _logo(image: ImageReader, head: Letterhead, at: Setting, side: float) -> Drawn:
    wide, high = image.getSize()
    scale = side / max(wide, high, 1)
    size = (wide * scale, high * scale)
    said = head.logo_alt or at.words.text("Logo of {name}", name=head.name)
    figure = at.parent.add("Figure", alt=said)

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        left, bottom = x + (side - size[0]) / 2, top - size[1]
        figure.attributes = placed_at(left, bottom, *size)
        with canvas.mark(figure):
            canvas.picture(image, left, bottom, size)

    return Drawn(size[1], paint)


def _title(sheet: Sheet, at: Setting) -> Piece:
    heading = at.parent.add("H1")
    title = prose(heading, sheet.title or sheet.number, TITLE, at.room)
    if len(title.lines) > 1:
        title = prose(heading, sheet.title, LONG_TITLE, at.room)
    pieces: list[Piece] = [title]
    if sheet.number:
        pieces.append(prose(at.parent.add("P"), sheet.number, NUMBER, at.room))
    if sheet.replaces:
        pieces.append(prose(at.parent.add("P"), sheet.replaces, SMALL_RIGHT, at.room))
    if sheet.has_barcode and may_be_coded(sheet.number):
        pieces.append(linear(sheet.number, at))
    return Stack(tuple(pieces))


def _line(canvas: TaggedCanvas, x: float, top: float, room: float) -> None:
    with canvas.artifact():
        canvas.setStrokeColorRGB(*HAIRLINE)
        canvas.setLineWidth(0.6)
        canvas.line(x, top, x + room, top)
