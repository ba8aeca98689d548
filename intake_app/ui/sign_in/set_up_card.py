"""The second proof is set up at the first sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.ui.sign_in.proof_form import ProofForm
from intake_app.ui.sign_in.step_card import StepCard

if TYPE_CHECKING:
    from intake_app.ui.parts.theme import Theme
    from intake_app.words import Words

_WAITS_S = 900


class SetUpCodeCard(StepCard):
    """Says why, and shows the form; see `ProofForm`.

    Attributes:
        form: The two ways.
    """

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Set up a second proof, once"), words, theme, _WAITS_S)
        self.why.setText(words.text(
            "A passphrase can be seen or guessed. So your department asks for a code too, once a "
            "shift: of your phone, or of a printed sheet where phones are not allowed."
        ))  # fmt: skip
        self.form = ProofForm(words, theme)
        self.box.addWidget(self.form)
        self.end_with_back()
        self.first = self.form.phone

    def ask(self) -> None:
        """Ask for one of the two ways."""
        self.form.forget()
        self.open()

    def forget(self) -> None:
        """Nothing of what was offered stays."""
        self.form.forget()

    def refuse(self, error: BaseException, more: str = "") -> None:
        """Beside the code."""
        _ = more
        self.wait(waiting=False)
        self._patience.start()
        self.form.refuse(error)
