"""Sealed drafts in the `station` file. A draft is no record yet: no change, no audit line."""

from intake_app.domain.draft import DraftEntry
from intake_app.domain.ids import RecordId, UserId
from intake_app.storage.driver import Database, transaction, translated

_COLUMNS = "id, author, pathway, started, saved, keys, body, submitted"


class Drafts:
    """Keeps what the vault has sealed; it cannot read any of it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, entry: DraftEntry) -> None:
        """Write or overwrite, durably."""
        sql = (
            f"INSERT INTO draft ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?)"
            " ON CONFLICT (id) DO UPDATE SET author=excluded.author, saved=excluded.saved,"
            " keys=excluded.keys, body=excluded.body"
        )
        row = (entry.id, entry.author, entry.pathway, entry.started, entry.saved, entry.keys)
        with translated():  # one statement is a transaction of its own
            self._db.conn.execute(sql, (*row, entry.body, entry.submitted))

    def mark_submitted(self, ident: RecordId, at: str) -> None:
        """Note that a draft was handed in; the first time counts, and it is never taken back."""
        sql = "UPDATE draft SET submitted=? WHERE id=? AND submitted=''"
        with translated():
            self._db.conn.execute(sql, (at, ident))

    def get(self, ident: RecordId) -> DraftEntry | None:
        """One draft."""
        return next(iter(self._select("WHERE id=?", ident)), None)

    def all(self) -> list[DraftEntry]:
        """All drafts, oldest first."""
        return self._select("ORDER BY started, id")

    def remove(self, ident: RecordId) -> None:
        """Forget a draft, its papers too."""
        with transaction(self._db):
            self._db.conn.execute("DELETE FROM draft WHERE id=?", (ident,))

    def put_paper(self, draft: RecordId, ident: RecordId, body: bytes) -> None:
        """Keep a sealed paper that was issued from a draft."""
        with transaction(self._db):
            insert = "INSERT INTO draft_paper (id, draft, body) VALUES (?,?,?)"
            self._db.conn.execute(insert, (ident, draft, body))

    def papers(self, draft: RecordId) -> list[tuple[RecordId, bytes]]:
        """The sealed papers of a draft, oldest first."""
        sql = "SELECT id, body FROM draft_paper WHERE draft=? ORDER BY rowid"
        with translated():
            rows = self._db.conn.execute(sql, (draft,)).fetchall()
        return [(RecordId(ident), bytes(body)) for ident, body in rows]

    def _select(self, tail: str, *args: str) -> list[DraftEntry]:
        with translated():
            rows = self._db.conn.execute(f"SELECT {_COLUMNS} FROM draft {tail}", args).fetchall()
        return [
            DraftEntry(RecordId(i), UserId(by), pathway, started, saved, keys, bytes(body), at)
            for i, by, pathway, started, saved, keys, body, at in rows
        ]
