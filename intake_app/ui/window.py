"""The window itself: one frame that shows the lock screen, the set-up or the workplace.

It is light on purpose: it is imported before anything is painted. Its title never holds a person.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from intake_app.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

SMALLEST_SCREEN = QSize(1366, 768)
"""The window is usable there at every text size."""


class MainWindow(QMainWindow):
    """One frame with one page at a time.

    Signals:
        closing: The window closes now.

    Attributes:
        may_close: Asked before it closes; whoever says no has told the user why.
    """

    closing = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may_close: Callable[[], bool] = lambda: True
        self.speak(words)
        self.resize(1280, 740)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)

    def speak(self, words: Words) -> None:
        """Take another language."""
        self.setWindowTitle(words.text("Intake"))

    def show_page(self, page: QWidget) -> None:
        """Show a page and drop the one before."""
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None and before is not page:
            self._stack.removeWidget(before)
            before.hide()
            before.deleteLater()
        page.setFocus()

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    def bring_forward(self) -> None:
        """Come to the front: somebody started the program a second time."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless something that was typed would be lost."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
