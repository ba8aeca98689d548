"""Two people wrote different answers without seeing each other's: both stay until one is chosen."""

from datetime import timedelta

import pytest
from two_stations import BACK, FRONT, Stations
from walk_ins import taken

from intake_app.domain.change import Value
from intake_app.domain.dispute import Dispute, Sort
from intake_app.domain.dispute_errors import NothingDiffers, NotOneOfThese
from intake_app.domain.errors import NotAllowed, NotFinished
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.disputes.disputes import (
    disputes,
    disputes_about,
    disputes_waiting,
    may_settle,
    postpone,
)
from intake_app.services.disputes.settling import KEEP, Answer, settle
from intake_app.services.disputes.words import tell
from intake_app.services.intakes.intakes import amend_intake, mark_entered_in_error, read_intake
from intake_app.services.intakes.people import find_people, people_order, people_rows
from intake_app.services.people.merging import merge_people
from intake_app.services.people.person_view import reach_of
from intake_app.words import Words

WHY = "misheard"


@pytest.fixture
def intake(stations: Stations) -> RecordId:
    """A walk-in that both stations know."""
    record = taken(stations.desk(FRONT, Role.FRONT_DESK)).record
    stations.meet()
    return record


def apart(stations: Stations, intake: RecordId, **answers: tuple[Value, Value]) -> None:
    """Both amend an answer, each without the other; then they meet."""
    for n, name in enumerate((FRONT, BACK)):
        stations.clocks[name].at += timedelta(minutes=10 + n)
        given = {question: pair[n] for question, pair in answers.items()}
        amend_intake(stations.desk(name, Role.FRONT_DESK), intake, given, WHY)
    stations.meet()


def only(stations: Stations, station: str = FRONT, role: Role = Role.COORDINATOR) -> Dispute:
    (found,) = disputes(stations.desk(station, role))
    return found


def test_nothing_is_said_while_nothing_differs(stations: Stations, intake: RecordId) -> None:
    for role in (Role.FRONT_DESK, Role.COORDINATOR, Role.OFFICER, Role.SUPERVISOR):
        assert disputes(stations.desk(FRONT, role)) == []
        assert disputes_waiting(stations.desk(FRONT, role)) == 0


def test_different_answers_to_different_questions_are_merged_and_nobody_is_asked(
    stations: Stations, intake: RecordId
) -> None:
    front, back = stations.desk(FRONT, Role.FRONT_DESK), stations.desk(BACK, Role.FRONT_DESK)
    amend_intake(front, intake, {"own_words": "a bed"}, WHY)
    amend_intake(back, intake, {"first_name": "Jordana"}, WHY)
    stations.meet()
    assert disputes(front) == []
    answers = read_intake(back, intake).answers
    assert (answers["own_words"], answers["first_name"]) == ("a bed", "Jordana")


def test_both_answers_stand_with_who_when_and_where(stations: Stations, intake: RecordId) -> None:
    apart(stations, intake, own_words=("a bed", "a meal"))
    found = only(stations)
    assert (found.record, found.name, found.sort) == (intake, "own_words", Sort.ORDINARY)
    told = [(one.value, one.by, one.station, f"{one.at:%H:%M}") for one in found.said]
    assert told == [("a bed", "f1", "front", "09:40"), ("a meal", "b1", "back", "09:42")]
    assert read_intake(stations.desk(FRONT, Role.FRONT_DESK), intake).answers["own_words"] in {
        "a bed", "a meal",
    }  # fmt: skip


@pytest.mark.parametrize("choice", [0, 1, "both"])
def test_one_is_chosen_or_a_third_is_typed_and_both_stations_agree(
    stations: Stations, intake: RecordId, choice: int | str
) -> None:
    apart(stations, intake, own_words=("a bed", "a meal"))
    found = only(stations, BACK, Role.FRONT_DESK)
    third = "a bed and a meal"
    answer = Answer(value=third) if isinstance(choice, str) else Answer(found.said[choice].id)
    settle(stations.desk(BACK, Role.FRONT_DESK), intake, "own_words", answer)
    stations.meet()
    expected = third if isinstance(choice, str) else found.said[choice].value
    for name in (FRONT, BACK):
        desk = stations.desk(name, Role.FRONT_DESK)
        view = read_intake(desk, intake)
        assert view.answers["own_words"] == expected
        assert disputes(desk) == []
        assert {one.new for one in view.history} >= {"a bed", "a meal"}, "nothing is lost"
    assert len(set(map(str, stations.digests()))) == 1
    assert stations.set_aside() == 0


def test_a_typed_answer_is_checked_by_the_form(stations: Stations, intake: RecordId) -> None:
    apart(stations, intake, interpreter=("phone", "video"))
    desk = stations.desk(FRONT, Role.FRONT_DESK)
    for wrong, error in (
        (Answer(value="by letter"), NotFinished),
        (Answer(value=None), NotOneOfThese),
        (Answer("0000000000000000.x.abcdef"), NotOneOfThese),
    ):
        with pytest.raises(error):
            settle(desk, intake, "interpreter", wrong)
    assert only(stations).name == "interpreter"


def test_two_who_settle_apart_differ_again_and_nothing_is_decided_by_a_clock(
    stations: Stations, intake: RecordId
) -> None:
    apart(stations, intake, own_words=("a bed", "a meal"))
    for name, n in ((FRONT, 0), (BACK, 1)):
        found = only(stations, name)
        desk = stations.desk(name, Role.FRONT_DESK)
        settle(desk, intake, "own_words", Answer(found.said[n].id))
    stations.meet()
    again = only(stations)
    assert [one.value for one in again.said] == ["a bed", "a meal"]


def test_what_was_settled_meanwhile_is_not_settled_twice(
    stations: Stations, intake: RecordId
) -> None:
    apart(stations, intake, own_words=("a bed", "a meal"))
    desk, found = stations.desk(FRONT, Role.FRONT_DESK), only(stations)
    settle(desk, intake, "own_words", Answer(found.said[0].id))
    for again in (
        lambda: settle(desk, intake, "own_words", Answer(found.said[1].id)),
        lambda: postpone(desk, intake, "own_words"),
    ):
        with pytest.raises(NothingDiffers):
            again()


def test_leaving_it_for_later_loses_nothing(stations: Stations, intake: RecordId) -> None:
    apart(stations, intake, own_words=("a bed", "a meal"))
    before, seen = stations.digests(), only(stations)
    for _ in range(3):
        postpone(stations.desk(FRONT, Role.FRONT_DESK), intake, "own_words")
    stations.meet()
    assert only(stations) == seen
    assert stations.digests() == before


# --- who somebody is ----------------------------------------------------------------------


def test_both_names_are_shown_and_found_until_a_coordinator_says_which(
    stations: Stations, intake: RecordId
) -> None:
    apart(stations, intake, last_name=("Whitmore", "Wakefield"))
    clerk, lead = (stations.desk(FRONT, role) for role in (Role.FRONT_DESK, Role.COORDINATOR))
    found = only(stations)
    assert found.sort is Sort.IDENTITY
    both = "Wakefield / Whitmore, Jordan"
    (row,) = people_rows(clerk, people_order(clerk))
    assert row.name == both
    assert reach_of(clerk, intake, "en").name == both
    for typed in ("whitmore", "wakefield jordan"):
        assert [one.record for one in find_people(clerk, typed)] == [intake]
    assert not may_settle(clerk, found)
    assert disputes_waiting(clerk) == 0
    with pytest.raises(NotAllowed):
        settle(clerk, intake, "last_name", Answer(found.said[0].id))
    settle(lead, intake, "last_name", Answer(found.said[0].id))
    stations.meet()
    for name in (FRONT, BACK):
        clerk = stations.desk(name, Role.FRONT_DESK)
        (row,) = people_rows(clerk, people_order(clerk))
        assert row.name == "Whitmore, Jordan"
        assert find_people(clerk, "wakefield") == []


# --- one took it out, another went on -----------------------------------------------------


def taken_out_apart(stations: Stations, intake: RecordId) -> None:
    mark_entered_in_error(stations.desk(FRONT, Role.FRONT_DESK), intake, "typed twice")
    back = stations.desk(BACK, Role.FRONT_DESK)
    amend_intake(back, intake, {"own_words": "a meal"}, WHY)
    stations.meet()


def test_what_one_took_out_and_another_changed_stays_in_view(
    stations: Stations, intake: RecordId
) -> None:
    taken_out_apart(stations, intake)
    found = only(stations)
    assert found.sort is Sort.TAKEN_OUT
    assert {(one.name, one.by) for one in found.said} >= {("~deleted", "f1"), ("own_words", "b1")}
    for name in (FRONT, BACK):
        assert len(people_order(stations.desk(name, Role.FRONT_DESK))) == 1


@pytest.mark.parametrize("stays", [True, False])
def test_a_person_says_whether_it_stays(stations: Stations, intake: RecordId, stays: bool) -> None:
    taken_out_apart(stations, intake)
    found = only(stations)
    out = next(one.id for one in found.said if one.name == "~deleted")
    answer = Answer(KEEP if stays else out)
    settle(stations.desk(BACK, Role.FRONT_DESK), intake, found.name, answer)
    stations.meet()
    for name in (FRONT, BACK):
        desk = stations.desk(name, Role.FRONT_DESK)
        assert len(people_order(desk)) == int(stays)
        assert read_intake(desk, intake).is_entered_in_error is not stays
        assert read_intake(desk, intake).answers["own_words"] == "a meal"
        assert disputes(desk) == []


def test_two_who_take_it_out_agree(stations: Stations, intake: RecordId) -> None:
    for name in (FRONT, BACK):
        desk = stations.desk(name, Role.FRONT_DESK)
        mark_entered_in_error(desk, intake, f"typed twice, says {name}")
    stations.meet()
    for name in (FRONT, BACK):
        desk = stations.desk(name, Role.FRONT_DESK)
        assert len(people_order(desk)) == 0
        assert disputes(desk) == []


# --- the folder ---------------------------------------------------------------------------


def test_a_folder_knows_what_differs_in_it(stations: Stations, intake: RecordId) -> None:
    other = taken(stations.desk(FRONT, Role.FRONT_DESK), last_name="Ash").record
    apart(stations, intake, own_words=("a bed", "a meal"))
    desk = stations.desk(FRONT, Role.FRONT_DESK)
    assert [one.name for one in disputes_about(desk, intake)] == ["own_words"]
    assert disputes_about(desk, other) == []


# --- rows, events, and whose intake it is -------------------------------------------------


def test_a_cell_of_a_table_is_settled_in_its_row(stations: Stations) -> None:
    call = {"call_provider": {"id": "", "name": "New River"}, "spoke_to": "Ann", "bed": "no"}
    intake = taken(stations.desk(FRONT, Role.FRONT_DESK), placement_calls=[call]).record
    stations.meet()
    for name, spoke in ((FRONT, "Anna"), (BACK, "Annette")):
        desk = stations.desk(name, Role.FRONT_DESK)
        (row,) = read_intake(desk, intake).answers["placement_calls"]
        amend_intake(desk, intake, {"placement_calls": [{**row, "spoke_to": spoke}]}, WHY)
    stations.meet()
    found = only(stations)
    assert (found.kind, found.name) == ("row.placement_calls", "spoke_to")
    desk = stations.desk(FRONT, Role.FRONT_DESK)
    assert [one.name for one in disputes_about(desk, intake)] == ["spoke_to"]
    told = tell(desk, found, Words("en"))
    assert [one.said for one in told.entries] == ["Anna", "Annette"]
    assert told.intake == intake
    settle(desk, found.record, "spoke_to", Answer(found.said[0].id))
    stations.meet()
    for name in (FRONT, BACK):
        view = read_intake(stations.desk(name, Role.FRONT_DESK), intake)
        assert view.answers["placement_calls"][0]["spoke_to"] == "Anna"
        assert disputes(stations.desk(name, Role.FRONT_DESK)) == []
    assert view.history


def test_an_intake_given_to_two_persons_is_asked_about(stations: Stations) -> None:
    front, back = (stations.desk(name, Role.COORDINATOR) for name in (FRONT, BACK))
    records: list[RecordId] = []
    for name in ("Whitfield", "Whitfeld", "Whitfielde"):
        stations.clocks[FRONT].at += timedelta(minutes=5)
        records.append(taken(front, last_name=name).record)
    moved, one, other = records
    stations.meet()
    merge_people(front, moved, one, {}, "same card")
    merge_people(back, moved, other, {}, "same face")
    stations.meet()
    found = only(stations)
    assert (found.record, found.name, found.sort) == (moved, "~person", Sort.IDENTITY)
    told = tell(front, found, Words("en"))
    assert told.question == "Whose intake it is"
    assert all(entry.said.startswith("The person of intake PH-") for entry in told.entries)
    settle(front, found.record, found.name, Answer(found.said[0].id))
    stations.meet()
    assert disputes(back) == []


def test_an_answer_that_one_took_away_and_another_changed(
    stations: Stations, intake: RecordId
) -> None:
    start = {"own_words": "a bed"}
    amend_intake(stations.desk(FRONT, Role.FRONT_DESK), intake, start, WHY)
    stations.meet()
    apart(stations, intake, own_words=(None, "a meal"))
    desk, found = stations.desk(FRONT, Role.FRONT_DESK), only(stations)
    told = tell(desk, found, Words("en"))
    assert [one.said for one in told.entries] == ["no answer", "a meal"]
    settle(desk, intake, "own_words", Answer(found.said[0].id))
    stations.meet()
    for name in (FRONT, BACK):
        desk = stations.desk(name, Role.FRONT_DESK)
        assert "own_words" not in read_intake(desk, intake).answers
        assert disputes(desk) == []
