"""Aid given to a person: noted with their intake, and taken off the shelf exactly once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from intake_app.domain import facts
from intake_app.domain.care_errors import CountWrong
from intake_app.domain.change import Change
from intake_app.domain.clock import stamp
from intake_app.domain.errors import ReasonMissing, RecordMissing
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.stock import AidItem, Lot, StockAct, first_to_give, lots_of
from intake_app.services.aid import stock
from intake_app.services.desk import Desk
from intake_app.services.records.aid_changes import (
    AID,
    CROSSING,
    Given,
    crossing_change,
    giving_changes,
)
from intake_app.services.records.care_intake import care_intake
from intake_app.services.records.veil import behind
from intake_app.services.records.writing import hide, write

_AT_ONCE: Final = 50
"""Notes, of some milliseconds each all in all: more wait for a pause (`settle_aid_rest`)."""


@dataclass(frozen=True, slots=True)
class AidOffer:
    """An item that can be given now.

    Attributes:
        item: The item.
        lots: Its lots that are good and not empty, what expires first in front.
        left: How many are left over all lots.
    """

    item: AidItem
    lots: tuple[Lot, ...]
    left: int


@dataclass(frozen=True, slots=True)
class AidGiven:
    """Something that a person was given.

    Attributes:
        record: The fact.
        item: Id of the item.
        label: The item, where the department's file still names it.
        count: How many.
        lot: From which lot, or empty.
        cost: Of all of them, in minor units; 0: not known.
        at: Local time with offset.
        by: Who noted it.
    """

    record: RecordId
    item: str
    label: AidItem | None = field(compare=False)
    count: int
    lot: str
    cost: int
    at: str
    by: UserId


def aid_offers(desk: Desk) -> list[AidOffer]:
    """What can be given, in the order of the department's file.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.GIVE_AID)
    today = desk.clock.local().date()
    lots = list(lots_of(stock.entries(desk)).values())
    offers: list[AidOffer] = []
    for item in stock.aid_items(desk):
        own = [lot for lot in lots if lot.item == item.id]
        good = [lot for lot in own if lot.left > 0 and not lot.is_expired(today)]
        first = first_to_give(good, item.id, today)
        rest = sorted(
            (lot for lot in good if lot is not first), key=lambda lot: (lot.expires, lot.lot)
        )
        found = (*([first] if first else ()), *rest)
        offers.append(AidOffer(item, found, sum(lot.left for lot in own)))
    return offers


def give_aid(desk: Desk, intake: RecordId, item: str, count: int, lot: str = "") -> int:
    """Note what the person of an intake was given, and take it off the shelf.

    Returns:
        How many of the lot are left; below zero: the shelf should be counted.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: The intake is not among those who asked for help.
        EnteredInError: The intake is out of all lists.
        UnknownCode: There is no such item.
        CountWrong: Not a number above zero.
        LotExpired: The lot is over.
        DiskFull: Nothing was noted.
    """
    desk.require(May.GIVE_AID)
    record = care_intake(desk, intake, to_change=True)
    known = stock.item_of(desk, item)
    if not 1 <= count <= stock.MOST:
        raise CountWrong
    from_lot = stock.lot_to_give(desk, known, lot)
    given = Given(
        known.id, count, stamp(desk.clock), lot, from_lot.expires, from_lot.cost or known.unit_cost
    )
    changes = giving_changes(
        desk.care_file, desk.person.id, record.id, given, desk.entered()
    )  # fmt: skip
    desk.care_file.apply(changes, desk.act("give aid", intake))
    settle_aid(desk)
    return from_lot.left - count


def aid_of(desk: Desk, intake: RecordId) -> list[AidGiven]:
    """What the person of an intake was given, the newest first; that it was read is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: The intake is not among those who asked for help.
    """
    desk.require(May.GIVE_AID)
    record = care_intake(desk, intake)
    desk.care_file.note(desk.act("read aid", record.id))
    items = {item.id: item for item in stock.aid_items(desk)}
    found = (_given(one, items) for one in desk.care_file.about(record.id, AID))
    return sorted(found, key=lambda one: one.at, reverse=True)


def take_back_aid(desk: Desk, aid: RecordId, reason: str) -> None:
    """Something was noted by mistake: it is out of all lists, and back on the shelf.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
        RecordMissing: There is no such aid, or it was taken back already.
    """
    desk.require(May.GIVE_AID)
    if not reason.strip():
        raise ReasonMissing
    file = desk.care_file
    record = file.record(aid)
    if record is None or record.is_purged or record.is_deleted or record.kind != AID:
        raise RecordMissing(aid)
    said, user = record.values, desk.person.id
    count = int(said["count"])
    given = Given(
        str(said["item"]), count, stamp(desk.clock), str(said["lot"]), str(said["expires"]),
        int(said["cost"]) // count,
    )  # fmt: skip
    changes = [
        hide(file, user, record, reason),
        crossing_change(file, user, aid, given, StockAct.RETURNED),
    ]
    file.apply(changes, desk.act("take back aid", aid))
    settle_aid(desk)


def settle_aid(desk: Desk) -> int:
    """Let the shelf know of what was given; without the key of `care`, nothing happens.

    Much can wait after a first fill, or where only one computer keeps the shelf: a sign-in tells of
    some of it, and `settle_aid_rest` of the rest.

    Returns:
        How many notes were owed.
    """
    if desk.care is None:
        return 0
    whole = behind(desk)
    rows = whole.care_file.due(CROSSING, "9999-12-31", _AT_ONCE)
    found = (whole.care_file.record(row.record) for row in rows)
    waiting = [record for record in found if record is not None]
    if waiting:
        _cross(whole, waiting)
    return len(waiting)


def settle_aid_rest(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """The same with all that still waits, while nobody waits; whether all is done.

    Raises:
        DiskFull: Nothing of the last notes was kept; it goes on the next time.
    """
    while not is_wanted():
        if settle_aid(desk) == 0:
            return True
    return False


def aid_waits(desk: Desk) -> bool:
    """Whether the shelf is still to hear of something given, as far as this person can know."""
    return desk.care is not None and bool(behind(desk).care_file.due(CROSSING, "9999-12-31", 1))


def count_shelf(desk: Desk, item: str, lot: str, found: int) -> int:
    """Note how many lie on the shelf, once it knows of all that was given.

    A count says by how much the books were wrong. What they hear later of what was given before
    would be taken off a second time.

    Returns:
        See `stock.count_lot`, also for what it raises.
    """
    desk.require(May.KEEP_STOCK)
    settle_aid_rest(desk, lambda: False)
    return stock.count_lot(desk, item, lot, found)


# --- inside -----------------------------------------------------------------------------


def _cross(desk: Desk, waiting: Sequence[Record]) -> None:
    """Write the notes into `station`, unless they are there, then say in `care` that they are."""
    care, user = desk.care_file, desk.person.id
    told = [change for owed in waiting for change in _told(desk, owed)]
    if told:
        desk.station.apply(told, desk.act("stock given"))
    done = [write(care, user, CROSSING, owed.id, {facts.DUE: ""}) for owed in waiting]
    care.apply(done, desk.act("aid crossed"))


def _told(desk: Desk, owed: Record) -> Iterator[Change]:
    """What the shelf is told of one crossing; nothing of one that cannot be read, or is there."""
    sent, note = RecordId(str(owed.values.get("sent", ""))), owed.values.get("note")
    said = cast("dict[str, Any]", note) if isinstance(note, dict) else {}
    is_readable = bool(sent) and stock.entry_of(said) is not None
    if is_readable and desk.station.record(sent) is None:
        yield stock.note_change(desk, sent, said)


def _given(record: Record, items: Mapping[str, AidItem]) -> AidGiven:
    said: Mapping[str, Any] = record.values
    return AidGiven(
        record=record.id,
        item=str(said["item"]),
        label=items.get(str(said["item"])),
        count=int(said["count"]),
        lot=str(said["lot"]),
        cost=int(said["cost"]),
        at=str(said["at"]),
        by=UserId(said[facts.BY]),
    )
