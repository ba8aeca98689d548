"""A record ends: two people say so, it is hidden at once, and after a wait nothing of it stays."""

from dataclasses import replace
from pathlib import Path

import pytest
from ending_world import VALUES, file_of, in_the_clear, later, left, ordered, planted
from profiles import Desks, Profile
from sealing_world import at_program, completed
from walk_ins import audit, taken

from intake_app.domain.deidentified import STATISTIC
from intake_app.domain.ending_errors import AnotherMustApprove, NothingProposed, ProposedAlready
from intake_app.domain.errors import NotAllowed, RecordMissing
from intake_app.domain.purge import State
from intake_app.domain.roles import Compartment, Role
from intake_app.services.intakes.intakes import read_intake
from intake_app.services.intakes.people import find_people, people_order
from intake_app.services.purging.proof import look_over
from intake_app.services.purging.purging import (
    Wanted,
    approve_purge,
    proposals,
    propose_purge,
    removed,
    withdraw_purge,
)

NOBODY = lambda: False  # noqa: E731 (nobody waits)


def test_nothing_of_it_is_left_after_the_wait(desks: Desks, profile: Profile) -> None:
    coordinator = desks(Role.COORDINATOR)
    record = planted(coordinator)
    other = taken(coordinator, last_name="Controlwood").record
    file_of(coordinator).database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = in_the_clear(profile, Compartment.CARE)
    assert left(before) == list(VALUES)  # negative control
    parts = [one.id for one in coordinator.care_file.whole(record)]
    order = ordered(desks, record)
    later(profile, hours=73)
    gate = profile.gate()
    desk = profile.unlock(gate, Role.COORDINATOR)  # settles at sign-in
    assert all((one := desk.care_file.record(part)) and one.is_purged for part in parts)
    assert len(parts) > 3
    assert read_intake(desk, other).answers["last_name"] == "Controlwood"
    (done,) = removed(desk)
    assert done.standing.order.id == order
    assert done.files == ("care", "station")
    assert look_over(desk, NOBODY)
    (done,) = removed(desk)
    assert done.looked_for > 5
    assert done.found == 0
    gate.lock()
    for compartment in (Compartment.CARE, Compartment.CASES, Compartment.STATION):
        assert left(in_the_clear(profile, compartment)) == []
    assert b"Controlwood" in in_the_clear(profile, Compartment.CARE)
    assert file_of(coordinator).faults() == []
    assert file_of(coordinator).verify_audit()
    assert len(audit(file_of(coordinator), "purge records")) == 1


def test_it_is_hidden_from_everybody_at_the_next_sign_in(desks: Desks, profile: Profile) -> None:
    coordinator = desks(Role.COORDINATOR)
    record = planted(coordinator)
    ordered(desks, record)
    gate = profile.gate()
    desk = profile.unlock(gate, Role.FRONT_DESK)
    assert find_people(desk, "Quillfeather") == []
    assert record not in {desk.care_file.rows([n])[0].record for n in people_order(desk)}
    with pytest.raises(RecordMissing):
        read_intake(desk, record)
    gate.lock()


def test_what_is_withdrawn_is_shown_again_as_it_was(desks: Desks, profile: Profile) -> None:
    coordinator, supervisor = desks(Role.COORDINATOR), desks(Role.SUPERVISOR)
    record = planted(coordinator)
    before = read_intake(coordinator, record)
    order = ordered(desks, record)
    later(profile, hours=71)
    (one,) = proposals(supervisor)
    assert (one.standing.state, one.hours_left, one.is_mine) == (State.WAITING, 1, False)
    withdraw_purge(supervisor, order)
    later(profile, hours=5)
    gate = profile.gate()
    desk = profile.unlock(gate, Role.COORDINATOR)
    after = read_intake(desk, record)
    assert after == replace(before, guide=after.guide)
    assert [row.record for row in find_people(desk, "Quillfeather")] == [record]
    gate.lock()
    with pytest.raises(NothingProposed):
        withdraw_purge(supervisor, order)


def test_nobody_acts_alone(desks: Desks) -> None:
    coordinator, supervisor = desks(Role.COORDINATOR), desks(Role.SUPERVISOR)
    record = planted(coordinator)
    wanted = Wanted(Compartment.CARE, [record], "request")
    for role in (Role.FRONT_DESK, Role.OFFICER, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            propose_purge(desks(role), wanted)
    order = propose_purge(coordinator, wanted)
    with pytest.raises(NotAllowed):
        approve_purge(coordinator, order)
    with pytest.raises(ProposedAlready):
        propose_purge(coordinator, wanted)
    (one,) = proposals(supervisor)
    assert one.standing.state is State.PROPOSED
    assert one.standing.order.counts["intake"] == 1
    assert find_people(coordinator, "Quillfeather")  # a proposal hides nothing


def test_a_proposer_who_may_approve_still_needs_another_person(
    desks: Desks, tmp_path: Path
) -> None:
    supervisor = at_program(desks(Role.SUPERVISOR), tmp_path)
    case = completed(supervisor)
    order = propose_purge(supervisor, Wanted(Compartment.CASES, [case], "error"))
    with pytest.raises(AnotherMustApprove):
        approve_purge(supervisor, order)
    approve_purge(desks(Role.PRIVACY_OFFICER), order)


def test_a_count_without_a_person_stays(desks: Desks, profile: Profile) -> None:
    coordinator = desks(Role.COORDINATOR)
    ordered(desks, planted(coordinator))
    later(profile, hours=73)
    gate = profile.gate()
    desk = profile.unlock(gate, Role.COORDINATOR)
    (kept,) = desk.care_file.of_kind(STATISTIC)
    assert kept.values["month"] == "2026-11"
    assert kept.values["~pathway"] == "self_referral"
    assert "answers" not in kept.values
    gate.lock()


def test_an_order_of_a_court_does_not_wait(desks: Desks, profile: Profile) -> None:
    coordinator = desks(Role.COORDINATOR)
    record = planted(coordinator)
    ordered(desks, record, basis="court_order")
    gate = profile.gate()
    desk = profile.unlock(gate, Role.FRONT_DESK)
    kept = desk.care_file.record(record)
    assert kept
    assert kept.is_purged
    gate.lock()
