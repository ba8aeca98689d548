"""Forged orders, approvals, holds and ledger lines end nothing; good ones do (control)."""

import base64
import json
from collections.abc import Callable

import pytest
from ending_world import planted, tick
from profiles import Desks
from walk_ins import taken

from intake_app.domain.change import Value
from intake_app.domain.clock import stamp
from intake_app.domain.errors import CannotOpen
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.purge import Scope, State
from intake_app.domain.roles import Compartment, May, Role
from intake_app.services.desk import Desk
from intake_app.services.purging.acts import (
    APPROVAL,
    HOLD,
    LIFT,
    ORDER,
    SIGNED,
    WITHDRAWAL,
    digest_of,
    ending_of,
    known_acts,
    read_order,
    standings,
)
from intake_app.services.purging.holds import lift_hold, place_hold
from intake_app.services.purging.purging import Wanted, propose_purge
from intake_app.services.purging.settling import sweep
from intake_app.services.records.writing import fact


def signed(desk: Desk, act: str, **said: Value) -> str:
    """A text as a program of somebody's own would sign it."""
    whole = {"id": new_record_id(), "about": "", "at": stamp(desk.clock), **said}
    return ending_of(desk).signer.sign(act, whole)


def put(desk: Desk, kind: str, text: str, about: RecordId) -> None:
    """Into the station file, past all services: everybody holds its key."""
    tick(desk)
    fields = {SIGNED: text, **desk.entered()}
    change = fact(desk.station, desk.person.id, kind, new_record_id(), fields, about)
    desk.station.apply([change], desk.act("forge"))


@pytest.fixture
def coordinator(desks: Desks) -> Desk:
    return desks(Role.COORDINATOR)


@pytest.fixture
def record(coordinator: Desk) -> RecordId:
    return planted(coordinator)


@pytest.fixture
def order(coordinator: Desk, record: RecordId) -> RecordId:
    return propose_purge(coordinator, Wanted(Compartment.CARE, [record], "court_order"))


def order_text(desk: Desk) -> str:
    (one,) = desk.station.of_kind(ORDER)
    return str(one.values[SIGNED])


def state(desk: Desk) -> State:
    (one,) = standings(desk, known_acts(desk))
    return one.state


def altered(text: str) -> str:
    """One letter of what was signed is another."""
    head, body, signature = text.split(".")
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    told = json.loads(raw)
    told["id"] = new_record_id()
    fresh = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return ".".join((head, base64.urlsafe_b64encode(fresh).rstrip(b"=").decode(), signature))


Forge = Callable[[Desks, str], str]
FORGERIES: dict[str, Forge] = {
    "by a role that may not": lambda desks, text: signed(
        desks(Role.OFFICER), APPROVAL, order_sha256=digest_of(text)
    ),
    "by the proposer": lambda desks, text: signed(
        desks(Role.COORDINATOR), APPROVAL, order_sha256=digest_of(text)
    ),
    "of another order": lambda desks, text: signed(
        desks(Role.SUPERVISOR), APPROVAL, order_sha256=digest_of(text + " ")
    ),
    "altered": lambda desks, text: altered(
        signed(desks(Role.SUPERVISOR), APPROVAL, order_sha256=digest_of(text))
    ),
    "another act": lambda desks, text: signed(
        desks(Role.SUPERVISOR), HOLD, order_sha256=digest_of(text)
    ),
    "no signed text": lambda _desks, text: digest_of(text),
}


def test_a_good_approval_counts(desks: Desks, order: RecordId, coordinator: Desk) -> None:
    """Control."""
    text = order_text(coordinator)
    supervisor = desks(Role.SUPERVISOR)
    good = signed(supervisor, APPROVAL, about=order, order_sha256=digest_of(text))
    put(supervisor, APPROVAL, good, order)
    assert state(supervisor) is State.DUE
    ending_of(coordinator).ledger.append(text, good, stamp(coordinator.clock))
    assert sweep(coordinator) == 1


def test_forged_approvals_count_nowhere(
    desks: Desks, order: RecordId, record: RecordId, coordinator: Desk
) -> None:
    text = order_text(coordinator)
    for forge in FORGERIES.values():
        forged = forge(desks, text)
        put(coordinator, APPROVAL, forged, order)
        ending_of(coordinator).ledger.append(text, forged, stamp(coordinator.clock))
    assert state(coordinator) is State.PROPOSED
    assert sweep(coordinator) == 0
    kept = coordinator.care_file.record(record)
    assert kept
    assert not kept.is_purged


def test_an_order_that_somebody_else_altered_is_none(
    desks: Desks, order: RecordId, coordinator: Desk
) -> None:
    text = order_text(coordinator)
    assert read_order(coordinator, text)
    assert read_order(coordinator, altered(text)) is None
    said = ending_of(coordinator).signer.peek(text)
    by_desk = ending_of(desks(Role.FRONT_DESK)).signer.sign(ORDER, said)
    assert read_order(coordinator, by_desk) is None
    with pytest.raises(CannotOpen):
        ending_of(coordinator).signer.read(APPROVAL, text, May.PROPOSE_PURGE)
    assert order


def test_only_who_may_hold_and_lift(desks: Desks, coordinator: Desk) -> None:
    record = taken(coordinator).record
    officer = desks(Role.OFFICER)
    put(officer, HOLD, signed(officer, HOLD, scope="all", target=""), RecordId(""))
    assert known_acts(coordinator).standing_holds() == ()
    tick(coordinator)
    hold = place_hold(coordinator, Scope.RECORD, record)
    put(officer, LIFT, signed(officer, LIFT, about=hold), hold)
    assert known_acts(coordinator).is_held(record, record)
    tick(coordinator)
    lift_hold(coordinator, hold)
    assert not known_acts(coordinator).is_held(record, record)


def test_only_the_proposer_or_an_approver_withdraws(
    desks: Desks, order: RecordId, coordinator: Desk
) -> None:
    officer = desks(Role.OFFICER)
    put(officer, WITHDRAWAL, signed(officer, WITHDRAWAL, about=order), order)
    assert state(coordinator) is State.PROPOSED
    put(coordinator, WITHDRAWAL, signed(coordinator, WITHDRAWAL, about=order), order)
    assert state(coordinator) is State.WITHDRAWN


def test_a_withdrawal_counts_for_the_order_that_it_names(
    desks: Desks, order: RecordId, coordinator: Desk
) -> None:
    """Filed under an order of one's own, it takes nobody else's back."""
    tick(coordinator)
    supervisor = desks(Role.SUPERVISOR)
    theirs = signed(
        supervisor, ORDER, compartment="cases", way="purge", basis="request", records={},
        also=[], counts={}, keeps_token=True,
    )  # fmt: skip
    named = RecordId(str(ending_of(supervisor).signer.peek(theirs)["id"]))
    put(supervisor, ORDER, theirs, RecordId(""))
    back = signed(coordinator, WITHDRAWAL, about=named)
    put(coordinator, WITHDRAWAL, back, order)
    assert known_acts(coordinator).withdrawals == ()


def test_a_ledger_line_before_its_time_or_against_a_hold_ends_nothing(
    desks: Desks, record: RecordId, coordinator: Desk
) -> None:
    """Whoever can write to the folder has copied the two signed texts."""
    order = propose_purge(coordinator, Wanted(Compartment.CARE, [record], "request"))
    text, supervisor = order_text(coordinator), desks(Role.SUPERVISOR)
    good = signed(supervisor, APPROVAL, about=order, order_sha256=digest_of(text))
    ending_of(coordinator).ledger.append(text, good, stamp(coordinator.clock))
    assert sweep(coordinator) == 0
    tick(coordinator)
    hold = place_hold(coordinator, Scope.RECORD, record)
    tick(coordinator, hours=73)
    assert sweep(coordinator) == 0
    lift_hold(coordinator, hold)
    assert sweep(coordinator) == 0  # after a hold it waits anew
    tick(coordinator, hours=73)
    put(supervisor, APPROVAL, good, order)
    assert sweep(coordinator) == 1
