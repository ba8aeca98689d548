"""A case after it was taken: visit, clock, closing, charge; what is not allowed says why."""

from dataclasses import replace

import pytest
from held_cases import House, audit, cases_of, move

from intake_app.domain import facts
from intake_app.domain.case_act import CaseActKind, newest
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.errors import (
    BadEntry,
    BeforeOffense,
    CaseRefused,
    EnteredInError,
    NotAllowed,
    NotYetHappened,
    ReasonMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.pathway import CASES_ROOM
from intake_app.domain.roles import Compartment, Role
from intake_app.services.case import acts
from intake_app.services.case.acts import Why
from intake_app.services.case.held import act_change
from intake_app.services.citing.cases import read_case
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.services.intakes.people import find_people


def row(desk: Desk, case: RecordId) -> tuple[str, str]:
    """Status and due day, as lists have them."""
    values = desk.cases_file.record(case)
    assert values is not None
    return str(values.values[facts.STATUS]), str(values.values[facts.DUE])


def refused(why: Refusal) -> "pytest.RaisesExc[CaseRefused]":
    return pytest.raises(CaseRefused, check=lambda error: why in error.reasons)


def test_status_and_due_day_follow_each_act(officer: Desk, case: RecordId) -> None:
    move(officer, hours=20)
    acts.note_reported(officer, case)
    assert row(officer, case) == ("reported", "2027-02-21")  # ninety days after the citation
    acts.note_assessed(officer, case)
    assert row(officer, case)[0] == "assessed"
    acts.agree_plan(officer, case)
    assert row(officer, case) == ("plan_active", "2027-02-21")
    view = read_case(officer, case)
    assert [act.kind for act in view.acts] == [
        CaseActKind.ISSUED, CaseActKind.REPORTED, CaseActKind.ASSESSED, CaseActKind.PLAN_AGREED,
    ]  # fmt: skip
    assert view.acts[-1].saw == (view.acts[-2].id,)


def test_who_did_not_come_is_noted_after_the_hours_of_grace(officer: Desk, case: RecordId) -> None:
    # Mon Nov 23 + 3 business days over Thanksgiving and the day after: Mon Nov 30, 4 PM
    clock = read_case(officer, case).clock
    assert clock.report_by is not None
    assert f"{clock.report_by.moment:%m-%d %H:%M}" == "11-30 16:00"
    with refused(Refusal.TOO_EARLY):
        acts.note_no_show(officer, case)
    move(officer, days=9)
    acts.note_no_show(officer, case)
    assert row(officer, case)[0] == "no_show"
    with refused(Refusal.ALREADY_NO_SHOW):
        acts.note_no_show(officer, case)


def test_a_new_report_by_must_be_one_at_which_the_door_is_open(
    officer: Desk, case: RecordId
) -> None:
    move(officer, days=9)
    acts.note_no_show(officer, case)
    with refused(Refusal.IN_THE_PAST):
        acts.reschedule(officer, case, "2026-11-24T10:00:00+00:00")
    with refused(Refusal.DOOR_CLOSED):
        acts.reschedule(officer, case, "2026-12-05T10:00:00+00:00")  # a Saturday
    for wrong in ("tomorrow", "2026-12-04T10:00"):
        with pytest.raises(BadEntry):
            acts.reschedule(officer, case, wrong)
    acts.reschedule(officer, case, "2026-12-04T10:00:00+00:00", Why(note="Her bus did not run."))
    assert row(officer, case) == ("issued", "2026-12-04")


def test_dates_of_acts_are_checked(officer: Desk, case: RecordId) -> None:
    with pytest.raises(NotYetHappened):
        acts.note_reported(officer, case, "2026-11-24T10:00:00+00:00")
    with pytest.raises(BeforeOffense):
        acts.note_reported(officer, case, "2026-11-23T07:00:00+00:00")
    with pytest.raises(BadEntry):
        acts.note_reported(officer, case, "yesterday")
    assert row(officer, case)[0] == "issued"


def test_an_extension_is_by_the_programs_length_and_once(
    officer: Desk, coordinator: Desk, case: RecordId
) -> None:
    with pytest.raises(NotAllowed):
        acts.extend_case(officer, case, Why("health"))
    with pytest.raises(ReasonMissing):
        acts.extend_case(coordinator, case, Why())
    with pytest.raises(ReasonMissing):
        acts.extend_case(coordinator, case, Why("other"))  # this one asks for words
    with pytest.raises(UnknownCode):
        acts.extend_case(coordinator, case, Why("bored"))
    acts.extend_case(coordinator, case, Why("health"))
    clock = read_case(coordinator, case).clock
    assert str(clock.complete_by) == "2027-03-23"
    assert clock.extensions_left == 0
    with refused(Refusal.EXTENSIONS_USED):
        acts.extend_case(coordinator, case, Why("health"))


def test_a_stopped_clock_owes_nothing_and_gives_the_days_back(
    coordinator: Desk, case: RecordId
) -> None:
    with refused(Refusal.UNKNOWN_TOLL):
        acts.toll_case(coordinator, case, Why("absconded"))
    with pytest.raises(ReasonMissing):
        acts.toll_case(coordinator, case, Why())
    acts.note_reported(coordinator, case)
    acts.toll_case(coordinator, case, Why("hospital"))
    assert row(coordinator, case) == ("reported", "")
    with refused(Refusal.TOLLED):
        acts.extend_case(coordinator, case, Why("health"))
    move(coordinator, days=10)
    acts.end_tolling(coordinator, case)
    assert row(coordinator, case) == ("reported", "2027-03-03")
    with refused(Refusal.NOT_TOLLED):
        acts.end_tolling(coordinator, case)


def test_the_limitation_date_bounds_what_can_be_given(coordinator: Desk, case: RecordId) -> None:
    with pytest.raises(BadEntry):
        acts.set_limitation(coordinator, case, "soon")
    with pytest.raises(BeforeOffense):
        acts.set_limitation(coordinator, case, "2026-11-23")
    acts.set_limitation(coordinator, case, "2027-03-01")
    with refused(Refusal.PAST_LIMITATION):
        acts.extend_case(coordinator, case, Why("health"))


def test_completed_is_only_who_came_and_its_charge_is_not_filed(
    officer: Desk, coordinator: Desk, case: RecordId
) -> None:
    with pytest.raises(NotAllowed):
        acts.close_case(officer, case, "completed")
    with refused(Refusal.NOT_REPORTED):
        acts.close_case(coordinator, case, "completed")
    with refused(Refusal.STILL_OPEN):
        acts.charge_action(coordinator, case, "not_filed")
    acts.note_reported(coordinator, case)
    acts.close_case(coordinator, case, "completed")
    assert row(coordinator, case) == ("completed", "")
    with refused(Refusal.CLOSED):
        acts.extend_case(coordinator, case, Why("health"))
    with refused(Refusal.WAS_COMPLETED):
        acts.charge_action(coordinator, case, "filed")
    acts.charge_action(coordinator, case, "not_filed")
    assert read_case(coordinator, case).status.charge == "not_filed"


def test_not_completed_needs_a_reason_and_leaves_the_limitation_date_due(
    coordinator: Desk, case: RecordId
) -> None:
    acts.set_limitation(coordinator, case, "2027-11-23")
    with pytest.raises(ReasonMissing):
        acts.close_case(coordinator, case, "not_completed")
    with pytest.raises(UnknownCode):
        acts.close_case(coordinator, case, "not_completed", Why("weather"))
    with pytest.raises(UnknownCode):
        acts.close_case(coordinator, case, "entered_in_error")
    acts.close_case(coordinator, case, "not_completed", Why("lost_contact"))
    assert row(coordinator, case) == ("not_completed", "2027-11-23")
    acts.charge_action(coordinator, case, "warrant_requested")
    assert row(coordinator, case) == ("not_completed", "")
    with pytest.raises(UnknownCode):
        acts.charge_action(coordinator, case, "forgotten")


def test_each_other_way_to_close_and_to_reopen(coordinator: Desk, case: RecordId) -> None:
    for outcome in ("withdrew", "transferred", "declined_by_prosecutor", "returned", "deceased"):
        acts.close_case(coordinator, case, outcome, Why("did_not_report"))
        assert row(coordinator, case)[0] == outcome
        with pytest.raises(ReasonMissing):
            acts.reopen_case(coordinator, case, " ")
        acts.reopen_case(coordinator, case, "The wrong case was closed.")
        assert row(coordinator, case)[0] == "issued"


def test_no_contact_can_be_taken_back_and_death_cannot(
    officer: Desk, coordinator: Desk, case: RecordId
) -> None:
    acts.note_do_not_contact(officer, case)
    assert read_case(officer, case).status.letters_stopped is Refusal.DO_NOT_CONTACT
    with pytest.raises(ReasonMissing):
        acts.resume_contact(coordinator, case, "")
    acts.resume_contact(coordinator, case, "She called herself.")
    assert not read_case(officer, case).status.letters_stopped
    acts.close_case(coordinator, case, "deceased")
    with refused(Refusal.DECEASED):
        acts.resume_contact(coordinator, case, "x")


def test_two_who_work_apart_disagree_and_a_supervisor_settles_it(
    house: House, coordinator: Desk, case: RecordId
) -> None:
    """The second closing comes from a station that had not seen the first."""
    supervisor = house.desk(Role.SUPERVISOR)
    acts.note_reported(coordinator, case)
    seen = read_case(coordinator, case).acts
    first = acts.close_case(coordinator, case, "completed")
    other = replace(first, id=new_record_id(), kind=CaseActKind.NOT_COMPLETED, saw=newest(seen))
    to = supervisor.cases_file
    to.apply(
        [act_change(to, supervisor.person.id, case, other)], supervisor.act("other station", case)
    )
    view = read_case(supervisor, case)
    assert view.status.has_conflict
    with refused(Refusal.CONFLICT):
        acts.charge_action(supervisor, case, "not_filed")
    with pytest.raises(NotAllowed):
        acts.settle_conflict(coordinator, case, first.id, "She did all of it.")
    with pytest.raises(ReasonMissing):
        acts.settle_conflict(supervisor, case, first.id, "")
    with pytest.raises(UnknownCode):
        acts.settle_conflict(supervisor, case, seen[0].id, "x")
    acts.settle_conflict(supervisor, case, first.id, "She did all of it.")
    assert row(supervisor, case)[0] == "completed"
    with refused(Refusal.NO_CONFLICT):
        acts.settle_conflict(supervisor, case, first.id, "again")


def test_entered_in_error_is_an_act_and_takes_the_case_out_of_lists(
    officer: Desk, case: RecordId
) -> None:
    assert find_people(officer, "Quillfeather", room=CASES_ROOM)
    with pytest.raises(ReasonMissing):
        acts.mark_case_in_error(officer, case, "")
    acts.mark_case_in_error(officer, case, "Taken twice")
    assert not find_people(officer, "Quillfeather", room=CASES_ROOM)
    assert read_case(officer, case).intake.is_entered_in_error
    for late in (acts.note_reported, acts.note_assessed):
        with pytest.raises(EnteredInError):
            late(officer, case)


def test_a_case_does_not_vanish_as_a_walk_in_does(
    house: House, officer: Desk, coordinator: Desk, case: RecordId
) -> None:
    """It would be hidden, and no act would say so to the prosecutor."""
    for desk in (officer, house.desk(Role.SUPERVISOR)):
        with pytest.raises(NotAllowed):
            mark_entered_in_error(desk, case, "Taken twice")
    with pytest.raises(RecordMissing):
        mark_entered_in_error(coordinator, case, "Taken twice")
    assert not read_case(officer, case).intake.is_entered_in_error


def test_what_is_no_case_is_not_opened_as_one(coordinator: Desk) -> None:
    for nothing in (RecordId("0" * 32), coordinator.person.id):
        with pytest.raises(RecordMissing):
            read_case(coordinator, RecordId(nothing))
        with pytest.raises(RecordMissing):
            acts.note_reported(coordinator, RecordId(nothing))


def test_a_view_says_what_the_reader_may_do_and_why_not(
    officer: Desk, coordinator: Desk, case: RecordId
) -> None:
    view = read_case(officer, case)
    assert view.may(CaseActKind.REPORTED)
    assert CaseActKind.EXTENDED not in view.not_allowed  # not an officer's
    assert not view.may(CaseActKind.EXTENDED)
    other = read_case(coordinator, case)
    assert other.may(CaseActKind.EXTENDED)
    assert other.not_allowed[CaseActKind.COMPLETED] is Refusal.NOT_REPORTED
    assert other.not_allowed[CaseActKind.NO_SHOW] is Refusal.TOO_EARLY
    assert [one.id for one in other.reasons[CaseActKind.TOLL_STARTED]] == ["hospital", "jail"]


def test_a_try_that_the_role_does_not_include_is_logged(
    house: House, officer: Desk, case: RecordId
) -> None:
    station = house.files[Compartment.STATION]
    with pytest.raises(NotAllowed):
        acts.close_case(officer, case, "completed")
    ((_, user, record, outcome),) = audit(station, "close a case")
    assert (user, record, outcome) == (officer.person.id, "", "refused")


def test_reading_is_logged(officer: Desk, case: RecordId) -> None:
    read_case(officer, case)
    lines = audit(cases_of(officer), "read intake")
    assert lines[-1][1:] == (officer.person.id, case, "done")
