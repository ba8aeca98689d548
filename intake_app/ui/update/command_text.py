"""A command to type: all of it is seen at every text size, and it is copied as it stands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit


class CommandText(QPlainTextEdit):
    """Wraps wherever its width ends, also inside a path, and is as high as its lines."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setText(text)

    def text(self) -> str:
        """The command."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Show another one."""
        self.setPlainText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        document = self.document()
        lines = max(round(document.size().height()), 1)
        inside = lines * self.fontMetrics().lineSpacing() + 2 * round(document.documentMargin())
        around = self.height() - self.viewport().height()
        if self.height() != inside + around:
            self.setFixedHeight(inside + around)
