"""A wallet card, four to a sheet: business-card size, or twice that with a fold."""

from functools import partial

from intake_app.domain.errors import PaperTooLong
from intake_app.domain.paper import BlockType, Sheet
from intake_app.pdf import look
from intake_app.pdf.flow import Item, Page, Rooms, fill
from intake_app.pdf.frame import HEIGHT, WIDTH, PageNumber, Painter, watermark
from intake_app.pdf.parts import items
from intake_app.pdf.pieces import prose
from intake_app.pdf.setting import Setting
from intake_app.pdf.structure import Element
from intake_app.pdf.tagged_canvas import TaggedCanvas
from intake_app.words import Words

_WIDE, _HIGH = 252.0, 144.0
"""A panel: 3.5 by 2 inches, a business card."""
_PAD_X, _PAD_Y = 13.0, 10.0
_MARK = 12.0
_TOP = 40.0
_PANELS = 2


def card_pages(parent: Element, sheet: Sheet, words: Words) -> list[Painter]:
    """A page of four equal cards with marks to cut along.

    Screen readers meet the card once: three of the four are copies.

    Args:
        parent: Element that the card's own elements become kids of.
        sheet: The card.
        words: In the card's language.

    Raises:
        PaperTooLong: The text does not fit on two panels.
    """
    return [partial(_paint, sheet, _panels(sheet, parent, words))]


def _paint(sheet: Sheet, panels: list[Page], canvas: TaggedCanvas, _number: PageNumber) -> None:
    high = _HIGH * len(panels)
    left, top = (WIDTH - 2 * _WIDE) / 2, HEIGHT - _TOP
    corners = [(left + column * _WIDE, top - row * high) for row in (0, 1) for column in (0, 1)]
    for corner in reversed(corners[1:]):
        with canvas.copy():
            _draw(canvas, sheet, panels, corner)
    _draw(canvas, sheet, panels, corners[0])
    _cut_marks(canvas, (left, top), high)


def _panels(sheet: Sheet, parent: Element, words: Words) -> list[Page]:
    room = _WIDE - 2 * _PAD_X
    at = Setting(parent, room, look.CARD, words)
    laid: list[Item] = []
    if not any(part.type is BlockType.HEADING for part in sheet.parts):
        title = sheet.title or sheet.number
        piece = prose(parent.add("H1"), title, look.CARD.headings[0], room)
        laid.append(Item(piece, keeps_next=True))
    laid += items(sheet.parts, at, above=0 if not laid else 1)
    for text in (sheet.number, sheet.replaces):
        if text and not _says(sheet, text):
            piece = prose(parent.add("P"), text, look.CARD_NUMBER, room)
            laid.append(Item(piece, look.CARD.gap))
    high = _HIGH - 2 * _PAD_Y
    panels = fill(laid, Rooms(high, high))
    is_over = any(y + piece.height > high + 0.01 for panel in panels for y, piece in panel)
    if len(panels) > _PANELS or is_over:
        raise PaperTooLong
    return panels


def _says(sheet: Sheet, text: str) -> bool:
    """Whether the card's own words hold a text already: nothing is said twice on a card."""
    words = (w for p in sheet.parts for w in (p.text, *p.bullets, *(c for r in p.rows for c in r)))
    return any(text in word for word in words)


def _draw(
    canvas: TaggedCanvas, sheet: Sheet, panels: list[Page], corner: tuple[float, float]
) -> None:
    x, top = corner
    if sheet.sample_words:
        middle = (x + _WIDE / 2, top - _HIGH * len(panels) / 2)
        watermark(canvas, sheet.sample_words, middle, _WIDE * 0.7)
    with canvas.artifact():
        canvas.setFillColorRGB(*look.NAVY)
        canvas.rect(x + _PAD_X, top - 5, _WIDE - 2 * _PAD_X, 2, stroke=0, fill=1)
        if len(panels) > 1:
            canvas.saveState()
            canvas.setStrokeColorRGB(*look.HAIRLINE)
            canvas.setLineWidth(0.5)
            canvas.setDash(1, 3)
            canvas.line(x + 4, top - _HIGH, x + _WIDE - 4, top - _HIGH)
            canvas.restoreState()
    for n, panel in enumerate(panels):
        for y, piece in panel:
            piece.draw(canvas, x + _PAD_X, top - n * _HIGH - _PAD_Y - y)


def _cut_marks(canvas: TaggedCanvas, corner: tuple[float, float], high: float) -> None:
    """Short lines outside the cards and small crosses between them."""
    left, top = corner
    xs = (left, left + _WIDE, left + 2 * _WIDE)
    ys = (top, top - high, top - 2 * high)
    with canvas.artifact():
        canvas.setStrokeColorRGB(*look.RULE)
        canvas.setLineWidth(0.5)
        for x in xs:
            canvas.line(x, ys[0] + 4, x, ys[0] + 4 + _MARK)
            canvas.line(x, ys[2] - 4, x, ys[2] - 4 - _MARK)
        for y in ys:
            canvas.line(xs[0] - 4, y, xs[0] - 4 - _MARK, y)
            canvas.line(xs[2] + 4, y, xs[2] + 4 + _MARK, y)
        canvas.line(xs[1] - 4, ys[1], xs[1] + 4, ys[1])
        canvas.line(xs[1], ys[1] - 4, xs[1], ys[1] + 4)
