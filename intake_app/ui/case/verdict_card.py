"""What the rules of one program say, in plain sentences."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from intake_app.services.citing.eligibility import Check, Missing, Verdict
from intake_app.ui.parts.cards import Card, Chip, clear
from intake_app.ui.parts.labels import muted, restyle, words_label
from intake_app.words import Words, mark

_CHIPS = {
    Verdict.FITS: ("ok", mark("Fits so far")),
    Verdict.CANNOT_TELL: ("plain", mark("Cannot tell yet")),
    Verdict.AGAINST: ("soon", mark("Speaks against")),
    Verdict.HARD: ("late", mark("Excluded")),
}


class VerdictCard(Card):
    """One program: its name, a word, and a sentence for each rule that has something to say.

    Attributes:
        chip: The word.
        sentences: What is said, in order.
    """

    def __init__(self, program: str, words: Words) -> None:
        super().__init__(program)
        self._program, self._words = program, words
        self.chip = Chip("")
        self.sentences: list[str] = []
        if self.head:
            self.head.addWidget(self.chip)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.box.addLayout(self._lines)

    def show_check(self, check: Check, label: Callable[[Missing], str]) -> None:
        """Show how the rules came out.

        Args:
            check: The outcome.
            label: What this page calls a missing answer.
        """
        kind, said = _CHIPS[check.verdict]
        self.chip.setText(self._words.text(said))
        self.chip.setProperty("chip", kind)
        restyle(self.chip)
        clear(self._lines)
        self.sentences = [check.said(self._words, label)]
        self._lines.addWidget(words_label(self.sentences[0], "label"))
        for outcome in check.outcomes:
            if outcome.holds and (sentence := outcome.said(self._words)):
                self.sentences.append(sentence)
                self._lines.addWidget(words_label(sentence))
                if outcome.authority:
                    self._lines.addWidget(muted(outcome.authority.said_in(self._words.language)))
        self.setAccessibleName(f"{self._program}: {' '.join(self.sentences)}")
