"""Keeps pictures of our windows from being taken, where the system allows a program to ask for it.

Windows: `SetWindowDisplayAffinity`; screenshots, recordings and remote meetings show nothing of it.
macOS: the window's `sharingType` is none; the newest capture programs of Apple may ignore it.
Linux: no program can ask for it. Under Wayland others must ask the user before they capture; under
X11 any program may. A photograph of the screen is beyond any program. In training, where all people
are fictional, pictures may be taken.
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import util

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

NOTHING, BLANK, EXCLUDED = 0x0, 0x1, 0x11
"""WDA_NONE, WDA_MONITOR (shown black), WDA_EXCLUDEFROMCAPTURE (from Windows 10 2004)."""


class CaptureBlock(QObject):
    """Asks for each window, when it is shown.

    Args:
        may_capture: Whether pictures may be taken now.
        parent: It goes with it.
        block: Asks the system: for a window's handle, whether to block.
    """

    def __init__(
        self, may_capture: Callable[[], bool], parent: QObject | None = None,
        block: Callable[[int, bool], object] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._may_capture, self._block = may_capture, block or ask_system

    def begin(self) -> None:
        """For the windows that are there, and all that come."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        for window in QApplication.topLevelWidgets():
            self._ask(window)

    def end(self) -> None:
        """For no more windows."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window is shown, or gets the person's attention again after a change of profile."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.WindowActivate):
            self._ask(watched)
        return False

    def _ask(self, window: QObject) -> None:
        if isinstance(window, QWidget) and window.isWindow() and window.internalWinId():
            self._block(int(window.internalWinId()), not self._may_capture())


def ask_system(handle: int, is_blocked: bool) -> bool:
    """Ask the system to show nothing of a window in pictures; whether it agreed."""
    if sys.platform == "win32":
        ask = ctypes.windll.user32.SetWindowDisplayAffinity
        if not is_blocked:
            return bool(ask(handle, NOTHING))
        return bool(ask(handle, EXCLUDED) or ask(handle, BLANK))
    if sys.platform == "darwin":
        return _ask_mac(handle, is_blocked)
    return False


def _ask_mac(view: int, is_blocked: bool) -> bool:
    """`[[view window] setSharingType:]`: 0 is none, 1 is read only, the usual."""
    found = util.find_library("objc")
    if found is None:
        return False
    objc = ctypes.CDLL(found)
    objc.sel_registerName.restype = ctypes.c_void_p
    objc.sel_registerName.argtypes = [ctypes.c_char_p]
    address = ctypes.cast(objc.objc_msgSend, ctypes.c_void_p).value or 0
    get = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(address)
    put = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)(address)
    window = get(view, objc.sel_registerName(b"window"))
    if window:
        put(window, objc.sel_registerName(b"setSharingType:"), 0 if is_blocked else 1)
    return bool(window)
