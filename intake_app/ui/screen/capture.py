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
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

NOTHING, BLANK, EXCLUDED = 0x0, 0x1, 0x11
"""WDA_NONE, WDA_MONITOR (shown black), WDA_EXCLUDEFROMCAPTURE (from Windows 10 2004)."""

_SYSTEMS = ("win32", "darwin")
"""Those that let a program ask."""


class CaptureBlock(QObject):
    """Asks for each window, when it is shown.

    Args:
        may_capture: Whether pictures may be taken now.
        parent: It goes with it.
        block: Asks the system: for a window's handle, whether to block. None: what this one knows;
            where it knows nothing, no window is watched.
    """

    def __init__(
        self, may_capture: Callable[[], bool], parent: QObject | None = None,
        block: Callable[[int, bool], object] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._may_capture = may_capture
        self._block = block or (ask_system if sys.platform in _SYSTEMS else None)

    def begin(self) -> None:
        """For the windows that are there, and all that come."""
        app = QApplication.instance()
        if self._block is not None and isinstance(app, QApplication):
            app.installEventFilter(self)
            app.focusWindowChanged.connect(self._ask_all)
            self._ask_all()

    def end(self) -> None:
        """For no more windows."""
        app = QApplication.instance()
        if self._block is not None and isinstance(app, QApplication):
            app.removeEventFilter(self)
            app.focusWindowChanged.disconnect(self._ask_all)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window is shown.

        Thousands of events come by for a page that is made. Only their class is looked at: asking
        each for its type took a quarter of all that the window does after a sign-in.
        """
        if isinstance(event, QShowEvent):
            self._ask(watched)
        return False

    def _ask_all(self) -> None:
        """Another window has the person's attention, perhaps after a change of profile."""
        for window in QApplication.topLevelWidgets():
            self._ask(window)

    def _ask(self, window: QObject) -> None:
        if self._block is None or not isinstance(window, QWidget) or not window.isWindow():
            return
        if handle := window.internalWinId():
            self._block(int(handle), not self._may_capture())


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
