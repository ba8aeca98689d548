"""A clock that sees that the computer has slept: it ticks, and between two ticks time has gone."""

import sys
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

TICK_MS: Final = 5_000

GONE_SECONDS: Final = 30.0
"""Between two ticks: more than a busy computer takes, less than anybody sleeps it for."""


def seconds_with_sleep() -> float:
    """Seconds by a clock that nobody can set, and that goes on while the computer sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # Python's own stands still in sleep there
    return time.monotonic()


class SleepSense(QObject):
    """Ticks.

    Signals:
        slept: The computer slept since the last tick, or this process stood still as long.

    Args:
        parent: It goes with it.
        seconds: The clock.
    """

    slept = Signal()

    def __init__(
        self, parent: QObject | None = None, seconds: Callable[[], float] = seconds_with_sleep
    ) -> None:
        super().__init__(parent)
        self._seconds, self._last = seconds, 0.0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.tick)

    def begin(self) -> None:
        """Tick from now on."""
        self._last = self._seconds()
        self._timer.start()

    def end(self) -> None:
        """Tick no more."""
        self._timer.stop()

    def tick(self) -> None:
        """Look at the clock."""
        before, self._last = self._last, self._seconds()
        if self._last - before > GONE_SECONDS:
            self.slept.emit()
