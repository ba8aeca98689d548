"""The small "?" that stands on every page and opens the guide where that page is told of."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from intake_app.ui.parts.window import MainWindow
from intake_app.words import Words


class HelpButton(QPushButton):
    """Asks the window for help; F1 does the same."""

    def __init__(self, words: Words) -> None:
        super().__init__("?")
        self.setObjectName("help")
        self.setAutoDefault(False)
        self.setAccessibleName(words.text("Help for this page"))
        self.setToolTip(words.text("Help for this page (F1)"))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        window = self.window()
        if isinstance(window, MainWindow):
            window.help_asked.emit()


def with_help(title: QWidget, words: Words) -> QHBoxLayout:
    """A heading with the button on its right, for pages without a rail."""
    row = QHBoxLayout()
    row.addWidget(title, 1)
    row.addWidget(HelpButton(words))
    return row
