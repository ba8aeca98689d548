"""The guide over a dialog: that one waits below, with all that is typed in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from intake_app.ui.pages.guide_page import GuidePage
from intake_app.ui.parts.steps_dialog import StepsDialog
from intake_app.ui.parts.window import HEARS_HELP


class GuideDialog(QDialog):
    """Shows the guide; F1, Escape and its way back close it.

    Args:
        page: The guide.
        window: The guide is as large.
        below: The dialog that it stands over. Where that one goes by itself, the guide stays.
    """

    def __init__(self, page: GuidePage, window: QWidget, below: QWidget) -> None:
        super().__init__(window if isinstance(below, StepsDialog) else below)
        self._window, self._below = window, below
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(page.windowTitle() or below.windowTitle())
        self.resize(window.size())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(page)
        page.closed.connect(self.accept)
        self.finished.connect(self._on_closed)
        self.setProperty(HEARS_HELP, True)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.accept)

    def _on_closed(self) -> None:
        """The keys are again with what stood below, or with the window where that has gone."""
        is_there = isValid(self._below) and self._below.isVisible()
        (self._below if is_there else self._window).activateWindow()
