"""What a carrier brings home: receipts, the bundles that they name, and what is asked for."""

import json
from collections.abc import Mapping
from typing import Final

from intake_app.domain.errors import DiskFull, IntakeError
from intake_app.domain.exchange import NOTHING, Mark, Receipt, Stream, Wanted
from intake_app.domain.exchange_errors import NotExchanged
from intake_app.exchange import names
from intake_app.exchange.carried import MOST_OBJECTS, Tally
from intake_app.exchange.judged import Judged
from intake_app.exchange.receipt_list import ReceiptList, name_of
from intake_app.exchange.receipts import MOST as MOST_RECEIPT
from intake_app.exchange.receipts import peek_receipt
from intake_app.exchange.round_notes import RoundNotes
from intake_app.exchange.store import Store
from intake_app.exchange.trays import Trays
from intake_app.exchange.wholeness import is_bundle

NEWEST: Final = 3
"""Receipts of one stream that are fetched: a forged one of a high number must not hide others."""

SPARE: Final = 256 * 1024 * 1024
"""Bytes of this computer's disk that are left free: people's own work comes first."""

MOST_AHEAD: Final = 500
"""Streams that are gone on with in one round: a forged receipt may name any number."""

MOST_SMALL: Final = 1024 * 1024
"""Bytes of a request, an answer, a ledger."""

MOST_REQUESTS: Final = 100
"""Requests of new stations in one store."""


class Fetching:
    """One round's worth.

    Args:
        trays: Of the profile.
        store: Its marker was checked.
        tally: How much may come.

    Attributes:
        lacking: Streams of which bundles are still missing here after the round.
    """

    def __init__(self, trays: Trays, store: Store, tally: Tally) -> None:
        self._trays, self._store, self._tally = trays, store, tally
        self._judged = Judged.read(trays.outbox)
        self._came: set[str] = set()
        self.lacking: set[Stream] = set()

    # --- receipts -----------------------------------------------------------------------------

    def take_receipts(self, listed: ReceiptList) -> None:
        """Fetch the receipts that are newer than the good one that is known, and not here yet."""
        known = ReceiptList.of(self._trays.inbox.names(names.RECEIPTS))
        own = ReceiptList.of(self._trays.outbox.names(names.RECEIPTS))
        for stream, counters in listed.counters.items():
            here = known.counters.get(stream, [])
            least = max(self._judged.newest(stream) or min(here, default=0), own.newest(stream))
            fresh = [one for one in counters if one > least and one not in here]
            for counter in fresh[-NEWEST:]:
                if not self._tally.is_full:
                    self._take_receipt(stream, counter)

    def look_for_twin(self, listed: ReceiptList, notes: RoundNotes) -> None:
        """Fetch a receipt with an own number that was not given from here: a copy wrote it."""
        own = ReceiptList.of(self._trays.outbox.names(names.RECEIPTS))
        for stream in own.counters:
            counter = own.newest(stream)
            name = name_of(stream, counter)
            mine = self._trays.outbox.get(name)
            if mine is None or counter != listed.newest(stream) or notes.is_own(stream, mine):
                continue
            data = self._get(name, MOST_RECEIPT)
            if data == mine:
                notes.give_own(stream, mine)
            elif data is not None and peeked(data, name) is not None:
                self._trays.inbox.put(name, data)

    def _take_receipt(self, stream: Stream, counter: int) -> None:
        name = name_of(stream, counter)
        data = self._get(name, MOST_RECEIPT)
        if data is not None and peeked(data, name) is not None:
            self._keep(name, data)
            self._came.add(stream.station)
            self._tally.came(name, len(data), stream.station)

    # --- bundles ------------------------------------------------------------------------------

    def take_bundles(self) -> None:
        """Fetch the bundles that receipts name and that lack here, oldest first."""
        received, needed = self._own_words()
        todo = {
            Stream.named(name): self._absent(Stream.named(name), received.get(name, 0), mark.n)
            for name, mark in self._believed_first(received)
        }
        self._tally.expect(sum(len(absent) for absent, _ in todo.values()))
        for wanted in needed:
            if not self._has(Stream.named(wanted.stream), wanted.n):
                self._take_bundle(Stream.named(wanted.stream), wanted.n)
        for stream, (absent, is_all) in todo.items():
            if self._take_stream(stream, absent) and not is_all:
                self.lacking.add(stream)
                self._tally.carried.is_whole = False

    def _believed_first(self, received: Mapping[str, int]) -> list[tuple[str, Mark]]:
        """Streams that have gone on; those of stations that nobody here knows come last."""
        known = {name.partition(".")[0] for name in self._judged.good}
        ahead = [(name, mark) for name, mark in self._named().items()
                 if mark.n > received.get(name, 0)]  # fmt: skip
        ahead.sort(key=lambda one: (one[0].partition(".")[0] not in known, one[0]))
        if len(ahead) > MOST_AHEAD:
            self._tally.carried.is_whole = False
        return ahead[:MOST_AHEAD]

    def _absent(self, stream: Stream, after: int, last: int) -> tuple[list[int], bool]:
        """Numbers above one and up to another of which nothing lies here; whether that is all."""
        end = min(last, after + MOST_OBJECTS)
        return [n for n in range(after + 1, end + 1) if not self._has(stream, n)], end == last

    def _take_stream(self, stream: Stream, absent: list[int]) -> bool:
        """Whether all of them lie here now."""
        for at, n in enumerate(absent):
            is_full = self._tally.is_full
            if is_full or not (self._has(stream, n) or self._take_bundle(stream, n)):
                self.lacking.add(stream)
                self._tally.expect(at - len(absent))
                if is_full:
                    self._tally.carried.is_whole = False
                else:
                    self._tally.carried.missing.append(Wanted(stream.name, n))
                return False
        return True

    def _has(self, stream: Stream, n: int) -> bool:
        name = names.bundle(self._trays.agency, stream, n)
        return self._trays.inbox.has(name) or self._trays.outbox.has(name)

    def _take_bundle(self, stream: Stream, n: int) -> bool:
        """Whether bundle n was there, and whole."""
        name = names.bundle(self._trays.agency, stream, n)
        data = self._get(name)
        if data is None or not is_bundle(data, stream, n):
            return False
        self._keep(name, data)
        self._tally.came(name, len(data), stream.station)
        return True

    def _named(self) -> dict[str, Mark]:
        """How far the streams of all receipts here go, by name; also own ones of other epochs."""
        found: dict[str, Mark] = {}
        for receipt in self._receipts():
            for name, mark in receipt.wrote.items():
                if mark.n > found.get(name, NOTHING).n:
                    found[name] = mark
        return found

    def _receipts(self) -> list[Receipt]:
        tray = self._trays.inbox
        found = (peeked(tray.get(name), name) for name in tray.names(names.RECEIPTS))
        return [one for one in found if one is not None]

    def _own_words(self) -> tuple[dict[str, int], tuple[Wanted, ...]]:
        """How far each stream came here, as own receipts say; and what the newest one needs."""
        tray, received = self._trays.outbox, dict[str, int]()
        newest: Receipt | None = None
        for name in tray.names(names.RECEIPTS):
            receipt = peeked(tray.get(name), name)
            if receipt is None or receipt.stream.station != self._trays.station:
                continue
            for stream, mark in receipt.marks:
                received[stream] = max(received.get(stream, 0), mark.n)
            if newest is None or len(receipt.wrote) >= len(newest.wrote):
                newest = receipt  # each epoch names those before it
        return received, newest.need if newest else ()

    # --- other things -------------------------------------------------------------------------

    def take_others(self, *, asks_requests: bool) -> None:
        """Fetch ledgers of who has spoken, an awaited answer, requests, an awaited snapshot."""
        for station in sorted(self._came):
            self._take_small(f"{names.LEDGERS}/{station}")
        answer = f"{names.ANSWERS}/{self._trays.station}"
        is_asking = self._trays.outbox.has(f"{names.REQUESTS}/{self._trays.station}")
        if is_asking and not self._trays.inbox.has(answer):
            self._take_small(answer)
        if asks_requests:
            for name in self._store.names(names.REQUESTS)[:MOST_REQUESTS]:
                self._take_small(name)
        for snapshot in self._wanted_snapshots():
            self._take_snapshot(f"{names.SNAPSHOTS}/{snapshot}")

    def _take_small(self, name: str) -> None:
        data = self._get(name, MOST_SMALL)
        if data is not None and self._trays.inbox.get(name) != data:
            self._keep(name, data)
            self._tally.came(name, len(data))

    def _wanted_snapshots(self) -> list[str]:
        """Names of the snapshots that the post room waits for."""
        try:
            told: object = json.loads(self._trays.outbox.get(names.WANTED) or b"[]")
        except ValueError:
            return []
        wanted = told if isinstance(told, list) else []  # pyright: ignore[reportUnknownVariableType]
        found = [one for one in wanted if isinstance(one, str)]  # pyright: ignore[reportUnknownVariableType]
        return [one for one in found if "/" not in one and names.is_name(one)]

    def _take_snapshot(self, folder: str) -> None:
        """Parts that lack; the end comes last, so that a snapshot with an end is whole."""
        end = f"{folder}/{names.END}"
        if self._trays.inbox.has(end):
            return
        listed = self._store.names(folder)
        if end not in listed:
            return
        parts = [one for one in listed if one != end and not self._trays.inbox.has(one)]
        self._tally.expect(len(parts) + 1)
        for name in (*sorted(parts, key=names.number_of), end):
            data = None if self._tally.is_full else self._get(name)
            if data is None:
                self._tally.carried.is_whole = False
                return
            self._keep(name, data)
            self._tally.came(name, len(data))

    def _keep(self, name: str, data: bytes) -> None:
        if self._trays.inbox.room() < SPARE:
            raise DiskFull
        self._trays.inbox.put(name, data)

    def _get(self, name: str, most: int | None = None) -> bytes | None:
        try:
            return self._store.get(name) if most is None else self._store.get(name, most)
        except NotExchanged:
            return None  # larger than it may be: as if it were not there


def peeked(data: bytes | None, name: str) -> Receipt | None:
    """What a receipt claims, if it lies under its own name."""
    try:
        receipt = peek_receipt((data or b"").decode("ascii"))
    except (IntakeError, UnicodeDecodeError):
        return None
    return receipt if f"{names.RECEIPTS}/{receipt.name}" == name else None
