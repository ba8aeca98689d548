"""The moments at which a drill cuts an act short: calls of the system, statements of SQLite."""

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from intake_app.storage.driver import Database, open_existing

CALLS = ("replace", "link", "fsync", "unlink", "open")
EVERY = 400
"""Steps of SQLite's machine between two moments."""


class Moments:
    """Counts what a change does, and cuts it short at one of them; and what a full disk refused."""

    def __init__(self, last: int, *, is_full: bool) -> None:
        self.count, self.refused, self._last, self._is_full = 0, 0, last, is_full
        for name in CALLS:
            self._watch(name, getattr(os, name))

    def open(self, path: Path, key: bytes) -> Database:
        """Opens a file whose statements are heard."""
        db = open_existing(path, key)
        db.conn.set_trace_callback(lambda _: self.heard())
        db.conn.set_progress_handler(self._stepped, EVERY)
        return db

    @property
    def told(self) -> bytes:
        """Both counts, for who waits at the other end of a pipe; see `read_told`."""
        return f"{self.count} {self.refused}".encode()

    def _watch(self, name: str, real: Callable[..., Any]) -> None:
        def called(*args: object, **more: object) -> object:
            if self.heard() and name != "unlink":
                self.refused += 1
                raise OSError(errno.ENOSPC, "full")
            return real(*args, **more)

        setattr(os, name, called)

    def _stepped(self) -> int:
        """What SQLite does is refused by stopping it."""
        is_full = self.heard()
        self.refused += is_full
        return is_full

    def heard(self) -> int:
        """One more moment; ends the process, or tells that the disk is full (1)."""
        self.count += 1
        if 0 <= self._last < self.count:
            if not self._is_full:
                os.kill(os.getpid(), signal.SIGKILL)
            return 1
        return 0


def read_told(told: bytes) -> tuple[int, bool]:
    """How many moments there were, and whether a full disk refused anything."""
    count, refused = (*map(int, told.split()), 0, 0)[:2]
    return count, refused > 0
