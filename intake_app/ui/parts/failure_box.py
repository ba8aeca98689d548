"""A box that says why a job failed, beside its cause: the job is given `tell` for it.

What is shown nowhere else comes out at `errors.ErrorDoor`.
"""

from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class FailureBox(MessageBox):
    """Says why a job failed; the log has it before."""

    def __init__(
        self, theme: Theme, words: Words, good: MessageBox | None = None, kind: str = "error"
    ) -> None:
        """Make a hidden box.

        Args:
            theme: Look.
            words: Language of the window.
            good: Says good news, which is over when something failed.
            kind: See `MessageBox`.
        """
        super().__init__(theme, kind)
        self._words, self._good = words, good

    def tell(self, error: BaseException) -> None:
        """Say it."""
        note(error)
        if self._good is not None:
            self._good.say("")
        self.say(sentence_for(error, self._words))

    def tell_in_view(self, error: BaseException) -> None:
        """Say it, and scroll so that it is seen."""
        self.tell(error)
        bring_into_view(self)
