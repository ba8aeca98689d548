"""Buttons, menus and file dialogs that are Qt's own speak the language of the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox

from intake_app.ui.running.qt_words import speak


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    speak(qapp, "en")


def buttons() -> list[str]:
    kinds = QMessageBox.StandardButton
    dialog = QMessageBox(QMessageBox.Icon.Question, "", "", kinds.Save | kinds.Cancel)
    return [button.text() for button in dialog.buttons()]


def test_dialogs_speak_spanish_and_english_again(qapp: QApplication) -> None:
    assert speak(qapp, "es")
    assert buttons() == ["Guardar", "Cancelar"]
    dialog = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
    assert "Nombre" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert speak(qapp, "en")
    assert buttons() == ["Save", "Cancel"]


def test_days_and_numbers_are_those_of_the_united_states(qapp: QApplication) -> None:
    speak(qapp, "es")
    assert QLocale().firstDayOfWeek() is Qt.DayOfWeek.Sunday
    assert QLocale().toString(1234.5) == "1,234.5"


def test_a_language_that_qt_does_not_know_leaves_it_english(qapp: QApplication) -> None:
    assert not speak(qapp, "xx")
    assert buttons() == ["Save", "Cancel"]
