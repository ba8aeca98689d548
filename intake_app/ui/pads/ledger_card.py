"""The number ledger of a year: each number, what became of it, and why there is a gap."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Signal

from intake_app.domain.ids import UserId
from intake_app.services.records.ledger import WHY, Entry, Use
from intake_app.ui.grids.tables import RowTable
from intake_app.ui.grids.word_table import WordTable
from intake_app.ui.parts.cards import Card
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_day

_HEIGHT, _YEARS = 420, 3


class LedgerModel(WordTable[Entry]):
    """The entries of a year as rows, the newest first."""

    def __init__(self, words: Words) -> None:
        super().__init__((
            words.text("Number"), words.text("What became of it"), words.text("Reserved"),
            words.text("By"),
        ))  # fmt: skip
        self._words = words
        self._names: Mapping[UserId, str] = {}

    def show_entries(self, entries: Sequence[Entry], names: Mapping[UserId, str]) -> None:
        """Show other entries."""
        self._names = names
        self.show_rows(tuple(reversed(entries)))

    def cells(self, row: Entry) -> tuple[str, str, str, str]:
        """The words of an entry."""
        words = self._words
        number = row.number or words.text(
            "No. {serial} of {series}", serial=row.serial, series=row.letter
        )
        day = short_day(row.at, words.language) if len(row.at) >= 10 else ""
        return number, self._became(row), day, self._names.get(row.by, "")

    def _became(self, entry: Entry) -> str:
        why = self._words.text(WHY[entry.use])
        return f"{why} {entry.reason}".strip() if entry.use is Use.VOID else why


class LedgerCard(Card):
    """The ledger.

    Signals:
        year_chosen: Show another year.
        record_asked: Open the case (record id) of a number.
    """

    year_chosen = Signal(int)
    record_asked = Signal(str)

    def __init__(self, year: int, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Number ledger"))
        self._words = words
        self.year = Picker()
        for each in range(year, year - _YEARS, -1):
            self.year.addItem(str(each), each)
        self.told = muted("")
        self.model = LedgerModel(words)
        self.table = RowTable(
            words.text("Number ledger"), self.model, theme,
            words.text("No number was used in this year."),
        )  # fmt: skip
        self.table.setFixedHeight(theme.px(_HEIGHT))
        self.table.set_widths([theme.px(w) for w in (180, 400, 130, 130)], 1)
        if self.head is not None:
            self.head.addWidget(field_label(words.text("Year"), self.year))
            self.head.addWidget(self.year)
        self.box.addWidget(self.told)
        self.box.addWidget(self.table)
        self.year.activated.connect(lambda _=0: self.year_chosen.emit(self.chosen))
        self.table.row_opened.connect(self._on_opened)

    @property
    def chosen(self) -> int:
        """The year that is shown."""
        return int(self.year.currentData())

    def show_entries(self, entries: Sequence[Entry], names: Mapping[UserId, str]) -> None:
        """Show a year, and say how many of its numbers are a gap."""
        self.model.show_entries(entries, names)
        gaps = sum(1 for entry in entries if entry.use in (Use.VOID, Use.LOST))
        numbers = self._words.plural("{n} number", "{n} numbers", len(entries))
        told = self._words.plural("{n} gap, explained", "{n} gaps, each explained", gaps)
        self.told.setText(f"{numbers} · {told}")

    def _on_opened(self, index: QModelIndex) -> None:
        record = self.model.rows[index.row()].record
        if record:
            self.record_asked.emit(record)
