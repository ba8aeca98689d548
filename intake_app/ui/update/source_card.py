"""Where the update is: a stick that is plugged in, or a folder."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.services.needs.backup import Drive
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, clear, named_button, on_press
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class SourceCard(Card):
    """The card.

    Signals:
        chosen: A stick (its `Path`).
        folder_asked: Let somebody choose a folder.
        again_asked: Look anew which sticks are plugged in.
    """

    chosen = Signal(object)
    folder_asked = Signal()
    again_asked = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Where is the update?"))
        self._words, self._theme = words, theme
        self._none = muted(words.text("No stick is plugged in. Plug one in, then look again."))
        self._sticks = QVBoxLayout()
        self.again = named_button(words.text("Look again"))
        self.folder = named_button(words.text("Choose a folder…"))
        on_press(self.again, self.again_asked.emit)
        on_press(self.folder, self.folder_asked.emit)
        self.box.addWidget(self._none)
        self.box.addLayout(self._sticks)
        self.box.addWidget(ButtonRow(theme.px(9), (self.folder, self.again)))

    def show_sticks(self, sticks: Sequence[Drive]) -> None:
        """A button for each."""
        clear(self._sticks)
        self._none.setVisible(not sticks)
        buttons: list[QWidget] = []
        for one in sticks:
            button = named_button(self._words.text("Look at “{stick}”", stick=one.name))
            on_press(button, partial(self._choose, one.path))
            buttons.append(button)
        if buttons:
            self._sticks.addWidget(ButtonRow(self._theme.px(9), buttons))

    def _choose(self, path: Path) -> None:
        self.chosen.emit(path)
