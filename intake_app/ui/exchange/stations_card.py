"""The other stations: when each confirmed, what has not come by number, and what to do."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.exchange_state import StationState
from intake_app.services.exchanging.exchanging import ExchangeTold, others
from intake_app.services.exchanging.words import say_station
from intake_app.ui.parts.cards import Card, Chip, clear
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class StationsCard(Card):
    """One block for each station but this one."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Other stations"))
        self._words, self._theme = words, theme
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(theme.px(14))
        self.box.addLayout(self._blocks)
        self.said: dict[str, list[str]] = {}

    def show_told(self, told: ExchangeTold) -> None:
        """Show each station anew."""
        clear(self._blocks)
        self.said = {}
        stations = others(told.state)
        for one in stations:
            self._blocks.addWidget(self._block(one, told))
        if not stations:
            self._blocks.addWidget(muted(self._words.text(
                "There is no other station yet. An administrator can let one in, on the page "
                "Stations."
            )))  # fmt: skip

    def _block(self, one: StationState, told: ExchangeTold) -> QWidget:
        name = told.name_of(one.station, self._words)
        said = say_station(one, told, self._words)
        self.said[one.station] = said
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.px(3))
        lines.addWidget(heading(name[:1].upper() + name[1:], 3))
        if chip := self._chip(one):
            lines.addWidget(chip)
        for sentence in said:
            lines.addWidget(words_label(sentence))
        return made

    def _chip(self, one: StationState) -> Chip | None:
        """A word with a tint, where somebody should look; the sentences say the same."""
        say = self._words.text
        if one.is_struck:
            return Chip(say("struck"), "plain")
        if one.trouble is not None:
            return Chip(say("needs a look"), "late")
        if one.missing:
            return Chip(say("bundles missing"), "soon")
        return None
