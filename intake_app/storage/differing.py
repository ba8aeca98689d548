"""What people differ about in one file: found by an index, however many records there are."""

import json
from collections.abc import Sequence
from typing import Final

from intake_app.domain.ids import RecordId
from intake_app.domain.listing import Row
from intake_app.domain.record import Record
from intake_app.storage.driver import transaction, translated
from intake_app.storage.lists import Lists
from intake_app.storage.rows import load

_RIVALS: Final = (
    "state=0 AND register IS NOT NULL"
    " AND (substr(register,-4)<>',{}]' OR instr(fields,'\"~deleted\":{')>0)"
)
"""As the index `record_rivals` says it, word by word: else SQLite would not use it."""

_FOLDED: Final = "folded"
"""Meta line: the changes up to this position were looked at for acts that contradict."""

_AT_ONCE: Final = 2000


class Differing(Lists):
    """What is asked of a file about differences between stations."""

    def differing(self, limit: int = 500) -> list[Record]:
        """Standing records in which a field has several values, or whose acts contradict.

        Also those that one person took out of all lists while another changed them.
        """
        sql = (
            f"SELECT n FROM record INDEXED BY record_rivals WHERE {_RIVALS}"
            " UNION SELECT n FROM facts INDEXED BY facts_conflict"
            " WHERE status='conflict' AND state=0 ORDER BY n LIMIT ?"
        )
        keys = [n for (n,) in self._all(sql, limit)]
        with translated():
            found = dict(load(self._db, "n", keys)) if keys else {}
        return [found[n] for n in keys]

    def numbers_twice(self, limit: int = 50) -> list[list[Row]]:
        """Intakes that carry one number although they are several."""
        sql = (
            "SELECT number FROM facts INDEXED BY facts_number WHERE kind='intake' AND state=0"
            " AND number<>'' GROUP BY number HAVING count(*)>1 ORDER BY number LIMIT ?"
        )
        tail = "WHERE f.kind='intake' AND f.state=0 AND f.number<>'' AND f.number=? ORDER BY f.n"
        return [self._rows(tail, number) for (number,) in self._all(sql, limit)]

    def taken_elsewhere(self, kind: str, here: str, since: str, limit: int) -> list[Row]:
        """The newest standing lines of a kind that began at another station, since a moment."""
        tail = (
            "WHERE f.kind=? AND f.state=0 AND f.opened>=? AND substr(r.base,18,length(?)+1)<>?||'.'"
            " ORDER BY f.opened DESC, f.n DESC LIMIT ?"
        )
        return self._rows(tail, kind, since, here, here, limit)

    def highest_number(self, beginning: str) -> str:
        """The highest number of an intake that begins so; empty: there is none."""
        sql = (
            "SELECT coalesce(max(number), '') FROM facts INDEXED BY facts_number"
            " WHERE kind='intake' AND state=0 AND number<>'' AND number>=? AND number<?"
        )
        return str(self._all(sql, beginning, f"{beginning}\U0010ffff")[0][0])

    def unfolded(self, kinds: Sequence[str]) -> tuple[list[RecordId], int]:
        """Whose acts came since `folded_through`, from more than one run of numbers.

        Args:
            kinds: Of acts.

        Returns:
            The records that these acts are about, and the position up to which was looked.
        """
        known = self._all("SELECT value FROM meta WHERE name=?", _FOLDED)
        after = int(known[0][0]) if known else 0
        span = "SELECT max(n) FROM (SELECT n FROM change WHERE n>? ORDER BY n LIMIT ?)"
        through = int(self._all(span, after, _AT_ONCE)[0][0] or after)
        sql = (
            "SELECT DISTINCT r.about FROM change c CROSS JOIN record r ON r.id=c.record"
            " WHERE c.n>? AND c.n<=? AND r.about<>'' AND r.state=0"
            " AND r.kind IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM record o"
            " WHERE o.about=r.about AND o.about<>'' AND o.kind=r.kind"
            " AND substr(o.base,18)<>substr(r.base,18))"
        )
        found = self._all(sql, after, through, json.dumps(list(kinds)))
        return [RecordId(ident) for (ident,) in found], through

    def folded_through(self, position: int) -> None:
        """Note that all acts up to a position were looked at."""
        if self._all("SELECT 1 FROM meta WHERE name=? AND value=?", _FOLDED, str(position)):
            return
        with transaction(self._db):
            self._db.conn.execute(
                "INSERT OR REPLACE INTO meta VALUES (?,?)", (_FOLDED, str(position))
            )
