"""The guide over a dialog: that one waits below, with all that is typed in it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from intake_app.ui.pages.guide_page import GuidePage
from intake_app.ui.parts.window import HEARS_HELP


class GuideDialog(QDialog):
    """Shows the guide; F1, Escape and its way back close it.

    Args:
        page: The guide.
        size: Of the window: the guide takes as much.
        below: The dialog that it stands over.
    """

    def __init__(self, page: GuidePage, size: QSize, below: QWidget) -> None:
        super().__init__(below)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(page.windowTitle() or below.windowTitle())
        self.resize(size)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(page)
        page.closed.connect(self.accept)
        self.finished.connect(below.activateWindow)
        self.setProperty(HEARS_HELP, True)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.accept)
