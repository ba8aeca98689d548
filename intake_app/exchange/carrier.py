"""The carrier: moves sealed bytes between the trays of a profile and one store.

It knows no key and opens nothing. What it brings is believed by nobody; what it gives was written
by the post room. It may be killed anywhere: every object is whole or absent, an object that others
rely on (a receipt, the end of a snapshot) goes after what it speaks of, and where it stopped shows
in the trays and in the store.

A round with nothing new asks a store twice: for its marker, and for its list of receipts.
"""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from intake_app.domain.errors import IntakeError
from intake_app.domain.exchange_errors import MarkerRefused
from intake_app.domain.ids import StationId
from intake_app.domain.store_errors import StickTooSmall
from intake_app.exchange import names
from intake_app.exchange.carried import Carried, Tally
from intake_app.exchange.fetching import Fetching, peeked
from intake_app.exchange.giving import Giving
from intake_app.exchange.judged import Judged
from intake_app.exchange.marker import MOST as MOST_MARKER
from intake_app.exchange.receipts import MOST as MOST_RECEIPT
from intake_app.exchange.round_notes import RoundNotes
from intake_app.exchange.stick import check_kept, check_room
from intake_app.exchange.store import Store
from intake_app.exchange.trays import Trays


@dataclass(frozen=True, slots=True)
class Errand:
    """What a round is for.

    Attributes:
        hub: The store's id.
        check: Refuses a marker that is not the store's (`MarkerRefused`).
        to: Stations that a stick is for; nothing goes on it that all of them have. Empty: all.
        asks_requests: Look for requests of new stations too: one question more.
        stick: Where the stick is that is the store; None: it is no stick.
    """

    hub: str
    check: Callable[[bytes], object]
    to: Collection[StationId] = ()
    asks_requests: bool = False
    stick: Path | None = None


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
    marker = _check_marker(store, errand, tally)
    listed = Judged.read(trays.outbox).cleared(store, _receipts_of(store, errand))
    notes = RoundNotes(trays.notes, errand.hub, has_memory=errand.stick is None)
    fetching = Fetching(trays, store, tally)
    fetching.take_receipts(listed)
    fetching.look_for_twin(listed, notes)
    fetching.take_bundles()
    fetching.take_others(asks_requests=errand.asks_requests)
    giving = Giving(trays, store, tally, notes)
    plan = giving.plan(listed, errand.to, fetching.lacking)
    if errand.stick is not None:
        check_room(errand.stick, plan.size, plan.objects)
    giving.give(plan)
    giving.answer_needs()
    giving.give_others()
    giving.clear_done()
    if errand.stick is not None:
        told = hashlib.sha256(marker).hexdigest()
        check_kept(errand.stick, {**giving.written, names.MARKER: told})
        tally.carried.is_safe = True
    notes.save()


def _receipts_of(store: Store, errand: Errand) -> list[str]:
    """Names of the receipts there; of a stick that may have been pulled, those that are whole."""
    listed = store.names(names.RECEIPTS)
    if errand.stick is None:
        return listed
    return [name for name in listed if peeked(store.get(name, MOST_RECEIPT), name) is not None]


def _check_marker(store: Store, errand: Errand, tally: Tally) -> bytes:
    found = store.get(names.MARKER, MOST_MARKER)
    if found is None:
        raise MarkerRefused("none")
    try:
        errand.check(found)
    except MarkerRefused:
        tally.carried.marker = found.decode("ascii", "replace")
        raise
    store.trust(found)
    return found
