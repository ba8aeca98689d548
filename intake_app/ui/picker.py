"""A list that opens, and that also takes a choice from a screen reader or a voice."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox
from shiboken6 import isValid


class Picker(QComboBox):
    """A combo box whose list can be used by assistive technology.

    When a line of the list is selected from outside, Qt marks it and goes no further: the box
    keeps its old answer. Here the marked line becomes the answer. Keys and mouse are not touched:
    they move the current line together with the mark, so that a line is marked without being
    current only when somebody selected it from outside.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_heard = False

    def showPopup(self) -> None:
        """Open the list. It is listened to from now on: before, Qt has not made it."""
        if not self._is_heard:
            self._is_heard = True
            self.view().selectionModel().selectionChanged.connect(self._on_marked)
        super().showPopup()

    def _on_marked(self) -> None:
        QTimer.singleShot(0, self._take_marked)  # keys mark first and move the current line after

    def _take_marked(self) -> None:
        if not isValid(self):
            return
        view = self.view()
        marked = view.selectionModel().selectedIndexes()
        if len(marked) != 1 or marked[0] == view.currentIndex():
            return
        view.setCurrentIndex(marked[0])
        self.setCurrentIndex(marked[0].row())
        self.activated.emit(marked[0].row())
        self.hidePopup()
