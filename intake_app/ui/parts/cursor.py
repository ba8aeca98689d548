"""The cursor stays in its page when buttons are made anew: the rail never takes it by accident."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid


def has_cursor(page: QWidget) -> bool:
    """Whether the cursor is anywhere in a page."""
    focused = QApplication.focusWidget()
    return focused is not None and page.isAncestorOf(focused)


def hand_cursor_to(page: QWidget, first: QWidget) -> None:
    """Give the cursor to this widget whenever the page gets it.

    A focus proxy would do so too, but Tab would then pass over all that stands above the widget.
    """
    hand_cursor_by(page, lambda: first)


def hand_cursor_by(page: QWidget, choose: Callable[[], QWidget | None]) -> None:
    """The same, where another widget is the first one from time to time; None: none of them."""
    page.installEventFilter(_HandOn(page, choose))


def first_control(part: QWidget) -> QWidget | None:
    """What Tab comes to first in a part of a page; None: there is nothing to work with."""
    one = part.nextInFocusChain()
    while one is not None and one is not part:
        takes_tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        if takes_tab and part.isAncestorOf(one) and one.isVisibleTo(part) and one.isEnabled():
            return one
        one = one.nextInFocusChain()
    return None


def control_after(part: QWidget) -> QWidget | None:
    """What Tab comes to behind a part of a page; None: there is nothing else."""
    one = part.nextInFocusChain()
    while one is not None and one is not part:
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.isAncestorOf(one):
            return one
        one = one.nextInFocusChain()
    return None


def tab_before(widget: QWidget, made: Iterable[QWidget]) -> None:
    """Let Tab pass buttons that were made anew before this widget; they would be its last."""
    for one in made:
        before = widget.previousInFocusChain()
        while before is not None and before.focusPolicy() is Qt.FocusPolicy.NoFocus:
            before = before.previousInFocusChain()  # Qt hangs nothing on what takes no cursor
        if before is not None and before is not one:
            QWidget.setTabOrder(before, one)


class _HandOn(QObject):
    """Hands the cursor on, where its first place takes it now."""

    def __init__(self, page: QWidget, choose: Callable[[], QWidget | None]) -> None:
        super().__init__(page)
        self._choose = choose

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page itself has nothing to do with a cursor."""
        first = self._choose() if event.type() is QEvent.Type.FocusIn else None
        if first is not None and first.isVisible() and first.isEnabled():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return super().eventFilter(watched, event)


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
