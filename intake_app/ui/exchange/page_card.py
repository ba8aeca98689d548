"""Turning the page: new keys for all, so that what was ended is noise wherever it still lies."""

from PySide6.QtCore import Signal

from intake_app.services.exchanging.exchanging import ExchangeTold
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class PageCard(Card):
    """For who may turn the page.

    Signals:
        turn_asked: Turn it, or go on with it.

    Attributes:
        turn: The button.
    """

    turn_asked = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Turn the page"))
        self._words = words
        self._how = words_label("")
        self.turn = named_button(words.text("Turn the page"))
        self.box.addWidget(muted(words.text(
            "All stations get new keys, and old bundles can be read by nobody any more. Do it "
            "about once a month, and after records were ended."
        )))  # fmt: skip
        self.box.addWidget(self._how)
        self.box.addWidget(ButtonRow(theme.px(9), (self.turn,)))
        on_press(self.turn, self.turn_asked.emit)
        self.hide()

    @property
    def said(self) -> str:
        """How it stands; empty: nothing is to be said."""
        return self._how.text()

    def show_told(self, told: ExchangeTold) -> None:
        """Say how it stands; with one station there is nothing to turn."""
        state, say = told.state, self._words.text
        self.setVisible(not state.is_alone)
        said = ""
        if state.page_waits_for:
            names = ", ".join(told.name_of(one, self._words) for one in state.page_waits_for)
            said = say(
                "It was asked for, and goes on by itself when these stations have taken in "
                "everything: {names}.", names=names,
            )  # fmt: skip
        elif state.is_page_due:
            said = say("Records were ended since it was done last: it is due.")
        self._how.setText(said)
        self._how.setVisible(bool(said))
        self.turn.setEnabled(not state.page_waits_for)
