"""Who died or asked us to stop is not contacted: here at once, on the other side if told."""

import pytest
from held_cases import House, care_of, case_taken, cases_of
from walk_ins import taken

from intake_app.domain.case_refusal import Refusal
from intake_app.domain.errors import ContactStopped, NoGrant, NotAllowed, ReasonMissing, UnknownCode
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.case.held import held_case
from intake_app.services.desk import Desk
from intake_app.services.follow_up.follow_ups import extra, follow_ups_of
from intake_app.services.people.other_side import also_stop, is_known_there
from intake_app.services.people.persons import (
    DECEASED,
    DO_NOT_CONTACT,
    FLAG,
    contact_stop,
    flag_history,
    set_flag,
)

WHY = "Her sister called from the hospital."


@pytest.fixture
def desk(house: House) -> Desk:
    """J. Lowe, who holds both keys."""
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def walk_in(desk: Desk) -> RecordId:
    return taken(
        desk, first_name="Wren", last_name="Quillfeather", date_of_birth="1991-04-17"
    ).record


@pytest.fixture
def case(house: House) -> RecordId:
    """The same name and birth date, on the other side of the wall."""
    return case_taken(house.desk(Role.OFFICER))


@pytest.mark.parametrize("flag", [DECEASED, DO_NOT_CONTACT])
def test_a_flag_ends_all_follow_ups_and_refuses_new_ones(
    desk: Desk, walk_in: RecordId, flag: str
) -> None:
    extra(desk, walk_in, "Ask about the ride", "2026-12-01")
    assert any(one.state == "open" for one in follow_ups_of(desk, walk_in))
    set_flag(desk, walk_in, flag, on=True, note=WHY)
    assert contact_stop(care_of(desk), walk_in) == flag
    assert not any(one.state == "open" for one in follow_ups_of(desk, walk_in))
    with pytest.raises(ContactStopped):
        extra(desk, walk_in, "Ask again", "2026-12-02")
    (told,) = flag_history(desk, walk_in)
    assert (told.flag, told.is_on, told.note, told.by) == (flag, True, WHY, desk.person.id)


def test_death_is_the_stronger_word_and_each_is_lifted_by_itself(
    desk: Desk, walk_in: RecordId
) -> None:
    file = care_of(desk)
    for flag in (DO_NOT_CONTACT, DECEASED):
        set_flag(desk, walk_in, flag, on=True, note=WHY)
    assert contact_stop(file, walk_in) == DECEASED
    set_flag(desk, walk_in, DECEASED, on=False, note="It was another person.")
    assert contact_stop(file, walk_in) == DO_NOT_CONTACT
    set_flag(desk, walk_in, DO_NOT_CONTACT, on=False, note="Wants calls again.")
    assert contact_stop(file, walk_in) == ""


def test_nothing_is_flagged_without_a_reason_or_by_who_may_not(
    house: House, desk: Desk, walk_in: RecordId
) -> None:
    with pytest.raises(ReasonMissing):
        set_flag(desk, walk_in, DECEASED, on=True, note="  ")
    with pytest.raises(UnknownCode):
        set_flag(desk, walk_in, "annoying", on=True, note=WHY)
    with pytest.raises(NotAllowed):
        set_flag(house.desk(Role.OFFICER), walk_in, DECEASED, on=True, note=WHY)
    assert contact_stop(care_of(desk), walk_in) == ""


@pytest.mark.parametrize("flag", [DECEASED, DO_NOT_CONTACT])
def test_letters_stop_on_the_other_side_and_nothing_of_why_crosses(
    desk: Desk, walk_in: RecordId, case: RecordId, flag: str
) -> None:
    set_flag(desk, walk_in, flag, on=True, note=WHY)
    assert is_known_there(desk, walk_in)
    assert contact_stop(cases_of(desk), case) == ""  # nothing crosses by itself
    assert also_stop(desk, walk_in, flag) == 1
    assert contact_stop(cases_of(desk), case) == flag
    stopped = held_case(desk, case).standing.status.letters_stopped
    assert stopped is Refusal.DO_NOT_CONTACT
    written = repr([
        [change.line for change in cases_of(desk).history(record.id)]
        for record in cases_of(desk).whole(case)
    ])  # fmt: skip
    assert WHY not in written
    assert walk_in not in written
    (told,) = cases_of(desk).about(case, FLAG)
    assert told.values["note"] == ""
    assert not is_known_there(desk, walk_in)  # not asked twice
    assert also_stop(desk, walk_in, flag) == 0


def test_it_crosses_the_other_way_too(desk: Desk, walk_in: RecordId, case: RecordId) -> None:
    set_flag(desk, case, DO_NOT_CONTACT, on=True, note=WHY)
    assert held_case(desk, case).standing.status.letters_stopped
    assert also_stop(desk, case, DO_NOT_CONTACT) == 1
    assert contact_stop(care_of(desk), walk_in) == DO_NOT_CONTACT


def test_letters_of_a_case_go_on_when_it_is_lifted(desk: Desk, case: RecordId) -> None:
    set_flag(desk, case, DO_NOT_CONTACT, on=True, note=WHY)
    set_flag(desk, case, DO_NOT_CONTACT, on=False, note="Wants letters again.")
    assert not held_case(desk, case).standing.status.letters_stopped
    assert contact_stop(cases_of(desk), case) == ""


@pytest.mark.parametrize(
    "other", [{"date_of_birth": "1991-04-18"}, {"first_name": "Wrenna"}, {"date_of_birth": ""}]
)
def test_negative_control_only_exactly_the_same_person_is_asked_about(
    desk: Desk, case: RecordId, other: dict[str, str]
) -> None:
    said = {"first_name": "Wren", "last_name": "Quillfeather", "date_of_birth": "1991-04-17"}
    walk_in = taken(desk, **{**said, **other}).record
    assert not is_known_there(desk, walk_in)
    assert also_stop(desk, walk_in, DECEASED) == 0
    assert contact_stop(cases_of(desk), case) == ""


def test_who_holds_one_key_is_not_asked(house: House, walk_in: RecordId, case: RecordId) -> None:
    front = house.desk(Role.FRONT_DESK)
    assert case
    assert not is_known_there(front, walk_in)
    with pytest.raises(NoGrant):
        also_stop(front, walk_in, DECEASED)
