"""The records behind a number, for those who may read them; each look is logged."""

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Signal

from intake_app.domain.figure import Place
from intake_app.domain.measure import Kind
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Behind, RecordBehind
from intake_app.services.measures.asking import MOST_BEHIND, records_behind
from intake_app.services.measures.tabling import Line, Table
from intake_app.services.measures.viewing import View
from intake_app.ui.measures.told_table import ToldTable
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, Chip, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.pathway_words import pathway_name
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date

_WIDTHS: Final = (190, 140, 0, 150)


class RecordsCard(Card):
    """Receipt number, day and pathway of each; a press opens it. No names.

    Signals:
        record_asked: Open this record (id).
        refreshed: The list is there.

    Attributes:
        table: The records; Enter opens one.
        told: How many there are, and how many are not listed.
    """

    record_asked = Signal(str)
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Records behind this number"))
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._turn = 0
        self._found: tuple[RecordBehind, ...] = ()
        if self.head is not None:
            self.head.addWidget(Chip(words.text("Not for release"), "late"))
            shut = named_button(words.text("Close the list"), "small")
            on_press(shut, self.close_list)
            self.head.addWidget(shut)
        self.error, self.told = FailureBox(theme, words), muted("")
        self.table = ToldTable(theme, words)
        self.table.row_opened.connect(self._on_row)
        for part in (self.error, self.told, self.table):
            self.box.addWidget(part)
        self.hide()

    def close_list(self) -> None:
        """Nothing of anybody stays on the page."""
        self._turn += 1
        self._empty()
        self.hide()

    def show_behind(self, view: View, place: Place) -> None:
        """List the records behind one place of a table."""
        self._turn += 1
        desk, asked = self._desk, view.asked
        self._background.run(
            lambda: records_behind(desk, asked, place),
            partial(self._show, self._turn, view), self._on_failed,
        )  # fmt: skip

    def _show(self, turn: int, view: View, found: Behind) -> None:
        if turn != self._turn:
            return
        self._empty()
        self.error.say("")
        self._found = found.records
        is_rate = view.told.measure.kind is Kind.RATE
        self.table.show_table(self._table(found, is_rate=is_rate), widths=_WIDTHS)
        self.table.setVisible(bool(found.records))
        self.told.setText(" ".join(self._sentences(found)))
        self.show()
        bring_into_view(self)
        if found.records:
            self.table.selectRow(0)
            self.table.setFocus()
        self.refreshed.emit()

    def _table(self, found: Behind, *, is_rate: bool) -> Table:
        words = self._words
        heads = (words.text("Number"), words.text("Day"), words.text("Pathway"),
                 words.text("Counted") if is_rate else "")  # fmt: skip
        counted = words.text("in the number") if is_rate else ""
        lines = tuple(
            Line(row.number or words.text("no number"), (
                short_date(row.opened, words.language), pathway_name(row.pathway, words),
                counted if row.is_counted else "",
            ))
            for row in found.records
        )  # fmt: skip
        return Table(words.text("Records behind this number"), heads, lines)

    def _on_row(self, index: QModelIndex) -> None:
        is_there = index.isValid() and index.row() < len(self._found)
        if is_there and self._found[index.row()].can_open:
            self.record_asked.emit(str(self._found[index.row()].record))

    def _sentences(self, found: Behind) -> list[str]:
        words = self._words
        said = [words.plural("{n} record.", "{n} records.", len(found.records))]
        if found.has_more:
            said.append(words.text(
                "These are the newest {most}. Cut by something narrower to see the others.",
                most=MOST_BEHIND,
            ))  # fmt: skip
        if found.kept:
            said.append(words.plural(
                "{n} more is kept from you.", "{n} more are kept from you.", found.kept
            ))  # fmt: skip
        closed = sum(not one.can_open for one in found.records)
        if closed:
            said.append(words.plural(
                "{n} of them has no page to open: a contact without a case, or a record that has "
                "ended.",
                "{n} of them have no page to open: contacts without a case, or records that have "
                "ended.",
                closed,
            ))  # fmt: skip
        return said

    def _empty(self) -> None:
        self._found = ()
        self.table.show_table(Table("", (), ()))
        self.told.setText("")

    def _on_failed(self, error: BaseException) -> None:
        self._empty()
        self.error.tell(error)
        self.show()
