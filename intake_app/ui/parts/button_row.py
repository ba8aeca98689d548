"""Buttons side by side that go on in the next line where the page is narrow or the text large."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLayoutItem, QWidget

from intake_app.ui.parts.layouts import FlowingLayout, height_of


class ButtonRow(QWidget):
    """A row that wraps; each part is as wide as it wants to be, and never wider than the row.

    Args:
        spacing: Between the parts, in pixels.
        parts: What stands in it.
        ends_right: Its lines end at the right edge, as in the foot of a page.
    """

    def __init__(self, spacing: int, parts: Sequence[QWidget], *, ends_right: bool = False) -> None:
        super().__init__()
        self._inside = _Wrapping(spacing, self)
        self._inside.ends_right = ends_right
        for part in parts:
            self._inside.hold(part)


class _Wrapping(FlowingLayout):
    ends_right = False

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        y, gap = rect.y(), self.spacing()
        for line in self._lines(rect.width()):
            widths = [min(item.sizeHint().width(), rect.width()) for item in line]
            heights = [height_of(item, width) for item, width in zip(line, widths, strict=True)]
            tall, x = max(heights), rect.x()
            if self.ends_right:
                x += rect.width() - sum(widths) - gap * (len(widths) - 1)
            for item, width, height in zip(line, widths, heights, strict=True):
                if not is_trial:
                    item.setGeometry(QRect(x, y + (tall - height) // 2, width, height))
                x += width + gap
            y += tall + gap
        return max(0, y - gap - rect.y())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self.shown():
            wants = item.sizeHint().width()
            if not lines or wants > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= wants + self.spacing()
        return lines
