"""The audit trail of a file: a chain of lines, each bound to the one before.

A line holds who, what, when, which record and how it ended (CJIS AU-3), never a name or an answer.
It is written in the transaction of the act it tells of: without the line, no act (AU-12).
"""

import hashlib
import json
from collections.abc import Collection
from typing import Final

from intake_app.domain.act import Act, AuditLine
from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import AuditBroken
from intake_app.domain.ids import RecordId, UserId
from intake_app.storage.driver import Database

_FIRST: Final = ""


def append_audit(db: Database, clock: Clock, act: Act) -> None:
    """Write one line, inside the transaction that is open."""
    last = db.conn.execute("SELECT chain FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    line = (stamp(clock), act.user, act.what, act.record, act.outcome)
    insert = "INSERT INTO audit (at, user, act, record, outcome, chain) VALUES (?,?,?,?,?,?)"
    db.conn.execute(insert, (*line, _link(last[0] if last else _FIRST, line)))


def audit_of(db: Database, records: Collection[RecordId]) -> list[AuditLine]:
    """The lines of some records, in the order of the chain; lines of no record are nobody's."""
    wanted = json.dumps([ident for ident in records if ident])
    rows = db.conn.execute(
        "SELECT n, at, user, act, record, outcome, chain FROM audit"
        " WHERE record IN (SELECT value FROM json_each(?)) ORDER BY n",
        (wanted,),
    )
    return [
        AuditLine(n, at, Act(UserId(user), what, RecordId(record), outcome), chain)
        for n, at, user, what, record, outcome, chain in rows
    ]


def verify_audit(db: Database) -> int:
    """Walk the whole chain.

    Returns:
        How many lines there are.

    Raises:
        AuditBroken: A line was altered, removed or put in; the detail is its number.
    """
    previous, count = _FIRST, 0
    for n, *line, chain in db.conn.execute(
        "SELECT n, at, user, act, record, outcome, chain FROM audit ORDER BY n"
    ):
        count += 1
        if n != count or _link(previous, tuple(line)) != chain:
            raise AuditBroken(str(n))
        previous = chain
    return count


def _link(previous: str, line: tuple[str, ...]) -> str:
    return hashlib.sha256("\x1f".join((previous, *line)).encode()).hexdigest()
