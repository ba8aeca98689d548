"""The audit trail of a file: a chain of lines, each bound to the one before.

A line holds who, what, when, which record and how it ended (CJIS AU-3), never a name or an answer.
It is written in the transaction of the act it tells of: without the line, no act (AU-12).
"""

import json
from collections.abc import Collection, Iterable
from typing import Any, Final

from intake_app.domain.act import Act, AuditLine
from intake_app.domain.audit_trail import Place, follow, link
from intake_app.domain.clock import Clock, stamp
from intake_app.domain.ids import RecordId, UserId
from intake_app.storage.driver import Database

ANCHOR: Final = "audit anchor"
"""Meta line: up to where the chain was archived and cut off (`Place.text`, and a moment)."""

_SELECT: Final = "SELECT n, at, user, act, record, outcome, chain FROM audit"


def append_audit(db: Database, clock: Clock, act: Act) -> None:
    """Write one line, inside the transaction that is open."""
    last = head_of(db)
    line = AuditLine(last.n + 1, stamp(clock), act, "")
    insert = "INSERT INTO audit (n, at, user, act, record, outcome, chain) VALUES (?,?,?,?,?,?,?)"
    told = (act.user, act.what, act.record, act.outcome)
    db.conn.execute(insert, (line.n, line.at, *told, link(last.chain, line)))


def audit_of(db: Database, records: Collection[RecordId]) -> list[AuditLine]:
    """The lines of some records, in the order of the chain; lines of no record are nobody's."""
    wanted = json.dumps([ident for ident in records if ident])
    where = "WHERE record IN (SELECT value FROM json_each(?)) ORDER BY n"
    return list(lines_of(db.conn.execute(f"{_SELECT} {where}", (wanted,))))


def lines_after(db: Database, n: int, most: int = -1) -> list[AuditLine]:
    """Lines after a number, in the order of the chain; all of them, or so many."""
    rows = db.conn.execute(f"{_SELECT} WHERE n>? ORDER BY n LIMIT ?", (n, most))
    return list(lines_of(rows))


def lines_of(rows: Iterable[tuple[Any, ...]]) -> Iterable[AuditLine]:
    """Rows as lines."""
    for n, at, user, what, record, outcome, chain in rows:
        yield AuditLine(n, at, Act(UserId(user), what, RecordId(record), outcome), chain)


def anchor_of(db: Database) -> Place:
    """Where the chain that is left begins: what came before was archived."""
    found = db.conn.execute("SELECT value FROM meta WHERE name=?", (ANCHOR,)).fetchone()
    number, _, rest = str(found[0] if found else "").partition(" ")
    return Place.of_text(f"{number} {rest.partition(' ')[0]}")


def head_of(db: Database) -> Place:
    """Where the chain ends."""
    last = db.conn.execute("SELECT n, chain FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    return Place(*last) if last else anchor_of(db)


def verify_audit(db: Database) -> int:
    """Walk the whole chain, from where it was cut off last.

    Returns:
        The number of its last line.

    Raises:
        AuditBroken: A line was altered, removed or put in; the detail is its number.
    """
    rows = db.conn.execute(f"{_SELECT} ORDER BY n")
    return follow(anchor_of(db), lines_of(rows)).n
