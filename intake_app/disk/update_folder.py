"""Updates as folders: found, read and copied, with nothing believed of what lies on a stick.

A stick may hold anything under any name: links, pipes, devices, files without end, and files that
change while they are read. So only plain files are opened, no link is followed, no more is read
than was signed for, and what counts is the copy, never the stick.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from intake_app.disk.atomic import our_errors, sync_folder, write_whole
from intake_app.domain.errors import StorageFailed
from intake_app.domain.update import ENDING, MOST_TEXT, Package, order
from intake_app.domain.update_errors import UpdateChanged, UpdateIncomplete, UpdateUnreadable

PART: Final = ".part"
"""Ends the name of a copy that is not whole; nobody reads it, the next one sweeps it."""
_PIECE: Final = 1 << 20
_MOST_ENTRIES: Final = 400
_MOST_FOUND: Final = 20
_SAFELY: Final = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)  # fmt: skip


def update_files(place: Path) -> list[Path]:
    """The files ending in `.update` at a place that somebody chose: it, in it, or one folder down.

    Args:
        place: A file, a folder or a stick.
    """
    if place.name.endswith(ENDING) and not place.is_dir():
        return [place]
    found = _files_in(place)
    for one in _entries(place):
        if one.is_dir() and not one.is_symlink():
            found += _files_in(one)
    return found[:_MOST_FOUND]


def read_signed(file: Path) -> str:
    """The text of a file ending in `.update`.

    Raises:
        UpdateUnreadable: It is no plain file, too long, or no text.
    """
    try:
        with _plain(file) as opened:
            data = opened.read(MOST_TEXT + 1)
        if len(data) > MOST_TEXT:
            raise UpdateUnreadable
        return data.decode("ascii").strip()
    except (OSError, UnicodeDecodeError, UpdateChanged) as error:
        raise UpdateUnreadable from error


def require_whole(file: Path, package: Package) -> None:
    """Read a package where it lies, to the last byte.

    Raises:
        UpdateIncomplete: It is not there.
        UpdateChanged: It is not what was signed, or no plain file.
    """
    _read(file, package, None)


def copy_whole(file: Path, package: Package, target: Path) -> None:
    """Copy a package into a new file that only we write; what was read is what was compared.

    Raises:
        UpdateIncomplete: It is not there.
        UpdateChanged: It is not what was signed, or no plain file.
        DiskFull: There is no room.
        StorageFailed: The disk refused, or gave back something else.
    """
    with our_errors():
        how = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        with open(os.open(target, how, 0o600), "wb") as write:
            _read(file, package, write)
            write.flush()
            os.fsync(write.fileno())
    try:
        require_whole(target, package)
    except UpdateChanged as error:
        raise StorageFailed("read back") from error


class KeptUpdates:
    """Whole, verified copies inside a private folder, one folder for each version.

    Args:
        root: The folder; it is made when it is needed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def versions(self) -> list[str]:
        """Which are there, the newest first; nothing is verified here."""
        found: list[str] = []
        for one in _entries(self.root):
            with contextlib.suppress(UpdateUnreadable):
                order(one.name)
                found.append(one.name)
        return sorted(found, key=order, reverse=True)

    def folder(self, version: str) -> Path:
        """Where a version lies, or would."""
        return self.root / version

    def put(self, version: str, text: str, file: Path, package: Package) -> Path:
        """Copy one here: whole, or not at all; its folder. What lay there of it is replaced.

        Raises:
            UpdateIncomplete: The package is not there.
            UpdateChanged: It is not what was signed.
            DiskFull: There is no room.
            StorageFailed: The disk refused.
        """
        part, whole = self.root / f"{version}{PART}", self.folder(version)
        self.sweep()
        with our_errors():
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.mkdir(mode=0o700)
        try:
            copy_whole(file, package, part / package.name)
            write_whole(part / f"intake-app-{version}{ENDING}", text.encode("ascii"))
            with our_errors():
                shutil.rmtree(whole, ignore_errors=True)
                os.rename(part, whole)
                sync_folder(self.root)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        return whole

    def keep_only(self, versions: Sequence[str]) -> None:
        """Take all others away."""
        for one in self.versions():
            if one not in versions:
                shutil.rmtree(self.folder(one), ignore_errors=True)

    def sweep(self) -> None:
        """Take away what a kill left half done."""
        for left in self.root.glob(f"*{PART}"):
            shutil.rmtree(left, ignore_errors=True)


# --- inside -----------------------------------------------------------------------------------


def _entries(folder: Path) -> list[Path]:
    """What is in a folder, as far as somebody could have put it there by hand."""
    found: list[Path] = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for one in entries:
            found.append(Path(one.path))
            if len(found) == _MOST_ENTRIES:
                break
    return sorted(found)


def _files_in(folder: Path) -> list[Path]:
    return [one for one in _entries(folder) if one.name.endswith(ENDING) and not one.is_dir()]


@contextlib.contextmanager
def _plain(file: Path) -> Generator[BinaryIO]:
    """Open a file that is one, and no link, pipe or device.

    Raises:
        UpdateChanged: It is something else, or became it just now.
        OSError: It cannot be opened.
    """
    before = os.lstat(file)
    if not stat.S_ISREG(before.st_mode):
        raise UpdateChanged
    try:
        descriptor = os.open(file, _SAFELY)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UpdateChanged from error
        raise
    with open(descriptor, "rb") as opened:
        if not os.path.samestat(before, os.fstat(descriptor)):
            raise UpdateChanged
        yield opened


def _read(file: Path, package: Package, write: BinaryIO | None) -> None:
    """Read as many bytes as were signed for, and one more to see that there is none.

    Raises:
        UpdateIncomplete: It is not there.
        UpdateChanged: It is not what was signed.
        StorageFailed: The disk refused.
    """
    whole, left = hashlib.sha256(), package.size
    try:
        with _plain(file) as opened:
            while piece := opened.read(min(_PIECE, left + 1)):
                left -= len(piece)
                if left < 0:
                    raise UpdateChanged
                whole.update(piece)
                if write is not None:
                    write.write(piece)
    except FileNotFoundError as error:
        raise UpdateIncomplete from error
    if left or whole.hexdigest() != package.sha256:
        raise UpdateChanged
