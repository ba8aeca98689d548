"""The audit trail of one open file, as its overseers see it: walked, read on, archived, cut off.

Fits `services.needs.audit.Trail`. It never shows what stands in a record; of whom a line tells is
answered as `Identity`, to be compared where the key is.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Final

from intake_app.domain.act import Act, AuditLine
from intake_app.domain.audit_trail import BEGINNING, Place, follow
from intake_app.domain.clock import stamp
from intake_app.domain.errors import AuditBroken
from intake_app.domain.ids import Epoch, RecordId, StationId
from intake_app.domain.likeness import NOBODY, Identity, identity_of
from intake_app.storage.audit import ANCHOR, anchor_of, append_audit, head_of, lines_after
from intake_app.storage.compartment import Compartment
from intake_app.storage.driver import transaction, translated
from intake_app.storage.rows import load

_STEP: Final = 2_000
"""Lines between two looks at whether somebody waits."""

_DEEPEST: Final = 8
"""How far what belongs to a record is followed up to it."""


class Trail:
    """The chain of one file.

    Args:
        file: The open file.
    """

    def __init__(self, file: Compartment) -> None:
        self._file, self._db = file, file.database

    @property
    def station(self) -> StationId:
        """Which station's file it is."""
        return self._file.station

    @property
    def epoch(self) -> Epoch:
        """Its run of numbers; another one begins when a backup was put back."""
        return self._file.epoch

    def anchor(self) -> Place:
        """Where the chain that is left begins; the beginning, where nothing was cut off."""
        with translated():
            return anchor_of(self._db)

    def head(self) -> Place:
        """Where the chain ends."""
        with translated():
            return head_of(self._db)

    def place(self, n: int) -> Place | None:
        """The place of a line; None: there is no such line, or it was cut off."""
        begin = self.anchor()
        if n == begin.n:
            return begin
        found = self.after(n - 1, 1)
        return Place(n, found[0].chain) if found and found[0].n == n else None

    def after(self, n: int, most: int = -1) -> list[AuditLine]:
        """Lines after a number, in the order of the chain; all of them, or so many."""
        with translated():
            return lines_after(self._db, n, most)

    def heads(self) -> Iterator[str]:
        """What each place of the chain is called (SHA-256, hex), the newest first."""
        with translated():
            yield from (row[0] for row in self._db.conn.execute(
                "SELECT chain FROM audit ORDER BY n DESC"
            ))  # fmt: skip
            yield anchor_of(self._db).chain

    def walk(self, begin: Place, is_wanted: Callable[[], bool] = lambda: False) -> Place | None:
        """Walk the chain from a place to its end.

        Args:
            begin: A place that is known to be good.
            is_wanted: Asked now and then: whether somebody waits.

        Returns:
            Where it ends; None: somebody waits, and it was not walked to its end.

        Raises:
            AuditBroken: A line does not fit, or the place is not there any more.
        """
        here = self.anchor() if begin == BEGINNING else begin
        if self.place(here.n) != here:
            raise AuditBroken(str(here.n))
        while lines := self.after(here.n, _STEP):
            if is_wanted():
                return None
            here = follow(here, lines)
        return here

    def note(self, name: str) -> str:
        """A line about the file itself; empty where there is none."""
        return self._file.meta(name)

    def set_note(self, name: str, value: str) -> None:
        """Write a line about the file itself; durable."""
        self._file.set_meta(name, value)

    def older_than(self, at: str) -> Place | None:
        """The last of the lines, counted from the first, that are older than a moment (`stamp`).

        A clock that went wrong in between ends it: what came after stays.
        """
        day = at[:10]
        with translated():
            sql = "SELECT min(n) FROM audit WHERE substr(at, 1, 10) >= ?"
            newer = self._db.conn.execute(sql, (day,)).fetchone()[0]
        last = self.head().n if newer is None else int(newer) - 1
        return self.place(last) if last > self.anchor().n else None

    def cut(self, through: Place, act: Act) -> None:
        """Take lines up to a place away; the chain goes on from there, and says so.

        They must lie safely elsewhere before.

        Raises:
            AuditBroken: The place is not there.
        """
        if through.n <= self.anchor().n or self.place(through.n) != through:
            raise AuditBroken(str(through.n))
        with transaction(self._db):
            told = f"{through.text} {stamp(self._file.clock)}"
            self._db.conn.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (ANCHOR, told))
            self._db.conn.execute("DELETE FROM audit WHERE n<=?", (through.n,))
            append_audit(self._db, self._file.clock, act)

    def people_of(self, records: Collection[RecordId]) -> dict[RecordId, Identity]:
        """Who some records are about, themselves or through what they belong to."""
        found: dict[RecordId, Identity] = {}
        for ident in records:
            who = self._person_of(ident)
            if who != NOBODY:
                found[ident] = who
        return found

    def _person_of(self, ident: RecordId) -> Identity:
        for _ in range(_DEEPEST):
            with translated():
                record = next((r for _, r in load(self._db, "id", [ident])), None)
            if record is None:
                return NOBODY
            who = identity_of(record)
            if who != NOBODY or not record.about:
                return who
            ident = record.about
        return NOBODY
