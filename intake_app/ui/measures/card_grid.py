"""Cards in two columns where the page is wide, and below one another where it is not."""

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.layouts import FlowingLayout, height_of
from intake_app.ui.parts.theme import Theme

_BREAK: Final = 760
"""Below this width (at 100 %) there is one column."""


class CardGrid(QWidget):
    """Cards; wide ones take both columns."""

    def __init__(self, theme: Theme, gap: int = 14) -> None:
        super().__init__()
        self._layout = _Columns(theme.px(gap), theme.px(_BREAK), self)

    def add(self, card: QWidget, *, is_wide: bool = False) -> None:
        """Add a card below the others."""
        card.setProperty("wide", is_wide)
        self._layout.hold(card)
        card.show()

    def say(self, text: str) -> None:
        """Add a sentence in place of cards."""
        self.add(words_label(text), is_wide=True)

    def clear(self) -> None:
        """Take all cards away."""
        for item in self._layout.shown():
            widget = item.widget()
            if widget is not None:
                self._layout.let_go(widget)
                widget.hide()
                widget.deleteLater()
        self.updateGeometry()


class _Columns(FlowingLayout):
    """Each card goes below the shorter column."""

    def __init__(self, spacing: int, break_at: int, parent: QWidget) -> None:
        super().__init__(spacing, parent)
        self._break_at = break_at

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        gap = self.spacing()
        is_one = rect.width() < self._break_at
        half = rect.width() if is_one else (rect.width() - gap) // 2
        ends = [rect.y(), rect.y()]
        for item in self.shown():
            widget = item.widget()
            is_wide = is_one or (widget is not None and bool(widget.property("wide")))
            width = rect.width() if is_wide else half
            column = 0 if is_wide or ends[0] <= ends[1] else 1
            top = max(ends) if is_wide else ends[column]
            height = height_of(item, width)
            if not is_trial:
                item.setGeometry(QRect(rect.x() + column * (half + gap), top, width, height))
            ends[column] = top + height + gap
            if is_wide:
                ends = [top + height + gap] * 2
        return max(0, max(ends) - gap - rect.y())
