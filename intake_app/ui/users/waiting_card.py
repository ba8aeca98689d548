"""For administrators: whose keys wait for a colleague's yes, and who said no."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.services.users.granting import KeyAsked
from intake_app.services.users.words import reads
from intake_app.ui.parts.cards import Card, clear, make_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class WaitingCard(Card):
    """Hidden where nothing waits.

    Signals:
        again_asked: Ask holders once more (an `Asked`).

    Attributes:
        again: Buttons for those that were refused.
    """

    again_asked = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Waits for a colleague's yes"))
        self._words, self._theme = words, theme
        self.again: list[QPushButton] = []
        told = words.text(
            "You let people in; who reads the records decides who else does. They are asked on "
            "their home page. Where none is left, use a recovery card at the lock screen."
        )  # fmt: skip
        self.box.addWidget(muted(told))
        self._lines = QVBoxLayout()
        self.box.addLayout(self._lines)
        self.hide()

    def show_waiting(self, found: Sequence[KeyAsked]) -> None:
        """Show them anew."""
        clear(self._lines)
        self.again = []
        self.setVisible(bool(found))
        for one in found:
            self._lines.addWidget(self._line(one))

    def _line(self, one: KeyAsked) -> QWidget:
        say, made = self._words.text, QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, self._theme.px(4), 0, self._theme.px(4))
        what = reads(one.asked.compartment, self._words)
        told = say("{name}: to read {what}", name=one.name, what=what)
        if one.refused_by:
            told += " · " + say("{name} said no", name=one.refused_by)
        row.addWidget(words_label(told), 1)
        if one.refused_by:
            button = make_button(say("Ask again"), "small")
            button.setAccessibleName(say("Ask again for {name}", name=one.name))
            on_press(button, lambda: self.again_asked.emit(one.asked))
            self.again.append(button)
            row.addWidget(button)
        return made
