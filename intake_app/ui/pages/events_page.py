"""The latest overdose events: when they were taken, how many people, whether ODMAP was told."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.services.desk import Desk
from intake_app.services.intakes.events import EventRow, events
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, clear
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import heading, muted
from intake_app.ui.parts.lists import Line, end_rows, line_button, ruled
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words


class EventsPage(QWidget):
    """The list.

    Signals:
        record_asked: Open this event (record id).
        refreshed: The list stands.

    Attributes:
        rows: A line for each event.
    """

    record_asked = Signal(str)
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(heading(words.text("Overdoses")))
        told = words.text("Each event is kept once, without a name, whoever was there.")
        lines.addWidget(muted(told))
        self.error = FailureBox(theme, words)
        lines.addWidget(self.error)
        card = Card()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        card.box.addLayout(self._lines)
        lines.addWidget(card)
        lines.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self.rows: list[QPushButton] = []

    def refresh(self) -> None:
        """Read the list anew."""
        self._background.run(lambda: events(self._desk), self._show, self.error.tell)

    def _show(self, found: Sequence[EventRow]) -> None:
        clear(self._lines)
        self.rows = [self._row(one) for one in found]
        for row in self.rows:
            self._lines.addWidget(ruled(row))
        end_rows(self._lines)
        if not self.rows:
            self._lines.addWidget(muted(self._words.text("No overdose was taken yet.")))
        self.refreshed.emit()

    def _row(self, event: EventRow) -> QPushButton:
        words = self._words
        people = words.plural("{n} person", "{n} people", event.people)
        under = people if event.people else words.text("Nobody was met.")
        chip, kind = words.text("Not reported to ODMAP yet"), "soon"
        if event.report:
            chip, kind = words.text("Reported to ODMAP"), "ok"
        when = moment_in_words(event.opened, words.language)
        line = Line("", f"{when} · {event.number}", under, chip, kind)
        return line_button(self._theme, line, lambda: self.record_asked.emit(event.record))
