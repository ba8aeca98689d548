"""An overdose is one record, whoever was there; nobody met: an event alone, and nobody counted."""

import pytest
from overdoses import FAMILY, NOBODY, OVERDOSE, PLANNED, overdose, told
from profiles import Desks
from walk_ins import audit, care_of, seen

from intake_app.domain import facts
from intake_app.domain.errors import EventKept, NotAllowed, RecordMissing
from intake_app.domain.roles import Role
from intake_app.services.consents.disclosures import leaving
from intake_app.services.desk import Desk
from intake_app.services.intakes.events import (
    begin_another,
    events,
    note_copied,
    note_reported,
    read_event,
)
from intake_app.services.intakes.intakes import amend_intake, finish_intake, mark_entered_in_error
from intake_app.services.intakes.people import find_people, people_order
from intake_app.services.papers.papers import issue_papers, offers
from intake_app.services.people.conflicts import set_conflict
from intake_app.services.records.event_parts import EVENT


def test_the_event_is_a_record_of_its_own_and_read_back(desk: Desk) -> None:
    done = told(desk, **PLANNED)
    record = care_of(desk).record(done.record)
    assert record is not None
    assert not record.values.keys() & OVERDOSE.keys()  # nothing of it is written twice
    event = care_of(desk).record(record.values[facts.EVENT])
    assert event is not None
    assert event.kind == EVENT
    assert "last_name" not in event.values
    assert OVERDOSE.items() <= seen(desk, done.record).answers.items()


def test_another_person_of_it_is_asked_nothing_about_it_again(desk: Desk) -> None:
    first = told(desk, **PLANNED)
    draft = begin_another(desk, first.record)
    assert OVERDOSE.items() <= draft.answers.items()
    draft.answers |= {"next_step": "planned", "first_name": "Robin", "last_name": "Ashgrove"}
    second = finish_intake(desk, draft)
    assert len(care_of(desk).of_kind(EVENT)) == 1
    (row,) = events(desk)
    assert row.people == 2
    people = read_event(desk, second.record, "en").people
    assert {ident for ident, _ in people} == {first.record, second.record}
    assert len(find_people(desk, "ashgrove")) == 2


def test_what_is_amended_in_it_is_amended_for_all(desk: Desk) -> None:
    first = told(desk, **PLANNED)
    draft = begin_another(desk, first.record)
    draft.answers |= {"next_step": "planned", "first_name": "Robin"}
    second = finish_intake(desk, draft)
    amend_intake(desk, first.record, {"overdose_result": "fatal", "first_name": "Dev"}, "Wrong")
    assert seen(desk, second.record).answers["overdose_result"] == "fatal"
    assert seen(desk, second.record).answers["first_name"] == "Robin"
    told_to = {one.field for one in seen(desk, second.record).history}
    assert told_to == {"overdose_result"}  # the other person's name stays with the other person
    assert {one.field for one in seen(desk, first.record).history} == {
        "overdose_result", "first_name",
    }  # fmt: skip


def test_nobody_met_is_an_event_and_no_person(desk: Desk) -> None:
    people = len(people_order(desk))
    done = told(desk, **NOBODY)
    assert done.is_event
    assert len(people_order(desk)) == people
    view = seen(desk, done.record)
    assert view.is_event
    assert view.number == done.number
    assert [row.record for row in events(desk)] == [done.record]
    draft = begin_another(desk, done.record)
    draft.answers |= NOBODY
    with pytest.raises(EventKept):  # negative control: sharing it adds nobody either
        finish_intake(desk, draft)


def test_somebody_may_be_found_after_all(desk: Desk) -> None:
    done = told(desk, **NOBODY)
    draft = begin_another(desk, done.record)
    draft.answers |= FAMILY
    finish_intake(desk, draft)
    (row,) = events(desk)
    assert (row.record, row.people) == (done.record, 1)


def test_odmap_gets_four_facts_and_no_name(desk: Desk) -> None:
    done = told(desk, **PLANNED)
    view = read_event(desk, done.record, "en")
    assert [label[:2] for label, _ in view.odmap] == ["1.", "2.", "3.", "4."]
    assert "400 block of River Street" in view.text
    assert "Ashgrove" not in view.text
    assert done.number not in view.text
    note_copied(desk, done.record)
    assert len(audit(care_of(desk), "copy event")) == 1
    (paper,) = issue_papers(desk, view.row.record, ["odmap_event"])
    assert paper.about == view.row.record


def test_that_odmap_was_told_is_noted_with_its_time(desk: Desk) -> None:
    done = told(desk, **PLANNED)
    assert events(desk)[0].report is None
    note_reported(desk, done.record, "2026-11-23T03:00:00-05:00")
    report = events(desk)[0].report
    assert report is not None
    assert (report.at, report.by) == ("2026-11-23T03:00:00-05:00", desk.person.id)


def test_a_finish_that_is_tried_twice_makes_one_event(desk: Desk) -> None:
    draft = overdose(desk, **PLANNED)
    finish_intake(desk, draft)
    finish_intake(desk, draft)
    assert len(events(desk)) == 1


def test_an_event_in_error_is_in_no_list(desk: Desk) -> None:
    done = told(desk, **NOBODY)
    mark_entered_in_error(desk, done.record, "Not an overdose")
    assert events(desk) == []


def test_a_walk_in_is_of_no_event_and_no_officer_reads_any(desks: Desks) -> None:
    desk = desks(Role.FRONT_DESK)
    done = told(desk, **NOBODY)
    walk_in = next(iter(desk.care_file.newest("intake"))).record
    with pytest.raises(RecordMissing):
        read_event(desk, walk_in, "en")
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.RECEPTION):
        with pytest.raises(NotAllowed):
            events(desks(role))
        with pytest.raises(NotAllowed):
            read_event(desks(role), done.record, "en")


def test_papers_of_an_event_leave_without_a_person(desk: Desk) -> None:
    done = told(desk, **NOBODY)
    view = seen(desk, done.record)
    offered = [offer.paper.id for offer in offers(desk, view.guide, view.answers)]
    assert "odmap_event" in offered
    (paper,) = issue_papers(desk, done.record, ["odmap_event"])
    assert [one.record for one in seen(desk, done.record).papers] == [paper.record]
    assert leaving(desk, done.record, "odmap_event").told == ()


def test_an_event_of_one_person_is_kept_from_whom_that_person_is_kept(desks: Desks) -> None:
    """Its place and hour would tell; one that somebody else is of names nobody, and stays."""
    coordinator, hale = desks(Role.COORDINATOR), desks(Role.FRONT_DESK)
    first = told(coordinator, **PLANNED)
    event = read_event(coordinator, first.record, "en").row.record
    assert [row.record for row in events(hale)] == [event]
    set_conflict(coordinator, first.record, hale.person.id, on=True, note="Their cousin.")
    assert events(hale) == []
    with pytest.raises(RecordMissing):
        read_event(hale, event, "en")
    draft = begin_another(coordinator, first.record)
    draft.answers |= {"next_step": "planned", "first_name": "Robin"}
    finish_intake(coordinator, draft)
    assert [row.people for row in events(hale)] == [1]
    assert [row.people for row in events(coordinator)] == [2]
