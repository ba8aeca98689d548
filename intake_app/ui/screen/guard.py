"""Watches the screen with the system: locks when it locks or sleeps, keeps it from being captured.

What each system offers differs, and is said in docs/threat-model.md: Linux tells by D-Bus, Windows
by window messages, macOS by its notification center. On each of them a clock sees that the computer
has slept, whatever the system told.
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from intake_app.ui.screen.capture import CaptureBlock
from intake_app.ui.screen.sleep_sense import SleepSense

if sys.platform == "win32":
    from intake_app.ui.screen.windows_watch import make_watch
elif sys.platform == "darwin":
    from intake_app.ui.screen.mac_watch import make_watch
else:
    from intake_app.ui.screen.bus_watch import make_watch


class ScreenGuard(QObject):
    """One for each window.

    Signals:
        lock_asked: The system locks, sleeps, or shows another user; or it has slept.

    Args:
        parent: It goes with it.
        may_capture: Whether the screen may be captured: only where all people are fictional.
    """

    lock_asked = Signal()

    def __init__(self, parent: QObject, may_capture: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._capture = CaptureBlock(may_capture, self)
        self._sense = SleepSense(self)
        self._sense.slept.connect(self.lock_asked)
        self._watch = make_watch(self)
        self._watch.lock_asked.connect(self.lock_asked)

    def begin(self) -> None:
        """Watch from now on."""
        self._capture.begin()
        self._sense.begin()
        self._watch.begin()

    def locked(self) -> None:
        """All is locked; the system, which waited for it, may go to sleep."""
        self._watch.locked()

    def end(self) -> None:
        """Watch no more."""
        self._capture.end()
        self._sense.end()
        self._watch.end()
