"""Two entries become one person by a coordinator's word, and two again by another."""

from typing import Any

import pytest
from held_cases import House, case_taken, cases_of
from walk_ins import care_of, seen, taken

from intake_app.domain.errors import NotAllowed, ReasonMissing, RecordMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.people.merging import both_sides, merge_people, merges, unmerge
from intake_app.services.people.persons import (
    DECEASED,
    DO_NOT_CONTACT,
    contact_stop,
    flags_of,
    intakes_of,
    person_of,
    set_flag,
)

ONE: dict[str, Any] = {
    "first_name": "Bob", "last_name": "Stiltner", "date_of_birth": "1990-04-05",
    "may_contact": "yes", "contact_ways": ["call"], "phone": "+13045550142",
}  # fmt: skip
OTHER: dict[str, Any] = {
    "first_name": "Robert", "last_name": "Stiltner", "date_of_birth": "1990-05-04",
    "aliases": "Bobby",
}  # fmt: skip


@pytest.fixture
def desk(house: House) -> Desk:
    """J. Lowe, the coordinator."""
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def two(desk: Desk) -> tuple[RecordId, RecordId]:
    """The earlier and the later entry."""
    return taken(desk, **ONE).record, taken(desk, **OTHER).record


def test_both_sides_are_shown_field_by_field(desk: Desk, two: tuple[RecordId, RecordId]) -> None:
    both = both_sides(desk, *two)
    assert (both.kept.latest.record, both.other.latest.record) == (two[1], two[0])
    fields = {one.field.id: one for one in both.fields}
    assert (fields["first_name"].kept, fields["first_name"].other) == ("Robert", "Bob")
    assert fields["last_name"].is_same
    assert (fields["phone"].kept, fields["phone"].other) == (None, "+13045550142")
    assert both.may_choose
    assert both_sides(desk, *reversed(two)).kept == both.kept  # whichever was opened first


def test_a_merge_moves_the_intakes_and_amends_the_latest(
    desk: Desk, two: tuple[RecordId, RecordId]
) -> None:
    first, second = two
    chosen = {"first_name": "Robert", "date_of_birth": "1990-04-05"}
    merge_people(desk, first, second, chosen, "Showed an old card.")
    assert [row.record for row in intakes_of(desk, first)] == [first, second]
    assert person_of(care_of(desk), first) == person_of(care_of(desk), second) == second
    view = seen(desk, second)
    assert view.answers["date_of_birth"] == "1990-04-05"
    assert [(a.field, a.old, a.reason) for a in view.history] == [
        ("date_of_birth", "1990-05-04", "Showed an old card.")
    ]
    assert not seen(desk, first).history
    (told,) = merges(desk, first)
    assert told.reason == "Showed an old card."
    assert told.numbers == (seen(desk, first).number,)


def test_a_merge_is_undone_and_each_has_their_own_again(
    desk: Desk, two: tuple[RecordId, RecordId]
) -> None:
    first, second = two
    third = taken(desk, **{**OTHER, "first_name": "Rob"}).record
    outer = merge_people(desk, third, second, {}, "same face")
    inner = merge_people(desk, first, third, {}, "same face")
    assert len(intakes_of(desk, first)) == 3
    unmerge(desk, first, inner, "twins")
    assert [row.record for row in intakes_of(desk, first)] == [first]
    assert {row.record for row in intakes_of(desk, second)} == {second, third}
    unmerge(desk, second, outer, "cousins")
    assert [row.record for row in intakes_of(desk, third)] == [third]
    assert merges(desk, first) == merges(desk, third) == []
    with pytest.raises(RecordMissing):
        unmerge(desk, second, outer, "again")


def test_flags_of_both_hold_while_they_are_one_person(
    desk: Desk, two: tuple[RecordId, RecordId]
) -> None:
    first, second = two
    set_flag(desk, first, DO_NOT_CONTACT, on=True, note="asked at the window")
    merge = merge_people(desk, first, second, {}, "same face")
    file = care_of(desk)
    assert contact_stop(file, second) == DO_NOT_CONTACT
    set_flag(desk, second, DECEASED, on=True, note="the family called")
    assert flags_of(file, person_of(file, first)).standing == {DECEASED, DO_NOT_CONTACT}
    unmerge(desk, second, merge, "cousins")
    assert contact_stop(file, first) == DO_NOT_CONTACT
    assert contact_stop(file, second) == DECEASED


def test_lifting_a_flag_lifts_it_for_the_whole_person(
    desk: Desk, two: tuple[RecordId, RecordId]
) -> None:
    for intake in two:
        set_flag(desk, intake, DO_NOT_CONTACT, on=True, note="asked")
    merge_people(desk, *two, {}, "same face")
    set_flag(desk, two[0], DO_NOT_CONTACT, on=False, note="wants calls again")
    assert contact_stop(care_of(desk), two[1]) == ""


def test_nothing_is_merged_without_a_reason_by_others_or_with_oneself(
    house: House, desk: Desk, two: tuple[RecordId, RecordId]
) -> None:
    with pytest.raises(ReasonMissing):
        merge_people(desk, *two, {}, " ")
    with pytest.raises(RecordMissing):
        merge_people(desk, two[0], two[0], {}, "why")
    with pytest.raises(RecordMissing):
        merge_people(desk, two[0], RecordId("0" * 32), {}, "why")
    with pytest.raises(NotAllowed):
        merge_people(house.desk(Role.FRONT_DESK), *two, {}, "why")
    assert [row.record for row in intakes_of(desk, two[0])] == [two[0]]


def test_care_and_cases_are_never_merged(
    house: House, desk: Desk, two: tuple[RecordId, RecordId]
) -> None:
    case = case_taken(house.desk(Role.OFFICER), first_name="Bob", last_name="Stiltner")
    with pytest.raises(RecordMissing):
        both_sides(desk, two[0], case)
    with pytest.raises(RecordMissing):
        both_sides(desk, case, two[0])


def test_cases_are_merged_without_touching_what_was_signed(house: House, desk: Desk) -> None:
    officer = house.desk(Role.OFFICER)
    one = case_taken(officer, first_name="Bob", last_name="Stiltner")
    other = case_taken(officer, first_name="Robert", last_name="Stiltner")
    assert not both_sides(desk, one, other).may_choose
    with pytest.raises(NotAllowed):
        merge_people(desk, one, other, {"first_name": "Bob"}, "same face")
    merge_people(desk, one, other, {}, "same face")
    assert person_of(cases_of(desk), one) == person_of(cases_of(desk), other)
