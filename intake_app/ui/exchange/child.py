"""The carrier as a child process: one at a time, with a deadline, and none left behind.

It holds no key of records and no open file, so killing it is safe at any moment. What it says is a
line of JSON each; what is no such line is not believed.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from intake_app.settings.program import command

SILENCE_MS: Final = 5 * 60 * 1000
"""A child that says nothing for so long hangs: each object that it moves is a line."""

_END_MS: Final = 3000
_LONGEST_LINE: Final = 64 * 1024


class Child(QObject):
    """Starts the program again for one hidden command, and hears what it says.

    Signals:
        said: A line of it (a `dict`).
        ended: Its exit code; a negative one: it was killed, or could not be started.
    """

    said = Signal(object)
    ended = Signal(int)

    def __init__(self, parent: QObject | None = None, silence_ms: int = SILENCE_MS) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(silence_ms)
        self._silence.timeout.connect(self._on_silence)

    @property
    def is_running(self) -> bool:
        """Whether a child runs."""
        return self._process is not None

    def start(self, arguments: Sequence[str], asked: bytes = b"") -> bool:
        """Begin; whether it was begun: there is never a second one.

        Args:
            arguments: The hidden command.
            asked: What it reads on its standard input; what nobody else may see stands there.
        """
        if self.is_running:
            return False
        program, words = command(arguments)
        self._process = process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._silence.start()
        process.start(program, words)
        if asked:
            process.write(asked)
        return True

    def stop(self) -> None:
        """Kill it, and wait until it is gone; nobody is told."""
        process, self._process = self._process, None
        self._silence.stop()
        if process is None:
            return
        process.blockSignals(True)
        process.kill()
        process.waitForFinished(_END_MS)
        process.deleteLater()

    def _on_output(self) -> None:
        self._silence.start()
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine(_LONGEST_LINE).data())
            if told := _told_in(line):
                self.said.emit(told)

    def _on_finished(self, code: int, how: QProcess.ExitStatus) -> None:
        self._on_output()
        self._end(code if how is QProcess.ExitStatus.NormalExit else -1)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # no `finished` comes then
            self._end(-1)

    def _on_silence(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _end(self, code: int) -> None:
        process, self._process = self._process, None
        self._silence.stop()
        if process is not None:
            process.deleteLater()
            self.ended.emit(code)


def _told_in(line: bytes) -> dict[str, Any]:
    """What a line says; empty where it is none of ours."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}  # pyright: ignore[reportUnknownVariableType]
