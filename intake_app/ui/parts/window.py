"""The window itself: one frame that shows the lock screen, the set-up or the workplace.

It is light on purpose: it is imported before anything is painted. Its title never holds a person.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from intake_app.ui.parts.announce import give_cursor
from intake_app.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

SMALLEST_SCREEN = QSize(1366, 768)
"""The window is usable there at every text size."""


HEARS_HELP = "hears_help"
"""Name of a property: in this window F1 is heard already."""


class MainWindow(QMainWindow):
    """One frame with one page at a time.

    Signals:
        closing: The window closes now.
        help_asked: Show what the guide says of this page, or go back from it.

    Attributes:
        may_close: Asked before it closes; whoever says no has told the user why.
    """

    closing = Signal()
    help_asked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may_close: Callable[[], bool] = lambda: True
        self.speak(words)
        self.resize(1280, 740)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._over: tuple[QWidget, QWidget | None, QWidget | None] | None = None
        self.listen_for_help(self)

    def event(self, event: QEvent) -> bool:
        """A dialog that opens over the window hears F1, too: the window itself is deaf then."""
        if event.type() is QEvent.Type.WindowBlocked:
            dialog = QApplication.activeModalWidget()
            if dialog is not None:
                self.listen_for_help(dialog)
        return super().event(event)

    def listen_for_help(self, at: QWidget) -> None:
        """Hear F1 here, too; a dialog over another dialog does not make the window deaf anew."""
        if at.property(HEARS_HELP):
            return
        at.setProperty(HEARS_HELP, True)
        QShortcut(QKeySequence("F1"), at).activated.connect(self.help_asked)

    def speak(self, words: Words) -> None:
        """Take another language."""
        self.setWindowTitle(words.text("Intake"))

    def show_page(self, page: QWidget) -> None:
        """Show a page and drop the one before, and what stood over it."""
        self.come_back()
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None and before is not page:
            self._stack.removeWidget(before)
            before.hide()
            before.deleteLater()
        give_cursor(page)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown, or that stands below what is shown over it."""
        return self._over[1] if self._over else self._stack.currentWidget()

    @property
    def shown(self) -> QWidget | None:
        """What is seen: the page, or what stands over it."""
        return self._stack.currentWidget()

    @property
    def is_covered(self) -> bool:
        """Whether something is shown over the page."""
        return self._over is not None

    def show_over(self, page: QWidget) -> None:
        """Show something over the page, which stays as it is until `come_back`."""
        self.come_back()
        self._over = (page, self._stack.currentWidget(), QApplication.focusWidget())
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def come_back(self) -> None:
        """Show the page below again, with the cursor where it was."""
        if self._over is None:
            return
        over, below, cursor = self._over
        self._over = None
        if below is not None:
            self._stack.setCurrentWidget(below)
        self._stack.removeWidget(over)
        over.hide()
        over.deleteLater()
        if cursor is not None and below is not None and below.isAncestorOf(cursor):
            cursor.setFocus()
        elif below is not None:
            below.setFocus()

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
