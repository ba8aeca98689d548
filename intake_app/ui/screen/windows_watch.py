"""Windows: the session's and the power's messages, as they come to our window."""

import ctypes
import sys
from ctypes import wintypes
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

WM_QUERYENDSESSION: Final = 0x0011
WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1

_LOCKS: Final = {
    WM_WTSSESSION_CHANGE: frozenset({0x2, 0x4, 0x6, 0x7}),  # disconnected (console, remote),
    # logged off, locked
    WM_POWERBROADCAST: frozenset({0x4}),  # suspends
}
"""Message and its first word: https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change."""


def locks(message: int, word: int) -> bool:
    """Whether a window message asks to lock."""
    return word in _LOCKS.get(message, frozenset())


def make_watch(parent: QObject) -> "MessageWatch":
    """A watch on the messages of this program's windows."""
    return MessageWatch(parent)


class MessageWatch(QObject):
    """Hears the system.

    Signals:
        lock_asked: Lock at once.
    """

    lock_asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter = _Filter(self)
        self._ear: QWidget | None = None

    def begin(self) -> None:
        """Listen. The session tells only windows that asked for it; a hidden one asks."""
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)
        self._ear = QWidget()
        if sys.platform == "win32":
            _register(int(self._ear.winId()))

    def locked(self) -> None:
        """Windows waits two seconds at most for a program before it sleeps; it did."""

    def end(self) -> None:
        """Listen no more."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._filter)
        if self._ear is not None:
            self._ear.deleteLater()
            self._ear = None

    def take(self, message: int, word: int) -> None:
        """A message has come."""
        if locks(message, word):
            self.lock_asked.emit()


class _Filter(QAbstractNativeEventFilter):
    """Looks at each message, and holds none back."""

    def __init__(self, watch: MessageWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """See Qt."""
        if QByteArray(kind).startsWith(b"windows_") and message:
            told = wintypes.MSG.from_address(int(message))
            self._watch.take(int(told.message), int(told.wParam or 0))
        return False, 0


def _register(window: int) -> None:
    """Ask for the messages of this session alone (NOTIFY_FOR_THIS_SESSION)."""
    if sys.platform == "win32":
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window), 0)
