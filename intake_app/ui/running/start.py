"""Opens the window: one per profile, painted before anything heavy is loaded."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from intake_app.ui.running.collector import Collector
from intake_app.ui.running.conductor import Conductor, Makers
from intake_app.ui.running.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QMessageBox, QWidget

    from intake_app.services.signing.signing_in import Gate
    from intake_app.words import Words

    Tell = Callable[[Words, QWidget | None], QMessageBox]


def run_window(
    gate: Gate, profile: Path, makers: Makers, start_words: Sequence[str], *, paint_only: bool,
    tell: Tell | None = None,
) -> int:  # fmt: skip
    """Show the window until it is closed.

    Args:
        gate: The way into the profile.
        profile: Its folder.
        makers: What is made later.
        start_words: The arguments that start this program again, for logging out.
        paint_only: End after the first paint; for the benchmark.
        tell: Makes the notice about a file that was double-clicked; None: there was none.

    Returns:
        The exit code.
    """
    # here and not by setStyle, which would build all of QStyle in Python first: 12 ms
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("Intake")
    QGuiApplication.setDesktopFileName("intake-app")  # the panel shows the icon of that entry
    # the system's own dialogs would list our papers among its recent files, for everybody
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    Voice()
    profile.parent.mkdir(parents=True, exist_ok=True)
    conductor = Conductor(gate, profile, makers, start_words)
    if not conductor.instance.take():
        if tell is not None:
            tell(conductor.words, None).exec()
        makers.doorbell(profile).ring()
        conductor.background.close()
        return 0
    watch = _FirstPaint(conductor.window)
    watch.came.connect(
        QApplication.quit if paint_only else conductor.warm_up, Qt.ConnectionType.QueuedConnection
    )
    if tell is not None:
        notice = tell(conductor.words, conductor.window)
        watch.came.connect(notice.open, Qt.ConnectionType.QueuedConnection)
    conductor.begin()
    gc.freeze()  # what stands now stays; the collector need never look at it again
    collector = Collector()
    code = app.exec()
    collector.deleteLater()
    return code


class _FirstPaint(QObject):
    """Watches a window until it was painted once.

    Signals:
        came: The window is on screen.
    """

    came = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell of the first paint, then watch no more."""
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self.came.emit()
        return super().eventFilter(watched, event)
