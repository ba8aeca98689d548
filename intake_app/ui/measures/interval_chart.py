"""Rates with their intervals, one group a row, against a group that the user chose; no ranking."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from intake_app.domain.chart import Bar
from intake_app.ui.measures.bar_chart import BarChart


class IntervalChart(BarChart):
    """A point for each rate and a line from the lower to the upper end of its interval.

    All rows have one color: which way is good, and how far apart is too far, is not said here.
    """

    gap = 8
    thick = 22

    def heightForWidth(self, width: int) -> int:
        """Rows, and the axis below."""
        return super().heightForWidth(width) + self.ink.line()

    def draw(self, painter: QPainter) -> None:
        """The axis, the reference from top to bottom, then the rows."""
        places = self.places(self.width())
        if not places:
            return
        _, bar, _ = self.parts(places[0])
        bottom = places[-1].bottom() + 2
        self._draw_axis(painter, bar, bottom)
        for one in self.chart.bars:
            if self.is_reference(one) and one.value is not None:
                x = self._x(bar, one.value)
                painter.setPen(QPen(self.ink.color("teal_ink"), 1.4, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
        for one, place in zip(self.chart.bars, places, strict=True):
            self._draw_interval(painter, one, place)

    def _draw_interval(self, painter: QPainter, one: Bar, place: QRect) -> None:
        label, bar, right = self.parts(place)
        self.draw_label(painter, one, label)
        left = bar.right() + self.ink.px(10)
        room = QRect(left, bar.y(), right - left, bar.height())
        if one.value is None:
            box = QRectF(bar.x(), bar.y() + 3, self.ink.px(26), bar.height() - 6)
            self.ink.untold(painter, box)
            self.ink.words_at(painter, room, one.shown, "mute")
            return
        color, y = self.ink.color(self.fill(one)), bar.center().y() + 0.5
        if one.low is not None and one.high is not None:
            painter.setPen(QPen(color, self.ink.px(2.4)))
            low, high, tick = self._x(bar, one.low), self._x(bar, one.high), self.ink.px(5)
            painter.drawLine(QPointF(low, y), QPointF(high, y))
            for end in (low, high):
                painter.drawLine(QPointF(end, y - tick), QPointF(end, y + tick))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        size = self.ink.px(5)
        painter.drawEllipse(QPointF(self._x(bar, one.value), y), size, size)
        painter.setFont(self.ink.letters(is_bold=True))
        self.ink.words_at(painter, room, one.shown)

    def _draw_axis(self, painter: QPainter, bar: QRect, bottom: int) -> None:
        painter.setFont(self.ink.letters(13.5))
        unit = "%" if self.chart.axis == "%" else ""
        for part in (0.0, 0.5, 1.0):
            x = bar.x() + bar.width() * part
            painter.setPen(QPen(self.ink.color("line"), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            told = f"{self.chart.most * part:g}{unit}"
            wide = painter.fontMetrics().horizontalAdvance(told) + 4
            place = QRect(max(int(x) - wide // 2, 0), bottom, wide, self.ink.line())
            self.ink.words_at(painter, place, told, "mute", Qt.AlignmentFlag.AlignCenter)

    def _x(self, bar: QRect, value: float) -> float:
        return bar.x() + bar.width() * min(max(value / self.chart.most, 0), 1)

    def shown_width(self, width: int) -> int:
        """A little more: points lie at the end of the axis too."""
        return super().shown_width(width) + self.ink.px(8)
