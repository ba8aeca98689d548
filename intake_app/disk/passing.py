"""Folders for what a library must have as files for a moment, and that no kill leaves behind.

Each lies beside a lock that the system gives up when its process ends, however it ends. Whoever
makes the next one, or signs in next, removes those that nobody holds any more.
"""

import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from intake_app.disk.turn import own_turn
from intake_app.domain.errors import StorageFailed

NAME: Final = "passing"
"""Where they lie in a profile."""

_LOCK: Final = ".lock"


@contextmanager
def passing_folder(place: Path | None) -> Generator[Path]:
    """A folder that only this user can read, and that is gone afterwards.

    Args:
        place: Where it is made; None: where the system has such folders, and clears them itself.

    Raises:
        OSError: It cannot be made.
        StorageFailed: Another process was just clearing up there; it can be tried again.
    """
    if place is None:
        with TemporaryDirectory(prefix="intake-") as name:
            yield Path(name)
        return
    clear_passing(place)
    folder = place / secrets.token_hex(8)
    lock = folder.with_suffix(_LOCK)
    try:
        with own_turn(lock) as is_ours:
            if not is_ours:
                raise StorageFailed("passing")
            folder.mkdir(mode=0o700)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        _forget(lock)


def clear_passing(place: Path) -> None:
    """Remove what processes left there that are no more; what cannot be removed stays for later."""
    with suppress(OSError):
        for lock in list(place.glob(f"*{_LOCK}")):
            with own_turn(lock) as is_left:
                if is_left:
                    shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            if is_left:
                _forget(lock)


def _forget(lock: Path) -> None:
    with suppress(OSError):
        lock.unlink()
        lock.parent.rmdir()  # where nothing else is in it
