"""Buttons side by side that go on in the next line where the page is narrow or the text large."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLayoutItem, QWidget

from intake_app.ui.form.layouts import FlowingLayout, height_of


class ButtonRow(QWidget):
    """A row that wraps; each part is as wide as it wants to be, and never wider than the row."""

    def __init__(self, spacing: int, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self._inside = _Wrapping(spacing, self)
        for part in parts:
            self._inside.hold(part)


class _Wrapping(FlowingLayout):
    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        y, gap = rect.y(), self.spacing()
        for line in self._lines(rect.width()):
            widths = [min(item.sizeHint().width(), rect.width()) for item in line]
            heights = [height_of(item, width) for item, width in zip(line, widths, strict=True)]
            tall, x = max(heights), rect.x()
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
