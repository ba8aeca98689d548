"""The cursor stays in its page when buttons are made anew: the rail never takes it by accident."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid


def has_cursor(page: QWidget) -> bool:
    """Whether the cursor is anywhere in a page."""
    focused = QApplication.focusWidget()
    return focused is not None and page.isAncestorOf(focused)


def take_cursor_soon(page: QWidget) -> None:
    """Bring the cursor to the first button of a page, if nothing else of it takes the cursor."""

    def take() -> None:
        if not isValid(page) or has_cursor(page):
            return
        buttons = page.findChildren(QAbstractButton)
        first = next((one for one in buttons if one.isVisibleTo(page) and one.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    QTimer.singleShot(0, take)  # new buttons are shown a moment after this one
