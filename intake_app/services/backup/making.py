"""Makes a backup inside the profile: copied, signed, named, and only then one."""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from intake_app.disk.atomic import our_errors, write_whole
from intake_app.disk.backup_folder import Shelf, copy_file, free_bytes, hash_of
from intake_app.domain.backup import MANIFEST, FileLine, Manifest, moment_name
from intake_app.domain.backup_errors import SomebodyWaits
from intake_app.domain.clock import stamp
from intake_app.domain.disk_room import LEAST
from intake_app.domain.errors import DiskFull, StoreMissing
from intake_app.domain.roles import Compartment
from intake_app.services.backup.parts import parts_of
from intake_app.services.backup.places import here
from intake_app.services.desk import Desk
from intake_app.services.needs.backup import BackupParts, Wanted

BESIDE: Final = ("vault.json", "stores.json", "training.json")
"""What lies beside the files of records and is needed to open and to use them. Not identity.json
and the trays: a copy is not this station, and files that lag behind it are old."""

_TRIES: Final = 3
_ROOM: Final = LEAST // 8
"""Bytes that a backup leaves free on the disk that people work on."""


def make_backup(desk: Desk, is_wanted: Wanted) -> str:
    """Make one; its name.

    Raises:
        SomebodyWaits: It was put off; nothing is left of it.
        DiskFull: There is no room; all older ones stand.
        StorageFailed: The disk refused; all older ones stand.
        StoreMissing: `station` or the key file is not there.
    """
    parts = parts_of(desk)
    shelf = here(parts)
    shelf.sweep()
    _require_room(parts, shelf)
    moment = _free_moment(desk, shelf)
    part = shelf.begin(moment)
    try:
        files = [*_beside(parts, part), *_records(parts, part, is_wanted)]
        if not {"vault.json", "station.db"} <= {one.name for one in files}:
            raise StoreMissing
        manifest = Manifest(
            parts.seal.profile, moment, stamp(desk.clock), parts.seal.station,
            parts.seal.identity(), tuple(files), parts.program,
        )  # fmt: skip
        write_whole(part / MANIFEST, parts.seal.sign(manifest.told()).encode())
        shelf.finish(moment)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    desk.station.note(desk.act("make backup"))
    return moment


def size_of_files(folder: Path) -> int:
    """Bytes of all files of records of a profile, with their logs."""
    found = (folder / f"{name}.db{end}" for name in Compartment for end in ("", "-wal"))
    return sum(one.stat().st_size for one in found if one.is_file())


def _require_room(parts: BackupParts, shelf: Shelf) -> None:
    """Refuse before the disk is full: what people type needs it more."""
    if free_bytes(shelf.root) < size_of_files(parts.folder) + _ROOM:
        raise DiskFull("backup")


def _free_moment(desk: Desk, shelf: Shelf) -> str:
    at = desk.clock.now()
    while moment_name(at) in shelf.moments():
        at += timedelta(seconds=1)
    return moment_name(at)


def _beside(parts: BackupParts, part: Path) -> Iterator[FileLine]:
    for name in BESIDE:
        if (parts.folder / name).is_file():
            yield copy_file(parts.folder / name, part / name)


def _records(parts: BackupParts, part: Path, is_wanted: Wanted) -> Iterator[FileLine]:
    for name in Compartment:
        path = parts.folder / f"{name}.db"
        if parts.files.is_open(name):
            parts.files.snapshot(name, part / path.name, is_wanted)
            _flush(part / path.name)
            line = _line_of(part / path.name, is_wanted)
            yield replace(line, purged=parts.orders())
        elif path.is_file():
            yield from _closed(path, part, is_wanted)


def _line_of(file: Path, is_wanted: Wanted) -> FileLine:
    return FileLine(file.name, file.stat().st_size, hash_of(file, is_wanted), is_read=True)


def _closed(path: Path, part: Path, is_wanted: Wanted) -> Sequence[FileLine]:
    """Copy a file that is shut, as it lies; with its log, where its last user was killed.

    Another process could write meanwhile: then it is copied again.
    """
    log = path.with_name(f"{path.name}-wal")
    for _ in range(_TRIES):
        before = _state(path, log)
        lines = [copy_file(one, part / one.name, is_wanted) for one in (path, log) if _holds(one)]
        if _state(path, log) == before:
            return lines
        for line in lines:
            (part / line.name).unlink()
    raise SomebodyWaits


def _state(*files: Path) -> list[tuple[int, int]]:
    found = [one.stat() for one in files if _holds(one)]
    return [(one.st_size, one.st_mtime_ns) for one in found]


def _holds(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _flush(file: Path) -> None:
    """Let it reach the disk; on Windows that needs the right to write."""
    with our_errors(), file.open("r+b") as opened:
        os.fsync(opened.fileno())
