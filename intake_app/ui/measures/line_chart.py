"""A line over months, quarters or years; where a number is not told, the line has a gap."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from intake_app.domain.chart import axis_number
from intake_app.ui.measures.chart_view import ChartView

_HEIGHT: Final = 210
_CENTER: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LineChart(ChartView):
    """Points from left to right."""

    def heightForWidth(self, width: int) -> int:
        """The same at each width."""
        return self.ink.px(_HEIGHT)

    def places(self, width: int) -> Sequence[QRect]:
        """A column for each point."""
        area, step = self._area(width), self._step(width)
        return [
            QRect(int(area.x() + at * step), 2, max(int(step), 6), self.height() - 4)
            for at in range(len(self.chart.bars))
        ]

    def draw(self, painter: QPainter) -> None:
        """Axis, line, points, and the words below."""
        area, top = self._area(self.width()), self.chart.most
        self._draw_axis(painter, area, top)
        points: list[QPointF | None] = []
        for one, place in zip(self.chart.bars, self.places(self.width()), strict=True):
            if one.value is None:
                points.append(None)
                continue
            y = area.bottom() - area.height() * min(one.value / top, 1)
            points.append(QPointF(place.center().x(), y))
        painter.setPen(QPen(self.ink.color("navy_ink"), self.ink.px(2.4)))
        for one, after in pairwise(points):
            if one is not None and after is not None:
                painter.drawLine(one, after)
        self._draw_points(painter, points)
        self._draw_words(painter, area, points)

    def _draw_axis(self, painter: QPainter, area: QRect, top: float) -> None:
        painter.setFont(self.ink.letters(13.5))
        for part in (0.0, 0.5, 1.0):
            y = area.bottom() - int(area.height() * part)
            painter.setPen(QPen(self.ink.color("line"), 1))
            painter.drawLine(area.left(), y, area.right(), y)
            tick = top * part
            if tick == int(tick):
                place = QRect(
                    0, y - self.ink.line() // 2, area.left() - self.ink.px(6), self.ink.line()
                )
                self.ink.words_at(painter, place, self._number(tick), "mute", _RIGHT)

    def _number(self, value: float) -> str:
        return axis_number(value, self.chart.axis)

    def _draw_points(self, painter: QPainter, points: Sequence[QPointF | None]) -> None:
        area, size = self._area(self.width()), self.ink.px(4)
        for place, point in zip(self.places(self.width()), points, strict=True):
            if point is None:
                x = place.center().x()
                box = QRectF(x - size, area.bottom() - 2.5 * size, 2 * size, 2 * size)
                self.ink.untold(painter, box)
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.ink.color("navy_ink"))
            painter.drawEllipse(point, size, size)

    def _draw_words(self, painter: QPainter, area: QRect, points: Sequence[QPointF | None]) -> None:
        """As many words below as fit; numbers above the points where there is room for all."""
        marks, places = self.chart.bars, self.places(self.width())
        painter.setFont(self.ink.letters(13.5))
        metrics = painter.fontMetrics()
        widest = max((metrics.horizontalAdvance(one.label) for one in marks), default=0)
        step = max(self._step(self.width()), 1)
        every = max(1, -(-(widest + self.ink.px(10)) // int(step)))
        for at, (one, place) in enumerate(zip(marks, places, strict=True)):
            if (len(marks) - 1 - at) % every == 0:
                middle = QRect(place.center().x() - widest, area.bottom() + self.ink.px(6),
                               2 * widest, self.ink.line())  # fmt: skip
                self.ink.words_at(painter, self._inside(middle), one.label, "mute", _CENTER)
        numbers = max((metrics.horizontalAdvance(one.shown) for one in marks), default=0)
        for at, (one, point) in enumerate(zip(marks, points, strict=True)):
            is_shown = numbers + self.ink.px(8) < step or at in (self.at, len(marks) - 1)
            if point is not None and is_shown:
                above = int(point.y()) - self.ink.line() - self.ink.px(4)
                place = QRect(int(point.x()) - numbers, above, 2 * numbers, self.ink.line())
                self.ink.words_at(painter, self._inside(place), one.shown, "ink", _CENTER)

    # --- where things lie -------------------------------------------------------------------

    def _inside(self, place: QRect) -> QRect:
        """The same place, half as wide, moved so that nothing is cut off at a side."""
        moved = place.adjusted(place.width() // 4, 0, -(place.width() // 4) + 4, 0)
        moved.moveLeft(max(min(moved.left(), self.width() - moved.width()), 0))
        return moved

    def _area(self, width: int) -> QRect:
        widest = self.ink.metrics(13.5).horizontalAdvance(self._number(self.chart.most))
        left = widest + self.ink.px(14)
        top, below = self.ink.line() + self.ink.px(6), self.ink.line() + self.ink.px(10)
        return QRect(
            left, top, max(width - left - self.ink.px(12), 20), self.ink.px(_HEIGHT) - top - below
        )

    def _step(self, width: int) -> float:
        return self._area(width).width() / max(len(self.chart.bars), 1)
