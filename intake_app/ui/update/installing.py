"""Starts the system's installer and hears how it ends; nothing is started that was not verified."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

_ASKED_AND_REFUSED = (126, 127)  # pkexec: nobody gave a passphrase, or it was wrong


class Installing(QObject):
    """One run of it.

    Signals:
        done: It is installed.
        refused: The administrator of the computer did not agree.
        failed: The system did not install it.
    """

    done = Signal()
    refused = Signal()
    failed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedChannels)
        self._process.setProcessEnvironment(_as_it_was())
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    @property
    def is_running(self) -> bool:
        """Whether it still works."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self, command: Sequence[str]) -> None:
        """Start it: a program and its arguments, without a shell."""
        program, *words = command
        self._process.start(program, words)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if status is not QProcess.ExitStatus.NormalExit:
            return  # told as an error
        if code in _ASKED_AND_REFUSED:
            self.refused.emit()
        elif code:
            self.failed.emit()
        else:
            self.done.emit()

    def _on_error(self, _error: QProcess.ProcessError) -> None:
        self.failed.emit()


def _as_it_was() -> QProcessEnvironment:
    """Without the places of this program's own libraries, which the system's programs must not use.

    What packs the program (PyInstaller) keeps the value from before under another name.
    """
    found = QProcessEnvironment.systemEnvironment()
    if getattr(sys, "frozen", False):
        before = found.value("LD_LIBRARY_PATH_ORIG")
        found.remove("LD_LIBRARY_PATH")
        if before:
            found.insert("LD_LIBRARY_PATH", before)
    return found
