"""The records behind a number, for those who may read them; each look is logged."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from intake_app.domain.figure import Place
from intake_app.domain.listing import Row
from intake_app.domain.measure import Kind
from intake_app.services.desk import Desk
from intake_app.services.measures.behind import MOST, Behind, records_behind
from intake_app.services.measures.viewing import View
from intake_app.ui.background import Background
from intake_app.ui.cards import Card, Chip, MessageBox, clear, named_button, on_press
from intake_app.ui.errors import note, sentence_for
from intake_app.ui.form.form_view import bring_into_view
from intake_app.ui.labels import muted
from intake_app.ui.lists import Line, line_button, ruled
from intake_app.ui.pathway_words import pathway_name
from intake_app.ui.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


class RecordsCard(Card):
    """Receipt number, day and pathway of each; a press opens it. No names.

    Signals:
        record_asked: Open this record (id).
        refreshed: The list is there.

    Attributes:
        lines: The buttons that are shown.
    """

    record_asked = Signal(str)
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Records behind this number"))
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._turn = 0
        self.lines: list[QPushButton] = []
        if self.head is not None:
            self.head.addWidget(Chip(words.text("Not for release"), "late"))
            shut = named_button(words.text("Close the list"), "small")
            on_press(shut, self.close_list)
            self.head.addWidget(shut)
        self.error, self.told = MessageBox(theme, "error"), muted("")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.box.addWidget(self.error)
        self.box.addWidget(self.told)
        self.box.addLayout(self._lines)
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
        is_rate = view.told.measure.kind is Kind.RATE
        for row in found.lines:
            counted = is_rate and row.record in found.counted
            button = line_button(self._theme, self._line(row, is_counted=counted),
                                 partial(self.record_asked.emit, str(row.record)))  # fmt: skip
            self.lines.append(button)
            frame = ruled(button)
            self._lines.addWidget(frame)
            frame.show()
        self.told.setText(" ".join(self._sentences(found)))
        self.show()
        bring_into_view(self)
        if self.lines:
            self.lines[0].setFocus()
        self.refreshed.emit()

    def _line(self, row: Row, *, is_counted: bool) -> Line:
        words = self._words
        chip = words.text("in the number") if is_counted else ""
        day = short_date(row.opened, words.language)
        return Line(day, row.number or words.text("no number"),
                    pathway_name(row.pathway, words), chip)  # fmt: skip

    def _sentences(self, found: Behind) -> list[str]:
        words = self._words
        said = [words.plural("{n} record.", "{n} records.", len(found.lines))]
        if found.is_more:
            said.append(words.text(
                "These are the newest {most}. Cut by something narrower to see the others.",
                most=MOST,
            ))  # fmt: skip
        if found.kept:
            said.append(words.plural(
                "{n} more is kept from you.", "{n} more are kept from you.", found.kept
            ))  # fmt: skip
        if found.nameless:
            said.append(words.plural(
                "{n} more has no record to open: a contact without a case, or one that has ended.",
                "{n} more have no record to open: contacts without a case, or ones that have "
                "ended.",
                found.nameless,
            ))  # fmt: skip
        return said

    def _empty(self) -> None:
        clear(self._lines)
        self.lines = []
        self.told.setText("")

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self._empty()
        self.error.say(sentence_for(error, self._words))
        self.show()
