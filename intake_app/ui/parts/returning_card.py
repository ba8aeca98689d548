"""A card that asks about one line of a list, and gives the cursor back to where it was."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from shiboken6 import isValid

from intake_app.ui.parts.asking_card import AskingCard
from intake_app.ui.parts.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ReturningCard(AskingCard):
    """Hidden until it asks; Escape leaves it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", theme)
        self._from: QWidget | None = None

    def note_cursor(self) -> None:
        """Remember where the cursor is now."""
        self._from = self.window().focusWidget()

    def done(self) -> None:
        """Nothing more is asked; the cursor goes back to where it began."""
        self.forget()
        self.hide()
        if self._from is not None and isValid(self._from):
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop what was asked about, and what was typed; for those who ask something."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.done()
        else:
            super().keyPressEvent(event)
