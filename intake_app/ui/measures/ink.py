"""What charts are drawn with: lengths, letters, colors, bars, and places that are not told."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from intake_app.ui.parts.theme import BASE_PX, Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Ink:
    """The look of a chart at one text size.

    Args:
        theme: Look.
        font: The typeface of the window.
    """

    def __init__(self, theme: Theme, font: QFont) -> None:
        self._theme, self._font = theme, font

    def px(self, length: float) -> int:
        """A length at this text size."""
        return self._theme.px(length)

    def letters(self, size: float = 15, *, is_bold: bool = False) -> QFont:
        """The typeface, in a height at 100 %."""
        font = QFont(self._font)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
        return font

    def metrics(self, size: float = 15, *, is_bold: bool = False) -> QFontMetrics:
        """How wide words are."""
        return QFontMetrics(self.letters(size, is_bold=is_bold))

    def line(self) -> int:
        """The height of a line of words."""
        return self.px(BASE_PX + 5)

    def color(self, name: str) -> QColor:
        """A color by its token."""
        return QColor(str(getattr(self._theme.tokens, name)))

    def bar(self, painter: QPainter, rect: QRectF, name: str) -> None:
        """A filled bar; one of no length is a thin line, so that a zero is seen."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color(name))
        seen = QRectF(rect)
        seen.setWidth(max(rect.width(), 2))
        painter.drawRoundedRect(seen, 3, 3)

    def untold(self, painter: QPainter, rect: QRectF) -> None:
        """A place whose number is not told: all look alike."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(self.color("field"), 1.2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(rect, 3, 3)

    def words_at(
        self, painter: QPainter, rect: QRect, text: str, name: str = "ink",
        flags: Qt.AlignmentFlag = LEFT,
    ) -> None:  # fmt: skip
        """Words in a place, with dots where they do not fit."""
        painter.setPen(self.color(name))
        fitting = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, max(rect.width(), 0)
        )
        painter.drawText(rect, int(flags), fitting)
