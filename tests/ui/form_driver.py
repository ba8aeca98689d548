"""Fills a form by real keys, knowing the form file alone: controls are found by accessible name."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QGroupBox, QLabel, QRadioButton, QWidget

from intake_app.domain.form import Field, FieldType
from intake_app.ui.form.growth import make_whole

TYPED = {
    FieldType.TEXT: "Lluvia", FieldType.LONG_TEXT: "Dos palabras", FieldType.DATE: "4/17/1991",
    FieldType.DATE_TIME: "11/23/2026 2:40 PM", FieldType.NUMBER: "12.5", FieldType.MONEY: "12.50",
    FieldType.PHONE: "304 555 0142", FieldType.PERSON: "Rosa", FieldType.PROVIDER: "Casa",
}  # fmt: skip


class NotThere(LookupError):
    pass


def shown(page: QWidget) -> Iterator[QWidget]:
    """What is on the screen: Qt shows what is new on a page by an event, a moment later."""
    make_whole(page)
    QCoreApplication.sendPostedEvents()
    for widget in page.findChildren(QWidget):
        if widget.isVisible():
            yield widget


def words_on(page: QWidget) -> str:
    """All labels and buttons that are on the screen, a line each."""
    return "\n".join(w.text() for w in shown(page) if isinstance(w, (QLabel, QAbstractButton)))


def find(page: QWidget, name: str) -> QWidget:
    """The control that takes the cursor and has this name."""
    for widget in shown(page):
        is_control = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isEnabled()
        if is_control and widget.accessibleName() == name:
            return widget
    raise NotThere(name)


def group(page: QWidget, name: str) -> QGroupBox:
    for widget in shown(page):
        if isinstance(widget, QGroupBox) and widget.accessibleName() == name:
            return widget
    raise NotThere(name)


def press(page: QWidget, name: str) -> None:
    """Press a button with the space bar."""
    button = find(page, name)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def write(page: QWidget, name: str, text: str) -> None:
    edit = find(page, name)
    edit.setFocus()
    QTest.keyClicks(edit, text)


def answer(page: QWidget, field: Field, language: str, add_row: str = "Add row") -> None:
    """Give some answer to a question, by keys."""
    label = field.label.said_in(language)
    if field.type in TYPED:
        write(page, label, TYPED[field.type])
    elif field.type is FieldType.STATEMENT:
        press(page, label)
    elif field.type is FieldType.SIGNATURE:
        write(page, label, "Rosa")
        _first(group(page, label), QRadioButton, 1)
    elif field.type is FieldType.ROWS:
        press(page, add_row)
        for column in field.columns:
            answer(group(page, label), column, language)
    else:
        _choose(page, field, language)


def _choose(page: QWidget, field: Field, language: str) -> None:
    label = field.label.said_in(language)
    if field.type is FieldType.YES_NO:
        _first(group(page, label), QRadioButton)
        return
    first = field.choices[0].label.said_in(language)
    try:
        inside = group(page, label)
    except NotThere:
        box = find(page, label)
        assert isinstance(box, QComboBox)
        QTest.keyClick(box, Qt.Key.Key_Down)
        return
    press(inside, first)


def _first(inside: QWidget, kind: type[QAbstractButton], at: int = 0) -> None:
    button = [b for b in inside.findChildren(kind) if b.isVisible()][at]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


__all__ = ["NotThere", "answer", "find", "group", "press", "shown", "write"]
