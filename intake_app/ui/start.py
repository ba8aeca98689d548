"""Opens the window: one per profile, painted before anything heavy is loaded."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from intake_app.services.signing_in import Gate
from intake_app.ui.conductor import Conductor, Makers


def run_window(
    gate: Gate, profile: Path, makers: Makers, start_words: Sequence[str], *, paint_only: bool
) -> int:
    """Show the window until it is closed.

    Args:
        gate: The way into the profile.
        profile: Its folder.
        makers: What is made later.
        start_words: The arguments that start this program again, for logging out.
        paint_only: End after the first paint; for the benchmark.

    Returns:
        The exit code.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("Intake")
    profile.parent.mkdir(parents=True, exist_ok=True)
    conductor = Conductor(gate, profile, makers, start_words)
    if not conductor.instance.take():
        conductor.background.close()
        return 0
    watch = _FirstPaint(conductor) if paint_only else None
    if watch:
        app.installEventFilter(watch)
    conductor.begin()
    return app.exec()


class _FirstPaint(QObject):
    """Ends the program once the window was painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, QApplication.quit)
        return super().eventFilter(watched, event)
