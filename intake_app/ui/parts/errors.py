"""The one door for errors: what a person is told, and what the log keeps (no names, no answers)."""

import logging
import traceback
from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from intake_app.domain.entry import Unreadable
from intake_app.domain.errors import CaseRefused, IntakeError, PaperTooLong
from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.window import MainWindow
from intake_app.words import Words

_LOG = logging.getLogger("intake_app.ui")

TOLD = "told"
"""Name of a property of the dialog: the class of the error that it tells of."""


def sentence_for(error: BaseException, words: Words) -> str:
    """What a person is told about an error."""
    if isinstance(error, CaseRefused) and error.reasons:
        return words.text(error.reasons[0])
    if isinstance(error, Unreadable):
        return error.told.said_in(words.language)
    if isinstance(error, PaperTooLong) and error.detail:
        return words.text(
            "The text does not fit on this paper. Shorten what stands under “{part}”.",
            part=error.detail,
        )
    if isinstance(error, IntakeError):
        return words.text(type(error).sentence())
    return words.text(
        "Something went wrong that this program did not expect. What you saved is safe. "
        "Try again, or tell your administrator."
    )


def note(error: BaseException) -> None:
    """Write the kind of an unexpected error and its place to the log; never its text."""
    if isinstance(error, IntakeError):
        _LOG.info("told: %s", type(error).__name__)
        return
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    _LOG.error("unexpected: %s at %s", type(error).__name__, place)


class ErrorDoor:
    """Shows in a dialog what no page has shown beside its cause."""

    def __init__(self, words: Words, background: Background, window: QWidget) -> None:
        self._words, self._window = words, window
        self._open: QMessageBox | None = None
        background.failed.connect(self.show)

    def show(self, error: BaseException) -> None:
        """Tell a person, and note it. A second error while one is shown replaces its words."""
        note(error)
        text = sentence_for(error, self._words)
        if self._open is not None:
            self._open.setText(text)
            self._open.setProperty(TOLD, type(error).__name__)
            announce(self._open, text, is_urgent=True)
            return
        dialog = self._dialog(text, error)
        close = dialog.addButton(self._words.text("OK"), QMessageBox.ButtonRole.AcceptRole)
        close.setAccessibleName(self._words.text("OK"))
        self._open = dialog
        dialog.open()

    @property
    def shown(self) -> str:
        """The words of the open dialog, or empty."""
        return self._open.text() if self._open else ""

    def speak(self, words: Words) -> None:
        """Take another language."""
        self._words = words

    def ask(self, error: BaseException, leave: Callable[[], object]) -> None:
        """Say why something typed is not saved, and ask whether to leave all the same.

        Without an answer nothing happens: what was typed stays on the screen.
        """
        note(error)
        self.close()
        words = self._words
        what = sentence_for(error, words)
        dialog = self._dialog(words.text("Not saved: {what}", what=what), error)
        stay = dialog.addButton(words.text("Stay"), QMessageBox.ButtonRole.RejectRole)
        go = dialog.addButton(
            words.text("Leave without saving"), QMessageBox.ButtonRole.DestructiveRole
        )
        for button in (stay, go):
            button.setAccessibleName(button.text())
        dialog.setDefaultButton(stay)
        dialog.setEscapeButton(stay)
        go.clicked.connect(lambda: QTimer.singleShot(0, leave))
        self._open = dialog
        dialog.open()

    def close(self) -> None:
        """Close the dialog, if it is open."""
        if self._open:
            self._open.done(0)

    def _dialog(self, text: str, error: BaseException) -> QMessageBox:
        dialog = QMessageBox(self._window)
        dialog.setProperty(TOLD, type(error).__name__)
        if isinstance(self._window, MainWindow):
            self._window.listen_for_help(dialog)
        dialog.setIcon(QMessageBox.Icon.Warning)
        dialog.setWindowTitle(self._words.text("Please note"))
        dialog.setText(text)
        dialog.finished.connect(self._on_closed)
        return dialog

    def _on_closed(self) -> None:
        if self._open:
            self._open.deleteLater()
        self._open = None
