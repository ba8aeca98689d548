"""Asks a person whether records may be taken from the only station that has them.

A new station takes over what two others agree on. Where only one offers it, nobody can tell from
outside whether that one is right; a person who knows the department can.
"""

from PySide6.QtCore import Signal

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import ExchangeTold
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, PrimaryButton, on_press
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class SourceCard(Card):
    """Hidden while nothing waits for an answer.

    Signals:
        trust_asked: The station that is named is the only source.

    Attributes:
        trust: The button.
    """

    trust_asked = Signal()

    def __init__(self, desk: Desk, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Fill this station from one other?"))
        self._words, self._may_trust = words, may(desk.person.roles, May.CARRY_BUNDLES)
        self._why = words_label("")
        self.trust = PrimaryButton(words.text("Take its records"), theme)
        self.trust.setAccessibleName(self.trust.text())
        self.box.addWidget(self._why)
        self.box.addWidget(ButtonRow(theme.px(9), (self.trust,)))
        on_press(self.trust, self.trust_asked.emit)
        self.hide()

    @property
    def why(self) -> str:
        """The sentence, or "" while hidden."""
        return "" if self.isHidden() else self._why.text()

    def show_told(self, told: ExchangeTold) -> None:
        """Say whose records wait, or go."""
        source = told.state.only_from
        self.setVisible(bool(source))
        self.trust.setVisible(self._may_trust)
        if source:
            name = told.name_of(source, self._words)
            self._why.setText(self._words.text(
                "{name} offers its records, and no other station has said yet that it holds just "
                "the same. If you know that {name} is right, take them. Else wait for the next "
                "exchange.", name=name,
            ))  # fmt: skip
