"""The buttons of a case: what may be done now, and of what may not, the reason why."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from intake_app.services.citing.cases import CaseView
from intake_app.ui.case.actions import shown_actions
from intake_app.ui.parts.cards import Card, drop, make_button, on_press
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_LARGE: Final = 1.4
"""Text size from which fewer buttons stand in a row."""


class ActionCard(Card):
    """All that can be done with a case.

    Signals:
        asked: Do this one (key of `actions.ACTIONS`).

    Attributes:
        buttons: By key.
        reasons: Why some may not be pressed now, below them.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(words.text("What happened?"))
        self._theme, self._words = theme, words
        self.buttons: dict[str, QPushButton] = {}
        self._holder: QWidget | None = None
        self.reasons = muted("")

    def show_case(self, case: CaseView) -> None:
        """Offer what this reader's role includes."""
        if self._holder is not None:
            self.box.removeWidget(self._holder)
            drop(self._holder)
        self._holder = QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._theme.px(8))
        columns = 4 if self._theme.scale < _LARGE else 2
        self.buttons = {}
        reasons: dict[str, list[str]] = {}
        for n, (key, action, why) in enumerate(shown_actions(case)):
            button = make_button(self._words.text(action.label))
            button.setAccessibleName(button.text())
            button.setEnabled(not why)
            told = self._words.text(why) if why else ""
            button.setToolTip(told)
            button.setAccessibleDescription(told)
            on_press(button, lambda key=key: self.asked.emit(key))
            grid.addWidget(button, n // columns, n % columns)
            self.buttons[key] = button
            if told:
                reasons.setdefault(told, []).append(button.text())
        self.box.addWidget(self._holder)
        self.reasons.setText("\n".join(f"{', '.join(n)}: {why}" for why, n in reasons.items()))
        self.box.addWidget(self.reasons)  # below the buttons: nobody hovers with the keyboard
        self.reasons.setVisible(bool(reasons))
        self.setVisible(bool(self.buttons))

    def take_focus(self) -> None:
        """Put the cursor on the first thing that may be done: what was pressed is gone."""
        may = [button for button in self.buttons.values() if button.isEnabled()]
        if may and self.isVisible():
            may[0].setFocus()
