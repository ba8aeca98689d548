"""A pad to sign on with a mouse, a pen or a finger."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.parts.theme import Theme

Strokes = list[list[list[float]]]
"""Lines of a signature: points [x, y] from 0 to 1, origin at the upper left."""


class SignaturePad(QWidget):
    """White paper with a line; what is drawn is kept as strokes, without a picture.

    Signals:
        drawn: A stroke was finished.
    """

    drawn = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.strokes: Strokes = []
        self._is_drawing = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(120))
        self.setMaximumWidth(theme.px(520))

    def sizeHint(self) -> QSize:
        """Wide enough to sign."""
        return QSize(self._theme.px(460), self._theme.px(120))

    def show_strokes(self, strokes: Strokes) -> None:
        """Show a signature that was given before."""
        self.strokes = [[list(point) for point in stroke] for stroke in strokes]
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        self._is_drawing = True
        self.strokes.append([self._point(event.position())])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if self._is_drawing:
            self.strokes[-1].append(self._point(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        if not self._is_drawing:
            return
        self._is_drawing = False
        if len(self.strokes[-1]) < 2:
            self.strokes[-1].append(self._point(event.position() + QPointF(1.5, 0)))
        self.update()
        self.drawn.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper, line and ink."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = self.rect().adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(self._theme.tokens.field), 1))
        painter.setBrush(QColor("#FFFFFF"))  # ink on paper, in the dark theme too
        painter.drawRoundedRect(paper, 7, 7)
        base = round(self.height() * 0.78)
        painter.setPen(QPen(QColor("#7B8896"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(paper.left() + 16, base, paper.right() - 16, base)
        painter.setPen(QPen(QColor("#14304D"), 2.2, Qt.PenStyle.SolidLine,
                            Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))  # fmt: skip
        for stroke in self.strokes:
            painter.drawPolyline(QPolygonF([self._spot(x, y) for x, y in stroke]))
        painter.end()

    def _point(self, at: QPointF) -> list[float]:
        x, y = at.x() / max(1, self.width()), at.y() / max(1, self.height())
        return [round(min(max(x, 0.0), 1.0), 4), round(min(max(y, 0.0), 1.0), 4)]

    def _spot(self, x: float, y: float) -> QPointF:
        return QPointF(x * self.width(), y * self.height())
