"""The one door for writes: the only code that inserts, updates or deletes records.

A change that a person made here and one that came from another station enter the same way. One
call is one transaction of one file: record, facts row, search index, change log, archived bytes
and audit line, all or nothing. Doing it twice changes nothing.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import Clock
from intake_app.domain.errors import BadChange
from intake_app.domain.facts import facts_of, words_of
from intake_app.domain.ids import ChangeId, RecordId
from intake_app.domain.likeness import VERSION, Identity, identity_of, kept_keys
from intake_app.domain.purge import is_of_person
from intake_app.domain.record import Early, Record, merge
from intake_app.storage.archive import checked, named_in, named_in_log, unnamed
from intake_app.storage.audit import append_audit
from intake_app.storage.driver import Database, transaction, translated

LIVE: Final = 0
HIDDEN: Final = 1  # entered in error
PURGED: Final = 2
LOCAL: Final = "local/0"
"""The stream of a change until a bundle takes it away."""

_BATCH: Final = 2000
_FIELDS: Final = "n, id, kind, about, state, is_fact, base, fields, register"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_NOBODY: Final = Identity()


@dataclass(slots=True)
class _Batch:
    """What one batch of changes does to the file."""

    rows: dict[RecordId, int]  # position keys of records that are in the file
    words: dict[RecordId, str]  # what they were found by
    people: dict[RecordId, Identity]  # who they said that they are about
    now: dict[RecordId, Record]
    done: dict[ChangeId, Change] = field(default_factory=dict[ChangeId, Change])
    refused: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    unnamed: set[str] = field(default_factory=set[str])  # hashes that purged records named


def apply(
    db: Database,
    clock: Clock,
    changes: Iterable[Change],
    act: Act,
    blobs: Mapping[str, bytes] | None = None,
) -> int:
    """Apply changes in one transaction.

    A change that makes no sense (see `merge`), or that has the id of another change, is set aside
    in `quarantine`; the others go on.

    Args:
        db: One encrypted file.
        clock: For the audit line.
        changes: In any order; those that were applied before are left out.
        act: The audit line.
        blobs: Bytes to archive, by their SHA-256 in hex.

    Returns:
        How many changes were new.

    Raises:
        BadChange: A change made here holds what no line can say, or archived bytes are not what
            their hash says. Nothing was written.
        DiskFull: Nothing was written.
        StorageFailed: Nothing was written.
    """
    new, purged = 0, False
    perhaps_unnamed: set[str] = set()
    with transaction(db):
        early: Early = {(ChangeId(i), f) for i, f in db.conn.execute("SELECT id, field FROM early")}
        before = set(early)
        source = iter(sorted(changes, key=_record_of))  # order is nothing to merge, much to a disk
        while batch := list(islice(source, _BATCH)):
            result = _apply_batch(db, batch, early)
            new += len(result.done)
            purged |= any(record.is_purged for record in result.now.values())
            perhaps_unnamed |= result.unnamed
        db.conn.executemany("INSERT INTO early VALUES (?,?)", early - before)
        db.conn.executemany("DELETE FROM early WHERE id=? AND field=?", before - early)
        db.conn.executemany("INSERT OR IGNORE INTO blob VALUES (?,?)", checked(blobs or {}))
        gone = [(sha256,) for sha256 in unnamed(db, perhaps_unnamed)]
        db.conn.executemany("DELETE FROM blob WHERE sha256=?", gone)
        append_audit(db, clock, act)
    if purged:
        with translated():
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return new


def _apply_batch(db: Database, changes: Sequence[Change], early: Early) -> _Batch:
    fresh, twins = _sorted_out(db, changes)
    found = dict(load(db, "id", [c.record for c in fresh.values()]))
    batch = _Batch(
        rows={record.id: n for n, record in found.items()},
        words={record.id: _words(record) for record in found.values()},
        people={record.id: _identity(record) for record in found.values()},
        now={record.id: record for record in found.values()},
        refused=[("the id of another change", twin.line) for twin in twins],
    )
    for change in fresh.values():
        _take(db, batch, change, early)
    _spread_purges(db, batch)
    _save_log(db, batch)  # first: it refuses what could not be read again
    _save_records(db, batch)
    return batch


def _sorted_out(
    db: Database, changes: Sequence[Change]
) -> tuple[dict[ChangeId, Change], list[Change]]:
    """What was not applied before, and what has the id of another change but not its words."""
    known: dict[str, bytes | None] = dict(
        _within(db, "SELECT id, body FROM change WHERE id", [c.id for c in changes])
    )
    fresh: dict[ChangeId, Change] = {}
    twins: list[Change] = []
    for change in changes:
        if change.id in known:
            is_twin = known[change.id] not in {None, change.line}  # None: purged since
        else:
            first = fresh.setdefault(change.id, change)
            is_twin = first is not change and first.line != change.line
        if is_twin:
            twins.append(change)
    return fresh, twins


def _take(db: Database, batch: _Batch, change: Change, early: Early) -> None:
    def is_known(other: ChangeId) -> bool:
        known = db.conn.execute("SELECT 1 FROM change WHERE id=?", (other,))
        return other in batch.done or known.fetchone() is not None

    record = batch.now.get(change.record)
    try:
        batch.now[change.record] = merge(record, change, early, is_known)
    except BadChange:
        batch.refused.append(("refused by the record", change.line))
    else:
        batch.done[change.id] = change


def _spread_purges(db: Database, batch: _Batch) -> None:
    """What belongs to a purged record goes with it, whichever of the two came first."""
    looked = set[RecordId]()
    while True:
        gone = {ident for ident, record in batch.now.items() if record.is_purged}
        for n, part in _parts_of(db, gone - looked):
            if part.id not in batch.now:
                batch.rows[part.id], batch.words[part.id] = n, words_of(part)
                batch.now[part.id] = part
        looked |= gone
        left = [one for one in batch.now.values() if one.about and not one.is_purged]
        gone |= _purged_among(db, {one.about for one in left} - gone)
        ending = [one for one in left if one.about in gone and not is_of_person(one.kind)]
        for one in ending:
            batch.now[one.id] = Record(one.id, one.kind, one.base, {}, is_purged=True)
        if not ending:
            return


def _parts_of(db: Database, idents: Collection[RecordId]) -> Iterable[tuple[int, Record]]:
    """What stands in the file and belongs to one of these, with its position key."""
    if not idents:
        return ()
    sql = "SELECT n FROM record WHERE about<>'' AND state<>2 AND about"
    keys = [n for (n,) in _within(db, sql, list(idents))]
    return load(db, "n", keys) if keys else ()


def _purged_among(db: Database, idents: Collection[RecordId]) -> set[RecordId]:
    sql = "SELECT id FROM record WHERE state=2 AND id"
    return {RecordId(i) for (i,) in _within(db, sql, list(idents))} if idents else set()


def _save_records(db: Database, batch: _Batch) -> None:
    top: int = db.conn.execute("SELECT coalesce(max(n), 0) FROM record").fetchone()[0]
    keys = dict(batch.rows)
    for ident in batch.now:
        if ident not in keys:
            keys[ident] = top = top + 1
    rows = [(keys[i], *_row(record)) for i, record in batch.now.items()]
    facts = [(keys[i], *_facts_row(record)) for i, record in batch.now.items()]
    old = [(n,) for n in batch.rows.values()]
    db.conn.executemany("DELETE FROM facts WHERE n=?", old)
    db.conn.executemany(
        f"INSERT OR REPLACE INTO record ({_FIELDS}) VALUES (?,?,?,?,?,?,?,?,?)", rows
    )
    db.conn.executemany(f"INSERT INTO facts VALUES ({','.join('?' * 16)})", facts)
    _save_search(db, batch, keys)
    _save_likeness(db, batch, keys)


def _save_search(db: Database, batch: _Batch, keys: Mapping[RecordId, int]) -> None:
    index: list[tuple[int, str]] = []
    unindex: list[tuple[int]] = []
    for ident, record in batch.now.items():
        words, was = _words(record), batch.words.get(ident, "")
        if was and was != words:
            unindex.append((keys[ident],))
        if words and was != words:
            index.append((keys[ident], words))
    db.conn.executemany("DELETE FROM search WHERE rowid=?", unindex)
    db.conn.executemany("INSERT INTO search (rowid, words) VALUES (?,?)", index)


def _words(record: Record) -> str:
    return words_of(record) if _state(record) == LIVE else ""


def _save_likeness(db: Database, batch: _Batch, keys: Mapping[RecordId, int]) -> None:
    now = {i: _identity(record) for i, record in batch.now.items()}
    was = {i: batch.people.get(i, _NOBODY) for i in now}
    gone = [(keys[i],) for i in now if was[i] != now[i] and kept_keys(was[i])]
    db.conn.executemany("DELETE FROM likeness WHERE rowid=?", gone)
    _insert_likeness(db, ((keys[i], now[i]) for i in now if was[i] != now[i]))


def _insert_likeness(db: Database, people: Iterable[tuple[int, Identity]]) -> None:
    rows = ((n, " ".join(kept), who.line) for n, who in people if (kept := sorted(kept_keys(who))))
    db.conn.executemany("INSERT INTO likeness (rowid, keys, identity) VALUES (?,?,?)", rows)


def _identity(record: Record) -> Identity:
    return identity_of(record) if _state(record) == LIVE else _NOBODY


def keep_likeness(db: Database) -> None:
    """Fill the keys of likeness anew, where another version of them is kept, or none yet."""
    found = db.conn.execute("SELECT value FROM meta WHERE name='likeness'").fetchone()
    if found == (VERSION,):
        return
    with transaction(db):
        db.conn.execute("DELETE FROM likeness")
        last = 0
        while ns := _next_live(db, last):
            people = ((n, _identity(record)) for n, record in load(db, "n", ns))
            _insert_likeness(db, people)
            last = ns[-1]
        db.conn.execute("INSERT OR REPLACE INTO meta VALUES ('likeness', ?)", (VERSION,))


def _next_live(db: Database, after: int) -> list[int]:
    sql = "SELECT n FROM facts WHERE n>? AND state=0 AND pathway<>'' ORDER BY n LIMIT ?"
    return [n for (n,) in db.conn.execute(sql, (after, _BATCH))]


def _save_log(db: Database, batch: _Batch) -> None:
    gone = {i for i, record in batch.now.items() if record.is_purged}
    dropped = (c.line for c in batch.done.values() if c.record in gone)
    batch.unnamed = named_in_log(db, gone) | named_in(dropped)
    lines = [
        (c.id, c.record, c.action, LOCAL, None if c.record in gone and _is_write(c) else c.line)
        for c in batch.done.values()
    ]
    insert = "INSERT INTO change (id, record, do, stream, bundle, body) VALUES (?,?,?,?,0,?)"
    db.conn.executemany(insert, lines)
    wipe = "UPDATE change SET body=NULL WHERE record=? AND do<>'purge'"
    db.conn.executemany(wipe, [(ident,) for ident in gone])
    set_aside = (
        "INSERT INTO quarantine (why, body) SELECT ?1, ?2"
        " WHERE NOT EXISTS (SELECT 1 FROM quarantine WHERE body=?2)"  # it may come again and again
    )
    db.conn.executemany(set_aside, batch.refused)
    if gone:
        _clear_quarantine(db, gone)


def _clear_quarantine(db: Database, gone: set[RecordId]) -> None:
    rows = db.conn.execute("SELECT n, body FROM quarantine").fetchall()
    about_them = [(n,) for n, body in rows if gone & _named_by(json.loads(body))]
    db.conn.executemany("DELETE FROM quarantine WHERE n=?", about_them)


def _named_by(line: Mapping[str, str]) -> set[str]:
    return {line["record"], line["about"]}


def _state(record: Record) -> int:
    return PURGED if record.is_purged else HIDDEN if record.is_deleted else LIVE


def _row(record: Record) -> tuple[Any, ...]:
    register = _encode([record.writers, record.rivals]) if record.writers or record.rivals else None
    values = _encode(record.values)
    return (
        record.id, record.kind, record.about, _state(record), record.is_fact, record.base, values,
        register,
    )  # fmt: skip


def _facts_row(record: Record) -> tuple[Any, ...]:
    f = facts_of(record)
    return (
        _state(record), record.kind, f.about, f.number, f.sort_name, f.name, f.born, f.opened,
        f.pathway, f.program, f.status, f.language, f.due, f.by, f.person,
    )  # fmt: skip


def load(db: Database, by: str, keys: Sequence[object]) -> Iterator[tuple[int, Record]]:
    """Records with their position keys, by `id` or by `n`.

    Args:
        db: One encrypted file.
        by: "id" or "n".
        keys: Which.
    """
    sql = f"SELECT {_FIELDS} FROM record WHERE {by}"
    for n, ident, kind, about, state, is_fact, base, fields, register in _within(db, sql, keys):
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


def _within(db: Database, sql: str, keys: Sequence[object]) -> Iterable[tuple[Any, ...]]:
    if len(keys) == 1:  # the usual case, and much cheaper
        return db.conn.execute(f"{sql} = ?", (keys[0],)).fetchall()
    many = f"{sql} IN (SELECT value FROM json_each(?))"
    return db.conn.execute(many, (_encode(list(keys)),)).fetchall()


def _is_write(change: Change) -> bool:
    return change.action is not Action.PURGE


def _record_of(change: Change) -> str:
    return change.record
