"""The one door for writes: the only code that inserts, updates or deletes records.

A change that a person made here and one that came from another station enter the same way. One
call is one transaction of one file: record, facts row, search index, change log, archived bytes
and audit line, all or nothing. Doing it twice changes nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import Clock
from intake_app.domain.errors import BadChange
from intake_app.domain.exchange import Aside, Taken
from intake_app.domain.facts import matter
from intake_app.domain.ids import ChangeId, RecordId
from intake_app.domain.purge import is_of_person
from intake_app.domain.record import Record
from intake_app.storage import change_log
from intake_app.storage.archive import checked, unnamed
from intake_app.storage.audit import append_audit
from intake_app.storage.driver import Database, transaction, translated
from intake_app.storage.early import Replaced
from intake_app.storage.finding import NOT_FOUND, Found, found_by, save_finding
from intake_app.storage.lines import Delivery
from intake_app.storage.rows import facts_row_of, load, row_of, within
from intake_app.storage.together import end_journeys

_BATCH: Final = 1000
_INSERT: Final = "INSERT INTO record VALUES (?,?,?,?,?,?,?,?,?)"
_REPLACE: Final = "INSERT OR REPLACE INTO record VALUES (?,?,?,?,?,?,?,?,?)"
_UPDATE: Final = (  # what else a row says never changes, and three indexes are left alone
    "UPDATE record SET state=?5, is_fact=?6, base=?7, fields=?8, register=?9 WHERE n=?1"
)


@dataclass(slots=True)
class _Batch:
    """What one batch of changes does to the file."""

    delivery: Delivery
    refused: list[change_log.Line]
    now: dict[RecordId, Record]
    rows: dict[RecordId, int]  # position keys of records that are in the file
    found: dict[RecordId, Found]  # by what those were found whose finding may move
    done: dict[ChangeId, Change] = field(default_factory=dict[ChangeId, Change])
    unnamed: set[str] = field(default_factory=set[str])  # hashes that purged records named

    def is_settled(self, record: Record) -> bool:
        """Whether a record of the file is found as it was, so far."""
        return record.id in self.rows and record.id not in self.found


@dataclass(slots=True)
class _Outcome:
    """What one call did."""

    new: int = 0
    aside: int = 0
    has_purged: bool = False


def apply(
    db: Database,
    clock: Clock,
    changes: Iterable[Change],
    act: Act,
    blobs: Mapping[str, bytes] | None = None,
) -> int:
    """Apply changes that were made here, in one transaction.

    A change that makes no sense (see `merge`), or that has the id of another change, is set aside;
    the others go on.

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
    made_here = Delivery(changes=tuple(changes), blobs=dict(checked(blobs or {})))
    return deliver(db, clock, [made_here], act).new


def deliver(db: Database, clock: Clock, deliveries: Iterable[Delivery], act: Act) -> Taken:
    """Apply what bundles brought and note how far their streams are merged, in one transaction.

    Raises:
        DiskFull: Nothing was written.
        StorageFailed: Nothing was written.
    """
    outcome = _Outcome()
    with transaction(db):
        for delivery in deliveries:
            _take_in(db, delivery, outcome)
        append_audit(db, clock, act)
    if outcome.has_purged:
        with translated():
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Taken(outcome.new, outcome.aside)


def _take_in(db: Database, delivery: Delivery, outcome: _Outcome) -> None:
    change_log.forget_aside(db, delivery.again)
    refused, perhaps_unnamed, has_purged = list[change_log.Line](), set[str](), False
    for changes in delivery.batches(_BATCH):
        batch = _apply_batch(db, delivery, changes)
        outcome.new += len(batch.done)
        refused += batch.refused
        has_purged |= any(record.is_purged for record in batch.now.values())
        perhaps_unnamed |= batch.unnamed
    change_log.note_gone(db, delivery.gone, delivery.stream, delivery.bundle)
    aside = change_log.set_aside(db, [*delivery.unread, *refused])
    outcome.aside += aside
    outcome.has_purged |= has_purged
    if aside or has_purged:
        perhaps_unnamed |= change_log.drop_purged(db)
    _save_blobs(db, delivery, perhaps_unnamed)
    upsert = (
        "INSERT INTO stream VALUES (?, ?, 0) ON CONFLICT (name)"
        " DO UPDATE SET applied=max(applied, excluded.applied)"
    )
    db.conn.executemany(upsert, delivery.applied.items())
    db.conn.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", delivery.notes.items())


def _save_blobs(db: Database, delivery: Delivery, perhaps_unnamed: set[str]) -> None:
    db.conn.executemany("INSERT OR IGNORE INTO blob VALUES (?,?)", delivery.blobs.items())
    gone = [(sha256,) for sha256 in unnamed(db, perhaps_unnamed | delivery.unasked())]
    db.conn.executemany("DELETE FROM blob WHERE sha256=?", gone)


def _apply_batch(db: Database, delivery: Delivery, changes: Sequence[Change]) -> _Batch:
    fresh, twins = change_log.sorted_out(db, changes, delivery.stream, delivery.bundle)
    stored = list(load(db, "id", [c.record for c in fresh.values()]))
    batch = _Batch(
        delivery,
        refused=[delivery.aside(Aside.TWIN, twin) for twin in twins],
        now={record.id: record for _, record in stored},
        rows={record.id: n for n, record in stored},
        found={},
    )  # fmt: skip
    replaced = Replaced(db, fresh)
    for change in fresh.values():
        _take(batch, change, replaced)
    replaced.save()
    _spread_purges(db, batch)
    # first the log: it refuses what could not be read again
    gone = {ident for ident, record in batch.now.items() if record.is_purged}
    done = batch.done.values()
    batch.unnamed = change_log.log(db, done, gone, delivery.stream, delivery.bundle)
    if gone:
        end_journeys(db, gone)  # while it is known what they belonged to
    _save_records(db, batch)
    return batch


def _take(batch: _Batch, change: Change, replaced: Replaced) -> None:
    record = batch.now.get(change.record)
    if not (batch.delivery.is_author(change.user) or (record and record.is_purged)):
        batch.refused.append(batch.delivery.aside(Aside.AUTHOR, change))
        return
    if record and batch.is_settled(record) and _may_move(record, change):
        batch.found[record.id] = found_by(record)
    try:
        batch.now[change.record] = replaced.merge(record, change)
    except BadChange:
        batch.refused.append(batch.delivery.aside(Aside.REFUSED, change))
    else:
        batch.done[change.id] = change


def _may_move(record: Record, change: Change) -> bool:
    return change.action is Action.PURGE or matter(record, change.fields)


def _spread_purges(db: Database, batch: _Batch) -> None:
    """What belongs to a purged record goes with it, whichever of the two came first."""
    looked = set[RecordId]()
    while True:
        gone = {ident for ident, record in batch.now.items() if record.is_purged}
        for n, part in _parts_of(db, gone - looked):
            if part.id not in batch.now:
                batch.rows[part.id], batch.now[part.id] = n, part
        looked |= gone
        left = [one for one in batch.now.values() if one.about and not one.is_purged]
        gone |= _purged_among(db, {one.about for one in left} - gone)
        ending = [one for one in left if one.about in gone and not is_of_person(one.kind)]
        for one in ending:
            batch.found.setdefault(one.id, found_by(one))
            batch.now[one.id] = Record(one.id, one.kind, one.base, {}, is_purged=True)
        if not ending:
            return


def _parts_of(db: Database, idents: Collection[RecordId]) -> Iterable[tuple[int, Record]]:
    """What stands in the file and belongs to one of these, with its position key."""
    if not idents:
        return ()
    sql = "SELECT n FROM record WHERE about<>'' AND state<>2 AND about"
    keys = [n for (n,) in within(db, sql, list(idents))]
    return load(db, "n", keys) if keys else ()


def _purged_among(db: Database, idents: Collection[RecordId]) -> set[RecordId]:
    sql = "SELECT id FROM record WHERE state=2 AND id"
    return {RecordId(i) for (i,) in within(db, sql, list(idents))} if idents else set()


def _save_records(db: Database, batch: _Batch) -> None:
    top: int = db.conn.execute("SELECT coalesce(max(n), 0) FROM record").fetchone()[0]
    new = [record for ident, record in batch.now.items() if ident not in batch.rows]
    keyed = list(enumerate(new, top + 1))
    _write(db, _INSERT, batch, keyed)
    stood = [(n, batch.now[ident]) for ident, n in batch.rows.items()]
    _write(db, _UPDATE, batch, [(n, record) for n, record in stood if not record.is_purged])
    _write(db, _REPLACE, batch, [(n, record) for n, record in stood if record.is_purged])
    found = [(n, record) for n, record in stood if record.id in batch.found]
    db.conn.executemany("DELETE FROM facts WHERE n=?", [(n,) for n, _ in found])
    moved = keyed + found
    facts = [(n, *facts_row_of(record)) for n, record in moved]
    db.conn.executemany(f"INSERT INTO facts VALUES ({','.join('?' * 16)})", facts)
    was = batch.found.get
    save_finding(db, [(n, was(one.id, NOT_FOUND), found_by(one)) for n, one in moved])


def _write(db: Database, sql: str, batch: _Batch, records: Iterable[tuple[int, Record]]) -> None:
    rows = [(n, *row_of(record, batch.done.get(record.base))) for n, record in records]
    db.conn.executemany(sql, rows)
