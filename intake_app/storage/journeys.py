"""Journeys beside the records of one file: kept, thrown away, read. Fits `JourneyFile`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

from intake_app.domain.figure import Figure, Place
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.measure import Question
from intake_app.storage.compartment import Compartment
from intake_app.storage.driver import transaction, translated

_JOURNEYED: Final = "journeyed"
_NAMES: Final = tuple(one.name for one in fields(Journey) if one.name != "traits")
_COLUMNS: Final = ", ".join(f'"{name}"' for name in _NAMES)
_AT_ONCE: Final = 500


class Journeys:
    """The journeys of one file.

    Args:
        file: The open file.
    """

    def __init__(self, file: Compartment) -> None:
        self._file, self._db = file, file.database

    def changed(self, most: int) -> tuple[list[RecordId], int]:
        """Records that were written since journeys were last kept, and how far that looks."""
        last = int(self._file.meta(_JOURNEYED) or 0)
        sql = "SELECT n, record FROM change WHERE n>? ORDER BY n LIMIT ?"
        with translated():
            found = self._db.conn.execute(sql, (last, most)).fetchall()
        records = dict.fromkeys(RecordId(record) for _, record in found)
        return list(records), found[-1][0] if found else last

    def keep(self, made: Sequence[Journey], gone: Collection[RecordId], through: int) -> None:
        """Replace journeys, drop those of records that are gone, and note how far it looked."""
        with transaction(self._db):
            for ident in (*gone, *(one.record for one in made)):
                self._drop(ident)
            for one in made:
                self._put(one)
            self._db.conn.execute(
                "INSERT OR REPLACE INTO meta VALUES (?,?)", (_JOURNEYED, str(through))
            )

    def forget(self) -> None:
        """Throw all journeys away, to be made anew."""
        with transaction(self._db):
            for statement in ("DELETE FROM trait", "DELETE FROM journey"):
                self._db.conn.execute(statement)
            self._db.conn.execute("INSERT OR REPLACE INTO meta VALUES (?,'0')", (_JOURNEYED,))

    def each(self, since: str, until: str) -> Iterator[Journey]:
        """Journeys opened in a period (both days included) with their traits, oldest first."""
        sql = (
            f"SELECT n, {_COLUMNS} FROM journey WHERE opened_on BETWEEN ? AND ?"
            " AND (opened_on, n) > (?, ?) ORDER BY opened_on, n LIMIT ?"
        )
        after: tuple[str, int] = ("", 0)
        while True:
            with translated():
                rows = self._db.conn.execute(sql, (since, until, *after, _AT_ONCE)).fetchall()
                traits = self._traits([row[0] for row in rows])
            for n, *values in rows:
                named: dict[str, Any] = dict(zip(_NAMES, values, strict=True))
                named["subject"] = Subject(named["subject"])
                yield Journey(**named, traits=traits.get(n, {}))
            if len(rows) < _AT_ONCE:
                return
            after = (rows[-1][1 + _NAMES.index("opened_on")], rows[-1][0])

    def ask(self, question: Question) -> Figure:
        """Compute a measure."""
        raise NotImplementedError

    def behind(self, question: Question, place: Place, most: int) -> list[RecordId]:
        """The records behind one place of a measure's table, newest first."""
        raise NotImplementedError

    def in_numerator(self, question: Question, records: Collection[RecordId]) -> set[RecordId]:
        """Which of some records count in the numerator."""
        raise NotImplementedError

    # --- inside -----------------------------------------------------------------------------

    def _drop(self, ident: RecordId) -> None:
        mine = "(SELECT n FROM journey WHERE record=?)"
        self._db.conn.execute(f"DELETE FROM trait WHERE journey IN {mine}", (ident,))
        self._db.conn.execute("DELETE FROM journey WHERE record=?", (ident,))

    def _put(self, one: Journey) -> None:
        marks = ",".join("?" * len(_NAMES))
        values = [getattr(one, name) for name in _NAMES]
        cursor = self._db.conn.execute(f"INSERT INTO journey ({_COLUMNS}) VALUES ({marks})", values)
        rows = [
            (cut, cursor.lastrowid, code) for cut, codes in one.traits.items() for code in codes
        ]
        self._db.conn.executemany("INSERT OR IGNORE INTO trait VALUES (?,?,?)", rows)

    def _traits(self, keys: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
        marks = ",".join("?" * len(keys))
        sql = f"SELECT journey, cut, code FROM trait WHERE journey IN ({marks}) ORDER BY 1, 2, 3"
        found: dict[int, dict[str, tuple[str, ...]]] = {}
        for n, cut, code in self._db.conn.execute(sql, keys):
            mine = found.setdefault(n, {})
            mine[cut] = (*mine.get(cut, ()), code)
        return found
