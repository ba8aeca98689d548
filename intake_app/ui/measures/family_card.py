"""One group of measures on the board: a line that opens each, and the chart of the funnel."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from intake_app.domain.measure import Family, Kind
from intake_app.services.measures.picturing import funnel_chart
from intake_app.services.measures.saying import beside, said, whole_in_words
from intake_app.services.measures.viewing import View
from intake_app.services.records.field_labels import LABELS
from intake_app.services.signing.setting_up import AGENCY
from intake_app.ui.measures.card_grid import CardGrid
from intake_app.ui.measures.chart_view import ChartView
from intake_app.ui.measures.funnel_chart import FunnelChart
from intake_app.ui.measures.meter import Meter
from intake_app.ui.parts.cards import Card, Chip, FilledButton, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

FUNNEL: Final = "funnel"
_FEW: Final = 2
"""Fewer bars than these tell no more than their lines."""


class FamilyCard(Card):
    """A group.

    Signals:
        measure_asked: Show this measure (id).

    Attributes:
        chart: The chart, or None.
        lines: The buttons of the measures, by id.
    """

    measure_asked = Signal(str)

    def __init__(
        self, family: Family, views: tuple[View, ...], words: Words, theme: Theme
    ) -> None:  # fmt: skip
        super().__init__(family.label.said_in(words.language))
        self._words, self._theme = words, theme
        self.lines: dict[str, FilledButton] = {}
        is_internal = any(view.told.is_internal for view in views)
        self._warning = words.text("Not for release") if is_internal else ""
        if self._warning and self.head is not None:
            self.head.addWidget(Chip(self._warning, "late"))
        self.chart = self._funnel(family, views) if family.id == FUNNEL else None
        if self.chart is not None:
            self.box.addWidget(self.chart)
        self._grid = CardGrid(theme, 2)
        for view in views:
            self._grid.add(self._line(view), is_wide=family.id != FUNNEL)
        self.box.addWidget(self._grid)
        self.box.addStretch(1)

    def _funnel(self, family: Family, views: tuple[View, ...]) -> ChartView | None:
        steps = [view.told for view in views if not view.asked.missing]
        drawn = funnel_chart(steps, family.label.said_in(self._words.language), self._words)
        if len(drawn.bars) < _FEW:
            return None
        made = FunnelChart(self._theme, self._words)
        made.show_chart(drawn, self._warning)
        return made

    def _line(self, view: View) -> FilledButton:
        words, measure = self._words, view.told.measure
        title = measure.title.said_in(words.language)
        whole = missing_in_words(view, words) or whole_in_words(view.told.whole, measure, words)
        made = FilledButton("row")
        told = (self._warning, f"{title}: {whole}")
        made.setAccessibleName(". ".join(part for part in told if part))
        on_press(made, lambda: self.measure_asked.emit(measure.id))
        self.lines[measure.id] = made
        row = QHBoxLayout(made)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(self._theme.px(14))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(words_label(title))
        row.addLayout(left, 1)
        if view.asked.missing:
            left.addWidget(muted(whole))
        else:
            under = beside(view.told.whole, measure, words)
            if measure.kind is Kind.RATE:
                left.addWidget(Meter(view.told.whole.percent, self._theme))
            if under:
                left.addWidget(muted(under))
            number = words_label(said(view.told.whole, measure, words), "h3", wraps=False)
            number.setMinimumWidth(self._theme.px(94))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        for label in made.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return made


def missing_in_words(view: View, words: Words) -> str:
    """Which of the department's own numbers nobody has entered yet; empty where none is missing."""
    if not view.asked.missing:
        return ""
    names = ", ".join(words.text(LABELS[AGENCY][name]) for name in view.asked.missing)
    return words.text(
        "Needs a number that an administrator enters under Settings, Numbers: {names}.",
        names=names,
    )
