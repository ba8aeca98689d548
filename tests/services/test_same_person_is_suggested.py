"""While a name is typed, whoever may be the same person is suggested; a clerk decides."""

from typing import Any

import pytest
from held_cases import House, audit, care_of
from walk_ins import WALK_IN, begun, seen, taken

from intake_app.domain import facts
from intake_app.domain.change import Action, Change
from intake_app.domain.draft import PERSON
from intake_app.domain.errors import NotAllowed, RecordMissing
from intake_app.domain.form import Form
from intake_app.domain.ids import RecordId
from intake_app.domain.pathway import Pathway
from intake_app.domain.record import deletion
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.people.likeness_score import Sign
from intake_app.services.people.persons import intakes_of
from intake_app.services.people.same_person import (
    begin_for,
    filled,
    identity_of_person,
    may_suggest,
    next_ways,
    same_as,
    suggestions,
)

PERSON_HERE: dict[str, Any] = {
    "first_name": "Roberto", "last_name": "Vázquez", "date_of_birth": "1990-04-05",
    "aliases": "Bobby Quickwater; née Stiltner", "may_contact": "yes", "contact_ways": ["call"],
    "phone": "+13045550142", "voicemail_ok": "no", "say_who_ok": "no",
    "safe_contacts": [{"method": "letter", "value": "PO Box 7"}],
}  # fmt: skip


@pytest.fixture
def desk(house: House) -> Desk:
    """M. Hale at the front desk."""
    return house.desk(Role.FRONT_DESK)


def form_of(desk: Desk) -> Form:
    return desk.library.guide("self_referral").form


def found(desk: Desk, **typed: object) -> dict[str, tuple[Sign, ...]]:
    """Receipt numbers of who is suggested, with the signs."""
    told = suggestions(desk, form_of(desk), typed)
    return {one.intake.number: one.signs for one in told.first}


@pytest.mark.parametrize(
    ("typed", "signs"),
    [
        ({"last_name": "Vazquez", "first_name": "Roberto"}, (Sign.SAME_NAME,)),
        ({"last_name": "Basquez", "first_name": "Roberto"}, (Sign.ALIKE,)),
        ({"last_name": "Vazqeuz", "first_name": "Roberto"}, (Sign.ALIKE,)),
        ({"last_name": "Vazquez", "first_name": "Roebrto"}, (Sign.ALIKE,)),
        ({"last_name": "Vazquez", "first_name": "Beto"}, (Sign.NICKNAME,)),
        ({"last_name": "Roberto", "first_name": "Vazquez"}, (Sign.SAME_NAME,)),
        ({"last_name": "Quickwater", "first_name": "Bobby"}, (Sign.SAME_NAME, Sign.OTHER_NAME)),
        ({"last_name": "Stiltner", "first_name": "Roberto"}, (Sign.SAME_NAME, Sign.OTHER_NAME)),
        (
            {"last_name": "Vazquez", "first_name": "Roberto", "date_of_birth": "1990-05-04"},
            (Sign.SAME_NAME, Sign.SWAPPED_BIRTH),
        ),
        (
            {"last_name": "Vazquez", "first_name": "Roberto", "date_of_birth": "1991-04-05"},
            (Sign.SAME_NAME, Sign.CLOSE_BIRTH),
        ),
        (
            {"last_name": "Newname", "first_name": "Roberto", "date_of_birth": "1990-04-05"},
            (Sign.ONE_NAME, Sign.SAME_BIRTH),
        ),
        ({"preferred_name": "Roberto", "phone": "+13045550142"}, (Sign.ONE_NAME, Sign.PHONE)),
    ],
)  # fmt: skip
def test_the_same_person_is_found_by(
    desk: Desk, typed: dict[str, str], signs: tuple[Sign, ...]
) -> None:
    number = taken(desk, **PERSON_HERE).number
    assert found(desk, **typed).get(number) == signs


@pytest.mark.parametrize(
    "typed",
    [
        {"last_name": "Vazquez"},
        {"first_name": "Roberto"},
        {"date_of_birth": "1990-04-05"},
        {"last_name": "Keene", "first_name": "Wyatt", "date_of_birth": "1990-04-05"},
        {"last_name": "Vazquez", "first_name": "Roberto", "date_of_birth": "1961-11-30"},
        {"last_name": "Vazquez", "first_name": "Wyatt"},
        {},
    ],
)
def test_negative_control_others_are_not(desk: Desk, typed: dict[str, str]) -> None:
    number = taken(desk, **PERSON_HERE).number
    assert number not in found(desk, **typed)


def test_one_person_is_suggested_once_and_others_are_counted(desk: Desk) -> None:
    first = taken(desk, **PERSON_HERE)
    draft = begun(desk, **PERSON_HERE)
    draft.marks[PERSON] = first.record
    finish_intake(desk, draft)
    for n in range(4):
        taken(desk, first_name="Roberto", last_name="Vazquez", safe_hours=str(n))
    typed = {"last_name": "Vázquez", "first_name": "Roberto", "date_of_birth": "1990-04-05"}
    told = suggestions(desk, form_of(desk), typed)
    assert len(told.first) == 3
    assert told.more == 2
    assert told.first[0].signs == (Sign.SAME_NAME, Sign.SAME_BIRTH)
    assert len({one.intake.person for one in told.first}) == 3


def test_an_intake_entered_in_error_or_purged_is_no_longer_suggested(desk: Desk) -> None:
    one, care = taken(desk, **PERSON_HERE), care_of(desk)
    typed = {"last_name": "Vazquez", "first_name": "Roberto"}
    assert one.number in found(desk, **typed)
    record = care.record(one.record)
    assert record
    user, act = desk.person.id, desk.act("test")
    care.apply(
        [Change(care.stamp(), user, Action.WRITE, "intake", one.record, deletion(record, "x"))], act
    )
    assert one.number not in found(desk, **typed)
    care.apply([Change(care.stamp(), user, Action.PURGE, "intake", one.record, {})], act)
    kept = care.database.conn.execute("SELECT count(*) FROM likeness WHERE identity LIKE '%vaz%'")
    assert kept.fetchone() == (0,)


def test_who_holds_no_key_is_told_of_nobody(house: House, desk: Desk) -> None:
    taken(desk, **PERSON_HERE)
    for role in (Role.OFFICER, Role.SUPERVISOR):
        assert not may_suggest(house.desk(role), Pathway.SELF_REFERRAL)
        assert found(house.desk(role), last_name="Vazquez", first_name="Roberto") == {}
    assert may_suggest(house.desk(Role.OFFICER), Pathway.OFFICER_INTERVENTION)


def test_care_is_not_suggested_for_a_case(house: House, desk: Desk) -> None:
    """The wall: the coordinator holds both keys, and is told of each side apart."""
    taken(desk, **PERSON_HERE)
    both = house.desk(Role.COORDINATOR)
    form = both.library.guide("officer_intervention").form
    typed = {"last_name": "Vazquez", "first_name": "Roberto"}
    assert suggestions(both, form, typed).first == ()
    assert found(both, **typed)


def test_the_next_intake_begins_with_who_the_person_is_and_belongs_to_them(desk: Desk) -> None:
    first = taken(desk, **PERSON_HERE)
    draft = begin_for(desk, first.record, "self_referral")
    assert draft.id != first.record
    known = {name: draft.answers[name] for name in PERSON_HERE if name != "safe_contacts"}
    assert known == {n: v for n, v in PERSON_HERE.items() if n != "safe_contacts"}
    assert draft.answers["safe_contacts"] == PERSON_HERE["safe_contacts"]
    assert "wants" not in draft.answers
    draft.answers |= {**WALK_IN, "first_name": "Rob", "last_name": "Vázquez"}
    second = finish_intake(desk, draft)
    before, after = seen(desk, first.record), seen(desk, second.record)
    assert before.answers["first_name"] == "Roberto"
    assert after.answers["first_name"] == "Rob"
    assert not before.history
    assert [row.record for row in intakes_of(desk, second.record)] == [first.record, second.record]
    assert audit(care_of(desk), "copy identity forward")


def test_nothing_typed_is_overwritten(desk: Desk) -> None:
    first = taken(desk, **PERSON_HERE)
    known = identity_of_person(desk, first.record, form_of(desk))
    typed = {"first_name": "Rob", "language": "en"}
    given = filled(desk.library.guide("self_referral").defaults(), typed, known)
    assert "first_name" not in given
    assert given["last_name"] == "Vázquez"


def test_a_mark_that_names_nobody_of_the_file_makes_a_person_of_their_own(desk: Desk) -> None:
    draft = begun(desk)
    draft.marks[PERSON] = "0" * 32
    done = finish_intake(desk, draft)
    record = care_of(desk).record(done.record)
    assert record
    assert facts.PERSON not in record.values
    assert facts.person_of(record) == done.record


def test_by_another_room_no_intake_begins(house: House) -> None:
    desk = house.desk(Role.COORDINATOR)
    first = taken(desk, **PERSON_HERE)
    ways = {way.pathway for way in next_ways(desk, first.record)}
    assert Pathway.OFFICER_INTERVENTION not in ways
    assert Pathway.SELF_REFERRAL in ways
    with pytest.raises(NotAllowed):
        begin_for(desk, first.record, "officer_intervention")
    with pytest.raises(RecordMissing):
        begin_for(desk, RecordId("0" * 32), "self_referral")


def test_who_is_here_already_is_compared_with_all_others(desk: Desk) -> None:
    one = taken(desk, **PERSON_HERE)
    other = taken(desk, first_name="Beto", last_name="Vazques")
    (found_one,) = same_as(desk, one.record).first
    assert found_one.intake.record == other.record
    assert Sign.NICKNAME in found_one.signs
