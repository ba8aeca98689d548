"""Turns the page: a new generation of keys, a snapshot under it, and the old keys are destroyed.

Each station begins a new epoch when it begins to seal under a new generation, and gives again what
not all others have merged; so nobody needs a bundle of the old one any more. Where this stands is
folded from receipts: a kill, or a station that is slow, changes nothing but the time it takes.
"""

import secrets
from collections.abc import Callable, Iterator
from typing import cast

from intake_app.domain.errors import NoGrant, NotAllowed
from intake_app.domain.exchange import Mark, Receipt, Stream
from intake_app.domain.ids import StationId
from intake_app.domain.roles import Compartment
from intake_app.exchange import names
from intake_app.exchange.book import Book
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.outgoing import Outgoing
from intake_app.exchange.peers import Peers
from intake_app.exchange.snapshots import SnapshotFile, SnapshotWriter, end_name, parts_of


class PageTurning:
    """Generations, epochs and own snapshots.

    Args:
        room: Keys, files and trays.
        book: How far it has come (`page`).
        peers: What the stations say.
        outgoing: Own bundles.
    """

    def __init__(self, room: Fittings, book: Book, peers: Peers, outgoing: Outgoing) -> None:
        self._room, self._book, self._peers, self._outgoing = room, book, peers, outgoing
        self._writing: Iterator[None] | None = None

    def ask(self) -> None:
        """A person asks for it; it begins when all others have merged what this one has.

        Raises:
            NotAllowed: Who is signed in holds none of the files of records.
        """
        mine = [name for name in self._room.files if name is not Compartment.STATION]
        if not mine:
            raise NotAllowed("page")
        asked = {*self._asked, *map(str, self._room.files)}
        self._book.page["asked"] = sorted(asked)

    @property
    def is_due(self) -> bool:
        """Whether something was purged since the page was turned last."""
        known = set(cast("list[str]", self._book.page.get("purged", [])))
        return any(set(state.purged) - known for state in self._book.states.values())

    def waits_for(self) -> tuple[StationId, ...]:
        """Stations that have not merged all that is merged here, while a page is to be turned."""
        if not self._asked:
            return ()
        return tuple(one for one in sorted(self._peers.others) if not self._has_all(one))

    def go_on(self, is_wanted: Callable[[], bool]) -> bool:
        """What can be done now; whether it came to its end."""
        if self._asked and not self._outgoing.waiting() and not self.waits_for():
            for name in [Compartment(one) for one in self._asked]:
                if name in self._room.files:
                    self._room.pages.begin(name)
                    self._asked_no_more(name)
            self._book.page["owes snapshot"] = True
            self._note_purged()
        self._greet_newcomers()
        if not self._write_snapshot(is_wanted):
            return False
        self._forget()
        self._clear_outbox()
        return True

    # --- a new generation is used -------------------------------------------------------------

    def used(self) -> dict[Compartment, int]:
        """Under which generation open files are sealed now.

        `station` brings the keys themselves: it waits until all stations hold the new one.
        """
        return {name: self._used(name) for name in self._room.files}

    def begin_epoch(self) -> None:
        """If a file is sealed under a new generation now, begin a new epoch and give again."""
        before = cast("dict[str, int]", self._book.page.get("used", {}))
        now = {str(name): n for name, n in self.used().items() if n}
        grown = [name for name, n in now.items() if n > before.get(name, n)]
        own = self._room.own
        if grown and any(mark.n for mark in own.wrote.values()):
            for name in grown:
                for stream, mark in own.wrote.items():
                    self._give_again(Compartment(name), Stream.named(stream), mark)
            epoch = own.begin_epoch()
            for file in self._room.files.values():
                file.begin_epoch(epoch)
        self._book.page["used"] = {**before, **now}

    def _used(self, name: Compartment) -> int:
        mine = self._room.sealing.generation(name)
        if name is not Compartment.STATION:
            return mine
        theirs = (one.files[name].generation for one in self._receipts(name))
        least = min((n for n in (mine, *theirs) if n), default=mine)
        return least if self._is_held(name, least) else mine

    def _is_held(self, name: Compartment, generation: int) -> bool:
        """Not so where a station names one that is destroyed, or that never was."""
        try:
            self._room.sealing.tag(name, generation, b"")
        except NoGrant:
            return False
        return True

    def _give_again(self, name: Compartment, stream: Stream, mark: Mark) -> None:
        merged = [one.files[name].applied.get(stream.name, 0) for one in self._receipts(name)]
        first = min(merged, default=0) + 1
        if first <= mark.n:
            self._room.files[name].send_again(stream, first)

    # --- a snapshot ---------------------------------------------------------------------------

    def _greet_newcomers(self) -> None:
        """A station that is new, or was put back too far, is filled from a snapshot.

        One station writes it.
        """
        greeted = set(cast("list[str]", self._book.page.get("greeted", [])))
        asking = {*self._asking()} - greeted
        if asking and self._is_host():
            self._book.page["owes snapshot"] = True
            self._book.page["greeted"] = sorted({*greeted, *asking})

    def _asking(self) -> Iterator[str]:
        """Stations that have not spoken, and bundles that some need and that have gone here."""
        for station in self._peers.others:
            receipts = self._peers.now(station)
            if not receipts:
                yield station
            for one in (one for receipt in receipts for one in receipt.need):
                if self._peers.is_over(one.stream) and not self._has(one.stream, one.n):
                    yield f"{one.stream} {one.n}"

    def _has(self, stream: str, n: int) -> bool:
        name = names.bundle(self._room.sealing.agency, Stream.named(stream), n)
        return self._room.outbox.has(name) or self._room.inbox.has(name)

    def _is_host(self) -> bool:
        """Whether no other station that has spoken holds more files, or as many and comes first."""
        here = (-len(self._room.files), self._peers.here)
        theirs = [(-len(one.files), one.stream.station)
                  for station in sorted(self._peers.others)
                  for one in self._peers.now(station)]  # fmt: skip
        return min([here, *theirs]) == here

    def _write_snapshot(self, is_wanted: Callable[[], bool]) -> bool:
        if not self._book.page.get("owes snapshot"):
            return True
        self._writing = self._writing or self._parts()
        for _ in self._writing:
            if is_wanted():
                return False
        self._writing = None
        return True

    def _parts(self) -> Iterator[None]:
        """Write it part by part; begun anew after a kill, under another name."""
        room, snapshot = self._room, secrets.token_hex(8)
        states = self._outgoing.states()
        writer = SnapshotWriter(room.sealing, room.own.stream, snapshot)
        lines = {name: room.files[name].snapshot() for name in states}
        counts = dict.fromkeys(states, 0)
        for part in parts_of(lines):
            for name, told in part.items():
                if told is not None and name in counts:
                    counts[name] += len(told)
            room.outbox.put(*writer.part(part))
            yield
        files = {
            name: SnapshotFile(one.generation, one.applied, one.digest, counts[name])
            for name, one in states.items()
        }
        room.outbox.put(*writer.end(files, self._marks(files)))
        self._book.page["snapshot"] = snapshot
        self._book.page["owes snapshot"] = False

    def _marks(self, files: dict[Compartment, SnapshotFile]) -> dict[str, Mark]:
        """Per stream, the last bundle that all these files have, where its hash is known."""
        known = {**self._book.received, **self._room.own.wrote}
        return {
            stream: mark for stream, mark in known.items()
            if mark.n and all(one.applied.get(stream, 0) == mark.n for one in files.values())
        }  # fmt: skip

    # --- the old one ends ---------------------------------------------------------------------

    def _forget(self) -> None:
        """Destroy older generations that nobody needs any more."""
        done = cast("dict[str, int]", self._book.page.setdefault("forgotten", {}))
        for name, file in self._room.files.items():
            newest = self._room.sealing.generation(name)
            if newest < 2 or done.get(name, 0) >= newest - 1 or self._used(name) < newest:
                continue
            applied = file.applied()
            is_whole = all(
                applied.get(stream, 0) >= mark.n for stream, mark in self._peers.wrote().items()
            )
            others = [self._peers.now(one) for one in self._peers.others]
            if is_whole and all(others) and all(_holds(name, newest, one) for one in others):
                self._room.pages.forget(name, newest - 1)
                done[name] = newest - 1

    def _clear_outbox(self) -> None:
        """Own objects that nobody needs leave `out/`: old epochs that all merged, old snapshots."""
        own = self._room.own
        if not self._book.page.get("forgotten"):
            return
        for stream, mark in own.wrote.items():
            if stream != own.stream.name and mark.n and self._all_merged(stream, mark.n):
                folder = names.bundles(self._room.sealing.agency, Stream.named(stream))
                kept = mark.n if self._peers.tells_struck(stream, mark.n) else 0
                for name in self._room.outbox.names(folder):
                    if names.number_of(name) != kept:
                        self._room.outbox.remove(name)
        before, now = self._book.page.get("shown", ""), self._book.page.get("snapshot", "")
        if before and before != now:
            self._room.outbox.remove(end_name(str(before)))
            for name in self._room.outbox.names(f"{names.SNAPSHOTS}/{before}"):
                self._room.outbox.remove(name)
        self._book.page["shown"] = now

    def _all_merged(self, stream: str, n: int) -> bool:
        states = [state for station in self._peers.others for one in self._peers.now(station)
                  for state in one.files.values()]  # fmt: skip
        mine = [file.applied() for file in self._room.files.values()]
        is_here = all(applied.get(stream, 0) >= n for applied in mine)
        return is_here and all(state.applied.get(stream, 0) >= n for state in states)

    # --- what was asked -----------------------------------------------------------------------

    @property
    def _asked(self) -> list[str]:
        return cast("list[str]", self._book.page.get("asked", []))

    def _asked_no_more(self, name: Compartment) -> None:
        self._book.page["asked"] = [one for one in self._asked if one != name]

    def _note_purged(self) -> None:
        found = {order for state in self._book.states.values() for order in state.purged}
        self._book.page["purged"] = sorted(found)

    def _has_all(self, station: StationId) -> bool:
        """Whether a station has merged what open files here have; of files that it has at all."""
        receipts = self._peers.now(station)
        return bool(receipts) and all(
            one.files[name].applied.get(stream, 0) >= n
            for one in receipts
            for name, state in self._outgoing.states().items()
            if name in one.files
            for stream, n in state.applied.items()
        )

    def _receipts(self, name: Compartment) -> list[Receipt]:
        """Present receipts of other stations that have a file."""
        found = (one for station in self._peers.others for one in self._peers.now(station))
        return [one for one in found if name in one.files]


def _holds(name: Compartment, generation: int, receipts: list[Receipt]) -> bool:
    """Whether a station holds a generation, as far as it has the file at all."""
    return all(one.files[name].generation >= generation for one in receipts if name in one.files)
