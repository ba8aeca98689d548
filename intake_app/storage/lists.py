"""Lists and search: they read facts rows, never the answers, and never more than is shown."""

import json
from array import array
from collections.abc import Collection, Sequence
from typing import Any, Final

from intake_app.domain.ids import RecordId
from intake_app.domain.likeness import Identity
from intake_app.domain.listing import NOBODY, Row
from intake_app.storage.driver import Database, translated

_ORDERS: Final = {"name": "sort_name, n", "opened": "opened DESC, n DESC"}
_COLUMNS: Final = (
    "f.n, r.id, f.kind, f.about, f.number, f.name, f.born, f.opened, f.pathway, f.program,"
    " f.status, f.language, f.due, f.by, f.person"
)
_SELECT: Final = f"SELECT {_COLUMNS} FROM facts f JOIN record r ON r.n = f.n"


class Lists:
    """What lists ask of a file."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def order(
        self, kind: str, by: str = "name", limit: int = -1, pathway: str = ""
    ) -> Sequence[int]:
        """Position keys of all standing records of a kind, 8 bytes each.

        Args:
            kind: For example "intake".
            by: "name" (alphabetical) or "opened" (newest first).
            limit: The first so many; less than 0: all.
            pathway: Of this pathway only; empty: of all.
        """
        only, said = (" AND pathway=?", (pathway,)) if pathway else ("", ())
        sql = f"SELECT n FROM facts WHERE kind=? AND state=0{only} ORDER BY {_ORDERS[by]} LIMIT ?"
        with translated():
            found = self._db.conn.execute(sql, (kind, *said, limit))
            return array("q", (n for (n,) in found))

    def rows(self, keys: Sequence[int]) -> list[Row]:
        """Lines of a list in the order of the keys; a record purged meanwhile is left out."""
        marks = ",".join("?" * len(keys))
        found = {row.n: row for row in self._rows(f"WHERE f.n IN ({marks}) AND f.state<>2", *keys)}
        return [found[n] for n in keys if n in found]

    def newest(self, kind: str, limit: int = 50, since: str = "") -> list[Row]:
        """The latest lines of a kind, newest first; since a moment, where given."""
        tail = (
            "WHERE f.kind=? AND f.state=0 AND f.opened>=? ORDER BY f.opened DESC, f.n DESC LIMIT ?"
        )
        return self._rows(tail, kind, since, limit)

    def due(self, kind: str, until: str, limit: int = 50, by: str = "") -> list[Row]:
        """Lines that are owed something up to a day (YYYY-MM-DD), the oldest first.

        Args:
            kind: For example "follow_up".
            until: The last day.
            limit: At most so many.
            by: Of one person who is to do it (user id), or `NOBODY`; empty: of all.
        """
        tail = "AND f.state=0 AND f.due<>'' AND f.due<=? ORDER BY f.due, f.n LIMIT ?"
        if by:
            owner = "" if by == NOBODY else by
            return self._rows(f"WHERE f.kind=? AND f.by=? {tail}", kind, owner, until, limit)
        return self._rows(f"WHERE f.kind=? {tail}", kind, until, limit)

    def of_person(self, person: str, kind: str, *, or_hidden: bool = False) -> list[Row]:
        """Standing lines of a kind that are of one person, the oldest first; or hidden ones too."""
        # the "+" keeps SQLite from walking through all of the kind, in the order that is asked for
        tail = (
            "WHERE f.person=? AND f.person<>'' AND +f.kind=? AND +f.state<=?"
            " ORDER BY +f.opened, f.n"
        )
        return self._rows(tail, person, kind, 1 if or_hidden else 0)

    def lines(self, idents: Sequence[str]) -> dict[str, Row]:
        """The lines of some records, hidden ones too, by their ids."""
        wanted = json.dumps(list(idents))
        tail = "WHERE r.id IN (SELECT value FROM json_each(?)) AND f.state<>2"
        return {row.record: row for row in self._rows(tail, wanted)}

    def without(self, kind: str, others: Sequence[str], since: str) -> list[Row]:
        """Standing lines of a kind since a moment that have none of these kinds about them.

        The oldest first.
        """
        lacks = (
            "NOT EXISTS (SELECT 1 FROM record o WHERE o.about = r.id AND o.about <> ''"
            " AND o.kind IN (SELECT value FROM json_each(?)) AND o.state=0)"
        )
        tail = f"WHERE f.kind=? AND f.state=0 AND f.opened>=? AND {lacks} ORDER BY f.opened, f.n"
        return self._rows(tail, kind, since, json.dumps(list(others)))

    def next_due(self, abouts: Sequence[str], kind: str) -> dict[str, str]:
        """The next day (YYYY-MM-DD) on which something about some records is due, by their ids."""
        sql = (
            "SELECT r.about, MIN(f.due) FROM json_each(?) w"
            " CROSS JOIN record r ON r.about = w.value"  # in this order: never from the kind
            " CROSS JOIN facts f ON f.n = r.n"
            " WHERE r.about<>'' AND r.kind=? AND f.state=0 AND f.due<>'' GROUP BY r.about"
        )
        return dict(self._all(sql, json.dumps(list(abouts)), kind))

    def kinds_about(self, abouts: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many standing records of each kind are about some records, by their ids."""
        sql = (
            "SELECT r.about, r.kind, COUNT(*) FROM json_each(?) w JOIN record r"
            " ON r.about = w.value WHERE r.about<>'' AND r.state=0 GROUP BY r.about, r.kind"
        )
        found: dict[str, dict[str, int]] = {}
        for about, kind, count in self._all(sql, json.dumps(list(abouts))):
            found.setdefault(about, {})[kind] = count
        return found

    def find(self, text: str, kind: str, limit: int = 50) -> list[Row]:
        """Lines in which each typed word begins a word; newest first."""
        # FTS5 ends at a NUL, and half a character of UTF-16 is none; a paste can bring both
        plain = text.replace("\0", " ").encode(errors="replace").decode()
        query = " ".join('"' + word.replace('"', '""') + '"*' for word in plain.split())
        if not query:
            return []
        keys = self._all(
            "SELECT s.rowid FROM search s JOIN facts f ON f.n = s.rowid WHERE search MATCH ?"
            " AND f.kind=? AND f.state=0 ORDER BY s.rowid DESC LIMIT ?",
            query,
            kind,
            limit,
        )
        return self.rows([n for (n,) in keys])

    def alike(
        self, keys: Collection[str], kind: str, limit: int = 500
    ) -> list[tuple[RecordId, Identity]]:
        """Standing records of a kind that share a key of `domain.likeness`; newest first."""
        if not keys:
            return []
        query = " OR ".join(f'"{key}"' for key in sorted(keys))
        sql = (
            "SELECT r.id, l.identity FROM likeness l JOIN facts f ON f.n = l.rowid"
            " JOIN record r ON r.n = l.rowid WHERE likeness MATCH ? AND f.kind=? AND f.state=0"
            " ORDER BY l.rowid DESC LIMIT ?"
        )
        found = self._all(sql, query, kind, limit)
        return [(RecordId(ident), Identity.from_line(line)) for ident, line in found]

    def counts(self, kinds: Sequence[str]) -> dict[str, int]:
        """How many standing records there are of some kinds."""
        sql = "SELECT count(*) FROM facts WHERE kind=? AND state=0"
        return {kind: int(self._all(sql, kind)[0][0]) for kind in kinds}

    def _rows(self, tail: str, *args: object) -> list[Row]:
        return [
            Row(n, RecordId(i), kind, RecordId(about), *texts)
            for n, i, kind, about, *texts in self._all(f"{_SELECT} {tail}", *args)
        ]

    def _all(self, sql: str, *args: object) -> list[tuple[Any, ...]]:
        with translated():
            return self._db.conn.execute(sql, args).fetchall()
