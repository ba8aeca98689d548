"""The drill: the words of one card are typed or scanned, and it is said whether they are right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from intake_app.domain.recovery_card import KeptCard
from intake_app.ui.parts.asking_card import AskingCard
from intake_app.ui.parts.cards import PrimaryButton, on_press
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class DrillCard(AskingCard):
    """Two minutes, one card.

    Signals:
        asked: Check these words.

    Attributes:
        words_typed: The field.
        turn: Which card it is the turn of.
        check: Checks.
    """

    asked = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Check a card"), theme, words.text(
            "Two minutes, every quarter, with one card alone. It opens nothing, and nothing of the "
            "words is kept. It shows that the paper is there and can be read."
        ))  # fmt: skip
        self._words = words
        self.turn = words_label("", "label")
        self.box.addWidget(self.turn)
        self.words_typed = QPlainTextEdit()
        self.words_typed.setTabChangesFocus(True)
        self.words_typed.setFixedHeight(theme.px(96))
        hint = words.text("Type all words in order, or scan the square code.")
        self.words_typed.setPlaceholderText(hint)
        self.add_field(words.text("Words of the card"), self.words_typed, hint)
        self.check = PrimaryButton(words.text("Check this card"))
        self.finish(self.check)
        on_press(self.check, self._on_check)

    def show_turn(self, card: KeptCard | None, day: str, *, is_due: bool) -> None:
        """Say which card is checked next, and by when."""
        say = self._words.text
        if card is None:
            text = ""
        elif is_due:
            text = say("It is the turn of card {n}, now.", n=card.number)
        else:
            text = say("Next is card {n}, by {day}.", n=card.number, day=day)
        self.turn.setText(text)
        self.turn.setVisible(bool(text))

    def done(self, card: KeptCard) -> None:
        """The words were right; nothing of them stays on the page."""
        self.forget()
        self.say(good=self._words.text("Card {n} is good. Put it back in its place now.",
                                       n=card.number))  # fmt: skip

    def forget(self) -> None:
        """Empty the field, and what could bring it back."""
        self.words_typed.clear()
        self.words_typed.document().clearUndoRedoStacks()

    def _on_check(self) -> None:
        self.say()
        typed = self.words_typed.toPlainText().strip()
        if not typed:
            self.say(error=self._words.text("Type the words of one card."))
            self.words_typed.setFocus()
            return
        self.asked.emit(typed)
