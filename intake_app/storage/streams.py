"""The exchange's side of one encrypted file: what leaves it in numbered bundles, what comes in.

Fits `exchange.needs.ExchangeFile`. Each method that writes is one transaction, so a kill at any
moment leaves the file before it or after it; said again, everything is harmless.
"""

import gc
from array import array
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Final

from intake_app.domain.act import Act
from intake_app.domain.errors import BadChange
from intake_app.domain.exchange import MAY_PASS, QUIET, Stream, Taken
from intake_app.domain.ids import Epoch, UserId
from intake_app.storage import change_log
from intake_app.storage.apply import deliver
from intake_app.storage.archive import named_in
from intake_app.storage.compartment import Compartment
from intake_app.storage.driver import roomy, transaction, translated
from intake_app.storage.lines import Delivery, blob_line, gone_line, is_blob, last_change
from intake_app.storage.trail import Trail

SNAPSHOT: Final = "snapshot/0"
"""The stream of changes that a snapshot brought; which bundles they were in, it does not say."""

_PARTS: Final = "snapshot parts"
_LAST: Final = "snapshot last"  # its archived bytes may come with the next part


class Streams:  # noqa: PLR0904 (one file, one protocol)
    """One open encrypted file, as the exchange sees it.

    Args:
        file: The file.
        is_author: Whether the registry ever named a user, or it is a recovery key.
    """

    def __init__(self, file: Compartment, is_author: Callable[[UserId], bool]) -> None:
        self._file, self._db, self._is_author = file, file.database, is_author

    @property
    def epoch(self) -> Epoch:
        """The epoch in which new changes are written here."""
        return self._file.epoch

    def begin_epoch(self, epoch: Epoch) -> None:
        """New changes belong to this epoch from now on.

        What was cut in the epoch before, and is not known to lie in a bundle, goes in this one.
        """
        with transaction(self._db):
            change_log.renew(self._db, 0)
        self._file.begin_epoch(epoch)

    # --- what goes ------------------------------------------------------------------------

    def waiting(self) -> int:
        """How many changes no bundle has taken yet, but those that cause none (`QUIET`)."""
        marks = ",".join("?" * len(QUIET))
        return self._number(
            "SELECT count(*) FROM change WHERE bundle=0"
            f" AND record NOT IN (SELECT id FROM record WHERE kind IN ({marks}))",
            *QUIET,
        )

    def cut(self, stream: Stream, n: int, most: int) -> list[bytes]:
        """Give a bundle's number to the oldest waiting changes, and return its lines.

        Args:
            stream: This station's own, in its present epoch.
            n: Number of the bundle.
            most: Bytes of lines after which no further change is taken (at least one is).

        Raises:
            BadChange: This bundle was sealed before; nothing may be added to it.
        """
        if n <= self.sealed_through(stream):
            raise BadChange
        with transaction(self._db):
            lines = list(self._lines(change_log.cut(self._db, stream.name, n, most)))
        return sorted(lines, key=is_blob)

    def sealed(self, stream: Stream, n: int) -> None:
        """Bundle n lies durably in the tray and has these lines: they need not go again."""
        upsert = (
            "INSERT INTO stream VALUES (?1, ?2, ?2) ON CONFLICT (name) DO UPDATE"
            " SET applied=max(applied, ?2), sealed=max(sealed, ?2)"
        )
        with transaction(self._db):
            self._db.conn.execute(upsert, (stream.name, n))
            self._db.conn.execute("DELETE FROM cut WHERE bundle<=?", (n,))

    def sealed_through(self, stream: Stream) -> int:
        """The last own bundle for which `sealed` was called here; 0: none."""
        return self._number("SELECT sealed FROM stream WHERE name=?", stream.name)

    def renew_waiting(self, stream: Stream) -> int:
        """What was cut under a number above `sealed_through` waits again; how many."""
        with transaction(self._db):
            return change_log.renew(self._db, self.sealed_through(stream))

    def renew_from(self, stream: Stream, first: int) -> int:
        """What own bundles from a number on took waits again; how many. They are to come anew.

        Another copy of this profile has written other bundles under these numbers.
        """
        with transaction(self._db):
            change_log.forget_from(self._db, stream.name, first)
            return change_log.send_again(self._db, stream.name, first)

    def send_again(self, stream: Stream, first: int) -> int:
        """What bundles of an own stream from a number on brought waits again; how many.

        Two copies of this profile wrote them: others may have taken either's.
        """
        with transaction(self._db):
            return change_log.send_again(self._db, stream.name, first)

    # --- what comes -----------------------------------------------------------------------

    def applied(self) -> dict[str, int]:
        """Per stream (name), the number up to which everything is merged here."""
        with translated():
            return dict(self._db.conn.execute("SELECT name, applied FROM stream WHERE applied>0"))

    def take(self, stream: Stream, n: int, lines: Sequence[bytes], act: Act) -> Taken:
        """Merge the lines of bundle n and note it as applied, in one transaction.

        Raises:
            BadChange: `n` leaves a gap. Nothing was written.
            DiskFull: Nothing was written.
        """
        if not self._is_next(stream, n):
            return Taken()
        brought = self._read(stream.name, n, lines)
        brought.applied = {stream.name: n}
        return self._deliver([brought], act)

    def skip(self, stream: Stream, n: int) -> None:
        """Note all bundles up to n as applied although they have nothing for this file.

        It is one step, however many they are: a station may claim any number.
        """
        upsert = (
            "INSERT INTO stream VALUES (?1, ?2, 0) ON CONFLICT (name)"
            " DO UPDATE SET applied=max(applied, ?2)"
        )
        with transaction(self._db):
            self._db.conn.execute(upsert, (stream.name, n))

    def try_again(self, act: Act) -> Taken:
        """Apply what was set aside for a reason that may have passed; the rest stays aside."""
        with translated():
            waits = change_log.take_back(self._db, MAY_PASS)
        by = attrgetter("stream", "bundle")
        ready: list[Delivery] = []
        for (stream, n), lines in groupby(sorted(waits, key=by), by):
            delivery = self._tried(stream, n, list(lines))
            if delivery.again:
                ready.append(delivery)
        return self._deliver(ready, act) if ready else Taken()

    def aside(self) -> int:
        """How many changes are set aside."""
        return self._file.set_aside()

    # --- what a receipt says --------------------------------------------------------------

    def set_digest(self) -> bytes:
        """32 bytes that stand for the set of all changes that bundles brought or took away."""
        with translated():
            return change_log.set_digest(self._db)

    def audit_head(self) -> str:
        """Head of the audit chain (hex); empty while there is none."""
        with translated():
            sql = "SELECT chain FROM audit ORDER BY n DESC LIMIT 1"
            found = self._db.conn.execute(sql).fetchone()
        return found[0] if found else ""

    def audit_heads(self) -> Iterator[str]:
        """What each place of the audit chain is called (hex), the newest first."""
        return Trail(self._file).heads()

    # --- snapshots ------------------------------------------------------------------------

    def snapshot(self) -> Iterator[bytes]:
        """All lines that a newcomer needs: changes, ids of what was purged, archived bytes.

        What it holds is settled by this call; the lines come one at a time. Ends of records come
        first, so that nothing is written that goes again; then lines that are set aside here.
        """
        order = "SELECT n FROM change WHERE bundle>0 ORDER BY do<>'purge', n"
        with translated():
            ns = array("q", (n for (n,) in self._db.conn.execute(order)))
            aside = "SELECT body FROM quarantine WHERE bundle>0"
            strange = [body for (body,) in self._db.conn.execute(aside)]
        return self._told(ns, strange)

    def take_snapshot(
        self, part: int, lines: Sequence[bytes], applied: Mapping[str, int] | None, act: Act,
        name: str = "",
    ) -> Taken:  # fmt: skip
        """Merge one part of a snapshot, in one transaction; parts come in order, each once.

        Args:
            part: From 0; a part that was taken before changes nothing.
            lines: Of this part.
            applied: With the last part: what the snapshot holds, per stream.
            act: The audit line.
            name: Of the snapshot; parts of another one that was begun do not count.

        Raises:
            BadChange: `part` leaves a gap. Nothing was written.
        """
        done = self.snapshot_parts(name)
        if part < done:
            return Taken()
        if part > done:
            raise BadChange
        brought = self._read(SNAPSHOT, 1, lines)
        brought.applied = applied or {}
        brought.asked = self._named_by(self._file.meta(_LAST))
        count = f"{part + 1} {name}" if applied is None else ""
        brought.notes = {_PARTS: count, _LAST: last_change(lines) or self._file.meta(_LAST)}
        return self._deliver([brought], act)

    def snapshot_parts(self, name: str = "") -> int:
        """How many parts of the snapshot that is being taken are in; 0 once all are."""
        count, _, of = self._file.meta(_PARTS).partition(" ")
        return int(count or 0) if of == name else 0

    # --- inside ---------------------------------------------------------------------------

    def _named_by(self, change: str) -> set[str]:
        """The archived bytes that a change names which stands here."""
        with translated():
            sql = "SELECT body FROM change WHERE id=? AND body IS NOT NULL"
            return named_in(body for (body,) in self._db.conn.execute(sql, (change,)))

    def _deliver(self, deliveries: Iterable[Delivery], act: Act) -> Taken:
        with roomy(self._db), _garbage_waits():
            return deliver(self._db, self._file.clock, deliveries, act)

    def _is_next(self, stream: Stream, n: int) -> bool:
        done = self._number("SELECT applied FROM stream WHERE name=?", stream.name)
        if n > done + 1:
            raise BadChange
        return n == done + 1

    def _read(self, stream: str, n: int, lines: Sequence[bytes]) -> Delivery:
        return Delivery(stream, n, cache(self._is_author), lines=lines)

    def _tried(self, stream: str, n: int, lines: Sequence[change_log.Line]) -> Delivery:
        """Of lines that were set aside, those whose reason has passed."""
        found = self._read(stream, n, ())
        changes = found.read(line.body for line in lines)
        found.changes = [change for change in changes if found.is_author(change.user)]
        unknown = [change for change in changes if not found.is_author(change.user)]
        still = {line.body for line in found.unread} | {change.line for change in unknown}
        found.again = [line for line in lines if line.body not in still]
        found.unread = []
        return found

    def _lines(self, rows: Iterable[tuple[str, str, str, bytes | None]]) -> Iterator[bytes]:
        """Rows of the log as lines, each before the archived bytes that it is the first to name."""
        told = set[str]()
        for ident, record, do, body in rows:
            yield body or gone_line(ident, record, do)
            named = named_in([body]) - told if body else set[str]()
            told |= named
            for sha256 in sorted(named):
                if (blob := self._file.blob(sha256)) is not None:
                    yield blob_line(sha256, blob)

    def _told(self, ns: Sequence[int], strange: Iterable[bytes]) -> Iterator[bytes]:
        def rows() -> Iterator[tuple[str, str, str, bytes | None]]:
            sql = "SELECT id, record, do, body FROM change WHERE n=?"
            for n in ns:
                with translated():
                    yield self._db.conn.execute(sql, (n,)).fetchone()

        yield from self._lines(rows())
        yield from strange

    def _number(self, sql: str, *args: object) -> int:
        with translated():
            found = self._db.conn.execute(sql, args).fetchone()
        return int(found[0]) if found else 0


@contextmanager
def _garbage_waits() -> Generator[None]:
    """A merge makes many objects and no cycles: to look for some takes a tenth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
