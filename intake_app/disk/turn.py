"""One process at a time: a lock that the system gives up when its process ends, however it ends."""

import contextlib
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def own_turn(file: Path) -> Generator[bool]:
    """Hold a lock while this block runs; whether it was to be had is told at once.

    Args:
        file: Is made where it is not there, and stays; what is in it means nothing.

    Raises:
        OSError: The file cannot be made.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        yield _take(descriptor)
    finally:
        os.close(descriptor)  # and with it the lock


def _take(descriptor: int) -> bool:
    with contextlib.suppress(OSError):
        _lock(descriptor)
        return True
    return False
