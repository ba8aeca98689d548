"""Logging out and switching users begin a new process: nothing of the last user is left in it."""

from collections.abc import Sequence

from PySide6.QtCore import QProcess

from intake_app.settings.program import command


def start_anew(arguments: Sequence[str]) -> bool:
    """Start the program again, on its own; the caller locks, releases the profile and quits."""
    program, words = command(arguments)
    started, _process_id = QProcess.startDetached(program, words)
    return bool(started)
