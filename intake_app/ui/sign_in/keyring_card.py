"""This computer has lost its part of the key: what happened, and what to do; nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from intake_app.ui.parts.cards import PrimaryButton, named_button, on_press
from intake_app.ui.parts.labels import heading, words_label
from intake_app.ui.sign_in.step_card import StepCard

if TYPE_CHECKING:
    from intake_app.ui.parts.theme import Theme
    from intake_app.words import Words

_WAITS_S = 3600


class LostKeyringCard(StepCard):
    """One calm page in place of the fields.

    Signals:
        card_asked: Use a recovery card.

    Attributes:
        again: Try once more, after signing in to the computer as before.
        card: Use a recovery card.
    """

    card_asked = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        title = words.text("Nothing is lost, but this computer has forgotten its part of the key")
        super().__init__(title, words, theme, _WAITS_S)
        self.why.setText(words.text(
            "Besides your passphrase the program uses a secret that this computer keeps in its own "
            "keyring. It is not there now. That happens when the password of the computer was "
            "reset by somebody else, or when you work under another account of it. Your records "
            "and drafts are safe and unchanged, and your passphrase is still right."
        ))  # fmt: skip
        self.box.addWidget(heading(words.text("What you can do, the easiest first"), 2))
        for told in (
            words.text(
                "1. Sign in to the computer with the account and password that were used before, "
                "then try again here. If its keyring asks to be unlocked, say yes."
            ),
            words.text(
                "2. Work at another computer of the department, if there is one, until this is "
                "mended."
            ),
            words.text(
                "3. Ask an administrator who can still sign in here for a one-time passphrase. "
                "A colleague who holds the keys then gives them to you again."
            ),
            words.text(
                "4. If nobody can sign in here: take a recovery card. It opens the records and "
                "gives you a new passphrase."
            ),
        ):
            self.box.addWidget(words_label(told))
        row = QHBoxLayout()
        self.again = PrimaryButton(words.text("Try again"))
        self.again.setAccessibleName(words.text("Try again"))
        on_press(self.again, self.left.emit)
        self.card = named_button(words.text("Use a recovery card"))
        on_press(self.card, self.card_asked.emit)
        row.addWidget(self.again)
        row.addWidget(self.card)
        row.addStretch()
        self.box.addSpacing(4)
        self.box.addLayout(row)
        self.back.hide()
        self.first = self.again

    def ask(self) -> None:
        """Show it."""
        self.open()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)
