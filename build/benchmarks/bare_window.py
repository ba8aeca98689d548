"""The least that a PySide6 program can be: an empty main window that ends once it is painted."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class BareWindow(QMainWindow):
    """Ends the program right after its first paint."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing of our own, then ask to end."""
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = BareWindow()
    window.resize(1280, 720)
    window.show()
    sys.exit(application.exec())
