"""A thin bar below a rate: how much of all it is, at a glance. The words beside it say the same."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.parts.theme import Theme


class Meter(QWidget):
    """From nothing to all; a rate that is not told has a dashed bar of no length."""

    def __init__(self, percent: float | None, theme: Theme) -> None:
        super().__init__()
        self._percent, self._tokens = percent, theme.tokens
        self.setFixedHeight(theme.px(8))
        self.setMinimumWidth(theme.px(60))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)
        if self._percent is None:
            painter.setPen(QPen(QColor(self._tokens.field), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(whole, 2, 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._tokens.tint2))
            painter.drawRoundedRect(whole, 2, 2)
            painter.setBrush(QColor(self._tokens.navy_ink))
            whole.setWidth(max(whole.width() * min(self._percent, 100) / 100, 2))
            painter.drawRoundedRect(whole, 2, 2)
        painter.end()
