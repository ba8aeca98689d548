"""By what a record is found: words of the search, and keys of likeness. Part of the door.

Only `apply` calls what stands here; both are made of the record alone, so that every station makes
the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.facts import words_of
from intake_app.domain.likeness import NOBODY, VERSION, Identity, identity_of, kept_keys
from intake_app.domain.record import Record
from intake_app.storage.driver import Database, transaction
from intake_app.storage.rows import LIVE, load, state_of

_BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """By what one record is found.

    Attributes:
        words: Of the search; empty: not found at all.
        who: The person that it says it is about.
    """

    words: str = field(default="", repr=False)
    who: Identity = field(default=NOBODY, repr=False)


NOT_FOUND: Final = Found()


def found_by(record: Record) -> Found:
    """By what a record is found as it stands; hidden and purged ones by nothing."""
    if state_of(record) != LIVE:
        return NOT_FOUND
    return Found(words_of(record), identity_of(record))


def save_finding(db: Database, moved: Sequence[tuple[int, Found, Found]]) -> None:
    """Bring both indexes up to date, inside the transaction that is open.

    Args:
        db: One encrypted file.
        moved: Position key of a record, by what it was found before, and by what now.
    """
    unindex = [(n,) for n, old, new in moved if old.words and old.words != new.words]
    index = [(n, new.words) for n, old, new in moved if new.words and old.words != new.words]
    if unindex:
        db.conn.executemany("DELETE FROM search WHERE rowid=?", unindex)
    if index:
        db.conn.executemany("INSERT INTO search (rowid, words) VALUES (?,?)", index)
    others = [(n, old.who, new.who) for n, old, new in moved if old.who != new.who]
    gone = [(n,) for n, old, _ in others if old is not NOBODY and kept_keys(old)]
    if gone:
        db.conn.executemany("DELETE FROM likeness WHERE rowid=?", gone)
    _insert_likeness(db, ((n, new) for n, _, new in others))


def _insert_likeness(db: Database, people: Iterable[tuple[int, Identity]]) -> None:
    kept = ((n, " ".join(sorted(kept_keys(who))), who) for n, who in people if who is not NOBODY)
    rows = [(n, keys, who.line) for n, keys, who in kept if keys]
    if rows:
        db.conn.executemany("INSERT INTO likeness (rowid, keys, identity) VALUES (?,?,?)", rows)


def keep_likeness(db: Database) -> None:
    """Fill the keys of likeness anew, where another version of them is kept, or none yet."""
    found = db.conn.execute("SELECT value FROM meta WHERE name='likeness'").fetchone()
    if found == (VERSION,):
        return
    with transaction(db):
        db.conn.execute("DELETE FROM likeness")
        last = 0
        while ns := _next_live(db, last):
            people = ((n, found_by(record).who) for n, record in load(db, "n", ns))
            _insert_likeness(db, people)
            last = ns[-1]
        db.conn.execute("INSERT OR REPLACE INTO meta VALUES ('likeness', ?)", (VERSION,))


def _next_live(db: Database, after: int) -> list[int]:
    sql = "SELECT n FROM facts WHERE n>? AND state=0 AND pathway<>'' ORDER BY n LIMIT ?"
    return [n for (n,) in db.conn.execute(sql, (after, _BATCH))]
