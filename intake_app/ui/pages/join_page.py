"""A new computer joins a department: choose where, read out eight words, read the answer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from intake_app.services.signing.joining import Joined, JoinGate
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.ui.sign_in.entrance_frame import EntranceSteps
from intake_app.words import Words

_CHOOSE, _TELL, _DONE = range(3)


class JoinPage(EntranceSteps):
    """Three calm steps; the program may be closed in between, and goes on with the second.

    Whoever gives up leaves the request where it is.

    Attributes:
        place: The folder that was chosen, or None.
    """

    def __init__(self, gate: JoinGate, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(background, words, theme)
        self._gate = gate
        self.place: Path | None = None
        say = words.text
        self.choose = PrimaryButton(say("Choose a folder or stick…"))
        self.read = PrimaryButton(say("Read the answer"))
        self.elsewhere = named_button(say("Put the request somewhere else…"))
        self.anew = named_button(say("Begin anew"))
        self._grid = QGridLayout()
        self._joined = QVBoxLayout()
        self.are_off = (self.choose, self.read, self.elsewhere, self.anew)
        steps = (self._choose_step(), self._tell_step(), self._done_step())
        self.lay_out(say("Join a department"), steps)
        on_press(self.choose, lambda: self._choose_for(self._ask))
        on_press(self.elsewhere, lambda: self._choose_for(self._ask))
        on_press(self.read, self._on_read)
        on_press(self.anew, self._on_anew)

    def refresh(self) -> None:
        """Show where this computer stands: it may have asked before."""
        self._background.run(self._gate.is_begun, self._on_begun, self.fail)

    # --- laying out ---------------------------------------------------------------------------

    def _choose_step(self) -> Card:
        say = self._words.text
        card = Card(say("1. Choose where the request goes"))
        card.box.addWidget(words_label(say(
            "This computer writes a request for your administrator: on a USB stick, or into a "
            "folder that both computers can reach. It holds nothing secret."
        )))  # fmt: skip
        card.box.addWidget(ButtonRow(self._theme.px(9), (self.choose,)))
        return card

    def _tell_step(self) -> QWidget:
        say = self._words.text
        told = Card(say("2. Read the words to your administrator"))
        told.box.addWidget(words_label(say(
            "Call them, or stand beside them. They open Stations on their computer and type the "
            "words that they are asked for. The words keep strangers out."
        )))  # fmt: skip
        self._grid.setHorizontalSpacing(self._theme.px(28))
        self._grid.setVerticalSpacing(self._theme.px(8))
        told.box.addLayout(self._grid)
        told.box.addWidget(ButtonRow(self._theme.px(9), (self.elsewhere, self.anew)))
        answer = Card(say("3. Read the answer"))
        answer.box.addWidget(words_label(say(
            "When your administrator has let this computer in, the answer lies in the same folder "
            "or on the same stick. You may close the program until then."
        )))  # fmt: skip
        answer.box.addWidget(ButtonRow(self._theme.px(9), (self.read,)))
        return _stacked(told, answer)

    def _done_step(self) -> Card:
        card = Card(self._words.text("This computer has joined"))
        card.box.addLayout(self._joined)
        card.box.addWidget(ButtonRow(self._theme.px(9), (self.go_on,)))
        return card

    # --- doing --------------------------------------------------------------------------------

    def _choose_for(self, act: Callable[[], object]) -> None:
        title = self._words.text("Choose a folder or stick")
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.place = Path(folder)
            act()

    def _ask(self) -> None:
        place = self.place
        self.run(lambda: self._gate.ask(place), self._show_words)

    def _on_begun(self, is_begun: bool) -> None:
        if is_begun:
            self._ask()
        else:
            self.show_step(_CHOOSE, self.choose)

    def _show_words(self, words: tuple[str, ...]) -> None:
        clear(self._grid)
        for n, word in enumerate(words):
            label = words_label(f"{n + 1}. {word}", "big", wraps=False)
            label.setAccessibleName(f"{n + 1}. {word}")
            self._grid.addWidget(label, n % 4, n // 4)
        self._grid.setColumnStretch(2, 1)
        self.show_step(_TELL, self.read)

    def _on_read(self) -> None:
        if self.place is None:
            self._choose_for(self._read)
        else:
            self._read()

    def _read(self) -> None:
        place = self.place
        self.run(lambda: self._gate.read_answer(place), self._on_joined)

    def _on_joined(self, joined: Joined) -> None:
        say = self._words.text
        clear(self._joined)
        told = say(
            "It belongs to {department} now, with the letter {letter} in its receipt numbers.",
            department=joined.department, letter=joined.letter,
        )  # fmt: skip
        self._joined.addWidget(words_label(told))
        self._joined.addWidget(words_label(say(
            "Your administrator can sign in here at once, with the passphrase they always use. "
            "Everybody else signs in once more at a computer where they already work. After the "
            "next exchange they can sign in here too."
        )))  # fmt: skip
        self._joined.addWidget(muted(say("The department's words, also on its recovery cards:")))
        self._joined.addWidget(words_label(" ".join(joined.words), "label"))
        self.back.hide()
        self.show_step(_DONE, self.go_on)

    def _on_anew(self) -> None:
        self.place = None
        self.run(self._gate.give_up, self._on_given_up)

    def _on_given_up(self, _nothing: None) -> None:
        self.show_step(_CHOOSE, self.choose)


def _stacked(*cards: Card) -> QWidget:
    made = QWidget()
    lines = QVBoxLayout(made)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(14)
    for card in cards:
        lines.addWidget(card)
    return made
