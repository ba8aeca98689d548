"""What a carrier gives to a store: bundles, then the receipts that name them, then other things.

A receipt lies in a store only after the bundles that it speaks of, as far as they lie here: what
does not was received by all, or came from elsewhere and is asked for again by name.
"""

import hashlib
import json
import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.exchange import Receipt, Stream
from intake_app.domain.ids import StationId
from intake_app.domain.store_errors import StoreGarbled
from intake_app.exchange import names
from intake_app.exchange.boxes import Box
from intake_app.exchange.carried import Tally
from intake_app.exchange.fetching import peeked
from intake_app.exchange.judged import Judged
from intake_app.exchange.receipt_list import ReceiptList, name_of
from intake_app.exchange.receipts import MOST as MOST_RECEIPT
from intake_app.exchange.round_notes import RoundNotes
from intake_app.exchange.store import Store
from intake_app.exchange.trays import Trays

LEFT: Final = 3
"""Older receipts of another station that are left in a store, so that none goes unseen.

None goes that is not older than a good one: the newer ones may be forged.
"""

MOST_ANSWERED: Final = 200
"""Needed bundles that are looked at in one round."""

_FEW: Final = 1_000
"""Numbers that are looked for one by one; of more the folder is listed."""

_OTHERS: Final = (names.REQUESTS, names.ANSWERS, names.LEDGERS)


@dataclass(frozen=True, slots=True)
class Gift:
    """A receipt, what goes before it, and which older ones go away after it.

    Attributes:
        stream: Whose receipt.
        bundles: Names of the bundles that it speaks of and that the store may lack.
        receipt: Its name.
        older: Names of receipts that it replaces.
    """

    stream: Stream
    bundles: tuple[str, ...]
    receipt: str
    older: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """All gifts of a round.

    Attributes:
        gifts: In order.
        snapshots: Folders of snapshots that the store was not given yet.
        size: Bytes of all, as they lie here.
        objects: How many.
    """

    gifts: list[Gift] = field(default_factory=list[Gift])
    snapshots: list[str] = field(default_factory=list[str])
    size: int = 0
    objects: int = 0


class Giving:
    """One round's worth.

    Args:
        trays: Of the profile.
        store: Its marker was checked.
        tally: Who counts.
        notes: What was given before.

    Attributes:
        written: Names of all that was written, each with the hash of its bytes (hex).
    """

    def __init__(self, trays: Trays, store: Store, tally: Tally, notes: RoundNotes) -> None:
        self._trays, self._store, self._tally, self._notes = trays, store, tally, notes
        self._judged = Judged.read(trays.outbox)
        self.written: dict[str, str] = {}
        self._done = _done(trays.outbox)

    def plan(
        self, listed: ReceiptList, to: Collection[StationId], lacking: Collection[Stream]
    ) -> Plan:
        """What is to be given, own things first; nothing is written yet.

        Args:
            listed: The store's receipts.
            to: Stations that it is for; empty: all.
            lacking: Streams that are not whole here: their stations' receipts wait.
        """
        own = ReceiptList.of(self._trays.outbox.names(names.RECEIPTS))
        others = ReceiptList.of(self._trays.inbox.names(names.RECEIPTS))
        here = self._trays.station
        waiting = {stream.station for stream in lacking}
        plan, have = Plan(), self._have(to)
        every = {*own.counters, *others.counters}
        for stream in sorted(every, key=lambda one: (one.station != here, one)):
            # an own receipt that came from elsewhere is for the post room: two copies may write
            ours = own.newest(stream) or others.newest(stream)
            waits = stream not in own.counters and stream.station in waiting
            if ours > listed.newest(stream) and not waits:
                self._add(plan, stream, ours, listed, have)
        for folder in self._trays.outbox.folders(names.SNAPSHOTS):
            self._add_snapshot(plan, folder)
        return plan

    def give(self, plan: Plan) -> None:
        """Give it: snapshots, then of each receipt its bundles, it, and then older ones go.

        Raises:
            StoreGarbled: What was read back is not what was written.
        """
        self._tally.expect(plan.objects)
        for folder in plan.snapshots:
            self._give_snapshot(folder)
        for gift in plan.gifts:
            there = self._there(gift)
            for name in gift.bundles:
                self._give(name, gift.stream.station, is_there=name in there)
            self._give(gift.receipt, gift.stream.station)
            if gift.stream.station == self._trays.station:
                self._notes.give_own(gift.stream, self._trays.outbox.get(gift.receipt) or b"")
            for name in gift.older:
                self._store.remove(name)

    def answer_needs(self) -> None:
        """Give again what receipts of others say they could not find, where it is not whole."""
        needed: dict[str, StationId] = {}
        for name in self._trays.inbox.names(names.RECEIPTS):
            receipt = peeked(self._trays.inbox.get(name), name)
            for wanted in receipt.need if receipt else ():
                stream = Stream.named(wanted.stream)
                bundle = names.bundle(self._trays.agency, stream, wanted.n)
                if self._size(bundle):
                    needed[bundle] = stream.station
        some = sorted(needed)  # by hashes of streams
        if len(some) > MOST_ANSWERED:  # who asks for all must not keep others from an answer
            some = random.sample(some, MOST_ANSWERED)
        for bundle in some:
            self._answer(bundle, needed[bundle])

    def give_others(self) -> None:
        """Give requests, answers and ledgers that the store was not given yet."""
        for folder in _OTHERS:
            for name in self._trays.outbox.names(folder):
                self._give_once(name)

    def clear_done(self) -> None:
        """Remove own bundles that all active stations have, and snapshots that were replaced."""
        for name, through in self._done.items():
            stream = Stream.named(name)
            if stream.station != self._trays.station or through <= self._notes.cleared(name):
                continue
            folder = names.bundles(self._trays.agency, stream)
            for one in self._store.names(folder):
                if 0 < names.number_of(one) <= through:
                    self._store.remove(one)
            self._notes.clear(name, through)
        for end in self._notes.given(f"{names.SNAPSHOTS}/"):
            if not self._trays.outbox.has(end):
                self._clear_snapshot(end)

    def _clear_snapshot(self, end: str) -> None:
        """Remove an own snapshot that a newer one has replaced; the end first: it is none then."""
        self._store.remove(end)
        for name in self._store.names(end.rpartition("/")[0]):
            self._store.remove(name)
        self._notes.drop(end)

    # --- planning -----------------------------------------------------------------------------

    def _add(
        self, plan: Plan, stream: Stream, counter: int, listed: ReceiptList, have: Mapping[str, int]
    ) -> None:
        name = name_of(stream, counter)
        receipt = peeked(self._find(name), name)
        if receipt is None:
            return
        known = self._as_the_store_knows(stream, listed)
        bundles = tuple(self._bundles(receipt, known, have))
        listed_ones = listed.counters.get(stream, [])
        is_own = stream.station == self._trays.station
        good = [one for one in listed_ones if one < self._judged.newest(stream)]
        older = listed_ones if is_own else good[: max(0, len(good) + 1 - LEFT)]
        gift = Gift(stream, bundles, name, tuple(name_of(stream, one) for one in older))
        plan.gifts.append(gift)
        self._count(plan, (*bundles, name))

    def _add_snapshot(self, plan: Plan, folder: str) -> None:
        end = f"{folder}/{names.END}"
        data = self._trays.outbox.get(end)
        if data is not None and not self._notes.is_given(end, data):
            plan.snapshots.append(folder)
            self._count(plan, self._trays.outbox.names(folder))

    def _count(self, plan: Plan, named: Collection[str]) -> None:
        plan.size += sum(map(self._size, named))
        plan.objects += len(named)

    def _as_the_store_knows(self, stream: Stream, listed: ReceiptList) -> Mapping[str, int]:
        """How far the streams of a station go, as its newest receipt in the store says."""
        counter = listed.newest(stream)
        if not counter:
            return {}
        name = name_of(stream, counter)
        receipt = peeked(self._find(name) or self._store.get(name, MOST_RECEIPT), name)
        return {name: mark.n for name, mark in receipt.wrote.items()} if receipt else {}

    def _bundles(
        self, receipt: Receipt, known: Mapping[str, int], have: Mapping[str, int]
    ) -> Iterator[str]:
        for name, mark in sorted(receipt.wrote.items()):
            stream = Stream.named(name)
            done = self._done.get(name, 0) if stream.station == self._trays.station else 0
            after = max(known.get(name, 0), have.get(name, 0), done)
            for n in self._numbers(stream, after, mark.n):
                yield names.bundle(self._trays.agency, stream, n)

    def _numbers(self, stream: Stream, after: int, last: int) -> list[int]:
        """Numbers of a stream's bundles that lie here, above one and up to another."""
        if last - after <= _FEW:
            wanted = range(after + 1, last + 1)
            return [n for n in wanted if self._size(names.bundle(self._trays.agency, stream, n))]
        folder = names.bundles(self._trays.agency, stream)
        listed = (*self._trays.outbox.names(folder), *self._trays.inbox.names(folder))
        return sorted({n for n in map(names.number_of, listed) if after < n <= last})

    def _have(self, to: Collection[StationId]) -> dict[str, int]:
        """Per stream, what all named stations have received, as their newest receipts say."""
        if not to:
            return {}
        said: dict[StationId, dict[str, int]] = {station: {} for station in to}
        for name in self._trays.inbox.names(names.RECEIPTS):
            receipt = peeked(self._trays.inbox.get(name), name)
            if receipt is None or receipt.stream.station not in said:
                continue
            if receipt.counter > self._judged.newest(receipt.stream):
                continue  # a forged one must not keep bundles off a stick
            of = said[receipt.stream.station]
            for stream, mark in receipt.marks:
                of[stream] = max(of.get(stream, 0), mark.n)
        streams = {name for of in said.values() for name in of}
        return {name: min(of.get(name, 0) for of in said.values()) for name in streams}

    # --- giving -------------------------------------------------------------------------------

    def _there(self, gift: Gift) -> set[str]:
        """What an earlier, broken round has already given; asked only where that saves much."""
        folders = {name.rpartition("/")[0] for name in gift.bundles}
        if len(gift.bundles) <= len(folders):
            return set()
        return {name for folder in folders for name in self._store.names(folder)}

    def _give(self, name: str, station: str = "", *, is_there: bool = False) -> None:
        """Write an object and read it back; one that is there already is only read."""
        data = self._find(name)
        if data is None:
            return  # all have it by now: the post room took it away meanwhile
        self.written[name] = hashlib.sha256(data).hexdigest()
        if is_there and self._store.get(name) == data:
            self._tally.expect(-1)
            return
        self._store.put(name, data)
        if self._store.get(name) != data:
            raise StoreGarbled
        self._tally.went(name, len(data), station)

    def _give_once(self, name: str) -> None:
        data = self._trays.outbox.get(name)
        if data is not None and not self._notes.is_given(name, data):
            if self._store.get(name) != data:
                self._give(name)
            self._notes.give(name, data)

    def _give_snapshot(self, folder: str) -> None:
        """Parts, then the end: without it nobody takes the others for a snapshot."""
        end = f"{folder}/{names.END}"
        there = set(self._store.names(folder))
        parts = [one for one in self._trays.outbox.names(folder) if one != end]
        for name in (*sorted(parts, key=names.number_of), end):
            self._give(name, is_there=name in there)
        self._notes.give(end, self._trays.outbox.get(end) or b"")

    def _answer(self, name: str, station: str) -> None:
        data = self._find(name)
        if data is not None and self._store.get(name) != data:
            self._give(name, station)

    def _find(self, name: str) -> bytes | None:
        """An object of either tray; own things lie in `out/`."""
        data = self._trays.outbox.get(name)
        return data if data is not None else self._trays.inbox.get(name)

    def _size(self, name: str) -> int:
        return self._trays.outbox.size(name) or self._trays.inbox.size(name)


def _done(outbox: Box) -> dict[str, int]:
    """Per own stream, the last bundle that all active stations have."""
    try:
        told: object = json.loads(outbox.get(names.DONE) or b"{}")
    except (ValueError, RecursionError):
        return {}
    found: dict[str, int] = {}
    for name, n in told.items() if isinstance(told, dict) else ():  # pyright: ignore[reportUnknownVariableType]
        if isinstance(name, str) and name.count(".") == 1 and type(n) is int:  # pyright: ignore[reportUnknownArgumentType]
            found[name] = n
    return found
