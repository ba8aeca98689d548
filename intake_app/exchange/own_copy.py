"""Notices that this profile, or one of its files, is an older copy; and goes on in a new epoch.

identity.json and `out/` are in no backup, so they know what a file that was put back has forgotten.
What was sent is taken in again like another station's; what waited goes out in the new epoch.
Doubles are known by their id.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

from intake_app.domain.errors import NoGrant
from intake_app.domain.exchange import FILLER, NOTHING, SEGMENTS, Mark, Receipt, Stream
from intake_app.domain.exchange_errors import NotExchanged
from intake_app.domain.exchange_state import Trouble
from intake_app.domain.roles import Compartment
from intake_app.exchange import names
from intake_app.exchange.book import Book
from intake_app.exchange.bundles import BundlePlace, read_bundle
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.needs import ExchangeFile
from intake_app.exchange.outgoing import Outgoing
from intake_app.exchange.peers import Peers

_CLEARED: Final = "out"
"""Stands beside the names of files: nothing of it lies in `out/` any more."""


class OwnCopy:
    """Whether this is the station that it was.

    Args:
        room: Files, trays and identity.
        book: What a person confirmed.
        peers: What receipts say of this station.
        outgoing: Own bundles.
    """

    def __init__(self, room: Fittings, book: Book, peers: Peers, outgoing: Outgoing) -> None:
        self._room, self._book, self._peers, self._outgoing = room, book, peers, outgoing

    def check(self) -> bool:
        """At sign-in, before a change is written: whether an older copy of a file was put back."""
        for file in self._room.files.values():
            file.renew_waiting(self._room.own.stream)
        self._outgoing.adopt()
        old = [name for name, file in self._room.files.items() if self._is_old(name, file)]
        if old:
            self._book.put_back = sorted({*self._book.put_back, *map(str, old)})
            self._room.own.begin_epoch()
        else:
            self._recall()
        self._follow()
        return bool(old)

    def look_elsewhere(self) -> None:
        """Whether receipts of this station tell that another copy of it went on: then stop."""
        found = dict(self._peers.foreign_marks())
        if not found:
            return
        if not self._book.began_anew:
            self._book.stopped = Trouble.OLD_COPY
            return
        self._book.stopped = Trouble.COPIED  # it goes on: each copy has its own epoch
        if any(self._is_contested(name) for name in found):
            self.begin_anew()
        else:
            self._note_foreign(found)

    def begin_anew(self) -> None:
        """Go on in a new epoch; the other copy's bundles are taken in like another station's."""
        found = dict(self._peers.foreign_marks())
        for name in {self._room.own.stream.name, *found}:
            if self._is_contested(name):
                self._give_again(Stream.named(name))
        self._note_foreign(found)
        self._room.own.begin_epoch()
        self._book.began_anew = True
        if self._book.stopped == Trouble.OLD_COPY:
            self._book.stopped = ""
        self._follow()

    def come_back(self) -> None:
        """After a backup was put back, without trays: what others may lack of us goes again.

        The present epoch is new, and its streams are named in identity.json as the backup knew
        them. What this station wrote after the backup comes in like another station's.
        """
        for name in self._room.own.wrote:
            if self._is_contested(name):
                self._give_again(Stream.named(name))
        self._book.began_anew = True
        self._book.stopped = ""
        self._book.put_back = sorted(map(str, self._room.files))
        self._follow()

    # --- inside -------------------------------------------------------------------------------

    def _recall(self) -> None:
        """What the last receipt said was received stays received: a receipt never says less."""
        last = self._outgoing.last_receipt()
        for name, mark in last.received.items() if last is not None else ():
            if mark.n > self._book.mark(name).n:
                self._book.received[name] = mark

    def _follow(self) -> None:
        """Bring open files into the present epoch, and let go again what no longer counts."""
        epoch = self._room.own.stream.epoch
        for name, file in self._room.files.items():
            for stream, first in self._book.renewals.items():
                done = self._book.renewed.setdefault(stream, [])
                if name in done:  # a kill may have come between taking and this
                    file.send_again(Stream.named(stream), first)
                else:
                    file.renew_from(Stream.named(stream), first)
                    done.append(name)
            if file.epoch != epoch:
                file.begin_epoch(epoch)

    def _is_old(self, name: Compartment, file: ExchangeFile) -> bool:
        own = self._room.own
        if f"{own.stream.station}.{file.epoch}" not in own.wrote:
            return True
        last = self._outgoing.last_receipt()
        told = last.files.get(name) if last is not None else None
        applied = file.applied()
        before: Mapping[str, int] = told.applied if told is not None else {}
        for stream, n in before.items():
            if stream != own.stream.name and applied.get(stream, 0) < n:
                return True
        if file.epoch != own.stream.epoch:  # it was shut when the epoch began, or has forgotten
            return own.sealed_through(name) > 0
        return file.sealed_through(own.stream) < own.sealed_through(name) and not self._catch_up(
            name, file
        )

    def _catch_up(self, name: Compartment, file: ExchangeFile) -> bool:
        """After a kill between bundle and note: whether the file knew all that the bundle says."""
        own, has_known_all = self._room.own, True
        start = max(file.applied().get(own.stream.name, 0), file.sealed_through(own.stream))
        for n in range(start + 1, own.wrote[own.stream.name].n + 1):
            lines = self._own_lines(own.stream, n, name)
            if lines is None:
                return False
            act = self._room.act("take in own bundles")
            has_known_all &= not file.take(own.stream, n, lines, act).new
        if has_known_all:
            file.sealed(own.stream, own.wrote[own.stream.name].n)
        return has_known_all

    def _own_lines(self, stream: Stream, n: int, name: Compartment) -> list[bytes] | None:
        data = self._room.outbox.get(names.bundle(self._room.sealing.agency, stream, n))
        previous = self._own_hash(stream, n - 1) if n > 1 else ""
        if data is None or previous is None:
            return None
        try:
            found = read_bundle(self._room.sealing, data, BundlePlace(stream, n, previous))
            told = found.manifest.segments[SEGMENTS.index(name)]
            return found.open(name) if told.generation != FILLER else []
        except (NotExchanged, NoGrant):
            return None

    def _own_hash(self, stream: Stream, n: int) -> str | None:
        mark = self._room.own.wrote.get(stream.name, NOTHING)
        if mark.n == n:
            return mark.sha256
        data = self._room.outbox.get(names.bundle(self._room.sealing.agency, stream, n))
        return hashlib.sha256(data).hexdigest() if data is not None else None

    def _is_contested(self, name: str) -> bool:
        """Whether both copies may have written bundles of an own stream, and none was given up."""
        wrote = self._room.own.wrote.get(name, NOTHING)
        return wrote.n > 0 and name not in self._book.renewals

    def _give_again(self, stream: Stream) -> None:
        """What this copy alone may have said in a stream goes again in the new epoch."""
        mine = self._room.own.wrote[stream.name]
        first = self._first_apart(stream, mine)
        before = self._hash_before(stream, first)
        self._book.renewals[stream.name], self._book.renewed[stream.name] = first, []
        self._book.received[stream.name] = Mark(first - 1, before) if first > 1 else NOTHING

    def clear_given_again(self) -> None:
        """Once nothing waits, what was given again leaves `out/`: the other copy's may come."""
        for name, first in self._book.renewals.items():
            done, stream = self._book.renewed[name], Stream.named(name)
            if _CLEARED in done or not set(self._book.states) <= set(done):
                continue
            for n in range(first, self._room.own.wrote[name].n + 1):
                self._room.outbox.remove(names.bundle(self._room.sealing.agency, stream, n))
            done.append(_CLEARED)

    def _note_foreign(self, found: Mapping[str, Mark]) -> None:
        for name, mark in found.items():
            known = self._book.foreign.get(name, NOTHING)
            self._book.foreign[name] = mark if mark.n >= known.n else known

    def _hash_before(self, stream: Stream, first: int) -> str:
        return (self._own_hash(stream, first - 1) or "") if first > 1 else ""

    def _first_apart(self, stream: Stream, mine: Mark) -> int:
        """The first own bundle that not all others are known to have with the same bytes."""
        next_name = names.bundle(self._room.sealing.agency, stream, mine.n + 1)
        following = self._room.inbox.get(next_name)
        if following is not None:
            try:
                place = BundlePlace(stream, mine.n + 1, mine.sha256)
                read_bundle(self._room.sealing, following, place)
            except NotExchanged:
                pass
            else:
                return mine.n + 1
        same = (self._common(receipts, stream, mine) for receipts in self._others_say())
        return min(same, default=0) + 1

    def _others_say(self) -> list[list[Receipt]]:
        return [self._peers.now(station) for station in self._peers.others]

    def _common(self, receipts: list[Receipt], stream: Stream, mine: Mark) -> int:
        """The last own bundle that a station has with the same bytes."""
        marks = (receipt.received.get(stream.name, NOTHING) for receipt in receipts)
        return max((mark.n for mark in marks
                    if 0 < mark.n <= mine.n and self._own_hash(stream, mark.n) == mark.sha256),
                   default=0)  # fmt: skip
