"""What can be seen of the window: controls by their names, and all words on the screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QGroupBox, QLabel, QScrollArea, QWidget

from intake_app.ui.form.growth import make_whole
from intake_app.ui.running.conductor import Conductor
from intake_app.words import Words

Seen = TypeVar("Seen", bound=QWidget)


class NotThere(AssertionError):
    """Nothing on the screen has this name."""


def name_of(widget: QWidget) -> str:
    """The name that a screen reader says."""
    if isinstance(widget, QComboBox):
        # Qt on Linux tells a list's text as its name, and its name by its label
        return widget.accessibleName() or _label_of(widget)
    told = QAccessible.queryAccessibleInterface(widget)
    return str(told.text(QAccessible.Text.Name)) if told else widget.accessibleName()


def _label_of(widget: QWidget) -> str:
    top = widget.window()
    return next((b.text() for b in top.findChildren(QLabel) if b.buddy() is widget), "")


class Eyes:
    """Looks at the window of a program."""

    def __init__(self, conductor: Conductor) -> None:
        self.conductor = conductor

    @property
    def words(self) -> Words:
        """Language of the window."""
        return self.conductor.words

    @property
    def top(self) -> QWidget:
        """What takes keys: a dialog over the window, or the window."""
        return QApplication.activeModalWidget() or self.conductor.window

    def seen(self, kind: type[Seen], inside: QWidget | None = None) -> Iterator[Seen]:
        """What is on the screen, once the page stands."""
        make_whole(self.top)
        return (w for w in (inside or self.top).findChildren(kind) if w.isVisible())

    def controls(self, name: str, inside: QWidget | None = None) -> list[QWidget]:
        """What can take the cursor and has this name, in order."""
        return [
            w
            for w in self.seen(QWidget, inside)
            if w.focusPolicy() != Qt.FocusPolicy.NoFocus and w.isEnabled() and name_of(w) == name
        ]

    def find(self, name: str, inside: QWidget | None = None) -> QWidget:
        """The one control with this name."""
        found = self.controls(name, inside)
        if not found:
            raise NotThere(f"{name!r} among {self.names(inside)}")
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether a control with this name is there."""
        return bool(self.controls(name))

    def names(self, inside: QWidget | None = None) -> list[str]:
        """Names of all controls on the screen."""
        controls = (
            w for w in self.seen(QWidget, inside) if w.focusPolicy() != Qt.FocusPolicy.NoFocus
        )
        return [name for w in controls if (name := name_of(w))]

    def group(self, question: str, inside: QWidget | None = None) -> QGroupBox | None:
        """The buttons that answer a question, where it is answered by buttons."""
        return next((g for g in self.seen(QGroupBox, inside) if name_of(g) == question), None)

    def reads(self, text: str) -> bool:
        """Whether these words can be read on the screen."""
        return any(text in said for said in self.page())

    def page(self) -> list[str]:
        """All words on the screen, as read and as told to a screen reader."""
        said: list[str] = []
        for widget in self.seen(QWidget):
            said += [name_of(widget), widget.accessibleDescription(), widget.toolTip()]
            for part in ("text", "toPlainText", "placeholderText"):
                if callable(get := getattr(widget, part, None)):
                    said.append(str(get()))
        return [text for text in said if text]

    def state(self) -> str:
        """What the state line of the form says."""
        saved = self.words.text("Saved on this computer, {time}", time="")
        return next((t for t in self.page() if t.startswith((saved, "Not saved"))), "")

    def picture(self, place: Path) -> None:
        """Keep what is on the screen, to look at."""
        self.conductor.window.grab().save(str(place))

    def height_of(self, widget: QWidget) -> int:
        """How far down a widget stands on its page, in pixels."""
        page = widget.parentWidget()
        while page is not None and not isinstance(page.parentWidget(), QScrollArea | None):
            page = page.parentWidget()
        return widget.mapTo(page or self.top, QPoint()).y()
