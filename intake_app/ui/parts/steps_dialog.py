"""Long work on the GUI thread, a step in each turn: the window lives on, and nothing else begins.

Only the GUI thread may draw for a printer, and a paper with its copies takes seconds. Meanwhile a
modal dialog holds the window from the first step on: keys and clicks reach nothing else, so that no
page is left and no second printing begins. It comes onto the screen only where the work takes long.
Locking closes it as any dialog, which stops the work.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.cards import named_button
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words

LONG_MS: Final = 500
"""What is over by then needs no words."""


class StepsDialog(QDialog):
    """Says which page is being drawn, and stops it.

    Attributes:
        stop: Stops; so do Escape and closing it.
        said: Which page.
        page: Its number, from 1; 0 before the first.
        is_stopped: Somebody stopped it, or it was locked.
    """

    def __init__(self, parent: QWidget, pages: int, words: Words) -> None:
        super().__init__(parent.window())
        self._pages, self._words = pages, words
        self.page, self.is_stopped = 0, False
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.setWindowTitle(words.text("Printing"))
        self.said = words_label("", wraps=False)
        self.stop = named_button(words.text("Stop"))
        self.stop.clicked.connect(self.reject)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 20)
        lines.setSpacing(14)
        lines.addWidget(self.said)
        still = words.text("What the printer has already may still come out.")
        lines.addWidget(muted(still, wraps=False))
        lines.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignRight)
        self.rejected.connect(self._on_stop)
        self._tell(1)
        self._late = QTimer(self, interval=LONG_MS, singleShot=True)
        self._late.timeout.connect(self._come)
        self._late.start()

    def say(self, page: int) -> None:
        """A page is being drawn."""
        if page != self.page:
            self.page = page
            self._tell(page)

    def take(self, steps: Generator[int]) -> bool:
        """Take the steps, one in each turn of the event loop.

        Args:
            steps: Each yields the number of its page, from 1; it is closed where it was stopped.

        Returns:
            Whether all were taken; false where it was stopped.
        """
        return _Walk(steps, self).walk()

    def leave(self) -> None:
        """Give the window back, and the cursor with it, where somebody is in this program."""
        self._late.stop()  # it is freed later, and would come onto the screen before
        is_seen = not self.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        is_here = QApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        self.hide()
        window = self.parentWidget()
        is_last = QApplication.activeModalWidget() is None  # the guide may stand over it
        if is_seen and is_here and is_last and window is not None:  # it may not have been active
            window.activateWindow()
        self.deleteLater()

    def _tell(self, page: int) -> None:
        self.said.setText(self._words.text("Printing page {n} of {m}", n=page, m=self._pages))

    def _come(self) -> None:
        """Onto the screen: it was modal before, and is so for the window system now."""
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
        self.show()
        announce(self, self.said.text())

    def _on_stop(self) -> None:
        self.is_stopped = True


@contextmanager
def steps_dialog(parent: QWidget, pages: int, words: Words) -> Generator[StepsDialog]:
    """The dialog, for as long as pages are drawn."""
    dialog = StepsDialog(parent, pages, words)
    dialog.show()
    try:
        yield dialog
    finally:
        if isValid(dialog):  # else its window is gone
            dialog.leave()


class _Walk:
    """One way through the steps, in an event loop of its own."""

    def __init__(self, steps: Generator[int], dialog: StepsDialog) -> None:
        self._steps, self._dialog, self._before = steps, dialog, dialog.page
        self._loop, self._is_whole = QEventLoop(), False
        self._failed: Exception | None = None
        self._tick = QTimer(interval=0, singleShot=True)
        self._tick.timeout.connect(self._step)

    def walk(self) -> bool:
        """See `StepsDialog.take`."""
        for ends in (self._dialog.rejected, self._dialog.destroyed):
            ends.connect(self._loop.quit)
        self._tick.start()
        if not self._dialog.is_stopped:
            self._loop.exec()
        self._tick.stop()
        self._steps.close()
        if self._failed is not None:
            raise self._failed
        return self._is_whole

    def _step(self) -> None:
        try:
            page = next(self._steps)
        except StopIteration:
            self._is_whole = True
            self._loop.quit()
        except Exception as error:  # noqa: BLE001 (raised again outside of the loop)
            self._failed = error
            self._loop.quit()
        else:
            self._dialog.say(self._before + page)
            self._tick.start()
