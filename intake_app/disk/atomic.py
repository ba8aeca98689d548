"""Small files that are whole at every moment: the old one or the new one, never half of one."""

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from intake_app.domain.errors import DiskFull, StorageFailed

_IS_POSIX = os.name == "posix"


def write_whole(path: Path, data: bytes, *, keep_previous: bool = False) -> None:
    """Replace a file: a new one beside it, on the disk, read back, then renamed over.

    Args:
        path: The file.
        data: All of its bytes.
        keep_previous: Keep the old bytes as `<name>.previous`.

    Raises:
        DiskFull: No space; the old file stands.
        StorageFailed: The disk refused, or gave back something else; the old file stands.
    """
    fresh = _beside(path, ".new")
    with our_errors():
        _write_through(fresh, data)
        if fresh.read_bytes() != data:
            raise StorageFailed("read back")
        if keep_previous and path.exists():
            spare = _beside(path, ".previous")
            _write_through(_beside(spare, ".new"), path.read_bytes())
            os.replace(_beside(spare, ".new"), spare)
        os.replace(fresh, path)
        sync_folder(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Add a line to a log.

    Raises:
        DiskFull: No space.
        StorageFailed: The disk refused.
    """
    with our_errors(), open(_open_private(path, os.O_APPEND), "ab") as file:
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def our_errors() -> Generator[None]:
    """What a disk refuses, in the words of the program.

    Raises:
        DiskFull: No space.
        StorageFailed: Anything else.
    """
    try:
        yield
    except OSError as error:
        is_full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        raise (DiskFull if is_full else StorageFailed)(str(error.errno or "")) from error


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _write_through(path: Path, data: bytes) -> None:
    with open(_open_private(path, os.O_TRUNC), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _open_private(path: Path, how: int) -> int:
    # O_BINARY is of Windows; a link that lies where we write must not lead us elsewhere
    more = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, os.O_CREAT | os.O_WRONLY | how | more, 0o600)


def sync_folder(folder: Path) -> None:
    """Make durable what was renamed into a folder, or made in it."""
    if not _IS_POSIX:  # Windows cannot open a folder, and keeps the order of renames by itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
