"""Copies of encrypted files for backups: read from an open file, and examined where they lie."""

import hashlib
import shutil
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from intake_app.disk.atomic import our_errors
from intake_app.disk.passing import passing_folder
from intake_app.domain.backup_errors import SomebodyWaits
from intake_app.domain.errors import AuditBroken, Damaged, DiskFull, WrongKey
from intake_app.domain.roles import Compartment as Name
from intake_app.storage.audit import verify_audit
from intake_app.storage.compartment import Compartment
from intake_app.storage.driver import (
    KEY_BYTES,
    Database,
    create,
    dbapi2,
    open_existing,
    open_unchanging,
    translated,
)

_PAGES: Final = 1024  # of 4 KiB between two looks at whether somebody waits
_STEPS: Final = 20_000  # of SQLite's machine, the same
_ROWS: Final = "SELECT id, kind, about, state, fields, register FROM record ORDER BY id"

Wanted = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds.

    Attributes:
        records: How many records.
        digest: A hash of all their rows (SHA-256, hex): equal for a file and its copy.
        audit: How many lines the audit trail has.
        head: The last link of its chain.
        faults: What SQLite and SQLCipher find wrong, and whether the chain is broken.
    """

    records: int
    digest: str
    audit: int
    head: str
    faults: tuple[str, ...] = ()


def snapshot(file: Compartment, target: Path, key: bytes, is_wanted: Wanted) -> None:
    """A copy of an open file, as it stands at one moment, under the same key.

    Raises:
        SomebodyWaits: It was stopped; what was written is to be removed.
        DiskFull: There is no room.
    """

    def look(_status: int, _left: int, _total: int) -> None:
        if is_wanted():
            raise SomebodyWaits

    copy = create(target, key)
    try:
        with translated():
            copy.conn.execute("PRAGMA journal_mode = DELETE")
            source: Any = file.database.conn
            with _full_is_full():
                source.backup(copy.conn, pages=_PAGES, progress=look)
            # folds nothing: it is its own file, and nobody writes there; no side file is left
            copy.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        copy.conn.close()


def examine(path: Path, key: bytes, is_wanted: Wanted) -> Found:
    """Open a copy where it lies, changing nothing there, and look through all of it.

    Raises:
        StoreMissing: It is not there, or empty.
        WrongKey: Another key.
        Damaged: It cannot be read.
        SomebodyWaits: It was stopped.
    """
    if len(key) != KEY_BYTES:
        raise WrongKey("length")
    db = open_unchanging(path, key)
    try:
        with _may_stop(db, is_wanted):
            faults = [row[0] for row in db.conn.execute("PRAGMA integrity_check")]
            faults = [one for one in faults if one != "ok"]
            faults += [row[0] for row in db.conn.execute("PRAGMA cipher_integrity_check")]
            if faults:
                return Found(0, "", 0, "", tuple(map(str, faults)))
            return _found(db)
    finally:
        db.conn.close()


def contents(file: Compartment, is_wanted: Wanted) -> Found:
    """What an open file holds, to compare a copy with.

    Raises:
        SomebodyWaits: It was stopped.
    """
    with _may_stop(file.database, is_wanted):
        return _found(file.database)


def is_in_chain(file: Compartment, n: int, head: str) -> bool:
    """Whether the chain of an open file had this link at this place: a copy is of this file."""
    with translated():
        row = file.database.conn.execute("SELECT chain FROM audit WHERE n=?", (n,)).fetchone()
    return row is not None and row[0] == head


@contextmanager
def _full_is_full() -> Generator[None]:
    """The backup of SQLite gives no code with its errors, only SQLite's own fixed words."""
    try:
        yield
    except dbapi2.OperationalError as error:
        if "full" in str(error):
            raise DiskFull("backup") from None
        raise


@contextmanager
def _may_stop(db: Database, is_wanted: Wanted) -> Generator[None]:
    db.conn.set_progress_handler(lambda: 1 if is_wanted() else 0, _STEPS)
    try:
        with translated():
            try:
                yield
            except dbapi2.OperationalError as error:
                if error.sqlite_errorcode == dbapi2.SQLITE_INTERRUPT:
                    raise SomebodyWaits from None
                raise
    finally:
        db.conn.set_progress_handler(None, 0)


def _found(db: Database) -> Found:
    whole, count = hashlib.sha256(), 0
    for row in db.conn.execute(_ROWS):
        count += 1
        whole.update(repr(row).encode())
    last = db.conn.execute("SELECT n, chain FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    try:
        verify_audit(db)
    except AuditBroken as error:
        return Found(count, whole.hexdigest(), 0, "", (f"audit {error.detail}",))
    except dbapi2.DatabaseError as error:
        raise Damaged("audit") from error
    n, head = last or (0, "")
    return Found(count, whole.hexdigest(), int(n), str(head))


class BackupFiles:
    """Fits `services.needs.backup.Files`.

    Args:
        files: The files that are open, by name; it may grow.
        key_of: The key of an open file.
        scratch: Where a copy is unfolded for a moment; see `disk.passing`.
    """

    def __init__(
        self, files: Mapping[str, Compartment], key_of: Callable[[Name], bytes], scratch: Path
    ) -> None:
        self._files, self._key_of, self._scratch = files, key_of, scratch

    def is_open(self, compartment: Name) -> bool:
        """Whether this person has it open."""
        return compartment in self._files

    def snapshot(self, compartment: Name, target: Path, is_wanted: Wanted) -> None:
        """See `snapshot`."""
        snapshot(self._files[compartment], target, self._key_of(compartment), is_wanted)

    def contents(self, compartment: Name, is_wanted: Wanted) -> Found:
        """See `contents`."""
        return contents(self._files[compartment], is_wanted)

    def is_in_chain(self, compartment: Name, n: int, head: str) -> bool:
        """See `is_in_chain`; a file that is not open says nothing against it."""
        file = self._files.get(compartment)
        return file is None or n == 0 or is_in_chain(file, n, head)

    def examine(self, path: Path, keys: Sequence[bytes], is_wanted: Wanted) -> Found:
        """See `examine`; the first key that fits counts.

        What was written last may lie in a log beside the copy: then both are unfolded elsewhere.
        """
        log = path.with_name(f"{path.name}-wal")
        if not log.is_file():
            return _with_one_of(keys, lambda key: examine(path, key, is_wanted))
        with our_errors(), passing_folder(self._scratch) as place:
            for one in (path, log):
                shutil.copy(one, place / one.name)
            return _with_one_of(keys, lambda key: _unfolded(place / path.name, key, is_wanted))


def _unfolded(path: Path, key: bytes, is_wanted: Wanted) -> Found:
    db = open_existing(path, key)
    with translated():
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.conn.close()
    return examine(path, key, is_wanted)


def _with_one_of(keys: Sequence[bytes], look: Callable[[bytes], Found]) -> Found:
    for key in keys[:-1]:
        with suppress(WrongKey):
            return look(key)
    if not keys:
        raise WrongKey("none")
    return look(keys[-1])
