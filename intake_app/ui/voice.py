"""What screen readers are told where Qt itself tells them too little, or falls over.

- On Linux, Qt gives a combo box the name of its answer: the question cannot be found by name.
- Qt counts the visible scroll bars of a scroll area as its children and does not check the bounds:
  a screen reader that asks for a bar which has just gone ends the program.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea, QWidget
from shiboken6 import isValid

from intake_app.ui.picker import Picker


class SpokenPicker(QAccessibleWidget):
    """How a screen reader sees a picker: the name of the question, and the answer as its value."""

    def __init__(self, picker: Picker) -> None:
        super().__init__(picker, QAccessible.Role.ComboBox, "")

    def text(self, t: QAccessible.Text, /) -> str:
        """The name is the question's, the value is the answer."""
        picker = self._picker()
        if t is QAccessible.Text.Name and picker is not None:
            return picker.accessibleName() or picker.currentText()
        if t is QAccessible.Text.Value and picker is not None:
            return picker.currentText()
        return super().text(t)

    def childCount(self) -> int:
        """The list is inside."""
        return 1

    def child(self, index: int, /) -> QAccessibleInterface | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The list."""
        picker = self._picker()
        if picker is None or index:
            return None
        return QAccessible.queryAccessibleInterface(picker.view())

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        """The list is the first and only one."""
        picker = self._picker()
        return 0 if picker is not None and child.object() is picker.view() else -1

    def actionNames(self) -> list[str]:
        """Both open the list, or close it."""
        return [
            QAccessibleActionInterface.showMenuAction(), QAccessibleActionInterface.pressAction(),
        ]  # fmt: skip

    def doAction(self, actionName: str, /) -> None:
        """Open the list, or close it."""
        picker = self._picker()
        if picker is None or not picker.isEnabled() or actionName not in self.actionNames():
            return
        (picker.hidePopup if picker.view().isVisible() else picker.showPopup)()

    def _picker(self) -> Picker | None:
        found = self.object()
        return found if isinstance(found, Picker) else None


class Voice:
    """Tells Qt how things are to be seen. Qt deletes what it was given; until then we hold it."""

    def __init__(self) -> None:
        self._held: list[QAccessibleWidget] = []
        QAccessible.installFactory(self.speak)

    def speak(self, _class_name: str, found: QObject | None) -> QAccessibleWidget | None:
        """How this is to be seen; None: as Qt sees it."""
        if isinstance(found, Picker):
            return self._hold(SpokenPicker(found))
        if isinstance(found, QWidget) and found.property("is_chart"):
            return self._hold(QAccessibleWidget(found, QAccessible.Role.Chart, ""))
        if isinstance(found, QScrollArea):  # counts bars that are hidden too, and checks the bounds
            return self._hold(QAccessibleWidget(found, QAccessible.Role.Client, ""))
        return None

    def _hold(self, made: QAccessibleWidget) -> QAccessibleWidget:
        self._held = [*filter(isValid, self._held), made]
        return made
