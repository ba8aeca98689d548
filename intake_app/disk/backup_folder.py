"""Backups as folders: listed, copied with their hash, swept. No key is needed for any of it."""

import contextlib
import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from intake_app.disk.atomic import our_errors, sync_folder, write_whole
from intake_app.domain.backup import (
    LEDGER,
    MANIFEST,
    PART,
    TESTED,
    FileLine,
    Manifest,
    Seen,
    claimed,
    is_moment,
    read_manifest,
    read_tested,
)
from intake_app.domain.backup_errors import SomebodyWaits
from intake_app.domain.errors import Damaged, StorageFailed
from intake_app.domain.roles import Compartment

PLACE: Final = "place.json"
_PIECE: Final = 1 << 20
_PATIENCE_SECONDS: Final = 5.0

Wanted = Callable[[], bool]
"""Asked between two pieces: whether somebody waits for the worker."""


def nobody() -> bool:
    """Nobody waits."""
    return False


@dataclass(frozen=True, slots=True)
class Shelf:
    """The backups of one profile in one place.

    Attributes:
        root: The folder that holds them: `<place>/<profile id>`.
    """

    root: Path

    def moments(self) -> list[str]:
        """The names of finished backups, the newest first."""
        with contextlib.suppress(OSError):
            found = (one.name for one in self.root.iterdir() if (one / MANIFEST).is_file())
            return sorted(filter(is_moment, found), reverse=True)
        return []

    def manifest(self, moment: str) -> Manifest:
        """What a backup claims; its signature is not checked here.

        Raises:
            Damaged: It says nothing that could be read, or something of another moment.
        """
        found = read_manifest(claimed(self.text(moment)))
        if found.moment != moment:
            raise Damaged("moment")
        return found

    def text(self, moment: str) -> str:
        """The signed text of a manifest.

        Raises:
            Damaged: There is none.
        """
        try:
            return (self.root / moment / MANIFEST).read_text("ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise Damaged("manifest") from error

    def seen(self, moment: str) -> Seen | None:
        """How a backup stands, as it claims; None where it cannot be read."""
        with contextlib.suppress(Damaged):
            manifest = self.manifest(moment)
            tested = {str(c): self._tested_at(manifest, c) for c in manifest.compartments}
            return Seen(moment, manifest.made, manifest.size, tested)
        return None

    def all_seen(self) -> list[Seen]:
        """All that can be read, the newest first."""
        return [one for one in map(self.seen, self.moments()) if one is not None]

    def test_text(self, moment: str, compartment: Compartment) -> str:
        """The signed text of a test; empty where there is none."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return (self.root / moment / f"{compartment}{TESTED}").read_text("ascii")
        return ""

    def remove(self, moment: str) -> None:
        """Take a backup away; who is killed in between leaves a part, which the next one sweeps."""
        gone = self.root / f"{moment}{PART}"
        with our_errors():
            shutil.rmtree(gone, ignore_errors=True)
            os.replace(self.root / moment, gone)
            shutil.rmtree(gone)

    def sweep(self) -> None:
        """Take away what was not finished; never a backup that was."""
        with contextlib.suppress(OSError):
            for left in self.root.glob(f"*{PART}"):
                shutil.rmtree(left, ignore_errors=True)

    def begin(self, moment: str) -> Path:
        """A folder to write a backup into; it counts once `finish` has named it."""
        part = self.root / f"{moment}{PART}"
        with our_errors():
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.mkdir(mode=0o700)
        return part

    def finish(self, moment: str) -> Path:
        """Name it: from now on it is a backup."""
        part, whole = self.root / f"{moment}{PART}", self.root / moment
        with our_errors():
            sync_folder(part)
            os.rename(part, whole)
            sync_folder(self.root)
        return whole

    @property
    def ledger(self) -> Path:
        """The folder of what must not come back."""
        return self.root / LEDGER

    def _tested_at(self, manifest: Manifest, compartment: Compartment) -> str:
        text = self.test_text(manifest.moment, compartment)
        line = manifest.line(f"{compartment}.db")
        with contextlib.suppress(Damaged):
            found = read_tested(claimed(text)) if text else None
            if found and line and found.moment == manifest.moment and not found.faults:
                return found.at if found.sha256 == line.sha256 else ""
        return ""


def copy_file(source: Path, target: Path, is_wanted: Wanted = nobody) -> FileLine:
    """Copy bytes, let them reach the disk, read them back; says what was copied.

    Raises:
        DiskFull: There is no room.
        StorageFailed: The disk refused, or gave back something else.
        SomebodyWaits: It was stopped.
    """
    whole, size = hashlib.sha256(), 0
    with our_errors():
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
        with source.open("rb") as read, open(descriptor, "wb") as write:
            while piece := read.read(_PIECE):
                if is_wanted():
                    raise SomebodyWaits
                whole.update(piece)
                size += len(piece)
                write.write(piece)
            write.flush()
            os.fsync(write.fileno())
    line = FileLine(target.name, size, whole.hexdigest())
    if hash_of(target, is_wanted) != line.sha256:
        raise StorageFailed("read back")
    return line


def hash_of(file: Path, is_wanted: Wanted = nobody) -> str:
    """SHA-256 of a file (hex), read from the disk where the system lets us.

    Raises:
        StorageFailed: It cannot be read.
        SomebodyWaits: It was stopped.
    """
    whole = hashlib.sha256()
    with our_errors(), file.open("rb") as read:
        forget = getattr(os, "posix_fadvise", None)
        if forget is not None:
            forget(read.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := read.read(_PIECE):
            if is_wanted():
                raise SomebodyWaits
            whole.update(piece)
    return whole.hexdigest()


def copy_backup(source: Shelf, target: Shelf, moment: str, is_wanted: Wanted = nobody) -> None:
    """Bring a backup to another place: whole there, or not at all; what lies there stands.

    Raises:
        DiskFull: There is no room.
        StorageFailed: The disk refused, or gave back something else.
        Damaged: The source is not what its manifest says.
        SomebodyWaits: It was stopped.
    """
    manifest, target_part = source.manifest(moment), target.begin(moment)
    try:
        for line in manifest.files:
            copied = copy_file(source.root / moment / line.name, target_part / line.name, is_wanted)
            if copied.sha256 not in {line.sha256, line.was}:
                raise Damaged(line.name)
        write_whole(target_part / MANIFEST, source.text(moment).encode())
        target.finish(moment)
    except BaseException:
        shutil.rmtree(target_part, ignore_errors=True)
        raise


def faults_of(shelf: Shelf, moment: str, is_wanted: Wanted = nobody) -> list[str]:
    """Names of the files of a backup that are missing or not as its manifest says.

    Raises:
        Damaged: Its manifest cannot be read.
        SomebodyWaits: It was stopped.
    """
    found: list[str] = []
    for line in shelf.manifest(moment).files:
        try:
            is_good = hash_of(shelf.root / moment / line.name, is_wanted) in {
                line.sha256, line.was or line.sha256,
            }  # fmt: skip
        except StorageFailed:
            is_good = False
        if not is_good:
            found.append(line.name)
    return found


# --- places -----------------------------------------------------------------------------------


def mark_place(root: Path, ident: str) -> None:
    """Write into a place which one it is.

    Raises:
        StorageFailed: It cannot be written to.
    """
    with our_errors():
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(root / PLACE, json.dumps({"v": 1, "id": ident}).encode())


def place_id(root: Path) -> str:
    """Which place this is; empty: none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        told: dict[str, Any] = json.loads((root / PLACE).read_bytes())
        return str(told["id"])
    return ""


def answers(path: Path, ask: Callable[[Path], str]) -> str:
    """Ask something of a folder that may be on a network share that hangs; empty: no answer.

    Whoever asks waits for some seconds at most; the thread that hangs ends with the process.
    """
    said: list[str] = []
    asking = threading.Thread(target=lambda: said.append(ask(path)), daemon=True)
    asking.start()
    asking.join(_PATIENCE_SECONDS)
    return said[0] if said else ""


def free_bytes(path: Path) -> int:
    """Free space where a folder is, or would be."""
    there = next((one for one in (path, *path.parents) if one.exists()), path)
    with our_errors():
        return shutil.disk_usage(there).free


_BINARY: Final = getattr(os, "O_BINARY", 0)
