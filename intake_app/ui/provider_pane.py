"""One provider in full, with what this desk may add: "we called" and a note of our own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from intake_app.services.providers import ProviderRow
from intake_app.ui.cards import Card, Chip, clear, make_button
from intake_app.ui.labels import fact_label, field_label, heading, muted, words_label
from intake_app.ui.provider_words import Labels, facts, status_words
from intake_app.ui.theme import Theme
from intake_app.words import Words


class ProviderPane(Card):
    """The detail.

    Signals:
        verified: Somebody called, and the entry holds.
        noted: Keep this note.
    """

    verified = Signal()
    noted = Signal(str)

    def __init__(self, words: Words, theme: Theme, *, may_write: bool) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._top = QVBoxLayout()
        self._top.setSpacing(8)
        self.box.addLayout(self._top)
        self._own = self._own_part()
        self._may_write = may_write
        self.box.addWidget(self._own)
        self.box.addStretch()
        self.empty()

    def empty(self) -> None:
        """Nothing is chosen."""
        clear(self._top)
        self._own.hide()
        self._top.addWidget(muted(self._words.text("Choose an entry to see all of it.")))

    def show_row(self, row: ProviderRow, labels: Labels) -> None:
        """Show an entry."""
        clear(self._top)
        self._top.addWidget(heading(row.name, 2))
        self._top.addWidget(muted(row.organization))
        chips = QVBoxLayout()
        chips.setSpacing(6)
        for said, kind in status_words(row, self._words):
            chips.addWidget(Chip(said, kind), 0, Qt.AlignmentFlag.AlignLeft)
        self._top.addLayout(chips)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for head, text in facts(row, self._words, labels):
            form.addRow(fact_label(head), words_label(text))
        self._top.addLayout(form)
        self.note_field.setPlainText(row.provider.text("note"))
        self._own.setVisible(self._may_write)

    def _own_part(self) -> QWidget:
        words, part = self._words, QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 8, 0, 0)
        self.call = make_button(words.text("We called: all still right"))
        self.call.clicked.connect(self.verified)
        self.note_field = QPlainTextEdit()
        self.note_field.setTabChangesFocus(True)
        self.note_field.setFixedHeight(self._theme.px(72))
        save = make_button(words.text("Keep the note"))
        save.clicked.connect(lambda: self.noted.emit(self.note_field.toPlainText()))
        lines.addWidget(field_label(words.text("Our note"), self.note_field))
        lines.addWidget(self.note_field)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addWidget(self.call)
        row.addStretch()
        lines.addLayout(row)
        return part
