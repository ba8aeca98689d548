"""Where on a page somebody was: tab, scroll, cursor. Numbers only; no word of the page.

It is kept over a lock, when every file is closed and every key is dropped. So it may hold nothing
that tells about anybody: no text, no name of a control.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

Kind = TypeVar("Kind", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Which control has the cursor, and where in it.

    Attributes:
        kind: Class of the control.
        number: It is the n-th of its kind on the page, from 0.
        start: Where a selection begins; a row in a list.
        end: Where the cursor stands; a column in a list.
    """

    kind: str
    number: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page.

    Attributes:
        tabs: The open tab of each bar of tabs.
        scrolls: How far each part is scrolled down, in pixels.
        cursor: Where the cursor was; None: nowhere.
    """

    tabs: tuple[int, ...] = ()
    scrolls: tuple[int, ...] = ()
    cursor: Cursor | None = None


def read_spot(page: QWidget) -> Spot:
    """Where somebody is on this page; also when the rail has the cursor now."""
    return Spot(
        tuple(bar.currentIndex() for bar in _of_kind(page, QTabBar)),
        tuple(area.verticalScrollBar().value() for area in _of_kind(page, QScrollArea)),
        _read_cursor(page),
    )


def open_tabs(page: QWidget, spot: Spot) -> bool:
    """Open the tabs; whether all of them were there."""
    bars = [*_of_kind(page, QTabBar)]
    for bar, tab in zip(bars, spot.tabs, strict=False):
        if 0 <= tab < bar.count() and bar.currentIndex() != tab:
            bar.setCurrentIndex(tab)
    return len(bars) >= len(spot.tabs)


def scroll_to(page: QWidget, spot: Spot) -> bool:
    """Scroll; whether there was enough to scroll over."""
    areas = [*_of_kind(page, QScrollArea)]
    for area, value in zip(areas, spot.scrolls, strict=False):
        area.verticalScrollBar().setValue(value)
    reached = [area.verticalScrollBar().value() for area in areas[: len(spot.scrolls)]]
    return reached == list(spot.scrolls)


def put_cursor(page: QWidget, spot: Spot) -> bool:
    """Put the cursor; whether its control was there."""
    if spot.cursor is None:
        return True
    found = _named(page, spot.cursor)
    if found is None or not found.isEnabled():
        return False
    found.setFocus(Qt.FocusReason.OtherFocusReason)
    _put_within(found, spot.cursor.start, spot.cursor.end)
    return True


def _of_kind(page: QWidget, kind: type[Kind]) -> Iterator[Kind]:
    return (one for one in page.findChildren(kind) if one.isVisibleTo(page))


def _alike(page: QWidget, kind: str) -> list[QWidget]:
    """The controls of a kind that can be seen; what lies in tabs that are shut does not count."""
    seen = _of_kind(page, QWidget)
    return [one for one in seen if type(one).__name__ == kind]


def _named(page: QWidget, cursor: Cursor) -> QWidget | None:
    alike = _alike(page, cursor.kind)
    return alike[cursor.number] if cursor.number < len(alike) else None


def _read_cursor(page: QWidget) -> Cursor | None:
    at = page.focusWidget()
    if not at or at is page or not page.isAncestorOf(at) or not at.isVisibleTo(page):
        return None
    kind = type(at).__name__
    alike = _alike(page, kind)
    if at not in alike:
        return None
    return Cursor(kind, alike.index(at), *_read_within(at))


def _read_within(at: QWidget) -> tuple[int, int]:
    if isinstance(at, QLineEdit):
        start, end = at.selectionStart(), at.cursorPosition()
        return (end if start < 0 else start + at.selectionEnd() - end), end
    if isinstance(at, QPlainTextEdit | QTextEdit):
        cursor = at.textCursor()
        return cursor.anchor(), cursor.position()
    if isinstance(at, QAbstractItemView):
        index = at.currentIndex()
        return index.row(), index.column()
    return 0, 0


def _put_within(at: QWidget, start: int, end: int) -> None:
    if isinstance(at, QLineEdit):
        at.setCursorPosition(start)
        if start != end:
            at.setSelection(start, end - start)
    elif isinstance(at, QPlainTextEdit | QTextEdit):
        cursor, last = at.textCursor(), at.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        at.setTextCursor(cursor)
    elif isinstance(at, QAbstractItemView) and (model := at.model()):
        index = model.index(start, end)
        if index.isValid():
            at.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            at.scrollTo(index)
