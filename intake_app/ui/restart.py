"""Logging out and switching users begin a new process: nothing of the last user is left in it."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QProcess


def command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The program and arguments that start this program again.

    Args:
        arguments: What to pass on, for example the profile; never a passphrase.
    """
    if getattr(sys, "frozen", False):  # packed into one file: it is its own interpreter
        return sys.executable, list(arguments)
    return sys.executable, ["-m", "intake_app", *arguments]


def start_anew(arguments: Sequence[str]) -> bool:
    """Start the program again, on its own; the caller locks, releases the profile and quits."""
    program, words = command(arguments)
    started, _process_id = QProcess.startDetached(program, words)
    return bool(started)
