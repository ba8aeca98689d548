"""The stock of aid, folded from what was noted: lots, what is left of each, and what it cost.

Each note changes a number by so much, never to so much, so that notes of two stations add up in
any order. A count says what stood in the books when the shelf was counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from intake_app.domain.text import Text

Key: TypeAlias = tuple[str, str]
"""An item and a lot; the lot is empty where an item has none, or nobody noted it."""


class StockAct(StrEnum):
    """What happened to stock."""

    RECEIVED = "received"
    COUNTED = "counted"
    DISCARDED = "discarded"
    MOVED = "moved"
    GIVEN = "given"
    RETURNED = "returned"  # a giving was noted by mistake


@dataclass(frozen=True, slots=True)
class AidItem:
    """Something that can be given: a line of `resources/codes/aid_items.csv`.

    Attributes:
        id: What is stored.
        label: What is read.
        unit: What one of it is: "kit", "mile".
        has_lot: It is kept by lot, with an expiry.
        has_stock: There is a shelf of it; miles have none.
        minimum: Below so many, order more; 0: never told.
        warn_days: Days before expiry from which it is told.
        unit_cost: Cost of one in minor units where it does not come with the goods; 0: not known.
    """

    id: str
    label: Text
    unit: Text
    has_lot: bool = False
    has_stock: bool = True
    minimum: int = 0
    warn_days: int = 0
    unit_cost: int = 0


@dataclass(frozen=True, slots=True)
class StockEntry:
    """One note.

    Attributes:
        item: Id of the item.
        do: What happened.
        count: How many; for a count: how many lie there.
        at: When: local time with offset.
        lot: Of which lot, or empty.
        expires: Last day (YYYY-MM-DD), or empty.
        cost: Of one, in minor units; 0: not known.
        expected: For a count: how many the books said.
    """

    item: str
    do: StockAct
    count: int
    at: str
    lot: str = ""
    expires: str = ""
    cost: int = 0
    expected: int = 0

    @property
    def difference(self) -> int:
        """By how much it changes what is left."""
        if self.do is StockAct.COUNTED:
            return self.count - self.expected
        return self.count if self.do in _ADDS else -self.count


_ADDS: Final = (StockAct.RECEIVED, StockAct.RETURNED)


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot as it stands.

    Attributes:
        item: Id of the item.
        lot: Its name on the box, or empty.
        expires: Last day (YYYY-MM-DD), or empty.
        left: How many; below zero: more was given than was ever noted as received.
        cost: Of one, in minor units; 0: not known.
    """

    item: str
    lot: str = ""
    expires: str = ""
    left: int = 0
    cost: int = 0

    @property
    def key(self) -> Key:
        """Item and lot."""
        return self.item, self.lot

    def is_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return bool(self.expires) and self.expires < today.isoformat()

    def expires_within(self, days: int, today: date) -> bool:
        """Whether its last day comes soon, or is over."""
        return bool(self.expires) and self.expires <= (today + timedelta(days=days)).isoformat()


def lots_of(entries: Iterable[StockEntry]) -> dict[Key, Lot]:
    """All lots that were ever noted, with what is left of each."""
    lots: dict[Key, Lot] = {}
    for one in sorted(entries, key=lambda entry: entry.at):
        before = lots.get((one.item, one.lot), Lot(one.item, one.lot))
        lots[before.key] = replace(
            before,
            left=before.left + one.difference,
            expires=(one.expires if one.do is StockAct.RECEIVED else "") or before.expires,
            cost=(one.cost if one.do is StockAct.RECEIVED else 0) or before.cost,
        )
    return lots


def left_of(lots: Iterable[Lot], item: str) -> int:
    """How many of an item are left, over all lots."""
    return sum(lot.left for lot in lots if lot.item == item)


def first_to_give(lots: Iterable[Lot], item: str, today: date) -> Lot | None:
    """The lot to give from: what expires first and is still good; None: nothing is left."""
    good = [
        lot for lot in lots
        if lot.item == item and lot.left > 0 and not lot.is_expired(today)
    ]  # fmt: skip
    return min(good, key=lambda lot: (lot.expires or "9999-12-31", lot.lot), default=None)


def given_by_month(entries: Iterable[StockEntry]) -> dict[tuple[str, str], tuple[int, int]]:
    """By month (YYYY-MM) and item: how many were given, and what they cost in minor units."""
    totals: dict[tuple[str, str], tuple[int, int]] = {}
    signs = {StockAct.GIVEN: 1, StockAct.RETURNED: -1}
    for one in entries:
        if sign := signs.get(one.do):
            count, cost = totals.get((one.at[:7], one.item), (0, 0))
            more = sign * one.count
            totals[one.at[:7], one.item] = count + more, cost + more * one.cost
    return totals
