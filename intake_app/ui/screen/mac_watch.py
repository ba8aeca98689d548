"""macOS: the notification center tells that the screen is locked or its saver has begun.

It is asked through Core Foundation, which every Mac has; sleep is seen by `sleep_sense` on waking,
and the screen of a sleeping Mac is locked by its own setting.
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import util
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

NAMES: Final = (
    b"com.apple.screenIsLocked", b"com.apple.screensaver.didstart",
    b"com.apple.sessionagent.screenIsLocked",
)  # fmt: skip
_UTF8, _DELIVER_AT_ONCE = 0x08000100, 4
_Heard = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p
)


def make_watch(parent: QObject) -> "CenterWatch":
    """A watch on the notification center."""
    return CenterWatch(parent)


class CenterWatch(QObject):
    """Hears the system.

    Signals:
        lock_asked: Lock at once.
    """

    lock_asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heard = _Heard(self._on_heard)  # kept as long as the center may call it
        self._stop: Callable[[], object] | None = None

    def begin(self) -> None:
        """Listen."""
        if sys.platform == "darwin":
            self._stop = _listen(self._heard)

    def locked(self) -> None:
        """The center waits for nobody."""

    def end(self) -> None:
        """Listen no more."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _on_heard(self, *_told: object) -> None:
        self.lock_asked.emit()


def _listen(heard: Any) -> Callable[[], object] | None:  # noqa: ANN401 (ctypes gives it no name)
    """Ask the center of all programs to call this; returns how to stop it."""
    found = util.find_library("CoreFoundation")
    if found is None:
        return None
    cf = ctypes.CDLL(found)
    cf.CFNotificationCenterGetDistributedCenter.restype = ctypes.c_void_p
    cf.CFStringCreateWithCString.restype = ctypes.c_void_p
    cf.CFStringCreateWithCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]
    add = cf.CFNotificationCenterAddObserver
    add.argtypes = [ctypes.c_void_p, ctypes.c_void_p, _Heard, ctypes.c_void_p, ctypes.c_void_p,
                    ctypes.c_long]  # fmt: skip
    remove = cf.CFNotificationCenterRemoveEveryObserver
    remove.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    center, observer = cf.CFNotificationCenterGetDistributedCenter(), 1
    for name in NAMES:
        add(center, observer, heard, cf.CFStringCreateWithCString(None, name, _UTF8), None,
            _DELIVER_AT_ONCE)  # fmt: skip
    return lambda: remove(center, observer)
