"""The log of changes, and which bundle brings or takes each of them. Part of the door.

Only `apply` and `streams` call what stands here. A change has a stream and a number: those of the
bundle that brought it, or took it away. 0 means that it waits to be sent, -1 that it was purged
before and never goes. The set digest is the sum of the hashes of all ids that have a number.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from intake_app.domain.change import Action, Change
from intake_app.domain.exchange import Aside
from intake_app.domain.ids import ChangeId, RecordId
from intake_app.domain.purge import is_of_person
from intake_app.storage.archive import named_in, named_in_log
from intake_app.storage.driver import Database
from intake_app.storage.rows import within

HERE: Final = "local/0"
"""The stream of a change that was made here, until a bundle takes it."""

WAITS: Final = 0
NEVER: Final = -1
_ALL: Final = 1 << 256


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is set aside, or was.

    Attributes:
        why: The reason.
        body: As it came.
        id: Of the change; where none can be read, a hash of the line.
        stream: Whose bundle brought it.
        bundle: The number of that bundle.
    """

    why: Aside
    body: bytes = field(repr=False)
    id: str
    stream: str = HERE
    bundle: int = WAITS


@dataclass(frozen=True, slots=True)
class Gone:
    """A change whose body was purged elsewhere."""

    id: ChangeId
    record: RecordId
    do: Action


def sorted_out(
    db: Database, changes: Iterable[Change], stream: str, bundle: int
) -> tuple[dict[ChangeId, Change], list[Change]]:
    """What was not applied before, and what has the id of another change but not its words.

    What waits here although a bundle brings it (it went in an epoch that this file has forgotten)
    gets that bundle's number.
    """
    changes = list(changes)
    known = _known(db, [c.id for c in changes])
    fresh: dict[ChangeId, Change] = {}
    twins: list[Change] = []
    came: set[ChangeId] = set()
    for change in changes:
        body, number = known.get(change.id, (None, 1))
        if change.id not in known:
            first = fresh.setdefault(change.id, change)
            is_twin = first is not change and first.line != change.line
        else:
            is_twin = body not in {None, change.line}  # None: purged since
        if is_twin:
            twins.append(change)
        elif number <= WAITS:
            came.add(change.id)
    _came_back(db, came, stream, bundle)
    return fresh, twins


def _known(db: Database, ids: Sequence[ChangeId]) -> dict[str, tuple[bytes | None, int]]:
    """Body and number of those that were applied; a body that was purged is None."""
    rows = list(within(db, "SELECT id, body, bundle FROM change WHERE id", ids))
    lost = _lost(db, [ident for ident, body, _ in rows if body is None])
    return {ident: (body, number) for ident, body, number in rows if ident not in lost}


def _lost(db: Database, ids: Sequence[str]) -> set[str]:
    """Forget what somebody called purged although its record stands here: now it came itself."""
    sql = (
        "SELECT c.id FROM change c LEFT JOIN record r ON r.id = c.record"
        " WHERE coalesce(r.state, 0) <> 2 AND c.id"
    )
    lost = {ident for (ident,) in within(db, sql, ids)} if ids else set[str]()
    db.conn.executemany("DELETE FROM change WHERE id=?", [(ident,) for ident in lost])
    count(db, lost, sign=-1)
    return lost


def _came_back(db: Database, ids: Collection[ChangeId], stream: str, bundle: int) -> None:
    if bundle > WAITS and ids:
        update = "UPDATE change SET stream=?, bundle=? WHERE id=?"
        db.conn.executemany(update, [(stream, bundle, ident) for ident in ids])
        count(db, ids)


def log(
    db: Database, changes: Collection[Change], gone: Collection[RecordId], stream: str, bundle: int
) -> set[str]:
    """Write changes into the log; of purged records the ids only.

    Returns:
        The hashes of archived bytes that purged records named.

    Raises:
        BadChange: A change holds what no line can say.
    """
    dropped = {c.id for c in changes if c.record in gone and c.action is not Action.PURGE}
    unnamed = named_in_log(db, gone) | named_in(c.line for c in changes if c.id in dropped)
    never = bundle or NEVER  # what is purged here before it was sent never goes
    rows = [
        (c.id, c.record, str(c.action), stream, never, None) if c.id in dropped
        else (c.id, c.record, str(c.action), stream, bundle, c.line)
        for c in changes
    ]  # fmt: skip
    insert = "INSERT INTO change (id, record, do, stream, bundle, body) VALUES (?,?,?,?,?,?)"
    db.conn.executemany(insert, rows)
    if bundle > WAITS:
        count(db, [c.id for c in changes])
    if gone:
        wipe = (
            "UPDATE change SET body=NULL, bundle=iif(bundle=0 AND stream=?, -1, bundle)"
            " WHERE record=? AND do<>'purge' AND body IS NOT NULL"
        )
        db.conn.executemany(wipe, [(HERE, ident) for ident in gone])
    return unnamed


def note_gone(db: Database, gone: Sequence[Gone], stream: str, bundle: int) -> None:
    """Note changes whose body was purged elsewhere, and whose record is purged here too."""
    insert = (
        "INSERT INTO change (id, record, do, stream, bundle, body) VALUES (?,?,?,?,?,NULL)"
        " ON CONFLICT (id) DO UPDATE SET stream=excluded.stream, bundle=excluded.bundle"
        " WHERE change.bundle<=0"
    )
    fresh = [
        one.id for one in gone
        if db.conn.execute(insert, (one.id, one.record, one.do, stream, bundle)).rowcount
    ]  # fmt: skip
    if bundle > WAITS:
        count(db, fresh)


# --- numbers ------------------------------------------------------------------------------


def cut(db: Database, stream: str, bundle: int, most: int) -> list[tuple[Any, ...]]:
    """Give a number to what has it already (cut before a kill) and to the oldest that waits.

    Args:
        db: One encrypted file.
        stream: This station's own.
        bundle: The number.
        most: Bytes of lines and archived bytes after which nothing more is taken.

    Returns:
        Rows (id, record, do, body) in the order of the log; body None: purged since.
    """
    select = "SELECT n, id, record, do, body FROM change"
    again = f"{select} WHERE n IN (SELECT change FROM cut WHERE bundle=?)"
    taken = db.conn.execute(again, (bundle,)).fetchall()
    size = sum(_weight(db, row[-1]) for row in taken)
    new: list[tuple[Any, ...]] = []
    for row in db.conn.execute(f"{select} WHERE bundle=0 ORDER BY n"):
        if size >= most and (taken or new):
            break
        new.append(row)
        size += _weight(db, row[-1])
    update = "UPDATE change SET stream=?, bundle=? WHERE n=?"
    db.conn.executemany(update, [(stream, bundle, row[0]) for row in new])
    db.conn.executemany("INSERT INTO cut VALUES (?,?)", [(row[0], bundle) for row in new])
    count(db, [row[1] for row in new])
    return [row[1:] for row in sorted(taken + new)]


def _weight(db: Database, body: bytes | None) -> int:
    """Bytes of a line with the archived bytes that it names, as they will be written."""
    named = named_in([body]) if body else set[str]()
    sizes = within(db, "SELECT length(body) FROM blob WHERE sha256", list(named)) if named else ()
    return len(body or b"") + sum(size for (size,) in sizes) * 4 // 3


def renew(db: Database, sealed: int) -> int:
    """Let wait again what was cut for a bundle above a number; returns how much."""
    again = "SELECT change, id FROM cut JOIN change ON n=change WHERE cut.bundle>?"
    rows = db.conn.execute(again, (sealed,)).fetchall()
    db.conn.executemany("UPDATE change SET bundle=0 WHERE n=?", [(n,) for n, _ in rows])
    db.conn.execute("DELETE FROM cut WHERE bundle>?", (sealed,))
    count(db, [ident for _, ident in rows], sign=-1)
    return len(rows)


def send_again(db: Database, stream: str, first: int) -> int:
    """Let wait again what bundles of a stream from a number on hold; returns how much."""
    mine = "FROM change WHERE stream=? AND bundle>=?"
    ids = [ident for (ident,) in db.conn.execute(f"SELECT id {mine}", (stream, first))]
    db.conn.execute(f"DELETE FROM cut WHERE change IN (SELECT n {mine})", (stream, first))
    db.conn.execute("UPDATE change SET bundle=0 WHERE stream=? AND bundle>=?", (stream, first))
    count(db, ids, sign=-1)
    return len(ids)


def forget_from(db: Database, stream: str, first: int) -> None:
    """Bundles of a stream from a number on are to come anew."""
    lower = "UPDATE stream SET applied=min(applied, ?1), sealed=min(sealed, ?1) WHERE name=?2"
    db.conn.execute(lower, (first - 1, stream))


def count(db: Database, ids: Collection[str], sign: int = 1) -> None:
    """Take ids that got a number into the set digest, or out of it."""
    if ids:
        added = sum(int.from_bytes(hashlib.sha256(i.encode()).digest()) for i in ids)
        total = (int.from_bytes(set_digest(db)) + sign * added) % _ALL
        row = ("set digest", total.to_bytes(32).hex())
        db.conn.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", row)


def set_digest(db: Database) -> bytes:
    """32 bytes that stand for the set of all changes that have a number."""
    found = db.conn.execute("SELECT value FROM meta WHERE name='set digest'").fetchone()
    return bytes.fromhex(found[0]) if found else bytes(32)


# --- what is set aside --------------------------------------------------------------------


def set_aside(db: Database, lines: Iterable[Line]) -> int:
    """Keep lines that cannot be applied; returns how many were not there before."""
    insert = (
        "INSERT INTO quarantine (why, body, id, stream, bundle) SELECT ?1, ?2, ?3, ?4, ?5 WHERE"
        " NOT EXISTS (SELECT 1 FROM quarantine WHERE id=?3 AND body=?2)"  # it may come again
    )
    rows = [(line.why, line.body, line.id, line.stream, line.bundle) for line in lines]
    return sum(db.conn.execute(insert, row).rowcount for row in rows)


def take_back(db: Database, why: Collection[Aside]) -> list[Line]:
    """All lines that are set aside for some reasons."""
    sql = "SELECT why, body, id, stream, bundle FROM quarantine WHERE why"
    return [Line(Aside(row[0]), *row[1:]) for row in within(db, sql, list(why))]


def forget_aside(db: Database, lines: Iterable[Line]) -> None:
    """Take lines out, in the transaction that applies them."""
    db.conn.executemany(
        "DELETE FROM quarantine WHERE id=? AND body=?", [(line.id, line.body) for line in lines]
    )


def drop_purged(db: Database) -> set[str]:
    """What is set aside of purged records goes: its id is noted, like that of all their changes.

    Returns:
        The hashes of archived bytes that it named.
    """
    rows = db.conn.execute("SELECT n, id, stream, bundle, body FROM quarantine").fetchall()
    parts = {n: _parts_of(body) for n, *_, body in rows}
    idents = {ident for record, about, _ in parts.values() for ident in (record, about) if ident}
    sql = "SELECT id FROM record WHERE state=2 AND id"
    purged = {ident for (ident,) in within(db, sql, list(idents))} if idents else set[str]()
    doomed = [row for row in rows if purged & {*parts[row[0]][:2]}]
    for n, ident, stream, bundle, _ in doomed:
        record, _about, do = parts[n]
        if bundle > WAITS and do:
            note_gone(db, [Gone(ChangeId(ident), RecordId(record), Action(do))], stream, bundle)
        db.conn.execute("DELETE FROM quarantine WHERE n=?", (n,))
    return named_in(row[-1] for row in doomed)


def _parts_of(body: bytes) -> tuple[str, str, str]:
    """Record, what it is about, and the act, as far as they can be read."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return "", "", ""
    if not isinstance(said, dict):
        return "", "", ""
    parts = cast("Mapping[str, object]", said)
    record, about, kind, do = (
        str(parts.get(name, "")) for name in ("record", "about", "kind", "do")
    )
    return record, "" if is_of_person(kind) else about, do if do in {"write", "fact"} else ""
