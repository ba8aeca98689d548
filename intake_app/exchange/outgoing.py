"""Cuts what waits into bundles, and writes the receipt of this station.

A number is given to changes before the bundle is written, so that it always means the same. A
bundle exists as soon as it lies whole in `out/`, noted or not.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain.exchange import FILLER, NOTHING, SEGMENTS, FileState, Mark, Receipt, Wanted
from intake_app.domain.exchange_errors import NotExchanged
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.exchange import names
from intake_app.exchange.book import Book
from intake_app.exchange.bundles import BundlePlace, read_bundle, write_bundle
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.needs import ExchangeFile
from intake_app.exchange.peers import Peers
from intake_app.exchange.receipts import peek_receipt, write_receipt

BETWEEN_CUTS: Final = timedelta(minutes=15)
"""Bundles come no closer together: their times must not tell who walked in."""

MOST: Final = 1 << 20
"""Bytes of lines of one file, after which a bundle takes no further change of it."""


class Outgoing:
    """What goes.

    Args:
        room: Keys, files and trays.
        book: When the last bundle was cut.
        peers: What the stations say.
    """

    def __init__(self, room: Fittings, book: Book, peers: Peers) -> None:
        self._room, self._book, self._peers = room, book, peers

    # --- bundles ------------------------------------------------------------------------------

    def waiting(self) -> int:
        """How many changes of open files no bundle has taken yet."""
        return sum(file.waiting() for file in self._files.values())

    @property
    def next_cut(self) -> datetime | None:
        """When waiting changes go next; None: with the next round.

        A clock that was put back blocks nothing.
        """
        if not self._book.cut_at:
            return None
        last, now = datetime.fromisoformat(self._book.cut_at), self._room.clock.now()
        return last + BETWEEN_CUTS if last <= now < last + BETWEEN_CUTS else None

    def cut(
        self, is_wanted: Callable[[], bool], used: Mapping[Compartment, int], *, cut_now: bool
    ) -> bool:
        """Cut all that waits, if it is due; whether it came to its end."""
        if not cut_now and (self.next_cut is not None or not self._peers.others):
            return True
        while self.waiting():
            if is_wanted():
                return False
            self._cut_one(used)
            self._book.cut_at = self._room.clock.now().isoformat()
        return True

    def adopt(self) -> None:
        """Note a bundle that was written just before a kill: it lies there, so it exists."""
        own = self._room.own
        while True:
            last = own.wrote.get(own.stream.name, NOTHING)
            name = names.bundle(self._room.sealing.agency, own.stream, last.n + 1)
            data = self._room.outbox.get(name)
            if data is None:
                return
            place = BundlePlace(own.stream, last.n + 1, last.sha256)
            try:
                found = read_bundle(self._room.sealing, data, place)
            except NotExchanged:
                return  # no receipt names it yet, so it is written over
            told = zip(SEGMENTS, found.manifest.segments, strict=True)
            own.note_bundle(found.mark, [c for c, one in told if one.generation != FILLER])

    def _cut_one(self, used: Mapping[Compartment, int]) -> None:
        own, sealing = self._room.own, self._room.sealing
        stream, last = own.stream, own.wrote.get(own.stream.name, NOTHING)
        n = last.n + 1
        lines = {name: file.cut(stream, n, MOST) for name, file in self._files.items()}
        data = write_bundle(sealing, BundlePlace(stream, n, last.sha256), own.parent, lines, used)
        self._room.outbox.put(names.bundle(sealing.agency, stream, n), data)
        mark = Mark(n, hashlib.sha256(data).hexdigest())
        own.note_bundle(mark, [name for name, told in lines.items() if told])
        for file in self._files.values():
            file.sealed(stream, n)

    @property
    def _files(self) -> dict[Compartment, ExchangeFile]:
        """Open files whose key of segments is held."""
        return {
            name: file for name, file in self._room.files.items()
            if self._room.sealing.generation(name)
        }  # fmt: skip

    # --- the receipt --------------------------------------------------------------------------

    def write_receipt(self, need: tuple[Wanted, ...]) -> None:
        """Say what was written, received and applied, if that has changed.

        Raises:
            DiskFull: The older one stands.
        """
        own, room = self._room.own, self._room
        self._book.states.update(self.states())
        told = Receipt(
            agency=room.sealing.agency, stream=own.stream, counter=own.counter, wrote=self._wrote(),
            received=dict(self._book.received), files=dict(self._book.states), need=need,
            snapshot=str(self._book.page.get("snapshot", "")), heads=room.sealing.heads(),
            program=room.program,
        )  # fmt: skip
        last = self.last_receipt()
        if last is not None and _is_same(last, told) and not self._asks_again(need):
            return
        has_sent = own.wrote.get(own.stream.name, NOTHING).n > 0
        if last is None and not self._peers.others and not has_sent:
            return  # alone, and nothing was ever sent
        self._book.asked_at = room.clock.now().isoformat() if need else ""
        told = replace(told, counter=own.next_counter())
        text = write_receipt(room.sealing, told)
        room.outbox.put(f"{names.RECEIPTS}/{told.name}", text.encode())
        before = f"{names.RECEIPTS}/{own.stream.name}."
        for name in room.outbox.names(names.RECEIPTS):
            if name.startswith(before) and name != f"{names.RECEIPTS}/{told.name}":
                room.outbox.remove(name)

    def _asks_again(self, need: tuple[Wanted, ...]) -> bool:
        """What was asked for long ago may have been given and lost: a new receipt asks anew."""
        if not need or not self._book.asked_at:
            return False
        asked, now = datetime.fromisoformat(self._book.asked_at), self._room.clock.now()
        return not asked <= now < asked + BETWEEN_CUTS

    def last_receipt(self) -> Receipt | None:
        """The newest of the present epoch that lies in `out/`."""
        own = self._room.own
        name = f"{names.RECEIPTS}/{own.stream.name}.{own.counter}"
        data = self._room.outbox.get(name) if own.counter else None
        try:
            return peek_receipt(data.decode("ascii")) if data else None
        except (NotExchanged, UnicodeDecodeError):
            return None

    def states(self) -> dict[Compartment, FileState]:
        """What is to be said of each open file."""
        return {name: self._state(name, file) for name, file in self._files.items()}

    def _state(self, name: Compartment, file: ExchangeFile) -> FileState:
        own, sealing = self._room.own, self._room.sealing
        generation = sealing.generation(name)
        applied = {**file.applied(), own.stream.name: own.wrote.get(own.stream.name, NOTHING).n}
        applied = {stream: n for stream, n in applied.items() if n}

        def tag(what: str, hashed: str) -> str:
            """New with each bundle: else it showed in which file something was done."""
            return sealing.tag(name, generation, tagged(applied, what, hashed))

        return FileState(
            generation=generation,
            applied=applied,
            digest=tag("set", file.set_digest().hex()),
            aside=file.aside(),
            purged=self._room.endings.executed(name),
            audit=tag("audit", file.audit_head()),
        )

    def _wrote(self) -> dict[str, Mark]:
        """All own streams; of one that two copies wrote, what this one did: the other must see."""
        found = dict(self._room.own.wrote)
        for name, mark in self._book.foreign.items():
            if name not in self._book.renewals and mark.n >= found.get(name, NOTHING).n:
                found[name] = mark
        return found


def tagged(applied: Mapping[str, int], what: str, hashed: str) -> bytes:
    """What is tagged under a key of a file: a hash, and up to where the file is merged."""
    return canonical({"applied": dict(applied), what: hashed})


def _is_same(one: Receipt, other: Receipt) -> bool:
    """Whether a new receipt would say nothing new; an audit line alone is none."""
    return _plain(one) == _plain(other)


def _plain(receipt: Receipt) -> tuple[object, ...]:
    files = {
        name: (s.generation, dict(s.applied), s.digest, s.aside, sorted(s.purged))
        for name, s in receipt.files.items()
    }
    marks = (dict(receipt.wrote), dict(receipt.received))
    said = (receipt.need, receipt.snapshot, sorted(receipt.heads), receipt.program)
    return (files, marks, said)
