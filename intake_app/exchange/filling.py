"""Fills a file from a snapshot: of a station that is new, or that was put back too far.

A snapshot counts only if another station holds the same, by the digest of its receipt; where its
writer is the only source, a person says so. It is taken part by part, and goes on after a kill.
"""

import json
from collections.abc import Callable
from typing import Any, cast

from intake_app.domain.errors import NoGrant
from intake_app.domain.exchange import NOTHING, FileState, Receipt, Stream
from intake_app.domain.exchange_errors import NotExchanged
from intake_app.domain.ids import StationId
from intake_app.domain.roles import Compartment
from intake_app.exchange import names
from intake_app.exchange.book import Book
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.incoming import Incoming
from intake_app.exchange.peeking import claims
from intake_app.exchange.peers import Peers
from intake_app.exchange.snapshots import (
    MOST_END,
    OpenedSnapshot,
    SnapshotFile,
    end_name,
    part_name,
    read_end,
)


class Filling:
    """Snapshots of others.

    Args:
        room: Keys, files and trays.
        book: How far each stream has come.
        peers: Whose snapshots there are.
        incoming: What can be had from bundles.

    Attributes:
        progress: Parts taken of the snapshot in work, and all of them; (0, 0): none is.
        only_from: Whose snapshot waits for a person to say that it is the only source; or empty.
    """

    def __init__(self, room: Fittings, book: Book, peers: Peers, incoming: Incoming) -> None:
        self._room, self._book, self._peers, self._incoming = room, book, peers, incoming
        self.progress = (0, 0)
        self.only_from = StationId("")

    def take(self, is_wanted: Callable[[], bool]) -> bool:
        """Take what is there of snapshots that are needed; whether it came to its end."""
        self.progress, self.only_from = (0, 0), StationId("")
        stuck = {name for name in self._room.files if not self._incoming.reaches(name)}
        lacking = stuck | {name for name in self._room.files if self._is_empty(name)}
        offers = self._offers()
        self._ask(offers if lacking else {})
        for snapshot, receipt in sorted(offers.items()):
            opened = self._open(snapshot, receipt)
            if opened and not self._fill_all(opened, lacking, is_wanted):
                return False
        # who never merged anything waits for the snapshot: bundles alone would leave holes
        self._incoming.waits_for_snapshot = {
            name for name in stuck if offers and self._is_empty(name)
        }
        self._clear(offers if lacking else {})
        return True

    def trust(self) -> None:
        """A person says that the writers of the snapshots that lie here are the only source."""
        self._book.page["trusted"] = sorted(self._offers())

    # --- inside -------------------------------------------------------------------------------

    def _offers(self) -> dict[str, Receipt]:
        """The newest snapshot of each other station, by its name."""
        found = (one for station in self._peers.others for one in self._peers.now(station))
        return {one.snapshot: one for one in found if one.snapshot}

    def _ask(self, offers: dict[str, Receipt]) -> None:
        """Tell carriers which snapshots are awaited."""
        data = json.dumps(sorted(offers)).encode() if offers else b"[]"
        if (self._room.outbox.get(names.WANTED) or b"[]") != data:
            self._room.outbox.put(names.WANTED, data)

    def _open(self, snapshot: str, receipt: Receipt) -> OpenedSnapshot | None:
        data = self._room.inbox.get(end_name(snapshot))
        if data is None:
            return None
        try:
            said = claims(data.decode("ascii", "replace"), MOST_END)
            stream = Stream(receipt.stream.station, said.get("epoch", ""))
            return read_end(self._room.sealing, stream, snapshot, data)
        except NotExchanged:
            self._room.inbox.remove(end_name(snapshot))  # a good one may come in its place
            return None

    def _is_useful(self, opened: OpenedSnapshot, name: Compartment) -> bool:
        told, applied = opened.end.files.get(name), self._room.files[name].applied()
        if told is None or self._room.sealing.generation(name) < told.generation:
            return False
        return any(n > applied.get(stream, 0) for stream, n in told.applied.items())

    def _is_trusted(self, opened: OpenedSnapshot, name: Compartment) -> bool:
        """Whether a station other than its writer holds the same, or it is the only source."""
        told, writer = opened.end.files[name], opened.end.stream.station
        if opened.end.name in cast("list[Any]", self._book.page.get("trusted", [])):
            return True
        witnesses = [
            receipt.files[name]
            for station in self._peers.others - {writer}
            for receipt in self._peers.of(station)
            if name in receipt.files
        ]
        return not witnesses or any(_agrees(state, told) for state in witnesses)

    def _fill_all(
        self, opened: OpenedSnapshot, lacking: set[Compartment], is_wanted: Callable[[], bool]
    ) -> bool:
        for name in sorted(lacking):
            if not self._is_useful(opened, name):
                continue
            if not self._is_trusted(opened, name):
                self.only_from = opened.end.stream.station
            elif not self._fill(opened, name, is_wanted):
                return False
        return True

    def _fill(
        self, opened: OpenedSnapshot, name: Compartment, is_wanted: Callable[[], bool]
    ) -> bool:
        file, end = self._room.files[name], opened.end
        last = len(end.parts) - 1
        for part in range(file.snapshot_parts(end.name), last + 1):
            if is_wanted():
                return False
            self.progress = (part, last + 1)
            lines = self._lines(opened, part, name)
            if lines is None:
                return True  # it comes with the carrier
            applied = end.files[name].applied if part == last else None
            file.take_snapshot(part, lines, applied, self._room.act("fill from snapshot"), end.name)
        self.progress = (0, 0)
        self._book.put_back = [one for one in self._book.put_back if one != name]
        for stream, mark in end.marks.items():
            if mark.n > self._book.received.get(stream, NOTHING).n:
                self._book.received[stream] = mark
        return True

    def _lines(self, opened: OpenedSnapshot, part: int, name: Compartment) -> list[bytes] | None:
        place = part_name(opened.end.name, part)
        data = self._room.inbox.get(place)
        if data is None:
            self._room.inbox.remove(end_name(opened.end.name))  # so that it is fetched again
            return None
        try:
            return opened.part(part, data).open(name)
        except (NotExchanged, NoGrant):
            self._room.inbox.remove(place)
            self._room.inbox.remove(end_name(opened.end.name))
            return None

    def _is_empty(self, name: Compartment) -> bool:
        own = {*self._room.own.wrote}
        return not any(stream not in own for stream in self._room.files[name].applied())

    def _clear(self, wanted: dict[str, Receipt]) -> None:
        """Snapshots that nobody here waits for leave `in/`."""
        for snapshot in self._book.page.get("came", []):
            if snapshot not in wanted:
                for name in self._room.inbox.names(f"{names.SNAPSHOTS}/{snapshot}"):
                    self._room.inbox.remove(name)
        self._book.page["came"] = sorted(wanted)


def _agrees(state: FileState, told: SnapshotFile) -> bool:
    is_same = dict(state.applied) == dict(told.applied)
    return is_same and (state.generation, state.digest) == (told.generation, told.digest)
