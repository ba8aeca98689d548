"""The one place that knows SQLCipher: opening, alias for sqlite-utils, errors, transactions."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2

from intake_app.domain import errors

dbapi2: Any = sqlcipher3.dbapi2
# sqlite-utils looks for pysqlite3 first, and catches the errors of what it finds there. SQLCipher's
# errors are no children of sqlite3's, so it must find SQLCipher. `test_opening_a_file.py` watches.
dbapi2.dbapi2 = dbapi2
sys.modules.setdefault("pysqlite3", dbapi2)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)
from sqlite_utils import Database, Migrations  # noqa: E402  (must follow the alias)

__all__ = [
    "KEY_BYTES",
    "Database",
    "Migrations",
    "create",
    "open_existing",
    "open_unchanging",
    "roomy",
    "transaction",
    "translated",
]

KEY_BYTES: Final = 32
"""A raw key: 256 bits. SQLCipher would silently take a shorter one as a passphrase."""

_BY_CODE: Final = {
    dbapi2.SQLITE_NOTADB: errors.WrongKey,
    dbapi2.SQLITE_CORRUPT: errors.Damaged,
    dbapi2.SQLITE_FULL: errors.DiskFull,
    dbapi2.SQLITE_IOERR: errors.DiskFull,
    dbapi2.SQLITE_CANTOPEN: errors.StoreMissing,
}
_PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "foreign_keys = ON",
    "cache_size = -4000",  # KiB; four times as much was no quicker to find or to write
)
_ROOM: Final = ("cache_size = -32000", "cache_size = -4000")


@contextmanager
def translated() -> Generator[None]:
    """Turn SQLCipher's errors into ours.

    Raises:
        IntakeError: One of those in `_BY_CODE`, or StorageFailed. The detail is an error code: the
            library's own text could hold a value.
    """
    try:
        yield
    except dbapi2.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        known = _BY_CODE.get(code, errors.StorageFailed)
        raise known(getattr(error, "sqlite_errorname", "") or type(error).__name__) from None


@contextmanager
def transaction(db: Database) -> Generator[None]:
    """All or nothing: commits at the end, rolls back on any error."""
    with translated():
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise


@contextmanager
def roomy(db: Database) -> Generator[None]:
    """More memory for a large transaction: pages that it comes back to are not written twice."""
    with translated():
        db.conn.execute(f"PRAGMA {_ROOM[0]}")
        try:
            yield
        finally:
            db.conn.execute(f"PRAGMA {_ROOM[1]}")


def create(path: Path, key: bytes) -> Database:
    """Make a new, empty encrypted file.

    Args:
        path: Where; its folder exists.
        key: 32 bytes.

    Raises:
        FileExistsError: Something is there already; it is left alone.
        WrongKey: The key is not 32 bytes.
    """
    _require_raw(key)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return _connect(path, key)


def open_existing(path: Path, key: bytes) -> Database:
    """Open, and never create: SQLCipher would make a new file of a missing or an empty one.

    Raises:
        StoreMissing: No file, or an empty one.
        WrongKey: Another key, not encrypted, or not one of our files.
        Damaged: It cannot be read.
    """
    _require_raw(key)
    if not path.is_file() or path.stat().st_size == 0:
        raise errors.StoreMissing(path.name)
    return _connect(path, key)


def open_unchanging(path: Path, key: bytes) -> Database:
    """Open a file that nobody writes, and leave it and its folder as they are: to read alone.

    What an unfolded write-ahead log beside it holds is not seen.

    Raises:
        StoreMissing: No file, or an empty one.
        WrongKey: Another key, not encrypted, or not one of our files.
        Damaged: It cannot be read.
    """
    _require_raw(key)
    if not path.is_file() or path.stat().st_size == 0:
        raise errors.StoreMissing(path.name)
    with translated():
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        conn = dbapi2.connect(uri, uri=True, isolation_level=None)
        try:
            conn.execute("PRAGMA cipher_log_level = NONE")
            conn.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            conn.close()
            raise
        return Database(conn)


def _require_raw(key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise errors.WrongKey("length")


def _connect(path: Path, key: bytes) -> Database:
    with translated():
        conn = dbapi2.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        try:
            conn.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
            conn.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the key is tried here
            for pragma in _PRAGMAS:
                conn.execute(f"PRAGMA {pragma}")
        except BaseException:
            conn.close()
            raise
        return Database(conn)
