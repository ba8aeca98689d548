"""Takes bundles of other stations in: whole, in order, file by file.

Streams do not wait for one another: what stops one (a hole, a broken chain, an altered bundle)
stops that one until a good bundle comes. A file that is not open, or whose key is not held yet,
catches up later from the same bundles.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from intake_app.domain.errors import NoGrant
from intake_app.domain.exchange import FILLER, NOTHING, SEGMENTS, Mark, Stream, Wanted
from intake_app.domain.exchange_errors import (
    Altered,
    ChainBroken,
    NotExchanged,
    StationUnknown,
    TooNew,
    TwoHashes,
)
from intake_app.domain.exchange_state import Trouble
from intake_app.domain.ids import StationId
from intake_app.domain.roles import Compartment
from intake_app.exchange import names
from intake_app.exchange.book import Book
from intake_app.exchange.bundles import BundlePlace, OpenedBundle, read_bundle
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.parcels import MOST_SIGNED
from intake_app.exchange.peeking import claims
from intake_app.exchange.peers import Peers
from intake_app.exchange.receipts import MOST_NEED

MOST_NEEDED: Final = 16
"""Missing bundles that a receipt names for one stream; the rest is named when these have come."""

_PARTED: Final = frozenset({Trouble.CHAIN, Trouble.TWO_HASHES})


class Incoming:
    """What came, and is merged.

    Args:
        room: Keys, files and trays.
        book: How far each stream has come.
        peers: What the stations say.
    """

    def __init__(self, room: Fittings, book: Book, peers: Peers) -> None:
        self._room, self._book, self._peers = room, book, peers
        self.stuck: set[tuple[str, Compartment]] = set()
        self.waits_for_snapshot: set[Compartment] = set()

    def take(self, is_wanted: Callable[[], bool]) -> bool:
        """Take in all that lies there; whether it came to its end.

        Args:
            is_wanted: Asked between two bundles: somebody waits for the worker.
        """
        while True:
            self.stuck.clear()
            held = self._held()
            for name, mark in sorted(self._peers.wrote().items()):
                if not self._take_stream(Stream.named(name), mark, is_wanted):
                    return False
            has_come = self._grow() or (self.stuck and self._held() != held)
            if not has_come:
                return True

    def _grow(self) -> bool:
        """Take registry entries and keys that came; whether receipts can be read that could not."""
        if not self._room.grow_registry():
            return False
        for file in self._room.files.values():
            file.try_again(self._room.act("take in bundles"))
        return self._peers.take()

    def _held(self) -> list[int]:
        return [self._room.sealing.generation(name) for name in self._room.files]

    def reaches(self, name: Compartment) -> bool:
        """Whether an open file can go on from what lies here, in every stream that lacks."""
        applied = self._room.files[name].applied()
        return all(
            applied.get(stream, 0) >= mark.n or self._has(Stream.named(stream),
                                                          applied.get(stream, 0) + 1)
            for stream, mark in self._peers.wrote().items()
        )  # fmt: skip

    def needs(self) -> tuple[Wanted, ...]:
        """The bundles that were missing in the last round already, and still are.

        Each station gets its share of them: one that claims much must not crowd out the others.
        """
        found, missed = dict[StationId, list[Wanted]](), dict[str, int]()
        for name, mark in sorted(self._peers.wrote().items()):
            first = self._first_missing(name, mark.n)
            if not first:
                continue
            missed[name] = first
            if self._book.missed.get(name) == first:
                stream = Stream.named(name)
                last = min(mark.n, first + MOST_NEEDED - 1)
                found.setdefault(stream.station, []).extend(
                    Wanted(name, n) for n in range(first, last + 1) if not self._has(stream, n)
                )
        self._book.missed = missed
        share = MOST_NEED // max(1, len(found))
        return tuple(one for wanted in found.values() for one in wanted[:share])

    def missing(self, name: str, last: int) -> list[tuple[int, int]]:
        """The bundles of a stream that have not come: first and last number, by runs."""
        runs, first = list[tuple[int, int]](), self._book.mark(name).n + 1
        if first > last:
            return runs  # all came: a long history is not listed to learn that
        here = (n for n in sorted(self._lying(Stream.named(name))) if first <= n <= last)
        for n in (*here, last + 1):  # not number by number: a receipt may claim thousand millions
            if n > first:
                runs.append((first, n - 1))
            first = n + 1
        return runs

    # --- one stream -----------------------------------------------------------------------

    def _take_stream(self, stream: Stream, mark: Mark, is_wanted: Callable[[], bool]) -> bool:
        """Go on with one stream; whether nobody was in a hurry."""
        applied = {name: file.applied().get(stream.name, 0)
                   for name, file in self._room.files.items()
                   if name not in self.waits_for_snapshot}  # fmt: skip
        if not applied:
            return True
        n = min(applied.values()) + 1
        while n <= mark.n:
            if is_wanted():
                return False
            is_left = self._is_left(stream.name, n)
            try:
                bundle = None if is_left else self._read(stream, n, mark)
            except NotExchanged as error:
                self._stop(stream, mark, applied, error)
                return True
            if bundle is None:
                if is_left or self._peers.is_contested(stream.name):
                    self._leave(stream, mark, applied)
                return True
            self._note_received(stream, bundle.mark)
            self._merge_all(stream, bundle, applied)
            n += 1
        self._book.troubles.pop(stream.name, None)
        return True

    def _read(self, stream: Stream, n: int, mark: Mark) -> OpenedBundle | None:
        """Bundle n, checked whole; None where it is not here.

        Raises:
            NotExchanged: It is not what it should be.
        """
        known = self._book.mark(stream.name)
        name = names.bundle(self._room.sealing.agency, stream, n)
        data = self._find(name, stream)
        if data is None:
            return None
        is_chained = n == known.n + 1 and (known.sha256 or n == 1)
        try:
            previous = known.sha256 if is_chained else _previous(data)
            bundle = read_bundle(self._room.sealing, data, BundlePlace(stream, n, previous))
        except Altered:
            self._room.inbox.remove(name)  # a good one may come in its place
            raise
        wanted = known if n == known.n else mark if n == mark.n else None
        if wanted is not None and wanted.sha256 and bundle.sha256 != wanted.sha256:
            self._room.inbox.remove(name)
            raise TwoHashes(f"{n}")
        return bundle

    def _find(self, name: str, stream: Stream) -> bytes | None:
        """Bytes of a bundle; own ones lie in `out/` too."""
        data = self._room.inbox.get(name)
        if data is None and stream.station == self._peers.here:
            data = self._room.outbox.get(name)
        return data

    def _lying(self, stream: Stream) -> set[int]:
        """Numbers of the bundles that lie here, not looked at yet."""
        folder = names.bundles(self._room.sealing.agency, stream)
        trays = [self._room.inbox]
        if stream.station == self._peers.here:
            trays.append(self._room.outbox)
        found = {names.number_of(name) for tray in trays for name in tray.names(folder)}
        return found - {0}

    def _has(self, stream: Stream, n: int) -> bool:
        name = names.bundle(self._room.sealing.agency, stream, n)
        is_own = stream.station == self._peers.here
        return self._room.inbox.has(name) or (is_own and self._room.outbox.has(name))

    def _note_received(self, stream: Stream, mark: Mark) -> None:
        if mark.n > self._book.mark(stream.name).n:
            self._book.received[stream.name] = mark

    def _merge_all(
        self, stream: Stream, bundle: OpenedBundle, applied: dict[Compartment, int]
    ) -> None:
        n = bundle.manifest.n
        for name in SEGMENTS:  # `station` first: it brings registry entries
            if applied.get(name) == n - 1 and self._merge(stream, bundle, name):
                applied[name] = n

    def _merge(self, stream: Stream, bundle: OpenedBundle, name: Compartment) -> bool:
        """Merge what a bundle has for one open file; whether that file has it now."""
        file, n = self._room.files[name], bundle.manifest.n
        if bundle.manifest.segments[SEGMENTS.index(name)].generation == FILLER:
            file.skip(stream, n)
            return True
        try:
            lines = bundle.open(name)
        except NoGrant:
            if self._is_destroyed(stream, bundle, name):
                file.skip(stream, n)
                return True
            self.stuck.add((stream.name, name))  # until its key is held here
            return False
        except NotExchanged as error:
            self._book.troubles[stream.name] = error.trouble or Trouble.ALTERED
            return False
        file.take(stream, n, lines, self._room.act("take in bundles"))
        if n >= self._book.renewals.get(stream.name, n + 1):
            file.send_again(stream, n)
        return True

    def _is_destroyed(self, stream: Stream, bundle: OpenedBundle, name: Compartment) -> bool:
        """Whether the key of a segment is gone for good, and a later epoch brings it again.

        A station begins a new epoch with a new generation, and gives again what not all of those
        had merged that held the file. Who never held it is filled from a snapshot.
        """
        generation = bundle.manifest.segments[SEGMENTS.index(name)].generation
        is_older = generation < self._room.sealing.generation(name)
        if not is_older or not self._peers.is_over(stream.name):
            return False
        has_merged = any(
            one not in self._room.own.wrote for one in self._room.files[name].applied()
        )
        if has_merged and name not in self._book.put_back:
            return True
        self._room.inbox.remove(
            names.bundle(self._room.sealing.agency, stream, bundle.manifest.n)
        )  # it is noise here: a snapshot has to bring it
        return False

    def _stop(
        self, stream: Stream, mark: Mark, applied: Mapping[Compartment, int], error: NotExchanged
    ) -> None:
        """Nothing more is taken from a stream now; the others go on."""
        if isinstance(error, StationUnknown):
            return
        trouble = error.trouble or Trouble.ALTERED
        if isinstance(error, ChainBroken):
            self._room.inbox.remove(
                names.bundle(self._room.sealing.agency, stream, self._book.mark(stream.name).n + 1)
            )
        if trouble in _PARTED and self._peers.is_over(stream.name):
            self._leave(stream, mark, applied)
        elif not isinstance(error, TooNew) or stream.name not in self._book.troubles:
            self._book.troubles[stream.name] = trouble

    def _is_left(self, name: str, n: int) -> bool:
        """Whether only this copy wrote an own bundle that the other copy ends before."""
        first = self._book.renewals.get(name)
        return first is not None and n >= first and n > self._book.foreign.get(name, NOTHING).n

    def _leave(self, stream: Stream, mark: Mark, applied: Iterable[Compartment]) -> None:
        """Leave a stream that two copies of a profile wrote: later epochs bring all of it again."""
        for name in applied:
            self._room.files[name].skip(stream, mark.n)
        self._book.received[stream.name] = mark
        self._book.troubles.pop(stream.name, None)

    def _first_missing(self, name: str, last: int) -> int:
        """The first bundle that some file here lacks and that lies nowhere here; 0: none."""
        if self._book.troubles.get(name) in _PARTED:
            return 0
        merged = [state.applied.get(name, 0) for state in self._book.states.values()]
        start = min(merged, default=self._book.mark(name).n) + 1
        stream = Stream.named(name)
        return next((n for n in range(start, last + 1) if not self._has(stream, n)), 0)


def _previous(data: bytes) -> str:
    """The hash of the bundle before, as a bundle that was checked before claims it."""
    said = claims(data.partition(b"\n")[0].decode("ascii", "replace"), MOST_SIGNED)
    return str(said.get("previous", ""))
