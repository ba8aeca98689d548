"""How a record lies in its file: as one row, with its facts row beside it. Reading stands here.

Only the door (`apply`) writes these rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from intake_app.domain.change import Change
from intake_app.domain.facts import facts_of
from intake_app.domain.ids import ChangeId, RecordId
from intake_app.domain.record import Record
from intake_app.storage.driver import Database
from intake_app.storage.quick_json import from_text, to_text

LIVE: Final = 0
HIDDEN: Final = 1  # entered in error
PURGED: Final = 2

_AS_WRITTEN: Final = ""
"""Instead of values: all of them stand in the one change that made the record, so read it there."""

_FIELDS: Final = (
    "n, id, kind, about, state, is_fact, base,"
    " iif(fields='', (SELECT body FROM change WHERE id=base), fields), register"
)


def state_of(record: Record) -> int:
    """Whether a record stands, is hidden, or is gone."""
    return PURGED if record.is_purged else HIDDEN if record.is_deleted else LIVE


def row_of(record: Record, made_by: Change | None = None) -> tuple[Any, ...]:
    """A record as its row says it, without the position key.

    Args:
        record: The record.
        made_by: Its base, if the log certainly has it.
    """
    register, values = None, None
    if record.writers or record.rivals:
        register = to_text([record.writers, record.rivals])
    elif made_by is not None and 0 < len(made_by.fields) == len(record.values):
        values = _AS_WRITTEN
    return (
        record.id, record.kind, record.about, state_of(record), int(record.is_fact), record.base,
        to_text(record.values) if values is None else values, register,
    )  # fmt: skip


def facts_row_of(record: Record) -> tuple[Any, ...]:
    """What lists read of a record, without the position key."""
    return (state_of(record), record.kind, *facts_of(record))


def load(db: Database, by: str, keys: Sequence[object]) -> Iterator[tuple[int, Record]]:
    """Records with their position keys, by `id` or by `n`.

    Args:
        db: One encrypted file.
        by: "id" or "n".
        keys: Which.
    """
    sql = f"SELECT {_FIELDS} FROM record WHERE {by}"
    for n, ident, kind, about, state, is_fact, base, fields, register in within(db, sql, keys):
        values = from_text(fields)
        if type(fields) is bytes:
            values = values["fields"]
        more: tuple[Any, Any] = from_text(register) if register else ({}, {})
        record = Record(
            RecordId(ident), kind, ChangeId(base), values, *more, RecordId(about),
            is_fact=bool(is_fact), is_purged=state == PURGED,
        )  # fmt: skip
        yield n, record


def within(db: Database, sql: str, keys: Sequence[object]) -> Iterable[tuple[Any, ...]]:
    """What a query that ends in a column finds for some values of it."""
    if len(keys) == 1:  # the usual case, and much cheaper
        return db.conn.execute(f"{sql} = ?", (keys[0],)).fetchall()
    many = f"{sql} IN (SELECT value FROM json_each(?))"
    return db.conn.execute(many, (to_text(list(keys)),)).fetchall()
