"""What hangs on a record elsewhere goes with it: drop box, other files, the person, the event."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ending_world import file_of, in_the_clear, later, left, ordered, planted, tick
from held_cases import move
from profiles import Desks, Profile
from sealing_world import PLANTED as CASE
from sealing_world import at_program, closed, completed
from walk_ins import begun, taken

from intake_app.domain import facts
from intake_app.domain.deidentified import STATISTIC
from intake_app.domain.ending_errors import OnHold
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.purge import Scope, State, Way
from intake_app.domain.roles import Compartment, Role
from intake_app.services.case.conditions import conditions_of
from intake_app.services.case.treatment import NOTE, record_treatment
from intake_app.services.desk import Desk
from intake_app.services.intakes.handed_in import add_note
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.intakes.people import find_people
from intake_app.services.papers.papers import make_papers, note_printed
from intake_app.services.people.conflicts import set_conflict
from intake_app.services.people.merging import merge_people
from intake_app.services.people.persons import DO_NOT_CONTACT, FLAG, contact_stop, set_flag
from intake_app.services.purging.clearing import KEPT
from intake_app.services.purging.holds import lift_hold, place_hold
from intake_app.services.purging.parts import stands_there
from intake_app.services.purging.purging import (
    Wanted,
    approve_purge,
    proposals,
    propose_purge,
    withdraw_purge,
)
from intake_app.services.purging.settling import settle_purges
from intake_app.services.records.drop_box import SUBMISSION, TAKEN_IN, take_in
from intake_app.services.records.ledger import Use, ledger
from intake_app.services.records.writing import create, fact
from intake_app.services.sealing.sealing import seal_case
from intake_app.services.sealing.tokens import PARTICIPATION

CASE_VALUES = ("Quillfeather", "Wrenna", "Thistledown", "vermilion", "5550188")


@pytest.fixture
def coordinator(desks: Desks) -> Desk:
    return desks(Role.COORDINATOR)


def carried_out(desk: Desk, **span: float) -> Desk:
    """The wait is over, and somebody signs in."""
    tick(desk, **span or {"hours": 73})
    assert settle_purges(desk) == 1
    return desk


def is_gone(desk: Desk, record: RecordId, compartment: Compartment = Compartment.CARE) -> bool:
    found = file_of(desk, compartment).record(record)
    return found is not None and found.is_purged


# --- the station file -----------------------------------------------------------------------


def test_what_was_handed_in_and_added_goes_with_its_sealed_bytes(
    desks: Desks, profile: Profile
) -> None:
    reception = desks(Role.RECEPTION)
    draft = begun(reception, last_name="Quillfeather", first_name="Wrenna")
    finish_intake(reception, draft)
    tick(reception)
    add_note(reception, draft.id, "The vermilion silo")
    coordinator = desks(Role.COORDINATOR)  # takes in at sign-in
    assert read_intake(coordinator, draft.id)
    sealed = [str(one.values["sealed"]) for one in coordinator.station.of_kind(SUBMISSION)]
    assert len(sealed) == 2
    other = begun(reception, last_name="Controlwood")
    tick(reception)
    finish_intake(reception, other)
    ordered(desks, draft.id)
    carried_out(coordinator)
    assert [coordinator.station.blob(name) for name in sealed] == [None, None]
    assert len(coordinator.station.of_kind(SUBMISSION)) == 1  # control: somebody else's
    assert coordinator.station.of_person(draft.id, TAKEN_IN) == []
    assert is_gone(coordinator, draft.id)


def test_a_copy_that_was_counted_by_who_handed_in_goes_too(desks: Desks) -> None:
    reception = desks(Role.RECEPTION)
    draft = begun(reception, last_name="Quillfeather")
    (paper,) = make_papers(reception, draft, ["referral_letter_participant"])
    tick(reception)
    note_printed(reception, paper, "Front desk")
    tick(reception)
    finish_intake(reception, draft)
    coordinator = desks(Role.COORDINATOR)
    sealed = [str(one.values["sealed"]) for one in coordinator.station.of_kind(SUBMISSION)]
    assert len(sealed) == 2
    ordered(desks, draft.id)
    carried_out(coordinator)
    assert [coordinator.station.blob(name) for name in sealed] == [None, None]


def test_an_order_cannot_name_somebody_elses_record_as_a_part(
    desks: Desks, coordinator: Desk
) -> None:
    """What is named beside an order's records is looked at by no hold."""
    record, other = planted(coordinator), taken(coordinator).record
    order = ordered(desks, record)
    (standing,) = [one.standing for one in proposals(coordinator)]
    assert standing.order.id == order
    forged = replace(standing.order, also=(other,))
    file = file_of(coordinator)
    assert other not in {one.id for one in stands_there(file, forged)}
    assert record in {one.id for one in stands_there(file, forged)}


def test_a_note_that_arrives_later_is_dropped(desks: Desks, coordinator: Desk) -> None:
    record = planted(coordinator)
    ordered(desks, record, basis="court_order")
    carried = settle_purges(coordinator)
    assert carried == 1
    file, user = coordinator.care_file, coordinator.person.id
    late = fact(file, user, "note", new_record_id(), {"text": "vermilion"}, about=record)
    file.apply([late], coordinator.act("late"))
    assert is_gone(coordinator, late.record)
    assert file.history(late.record) == []


# --- the person and the event ---------------------------------------------------------------


def flagged(desk: Desk, person: RecordId) -> RecordId:
    told: dict[str, Any] = {"flag": "deceased", "on": True, "note": "vermilion", **desk.entered()}
    change = fact(desk.care_file, desk.person.id, FLAG, new_record_id(), told, about=person)
    desk.care_file.apply([change], desk.act("flag"))
    return change.record


def again(desk: Desk, person: RecordId) -> RecordId:
    """The same person comes a second time."""
    record = taken(desk, last_name="Quillfeather").record
    file = file_of(desk)
    change = create(file, desk.person.id, "intake", record, {facts.PERSON: person})
    file.apply([change], desk.act("link"))
    return record


def test_flags_stay_while_one_intake_of_the_person_does(desks: Desks, coordinator: Desk) -> None:
    first = planted(coordinator)
    second, flag = again(coordinator, first), flagged(coordinator, first)
    ordered(desks, first)
    carried_out(coordinator)
    assert is_gone(coordinator, first)
    kept = coordinator.care_file.record(flag)
    assert kept
    assert kept.values["note"] == "vermilion"
    tick(coordinator)
    ordered(desks, second)
    carried_out(coordinator)
    assert is_gone(coordinator, flag)


def test_what_was_said_before_a_merge_stays_while_one_intake_of_the_person_does(
    desks: Desks, coordinator: Desk, profile: Profile
) -> None:
    """Or the end of an old intake would let the named colleague see the newer one."""
    hale = desks(Role.FRONT_DESK)
    first = planted(coordinator)
    tick(coordinator)
    set_conflict(coordinator, first, hale.person.id, on=True, note="Her cousin Wrenna")
    set_flag(coordinator, first, DO_NOT_CONTACT, on=True, note="vermilion")
    second = taken(coordinator, last_name="Ashgrove").record
    merge_people(coordinator, first, second, {}, "Wrenna showed an old card")
    ordered(desks, first)
    carried_out(coordinator)
    assert is_gone(coordinator, first)
    assert contact_stop(coordinator.care_file, second) == DO_NOT_CONTACT
    assert find_people(hale, "Ashgrove") == []
    assert find_people(coordinator, "Ashgrove")  # control
    tick(coordinator)
    ordered(desks, second)
    carried_out(coordinator)
    file_of(coordinator).database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert left(in_the_clear(profile, Compartment.CARE)) == []


def test_what_was_said_of_a_person_stays_while_another_order_only_waits(
    desks: Desks, coordinator: Desk
) -> None:
    """Or its withdrawal would show the other intake to the colleague, and let anybody call."""
    hale, supervisor = desks(Role.FRONT_DESK), desks(Role.SUPERVISOR)
    first = planted(coordinator)
    second = again(coordinator, first)
    tick(coordinator)
    set_conflict(coordinator, first, hale.person.id, on=True, note="Her cousin")
    set_flag(coordinator, first, DO_NOT_CONTACT, on=True, note="Asked for it")
    ordered(desks, first)
    tick(coordinator, hours=1)
    later_order = ordered(desks, second)
    settle_purges(coordinator)
    carried_out(coordinator, hours=71, minutes=30)
    assert is_gone(coordinator, first)
    tick(supervisor)
    withdraw_purge(supervisor, later_order)
    tick(coordinator)
    settle_purges(coordinator)
    assert read_intake(coordinator, second)
    assert contact_stop(coordinator.care_file, second) == DO_NOT_CONTACT
    assert find_people(hale, "Quillfeather") == []


def test_an_event_stays_while_somebody_else_is_of_it(desks: Desks, coordinator: Desk) -> None:
    file, user = coordinator.care_file, coordinator.person.id
    people, event = [planted(coordinator), taken(coordinator).record], new_record_id()
    made = create(file, user, "event", event, {facts.PATHWAY: "naloxone_plus", "where": "Mill"})
    joined = [
        fact(file, user, "event.person", new_record_id(), {"intake": one}, about=event)
        for one in people
    ]
    named = [create(file, user, "intake", one, {facts.EVENT: event}) for one in people]
    file.apply([made, *joined, *named], coordinator.act("event"))
    ordered(desks, people[0])
    carried_out(coordinator)
    assert is_gone(coordinator, joined[0].record)
    assert not is_gone(coordinator, event)
    tick(coordinator)
    ordered(desks, people[1])
    carried_out(coordinator)
    assert is_gone(coordinator, event)


# --- holds ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", list(Scope))
def test_a_hold_stops_proposing_approving_and_carrying_out(
    desks: Desks, coordinator: Desk, scope: Scope
) -> None:
    record, other = planted(coordinator), taken(coordinator).record
    target = "" if scope is Scope.ALL else record
    ordered(desks, record)
    tick(coordinator)
    hold = place_hold(coordinator, scope, target)
    assert read_intake(coordinator, record).answers["last_name"] == "Quillfeather"  # shown again
    tick(coordinator, hours=100)
    assert settle_purges(coordinator) == 0
    (one,) = proposals(coordinator)
    assert one.standing.state is State.HELD
    with pytest.raises(OnHold):
        propose_purge(coordinator, Wanted(Compartment.CARE, [record], "request"))
    if scope is Scope.ALL:
        with pytest.raises(OnHold):
            propose_purge(coordinator, Wanted(Compartment.CARE, [other], "request"))
    lift_hold(coordinator, hold)
    with pytest.raises(RecordMissing):
        read_intake(coordinator, record)  # hidden again, and waits anew
    tick(coordinator, hours=71)
    assert settle_purges(coordinator) == 0
    carried_out(coordinator, hours=2)
    assert is_gone(coordinator, record)


def test_a_hold_on_a_person_covers_who_they_were_merged_with(
    desks: Desks, coordinator: Desk
) -> None:
    """Placed before the merge or after it, on either of their ids."""
    first = planted(coordinator)
    tick(coordinator)
    hold = place_hold(coordinator, Scope.PERSON, first)
    second = taken(coordinator, last_name="Ashgrove").record
    order = propose_purge(coordinator, Wanted(Compartment.CARE, [second], "request"))
    tick(coordinator)
    merge_people(coordinator, first, second, {}, "An old card")
    with pytest.raises(OnHold):
        propose_purge(coordinator, Wanted(Compartment.CARE, [first], "request"))
    tick(coordinator)
    approve_purge(desks(Role.PRIVACY_OFFICER), order)  # who cannot see that they are one
    tick(coordinator, hours=100)
    assert settle_purges(coordinator) == 0
    assert read_intake(coordinator, second)
    lift_hold(coordinator, hold)
    place_hold(coordinator, Scope.PERSON, second)
    with pytest.raises(OnHold):
        propose_purge(coordinator, Wanted(Compartment.CARE, [first], "request"))


# --- de-identified -----------------------------------------------------------------------------


def test_codes_stay_and_identity_and_words_go(
    desks: Desks, coordinator: Desk, profile: Profile
) -> None:
    record = planted(coordinator, needs=["housing"], race_ethnicity=["white"])
    ordered(desks, record, way=Way.DEIDENTIFY, basis="retention")
    carried_out(coordinator)
    assert is_gone(coordinator, record)
    (kept,) = coordinator.care_file.of_kind(STATISTIC)
    assert kept.values["age_band"] == "35_44"
    assert kept.values["answers"]["wants"] == ["detox"]
    assert kept.values["answers"]["needs"] == ["housing"]
    assert kept.values["month"] == "2026-11"
    told = str(kept.values)
    assert left(told.encode()) == []
    for part in (record, "Whitfield", "1991", "PH-26"):
        assert part not in told, part
    assert "own_words" not in kept.values["answers"]
    assert kept.id != record


def test_a_consent_outlives_its_intake_by_six_years_and_then_goes_too(
    desks: Desks, coordinator: Desk, profile: Profile
) -> None:
    record = planted(coordinator)
    ordered(desks, record, way=Way.DEIDENTIFY, basis="retention")
    carried_out(coordinator)
    (kept,) = coordinator.care_file.of_kind(KEPT)
    assert kept.values["said"]["consent_name"] == "Wrenna Quillfeather"
    assert kept.values[facts.DUE] == "2032-11-23"
    tick(coordinator)
    ordered(desks, kept.id, basis="retention")
    carried_out(coordinator)
    assert is_gone(coordinator, kept.id)
    file_of(coordinator).database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert left(in_the_clear(profile, Compartment.CARE)) == []


# --- cases and sealed cases -----------------------------------------------------------------


@pytest.fixture
def supervisor(desks: Desks, tmp_path: Path) -> Desk:
    return at_program(desks(Role.SUPERVISOR), tmp_path)


def treated(desk: Desk, case: RecordId) -> RecordId:
    """A treatment note in `care` about a condition of a case; the note's record."""
    (condition, *_) = [one for one in conditions_of(desk, case) if one.is_treatment]
    record_treatment(desk, case, condition.id, "met", "Doubtful about the vermilion group")
    (note,) = desk.care_file.of_kind(NOTE)
    return note.id


@pytest.mark.parametrize(("basis", "tokens"), [("request", 1), ("court_order", 0)])
def test_a_case_goes_with_its_treatment_note_and_leaves_a_number_and_perhaps_a_token(
    desks: Desks, supervisor: Desk, tmp_path: Path, profile: Profile, basis: str, tokens: int
) -> None:
    case = completed(supervisor)
    number = str(supervisor.cases_file.record(case).values[facts.NUMBER])  # type: ignore[union-attr]
    move(supervisor, hours=1)
    coordinator = at_program(desks(Role.COORDINATOR), tmp_path)
    note = treated(coordinator, case)
    tick(supervisor)
    order = propose_purge(supervisor, Wanted(Compartment.CASES, [case], basis))
    tick(supervisor)
    approve_purge(desks(Role.PRIVACY_OFFICER), order)
    tick(supervisor, hours=73)
    settle_purges(supervisor)
    assert is_gone(supervisor, case, Compartment.CASES)
    file = file_of(supervisor, Compartment.CASES)
    assert len(file.of_kind(PARTICIPATION)) == tokens
    assert len(file.of_kind(STATISTIC)) == 1
    (entry,) = [one for one in ledger(supervisor, 2026) if one.number == number]
    assert (entry.use, entry.by, entry.record) == (Use.SEALED, "", "")
    tick(supervisor)
    settle_purges(coordinator)  # who holds `care` signs in later
    assert is_gone(coordinator, note)
    file.database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert left(in_the_clear(profile, Compartment.CASES), CASE_VALUES) == []


@pytest.mark.parametrize(("basis", "tokens"), [("retention", 1), ("court_order", 0)])
def test_a_sealed_case_goes_and_an_order_of_a_court_ends_its_token_in_cases(
    desks: Desks, supervisor: Desk, profile: Profile, basis: str, tokens: int
) -> None:
    case = completed(supervisor)
    seal_case(supervisor, closed(supervisor, case))
    privacy = desks(Role.PRIVACY_OFFICER)
    take_in(privacy)
    assert len(supervisor.cases_file.of_kind(PARTICIPATION)) == 1
    tick(privacy)
    order = propose_purge(privacy, Wanted(Compartment.SEALED, [case], basis))
    tick(privacy)
    approve_purge(supervisor, order)
    carried_out(privacy)
    assert is_gone(privacy, case, Compartment.SEALED)
    assert privacy.station.of_kind(SUBMISSION) == []
    tick(privacy)
    settle_purges(supervisor)
    assert len(supervisor.cases_file.of_kind(PARTICIPATION)) == tokens
    file_of(privacy, Compartment.SEALED).database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert left(in_the_clear(profile, Compartment.SEALED), CASE_VALUES) == []
    assert CASE["last_name"] == "Quillfeather"
    later(profile, days=1)
