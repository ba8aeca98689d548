"""The shelf on paper: every lot with what the books say, and a line to write the count on."""

from typing import Final

from intake_app.domain.entry import show_date
from intake_app.domain.roles import May
from intake_app.services.aid.stock import ItemStock, stock
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.words import Words

SHEET: Final = "stock_sheet"

_LINE: Final = "____________"


def print_stock_sheet(desk: Desk) -> bytes:
    """Draw the sheet for counting by hand; that it was printed is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        PaperMissing, FormMissing: A file is gone.
    """
    desk.require(May.KEEP_STOCK)
    words = Words(desk.own_language)
    rows = [row for one in stock(desk) for row in _rows(one, words)]
    sheet = HouseSheet(SHEET, words.language, {}, {"stock": rows})
    data = draw_sheet(desk, sheet)
    desk.station.note(desk.act("print stock sheet"))
    return data


def _rows(one: ItemStock, words: Words) -> list[tuple[str, ...]]:
    label = one.item.label.said_in(words.language)
    if not one.lots:
        return [(label, "", "", "0", _LINE)]
    return [
        (
            label,
            lot.lot or _no_lot(one, words),
            _day(lot.expires, words.language),
            str(lot.left),
            _LINE,
        )
        for lot in one.lots
    ]


def _no_lot(one: ItemStock, words: Words) -> str:
    return words.text("not noted") if one.item.has_lot else ""


def _day(day: str, language: str) -> str:
    return show_date(day, language) if day else ""
