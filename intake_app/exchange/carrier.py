"""The carrier: moves sealed bytes between the trays of a profile and one store.

It knows no key and opens nothing. What it brings is believed by nobody; what it gives was written
by the post room. It may be killed anywhere: every object is whole or absent, an object that others
rely on (a receipt, the end of a snapshot) goes after what it speaks of, and where it stopped shows
in the trays and in the store.

A round with nothing new asks a store twice: for its marker, and for its list of receipts.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from intake_app.domain.errors import IntakeError
from intake_app.domain.exchange_errors import MarkerRefused
from intake_app.domain.ids import StationId
from intake_app.domain.store_errors import StickTooSmall
from intake_app.exchange import names
from intake_app.exchange.carried import Carried, Tally
from intake_app.exchange.fetching import Fetching
from intake_app.exchange.giving import Giving
from intake_app.exchange.marker import MOST as MOST_MARKER
from intake_app.exchange.receipt_list import ReceiptList
from intake_app.exchange.round_notes import RoundNotes
from intake_app.exchange.stores import Store
from intake_app.exchange.trays import Trays


@dataclass(frozen=True, slots=True)
class Errand:
    """What a round is for.

    Attributes:
        hub: The store's id.
        check: Refuses a marker that is not the store's (`MarkerRefused`).
        to: Stations that a stick is for; nothing goes on it that all of them have. Empty: all.
        asks_requests: Look for requests of new stations too: one question more.
        check_room: Refuses when so many bytes find no room (`StickTooSmall`).
    """

    hub: str
    check: Callable[[bytes], object]
    to: Collection[StationId] = ()
    asks_requests: bool = False
    check_room: Callable[[int], object] = lambda _needs: None


def carry(trays: Trays, store: Store, errand: Errand, tally: Tally | None = None) -> Carried:
    """One round with a store; whatever happens, what was moved until then is told.

    Args:
        trays: Of the profile.
        store: Freshly opened.
        errand: What for.
        tally: How much may come, and who hears how it goes.
    """
    tally = tally or Tally(Carried(errand.hub))
    try:
        _carry(trays, store, errand, tally)
    except IntakeError as error:
        tally.carried.trouble = type(error).__name__
        tally.carried.is_whole = False
        if isinstance(error, StickTooSmall):
            tally.carried.room = (error.needs, error.free, error.trash)
    return tally.carried


def remembered(marker: str) -> Callable[[bytes], None]:
    """A check that lets the marker pass that was found good before, byte by byte."""

    def check(found: bytes) -> None:
        if not marker or found != marker.encode():
            raise MarkerRefused("not the one that is remembered")

    return check


def _carry(trays: Trays, store: Store, errand: Errand, tally: Tally) -> None:
    _check_marker(store, errand, tally)
    listed = ReceiptList.of(store.names(names.RECEIPTS))
    notes = RoundNotes(trays.notes, errand.hub)
    fetching = Fetching(trays, store, tally)
    fetching.take_receipts(listed)
    fetching.take_bundles()
    fetching.take_others(asks_requests=errand.asks_requests)
    giving = Giving(trays, store, tally, notes)
    plan = giving.plan(listed, errand.to, fetching.lacking)
    errand.check_room(plan.size)
    giving.give(plan)
    giving.answer_needs()
    giving.give_others()
    giving.clear_done()
    notes.save()


def _check_marker(store: Store, errand: Errand, tally: Tally) -> None:
    found = store.get(names.MARKER, MOST_MARKER)
    if found is None:
        raise MarkerRefused("none")
    try:
        errand.check(found)
    except MarkerRefused:
        tally.carried.marker = found.decode("ascii", "replace")
        raise
    store.trust(found)
