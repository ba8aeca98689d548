"""Who knows somebody privately is shown nothing of them: as if that person had never come."""

from dataclasses import replace
from datetime import timedelta

import pytest
from held_cases import House, case_taken
from memory_records import MemoryRecords
from profiles import Desks
from test_memory_records import FIRST, LIKE, SAVE, SECOND, told
from test_merging_people import ONE, OTHER
from walk_ins import begun, taken

from intake_app.domain.change import Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import Draft, DraftEntry
from intake_app.domain.errors import (
    NotAllowed,
    PaperMissing,
    ReasonMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.form import Form
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.pathway import CASES_ROOM
from intake_app.domain.roles import Role
from intake_app.services.citing.cases import read_case
from intake_app.services.desk import Desk
from intake_app.services.follow_up.follow_ups import follow_ups_of
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.intakes.people import find_people, people_order, people_rows, today
from intake_app.services.papers.papers import issue_papers, issued_papers, paper_bytes
from intake_app.services.people.conflicts import kept_from, set_conflict, who_can_be_kept_off
from intake_app.services.people.merging import merge_people, unmerge
from intake_app.services.people.same_person import begin_for, suggestions
from intake_app.services.records.drafts import resume_draft
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.ledger import ledger
from intake_app.services.records.veil import Veil, behind, veiled
from intake_app.services.settling import settle
from intake_app.storage.compartment import Compartment

HALE, LOWE, REYES = UserId("u4"), UserId("u3"), UserId("u1")


@pytest.fixture
def coordinator_desk(house: House) -> Desk:
    """J. Lowe, who notes it."""
    return veiled(house.desk(Role.COORDINATOR))


@pytest.fixture
def desk(house: House) -> Desk:
    """M. Hale at the front desk, who knows somebody privately."""
    return veiled(house.desk(Role.FRONT_DESK))


@pytest.fixture
def cousin(desk: Desk) -> RecordId:
    """Somebody whom M. Hale took in, before anybody knew."""
    taken(desk, first_name="Wren", last_name="Keene")
    return taken(desk, **ONE).record


def form(desk: Desk) -> Form:
    return desk.library.guide("self_referral").form


def all_seen(desk: Desk) -> list[object]:
    """What lists, search and suggestions say, without position and moment."""
    keys = people_order(desk)
    typed = {"first_name": "Robert", "last_name": "Stiltner"}
    return [
        [row.name for row in people_rows(desk, keys)],
        [row.name for row in people_rows(desk, people_order(desk, "opened", 1))],
        [row.name for text in ("stil", "1990", "304555") for row in find_people(desk, text)],
        [row.name for row in today(desk)],
        [one.intake.name for one in suggestions(desk, form(desk), typed).first],
    ]


def test_a_named_colleague_sees_as_if_the_person_had_never_come(
    desk: Desk, coordinator_desk: Desk, cousin: RecordId
) -> None:
    assert "Stiltner" in str(all_seen(desk))
    paper = issue_papers(desk, cousin, ["wallet_card"])[0]
    set_conflict(coordinator_desk, cousin, HALE, on=True, note="Cousins.")
    assert "Stiltner" not in str(all_seen(desk))
    assert all_seen(desk)[0] == all_seen(desk)[3] == ["Keene, Wren"]
    assert "Stiltner" in str(all_seen(coordinator_desk))
    for act in (
        lambda: read_intake(desk, cousin),
        lambda: issue_papers(desk, cousin, ["wallet_card"]),
        lambda: issued_papers(desk, cousin),
        lambda: paper_bytes(desk, paper),
        lambda: follow_ups_of(desk, cousin),
        lambda: begin_for(desk, cousin, "self_referral"),
    ):
        with pytest.raises((RecordMissing, PaperMissing)):  # as for a record that is not here
            act()
    assert read_intake(coordinator_desk, cousin).number


def test_lists_are_as_full_as_they_would_be_without_the_person(
    desk: Desk, coordinator_desk: Desk
) -> None:
    others = [taken(desk, first_name=n, last_name="Keene").record for n in ("A", "B", "C")]
    mine = [taken(desk, **ONE).record for _ in range(3)]
    for one in mine:
        set_conflict(coordinator_desk, one, HALE, on=True, note="Cousins.")
    file = desk.care_file
    assert [row.record for row in file.newest(INTAKE, 2)] == others[:0:-1]
    assert len(file.order(INTAKE, "opened", 2)) == 2
    assert {row.record for row in file.rows(file.order(INTAKE, "opened"))} >= {*others}
    assert [row.record for row in file.find("ke", INTAKE, 2)] == others[:0:-1]


def test_it_is_lifted_by_whoever_may_set_it_and_not_by_the_named_one(
    desk: Desk, coordinator_desk: Desk, cousin: RecordId
) -> None:
    set_conflict(coordinator_desk, cousin, HALE, on=True, note="Cousins.")
    assert [one.id for one in kept_from(coordinator_desk, cousin)] == [HALE]
    # who holds no key of care sees nobody there anyway
    assert [one.id for one in who_can_be_kept_off(coordinator_desk, "self_referral")] == [HALE]
    with pytest.raises(NotAllowed):
        set_conflict(desk, cousin, HALE, on=False, note="let me")
    with pytest.raises(NotAllowed):
        set_conflict(coordinator_desk, cousin, LOWE, on=True, note="myself")
    with pytest.raises(ReasonMissing):
        set_conflict(coordinator_desk, cousin, HALE, on=False, note=" ")
    with pytest.raises(UnknownCode):
        set_conflict(coordinator_desk, cousin, UserId("nobody"), on=True, note="x")
    set_conflict(coordinator_desk, cousin, HALE, on=False, note="Was another family.")
    assert read_intake(desk, cousin).number
    assert kept_from(coordinator_desk, cousin) == []


def test_a_coordinator_who_is_named_can_neither_see_nor_lift_it(
    house: House, coordinator_desk: Desk
) -> None:
    officer = veiled(house.desk(Role.OFFICER))
    case = case_taken(officer)
    supervisor = veiled(house.desk(Role.SUPERVISOR))
    for user in (LOWE, REYES):
        set_conflict(supervisor, case, user, on=True, note="Neighbors.")
    with pytest.raises(NotAllowed):
        set_conflict(coordinator_desk, case, LOWE, on=False, note="let me")
    with pytest.raises(RecordMissing):
        set_conflict(coordinator_desk, case, REYES, on=False, note="let him")
    with pytest.raises(RecordMissing):
        read_case(officer, case)
    assert find_people(officer, "quill", room=CASES_ROOM) == []
    assert read_case(supervisor, case)
    assert ledger(officer, 2026) == ledger(supervisor, 2026)  # a number is never given twice


def test_it_holds_for_all_intakes_of_the_person_also_after_a_merge(
    desk: Desk, coordinator_desk: Desk, cousin: RecordId
) -> None:
    later = taken(desk, **OTHER).record
    set_conflict(coordinator_desk, cousin, HALE, on=True, note="Cousins.")
    assert read_intake(desk, later)
    merge = merge_people(coordinator_desk, cousin, later, {}, "same face")
    with pytest.raises(RecordMissing):
        read_intake(desk, later)
    again = begin_for(coordinator_desk, later, "self_referral")
    again.answers |= begun(coordinator_desk).answers
    third = finish_intake(coordinator_desk, again).record
    with pytest.raises(RecordMissing):
        read_intake(desk, third)
    unmerge(coordinator_desk, later, merge, "cousins of the cousin")
    assert read_intake(desk, later)


def test_a_draft_that_a_colleague_left_is_not_taken_over(
    house: House, desk: Desk, coordinator_desk: Desk, cousin: RecordId, clock: FixedClock
) -> None:
    draft = begin_for(coordinator_desk, cousin, "self_referral")
    clock.at += timedelta(hours=13)
    set_conflict(coordinator_desk, cousin, HALE, on=True, note="Cousins.")
    with pytest.raises(RecordMissing):
        resume_draft(desk, draft.id)
    set_conflict(coordinator_desk, cousin, HALE, on=False, note="A mistake.")
    assert resume_draft(desk, draft.id).author == HALE  # control


def test_settling_reaches_everything_behind_the_veil(
    desk: Desk, coordinator_desk: Desk, cousin: RecordId
) -> None:
    """A draft whose record is there already is cleared, also where its author may not see it."""
    draft = begun(desk, **ONE)
    done = finish_intake(desk, draft)
    set_conflict(coordinator_desk, done.record, HALE, on=True, note="Cousins.")
    kept = replace(draft, number=done.number)
    desk.drafts.put(_entry(kept))
    settle(behind(desk))
    assert desk.drafts.get(draft.id) is None


def _entry(draft: Draft) -> DraftEntry:
    return DraftEntry(
        draft.id, draft.author, draft.pathway, draft.started, draft.started, "{}", b"{}"
    )


@pytest.mark.parametrize("batch", [FIRST, [*FIRST, *SECOND]])
def test_a_veil_that_hides_nobody_tells_the_same_as_the_file(
    care: Compartment, clock: FixedClock, batch: list[Change]
) -> None:
    """The exam of every file of records."""
    care.apply(batch, SAVE)
    fake = MemoryRecords(clock, care.station, care.epoch)
    fake.apply(batch, SAVE)
    assert told(Veil(care, UserId("u9"))) == told(care) == told(Veil(fake, UserId("u9")))
    assert any(care.alike(keys, "intake") for keys in LIKE)


def test_the_veil_is_there_from_sign_in_on(desks: Desks) -> None:
    """Through the real way in: the front desk looks at what a coordinator keeps from it."""
    front = desks(Role.FRONT_DESK)
    mine = taken(front, **ONE)
    assert find_people(front, "stiltner")
    coordinator = desks(Role.COORDINATOR)
    set_conflict(coordinator, mine.record, front.person.id, on=True, note="Cousins.")
    assert find_people(front, "stiltner") == []
    assert find_people(front, mine.number) == []
    assert find_people(coordinator, mine.number)
