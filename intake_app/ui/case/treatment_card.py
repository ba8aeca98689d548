"""What coordinators noted about treatment; it is read from the other file, and only when asked."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.ids import UserId
from intake_app.services.case.labels import WORD
from intake_app.services.case.treatment import TreatmentNote
from intake_app.ui.parts.cards import Card, clear, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words
from intake_app.words.dates import moment_in_words


class TreatmentCard(Card):
    """Hidden until a coordinator asks for it."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Treatment notes"))
        self._words = words
        told = words.text("Only coordinators see this. It is on no paper of the case.")
        self.box.addWidget(muted(told))
        holder = QWidget()
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.box.addWidget(holder)
        self.hide_again = named_button(words.text("Hide the notes"), "small")
        on_press(self.hide_again, self.hide)
        self.box.addWidget(self.hide_again)
        self.hide()

    def show_notes(self, notes: Sequence[TreatmentNote], names: Mapping[UserId, str]) -> None:
        """Show them, oldest first."""
        clear(self._lines)
        words = self._words
        for one in notes:
            word = words.text(WORD.get(one.word, WORD["pending"]))
            self._lines.addWidget(words_label(word, "label"))
            when = moment_in_words(one.at, words.language)
            who = names.get(one.by, "?")
            self._lines.addWidget(muted(words.text("{who}, {when}", who=who, when=when)))
            if one.note:
                self._lines.addWidget(words_label(one.note))
        if not notes:
            self._lines.addWidget(muted(words.text("Nothing was noted yet.")))
        self.show()
