"""People who were taken on two computers and may be one person: a person decides."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.listing import Row
from intake_app.services.people.same_elsewhere import Pair
from intake_app.ui.form.same_person import SIGNS
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, clear, make_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


class PairsCard(Card):
    """A line for each pair; without any the card is not there.

    Signals:
        opened: Look at both (record id of the intake).
        parted: They are two people (record ids of both intakes).

    Attributes:
        pairs: Those that are listed.
    """

    opened = Signal(str)
    parted = Signal(str, str)

    def __init__(self, words: Words, theme: Theme, names: NameSwitch) -> None:
        super().__init__(words.text("May be the same person"))
        self._words, self._theme, self._names = words, theme, names
        self.pairs: Sequence[Pair] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(14))
        self.box.addWidget(muted(words.text(
            "They were taken on two computers that could not hear each other. Nothing is put "
            "together by itself: look at both, then say whether they are one person."
        )))  # fmt: skip
        self.box.addLayout(self._lines)
        names.changed.connect(self._say)
        self.hide()

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """List them."""
        self.pairs = pairs
        self.setVisible(bool(pairs))
        self._say()

    def pair(self, intake: str, other: str) -> Pair:
        """The pair of two intakes."""
        return next(
            one for one in self.pairs if (one.intake.record, one.other.record) == (intake, other)
        )

    def _say(self, *_: object) -> None:
        clear(self._lines)
        for pair in self.pairs:
            self._lines.addWidget(self._line(pair))

    def _line(self, pair: Pair) -> QWidget:
        words, line = self._words, QWidget()
        lines = QVBoxLayout(line)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.px(4))
        for row in (pair.intake, pair.other):
            lines.addWidget(words_label(self._named(row), "label"))
        lines.addWidget(muted(", ".join(words.text(SIGNS[sign]) for sign in pair.signs)))
        look = make_button(words.text("Look at both"), "small")
        two = make_button(words.text("Two people"), "small")
        numbers = f"{pair.intake.number}, {pair.other.number}"
        for button in (look, two):
            button.setAccessibleName(f"{button.text()}: {numbers}")
        on_press(look, partial(self.opened.emit, pair.intake.record))
        on_press(two, partial(self.parted.emit, pair.intake.record, pair.other.record))
        lines.addWidget(ButtonRow(self._theme.px(10), (look, two)))
        return line

    def _named(self, row: Row) -> str:
        day = short_date(row.opened[:10], self._words.language)
        name = row.name if self._names.is_on else ""
        return " · ".join(part for part in (name, row.number, day) if part)
