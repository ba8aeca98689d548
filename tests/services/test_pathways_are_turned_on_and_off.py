"""A department turns pathways on and off: no new one of what is off, and the old ones stay."""

from dataclasses import replace

import pytest
from overdoses import PLANNED, overdose, told
from profiles import Desks
from walk_ins import begun, seen

from intake_app.domain.errors import PathwayOff
from intake_app.domain.pathway import Pathway
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.services.records.drafts import begin_draft, resume_draft
from intake_app.services.records.ways_in import form_of, may_take, ways_in
from intake_app.services.training.training import take_other_ways
from intake_app.settings.agency import Agency

CARE = {
    Pathway.SELF_REFERRAL, Pathway.ACTIVE_OUTREACH, Pathway.NALOXONE_PLUS,
    Pathway.OFFICER_REFERRAL, Pathway.COMMUNITY_RESPONSE,
}  # fmt: skip

NP = Pathway.NALOXONE_PLUS


def decided(desk: Desk, **decisions: object) -> Desk:
    """The same desk, where the department has decided something."""
    return replace(desk, agency=replace(desk.agency, **decisions))  # pyright: ignore[reportArgumentType]


def test_without_a_decision_all_are_on(desk: Desk) -> None:
    assert {way.pathway for way in ways_in(desk)} == CARE
    assert Agency().pathways == ()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.RECEPTION, Role.SUPERVISOR])
def test_who_holds_no_key_takes_the_same_ways(desks: Desks, role: Role) -> None:
    assert {way.pathway for way in ways_in(desks(role))} == CARE
    assert ways_in(desks(Role.ADMINISTRATOR)) == ()  # negative control


def test_what_is_off_is_not_begun(desk: Desk) -> None:
    off = decided(desk, pathways=("self_referral",))
    assert [way.pathway for way in ways_in(off)] == [Pathway.SELF_REFERRAL]
    with pytest.raises(PathwayOff):
        begin_draft(off, "naloxone_plus")
    begin_draft(off, "self_referral")


def test_a_fire_department_holds_no_charge_whatever_is_ticked(desks: Desks) -> None:
    reyes = desks(Role.OFFICER)
    assert may_take(reyes, Pathway.OFFICER_INTERVENTION)
    for kind in ("fire", "ems"):
        fire = decided(reyes, kind=kind, pathways=tuple(Pathway))
        assert not may_take(fire, Pathway.OFFICER_INTERVENTION)
        assert not replace(fire, has_cases=False).works_with_cases
        with pytest.raises(PathwayOff):
            begin_draft(fire, "plain_diversion")


def test_a_draft_and_a_record_of_before_stay(desk: Desk) -> None:
    before, done = overdose(desk, **PLANNED), told(desk, **PLANNED)
    off = decided(desk, pathways=("self_referral",))
    finished = finish_intake(off, resume_draft(off, before.id))
    assert seen(off, done.record).number == done.number
    assert seen(off, finished.record).number == finished.number


def test_held_cases_of_before_keep_their_places(desks: Desks) -> None:
    reyes = desks(Role.OFFICER)
    off = decided(reyes, pathways=("self_referral",))
    assert off.has_cases
    assert off.works_with_cases
    assert not replace(off, has_cases=False).works_with_cases


def test_each_pathway_may_have_a_program_of_its_own(desk: Desk) -> None:
    assert form_of(desk, "self_referral") == "self_referral"
    both = decided(desk, program="safe_passages", programs=("gone_since",))
    assert form_of(both, "self_referral") == "safe_passages"
    assert form_of(both, "naloxone_plus") == "naloxone_plus"  # a file that is gone: the plain form
    named = desk.library.programs("naloxone_plus")
    if named:
        ours = decided(desk, programs=(named[0][0],))
        assert form_of(ours, "naloxone_plus") == named[0][0]


def test_each_way_is_counted_as_itself(desk: Desk) -> None:
    done = finish_intake(desk, begun(desk))
    visit = told(desk, **PLANNED)
    ways = {row.record: row.pathway for row in people_rows(desk, people_order(desk))}
    assert ways[done.record] == "self_referral"
    assert ways[visit.record] == "naloxone_plus"


def test_a_training_profile_shows_each_way(desk: Desk) -> None:
    assert take_other_ways(desk, 2, seed=1) == 0
    before = len(people_order(desk))
    assert take_other_ways(desk, 40, seed=1) == 16
    rows = people_rows(desk, people_order(desk))
    assert {row.pathway for row in rows} == CARE
    nobody = len(desk.care_file.of_kind("event")) - sum(row.pathway == NP for row in rows)
    assert len(rows) == before + 16 - max(nobody, 0)  # of an event alone nobody is counted
