"""How a record lies in its file: as one row, with its facts row beside it. Reading stands here.

Only the door (`apply`) writes these rows.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from intake_app.domain.facts import facts_of
from intake_app.domain.ids import ChangeId, RecordId
from intake_app.domain.record import Record
from intake_app.storage.driver import Database

LIVE: Final = 0
HIDDEN: Final = 1  # entered in error
PURGED: Final = 2

FIELDS: Final = "n, id, kind, about, state, is_fact, base, fields, register"

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""JSON as rows keep it."""


def state_of(record: Record) -> int:
    """Whether a record stands, is hidden, or is gone."""
    return PURGED if record.is_purged else HIDDEN if record.is_deleted else LIVE


def row_of(record: Record) -> tuple[Any, ...]:
    """A record as its row says it, without the position key."""
    register = encode([record.writers, record.rivals]) if record.writers or record.rivals else None
    return (
        record.id, record.kind, record.about, state_of(record), record.is_fact, record.base,
        encode(record.values), register,
    )  # fmt: skip


def facts_row_of(record: Record) -> tuple[Any, ...]:
    """What lists read of a record, without the position key."""
    f = facts_of(record)
    return (
        state_of(record), record.kind, f.about, f.number, f.sort_name, f.name, f.born, f.opened,
        f.pathway, f.program, f.status, f.language, f.due, f.by, f.person,
    )  # fmt: skip


def load(db: Database, by: str, keys: Sequence[object]) -> Iterator[tuple[int, Record]]:
    """Records with their position keys, by `id` or by `n`.

    Args:
        db: One encrypted file.
        by: "id" or "n".
        keys: Which.
    """
    sql = f"SELECT {FIELDS} FROM record WHERE {by}"
    for n, ident, kind, about, state, is_fact, base, fields, register in within(db, sql, keys):
        more: tuple[Any, Any] = json.loads(register) if register else ({}, {})
        yield (
            n,
            Record(
                RecordId(ident),
                kind,
                ChangeId(base),
                json.loads(fields),
                *more,
                RecordId(about),
                is_fact=bool(is_fact),
                is_purged=state == PURGED,
            ),
        )


def within(db: Database, sql: str, keys: Sequence[object]) -> Iterable[tuple[Any, ...]]:
    """What a query that ends in a column finds for some values of it."""
    if len(keys) == 1:  # the usual case, and much cheaper
        return db.conn.execute(f"{sql} = ?", (keys[0],)).fetchall()
    many = f"{sql} IN (SELECT value FROM json_each(?))"
    return db.conn.execute(many, (encode(list(keys)),)).fetchall()
