"""A sheet of Letter size: letterhead, parts, as many pages as it takes."""

from dataclasses import replace
from functools import partial
from types import MappingProxyType

from intake_app.domain.paper import Sheet
from intake_app.pdf import look
from intake_app.pdf.barcode import may_be_coded
from intake_app.pdf.flow import Item, Page, Rooms, fill
from intake_app.pdf.frame import HEIGHT, MARGIN, ROOM, PageNumber, Painter, draw_frame
from intake_app.pdf.letterhead import letterhead
from intake_app.pdf.parts import items
from intake_app.pdf.setting import Setting
from intake_app.pdf.structure import Element
from intake_app.pdf.tagged_canvas import TaggedCanvas
from intake_app.words import Words

_LOOKS = MappingProxyType({"large": look.LARGE, "small": look.SMALL_TYPE})
_FIRST_TOP = HEIGHT - 28.0
_LATER_TOP = HEIGHT - 54.0
_BOTTOM = 48.0


def letter_pages(parent: Element, sheet: Sheet, words: Words) -> list[Painter]:
    """Lay out a sheet; its pages, ready to draw.

    Args:
        parent: Element that the sheet's own elements become kids of.
        sheet: The sheet.
        words: In the sheet's language.
    """
    code = sheet.number if sheet.has_barcode and may_be_coded(sheet.number) else ""
    head = Setting(parent, ROOM, look.LETTER, words, code)
    at = replace(head, look=_LOOKS.get(sheet.size, look.LETTER))
    laid = [Item(letterhead(sheet, head)), *items(sheet.parts, at)]
    pages = fill(laid, Rooms(_FIRST_TOP - _BOTTOM, _LATER_TOP - _BOTTOM))
    return [partial(_paint, sheet, page) for page in pages]


def _paint(sheet: Sheet, page: Page, canvas: TaggedCanvas, number: PageNumber) -> None:
    draw_frame(canvas, sheet, number)
    top = _FIRST_TOP if number.is_first else _LATER_TOP
    for y, piece in page:
        piece.draw(canvas, MARGIN, top - y)
