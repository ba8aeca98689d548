"""Pages that scroll, and how what matters on them is brought into view."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from shiboken6 import isValid

_AROUND = 40
"""Pixels above and below what was brought into view."""


class _Area(QScrollArea):
    """Brings what Tab reached into view; Qt does not where Tab comes from outside the area.

    Not under the mouse: what is pressed must not run away.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        is_pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and not is_pressed and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, _AROUND)


def scrolled(inside: QWidget) -> QScrollArea:
    """A page that scrolls up and down where it does not fit."""
    area = _Area()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll so that a widget is seen, once the page has its new shape."""

    def scroll() -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        above = widget.parentWidget() if isValid(widget) else None
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(widget, 0, 80)

    QTimer.singleShot(0, scroll)
