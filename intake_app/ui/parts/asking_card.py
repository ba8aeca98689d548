"""A card that asks: fields below one another, a button, and what came of it."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from intake_app.ui.parts.cards import Card, ErrorBox, MessageBox
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.theme import Theme


class AskingCard(Card):
    """A card with fields below one another, a button, and a box for what went wrong.

    Attributes:
        error: Says what to do.
        good: Says what was done.
    """

    def __init__(self, title: str, theme: Theme, told: str = "") -> None:
        super().__init__(title)
        self.error, self.good = ErrorBox(theme), MessageBox(theme, "ok")
        self.box.addWidget(self.error)
        self.box.addWidget(self.good)
        if told:
            self.box.addWidget(muted(told))

    def say(self, error: str = "", good: str = "") -> None:
        """Tell how it went."""
        self.error.say(error)
        self.good.say(good)

    def add_field(self, label: str, field: QWidget, hint: str = "") -> None:
        """A field with its label above it."""
        self.box.addWidget(field_label(label, field, hint))
        self.box.addWidget(field)

    def finish(self, button: QPushButton) -> None:
        """The button, below all fields."""
        button.setAccessibleName(button.text())
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self.box.addLayout(row)
        self.box.addStretch(1)
