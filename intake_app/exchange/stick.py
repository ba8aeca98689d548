"""A stick before it is written to, and after: is there room, and did it keep what it took.

Success is said only after everything was read back from the stick itself and not from the memory
of this computer, as far as the system lets one tell. Some sticks claim more room than they have.
"""

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from intake_app.disk.atomic import sync_folder
from intake_app.domain.store_errors import StickTooSmall, StickUntrue, StoreVanished

_CLUSTER: Final = 64 * 1024
"""Bytes that a small object may take on a stick."""

_SPARE: Final = 1024 * 1024
"""Bytes that are left free, for folders and what the system itself writes."""

_TRASHES: Final = (".Trash", ".Trash-*", ".Trashes", "$RECYCLE.BIN", "RECYCLER")
_KEEP: Final = getattr(os, "POSIX_FADV_DONTNEED", None)


def check_room(root: Path, size: int, objects: int) -> None:
    """Refuse, in numbers, what finds no room.

    Args:
        root: The stick, or the folder of it that is the store.
        size: Bytes that are to be written.
        objects: In so many objects.

    Raises:
        StickTooSmall: With bytes that are needed, are free, and lie in the trash.
        StoreVanished: The stick is not there.
    """
    if not objects:
        return
    try:
        free = shutil.disk_usage(root).free
    except OSError:
        raise StoreVanished from None
    needs = size + objects * _CLUSTER + _SPARE
    if needs > free:
        raise StickTooSmall(needs, free, _trash(root))


def check_kept(root: Path, written: Mapping[str, str]) -> None:
    """Bring all to the stick, read all back from it, and compare.

    Args:
        root: The folder of the stick that is the store.
        written: Names of all that was written, each with the hash of its bytes (hex).

    Raises:
        StickUntrue: It gave back something else.
        StoreVanished: It was pulled.
    """
    try:
        for folder in sorted({(root / name).parent for name in written} | {root}):
            sync_folder(folder)
        for name in written:
            forget(root / name)
        for name, sha256 in written.items():
            if hashlib.sha256((root / name).read_bytes()).hexdigest() != sha256:
                raise StickUntrue
    except OSError:
        raise StoreVanished from None


def forget(path: Path) -> None:
    """Bring a file to its disk and drop it from memory, so that it is read anew; where possible.

    Raises:
        OSError: It is not there, or its disk refused.
    """
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
        if _KEEP is not None:
            os.posix_fadvise(descriptor, 0, 0, _KEEP)
    finally:
        os.close(descriptor)


def _mount(root: Path) -> Path:
    place = root.resolve()
    while not place.is_mount() and place != place.parent:
        place = place.parent
    return place


def _trash(root: Path) -> int:
    try:
        top = _mount(root)
        return sum(_size(path) for name in _TRASHES for path in top.glob(name))
    except OSError:
        return 0  # it is only told


def _size(folder: Path) -> int:
    total = 0
    for place, _, files in os.walk(folder):
        for name in files:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue
    return total
