"""Says what a file is that somebody double-clicked, before or beside the window of the program."""

from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from intake_app.services.help.outside_files import ADVICE, look_at
from intake_app.ui.parts.errors import sentence_for
from intake_app.words import Words


def file_notice(file: Path, words: Words, parent: QWidget | None = None) -> QMessageBox:
    """The notice, not yet shown. It names no file: names of files tell of people."""
    box = QMessageBox(parent)
    box.setObjectName("file_notice")
    box.setWindowTitle(words.text("Intake"))
    try:
        told, advice = map(words.text, ADVICE[look_at(file)])
    except OSError as error:
        told, advice = sentence_for(error, words), ""
    box.setText(told)
    box.setInformativeText(advice)
    box.setAccessibleName(told)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    return box
