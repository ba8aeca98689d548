"""The way back to the version before: the commands, and what would be lost."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.services.updates.telling import Typed
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, clear, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.ui.update.command_text import CommandText
from intake_app.words import Words


class WayBackCard(Card):
    """The card.

    Signals:
        keep_asked: Keep the package of the version that runs here.
    """

    keep_asked = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("The way back"))
        self._words = words
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.keep = named_button(words.text("Keep the package of this version…"))
        on_press(self.keep, self.keep_asked.emit)
        self.box.addLayout(self._lines)
        self.box.addWidget(ButtonRow(theme.px(9), (self.keep,)))

    def show_way(self, lines: Sequence[str], *, is_own_kept: bool, can_keep: bool) -> None:
        """Say how to go back.

        Args:
            lines: How, line by line; empty: there is no way back from here.
            is_own_kept: The package of the version that runs here is kept for later.
            can_keep: A package put this version here, and a publisher has a key.
        """
        clear(self._lines)
        say = self._words.text
        if not lines:
            self._lines.addWidget(muted(say("No earlier version is kept on this computer.")))
        for one in lines:
            self._lines.addWidget(self._line(one))
        if is_own_kept:
            self._lines.addWidget(muted(say(
                "The package of this version is kept, so that a later one can be taken back."
            )))  # fmt: skip
        self.keep.setVisible(can_keep and not is_own_kept)

    def _line(self, said: str) -> QWidget:
        if not isinstance(said, Typed):
            return words_label(said)
        command = CommandText(said)
        command.setAccessibleName(self._words.text("Command"))
        return command
