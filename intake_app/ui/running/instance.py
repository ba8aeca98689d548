"""One process per profile: a lock file beside it. `doorbell.py` tells the first of a second."""

from pathlib import Path

from PySide6.QtCore import QLockFile


class OneInstance:
    """Holds the lock of a profile."""

    def __init__(self, profile: Path) -> None:
        self._lock = QLockFile(str(profile.with_name(f".{profile.name}.lock")))
        self._lock.setStaleLockTime(0)  # a lock of a process that is gone is taken over at once

    def take(self) -> bool:
        """Become the one process; False if there is one already."""
        return self._lock.tryLock(0)

    def release(self) -> None:
        """Let the next process take its place."""
        self._lock.unlock()
