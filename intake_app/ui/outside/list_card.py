"""The recipients that were entered, and how one is taken back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from intake_app.domain.disclosure import Recipient
from intake_app.ui.outside.kinds import KINDS
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, clear, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class RecipientList(Card):
    """The card.

    Signals:
        card_asked: Read the card of a new one.
        back_asked: Take one back for good (`Recipient`).

    Attributes:
        new: Begins a new one.
        back: Takes back, by id of the recipient.
    """

    card_asked = Signal()
    back_asked = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Who may receive sealed files"))
        self._words, self._theme = words, theme
        self.back: dict[str, QPushButton] = {}
        self.new = named_button(words.text("Enter a recipient…"))
        on_press(self.new, self.card_asked.emit)
        self._station = muted("")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(6))
        self.box.addWidget(self._station)
        self.box.addWidget(ButtonRow(theme.px(8), (self.new,)))
        self.box.addLayout(self._lines)

    def show_all(self, found: Sequence[Recipient], station: Sequence[str]) -> None:
        """Show them, and the words by which they know this station."""
        say = self._words.text
        self._station.setText(say(
            "When they call, read these words to them. They know this station by them: {words}",
            words=" ".join(station),
        ))  # fmt: skip
        clear(self._lines)
        self.back = {}
        for one in found:
            self._lines.addWidget(self._row(one))
        if not found:
            self._lines.addWidget(muted(say(
                "Nobody is entered yet. Whoever shall receive files sends you a small file, "
                "recipient-card.json, which this program makes for them."
            )))  # fmt: skip

    def _row(self, one: Recipient) -> QFrame:
        say, row = self._words.text, QFrame()
        row.setObjectName("row")
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 6, 0, 10)
        lines.setSpacing(3)
        lines.addWidget(words_label(one.name, "label"))
        state = say("Taken back: nothing is sealed to them.") if one.is_taken_back else ""
        said = " · ".join(filter(None, (say(KINDS[one.kind]), " ".join(one.words), state)))
        lines.addWidget(muted(said))
        if not one.is_taken_back:
            button = self.back[one.id] = named_button(say("Take back…"), "small")
            button.setAccessibleDescription(one.name)
            on_press(button, partial(self.back_asked.emit, one))
            lines.addWidget(ButtonRow(self._theme.px(8), (button,)))
        return row
