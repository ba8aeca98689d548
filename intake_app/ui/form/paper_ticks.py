"""The papers that an intake offers: a tick for each, and a look at each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.services.papers.papers import PaperOffer
from intake_app.ui.form.growth import controls_in
from intake_app.ui.parts.cards import clear, make_button
from intake_app.ui.parts.cursor import control_after, tab_before
from intake_app.ui.parts.layouts import OptionsLayout
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class PaperTicks(QWidget):
    """Which papers are wanted.

    Signals:
        changed: Another set of papers is wanted.
        preview_asked: Show this one (paper id).

    Attributes:
        ticks: The checkboxes by paper id.
    """

    changed = Signal()
    preview_asked = Signal(str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self.ticks: dict[str, QCheckBox] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)

    def show_offers(
        self, offers: Sequence[PaperOffer], *, are_ticked: bool = True, has_preview: bool = True
    ) -> None:
        """Offer these; those that a form hands out as a rule are ticked, where wanted."""
        following = control_after(self)
        clear(self._lines)
        self.ticks = {}
        for offer in offers:
            title = offer.paper.title.said_in(self._words.language)
            tick = QCheckBox(title.replace("&", "&&"))
            tick.setAccessibleName(title)
            tick.setChecked(offer.is_default and are_ticked)
            tick.toggled.connect(self.changed)
            self.ticks[offer.paper.id] = tick
            line = self._line(tick)
            if has_preview:
                line.addWidget(self._look(offer.paper.id, title), 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addLayout(line)
        if following is not None:  # what is made late would be reached after all of the page
            tab_before(following, tuple(controls_in(self)))

    @property
    def wanted(self) -> list[str]:
        """Ids of the ticked papers, in order."""
        return [ident for ident, tick in self.ticks.items() if tick.isChecked()]

    def _line(self, tick: QCheckBox) -> QHBoxLayout:
        holder = QWidget()
        OptionsLayout(self._theme.scale, holder).hold(tick)
        line = QHBoxLayout()
        line.addWidget(holder, 1)
        return line

    def _look(self, ident: str, title: str) -> QPushButton:
        look = make_button(self._words.text("Preview"), "link")
        look.setAccessibleName(self._words.text("Preview: {title}", title=title))
        look.clicked.connect(lambda: self.preview_asked.emit(ident))
        return look
