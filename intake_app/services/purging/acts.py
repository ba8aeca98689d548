"""The signed facts of the end of records, in the `station` file: written here, and read back.

Everybody holds the key of `station`, so nothing counts that is not signed by who might sign it. A
fact holds ids, codes and moments; not a word of what is in a record, and nobody's name.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.errors import BadRegistry, CannotOpen, NoGrant
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.purge import Hold, Known, Order, Said, Scope, Standing, Way, fold
from intake_app.domain.roles import Compartment, May
from intake_app.services.desk import Desk
from intake_app.services.needs.ending import Ending
from intake_app.services.purging.parts import open_files
from intake_app.services.records.merged_people import merged_into, person_now
from intake_app.services.records.veil import behind
from intake_app.services.records.writing import fact

ORDER: Final = "purge.order"
APPROVAL: Final = "purge.approval"
WITHDRAWAL: Final = "purge.withdrawal"
DONE: Final = "purge.done"
HOLD: Final = "hold"
LIFT: Final = "hold.lifted"

SIGNED: Final = "signed"
"""Field of such a fact: all that it says, signed."""

_MAY: Final = {
    ORDER: May.PROPOSE_PURGE,
    APPROVAL: May.APPROVE_PURGE,
    HOLD: May.HOLD_RECORDS,
    LIFT: May.HOLD_RECORDS,
}
"""What a role of the author had to include."""

_HELD_BY: Final = {Compartment.CARE: May.READ_INTAKE, Compartment.CASES: May.READ_CASE}
"""What the roles with the key of a file include, and no others: only they can end what is in it."""

_OLD: Final = timedelta(days=3)
_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def ending_of(desk: Desk) -> Ending:
    """What the end of records needs.

    Raises:
        NoGrant: It is not on this desk.
    """
    if desk.ending is None:
        raise NoGrant("ending")
    return desk.ending


def signed_fact(
    desk: Desk, kind: str, said: Mapping[str, Value], about: RecordId = RecordId("")
) -> Change:
    """A fact that carries its author's signature."""
    ident = new_record_id()
    whole = {**said, "id": ident, "about": about, "at": stamp(desk.clock)}
    text = ending_of(desk).signer.sign(kind, whole)
    fields: dict[str, Value] = {SIGNED: text, **desk.entered()}
    return fact(desk.station, desk.person.id, kind, ident, fields, about)


def digest_of(text: str) -> str:
    """The hash by which an approval names the order that it means (SHA-256, hex)."""
    return hashlib.sha256(text.encode()).hexdigest()


def known_acts(desk: Desk, old: Collection[RecordId] = ()) -> Known:
    """All that is known here and holds good; what is forged or misplaced is left out.

    Args:
        desk: Where.
        old: Orders that are wanted though they were carried out long ago; of the others nothing
            depends on them any more.
    """
    past = _long_done(desk) - set(old)
    texts = (text for text, ident in _texts(desk, ORDER, by_id=True) if ident not in past)
    found = (order for text in texts if (order := read_order(desk, text)))
    orders = {order.id: order for order in sorted(found, key=lambda one: one.text)}
    return Known(
        orders=tuple(orders.values()),
        approvals=tuple(_approvals(desk, orders)),
        withdrawals=tuple(_withdrawals(desk, orders)),
        holds=tuple(_holds(desk)),
        lifts=tuple(_of_kind(desk, LIFT)),
        done=frozenset(_done(desk, orders)),
    )


def standings(desk: Desk, known: Known) -> tuple[Standing, ...]:
    """Where each order stands now."""
    return fold(known, desk.library.retention().waits, desk.clock.now())


def read_order(desk: Desk, text: str) -> Order | None:
    """An order as it was signed, or None where it does not hold good."""
    read = _read(desk, ORDER, text, May.PROPOSE_PURGE)
    if read is None:
        return None
    by, said = read
    try:
        return Order(
            id=RecordId(str(said["id"])),
            text=text,
            compartment=Compartment(said["compartment"]),
            way=Way(said["way"]),
            basis=str(said["basis"]),
            records={RecordId(str(one)): RecordId(str(p)) for one, p in said["records"].items()},
            also=tuple(RecordId(str(one)) for one in said["also"]),
            counts={str(kind): int(n) for kind, n in said["counts"].items()},
            keeps_token=said["keeps_token"] is True,
            by=by,
            at=_moment(said),
        )
    except _FAILED:
        return None


def approves(desk: Desk, order: Order, text: str) -> Said | None:
    """An approval, if it holds good for this order: by another person, of exactly this text."""
    read = _read(desk, APPROVAL, text, May.APPROVE_PURGE)
    if read is None:
        return None
    by, said = read
    is_meant = said.get("order_sha256") == digest_of(order.text) and by != order.by
    return _said(by, said, text) if is_meant else None


def _done(desk: Desk, orders: Mapping[RecordId, Order]) -> Iterator[RecordId]:
    """What a holder of the file calls done, as far as the ledger holds it with a good approval.

    Everybody can write into `station`: a word of somebody else would end a record under a hold.
    """
    told = {
        about for text, about in _texts(desk, DONE)
        if about in orders and _is_holders_word(desk, orders[about], text)
    }  # fmt: skip
    for line in ending_of(desk).ledger.lines() if told else ():
        order = next((orders[one] for one in told if orders[one].text == line.order), None)
        if order is not None and approves(desk, order, line.approval) is not None:
            yield order.id


def _is_holders_word(desk: Desk, order: Order, text: str) -> bool:
    read = _read(desk, DONE, text, _HELD_BY.get(order.compartment, May.READ_SEALED))
    return read is not None and read[1].get("about") == order.id


def _approvals(desk: Desk, orders: Mapping[RecordId, Order]) -> Iterator[Said]:
    for text, about in _texts(desk, APPROVAL):
        order = orders.get(about)
        if order is not None and (said := approves(desk, order, text)) is not None:
            yield said


def _withdrawals(desk: Desk, orders: Mapping[RecordId, Order]) -> Iterator[Said]:
    """By whoever proposed it, or by anybody who may approve."""
    for text, about in _texts(desk, WITHDRAWAL):
        order = orders.get(about)
        for act in (May.APPROVE_PURGE, May.PROPOSE_PURGE):
            read = _read(desk, WITHDRAWAL, text, act)
            if order and read and (act is May.APPROVE_PURGE or read[0] == order.by):
                said = _said(*read, text)
                yield from (one for one in (said,) if one and one.about == order.id)
                break


def _holds(desk: Desk) -> Iterator[Hold]:
    for text, _ in _texts(desk, HOLD):
        read = _read(desk, HOLD, text, May.HOLD_RECORDS)
        if read is None:
            continue
        by, said = read
        try:
            scope, target = Scope(said["scope"]), str(said["target"])
            hold = Hold(RecordId(str(said["id"])), scope, target, by, _moment(said))
        except _FAILED:
            continue
        yield replace(hold, same=_same_person(desk, target)) if scope is Scope.PERSON else hold


def _same_person(desk: Desk, person: str) -> frozenset[str]:
    """All ids of somebody, as the files that are open here know them."""
    files = [file for _, file in open_files(behind(desk))]
    now = [(file, person_now(file, RecordId(person))) for file in files]
    return frozenset(one for file, whose in now for one in merged_into(file, whose))


def _of_kind(desk: Desk, kind: str) -> Iterator[Said]:
    for text, _ in _texts(desk, kind):
        read = _read(desk, kind, text, _MAY[kind])
        if read and (said := _said(*read, text)):
            yield said


def _said(by: UserId, said: Mapping[str, Any], text: str) -> Said | None:
    try:
        return Said(RecordId(str(said["about"])), text, by, _moment(said))
    except _FAILED:
        return None


def _texts(desk: Desk, kind: str, *, by_id: bool = False) -> Iterator[tuple[str, RecordId]]:
    """Signed texts of a kind, with what each is about (or its own id) by the file's word."""
    for record in desk.station.of_kind(kind):
        yield str(record.values.get(SIGNED, "")), record.id if by_id else record.about


def _long_done(desk: Desk) -> frozenset[RecordId]:
    """Orders that were carried out so long ago that they no longer count toward a mass purge."""
    since = (desk.clock.local() - _OLD).isoformat()
    done = desk.station.of_kind(DONE)
    return frozenset(one.about for one in done if str(one.values.get(facts.OPENED)) < since)


def _read(desk: Desk, kind: str, text: str, act: May) -> tuple[UserId, dict[str, Any]] | None:
    try:
        return ending_of(desk).signer.read(kind, text, act)
    except (CannotOpen, BadRegistry):
        return None


def _moment(said: Mapping[str, Any]) -> datetime:
    at = datetime.fromisoformat(str(said["at"]))
    if at.tzinfo is None:
        raise ValueError("no offset")
    return at
