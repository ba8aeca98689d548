"""Journeys beside the records of one file: kept, thrown away, read. Fits `JourneyFile`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from heapq import merge
from operator import itemgetter
from typing import Any, Final

from intake_app.domain.figure import Figure, Place
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.kin import Kin
from intake_app.domain.measure import Question
from intake_app.storage import measuring
from intake_app.storage.compartment import Compartment
from intake_app.storage.driver import transaction, translated
from intake_app.storage.together import Together, drop

_JOURNEYED: Final = "journeyed"
_WALKED: Final = "journeys walked"
"""The last record that was looked at, while all are made anew; not there otherwise."""

_OWN: Final = "AND +kind IN ('intake','offer','statistic','event') AND about='' AND state<>2"
_CHANGES: Final = "SELECT count(*) FROM change WHERE n>?"
_MADE_WITH: Final = "journeys of"
_LACKS: Final = "journeys lack"
_UNTIL: Final = "journeys until"
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

    # --- how far they are made ----------------------------------------------------------------

    def made_with(self) -> tuple[str, str]:
        """Of which forms and cuts (a digest), and until which day, they were made."""
        return self._file.meta(_MADE_WITH), self._file.meta(_UNTIL)

    def left(self) -> int:
        """How many records, or changes to some, were not looked at yet."""
        walked = self._file.meta(_WALKED)
        sql = f"SELECT count(*) FROM record WHERE n>? {_OWN}" if walked else _CHANGES
        with translated():
            return int(self._db.conn.execute(sql, (int(walked or self._last()),)).fetchone()[0])

    def changed(self, most: int) -> tuple[list[RecordId], int]:
        """Records that were written since journeys were last kept, and how far that looks.

        Where all are made anew, one record after the other comes first: its many changes would
        have it made many times.
        """
        if walked := self._file.meta(_WALKED):
            sql = f"SELECT n, id FROM record WHERE n>? {_OWN} ORDER BY n LIMIT ?"
            with translated():
                rows = self._db.conn.execute(sql, (int(walked), most)).fetchall()
            if rows:
                return [RecordId(ident) for _, ident in rows], -int(rows[-1][0])
            with transaction(self._db):
                self._db.conn.execute("DELETE FROM meta WHERE name=?", (_WALKED,))
        sql = "SELECT n, record FROM change WHERE n>? ORDER BY n LIMIT ?"
        with translated():
            found = self._db.conn.execute(sql, (self._last(), most)).fetchall()
            owed = self._db.conn.execute("SELECT record FROM journey_owed").fetchall()
        named = (*(record for (record,) in owed), *(record for _, record in found))
        records = dict.fromkeys(RecordId(record) for record in named)
        return list(records), found[-1][0] if found else self._last()

    def visits_since(self, day: str, today: str) -> list[RecordId]:
        """Intakes with a visit that was to come on that day, and whose day has passed today."""
        sql = (
            "SELECT DISTINCT intake FROM journey WHERE visit_on<>'' AND visit_on>=? AND visit_on<?"
        )
        with translated():
            return [RecordId(one) for (one,) in self._db.conn.execute(sql, (day, today))]

    def unasked(self, opened_until: str, days: int, most: int) -> list[RecordId]:
        """Intakes that took part and of whom nobody has said whether they were arrested again."""
        sql = (
            "SELECT record FROM journey WHERE subject='intake' AND opened_on<=? AND accepted_on<>''"
            " AND rearrested_on='' AND rearrest_asked_on<date(opened_on, ?)"
            " AND overdose_fatal_on='' AND outcome<>'deceased' ORDER BY opened_on, n LIMIT ?"
        )
        args = (opened_until, f"+{days} days", most)
        with translated():
            return [RecordId(one) for (one,) in self._db.conn.execute(sql, args)]

    def kin(self, records: Collection[RecordId]) -> tuple[list[Kin], set[RecordId]]:
        """What stands alone and some records belong to, with all that decides about it."""
        with translated():
            return Together(self._db).of(records)

    def keep(self, made: Sequence[Journey], of: Collection[RecordId], through: int | None) -> None:
        """Put journeys in the place of all that were made of some intakes, and note how far."""
        with transaction(self._db):
            drop(self._db, {*of, *(one.intake for one in made)})
            for one in made:
                self._put(one)
            gone = [(ident,) for ident in of]
            self._db.conn.executemany("DELETE FROM journey_owed WHERE record=?", gone)
            if through is not None:
                self._note(_WALKED if through < 0 else _JOURNEYED, str(abs(through)))

    def forget(self, made_with: str) -> None:
        """Throw all journeys away, to be made anew with other forms or cuts."""
        with transaction(self._db):
            for statement in (
                "DELETE FROM trait", "DELETE FROM journey", "DELETE FROM journey_owed",
            ):  # fmt: skip
                self._db.conn.execute(statement)
            top = self._db.conn.execute("SELECT coalesce(max(n), 0) FROM change").fetchone()[0]
            self._note(_JOURNEYED, str(top))
            self._note(_WALKED, "0")
            self._note(_MADE_WITH, made_with)
            self._note(_UNTIL, "")
            self._note(_LACKS, "")

    def until(self, day: str) -> None:
        """Note the day until which all is as it should be."""
        with transaction(self._db):
            self._note(_UNTIL, day)

    def lacks(self) -> str:
        """What was noted with `lack`; empty where nothing was, or all was made anew since."""
        return self._file.meta(_LACKS)

    def lack(self, forms: str) -> None:
        """Note that texts of forms were missing, and how many forms were known then."""
        with transaction(self._db):
            self._note(_LACKS, forms)

    # --- reading ------------------------------------------------------------------------------

    def each(self, since: str, until: str) -> Iterator[Journey]:
        """Journeys opened in a period (both days included) with their traits, oldest first."""
        walks = (self._walk(subject, since, until) for subject in Subject)
        for _, _, journey in merge(*walks, key=itemgetter(0, 1)):
            yield journey

    def _walk(self, subject: Subject, since: str, until: str) -> Iterator[tuple[str, int, Journey]]:
        """Of one subject, as the index has them: day, place in the file, journey.

        Without the subject each batch would look through all journeys again: minutes for a hundred
        thousand. Where a batch begins, the index knows by the day alone.
        """
        sql = (
            f"SELECT n, {_COLUMNS} FROM journey WHERE subject=? AND opened_on BETWEEN ? AND ?"
            " AND (opened_on, n) > (?, ?) ORDER BY opened_on, n LIMIT ?"
        )
        after: tuple[str, int] = ("", 0)
        while True:
            asked = (subject, after[0] or since, until, *after, _AT_ONCE)
            with translated():
                rows = self._db.conn.execute(sql, asked).fetchall()
                traits = self._traits([row[0] for row in rows])
            for n, *values in rows:
                named: dict[str, Any] = dict(zip(_NAMES, values, strict=True))
                named["subject"] = subject
                after = named["opened_on"], n
                yield *after, Journey(**named, traits=traits.get(n, {}))
            if len(rows) < _AT_ONCE:
                return

    def ask(self, question: Question) -> Figure:
        """Compute a measure."""
        return measuring.ask(self._db, question)

    def ask_all(self, questions: Sequence[Question]) -> list[Figure]:
        """Compute several measures, those without cuts in one pass."""
        return measuring.ask_all(self._db, questions)

    def behind(self, question: Question, place: Place, most: int) -> list[RecordId]:
        """The records behind one place of a measure's table, newest first."""
        return measuring.behind(self._db, question, place, most)

    def in_numerator(self, question: Question, records: Collection[RecordId]) -> set[RecordId]:
        """Which of some records count in the numerator."""
        return measuring.in_numerator(self._db, question, records)

    # --- inside -----------------------------------------------------------------------------

    def _last(self) -> int:
        return int(self._file.meta(_JOURNEYED) or 0)

    def _note(self, name: str, value: str) -> None:
        self._db.conn.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (name, value))

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
