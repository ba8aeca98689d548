"""Saving an appointment: a warning beside the place, a neutral name, and no half of a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import FileNotWritten
from intake_app.ui.papers.printing import save_calendar
from intake_app.words import Words

DATA = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def answer(place: Path, seen: list[str]) -> None:
    """Look at the dialog, name a place, and accept."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    edit = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(edit, QLineEdit)
    seen += [dialog.windowTitle(), edit.text()]
    seen += [label.text() for label in dialog.findChildren(QLabel)]
    edit.setText(str(place))
    dialog.accept()


@pytest.mark.parametrize(
    ("language", "title", "warning"),
    [
        ("en", "Save calendar file", "This file will not be encrypted."),
        ("es", "Guardar archivo de calendario", "no estará cifrado"),
    ],
)
def test_it_is_written_where_asked_with_a_warning(
    window: QWidget, tmp_path: Path, language: str, title: str, warning: str
) -> None:
    seen: list[str] = []
    QTimer.singleShot(0, lambda: answer(tmp_path / "visit.ics", seen))
    assert save_calendar(window, DATA, "PH-26-AC00001-5", Words(language))
    assert (tmp_path / "visit.ics").read_bytes() == DATA
    assert seen[:2] == [title, "PH-26-AC00001-5.ics"]
    assert any(warning in text for text in seen)


def test_a_place_that_takes_no_file_is_told(window: QWidget, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("a file, no folder")

    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.selectedFiles = lambda: [str(tmp_path / "full" / "visit.ics")]
        dialog.done(QFileDialog.DialogCode.Accepted)

    QTimer.singleShot(0, accept)
    with pytest.raises(FileNotWritten):
        save_calendar(window, DATA, "PH-26-AC00001-5", Words("en"))


def test_nothing_is_written_where_the_dialog_is_left(window: QWidget, tmp_path: Path) -> None:
    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.reject()

    QTimer.singleShot(0, leave)
    assert not save_calendar(window, DATA, "PH-26-AC00001-5", Words("en"))
    assert list(tmp_path.iterdir()) == []
