"""The card of a hard stop: why all stands still, in one sentence; with one button where one helps.

Nothing goes on by itself here: this profile may be an older copy of one that went on, and only a
person knows that a backup was put back.
"""

from PySide6.QtCore import Signal

from intake_app.domain.exchange_state import Trouble
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import ExchangeTold
from intake_app.services.exchanging.words import STANDING_STILL
from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, PrimaryButton, on_press
from intake_app.ui.parts.icons import icon_label
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class StopCard(Card):
    """Hidden while all goes on.

    Signals:
        begin_asked: Begin a new epoch and go on.

    Attributes:
        go_on: The button.
    """

    begin_asked = Signal()

    def __init__(self, desk: Desk, words: Words, theme: Theme) -> None:
        super().__init__(words.text("The exchange stands still"))
        self.setObjectName("errorbox")
        self._words = words
        self._may_begin = may(desk.person.roles, May.CARRY_BUNDLES)
        if self.head is not None:
            sign = icon_label("circle-alert", theme.tokens.err, theme.px(22))
            self.head.insertWidget(0, sign)
        self._why = words_label("")
        self._ask = words_label(words.text(
            "Ask an administrator, a coordinator or a supervisor to confirm it on this page."
        ))  # fmt: skip
        self.go_on = PrimaryButton(words.text("Begin a new count and go on"), theme)
        self.go_on.setAccessibleName(self.go_on.text())
        self.box.addWidget(self._why)
        self.box.addWidget(self._ask)
        self.box.addWidget(ButtonRow(theme.px(9), (self.go_on,)))
        on_press(self.go_on, self.begin_asked.emit)
        self.hide()

    @property
    def why(self) -> str:
        """The sentence, or "" while hidden."""
        return "" if self.isHidden() else self._why.text()

    def show_told(self, told: ExchangeTold) -> None:
        """Say why all stands still, or go."""
        stopped = told.state.stopped
        self.setVisible(stopped is not None)
        if stopped is None:
            return
        why = self._words.text(STANDING_STILL[stopped])
        if why != self._why.text():
            announce(self, why, is_urgent=True)
        self._why.setText(why)
        is_copy = stopped is Trouble.OLD_COPY
        self.go_on.setVisible(is_copy and self._may_begin)
        self._ask.setVisible(is_copy and not self._may_begin)
