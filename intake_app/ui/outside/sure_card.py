"""Asks before a recipient is taken back: it is for good."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from intake_app.domain.disclosure import Recipient
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, PrimaryButton, named_button, on_press
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class SureCard(Card):
    """Hidden until something asks.

    Signals:
        sure: Yes (`Recipient`).
        left: No: the cursor goes back to where it began.

    Attributes:
        yes: Takes back.
        leave: Does not.
    """

    sure = Signal(object)
    left = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Take this recipient back?"))
        self._words = words
        self._one: Recipient | None = None
        self._what = words_label("")
        self.yes = PrimaryButton(words.text("Yes, for good"), theme)
        self.yes.setAccessibleName(self.yes.text())
        self.leave = named_button(words.text("Cancel"))
        self.box.addWidget(self._what)
        self.box.addWidget(ButtonRow(theme.px(8), (self.yes, self.leave)))
        on_press(self.yes, self._on_yes)
        on_press(self.leave, self._on_leave)
        self.hide()

    def ask(self, one: Recipient) -> None:
        """Ask about one."""
        self._one = one
        self._what.setText(self._words.text(
            "{name}: what they have stays with them. Nothing more is sealed to these keys, and "
            "their receipts are no longer taken. With new keys they can be entered again.",
            name=one.name,
        ))  # fmt: skip
        self.show()
        bring_into_view(self)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_leave()
        else:
            super().keyPressEvent(event)

    def _on_leave(self) -> None:
        self.hide()
        self.left.emit()

    def _on_yes(self) -> None:
        self.hide()
        if self._one is not None:
            self.sure.emit(self._one)
