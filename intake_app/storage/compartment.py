"""One encrypted file of records. `station`, `care`, `cases` and `sealed` are four of the same.

Writing goes through `apply`; what stands here reads, reserves serial numbers, and opens.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from intake_app.domain.act import Act
from intake_app.domain.change import Change, change_id, clock_of
from intake_app.domain.clock import Clock, StationClock
from intake_app.domain.ids import ChangeId, Epoch, RecordId, StationId
from intake_app.domain.record import Record
from intake_app.storage.apply import apply
from intake_app.storage.audit import append_audit
from intake_app.storage.driver import Database, create, open_existing, transaction, translated
from intake_app.storage.finding import keep_likeness
from intake_app.storage.health import Health
from intake_app.storage.rows import load
from intake_app.storage.schema import migrate


class Compartment(Health):
    """The records of one file, for one process and one thread."""

    def __init__(self, db: Database, clock: Clock) -> None:
        super().__init__(db)
        self._clock = clock
        self.station = StationId(self.meta("station"))
        self.epoch = Epoch(self.meta("epoch"))
        self._ticks = StationClock(clock, self._last_clock())

    @classmethod
    def create(
        cls, path: Path, key: bytes, clock: Clock, station: StationId, epoch: Epoch
    ) -> "Compartment":
        """Make a new, empty file.

        Raises:
            FileExistsError: There is one already.
        """
        db = create(path, key)
        migrate(db)
        with transaction(db):
            rows = [("station", station), ("epoch", epoch)]
            db.conn.executemany("INSERT INTO meta VALUES (?,?)", rows)
        keep_likeness(db)
        return cls(db, clock)

    @classmethod
    def open(cls, path: Path, key: bytes, clock: Clock) -> "Compartment":
        """Open an existing file; never makes one.

        Raises:
            StoreMissing: No file, or an empty one.
            WrongKey: Another key.
            Damaged: It cannot be read.
            StoreTooNew: A newer program has written it.
        """
        db = open_existing(path, key)
        try:
            migrate(db)
            keep_likeness(db)
            return cls(db, clock)
        except BaseException:
            db.conn.close()
            raise

    def close(self) -> None:
        """Let go of the file. The write-ahead log is folded in by SQLite."""
        self._db.conn.close()

    @property
    def database(self) -> Database:
        """The file itself, for the neighbors in `storage`."""
        return self._db

    @property
    def clock(self) -> Clock:
        """What its audit lines are timed by."""
        return self._clock

    # --- writing --------------------------------------------------------------------------

    def stamp(self) -> ChangeId:
        """The id of a new change here."""
        return change_id(self._ticks.tick(), self.station, self.epoch)

    def apply(
        self, changes: Iterable[Change], act: Act, blobs: Mapping[str, bytes] | None = None
    ) -> int:
        """The one door for writes; see `storage.apply`."""
        return apply(self._db, self._clock, changes, act, blobs)

    def begin_epoch(self, epoch: Epoch) -> None:
        """New changes belong to this epoch from now on; its numbers begin with the clock."""
        self.set_meta("epoch", epoch)
        self.epoch = epoch
        self._ticks = StationClock(self._clock, self._last_clock())

    def note(self, act: Act) -> None:
        """Write an audit line for an act that changes nothing: reading, printing, saving."""
        with transaction(self._db):
            append_audit(self._db, self._clock, act)

    def next_serial(self, series: str, count: int = 1, above: int = 0) -> int:
        """Reserve the next serial numbers of a series; never given twice, even after a kill.

        Args:
            series: Name.
            count: How many.
            above: A number that is known to be taken; where this file was restored from an older
                copy, it may not know that itself.

        Returns:
            The first of them.
        """
        upsert = (
            "INSERT INTO serial VALUES (?1, ?2 + ?3) ON CONFLICT (series)"
            " DO UPDATE SET last = max(last, ?3) + ?2 RETURNING last - ?2 + 1"
        )
        with transaction(self._db):
            return int(self._db.conn.execute(upsert, (series, count, above)).fetchone()[0])

    # --- one record -----------------------------------------------------------------------

    def record(self, ident: RecordId) -> Record | None:
        """One record with its register."""
        with translated():
            return next((r for _, r in load(self._db, "id", [ident])), None)

    def about(self, ident: RecordId, kind: str = "") -> list[Record]:
        """The standing records that belong to another, oldest first; of one kind, where given."""
        where, args = ("AND kind=?", (ident, kind)) if kind else ("", (ident,))
        # the second term says nothing new, except that the index on `about` may be used
        return self._standing(f"about=? AND about<>'' {where}", args)

    def of_kind(self, kind: str) -> list[Record]:
        """All standing records of a kind, oldest first."""
        return self._standing("kind=?", (kind,))

    def history(self, ident: RecordId) -> list[Change]:
        """All changes of a record by their claimed time, oldest first."""
        rows = self._all("SELECT body FROM change WHERE record=? AND body IS NOT NULL", ident)
        return sorted((Change.from_line(body) for (body,) in rows), key=lambda change: change.id)

    def blob(self, sha256: str) -> bytes | None:
        """Archived bytes, by their hash."""
        rows = self._all("SELECT body FROM blob WHERE sha256=?", sha256)
        return bytes(rows[0][0]) if rows else None

    def meta(self, name: str) -> str:
        """A line about the file itself; empty where there is none."""
        rows = self._all("SELECT value FROM meta WHERE name=?", name)
        return str(rows[0][0]) if rows else ""

    def set_meta(self, name: str, value: str) -> None:
        """Write a line about the file itself (keys that lie inside, the pinned registry head)."""
        with transaction(self._db):
            self._db.conn.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (name, value))

    def leave_no_older(self) -> None:
        """Bring what was written into the file itself: what it replaced lies nowhere any more."""
        with translated():
            self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _standing(self, where: str, args: tuple[str, ...]) -> list[Record]:
        keys = self._all(f"SELECT n FROM record WHERE {where} AND state=0 ORDER BY n", *args)
        with translated():
            found = dict(load(self._db, "n", [n for (n,) in keys])) if keys else {}
        return sorted((found[n] for (n,) in keys), key=_began)

    def _last_clock(self) -> int:
        own = f"*.{self.station}.{self.epoch}"  # other epochs are other runs of numbers
        rows = self._all("SELECT id FROM change WHERE id GLOB ? ORDER BY id DESC LIMIT 1", own)
        return clock_of(ChangeId(rows[0][0])) if rows else 0


def _began(record: Record) -> ChangeId:
    """Oldest first is by claimed time: what one act wrote lies in the file in no order."""
    return record.base
