"""What all charts are: bars with their words, drawn by hand, read out and walked with the arrows.

A view is given only what may be told (`domain.chart`). What has no value is drawn as a place that
is not told, and all of these look alike: neither length nor axis knows of a number that the words
do not say.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from intake_app.domain.chart import Bar, Chart, ChartKind
from intake_app.ui.measures.ink import Ink
from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.labels import tip_of
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class ChartView(QWidget):
    """A drawing that takes the cursor; arrows walk from bar to bar.

    Signals:
        pointed: The cursor came to a bar (its place in the row).

    Attributes:
        ink: What it is drawn with.
        at: The bar under the cursor; -1: none yet.
        chart: What is shown.
        warning: "Not for release", where it shows what must not leave; else empty.
        reference: The label of the bar against which the others are seen; empty: none.
    """

    pointed = Signal(int)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self.ink = Ink(theme, self.font())
        self.chart, self.at = Chart(ChartKind.BARS, ""), -1
        self.warning = self.reference = ""
        self.setProperty("is_chart", True)  # `ui.running.voice` tells screen readers
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    def show_chart(self, chart: Chart, warning: str = "", reference: str = "") -> None:
        """Show bars; the cursor begins anew."""
        self.chart, self.at = chart, -1
        self.warning, self.reference = warning, reference
        self.setAccessibleName(" ".join(filter(None, (warning and f"{warning}.", chart.said()))))
        self.setAccessibleDescription(self._words.text("Arrow keys go from number to number."))
        self.updateGeometry()
        self.update()

    # --- what kinds of charts say ---------------------------------------------------------

    def heightForWidth(self, width: int) -> int:
        """Room for all bars."""
        raise NotImplementedError

    def places(self, width: int) -> Sequence[QRect]:
        """Where each bar lies, for mouse and cursor."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Draw the bars."""
        raise NotImplementedError

    # --- Qt -------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Narrow ones put words above bars."""
        return True

    def sizeHint(self) -> QSize:
        """Wide enough for words beside bars."""
        width = self.ink.px(560)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow, and as high as it is then."""
        width = max(self.width(), self.ink.px(180))
        return QSize(self.ink.px(180), self.heightForWidth(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw, with what marks the cursor and what warns."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.ink.letters())
        if self.warning:
            self._warn(painter)
        self.draw(painter)
        if self.hasFocus():
            self._ring(painter)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End."""
        last = len(self.chart.bars) - 1
        to = {
            Qt.Key.Key_Down: self.at + 1, Qt.Key.Key_Right: self.at + 1,
            Qt.Key.Key_Up: self.at - 1, Qt.Key.Key_Left: self.at - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if to is None or last < 0:
            super().keyPressEvent(event)
            return
        self._point(min(max(to, 0), last))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A bar that is pressed is the one under the cursor."""
        found = self._bar_at(event.position().toPoint())
        if found >= 0:
            self._point(found)

    def event(self, event: QEvent) -> bool:
        """Tell a bar in words under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._bar_at(event.pos())
            told = tip_of(_spoken(self.chart.bars[found])) if found >= 0 else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        self.update()
        super().focusOutEvent(event)

    # --- inside -----------------------------------------------------------------------------

    def _point(self, at: int) -> None:
        self.at = at
        told = _spoken(self.chart.bars[at])
        self.setAccessibleDescription(told)
        announce(self, told, is_urgent=True)
        self.update()
        self.pointed.emit(at)

    def _bar_at(self, point: QPoint) -> int:
        for at, place in enumerate(self.places(self.width())):
            if place.contains(point):
                return at
        return -1

    def _ring(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.ink.color("focus"), 2))
        places = self.places(self.width())
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_at = 0 <= self.at < len(places)
        painter.drawRoundedRect(QRectF(places[self.at]) if is_at else whole, 6, 6)

    def _warn(self, painter: QPainter) -> None:
        """The words across the whole drawing, behind the bars."""
        painter.save()
        painter.setFont(self.ink.letters(34, is_bold=True))
        faint = self.ink.color("err")
        faint.setAlpha(46)
        painter.setPen(faint)
        wide = painter.fontMetrics().horizontalAdvance(self.warning) + self.ink.px(60)
        step = self.ink.px(110)
        for row, top in enumerate(range(self.ink.px(40), self.height() + step, step)):
            start = -wide // 2 if row % 2 else 0
            for left in range(start, self.width(), wide):
                painter.drawText(QPointF(left + self.ink.px(10), top), self.warning)
        painter.restore()


def _spoken(one: Bar) -> str:
    return f"{one.label}: {one.shown}"
