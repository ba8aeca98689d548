"""The shelf as rows: every lot, what is left of it, and what is to be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intake_app.domain.stock import AidItem, Lot
from intake_app.services.aid.stock import ItemStock
from intake_app.ui.grids.word_table import WordTable
from intake_app.words import Words
from intake_app.words.dates import short_date


@dataclass(frozen=True, slots=True)
class StockRow:
    """One line: a lot, or an item of which nothing is left."""

    item: AidItem
    lot: Lot
    notes: str


class StockModel(WordTable[StockRow]):
    """The lots of all items as rows."""

    def __init__(self, words: Words) -> None:
        super().__init__((
            words.text("Item"), words.text("Lot"), words.text("Expires"), words.text("Left"),
            words.text("To do"),
        ))  # fmt: skip
        self._words = words

    def show_stock(self, stock: Sequence[ItemStock], today: date) -> None:
        """Show what is on the shelf."""
        self.show_rows([row for one in stock for row in self._rows_of(one, today)])

    def cells(self, row: StockRow) -> tuple[str, ...]:
        """The words of a line."""
        words, lot = self._words, row.lot
        no_lot = words.text("not noted") if row.item.has_lot and lot.left else ""
        day = short_date(lot.expires, words.language) if lot.expires else ""
        name = row.item.label.said_in(words.language)
        return name, lot.lot or no_lot, day, str(lot.left), row.notes

    def _rows_of(self, one: ItemStock, today: date) -> list[StockRow]:
        say = self._words.text
        low = say("Order more: at least {minimum}", minimum=one.item.minimum) if one.is_low else ""
        rows: list[StockRow] = []
        for lot in one.lots or (Lot(one.item.id),):
            notes = [self._note(one, lot, today), "" if rows else low]
            rows.append(StockRow(one.item, lot, " · ".join(note for note in notes if note)))
        return rows

    def _note(self, one: ItemStock, lot: Lot, today: date) -> str:
        say = self._words.text
        if lot.left < 0:
            return say("Count the shelf")
        if lot.left and lot.is_expired(today):
            return say("Expired: discard it")
        return say("Expires soon: give it first") if one.is_ending(lot, today) else ""
