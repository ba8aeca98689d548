"""Tells how far work has gone and what is missing, from what the post room remembers."""

from collections.abc import Mapping

from intake_app.domain.clock import stamp_at, zone_of
from intake_app.domain.exchange import Mark, Receipt
from intake_app.domain.exchange_state import ExchangeState, StationState, Trouble
from intake_app.domain.ids import StationId
from intake_app.exchange.book import Book
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.incoming import Incoming
from intake_app.exchange.outgoing import Outgoing
from intake_app.exchange.peers import Peers


class Telling:
    """What the window is told.

    Args:
        room: Keys and identity.
        book: What is remembered.
        peers: What the stations say.
        incoming: What is missing.
        outgoing: What waits.
    """

    def __init__(
        self, room: Fittings, book: Book, peers: Peers, incoming: Incoming, outgoing: Outgoing
    ) -> None:
        self._room, self._book, self._peers = room, book, peers
        self._incoming, self._outgoing = incoming, outgoing

    def state(self, *, is_unfinished: bool = False) -> ExchangeState:
        """The whole."""
        next_cut, book = self._outgoing.next_cut, self._book
        wrote = self._room.own.wrote
        unconfirmed = sum(
            max(0, mark.n - book.confirmed.get(name, 0)) for name, mark in wrote.items()
        )
        return ExchangeState(
            waits=self._outgoing.waiting(),
            unconfirmed=unconfirmed,
            confirmed_at=book.confirmed_at,
            confirmed_by=StationId(book.confirmed_by),
            stopped=Trouble(book.stopped) if book.stopped else None,
            next_cut=stamp_at(next_cut.astimezone(zone_of(self._room.clock))) if next_cut else "",
            stations=self._stations(),
            aside=sum(file.aside() for file in self._room.files.values()),
            is_unfinished=is_unfinished,
        )

    def _stations(self) -> tuple[StationState, ...]:
        here, struck = self._peers.here, set(self._room.sealing.struck())
        others = sorted((self._room.sealing.stations() | struck) - {here})
        wrote = self._peers.wrote()
        found = (self._other(one, wrote, is_struck=one in struck) for one in others)
        return (self._here(is_struck=here in struck), *found)

    def _here(self, *, is_struck: bool) -> StationState:
        return StationState(
            self._peers.here, is_here=True, is_struck=is_struck, has_spoken=True, seen_at="",
            confirmed=0, aside=sum(file.aside() for file in self._room.files.values()),
            program=self._room.program,
        )  # fmt: skip

    def _other(
        self, station: StationId, every: Mapping[str, Mark], *, is_struck: bool
    ) -> StationState:
        receipts = self._peers.now(station)
        newest = max(receipts, key=self._seen, default=None)
        wrote = {name: mark for name, mark in every.items()
                 if name.startswith(f"{station}.")}  # fmt: skip
        runs = [run for name, mark in sorted(wrote.items())
                for run in self._incoming.missing(name, mark.n)]  # fmt: skip
        return StationState(
            station, is_here=False, is_struck=is_struck, has_spoken=newest is not None,
            seen_at=self._seen(newest) if newest else "",
            confirmed=self._peers.have(station, self._room.own.stream.name),
            missing=tuple(runs), trouble=self._trouble(station, receipts),
            aside=sum(one.aside for one in newest.files.values()) if newest else 0,
            program=newest.program if newest else "",
        )  # fmt: skip

    def _seen(self, receipt: Receipt) -> str:
        kept = self._book.receipts.get(receipt.stream.name)
        return kept.at if kept else ""

    def _trouble(self, station: StationId, receipts: list[Receipt]) -> Trouble | None:
        found = [
            trouble
            for name, trouble in sorted(self._book.troubles.items())
            if name.removeprefix("r/").startswith(f"{station}.") and not self._is_past(name)
        ]
        if found:
            return found[0]
        is_other = any(self._peers.differs(receipt, self._book.states) for receipt in receipts)
        return Trouble.DIGEST if is_other else None

    def _is_past(self, name: str) -> bool:
        """Whether it was a receipt of an epoch that is over: a later one says it right."""
        return name.startswith("r/") and self._peers.is_over(name.removeprefix("r/"))
