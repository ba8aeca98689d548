"""A new passphrase before one goes on: after one for once, or by age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from intake_app.domain.sign_in_errors import NewPassphrase
from intake_app.ui.parts.cards import PrimaryButton
from intake_app.ui.sign_in.passphrase_form import PassphraseForm
from intake_app.ui.sign_in.step_card import StepCard

if TYPE_CHECKING:
    from intake_app.ui.parts.theme import Theme
    from intake_app.words import Words

_WAITS_S = 600


class NewPassphraseCard(StepCard):
    """Says why, and asks; see `PassphraseForm`.

    Signals:
        chosen: This passphrase.

    Attributes:
        form: The fields.
        go_on: Hands it in.
    """

    chosen = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Choose a new passphrase"), words, theme, _WAITS_S)
        self.form = PassphraseForm(words)
        self.box.addWidget(self.form)
        self.go_on = PrimaryButton(words.text("Set the new passphrase"))
        self.go_on.setAccessibleName(words.text("Set the new passphrase"))
        self.box.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignLeft)
        self.end_with_back()
        self.first = self.form.new
        self.go_on.clicked.connect(self._on_go_on)
        self.form.handed_in.connect(self._on_go_on)

    def ask(self, step: NewPassphrase) -> None:
        """Say why, and ask."""
        words = self._words
        once = words.text(
            "Somebody else has seen the passphrase that you just used: it was good for once. From "
            "now on only you know the new one."
        )
        aged = words.text("Your department asks for a new passphrase every few months.")
        self.why.setText(once if step.why == NewPassphrase.ONCE else aged)
        self.form.begin(step.least, may_show=step.may_show)
        self.open()

    def forget(self) -> None:
        """Empty the fields."""
        self.form.forget()

    def _on_go_on(self) -> None:
        if (problem := self.form.problem()) is not None:
            told, field = problem
            self.error.say(told)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wait(waiting=True)
        self.chosen.emit(self.form.new.text())
