"""What is said of a difference, on the screen and on paper; and what only a list can tell."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from held_cases import case_taken
from test_papers_are_issued import words_on
from two_stations import BACK, FRONT, Stations, two_stations
from walk_ins import taken

from intake_app.domain import facts
from intake_app.domain.clock import FixedClock
from intake_app.domain.dispute import Sort
from intake_app.domain.dispute_errors import NothingDiffers, OnlyToldAbout
from intake_app.domain.errors import NotAllowed, RecordMissing
from intake_app.domain.ids import ChangeId, RecordId
from intake_app.domain.roles import Role
from intake_app.domain.roster import OnCallRole, RosterEntry
from intake_app.services.case import acts
from intake_app.services.disputes.disputes import TWICE, disputes
from intake_app.services.disputes.settling import Answer, settle
from intake_app.services.disputes.sheet import print_dispute
from intake_app.services.disputes.words import tell
from intake_app.services.intakes.intakes import amend_intake, read_intake
from intake_app.services.people.conflicts import set_conflict
from intake_app.services.people.merging import merge_people
from intake_app.services.people.same_elsewhere import same_elsewhere, say_two
from intake_app.services.providers.roster import keep_roster_entry
from intake_app.services.records.veil import veiled
from intake_app.services.records.writing import create
from intake_app.words import Words


@pytest.fixture
def intake(stations: Stations) -> RecordId:
    record = taken(stations.desk(FRONT, Role.FRONT_DESK)).record
    stations.meet()
    for name, last in ((FRONT, "Whitmore"), (BACK, "Wakefield")):
        stations.clocks[name].at += timedelta(minutes=11)
        desk = stations.desk(name, Role.FRONT_DESK)
        amend_intake(desk, record, {"last_name": last, "interpreter": last_of(name)}, "misheard")
    stations.meet()
    return record


def last_of(name: str) -> str:
    return "phone" if name == FRONT else "video"


def test_answers_are_said_in_the_words_of_the_form(stations: Stations, intake: RecordId) -> None:
    desk = stations.desk(BACK, Role.COORDINATOR)
    told = {one.dispute.name: one for one in (tell(desk, d, Words("en")) for d in disputes(desk))}
    ways = told["interpreter"]
    assert [one.said for one in ways.entries] == ["Interpreter by phone", "Interpreter by video"]
    assert [(one.who, one.where) for one in ways.entries] == [
        ("M. Hale", "another computer"), ("R. Bell", "this computer"),
    ]  # fmt: skip
    assert ways.entries[0].when == "Mon, Nov 23, 9:41 AM"
    assert not ways.is_identity
    names = told["last_name"]
    assert names.is_identity
    assert names.may_settle
    assert names.asks is not None
    spanish = tell(desk, ways.dispute, Words("es"))
    assert spanish.entries[0].said == "Intérprete por teléfono"


def test_no_word_of_the_trade_is_used(stations: Stations, intake: RecordId) -> None:
    desk = stations.desk(FRONT, Role.COORDINATOR)
    for one in disputes(desk):
        told = tell(desk, one, Words("en"))
        said = f"{told.says} {told.question} {told.waits_for}".lower()
        for word in ("conflict", "merge", "sync", "station", "replica", "version"):
            assert word not in said


def test_a_clock_that_is_a_year_off_is_said_with_its_year(
    tmp_path: Path, clock: FixedClock
) -> None:
    with two_stations(tmp_path, clock, timedelta(days=-365)) as stations:
        intake = taken(stations.desk(FRONT, Role.FRONT_DESK)).record
        stations.meet()
        for name, said in ((FRONT, "a bed"), (BACK, "a meal")):
            amend_intake(stations.desk(name, Role.FRONT_DESK), intake, {"own_words": said}, "so")
        stations.meet()
        desk = stations.desk(FRONT, Role.COORDINATOR)
        (found,) = disputes(desk)
        when = {one.said: one.when for one in tell(desk, found, Words("en")).entries}
        assert when["a meal"] == "Sun, Nov 23, 2:40 PM (2025)"
        assert when["a bed"] == "Mon, Nov 23, 2:40 PM"


def test_it_is_printed_with_both_answers_names_and_times(
    stations: Stations, intake: RecordId
) -> None:
    said = words_on(print_dispute(stations.desk(FRONT, Role.COORDINATOR), intake, "last_name"))
    for word in ("Whitmore", "Wakefield", "M. Hale", "R. Bell", "Nov 23", "Last name"):
        assert word in said
    assert "interpreter" not in said.lower(), "one difference, and nothing else of the record"


def test_who_holds_no_key_prints_nothing(stations: Stations, intake: RecordId) -> None:
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR):
        assert disputes(stations.desk(FRONT, role)) == []
        with pytest.raises(RecordMissing):
            print_dispute(stations.desk(FRONT, role), intake, "last_name")
    with pytest.raises(NotAllowed):
        print_dispute(stations.desk(FRONT, Role.RECEPTION), intake, "last_name")


def test_who_is_kept_from_a_person_sees_nothing_of_it(stations: Stations, intake: RecordId) -> None:
    lead, clerk = (stations.desk(FRONT, role) for role in (Role.COORDINATOR, Role.FRONT_DESK))
    set_conflict(lead, intake, clerk.person.id, on=True, note="cousins")
    assert disputes(veiled(clerk)) == []
    assert len(disputes(lead)) == 2
    with pytest.raises(RecordMissing):
        print_dispute(veiled(clerk), intake, "interpreter")


def test_acts_of_a_case_are_said_as_the_case_says_them(stations: Stations) -> None:
    case = case_taken(stations.desk(FRONT, Role.OFFICER))
    stations.meet()
    for name, outcome in ((FRONT, "withdrew"), (BACK, "transferred")):
        acts.close_case(stations.desk(name, Role.SUPERVISOR), case, outcome)
    stations.meet()
    (found,) = disputes(stations.desk(FRONT, Role.OFFICER))
    told = tell(stations.desk(FRONT, Role.OFFICER), found, Words("en"))
    assert {one.said for one in told.entries} == {
        "Closed: the person withdrew", "Closed: transferred",
    }  # fmt: skip
    assert not told.may_settle
    assert told.waits_for == "A supervisor says which one holds."


# --- numbers given twice, and one person taken twice --------------------------------------


def test_one_number_on_two_records_is_told_to_who_leads(stations: Stations) -> None:
    front = stations.desk(FRONT, Role.FRONT_DESK)
    records = [taken(stations.desk(name, Role.FRONT_DESK)).record for name in (FRONT, BACK)]
    one, other = (stations.houses[n].files["care"].record(r) for n, r in  # type: ignore[index]
                  zip((FRONT, BACK), records, strict=True))  # fmt: skip
    assert one is not None
    assert other is not None
    assert one.values[facts.NUMBER] == other.values[facts.NUMBER], "as after an old copy"
    stations.meet()
    assert disputes(front) == []
    lead = stations.desk(FRONT, Role.COORDINATOR)
    (found,) = disputes(lead)
    assert (found.sort, found.name) == (Sort.NUMBER, TWICE)
    told = tell(lead, found, Words("en"))
    assert told.may_settle
    assert told.is_identity
    with pytest.raises(NothingDiffers):  # for who does not lead there is nothing
        settle(front, found.record, found.name, Answer(records[0]))
    settle(lead, found.record, found.name, Answer(records[0]))
    stations.meet()
    for name in (FRONT, BACK):
        care = stations.desk(name, Role.COORDINATOR).care_file
        numbers = [care.lines([record])[record].number for record in records]
        assert numbers[0] == one.values[facts.NUMBER]
        assert numbers[1] != numbers[0]
        assert disputes(stations.desk(name, Role.COORDINATOR)) == []
    (amendment,) = read_intake(lead, records[1]).history
    assert (amendment.old, amendment.new) == (numbers[0], numbers[1])


def test_a_number_of_two_citations_is_only_told(stations: Stations) -> None:
    for name in (FRONT, BACK):
        case_taken(stations.desk(name, Role.OFFICER))
    stations.meet()
    assert disputes(stations.desk(FRONT, Role.OFFICER)) == []
    lead = stations.desk(FRONT, Role.SUPERVISOR)
    (found,) = disputes(lead)
    told = tell(lead, found, Words("en"))
    assert "Void and reissue" in told.says
    assert not told.may_settle
    with pytest.raises(OnlyToldAbout):
        settle(lead, found.record, found.name, Answer(found.said[0].id))


def test_a_station_that_heard_of_its_own_numbers_does_not_give_them_again(
    stations: Stations,
) -> None:
    """As after an older copy was put back: what it gave since comes back to it."""
    first = [taken(stations.desk(FRONT, Role.FRONT_DESK)).number for _ in range(3)]
    stations.meet()
    again = taken(stations.desk(BACK, Role.FRONT_DESK)).number  # it has the same letter
    assert again not in first


def twins(stations: Stations) -> list[RecordId]:
    """One person, taken at both stations before either heard of the other."""
    who = {"first_name": "Jordan", "last_name": "Whitfield", "date_of_birth": "1990-04-05"}
    found = []
    for n, name in enumerate((FRONT, BACK)):
        stations.clocks[name].at += timedelta(minutes=n)
        found.append(taken(stations.desk(name, Role.FRONT_DESK), **who).record)
    stations.meet()
    return found


def test_one_person_taken_at_two_stations_is_suggested_and_not_merged(stations: Stations) -> None:
    front, back = twins(stations)
    for name, mine, theirs in ((FRONT, front, back), (BACK, back, front)):
        lead = stations.desk(name, Role.COORDINATOR)
        (pair,) = same_elsewhere(lead)
        assert (pair.intake.record, pair.other.record) == (theirs, mine)
        assert pair.intake.person != pair.other.person
        with pytest.raises(NotAllowed):
            same_elsewhere(stations.desk(name, Role.FRONT_DESK))


def test_a_pair_is_gone_when_it_was_merged(stations: Stations) -> None:
    front, back = twins(stations)
    merge_people(stations.desk(FRONT, Role.COORDINATOR), front, back, {}, "the same card")
    stations.meet()
    for name in (FRONT, BACK):
        assert same_elsewhere(stations.desk(name, Role.COORDINATOR)) == []


def test_a_pair_is_gone_when_somebody_says_that_these_are_two(stations: Stations) -> None:
    front, back = twins(stations)
    say_two(stations.desk(BACK, Role.COORDINATOR), front, back)
    stations.meet()
    for name in (FRONT, BACK):
        assert same_elsewhere(stations.desk(name, Role.COORDINATOR)) == []


# --- what another program wrote, and who may not know -------------------------------------


def test_values_of_any_shape_stop_no_list(stations: Stations) -> None:
    front = stations.desk(FRONT, Role.COORDINATOR)
    entry = RosterEntry(RecordId(""), OnCallRole.GUIDE, "Pat R.", "304 555 0142", is_always=True)
    kept = keep_roster_entry(front, entry)
    intake = taken(front).record
    stations.meet()
    odd = ("every night", 7, [["x"]], {"a": [None]}, True)
    for n, value in enumerate(odd):
        for file, kind, record, name in (
            (front.station, "roster.entry", kept.record, "shifts"),
            (front.care_file, "intake", intake, "wants"),
            (front.care_file, "intake", intake, "interpreter"),
        ):
            change = create(file, front.person.id, kind, record, {name: value})
            ident = ChangeId(f"{n:016x}.{name}.abcdef")
            file.apply([replace(change, id=ident)], front.act("odd"))
    found = disputes(front)
    assert {one.name for one in found} == {"shifts", "wants", "interpreter"}
    for one in found:
        assert len(tell(front, one, Words("en")).entries) >= len(odd)


def three(stations: Stations) -> list[RecordId]:
    """Three who are alike, one after another."""
    found: list[RecordId] = []
    for name in ("Whitfield", "Whitfeld", "Whitfielde"):
        stations.clocks[FRONT].at += timedelta(minutes=5)
        found.append(taken(stations.desk(FRONT, Role.COORDINATOR), last_name=name).record)
    return found


def test_who_is_kept_from_one_of_two_persons_sees_neither(stations: Stations) -> None:
    """An intake was given to two persons; whoever may not know one of them, learns of none."""
    front, back = (stations.desk(name, Role.COORDINATOR) for name in (FRONT, BACK))
    moved, one, other = three(stations)
    clerk = stations.desk(FRONT, Role.FRONT_DESK)
    stations.meet()
    merge_people(front, moved, one, {}, "same card")
    merge_people(back, moved, other, {}, "same face")
    stations.meet()
    (found,) = disputes(front)
    persons = {RecordId(str(said.value)) for said in found.said}
    shown = front.care_file.lines([found.record])[found.record].person
    hidden = next(iter(persons - {RecordId(shown)}))
    set_conflict(front, hidden, clerk.person.id, on=True, note="cousins")
    assert veiled(clerk).care_file.record(found.record) is None
    assert disputes(veiled(clerk)) == []
