"""Rows as a Parquet file, by DuckDB; only rows that name nobody may come here.

DuckDB writes files and nothing else, so the bytes lie for a moment in a folder that only this user
can read, and are removed, after a kill at the next start (`disk.passing`). Nothing is read from
outside and no extension is loaded.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb

from intake_app.disk.atomic import our_errors
from intake_app.disk.passing import passing_folder

TEXT, NUMBER, TEXTS = "VARCHAR", "INTEGER", "VARCHAR[]"
"""Types of columns: a text or code; a whole number, or None; several codes."""

_AT_ONCE: Final = 20_000
_BYTES: Final = "512MB"


def closed_database(folder: Path, memory: str = _BYTES, threads: int = 2) -> Any:  # noqa: ANN401
    """A DuckDB in memory that reaches no file outside of one folder, and no network.

    Args:
        folder: Where it may read, write, and put aside what memory does not hold.
        memory: The most that it takes: "512MB".
        threads: The most that it works with at once.
    """
    database: Any = duckdb.connect(":memory:")
    place = str(folder).replace("'", "''")
    for setting in (
        "autoinstall_known_extensions=false", "autoload_known_extensions=false",
        "allow_community_extensions=false", f"memory_limit='{memory}'", f"threads={threads}",
        f"temp_directory='{place}'", "preserve_insertion_order=true",
        f"allowed_directories=['{place}']", "enable_external_access=false",
        "lock_configuration=true",
    ):  # fmt: skip
        database.execute(f"SET {setting}")
    return database


def as_parquet(
    columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]], place: Path | None = None
) -> bytes:  # fmt: skip
    """A Parquet file (zstd) of these rows.

    Args:
        columns: Name and type of each; names are our own, never somebody's words.
        rows: A value for each column.
        place: Where its folder is made for as long as it takes; see `disk.passing`.

    Raises:
        DiskFull, StorageFailed: The folder for temporary files took no more.
    """
    with our_errors(), passing_folder(place) as folder:
        database = closed_database(folder)
        try:
            return _written(database, folder, columns, rows)
        finally:
            database.close()


def _written(
    database: Any,  # noqa: ANN401
    folder: Path,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[object]],
) -> bytes:
    said = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    database.execute(f"CREATE TABLE told ({said})")
    asked = ", ".join(f"unnest(${n}::{kind}[])" for n, (_, kind) in enumerate(columns, 1))
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        values = [list(column) for column in zip(*some, strict=True)]
        database.execute(f"INSERT INTO told SELECT {asked}", values)
    path = folder / "told.parquet"
    place = str(path).replace("'", "''")
    database.execute(f"COPY told TO '{place}' (FORMAT parquet, COMPRESSION zstd)")
    return path.read_bytes()
