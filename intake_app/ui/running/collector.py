"""Python's garbage collection, on the GUI thread only.

Left alone, it runs on whichever thread happens to make an object. On the worker it would take
apart widgets that wait in a reference cycle, and Qt allows that on its own thread only: the
program ends at once, once in many starts.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS: Final = 1000

RESTS_MS: Final = 10_000
"""Between two looks where hardly anything was made: an idle window wakes no processor for this."""

_HARDLY: Final = 100
"""Objects; a look makes some itself."""


class Collector(QObject):
    """Collects what is due, from the oldest generation down; one at a look."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._before = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int:
        """Collect the oldest generation that is due.

        Returns:
            Which one, or -1 where none is due.
        """
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                self._timer.setInterval(EVERY_MS)
                self._before = 0
                return generation
        self._timer.setInterval(RESTS_MS if self._is_quiet(counts[0]) else EVERY_MS)
        return -1

    @property
    def interval_ms(self) -> int:
        """Until the next look."""
        return self._timer.interval()

    def _is_quiet(self, made: int) -> bool:
        before, self._before = self._before, made
        return abs(made - before) < _HARDLY
