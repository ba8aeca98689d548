"""Bars from the left, one below the other: counts, percentages, days."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from intake_app.domain.chart import Bar
from intake_app.ui.measures.chart_view import ChartView

_STACKED: Final = 430
"""Below this width (at 100 %) words stand above their bars."""


class BarChart(ChartView):
    """Horizontal bars with their words on the left and their numbers behind."""

    gap = 6
    thick = 24

    def heightForWidth(self, width: int) -> int:
        """A row for each bar."""
        return max(len(self.chart.bars), 1) * self._row(width) + self.ink.px(6)

    def places(self, width: int) -> Sequence[QRect]:
        """A row for each bar."""
        row = self._row(width)
        return [
            QRect(2, self.ink.px(3) + at * row, width - 4, row - 2)
            for at in range(len(self.chart.bars))
        ]

    def draw(self, painter: QPainter) -> None:
        """All bars, on one axis."""
        for one, place in zip(self.chart.bars, self.places(self.width()), strict=True):
            self._draw_row(painter, one, place)

    def _draw_row(self, painter: QPainter, one: Bar, place: QRect) -> None:
        label, bar, right = self.parts(place)
        self.draw_label(painter, one, label)
        if one.value is None:
            wide = self.ink.px(26)
            self.ink.untold(painter, QRectF(bar.x(), bar.y(), wide, bar.height()))
        else:
            wide = max(int(bar.width() * min(one.value / self.chart.most, 1)), 2)
            filled = QRectF(bar.x(), bar.y(), wide, bar.height())
            self.ink.bar(painter, filled, self.fill(one))
        painter.setFont(self.ink.letters(is_bold=one.value is not None))
        left = bar.x() + wide + self.ink.px(8)
        room = QRect(left, bar.y(), right - left, bar.height())
        self.ink.words_at(painter, room, one.shown, "ink" if one.value is not None else "mute")

    def fill(self, one: Bar) -> str:
        """The color of a bar, by its token."""
        return "teal_ink" if self.is_reference(one) else "navy_ink"

    def is_reference(self, one: Bar) -> bool:
        """Whether the others are seen against it."""
        return bool(self.reference) and one.label == self.reference

    def draw_label(self, painter: QPainter, one: Bar, label: QRect) -> None:
        """What a bar is of."""
        painter.setFont(self.ink.letters(is_bold=self.is_reference(one)))
        self.ink.words_at(painter, label, one.label)

    # --- where things lie -------------------------------------------------------------------

    def is_stacked(self, width: int) -> bool:
        """Whether words stand above their bars."""
        return width < self.ink.px(_STACKED)

    def _row(self, width: int) -> int:
        bar, line = self.ink.px(self.thick), self.ink.line()
        return (bar + line if self.is_stacked(width) else max(bar, line)) + self.ink.px(self.gap)

    def parts(self, place: QRect) -> tuple[QRect, QRect, int]:
        """Label, the room of the longest bar, and where words after it must end."""
        x, y = place.x() + self.ink.px(4), place.y()
        line, bar = self.ink.line(), self.ink.px(self.thick)
        right = place.right() - self.ink.px(4)
        told = self.shown_width(place.width())
        if self.is_stacked(self.width()):
            label = QRect(x, y, right - x, line)
            return label, QRect(x, y + line, max(right - x - told, 20), bar), right
        wide, middle = self._label_width(place.width()), y + (place.height() - bar) // 2
        label = QRect(x, middle, wide, bar)
        left = x + wide + self.ink.px(12)
        return label, QRect(left, middle, max(right - left - told, 20), bar), right

    def _label_width(self, width: int) -> int:
        plain, bold = self.ink.metrics(), self.ink.metrics(is_bold=True)
        widths = [
            (bold if self.is_reference(one) else plain).horizontalAdvance(one.label)
            for one in self.chart.bars
        ]
        return min(max(widths, default=0) + 4, int(width * 0.42))

    def shown_width(self, width: int) -> int:
        """Room that is kept for the words behind the longest bar."""
        bold = self.ink.metrics(is_bold=True)
        widths = [bold.horizontalAdvance(one.shown) for one in self.chart.bars]
        return min(max(widths, default=0) + self.ink.px(14), int(width * 0.42))
