"""The last step of the set-up: each recovery card on paper, or knowingly left out."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.errors import PrinterNotAllowed, PrintFailed
from intake_app.ui.parts.cards import Card, ErrorBox, clear, named_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.ui.set_up.steps import Step
from intake_app.words import Words


class PrintStep(Step):
    """Cards to print or save; one may go on when each is out or was left out by a tick.

    Signals:
        print_asked: Print this card (PDF bytes) with its number.
        save_asked: Save it as a file, to be printed elsewhere.
        changed: Whether one may go on has changed.

    Attributes:
        put_away: "I have put the cards away".
    """

    print_asked = Signal(bytes, int)
    save_asked = Signal(bytes, int)
    changed = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words, theme)
        self._skips: dict[int, QCheckBox] = {}
        self._states: dict[int, QWidget] = {}
        self._out: set[int] = set()
        card = Card(words.text("Print the recovery cards now"))
        told = words.text(
            "They are shown only this once. Without a card nobody can open the records again if "
            "the passphrases are lost, not even the makers of this program."
        )
        card.box.addWidget(words_label(told))
        self.error = ErrorBox(theme)
        card.box.addWidget(self.error)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        card.box.addLayout(self._rows)
        self.put_away = QCheckBox(words.text("I have put the cards away"))
        self.put_away.setAccessibleName(words.text("I have put the cards away"))
        self.put_away.toggled.connect(self.changed)
        card.box.addWidget(self.put_away)
        self.lines.addWidget(card)
        self._refresh()

    @property
    def is_done(self) -> bool:
        """Whether each card is out or left out, and put away."""
        return self._are_out and self.put_away.isChecked()

    @property
    def _are_out(self) -> bool:
        return all(n in self._out or box.isChecked() for n, box in self._skips.items())

    def show_cards(self, cards: Sequence[bytes]) -> None:
        """Offer them."""
        for number, card in enumerate(cards, 1):
            self._rows.addLayout(self._row(number, card))
        self._refresh()

    def forget_cards(self) -> None:
        """They are put away: nothing of them stays in the window."""
        clear(self._rows)
        self._skips, self._states = {}, {}

    def note_out(self, number: int) -> None:
        """A card was printed or saved."""
        self._out.add(number)
        self.error.say("")
        self._refresh()

    def refuse(self, error: BaseException) -> None:
        """A card did not come out."""
        note(error)
        told = sentence_for(error, self.words)
        if isinstance(error, PrintFailed | PrinterNotAllowed):
            told = self.words.text(
                "No printer took the card. Try again, or save it and print it elsewhere."
            )
        self.error.say(told)

    def _row(self, number: int, card: bytes) -> QVBoxLayout:
        words, lines, row = self.words, QVBoxLayout(), QHBoxLayout()
        lines.setSpacing(2)
        row.setSpacing(10)
        for text, asked in (
            (words.text("Print card {n}", n=number), self.print_asked),
            (words.text("Save card {n} as a file", n=number), self.save_asked),
        ):
            button = named_button(text)
            on_press(button, lambda asked=asked: asked.emit(card, number))
            row.addWidget(button)
        state = muted(words.text("Done"))
        self._states[number] = state
        row.addWidget(state)
        row.addStretch()
        lines.addLayout(row)
        skip = QCheckBox(words.text("Do without card {n}; I know that it cannot be made later",
                                    n=number))  # fmt: skip
        skip.setAccessibleName(skip.text())
        skip.toggled.connect(self._refresh)
        self._skips[number] = skip
        lines.addWidget(skip)
        return lines

    def _refresh(self) -> None:
        for number, state in self._states.items():
            state.setVisible(number in self._out)
            self._skips[number].setVisible(number not in self._out)
        self.put_away.setEnabled(self._are_out)
        if not self._are_out:
            self.put_away.setChecked(False)
        self.changed.emit()
