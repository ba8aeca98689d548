"""Two people in turn at one computer: nothing of the first is there for the second, anywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import Clerk
from department import OpenWindow, Staff
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QSettings, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QFileDialog,
    QLineEdit,
    QWidget,
)

from intake_app.ui.pages.intake_page import IntakePage

NAME = "Quillfeather"


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> Iterator[None]:
    """What all Qt programs of a user share, of one's own."""
    where = QSettings(QSettings.Scope.UserScope, "QtProject").fileName()
    before = str(Path(where).parent)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    yield
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, before)


def words_of(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    columns = range(1) if isinstance(model, QAbstractListModel) else range(model.columnCount())
    for row in range(model.rowCount()):
        for column in columns:
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
                         Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole):  # fmt: skip
                yield str(index.data(role))


def all_words() -> Iterator[str]:
    """Whatever any widget of this process would say, offer, complete or undo."""
    for widget in QApplication.allWidgets():
        yield widget.windowTitle()
        yield widget.accessibleName()
        yield widget.toolTip()
        text = getattr(widget, "text", None)
        yield str(text()) if callable(text) else ""
        if isinstance(widget, QAbstractItemView | QComboBox):
            yield from words_of(widget.model())
        yield from _undone(widget)
        own: QCompleter | None = widget.completer() if isinstance(widget, QLineEdit) else None
        if own is not None:
            yield from words_of(own.model())
        if widget.parent() is not None:
            continue  # what is below was found from the top
        for completer in widget.findChildren(QCompleter):
            yield from words_of(completer.model())
        for document in widget.findChildren(QTextDocument):
            yield document.toPlainText()


def _undone(widget: QWidget) -> Iterator[str]:
    """What a field would show if somebody pressed Undo."""
    if isinstance(widget, QLineEdit) and widget.isUndoAvailable():
        kept = widget.text()
        widget.undo()
        yield widget.text()
        widget.redo()
        assert widget.text() == kept


def of_the_desktop() -> Iterator[str]:
    """Clipboard, selection, and what Qt programs note for one another."""
    board = QApplication.clipboard()
    yield board.text()
    if board.supportsSelection():
        yield board.text(board.Mode.Selection)
    for scope in ("QtProject", "Intake"):
        kept = QSettings(QSettings.Scope.UserScope, scope)
        for key in kept.allKeys():
            yield f"{key} {kept.value(key)}"


def seen() -> bool:
    return any(NAME in text for text in (*all_words(), *of_the_desktop()))


def work_as_the_first(clerk: Clerk, folder: Path) -> None:
    """A name is typed, copied, undone, and a folder with that name visited in a file dialog."""
    clerk.press("Walk-in self-referral")
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(IntakePage)))
    form = clerk.conductor.window.findChildren(IntakePage)[0]
    form._sheet.put("who_for", "self", "")
    form.go("contact")
    clerk.write("First name", NAME)
    edit = clerk.find("First name")
    assert isinstance(edit, QLineEdit)
    edit.selectAll()
    edit.copy()
    place = folder / NAME
    place.mkdir()
    dialog = QFileDialog(clerk.conductor.window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, on=True)
    dialog.setDirectory(str(place))
    dialog.setHistory([str(place)])
    dialog.deleteLater()
    clerk.settle()


@pytest.mark.parametrize("second", ["jlowe", "lbrandt", "apruitt", "tokafor"])
def test_nothing_of_the_first_is_there_for_the_second(
    open_window: OpenWindow, staff: Staff, tmp_path: Path, second: str
) -> None:
    first = open_window()
    first.sign_in(staff["mhale"])
    work_as_the_first(first, tmp_path)
    assert seen()  # control: all of this finds it while the first works
    assert any(NAME in text for text in of_the_desktop())
    first.conductor.leave()
    first.conductor.window.close()
    first.settle()
    other = open_window()  # in truth another process: see test_story_logged_out
    other.sign_in(staff[second])
    for place in other.conductor._session.workplace.places:  # type: ignore[union-attr]
        other.conductor._session.workplace.go(place)  # type: ignore[union-attr]
        other.settle()
        assert not seen(), place


def test_while_the_first_is_away_nothing_of_them_is_there_either(
    clerk: Clerk, staff: Staff, tmp_path: Path
) -> None:
    clerk.sign_in(staff["mhale"])
    work_as_the_first(clerk, tmp_path)
    assert seen()
    clerk.conductor.lock()
    clerk.settle()
    clerk.until(lambda: not seen())


def test_a_pause_takes_back_what_was_copied_here_and_nothing_else(
    clerk: Clerk, staff: Staff, tmp_path: Path
) -> None:
    clerk.sign_in(staff["mhale"])
    work_as_the_first(clerk, tmp_path)
    assert QApplication.clipboard().text() == NAME
    clerk.conductor._session.workplace.curtain.draw()  # type: ignore[union-attr]
    assert QApplication.clipboard().text() == ""
