"""A report on the screen: the same headings, charts, tables and sentences as on its paper."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.chart import Chart, ChartKind
from intake_app.domain.paper import BlockType, Part
from intake_app.services.measures.tabling import Line, Table
from intake_app.services.reports.parts import counted_parts, hidden_parts, section_parts
from intake_app.services.reports.report import Report, rule_in_words
from intake_app.ui.measures.bar_chart import BarChart
from intake_app.ui.measures.chart_view import ChartView
from intake_app.ui.measures.funnel_chart import FunnelChart
from intake_app.ui.measures.interval_chart import IntervalChart
from intake_app.ui.measures.line_chart import LineChart
from intake_app.ui.measures.told_table import ToldTable
from intake_app.ui.parts.cards import Card, clear
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_CARD: Final = 2
"""The level of headings that begin a card."""

_MOST_ROWS: Final = 60
"""A report is read from top to bottom: its tables do not scroll by themselves."""

_CHARTS: Final = {
    ChartKind.BARS: BarChart, ChartKind.FUNNEL: FunnelChart, ChartKind.LINE: LineChart,
    ChartKind.INTERVALS: IntervalChart,
}  # fmt: skip


class ReportSheet(QWidget):
    """A card for each part of a report.

    Signals:
        shown: All of it is there.

    Attributes:
        charts: The charts that are shown.
        tables: The tables.
    """

    shown = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme, self._turn = words, theme, 0
        self.charts: list[ChartView] = []
        self.tables: list[ToldTable] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(14))

    def show_report(self, report: Report) -> None:
        """Show a report, a card at a turn: keys are heard in between."""
        self.empty()
        self.show()
        self._add_next(self._turn, self._cards(report))

    def empty(self) -> None:
        """Nothing of a report stays on the page."""
        self._turn += 1
        clear(self._lines)
        self.charts, self.tables = [], []

    def _add_next(self, turn: int, cards: Iterator[Card]) -> None:
        if turn != self._turn:
            return
        card = next(cards, None)
        if card is None:
            self.shown.emit()
            return
        self._lines.addWidget(card)
        card.show()
        QTimer.singleShot(0, self, lambda: self._add_next(turn, cards))

    # --- parts ----------------------------------------------------------------------------

    def _cards(self, report: Report) -> Iterator[Card]:
        words = self._words
        for section in report.sections:
            yield self._card(list(section_parts(section, words)))
        said = rule_in_words(
            [one.told for one in report.views], words, is_internal=report.is_internal
        )  # fmt: skip
        title = Part(BlockType.HEADING, words.text("What is not shown"), level=_CARD)
        rule = Part(BlockType.PARAGRAPH, said)
        yield self._card([title, rule, *hidden_parts(report.views, words)])
        title = Part(BlockType.HEADING, words.text("How is this counted?"), level=_CARD)
        yield self._card([title, *counted_parts(report.views, words)])

    def _card(self, parts: Sequence[Part]) -> Card:
        first = parts[0]
        is_titled = first.type is BlockType.HEADING and first.level == _CARD
        card = Card(first.text if is_titled else "")
        for part in parts[1:] if is_titled else parts:
            for widget in self._widgets(part):
                card.box.addWidget(widget)
        return card

    def _widgets(self, part: Part) -> Iterator[QWidget]:
        if part.type is BlockType.HEADING:
            yield heading(part.text, 3)
        elif part.type is BlockType.CHART and part.chart is not None:
            if part.text:  # the caption of the paper
                yield heading(part.text, 3)
            yield self._chart(part.chart)
        elif part.type is BlockType.TABLE:
            yield self._table(part)
        elif part.type is BlockType.FACTS:
            for label, *told in part.rows:
                yield words_label(label, "label")
                yield from (muted(one) for one in told)
        elif part.text:
            yield muted(part.text)

    def _chart(self, drawn: Chart) -> ChartView:
        made = _CHARTS[drawn.kind](self._theme, self._words)
        made.show_chart(drawn)
        self.charts.append(made)
        return made

    def _table(self, part: Part) -> ToldTable:
        made = ToldTable(self._theme, self._words, _MOST_ROWS)
        lines = tuple(Line(row[0], tuple(row[1:])) for row in part.rows)
        title = part.text or (part.header[0] if part.header else "")
        made.show_table(Table(title, part.header, lines))
        self.tables.append(made)
        return made
