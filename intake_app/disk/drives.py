"""Which sticks are plugged in: drives that can be removed, with their name and free space.

Only those are looked at: asking a network share that hangs would hang whoever asks.
"""

import ctypes
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mountinfo")
_BLOCKS: Final = Path("/sys/dev/block")
_ON_LINUX: Final = ("/media/", "/run/media/", "/mnt/")
_READ_ONLY: Final = frozenset({"squashfs", "iso9660"})
_ON_MAC: Final = Path("/Volumes")
_REMOVABLE: Final = 2  # DRIVE_REMOVABLE of GetDriveTypeW


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that can be taken away.

    Attributes:
        path: Where its files are.
        name: What the system calls it.
        free: Bytes.
        size: Bytes.
    """

    path: Path
    name: str
    free: int
    size: int


def removable_drives() -> list[Drive]:
    """Those that are plugged in now, by name."""
    return sorted(_with_room(_places()), key=lambda one: (one.name, one.path))


def _places() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from _on_windows()
    elif sys.platform == "darwin":
        yield from (one for one in _ON_MAC.glob("*") if one.is_mount() and not one.is_symlink())
    else:
        yield from mounted(_MOUNTS, _BLOCKS)


def mounted(mounts: Path, blocks: Path) -> Iterator[Path]:
    """Where Linux has mounted sticks.

    Args:
        mounts: The list of mounts (proc(5), mountinfo).
        blocks: The folder of block devices by number.
    """
    for line in mounts.read_text("utf-8").splitlines():
        fields = line.split(" ")
        device, place = fields[2], _plain(fields[4])
        kind = line.partition(" - ")[2].partition(" ")[0]
        is_usual = place.startswith(_ON_LINUX) and (blocks / device).exists()
        if kind not in _READ_ONLY and (is_usual or _is_removable(blocks / device)):
            yield Path(place)


def _is_removable(block: Path) -> bool:
    """A partition's own folder lies in that of its disk."""
    place = block.resolve()
    for folder in (place, place.parent):
        flag = folder / "removable"
        if flag.is_file():
            return flag.read_text("ascii").strip() == "1" or "/usb" in str(place)
    return False


def _plain(field: str) -> str:
    r"""A path as it is: spaces and the like stand as \040 in the list."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)


def _on_windows() -> Iterator[Path]:
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    present = kernel.GetLogicalDrives()
    for number in range(26):
        root = f"{chr(65 + number)}:\\"
        if present >> number & 1 and kernel.GetDriveTypeW(root) == _REMOVABLE:
            yield Path(root)


def _with_room(places: Iterator[Path]) -> Iterator[Drive]:
    for place in places:
        try:
            room = shutil.disk_usage(place)
        except OSError:
            continue  # it was pulled
        yield Drive(place, place.name or str(place), room.free, room.total)
