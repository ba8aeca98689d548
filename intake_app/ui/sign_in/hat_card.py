"""Which hat is worn today: asked at sign-in of who has several roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from intake_app.domain.pathway import POLICE
from intake_app.services.records.role_words import ROLES, role_name
from intake_app.ui.parts.cards import Card, clear, named_button, on_press
from intake_app.ui.parts.labels import words_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent

    from intake_app.domain.roles import Role
    from intake_app.words import Words

_WAITS = 60_000
"""Milliseconds; whoever walked away after the passphrase shall not leave an open door."""


class HatCard(Card):
    """One button for each role; only the files of that role are opened.

    Signals:
        chosen: This `Role`.
        left: Nothing was chosen; back to user name and passphrase.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Which hat are you wearing?"))
        self._words = words
        told = words.text(
            "You have several roles. Only what this role may see is opened. To change it later, "
            "use “Switch user”."
        )
        self.box.addWidget(words_label(told))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.box.addLayout(self._rows)
        self.back = named_button(words.text("Back"), "link")
        on_press(self.back, self.left.emit)
        self.box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self._patience = QTimer(self, interval=_WAITS, singleShot=True)
        self._patience.timeout.connect(self.left)
        self.buttons: list[QPushButton] = []
        self.hide()

    def ask(self, roles: Iterable[str], kind: str = POLICE) -> None:
        """Show the roles of a kind of agency, in the order of the table; the first is focused."""
        wanted = set(roles)
        clear(self._rows)
        self.buttons = [self._button(role, kind) for role in ROLES if role in wanted]
        for button in self.buttons:
            self._rows.addWidget(button)
        self.setEnabled(True)
        self.show()
        self._patience.start()
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self) -> None:
        """Nothing is asked any more."""
        self._patience.stop()
        self.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first role comes first."""
        super().focusInEvent(event)
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, role: Role, kind: str) -> QPushButton:
        name = role_name(role, self._words, kind)
        made = named_button(name)
        made.setAutoDefault(True)  # Return presses it too
        on_press(made, lambda: self._choose(role))
        return made

    def _choose(self, role: Role) -> None:
        self._patience.stop()
        self.setEnabled(False)
        self.chosen.emit(role)
