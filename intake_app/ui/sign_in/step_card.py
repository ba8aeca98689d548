"""What all steps of signing in share: a card that says why, shows what went wrong, and gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from intake_app.ui.parts.cards import Card, ErrorBox, named_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import words_label

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

    from intake_app.ui.parts.theme import Theme
    from intake_app.words import Words


class StepCard(Card):
    """A step; hidden until it is asked.

    Signals:
        left: Given up, or nobody went on for so long; back to user name and passphrase.

    Attributes:
        error: What went wrong.
        back: Gives up.
        first: What takes the cursor.
    """

    left = Signal()

    def __init__(self, title: str, words: Words, theme: Theme, waits_s: int) -> None:
        super().__init__(title)
        self._words, self._theme = words, theme
        self.box.setSpacing(10)
        self.why = words_label("")
        self.box.addWidget(self.why)
        self.error = ErrorBox(theme)
        self.box.addWidget(self.error)
        self.back = named_button(words.text("Back"), "link")
        on_press(self.back, self.left.emit)
        self.first: QWidget = self.back
        # whoever walked away after the passphrase shall not leave an open door
        self._patience = QTimer(self, interval=waits_s * 1000, singleShot=True)
        self._patience.timeout.connect(self.left)
        self.hide()

    def end_with_back(self) -> None:
        """Put the way back below all the rest."""
        self.box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)

    def open(self) -> None:
        """Show it, with the cursor in the first field."""
        self.error.say("")
        self.wait(waiting=False)
        self.show()
        self._patience.start()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self) -> None:
        """Nothing is asked any more, and nothing of what was typed or shown stays."""
        self._patience.stop()
        self.forget()
        self.hide()

    def forget(self) -> None:
        """Empty the fields."""

    def wait(self, *, waiting: bool) -> None:
        """While the worker looks at it nothing can be pressed."""
        self.setEnabled(not waiting)

    def refuse(self, error: BaseException, more: str = "") -> None:
        """Say what was wrong; the same step goes on."""
        note(error)
        self.wait(waiting=False)
        told = sentence_for(error, self._words)
        self.error.say(f"{told} {more}".strip())
        self._patience.start()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first field comes first."""
        super().focusInEvent(event)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
