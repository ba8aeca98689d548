"""How questions and answers to choose stand on a page, at any width and text size.

Both layouts know their height for a width, so that a scroll area never clips them, and both leave
hidden widgets out, so that showing a question needs no rebuilding.
"""

from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QWidget, QWidgetItem


class FlowingLayout(QLayout):
    """The bookkeeping that Qt wants of every layout; `_place` of the subclass does the rest.

    Qt asks a layout in a layout for its height again and again, twice for each level above it. So
    what was worked out is kept until Qt says that something is another size now.
    """

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._least: QSize | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item (Qt calls this)."""
        self._items.append(item)

    def hold(self, widget: QWidget) -> None:
        """Take a widget."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))
        self.invalidate()

    def let_go(self, widget: QWidget) -> None:
        """Forget a widget that is about to go."""
        self._items = [item for item in self._items if item.widget() is not widget]
        self.invalidate()

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """One item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Give one item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It does not ask for more height than it needs."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that a width needs."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), is_trial=True)
        return self._heights[width]

    def invalidate(self) -> None:
        """Something is shown, hidden or of another size (Qt calls this)."""
        self._heights.clear()
        self._least = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Put all items in their places."""
        super().setGeometry(rect)
        self._place(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        """As small as allowed: the width comes from the page."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Room for the widest item."""
        if self._least is None:
            self._least = QSize(0, 0)
            for item in self.shown():
                self._least = self._least.expandedTo(item.minimumSize())
        return self._least

    def shown(self) -> list[QLayoutItem]:
        """The items that are not hidden."""
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        raise NotImplementedError


@contextmanager
def laid_out_once(top: QWidget) -> Generator[None]:
    """Show and add in here as much as you like: it is laid out once, at the end.

    Else Qt lays out the whole page anew for each part that is shown.
    """
    layout = top.layout()
    if layout is None or not layout.isEnabled():
        yield
        return
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        if top.isVisible():
            layout.activate()  # before anything is painted where it does not belong


def height_of(item: QLayoutItem, width: int) -> int:
    """The height that an item needs at a width."""
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.sizeHint().height()


class PairLayout(FlowingLayout):
    """Questions below one another; two short neighbors share a line where the page is wide.

    A widget says with the Qt property "pairs" what it may share a line with: two neighbors with
    the same word in it stand side by side, so that their boxes line up. Empty: alone.
    """

    def __init__(self, spacing: int, break_at: int, parent: QWidget | None = None) -> None:
        """Make an empty layout; below `break_at` pixels each question stands alone."""
        super().__init__(spacing, parent)
        self._break_at = break_at

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        y, gap = rect.y(), self.spacing()
        for line in self._lines(rect.width()):
            width = rect.width() if len(line) == 1 and not _pairs(line[0]) else self._half(rect)
            heights = [height_of(item, width) for item in line]
            if not is_trial:
                for n, item in enumerate(line):
                    item.setGeometry(QRect(rect.x() + n * (width + gap), y, width, heights[n]))
            y += max(heights) + gap
        return max(0, y - gap - rect.y())

    def _half(self, rect: QRect) -> int:
        if rect.width() < self._break_at:
            return rect.width()
        return (rect.width() - self.spacing()) // 2

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        for item in self.shown():
            last = lines[-1] if lines else []
            word = _pairs(item)
            if width >= self._break_at and word and len(last) == 1 and _pairs(last[0]) == word:
                last.append(item)
            else:
                lines.append([item])
        return lines


def _pairs(item: QLayoutItem) -> str:
    widget = item.widget()
    return str(widget.property("pairs") or "") if widget is not None else ""


class OptionsLayout(FlowingLayout):
    """Radio buttons or checkboxes in as many equal columns as fit, long labels wrapped.

    Qt does not wrap the words beside a radio button; this puts the line breaks in. The accessible
    name stays whole, since it is set apart from the text.
    """

    ROOM = 44
    """Pixels beside the words at 100 %: indicator, spacing and padding."""

    def __init__(self, scale: float, parent: QWidget | None = None) -> None:
        """Make an empty layout for a text size (1.0 is 100 %)."""
        super().__init__(round(4 * scale), parent)
        self._room, self._gap = round(self.ROOM * max(1.0, scale * 0.8)), round(22 * scale)
        self._widths: dict[str, int] = {}  # measured once: Qt asks for heights again and again
        self._breaks: dict[tuple[str, int], str] = {}

    def minimumSize(self) -> QSize:
        """Narrow: the words wrap."""
        return QSize(self._room * 3, 10)

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        items = self.shown()
        if not items:
            return 0
        widest = max(self._natural(item) for item in items)
        columns = max(1, min(len(items), (rect.width() + self._gap) // (widest + self._gap)))
        width = min(widest, rect.width())
        y = rect.y()
        for start in range(0, len(items), columns):
            line = items[start : start + columns]
            heights = [self._height(item, width) for item in line]
            if not is_trial:
                for n, item in enumerate(line):
                    spot = QPoint(rect.x() + n * (width + self._gap), y)
                    self._put(item, QRect(spot, QSize(width, max(heights))))
            y += max(heights) + self.spacing()
        return y - self.spacing() - rect.y()

    def _natural(self, item: QLayoutItem) -> int:
        button = _button(item)
        if button is None:
            return item.sizeHint().width()
        name = button.accessibleName()
        if name not in self._widths:
            button.ensurePolished()
            self._widths[name] = button.fontMetrics().horizontalAdvance(name)
        return self._widths[name] + self._room

    def _height(self, item: QLayoutItem, width: int) -> int:
        button = _button(item)
        if button is None:
            return height_of(item, width)
        metrics = button.fontMetrics()
        more = self._wrapped(button, width).count("\n")
        return round(metrics.height() * 1.55) + more * metrics.lineSpacing()

    def _put(self, item: QLayoutItem, rect: QRect) -> None:
        button = _button(item)
        if button is not None:
            words = self._wrapped(button, rect.width()).replace("&", "&&")
            if button.text() != words:
                button.setText(words)
        item.setGeometry(rect)

    def _wrapped(self, button: QAbstractButton, width: int) -> str:
        name = button.accessibleName()
        if self._natural_width(name) <= width:
            return name
        if (name, width) not in self._breaks:
            self._breaks[name, width] = wrapped(name, button.fontMetrics(), width - self._room)
        return self._breaks[name, width]

    def _natural_width(self, name: str) -> int:
        return self._widths.get(name, 1 << 20) + self._room


def _button(item: QLayoutItem) -> QAbstractButton | None:
    widget = item.widget()
    return widget if isinstance(widget, QAbstractButton) else None


def wrapped(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text with line breaks, so that no line is wider than `width` pixels."""
    lines, line = list[str](), ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and metrics.horizontalAdvance(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return "\n".join([*lines, line])
