"""On a home page: that something waits for this person, and the way to it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from intake_app.ui.parts.cards import Card, PrimaryButton, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme


class WaitingCard(Card):
    """How many wait; hidden where none do.

    Signals:
        open_asked: Show them.
        refreshed: It says what the files hold now.
    """

    open_asked = Signal()
    refreshed = Signal()

    def __init__(self, title: str, button: str, why: str, theme: Theme) -> None:
        super().__init__(title)
        self.said = words_label("", "label")
        self.button = PrimaryButton(button, theme)
        self.button.setAccessibleName(button)
        on_press(self.button, self.open_asked.emit)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.button)
        self.box.addLayout(row)
        self.box.addWidget(muted(why))
        self.hide()

    def say(self, sentences: Sequence[str]) -> None:
        """Say what waits; nothing: the card is hidden."""
        self.said.setText(" ".join(sentences))
        self.setVisible(bool(sentences))
        self.refreshed.emit()
