"""An officer hands an overdose in, with or without a person; then the next person of it."""

from pathlib import Path

import pytest
from overdoses import NOBODY, OVERDOSE, PLANNED, overdose
from profiles import Desks, Profile
from walk_ins import begun, seen

from intake_app.domain import facts
from intake_app.domain.errors import NotAllowed, RecordMissing
from intake_app.domain.ids import new_record_id
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.events import begin_another_handed_in, events
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.intakes.people import people_order
from intake_app.services.records.drop_box import SET_ASIDE, HandIn, Taken, submit, take_in
from intake_app.services.records.event_parts import EVENT
from intake_app.services.records.writing import create


@pytest.fixture
def profile(template: Profile, tmp_path: Path) -> Profile:
    return template.copy_to(tmp_path / "profile").with_running_clock()


@pytest.fixture
def reyes(desks: Desks) -> Desk:
    """D. Reyes, officer: holds no key of care."""
    return desks(Role.OFFICER)


@pytest.fixture
def lowe(desks: Desks) -> Desk:
    """J. Lowe, coordinator."""
    return desks(Role.COORDINATOR)


def test_event_and_person_come_in_together(reyes: Desk, lowe: Desk) -> None:
    done = finish_intake(reyes, overdose(reyes, **PLANNED))
    assert done.is_handed_in
    assert events(lowe) == []
    assert take_in(lowe) == Taken(1)
    assert OVERDOSE.items() <= seen(lowe, done.record).answers.items()
    assert [row.people for row in events(lowe)] == [1]


def test_an_event_alone_comes_in_and_counts_nobody(reyes: Desk, lowe: Desk) -> None:
    people = len(people_order(lowe))
    done = finish_intake(reyes, overdose(reyes, **NOBODY))
    assert take_in(lowe) == Taken(1)
    assert [row.record for row in events(lowe)] == [done.record]
    assert len(people_order(lowe)) == people


@pytest.mark.parametrize("first", [PLANNED, NOBODY])
def test_the_next_person_of_it_is_taken_from_ones_own_copy(
    reyes: Desk, lowe: Desk, first: dict[str, str]
) -> None:
    one = finish_intake(reyes, overdose(reyes, **first))
    draft = begin_another_handed_in(reyes, one.record)
    assert OVERDOSE.items() <= draft.answers.items()
    draft.answers |= {**PLANNED, "first_name": "Robin"}
    other = finish_intake(reyes, draft)
    third = begin_another_handed_in(reyes, other.record)
    third.answers |= {**PLANNED, "first_name": "Sky"}
    finish_intake(reyes, third)
    assert take_in(lowe) == Taken(3)
    assert len(lowe.care_file.of_kind(EVENT)) == 1
    (row,) = events(lowe)
    assert row.people == (2 if first is NOBODY else 3)


def test_nobody_begins_with_anothers_copy_or_one_without_an_event(
    reyes: Desk, desks: Desks
) -> None:
    done = finish_intake(reyes, overdose(reyes, **PLANNED))
    with pytest.raises(NotAllowed):
        begin_another_handed_in(desks(Role.RECEPTION), done.record)
    walk_in = finish_intake(reyes, begun(reyes))
    with pytest.raises(RecordMissing):
        begin_another_handed_in(reyes, walk_in.record)


@pytest.mark.parametrize(
    ("to", "pathway"),
    [
        (Compartment.CASES, "naloxone_plus"),  # events are in care only
        (Compartment.CASES, "officer_intervention"),
        (Compartment.CARE, "officer_intervention"),  # of the other room
    ],
)
def test_an_event_where_none_belongs_is_set_aside(
    reyes: Desk, lowe: Desk, to: Compartment, pathway: str
) -> None:
    said = {facts.PATHWAY: pathway, facts.BY: reyes.person.id}
    stamps = reyes.stamps_for(to)
    change = create(stamps, reyes.person.id, EVENT, new_record_id(), said)
    ident = new_record_id()
    submit(reyes, HandIn(to, [change], {}, ident))
    assert take_in(lowe) == Taken(set_aside=1)
    (told,) = lowe.station.about(ident, SET_ASIDE)
    assert told.values[facts.REASON] == "stands alone"
