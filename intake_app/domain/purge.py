"""The end of records: an order by two people, the wait after it, and the hold that stops it.

An order, its approval, a withdrawal, a hold and its lifting are signed facts with ids and moments,
never a word of what is in a record. Where an order stands is folded from all that is known, in any
order of arrival: a hold that is known wins over every order that was not carried out yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from intake_app.domain.change import DELETED, Value
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment

HIDDEN_BY: Final = "purge "
"""How the reason of a hidden record begins while an order waits; the order's id follows."""

OF_PERSON: Final = "person."
"""How the kinds of facts about a person begin: they stay while one of their intakes does."""


class Way(StrEnum):
    """What an order does."""

    PURGE = "purge"  # nothing of the record stays; a count without a person does
    DEIDENTIFY = "deidentify"  # a record of codes stays, without identity and words


class Scope(StrEnum):
    """What a hold covers."""

    RECORD = "record"
    PERSON = "person"
    ALL = "all"


class State(StrEnum):
    """Where an order stands."""

    PROPOSED = "proposed"
    WAITING = "waiting"  # approved and hidden; it can be withdrawn
    HELD = "held"
    DUE = "due"
    WITHDRAWN = "withdrawn"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Order:
    """What one person proposes.

    Attributes:
        id: Of the order.
        text: As it was signed.
        compartment: The file that the records are in.
        way: What it does.
        basis: Why: an id of the retention file.
        records: Intakes, each with its person.
        also: Ids that another file keeps because of them: conditions, a participation token.
        counts: How many records of each kind belong to them.
        keeps_token: A participation token stays until it expires.
        by: Who proposed.
        at: When; aware.
    """

    id: RecordId
    text: str = field(repr=False)
    compartment: Compartment
    way: Way
    basis: str
    records: Mapping[RecordId, RecordId]
    also: tuple[RecordId, ...]
    counts: Mapping[str, int]
    keeps_token: bool
    by: UserId
    at: datetime

    @property
    def ids(self) -> tuple[RecordId, ...]:
        """All ids that may stand nowhere once it is carried out."""
        return (*self.records, *self.also)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody signed about an order or a hold: an approval, a withdrawal, a lifting.

    Attributes:
        about: The order or hold.
        text: As it was signed.
        by: Who.
        at: When; aware.
    """

    about: RecordId
    text: str = field(repr=False)
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """Records that nobody may destroy: a court or a records request needs them.

    Attributes:
        id: Of the hold.
        scope: What it covers.
        target: The record or person; empty for all.
        by: Who placed it.
        at: When; aware.
        same: Other ids of that person: people may be merged before or after.
    """

    id: RecordId
    scope: Scope
    target: str
    by: UserId
    at: datetime
    same: frozenset[str] = frozenset()

    def covers(self, record: str, person: str) -> bool:
        """Whether a record of a person may not be destroyed."""
        if self.scope is Scope.PERSON:
            return person == self.target or person in self.same
        return self.scope is Scope.ALL or self.target == record


@dataclass(frozen=True, slots=True)
class Waits:
    """How long an approved order waits; the numbers are those of the retention file.

    Attributes:
        hours: From the approval.
        mass_count: More records than this within a day are a mass purge.
        mass_days: How long all of it waits then.
        at_once: Bases that do not wait (an order of a court).
    """

    hours: int = 72
    mass_count: int = 20
    mass_days: int = 7
    at_once: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """All signed facts that are here and hold good.

    Attributes:
        orders: Proposed.
        approvals: Of them, by whoever.
        withdrawals: Of them.
        holds: Placed.
        lifts: Of holds.
        done: Orders that were carried out.
    """

    orders: tuple[Order, ...] = ()
    approvals: tuple[Said, ...] = ()
    withdrawals: tuple[Said, ...] = ()
    holds: tuple[Hold, ...] = ()
    lifts: tuple[Said, ...] = ()
    done: frozenset[RecordId] = frozenset()

    def standing_holds(self) -> tuple[Hold, ...]:
        """Those that nobody has lifted."""
        lifted = {lift.about for lift in self.lifts}
        return tuple(hold for hold in self.holds if hold.id not in lifted)

    def is_held(self, record: str, person: str) -> bool:
        """Whether a record may not be destroyed."""
        return any(hold.covers(record, person) for hold in self.standing_holds())


@dataclass(frozen=True, slots=True)
class Standing:
    """An order, and where it stands.

    Attributes:
        order: The order.
        state: Where it stands.
        approval: The first approval by another person than its proposer, or None.
        not_before: From when it may be carried out; None without an approval.
        is_mass: It waits longer, because it is one of many.
    """

    order: Order
    state: State
    approval: Said | None = None
    not_before: datetime | None = None
    is_mass: bool = False


def fold(known: Known, waits: Waits, now: datetime) -> tuple[Standing, ...]:
    """Where each order stands; the oldest first.

    Args:
        known: In any order, also twice.
        waits: How long approved orders wait.
        now: Aware.
    """
    approved = {order.id: _approval(known, order) for order in known.orders}
    orders = sorted({order.id: order for order in known.orders}.values(), key=_age)
    return tuple(_stands(known, order, approved, waits, now) for order in orders)


def is_going(record: Record) -> bool:
    """Whether an approved order hides this record: to everybody it is gone already."""
    return order_of(record) != ""


def order_of(record: Record) -> str:
    """The order that hides a record, or empty."""
    deleted: Value = record.values.get(DELETED) or {}
    why = str(deleted.get("why", ""))
    return why.removeprefix(HIDDEN_BY) if why.startswith(HIDDEN_BY) else ""


def is_of_person(kind: str) -> bool:
    """Whether records of a kind belong to a person, not to the intake whose id they share."""
    return kind.startswith(OF_PERSON)


def _age(order: Order) -> tuple[datetime, str]:
    return order.at, order.id


def _approval(known: Known, order: Order) -> Said | None:
    """The first approval by another person."""
    others = (one for one in known.approvals if one.about == order.id and one.by != order.by)
    return min(others, key=lambda one: (one.at, one.by), default=None)


def _stands(
    known: Known, order: Order, approved: Mapping[RecordId, Said | None], waits: Waits,
    now: datetime,
) -> Standing:  # fmt: skip
    approval = approved[order.id]
    is_mass = approval is not None and _is_mass(known, order.id, approved, waits)
    start = approval and max((order.at, approval.at, *_lifted(known, order)))
    not_before = start and start + _wait(order, waits, is_mass=is_mass)
    state = _state(known, order, not_before, now)
    return Standing(order, state, approval, not_before, is_mass)


def _state(known: Known, order: Order, not_before: datetime | None, now: datetime) -> State:
    holds = any(known.is_held(record, person) for record, person in order.records.items())
    checks = (
        (order.id in known.done, State.DONE),
        (any(one.about == order.id for one in known.withdrawals), State.WITHDRAWN),
        (not_before is None, State.PROPOSED),
        (holds, State.HELD),
        (not_before is not None and now < not_before, State.WAITING),
    )
    return next((state for holds_good, state in checks if holds_good), State.DUE)


def _lifted(known: Known, order: Order) -> Iterable[datetime]:
    """When holds on it ended: from then on it waits anew, so that a lifting can be looked at."""
    covering = {
        hold.id for hold in known.holds
        for record, person in order.records.items() if hold.covers(record, person)
    }  # fmt: skip
    return (lift.at for lift in known.lifts if lift.about in covering)


def _is_mass(
    known: Known, ident: RecordId, approved: Mapping[RecordId, Said | None], waits: Waits
) -> bool:
    """Whether too many records were given to die within a day of this approval."""
    mine, day = approved[ident], timedelta(days=1)
    withdrawn = {one.about for one in known.withdrawals}
    before = after = 0
    for order in {order.id: order for order in known.orders}.values():
        other = approved[order.id]
        if mine is None or other is None or order.id in withdrawn:
            continue
        apart, count = other.at - mine.at, len(order.records)
        before += count if -day < apart <= timedelta() else 0
        after += count if timedelta() <= apart < day else 0
    return max(before, after) > waits.mass_count


def _wait(order: Order, waits: Waits, *, is_mass: bool) -> timedelta:
    if is_mass:
        return timedelta(days=waits.mass_days)
    return timedelta() if order.basis in waits.at_once else timedelta(hours=waits.hours)
