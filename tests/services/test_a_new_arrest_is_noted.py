"""Whether somebody was arrested again: yes, no or not known, and the day; due when a window ran."""

from dataclasses import replace

import pytest
from held_cases import House, care_of, case_taken, move
from journeys_here import journeys
from walk_ins import taken

from intake_app.domain.errors import (
    BadAmount,
    BadEntry,
    EnteredInError,
    NoGrant,
    NotAllowed,
    NotYetHappened,
    ReasonMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.measure_errors import ArrestBeforeContact, ArrestDayOpen
from intake_app.domain.rearrest import REARREST
from intake_app.domain.roles import Compartment, Role
from intake_app.services.case import acts
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.services.measures.rearrest import (
    NewLook,
    note_rearrest,
    rearrest_due,
    rearrest_of,
    take_back_rearrest,
)
from intake_app.services.people.conflicts import set_conflict
from intake_app.services.records.veil import veiled

CARE, CASES = Compartment.CARE, Compartment.CASES


@pytest.fixture
def desk(house: House) -> Desk:
    """J. Lowe, the coordinator, who holds both keys."""
    return house.desk(Role.COORDINATOR)


def due(desk: Desk, room: Compartment) -> list[tuple[RecordId, str]]:
    journeys(desk, room)
    return [(one.record, one.label.said_in("en")[:9]) for one in rearrest_due(desk, room)]


def test_it_is_asked_for_when_the_window_has_run_and_not_before(desk: Desk, officer: Desk) -> None:
    case = case_taken(officer)
    move(desk, days=182)
    assert due(desk, CASES) == []
    move(desk, days=1)
    assert due(desk, CASES) == [(case, "6 months ")]
    note_rearrest(desk, case, NewLook("no"))
    assert due(desk, CASES) == []
    move(desk, days=182)
    assert due(desk, CASES) == [(case, "12 months")]
    note_rearrest(desk, case, NewLook("unknown"))  # an answer too: nobody is asked forever
    assert due(desk, CASES) == []


def test_one_look_answers_for_all_windows_that_have_run(desk: Desk, officer: Desk) -> None:
    case = case_taken(officer)
    move(desk, days=400)
    assert due(desk, CASES) == [(case, "12 months")]
    note_rearrest(desk, case, NewLook("no"))
    view = rearrest_of(desk, case)
    assert [one.is_asked for one in view.windows] == [True, True]


def test_who_was_arrested_in_the_window_is_not_asked_about_again(desk: Desk, officer: Desk) -> None:
    case = case_taken(officer)
    move(desk, days=60)
    note_rearrest(desk, case, NewLook("yes", "2026-12-24"))
    move(desk, days=400)
    assert due(desk, CASES) == []


def test_who_said_no_or_has_died_is_not_asked_about(desk: Desk, officer: Desk) -> None:
    taken(desk, decision="declined", declined_reason="cost")
    case = case_taken(officer)
    acts.close_case(desk, case, "deceased")
    move(desk, days=400)
    assert due(desk, CARE) == []
    assert due(desk, CASES) == []


def test_what_is_kept_is_the_day_and_nothing_of_why(desk: Desk) -> None:
    intake = taken(desk).record
    move(desk, days=30)
    note_rearrest(desk, intake, NewLook("yes", "2026-12-01", before=1))
    (kept,) = desk.care_file.about(intake, REARREST)
    assert {name for name in kept.values if not name.startswith("~")} == {
        "answer", "on", "looked_on", "before",
    }  # fmt: skip
    assert rearrest_of(desk, intake).is_care


@pytest.mark.parametrize(
    ("look", "why"),
    [
        (NewLook("maybe"), UnknownCode),
        (NewLook("yes"), ArrestDayOpen),
        (NewLook("no", "2026-12-01"), ArrestDayOpen),
        (NewLook("yes", "2026-11-01"), ArrestBeforeContact),
        (NewLook("yes", "not a day"), BadEntry),
        (NewLook("yes", "2027-12-01"), NotYetHappened),
        (NewLook("no", looked_on="2027-12-01"), NotYetHappened),
        (NewLook("no", before=-1), BadAmount),
        (NewLook("no", before=100), BadAmount),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Desk, look: NewLook, why: type[Exception]) -> None:
    intake = taken(desk).record
    move(desk, days=30)
    with pytest.raises(why):
        note_rearrest(desk, intake, look)
    assert desk.care_file.about(intake, REARREST) == []


def test_a_note_is_taken_back_with_a_reason(desk: Desk) -> None:
    intake = taken(desk).record
    move(desk, days=30)
    look = note_rearrest(desk, intake, NewLook("yes", "2026-12-01"))
    with pytest.raises(ReasonMissing):
        take_back_rearrest(desk, look, " ")
    take_back_rearrest(desk, look, "Another person.")
    assert rearrest_of(desk, intake).looks == ()
    with pytest.raises(RecordMissing):
        take_back_rearrest(desk, look, "Again.")


def test_a_record_in_error_takes_no_note(desk: Desk) -> None:
    intake = taken(desk).record
    mark_entered_in_error(desk, intake, "Twice.")
    with pytest.raises(EnteredInError):
        note_rearrest(desk, intake, NewLook("no"))


def test_who_may_not_and_who_holds_no_key(desk: Desk, house: House, officer: Desk) -> None:
    intake, case = taken(desk).record, case_taken(officer)
    for who in (Role.OFFICER, Role.FRONT_DESK):
        with pytest.raises(NotAllowed):
            rearrest_of(house.desk(who), intake)
    supervisor = house.desk(Role.SUPERVISOR)
    assert rearrest_of(supervisor, case).looks == ()
    with pytest.raises((RecordMissing, NoGrant)):
        note_rearrest(supervisor, intake, NewLook("no"))
    assert rearrest_due(supervisor, CARE) == ()


def test_a_person_who_is_kept_from_a_colleague_is_not_in_their_list(
    desk: Desk, house: House
) -> None:
    intake = taken(desk).record
    move(desk, days=400)
    assert due(desk, CARE) == [(intake, "12 months")]
    cousin = replace(house.desk(Role.FRONT_DESK).person, roles=desk.person.roles)
    other = veiled(replace(desk, person=cousin))
    assert len(rearrest_due(other, CARE)) == 1
    set_conflict(desk, intake, cousin.id, on=True, note="A cousin.")
    assert rearrest_due(other, CARE) == ()
    assert care_of(desk).record(intake) is not None
