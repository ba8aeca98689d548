"""The stock of aid: kits, passes, vouchers; received, counted, given, discarded, moved.

It lies in `station`, so that who keeps the shelf needs no key to anybody's record. No note here
names a person or an intake.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.care_errors import CountWrong, LotExpired, LotMissing
from intake_app.domain.change import Change
from intake_app.domain.clock import stamp
from intake_app.domain.errors import ReasonMissing, UnknownCode
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.roles import May
from intake_app.domain.stock import (
    AidItem,
    Lot,
    StockAct,
    StockEntry,
    given_by_month,
    left_of,
    lots_of,
)
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.records.choices import choices_of, require_choice
from intake_app.services.records.writing import fact

NOTE: Final = "aid.stock"
"""Kind of a fact of `station`; see `_fields`."""

ITEMS, UNITS, DISCARDS, LEFT_WITH = "aid_items", "aid_units", "aid_discards", "aid_left_with"
"""Code tables."""

MOST: Final = 100_000
"""A larger number was mistyped."""


@dataclass(frozen=True, slots=True)
class NewLot:
    """What arrived.

    Attributes:
        item: Id of the item.
        count: How many.
        lot: Its name on the box; needed where the item is kept by lot.
        expires: Last day (YYYY-MM-DD), or empty.
        cost: Of one, in minor units; 0: not known.
    """

    item: str
    count: int
    lot: str = ""
    expires: str = ""
    cost: int = 0


@dataclass(frozen=True, slots=True)
class ItemStock:
    """An item with its lots.

    Attributes:
        item: The item.
        lots: Those with something left, or less than nothing, in order of expiry.
        left: Over all lots.
    """

    item: AidItem
    lots: tuple[Lot, ...]
    left: int

    @property
    def is_low(self) -> bool:
        """Whether there is less than the file of items asks for."""
        return self.left < self.item.minimum

    def is_ending(self, lot: Lot, today: date) -> bool:
        """Whether a lot of it expires soon."""
        return lot.left > 0 and lot.expires_within(self.item.warn_days, today)


@dataclass(frozen=True, slots=True)
class MonthCost:
    """What was given of an item in a month (YYYY-MM), and its cost in minor units."""

    month: str
    item: AidItem
    count: int
    cost: int


def aid_items(desk: Desk) -> list[AidItem]:
    """All items of the department's file that can be given today; a part of other acts."""
    units = {unit.id: unit.label for unit in desk.library.codes(UNITS)}
    return [_item(one, units) for one in choices_of(desk, ITEMS)]


def entries(desk: Desk) -> list[StockEntry]:
    """All notes about the stock; a part of other acts."""
    found = (entry_of(record.values) for record in desk.station.of_kind(NOTE))
    return [entry for entry in found if entry is not None]


def stock(desk: Desk) -> list[ItemStock]:
    """What is on the shelf: every item that has one.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.KEEP_STOCK)
    return stock_of(desk, entries(desk))


def stock_of(desk: Desk, noted: Sequence[StockEntry]) -> list[ItemStock]:
    """The same from notes that were read already; a part of other acts."""
    lots = lots_of(noted)
    return [_item_stock(item, lots.values()) for item in aid_items(desk) if item.has_stock]


def receive(desk: Desk, new: NewLot) -> None:
    """Note what arrived.

    Raises:
        NotAllowed: Not in this person's roles.
        UnknownCode: There is no such item, or it has no shelf.
        CountWrong: Not a number above zero, or a cost below it.
        LotMissing: The item is kept by lot, and none is given.
    """
    desk.require(May.KEEP_STOCK)
    item = _with_shelf(desk, new.item)
    if item.has_lot and not new.lot.strip():
        raise LotMissing
    _check_count(new.count)
    if not 0 <= new.cost <= MOST * 100:
        raise CountWrong
    at = stamp(desk.clock)
    entry = StockEntry(item.id, StockAct.RECEIVED, new.count, at, new.lot.strip(), new.expires)
    _note(desk, replace(entry, cost=new.cost))


def count_lot(desk: Desk, item: str, lot: str, found: int) -> int:
    """Note how many lie on the shelf.

    Returns:
        By how many the books were wrong; 0: they were right.

    Raises:
        NotAllowed: Not in this person's roles.
        UnknownCode: There is no such item, or it has no shelf.
        CountWrong: A number below zero, or far too large.
    """
    desk.require(May.KEEP_STOCK)
    before = _lot(desk, _with_shelf(desk, item).id, lot)
    _check_count(found, least=0)
    at = stamp(desk.clock)
    _note(desk, StockEntry(item, StockAct.COUNTED, found, at, lot, expected=before.left))
    return found - before.left


def discard(desk: Desk, item: str, lot: str, count: int, reason: str) -> None:
    """Note what was thrown away or lost.

    Args:
        desk: Where.
        item: Id of the item.
        lot: Which lot, or empty.
        count: How many.
        reason: A code of `aid_discards`.

    Raises:
        NotAllowed: Not in this person's roles.
        UnknownCode: No such item or reason.
        CountWrong: There are not so many.
    """
    desk.require(May.KEEP_STOCK)
    require_choice(desk, DISCARDS, reason)
    _take_out(desk, StockAct.DISCARDED, (item, lot), count, reason)


def move(desk: Desk, item: str, lot: str, count: int, place: str) -> None:
    """Note what went to another place: a car, another station.

    Raises:
        NotAllowed: Not in this person's roles.
        UnknownCode: No such item.
        CountWrong: There are not so many.
        ReasonMissing: No place.
    """
    desk.require(May.KEEP_STOCK)
    if not place.strip():
        raise ReasonMissing
    _take_out(desk, StockAct.MOVED, (item, lot), count, place.strip())


def give_without_name(desk: Desk, item: str, lot: str, count: int, to: str) -> int:
    """Note what was left behind or given to somebody without a record.

    Args:
        desk: Where.
        item: Id of the item.
        lot: Which lot, or empty.
        count: How many.
        to: A code of `aid_left_with`.

    Returns:
        How many of the lot are left; below zero: the shelf should be counted.

    Raises:
        NotAllowed: Not in this person's roles.
        UnknownCode: No such item or code.
        CountWrong: Not a number above zero.
        LotExpired: The lot is over.
    """
    desk.require(May.KEEP_STOCK)
    require_choice(desk, LEFT_WITH, to)
    known = item_of(desk, item)
    _check_count(count)
    from_lot = lot_to_give(desk, known, lot)
    cost = from_lot.cost or known.unit_cost
    at = stamp(desk.clock)
    entry = StockEntry(item, StockAct.GIVEN, count, at, lot, from_lot.expires, cost)
    _note(desk, entry, to)
    return from_lot.left - count


def month_costs(desk: Desk) -> list[MonthCost]:
    """What was given, by month and item, the newest month first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.KEEP_STOCK)
    items = {item.id: item for item in aid_items(desk)}
    totals = given_by_month(entries(desk))
    found = [
        MonthCost(month, items.get(item) or _unknown(item), count, cost)
        for (month, item), (count, cost) in sorted(totals.items())
    ]
    return sorted(found, key=lambda one: one.month, reverse=True)


# --- for the acts of `aid` ----------------------------------------------------------------


def item_of(desk: Desk, ident: str) -> AidItem:
    """An item by its id.

    Raises:
        UnknownCode: There is none.
    """
    for item in aid_items(desk):
        if item.id == ident:
            return item
    raise UnknownCode


def lot_to_give(desk: Desk, item: AidItem, lot: str) -> Lot:
    """A lot of which something may be given, also where the books say that nothing is left.

    Raises:
        LotExpired: Its last day is over.
    """
    found = _lot(desk, item.id, lot)
    if found.is_expired(desk.clock.local().date()):
        raise LotExpired
    return found


def note_change(desk: Desk, ident: RecordId, said: dict[str, Any]) -> Change:
    """A note about the stock as a change, with the id that it was promised under."""
    fields = {**said, facts.OPENED: stamp(desk.clock)}
    return fact(desk.station, desk.person.id, NOTE, ident, fields)


# --- inside -----------------------------------------------------------------------------


def _fields(entry: StockEntry, why: str, by: UserId) -> dict[str, Any]:
    return {
        "do": entry.do, "item": entry.item, "count": entry.count, "lot": entry.lot,
        "expires": entry.expires, "cost": entry.cost, "expected": entry.expected, "why": why,
        "at": entry.at, facts.BY: by,
    }  # fmt: skip


def entry_of(said: Mapping[str, Any]) -> StockEntry | None:
    """A note as it was written; None for what cannot be read, whoever sent it."""
    try:
        return StockEntry(
            item=str(said["item"]),
            do=StockAct(said["do"]),
            count=int(said["count"]),
            at=str(said["at"]),
            lot=str(said.get("lot", "")),
            expires=str(said.get("expires", "")),
            cost=int(said.get("cost", 0)),
            expected=int(said.get("expected", 0)),
        )
    except (KeyError, ValueError, TypeError):
        return None


def _note(desk: Desk, entry: StockEntry, why: str = "") -> None:
    ident = new_record_id()
    change = note_change(desk, ident, _fields(entry, why, desk.person.id))
    desk.station.apply([change], desk.act(f"stock {entry.do}", ident))


def _take_out(desk: Desk, do: StockAct, key: tuple[str, str], count: int, why: str) -> None:
    item, lot = key
    before = _lot(desk, _with_shelf(desk, item).id, lot)
    _check_count(count)
    if count > before.left:
        raise CountWrong
    entry = StockEntry(item, do, count, stamp(desk.clock), lot, before.expires, before.cost)
    _note(desk, entry, why)


def _lot(desk: Desk, item: str, lot: str) -> Lot:
    return lots_of(entries(desk)).get((item, lot), Lot(item, lot))


def _item_stock(item: AidItem, lots: Iterable[Lot]) -> ItemStock:
    own = [lot for lot in lots if lot.item == item.id]
    shown = sorted(
        (lot for lot in own if lot.left), key=lambda lot: (lot.expires or "9999-12-31", lot.lot)
    )
    return ItemStock(item, tuple(shown), left_of(own, item.id))


def _with_shelf(desk: Desk, ident: str) -> AidItem:
    item = item_of(desk, ident)
    if not item.has_stock:
        raise UnknownCode
    return item


def _check_count(count: int, least: int = 1) -> None:
    if not least <= count <= MOST:
        raise CountWrong


def _item(one: Choice, units: dict[str, Text]) -> AidItem:
    more = one.more
    unit = more.get("unit", "")
    return AidItem(
        id=one.id,
        label=one.label,
        unit=units.get(unit) or Text({"en": unit}),
        has_lot=more.get("has_lot") == "yes",
        has_stock=more.get("has_stock", "yes") == "yes",
        minimum=_number(more.get("minimum", "")),
        warn_days=_number(more.get("warn_days", "")),
        unit_cost=_number(more.get("unit_cost", "")),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _unknown(ident: str) -> AidItem:
    """An item that the file no longer names; its past still counts."""
    return AidItem(ident, Text({"en": ident}), Text())
