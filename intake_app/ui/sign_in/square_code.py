"""A square code on the screen: black on white in any look, or a phone does not read it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_MARGIN = 4
"""Light modules around it, as the standard asks (ISO/IEC 18004)."""


class SquareCode(QWidget):
    """Draws the rows of a square code; "#" is dark.

    Args:
        side: Its height and width in pixels.
    """

    def __init__(self, side: int) -> None:
        super().__init__()
        self._rows, self._side = tuple[str, ...](), side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def show_rows(self, rows: Sequence[str]) -> None:
        """Draw another one; none: nothing is left of it."""
        self._rows = tuple(rows)
        self.setVisible(bool(rows))
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """White, and the dark modules."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        count = len(self._rows)
        unit = max(1, self._side // (count + 2 * _MARGIN))  # whole pixels: all modules are alike
        start = (self._side - unit * count) // 2
        for y, row in enumerate(self._rows):
            for x, sign in enumerate(row):
                if sign == "#":
                    place = start + x * unit, start + y * unit
                    painter.fillRect(*place, unit, unit, Qt.GlobalColor.black)
        painter.end()
