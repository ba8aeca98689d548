"""Which screening tools the department uses: each with its license, on or off."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from intake_app.domain.screening import Screening
from intake_app.services.desk import Desk
from intake_app.services.follow_up.screenings import ToolOffer, switch_tool, tools
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, clear
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class ScreeningToolsCard(Card):
    """A tick for each tool; it holds at once.

    Signals:
        switched: A tool was switched on or off.

    Attributes:
        ticks: By the tool's id.
    """

    switched = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Screening tools of this department"))
        self._desk, self._background, self._words = desk, background, words
        told = words.text(
            "Turn on what your staff is trained for. A result is no diagnosis, "
            "and no rule of a program can read it."
        )
        self.box.addWidget(muted(told))
        self.error = FailureBox(theme, words)
        self.box.addWidget(self.error)
        holder = QWidget()
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(6))
        self.box.addWidget(holder)
        self.ticks: dict[str, QCheckBox] = {}

    def refresh(self) -> None:
        """Read which tools there are."""
        self._background.run(lambda: tools(self._desk), self._show, self.error.tell)

    def _show(self, offers: Sequence[ToolOffer]) -> None:
        clear(self._lines)
        self.ticks = {}
        for offer in offers:
            tick = self._tick(offer)
            self._lines.addWidget(tick)
            self._lines.addWidget(muted(self._about(offer.tool)))

    def _tick(self, offer: ToolOffer) -> QCheckBox:
        title = offer.tool.title.said_in(self._words.language)
        tick = self.ticks[offer.tool.id] = QCheckBox(title)
        tick.setAccessibleName(title)
        tick.setAccessibleDescription(self._about(offer.tool))
        tick.setChecked(offer.is_on)
        tick.toggled.connect(partial(self._on_toggled, offer.tool.id))
        return tick

    def _about(self, tool: Screening) -> str:
        language = self._words.language
        notes = [note.said_in(language) for note in tool.translations.values()]
        license_of = self._words.text("License: {license}.", license=tool.license.said_in(language))
        version = self._words.text("Version {version}.", version=tool.version)
        return " ".join((license_of, version, *(f"{note}." for note in notes)))

    def _on_toggled(self, ident: str, is_on: bool) -> None:
        def done(_nothing: object) -> None:
            self.error.say("")
            self.switched.emit()

        self._background.run(
            lambda: switch_tool(self._desk, ident, is_on=is_on), done, self.error.tell
        )  # fmt: skip
