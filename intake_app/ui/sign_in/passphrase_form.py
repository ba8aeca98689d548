"""Asks for a new passphrase twice, and offers four random words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.ui.parts.cards import named_button, on_press
from intake_app.ui.parts.labels import field_label, muted, words_label

if TYPE_CHECKING:
    from intake_app.words import Words


class PassphraseForm(QWidget):
    """New passphrase, again, a suggestion, and where the policy lets it: show what is typed.

    Signals:
        suggestion_asked: Four random words are wanted.
        handed_in: Return was pressed in the last field.

    Attributes:
        new: The field.
        again: The same once more.
    """

    suggestion_asked = Signal()
    handed_in = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.new, self.again = QLineEdit(), QLineEdit()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        self.hint = muted("")
        for label, field in (
            (words.text("New passphrase"), self.new),
            (words.text("New passphrase again"), self.again),
        ):
            lines.addWidget(field_label(label, field))
            if field is self.new:
                lines.addWidget(self.hint)
            lines.addWidget(field)
            if field is self.new:
                lines.addLayout(self._suggestion())
        self.shown = QCheckBox(words.text("Show what I type"))
        self.shown.setAccessibleName(self.shown.text())
        self.shown.toggled.connect(self._on_shown)
        lines.addWidget(self.shown)
        self.new.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.handed_in)
        self.forget()

    def begin(self, least: int, *, may_show: bool) -> None:
        """Say what is asked.

        Args:
            least: The fewest characters.
            may_show: Whether the policy lets it be shown.
        """
        self.forget()
        self.hint.setText(self._words.text(
            "At least {n} characters; any letters, spaces and signs. Four words are best.", n=least
        ))  # fmt: skip
        self.shown.setVisible(may_show)

    def suggest(self, phrase: str) -> None:
        """Put four words into the first field; typing them once more is how one learns them."""
        self.new.setText(phrase)
        self.again.clear()
        self.suggested.setText(self._words.text("Learn it now: {phrase}", phrase=phrase))
        self.suggested.show()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def problem(self) -> tuple[str, QLineEdit] | None:
        """What is missing, and the field that wants it."""
        if not self.new.text():
            return self._words.text("Enter a new passphrase."), self.new
        if self.new.text() != self.again.text():
            return self._words.text("The two passphrases differ."), self.again
        return None

    def forget(self) -> None:
        """Empty the fields; nothing is shown."""
        self.new.clear()
        self.again.clear()
        self.suggested.setText("")
        self.suggested.hide()
        self.shown.setChecked(False)
        self._on_shown()

    def _suggestion(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.suggestion = named_button(self._words.text("Suggest four words"))
        on_press(self.suggestion, self.suggestion_asked.emit)
        self.suggested = words_label("", "label")
        row.addWidget(self.suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.suggested, 1)
        return row

    def _on_shown(self, is_shown: bool = False) -> None:
        modes = QLineEdit.EchoMode
        for field in (self.new, self.again):
            field.setEchoMode(modes.Normal if is_shown else modes.Password)
