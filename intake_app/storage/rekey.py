"""A file under a new key: a copy is made beside it, proved equal, and moved into its place.

The old file stays whole until the new one stands in its place; then its bytes are overwritten as
far as the disk lets us. All that lies on the disk at any moment is encrypted.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from intake_app.disk.atomic import our_errors, sync_folder
from intake_app.domain.act import Act
from intake_app.domain.clock import Clock
from intake_app.domain.errors import Damaged, DiskFull, StorageFailed, WrongKey
from intake_app.domain.roles import Compartment as Name
from intake_app.storage.audit import append_audit, verify_audit
from intake_app.storage.driver import Database, open_existing, transaction, translated
from intake_app.storage.health import Health

_BESIDE: Final = ".rekey"
_OLD: Final = ".old"
_SPARE: Final = 4 * 1024 * 1024
"""Bytes that stay free besides the copy."""
_PIECE: Final = 1024 * 1024


class FileSwap:
    """Fits `services.needs.cards.FileSwap`; all files are closed while it works on them.

    Args:
        folder: The profile.
        clock: For the audit line in the new file.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    def opens(self, name: Name, key: bytes) -> bool:
        """Whether a key opens the file that stands in its place.

        Raises:
            StoreMissing: There is no such file.
            Damaged: It cannot be read.
        """
        try:
            open_existing(self._path(name), key).conn.close()
        except WrongKey:
            return False
        return True

    def copy(
        self, name: Name, keys: tuple[bytes, bytes], lines: Mapping[str, str], act: Act
    ) -> None:
        """Make a copy beside a file under another key, and prove that it says the same.

        Args:
            name: Which file.
            keys: The present key, and the new one.
            lines: Lines about the file itself that the copy shall have.
            act: Its audit line.

        Raises:
            DiskFull: No room; the file stands as it was.
            StorageFailed: The copy is not the same; the file stands as it was.
        """
        self._sweep_beside(name)
        self._require_room(name)
        old, new = keys
        source = open_existing(self._path(name), old)
        try:
            with translated():
                source.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _export(source, self._beside(name), new)
            said, lines_of_audit = _said(source), verify_audit(source)
        finally:
            source.conn.close()
        self._finish(name, new, (said, lines_of_audit), (lines, act))

    def swap(self, name: Name) -> None:
        """Put the copy in the place of the file.

        Raises:
            StorageFailed: The disk refused, or somebody has the file open; it stands as it was.
        """
        path, beside = self._path(name), self._beside(name)
        for one in (path, beside):
            log = one.with_name(one.name + "-wal")
            if log.exists() and log.stat().st_size:
                raise StorageFailed("open")
            for ending in ("-wal", "-shm"):
                one.with_name(one.name + ending).unlink(missing_ok=True)
        old = self._old(name)
        with our_errors():
            old.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # a disk without links: the old bytes are let go
                os.link(path, old)
            os.replace(beside, path)
            sync_folder(self._folder)

    def sweep(self, name: Name) -> None:
        """Take away what is left of a change: a copy that was not used, the bytes of the old file.

        Raises:
            StorageFailed: The disk refused; the next sweep takes it.
        """
        with our_errors():
            self._sweep_beside(name)
            old = self._old(name)
            if not old.exists():
                return
            # before the swap the link is the file itself: its bytes are those in use
            if not os.path.samefile(old, self._path(name)) and old.stat().st_nlink == 1:
                _overwrite(old)
            old.unlink()
            sync_folder(self._folder)

    def _finish(
        self, name: Name, key: bytes, before: tuple[str, int], last: tuple[Mapping[str, str], Act]
    ) -> None:
        lines, act = last
        fresh = open_existing(self._beside(name), key)
        try:
            if (_said(fresh), verify_audit(fresh)) != before:
                raise StorageFailed("copy differs")
            with transaction(fresh):
                sql = "INSERT OR REPLACE INTO meta VALUES (?,?)"
                fresh.conn.executemany(sql, list(lines.items()))
                append_audit(fresh, self._clock, act)
            if Health(fresh).faults() or verify_audit(fresh) != before[1] + 1:
                raise Damaged("copy")
        finally:
            fresh.conn.close()
        if self.opens(name, key):
            raise StorageFailed("same key")
        with our_errors(), open(self._beside(name), "rb+") as file:
            os.fsync(file.fileno())

    def _require_room(self, name: Name) -> None:
        with our_errors():
            needed = self._path(name).stat().st_size + _SPARE
            if shutil.disk_usage(self._folder).free < needed:
                raise DiskFull("new file key")

    def _sweep_beside(self, name: Name) -> None:
        for left in self._folder.glob(f"{self._beside(name).name}*"):
            left.unlink()

    def _path(self, name: Name) -> Path:
        return self._folder / f"{name}.db"

    def _beside(self, name: Name) -> Path:
        return self._folder / f"{name}.db{_BESIDE}"

    def _old(self, name: Name) -> Path:
        return self._folder / f"{name}.db{_OLD}"


def _export(source: Database, beside: Path, key: bytes) -> None:
    with our_errors():
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with translated():
        sql = f"ATTACH DATABASE ? AS fresh KEY \"x'{key.hex()}'\""
        source.conn.execute(sql, (str(beside.absolute()),))
        try:
            source.conn.execute("PRAGMA fresh.synchronous = FULL")
            source.conn.execute("SELECT sqlcipher_export('fresh')").fetchone()
        finally:
            source.conn.execute("DETACH DATABASE fresh")


def _said(db: Database) -> str:
    """A hash of every row of every table in the file, and of their number."""
    whole = hashlib.sha256()
    sql = (
        "SELECT name, sql FROM sqlite_master WHERE type='table'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    with translated():
        for name, made in db.conn.execute(sql).fetchall():
            count = 0
            whole.update(f"{name}\0{made}\0".encode())
            for row in db.conn.execute(f'SELECT * FROM "{name}"'):
                count += 1
                for value in row:
                    whole.update(_bytes_of(value))
            whole.update(f"\0{count}\0".encode())
    return whole.hexdigest()


def _bytes_of(value: Any) -> bytes:  # noqa: ANN401 (what SQLite gives)
    data = value if isinstance(value, bytes) else repr(value).encode()
    return f"{type(value).__name__}{len(data)}:".encode() + data


def _overwrite(path: Path) -> None:
    with open(path, "rb+") as file:
        for start in range(0, path.stat().st_size, _PIECE):
            file.seek(start)
            file.write(bytes(min(_PIECE, path.stat().st_size - start)))
        file.flush()
        os.fsync(file.fileno())
