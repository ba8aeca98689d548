"""A list that opens, and that also takes a choice from a screen reader or a voice."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox
from shiboken6 import isValid

from intake_app.ui.parts.labels import tip_of


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
        self._told = ""
        self.currentTextChanged.connect(self._tell_whole)

    def let_shrink(self, letters: int) -> None:
        """Room for so many letters is enough: a long choice must not widen the page."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again whether the answer has room."""
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """The pointer shows an answer whole that has no room; who set another tip keeps it."""
        said = "" if self._fits() else tip_of(self.currentText())
        if self.toolTip() in {"", self._told} and said != self.toolTip():
            self._told = said
            self.setToolTip(said)

    def _fits(self) -> bool:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        parts = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(parts[0], option, parts[1], self)
        return self.fontMetrics().horizontalAdvance(self.currentText()) <= field.width()

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
