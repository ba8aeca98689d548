"""One provider in full, with what this desk may add: "we called", a note, changes."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.services.providers.edits import merged_here
from intake_app.services.providers.providers import ProviderRow
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, Chip, clear, named_button, on_press
from intake_app.ui.parts.labels import fact_label, field_label, heading, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.ui.providers.words import Labels, facts, status_words
from intake_app.words import Words


class ProviderPane(Card):
    """The detail.

    Signals:
        verified: Somebody called, and the entry holds (what they said about room, or empty).
        noted: Keep this note.
        change_asked: Change the entry.
        merge_asked: It is the same as another entry.
        undo_asked: Part it from an entry (record) that was merged into it.
    """

    verified = Signal(str)
    noted = Signal(str)
    change_asked = Signal()
    merge_asked = Signal()
    undo_asked = Signal(str)

    def __init__(
        self, words: Words, theme: Theme, *, may_write: bool, may_edit: bool = False
    ) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._may_write, self._may_edit = may_write, may_edit
        self._top = QVBoxLayout()
        self._top.setSpacing(8)
        self.box.addLayout(self._top)
        self._own = self._own_part()
        self.box.addWidget(self._own)
        self._edits = QVBoxLayout()
        self.box.addLayout(self._edits)
        self.box.addStretch()
        self.empty()

    def empty(self) -> None:
        """Nothing is chosen."""
        clear(self._top)
        clear(self._edits)
        self._own.hide()
        self._top.addWidget(muted(self._words.text("Choose an entry to see all of it.")))

    def show_row(self, row: ProviderRow, labels: Labels) -> None:
        """Show an entry."""
        clear(self._top)
        clear(self._edits)
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
        self.room.clear()
        self._own.setVisible(self._may_write)
        if self._may_edit:
            self._edits.addWidget(ButtonRow(self._theme.px(8), self._edit_buttons(row)))

    def _own_part(self) -> QWidget:
        words, part = self._words, QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 8, 0, 0)
        self.room = QLineEdit()
        self.call = named_button(words.text("We called: all still right"), "small")
        on_press(self.call, lambda: self.verified.emit(self.room.text().strip()))
        self.note_field = QPlainTextEdit()
        self.note_field.setTabChangesFocus(True)
        self.note_field.setFixedHeight(self._theme.px(72))
        save = named_button(words.text("Keep the note"), "small")
        on_press(save, lambda: self.noted.emit(self.note_field.toPlainText()))
        lines.addWidget(field_label(words.text("What they say about room now"), self.room))
        lines.addWidget(self.room)
        lines.addWidget(ButtonRow(0, (self.call,)))
        lines.addWidget(field_label(words.text("Our note"), self.note_field))
        lines.addWidget(self.note_field)
        lines.addWidget(ButtonRow(0, (save,)))
        return part

    def _edit_buttons(self, row: ProviderRow) -> list[QPushButton]:
        text = self._words.text
        self.change = named_button(text("Change…"), "small")
        on_press(self.change, self.change_asked.emit)
        self.merge = named_button(text("Same as another entry…"), "small")
        on_press(self.merge, self.merge_asked.emit)
        made = [self.change, self.merge]
        for gone, name in merged_here(row.provider):
            undo = named_button(text("Part from “{name}”", name=name), "small")
            on_press(undo, partial(self.undo_asked.emit, gone))
            made.append(undo)
        return made
