"""On the home page: that a recovery card is to be checked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from intake_app.domain.recovery_card import KeptCard
from intake_app.domain.roles import May, may
from intake_app.services.cards.checks import drill_is_due
from intake_app.services.desk import Desk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, make_button, on_press
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class CardDueCard(Card):
    """Hidden until a check is due, and from whoever may not check.

    Signals:
        open_asked: Show the recovery cards.
        refreshed: It says what is known now.
    """

    open_asked = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Recovery cards"))
        self._desk, self._background, self._words = desk, background, words
        self.said = words_label("", "label")
        self.button = make_button(words.text("Check a card…"))
        self.button.setAccessibleName(self.button.text())
        on_press(self.button, self.open_asked.emit)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self.said, 1)
        row.addWidget(self.button)
        self.box.addLayout(row)
        self.box.addWidget(muted(words.text("It takes two minutes. Have the card brought first.")))
        self.hide()

    def refresh(self) -> None:
        """Look whether a check is due."""
        if self._desk.cards is not None and may(self._desk.person.roles, May.DRILL_CARD):
            self._background.run(lambda: drill_is_due(self._desk), self._on_known, note)

    def _on_known(self, card: KeptCard | None) -> None:
        if card is not None:
            self.said.setText(self._words.text("It is time to check recovery card {n}.",
                                               n=card.number))  # fmt: skip
        self.setVisible(card is not None)
        self.refreshed.emit()
