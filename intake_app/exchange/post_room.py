"""The post room: takes in what lies in `in/`, cuts what waits into `out/`, writes the receipt.

It runs on the worker that owns the files, for who is signed in, and knows no network: a carrier
brings and takes what lies in the trays, and nothing that it brings is believed unchecked.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from intake_app.domain.errors import CannotOpen, DiskFull, NotAllowed, StorageFailed
from intake_app.domain.exchange import FORMAT, SEGMENTS, Marker, Receipt, Stream
from intake_app.domain.exchange_errors import MarkerRefused
from intake_app.domain.exchange_state import ExchangeState, Trouble
from intake_app.domain.ids import RecordId, StationId
from intake_app.domain.roles import Compartment
from intake_app.exchange import names
from intake_app.exchange.audit_heads import lost_heads
from intake_app.exchange.book import Shelf
from intake_app.exchange.filling import Filling
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.incoming import Incoming
from intake_app.exchange.inspection import Facts, place_of, verify
from intake_app.exchange.marker import read_marker, write_marker
from intake_app.exchange.outgoing import Outgoing
from intake_app.exchange.own_copy import OwnCopy
from intake_app.exchange.pages import PageTurning
from intake_app.exchange.peers import Peers
from intake_app.exchange.telling import Telling

_FIRST_ISSUE: Final = datetime(2026, 1, 1, tzinfo=UTC)


class PostRoom:
    """Fits `services.needs.exchange.Exchange`.

    Args:
        room: All that it works with.
    """

    def __init__(self, room: Fittings) -> None:
        self._room, self._shelf = room, Shelf(room.notes)
        self._book = self._shelf.load()
        self._peers = Peers(room, self._book)
        self._incoming = Incoming(room, self._book, self._peers)
        self._outgoing = Outgoing(room, self._book, self._peers)
        self._own_copy = OwnCopy(room, self._book, self._peers, self._outgoing)
        self._filling = Filling(room, self._book, self._peers, self._incoming)
        self._pages = PageTurning(room, self._book, self._peers, self._outgoing)
        self._telling = Telling(room, self._book, self._peers, self._incoming, self._outgoing)

    def open(self) -> bool:
        """At sign-in, before anything is written: whether an older copy of a file was put back.

        Then a new epoch has begun.

        Raises:
            DiskFull: It could not be looked at whole; nothing may be written before.
        """
        is_old = self._own_copy.check()
        with suppress(DiskFull, StorageFailed):  # it is looked at again next time
            self._take_ledgers()  # before a record is shown that was purged elsewhere
            self._shelf.save(self._book)
        return is_old

    def come_back(self) -> None:
        """At the first sign-in after a backup was put back, instead of `open`.

        Raises:
            DiskFull: It is done again next time; nothing may be written before.
        """
        self._own_copy.come_back()
        self._shelf.save(self._book)
        self.open()

    def state(self) -> ExchangeState:
        """How far work has gone and what is missing; cheap."""
        return self._told(self._telling.state())

    def round(
        self, *, cut_now: bool = False, is_wanted: Callable[[], bool] = lambda: False
    ) -> ExchangeState:
        """Take in what came, cut what waits when it is due, write the receipt.

        Args:
            cut_now: "Sync now": waiting changes go at once.
            is_wanted: Asked between two bundles: somebody waits for the worker.

        Raises:
            DiskFull: What could not be written waits; nothing is lost.
        """
        self._peers.take()
        self._own_copy.look_elsewhere()
        is_whole = True
        if not self._is_stopped():
            self._take_ledgers()
            is_whole = self._filling.take(is_wanted) and self._incoming.take(is_wanted)
            self._own_copy.look_elsewhere()
        if not self._is_stopped():
            self._pages.begin_epoch()
            is_whole = is_whole and self._outgoing.cut(
                is_wanted, self._pages.used(), cut_now=cut_now
            )
            if self._book.renewals and not self._outgoing.waiting():
                self._own_copy.clear_given_again()
            is_whole = is_whole and self._pages.go_on(is_wanted)
            self._shelf.save(self._book)  # first: what a receipt says must not be forgotten
            self._outgoing.write_receipt(self._incoming.needs())
            self._give_ledger()
            self._note_done()
            self._clear_inbox()
        self._peers.judged().tell(self._room.outbox)
        self._shelf.save(self._book)
        return self._told(self._telling.state(is_unfinished=not is_whole))

    def begin_anew(self) -> ExchangeState:
        """A person confirmed that this profile is an older copy: begin a new epoch and go on."""
        self._own_copy.begin_anew()
        self._shelf.save(self._book)
        return self.round()

    def receipts(self) -> Mapping[StationId, tuple[Receipt, ...]]:
        """The newest good receipts of all stations, of each of their epochs."""
        found: dict[StationId, tuple[Receipt, ...]] = {}
        for _, receipt in sorted(self._peers.receipts.items()):
            station = receipt.stream.station
            found[station] = (*found.get(station, ()), receipt)
        return found

    def lost_heads(self) -> Mapping[Compartment, bool]:
        """Of open files: whether this station once told of an audit line that is not there."""
        return lost_heads(self._room, self._peers, self._outgoing)

    def executed(self, order: RecordId) -> Mapping[StationId, bool]:
        """Of each station that is not struck and has spoken: whether it carried an order out."""
        mine = self._outgoing.states()
        known = {**self._book.states, **mine}
        found = {self._peers.here: all(order in one.purged for one in known.values())}
        for station in sorted(self._peers.others):
            files = [one for receipt in self._peers.now(station) for one in receipt.files.values()]
            if files:
                found[station] = all(order in one.purged for one in files)
        return found

    def turn_page(self) -> ExchangeState:
        """Begin, or go on with, a new generation of keys.

        Raises:
            NotAllowed: Who is signed in holds none of the files.
        """
        self._pages.ask()
        return self.round(cut_now=True)

    def trust_snapshot(self) -> ExchangeState:
        """A person says that the writer of a snapshot that waits is the only source."""
        self._filling.trust()
        return self.round()

    def new_marker(self, kind: str, hub: str = "") -> tuple[str, bytes]:
        """A signed marker (`hub.json`) for a new store, or for a known hub once more.

        Returns:
            The hub id, and the bytes.

        Raises:
            NotAllowed: Who is signed in is no administrator.
        """
        sealing = self._room.sealing
        issue = self._next_issue(hub) if hub else 1
        hub = hub or secrets.token_hex(8)
        marker = Marker(sealing.agency, hub, kind, FORMAT, sealing.heads(), issue)
        try:
            text = write_marker(sealing, marker)
            read_marker(sealing, text)
        except (CannotOpen, MarkerRefused) as error:
            raise NotAllowed("marker") from error
        self._book.issues[hub] = issue
        self._shelf.save(self._book)
        return hub, text.encode("ascii")

    def verify(self, data: bytes) -> Facts:
        """What a bundle is, once it is known to be whole and of a station of this department.

        Raises:
            NotExchanged: It is not what it should be.
        """
        return verify(self._room.sealing, data)

    def put_in(self, data: bytes) -> str:
        """Lay a bundle into the tray; it counts once a receipt names it. Returns its name there.

        Raises:
            NotExchanged: It is not what it should be.
        """
        verify(self._room.sealing, data)
        name, _ = place_of(data)
        self._room.inbox.put(name, data)
        return name

    # --- inside -------------------------------------------------------------------------------

    def _told(self, state: ExchangeState) -> ExchangeState:
        return replace(
            state, filling=self._filling.progress, is_page_due=self._pages.is_due,
            page_waits_for=self._pages.waits_for(), only_from=self._filling.only_from,
            is_put_back=bool(self._book.put_back),
        )  # fmt: skip

    def _is_stopped(self) -> bool:
        if self._peers.here in self._room.sealing.struck():
            self._book.stopped = Trouble.STRUCK
        return self._book.stopped in {Trouble.OLD_COPY, Trouble.STRUCK}

    def _next_issue(self, hub: str) -> int:
        """Higher than any before, also one that another administrator signed: minutes tell."""
        minutes = int((self._room.clock.now() - _FIRST_ISSUE).total_seconds() // 60)
        return max(minutes, self._book.issues.get(hub, 1) + 1)

    def _take_ledgers(self) -> None:
        for name in self._room.inbox.names(names.LEDGERS):
            data = self._room.inbox.get(name)
            if data:
                self._room.endings.take_ledger(data)

    def _give_ledger(self) -> None:
        name, data = f"{names.LEDGERS}/{self._peers.here}", self._room.endings.ledger()
        if data and self._room.outbox.get(name) != data:
            self._room.outbox.put(name, data)

    def _note_done(self) -> None:
        """Tell carriers which own bundles every other station has: stores may forget them.

        They stay in `out/` until the page is turned, for a station that is put back.
        """
        had = {name: self._peers.all_have(name) for name in sorted(self._room.own.wrote)}
        done = {name: left for name, n in had.items()
                if (left := n - self._peers.tells_struck(name, n)) > 0}  # fmt: skip
        data = json.dumps(done, separators=(",", ":")).encode()
        if done and self._room.outbox.get(names.DONE) != data:
            self._room.outbox.put(names.DONE, data)

    def _clear_inbox(self) -> None:
        """Bundles leave `in/` once all four files have taken them; one that is missing has not.

        Of a past epoch, after the page was turned, the files that are here suffice, once all other
        stations have it: its keys are destroyed, and a file that comes later is filled anew.
        """
        states = self._book.states
        for stream in self._peers.wrote():
            taken = [states[c].applied.get(stream, 0) if c in states else 0 for c in SEGMENTS]
            through = min(taken)
            if not through and self._is_behind_the_page(stream):
                here = min((one.applied.get(stream, 0) for one in states.values()), default=0)
                through = min(here, self._peers.all_have(stream, alone=here))
            if not through:
                continue  # a file that is not here takes none: a long history is not listed
            folder = names.bundles(self._room.sealing.agency, Stream.named(stream))
            for name in self._room.inbox.names(folder):
                if 0 < names.number_of(name) <= through:
                    self._room.inbox.remove(name)

    def _is_behind_the_page(self, stream: str) -> bool:
        return bool(self._book.page.get("forgotten")) and self._peers.is_over(stream)
