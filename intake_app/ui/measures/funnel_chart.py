"""A funnel: how many came to each step, each bar seen against the first, and what was lost."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from intake_app.ui.measures.bar_chart import BarChart


class FunnelChart(BarChart):
    """Bars that grow shorter, with the way from one to the next shaded."""

    gap = 20
    thick = 30

    def draw(self, painter: QPainter) -> None:
        """The ways between the bars first, then the bars."""
        ends: list[QRectF] = []
        for one, place in zip(self.chart.bars, self.places(self.width()), strict=True):
            _, bar, _ = self.parts(place)
            wide = bar.width() * min((one.value or 0) / self.chart.most, 1)
            known = one.value is not None
            ends.append(QRectF(bar.x(), bar.y(), wide if known else -1, bar.height()))
        painter.setPen(self.ink.color("card"))
        painter.setBrush(self.ink.color("tint2"))
        for above, below in pairwise(ends):
            if above.width() < 0 or below.width() < 0 or self.is_stacked(self.width()):
                continue  # nothing is said of a way from or to what is not told
            painter.drawPolygon(QPolygonF([
                QPointF(above.left(), above.bottom()), QPointF(above.right(), above.bottom()),
                QPointF(below.right(), below.top()), QPointF(below.left(), below.top()),
            ]))  # fmt: skip
        super().draw(painter)
