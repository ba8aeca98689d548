"""The end of records: one person proposes, another approves, nobody acts alone, a hold wins.

What is approved is hidden at once from everybody. It is destroyed after its wait, when somebody who
holds the key of its file signs in (`purging.settling`). Until then it can be withdrawn.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake_app.domain import facts
from intake_app.domain.ending_errors import (
    AnotherMustApprove,
    NothingProposed,
    OnHold,
    ProposedAlready,
)
from intake_app.domain.errors import (
    BadRegistry,
    CannotOpen,
    DiskFull,
    NoGrant,
    RecordMissing,
    StorageFailed,
    UnknownCode,
)
from intake_app.domain.facts import person_of
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.purge import Known, Standing, State, Way, is_going
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment, May, may
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.purging.acts import (
    APPROVAL,
    DONE,
    ORDER,
    SIGNED,
    WITHDRAWAL,
    digest_of,
    ending_of,
    known_acts,
    signed_fact,
    standings,
)
from intake_app.services.purging.clearing import KEPT
from intake_app.services.purging.parts import counts_of, named_elsewhere, open_files, parts_of
from intake_app.services.purging.proof import PROVED
from intake_app.services.purging.settling import settle_purges
from intake_app.services.records.intake_changes import INTAKE

_LATEST = 50
_OPEN = frozenset({State.PROPOSED, State.WAITING, State.HELD, State.DUE})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to end.

    Attributes:
        compartment: The file.
        records: Intakes, or consents that outlived theirs.
        basis: Why: an id of the retention file.
        way: Purge, or de-identify.
    """

    compartment: Compartment
    records: Sequence[RecordId]
    basis: str
    way: Way = Way.PURGE


@dataclass(frozen=True, slots=True)
class Proposal:
    """An order as the page shows it: numbers and counts, nobody's name.

    Attributes:
        standing: The order and where it stands.
        is_mine: This person proposed it.
        hours_left: Until it is carried out, rounded up; 0 where nothing is awaited.
    """

    standing: Standing
    is_mine: bool
    hours_left: int = 0


@dataclass(frozen=True, slots=True)
class Removed:
    """An order that was carried out.

    Attributes:
        standing: The order and its approval.
        at: When: local time with offset.
        by: Who was signed in.
        files: The files that were cleared then.
        unreached: Backups that were not: name, day, and the day on which they end.
        ledger: Hash of the ledger then (SHA-256, hex).
        looked_for: How many values were looked for afterwards; 0: the file was not read yet.
        found: How many of them were left.
    """

    standing: Standing
    at: str
    by: UserId
    files: tuple[str, ...]
    unreached: tuple[tuple[str, str, str], ...]
    ledger: str
    looked_for: int = 0
    found: int = 0


def propose_purge(desk: Desk, wanted: Wanted) -> RecordId:
    """Propose that records end; nothing happens to them until another person approves.

    Returns:
        The order.

    Raises:
        NotAllowed: Not in this person's roles.
        NoGrant: They do not hold the key of the file.
        RecordMissing: One of them is not there.
        UnknownCode: The basis is none, or nothing was named.
        OnHold: A hold stands on one of them.
        ProposedAlready: One of them is in an open order.
    """
    desk.require(May.PROPOSE_PURGE)
    file = desk.open_file(wanted.compartment)
    if file is None or wanted.compartment is Compartment.STATION:
        raise NoGrant(wanted.compartment)
    basis = desk.library.retention().basis(wanted.basis)
    if basis is None or not wanted.records:
        raise UnknownCode
    records = {one.id: RecordId(person_of(one)) for one in _standing(file, wanted.records)}
    _refuse_held(desk, records)
    parts = parts_of(file, records)
    keeps_token = not basis.drops_token
    order = signed_fact(desk, ORDER, {
        "compartment": str(wanted.compartment),
        "way": str(wanted.way),
        "basis": wanted.basis,
        "records": records,
        "also": sorted(set(named_elsewhere(parts, keeps_token=keeps_token))),
        "counts": counts_of(parts),
        "keeps_token": keeps_token,
    })  # fmt: skip
    desk.station.apply([order], desk.act("propose purge", order.record))
    return order.record


@dataclass(frozen=True, slots=True)
class RecordEnd:
    """What is decided about the end of one record.

    Attributes:
        compartment: The file that it is in.
        person: Whose it is.
        intakes: All intakes of that person in this file, this one too.
        is_proposed: It is in an order that is open.
        is_held: A hold stands on it.
    """

    compartment: Compartment
    person: RecordId
    intakes: tuple[RecordId, ...]
    is_proposed: bool
    is_held: bool


def record_end(desk: Desk, record: RecordId) -> RecordEnd:
    """Where one record stands.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such record here.
    """
    _require_any(desk)
    for name, file in open_files(desk):
        found = file.record(record)
        if found is not None and not found.is_purged and not is_going(found):
            known = known_acts(desk)
            is_proposed = record in open_orders(standings(desk, known))
            person = RecordId(person_of(found))
            intakes = tuple(row.record for row in file.of_person(person, INTAKE))
            return RecordEnd(name, person, intakes, is_proposed, known.is_held(record, person))
    raise RecordMissing(record)


def approve_purge(desk: Desk, ident: RecordId) -> None:
    """Approve an order: its records are hidden now, and destroyed after the wait.

    Raises:
        NotAllowed: Not in this person's roles.
        AnotherMustApprove: They proposed it themselves.
        NothingProposed: It is no longer open.
        OnHold: A hold stands on one of its records.
    """
    desk.require(May.APPROVE_PURGE)
    one = _of(desk, ident, {State.PROPOSED})
    if one.order.by == desk.person.id:
        raise AnotherMustApprove
    if _is_held(known_acts(desk), one):
        raise OnHold
    said = {"order_sha256": digest_of(one.order.text)}
    change = signed_fact(desk, APPROVAL, said, about=ident)
    desk.station.apply([change], desk.act("approve purge", ident))
    with suppress(DiskFull, StorageFailed):  # it goes on at the next sign-in
        settle_purges(desk)


def withdraw_purge(desk: Desk, ident: RecordId) -> None:
    """Take an order back: what it hid is shown again.

    Raises:
        NotAllowed: Neither its proposer nor somebody who may approve.
        NothingProposed: It was carried out, or withdrawn before.
    """
    one = _of(desk, ident, _OPEN)
    desk.require(May.PROPOSE_PURGE if one.order.by == desk.person.id else May.APPROVE_PURGE)
    change = signed_fact(desk, WITHDRAWAL, {}, about=ident)
    desk.station.apply([change], desk.act("withdraw purge", ident))
    with suppress(DiskFull, StorageFailed):
        settle_purges(desk)


def proposals(desk: Desk) -> list[Proposal]:
    """The orders that are open, the oldest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    _require_any(desk)
    now = desk.clock.now()
    found = standings(desk, known_acts(desk))
    return [
        Proposal(one, one.order.by == desk.person.id, _hours(one, now))
        for one in found
        if one.state in _OPEN
    ]


def removed(desk: Desk, wanted: RecordId | None = None) -> list[Removed]:
    """The latest orders that were carried out, the newest first; or one of them.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    _require_any(desk)
    every = [one for one in reversed(desk.station.of_kind(DONE)) if wanted in {None, one.about}]
    latest = list({one.about: one for one in reversed(every[:_LATEST])}.values())[::-1]
    known = known_acts(desk, [one.about for one in latest])
    found = {one.order.id: one for one in standings(desk, known)}
    proved = {one.about: _said(desk, PROVED, one)
              for done in latest for one in desk.station.about(done.about, PROVED)}  # fmt: skip
    return [
        _removed(desk, found[one.about], one, proved.get(one.about, {}))
        for one in latest
        if one.about in found
    ]


def open_orders(found: Sequence[Standing]) -> frozenset[RecordId]:
    """The records that are in an order which is open."""
    return frozenset(i for one in found if one.state in _OPEN for i in one.order.records)


# --- inside -----------------------------------------------------------------------------


def _standing(file: Records, idents: Sequence[RecordId]) -> list[Record]:
    found = [file.record(ident) for ident in dict.fromkeys(idents)]
    there = [one for one in found if one and not one.is_purged and not is_going(one)]
    if len(there) < len(found) or any(one.kind not in {INTAKE, KEPT} for one in there):
        raise RecordMissing
    return there


def _refuse_held(desk: Desk, records: dict[RecordId, RecordId]) -> None:
    known = known_acts(desk)
    if any(known.is_held(record, person) for record, person in records.items()):
        raise OnHold
    if open_orders(standings(desk, known)) & set(records):
        raise ProposedAlready


def _is_held(known: Known, one: Standing) -> bool:
    return any(known.is_held(record, person) for record, person in one.order.records.items())


def _of(desk: Desk, ident: RecordId, states: frozenset[State] | set[State]) -> Standing:
    found = standings(desk, known_acts(desk))
    one = next((one for one in found if one.order.id == ident), None)
    if one is None or one.state not in states:
        raise NothingProposed
    return one


def _require_any(desk: Desk) -> None:
    acts = (May.PROPOSE_PURGE, May.APPROVE_PURGE, May.HOLD_RECORDS)
    held = next((act for act in acts if may(desk.person.roles, act)), May.PROPOSE_PURGE)
    desk.require(held)


def _hours(one: Standing, now: datetime) -> int:
    if one.state is not State.WAITING or one.not_before is None:
        return 0
    return -int((now - one.not_before).total_seconds() // 3600)


def _said(desk: Desk, kind: str, record: Record) -> dict[str, Any]:
    """What a fact says, if its signature holds."""
    text = str(record.values.get(SIGNED, ""))
    with suppress(CannotOpen, BadRegistry):
        return ending_of(desk).signer.read(kind, text, May.TAKE_IN)[1]
    return {}


def _removed(desk: Desk, one: Standing, done: Record, proved: dict[str, Any]) -> Removed:
    said = _said(desk, DONE, done)
    return Removed(
        standing=one,
        at=str(done.values.get(facts.OPENED, "")),
        by=UserId(str(done.values.get(facts.BY, ""))),
        files=tuple(str(name) for name in said.get("files", ())),
        unreached=tuple((str(n), str(made), str(ends)) for n, made, ends in
                        said.get("unreached", ())),
        ledger=str(said.get("ledger", "")),
        looked_for=int(proved.get("looked_for", 0)),
        found=int(proved.get("found", 0)),
    )  # fmt: skip
