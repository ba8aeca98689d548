"""What screen readers are told where Qt itself tells them too little, or falls over.

- On Linux, Qt gives a combo box the name of its answer: the question cannot be found by name.
- A heading is a label like others: Qt does not say that one may jump from heading to heading.
- A page is a box without a name: who comes to it is not told where they are.
- Qt counts the visible scroll bars of a scroll area as its children and does not check the bounds:
  a screen reader that asks for a bar which has just gone ends the program.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QScrollArea, QWidget
from shiboken6 import isValid

from intake_app.ui.parts.labels import HEADINGS
from intake_app.ui.parts.picker import Picker


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

    def state(self) -> QAccessible.State:
        """Whether its list is open."""
        told = super().state()
        picker = self._picker()
        if picker is not None:
            told.expandable = told.hasPopup = True
            told.expanded = picker.view().isVisible()
            told.collapsed = not told.expanded
        return told

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


class SpokenHeading(QAccessibleWidget):
    """How a screen reader sees a heading: its words, and that it is one.

    Not of which level: handing Qt an interface for attributes ends the program (PySide6 6.11).
    """

    def __init__(self, label: QLabel) -> None:
        super().__init__(label, QAccessible.Role.Heading, "")

    def text(self, t: QAccessible.Text, /) -> str:
        """The name is what the label says now."""
        label = self.object()
        if t is QAccessible.Text.Name and isinstance(label, QLabel):
            return label.accessibleName() or label.text()
        return super().text(t)


class SpokenPage(QAccessibleWidget):
    """How a screen reader sees a page: it is called by its heading, also by one that comes late."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, QAccessible.Role.Pane, "")

    def text(self, t: QAccessible.Text, /) -> str:
        """The name is the first heading that is shown."""
        page = self.object()
        if t is QAccessible.Text.Name and isinstance(page, QWidget):
            return page.accessibleName() or _heading_of(page)
        return super().text(t)


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
        if isinstance(found, QLabel) and found.property("kind") in HEADINGS:
            return self._hold(SpokenHeading(found))
        if isinstance(found, QWidget) and found.objectName() == "page":
            return self._hold(SpokenPage(found))
        if isinstance(found, QWidget) and found.property("is_news"):
            return self._hold(QAccessibleWidget(found, QAccessible.Role.AlertMessage, ""))
        if isinstance(found, QScrollArea):  # counts bars that are hidden too, and checks the bounds
            return self._hold(QAccessibleWidget(found, QAccessible.Role.Client, ""))
        return None

    def _hold(self, made: QAccessibleWidget) -> QAccessibleWidget:
        self._held = [*filter(isValid, self._held), made]
        return made


def _heading_of(page: QWidget) -> str:
    for label in page.findChildren(QLabel):
        if label.property("kind") == HEADINGS[0] and label.isVisibleTo(page) and label.text():
            return label.text()
    return ""
