"""What is done when nobody works: see `services.chores`."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.services.chores import do_chores
from intake_app.services.desk import Desk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.errors import note

PAUSE_MS = 4000
"""After this pause without a job it goes on; whoever asks for the worker meanwhile gets it."""


class SpareTime(QObject):
    """One per sign-in. It waits for a pause after each job, and mostly finds nothing to do.

    Signals:
        told: What there is to say after it, where something is asked.

    Args:
        desk: The signed-in person's desk.
        background: The door to the worker.
        ask: What is asked each time, on the worker.
    """

    told = Signal(str)

    def __init__(
        self, desk: Desk, background: Background, ask: Callable[[], str] = str
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._background, self._ask = desk, background, ask
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_pause)
        background.settled.connect(self._on_settled)
        self._is_over = False
        self._timer.start()

    def end(self) -> None:
        """Do nothing more: the person locks or leaves."""
        self._is_over = True
        self._timer.stop()

    def _on_settled(self) -> None:
        """Somebody works: wait for the next pause."""
        if not self._is_over:
            self._timer.start()

    def _on_pause(self) -> None:
        if self._is_over:
            return
        if self._background.is_busy:
            self._timer.start()
            return
        self._background.run_spare(self._work, self._on_looked, self._on_failed)

    def _work(self) -> tuple[bool, str]:
        is_done = do_chores(self._desk, lambda: self._background.is_wanted)
        return is_done, self._ask()

    def _on_looked(self, found: tuple[bool, str]) -> None:
        is_done, said = found
        self.told.emit(said)
        if not is_done:  # somebody came in between, and it goes on later
            self._on_settled()

    def _on_failed(self, error: BaseException) -> None:
        """A full disk: it stays owed, and the next sign-in tries again."""
        note(error)
        self.end()
