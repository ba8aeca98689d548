"""Whatever is done in whatever order, journeys end up as if all were made at once."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from held_cases import House, care_of, case_taken, cases_of, move
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journeys_here import file_of, from_scratch, in_order, journey, journeys
from overdoses import PLANNED, told
from two_stations import FRONT, Stations
from walk_ins import taken

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.journey import Subject
from intake_app.domain.referral import SaidBy, Status, Visit
from intake_app.domain.roles import Compartment, Role
from intake_app.services.case import acts
from intake_app.services.case.offers import note_declined
from intake_app.services.desk import Desk
from intake_app.services.follow_up.attempts import NewAttempt, log_attempt
from intake_app.services.follow_up.episodes import move_episode
from intake_app.services.intakes.intakes import amend_intake, mark_entered_in_error
from intake_app.services.measures.journeys import bring_up, settle_journeys
from intake_app.services.measures.rearrest import NewLook, note_rearrest
from intake_app.services.people.merging import merge_people, merges, unmerge
from intake_app.services.records.form_versions import FORM_TEXT
from intake_app.services.records.writing import fact, write
from intake_app.services.referrals.referrals import NewReferral, NewStep, make_referral, note_step

CARE, CASES = Compartment.CARE, Compartment.CASES
MADE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def desk(house: House) -> Desk:
    """J. Lowe, the coordinator, who holds both keys."""
    return house.desk(Role.COORDINATOR)


def purge(desk: Desk, room: Compartment, *records: RecordId) -> None:
    """As a purge ends records: the change alone, through the one door."""
    file = care_of(desk) if room is CARE else cases_of(desk)
    changes = [
        Change(file.stamp(), desk.person.id, Action.PURGE, one.kind, one.id, {})
        for ident in records
        for one in file.whole(ident)
    ]
    file.apply(changes, Act(desk.person.id, "purge records", records[0]))


def rows(desk: Desk, room: Compartment, sql: str) -> list[tuple[object, ...]]:
    file = care_of(desk) if room is CARE else cases_of(desk)
    return file.database.conn.execute(sql).fetchall()


# --- one after the other --------------------------------------------------------------------


def test_a_purge_ends_journeys_in_its_own_transaction(desk: Desk) -> None:
    stays, goes = taken(desk, race=["asian"]).record, taken(desk, race=["mena"]).record
    assert len(journeys(desk)) == 2
    purge(desk, CARE, goes)
    # nothing was brought up in between
    assert rows(desk, CARE, "SELECT record FROM journey") == [(stays,)]
    codes = {code for (code,) in rows(desk, CARE, "SELECT code FROM trait")}
    assert "asian" in codes
    assert "mena" not in codes
    assert in_order(journeys(desk)) == from_scratch(desk)


def test_what_a_purged_part_told_its_intake_is_told_no_more(desk: Desk) -> None:
    intake = told(desk, **PLANNED).record
    attempt = log_attempt(desk, NewAttempt(intake, "visit", "call_later"))
    assert journey(desk, intake).tries == 1
    purge(desk, CARE, attempt)
    assert rows(desk, CARE, "SELECT record FROM journey WHERE subject='intake'") == []  # till then
    assert journey(desk, intake).tries == 0


def test_another_overdose_of_a_person_is_forgotten_with_its_record(desk: Desk) -> None:
    first = told(desk, **PLANNED).record
    later = told(desk, **PLANNED, overdose_at="2026-11-23T08:10:00-05:00").record
    merge_people(desk, first, later, {}, "The same person.")
    move(desk, days=1)
    assert journey(desk, first).overdose_again_on == "2026-11-23"
    purge(desk, CARE, later)
    told_of = "SELECT count(*) FROM journey WHERE overdose_again_on<>''"
    assert rows(desk, CARE, told_of) == [(0,)]
    assert journey(desk, first).overdose_again_on == ""


def test_merged_people_count_once_and_twice_again_after_it_is_undone(desk: Desk) -> None:
    first, second = taken(desk, first_name="Bob").record, taken(desk, first_name="Rob").record
    assert len({one.person for one in journeys(desk)}) == 2
    merge_people(desk, first, second, {}, "Showed an old card.")
    assert len({one.person for one in journeys(desk)}) == 1
    (made,) = merges(desk, first)
    unmerge(desk, first, made.id, "Two brothers.")
    assert len({one.person for one in journeys(desk)}) == 2


def test_nothing_is_done_where_nothing_changed_and_a_chore_stops_when_it_is_asked(
    desk: Desk,
) -> None:
    for _ in range(3):
        taken(desk)
    assert not settle_journeys(desk, lambda: True)
    assert settle_journeys(desk, lambda: False)
    before = rows(desk, CARE, "SELECT n, record FROM journey ORDER BY n")
    assert len(before) == 3
    assert bring_up(desk) == 0
    assert rows(desk, CARE, "SELECT n, record FROM journey ORDER BY n") == before


def test_what_waits_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake_app.services.measures.journeys.AT_ONCE", 1)
    for _ in range(4):
        taken(desk)
    assert bring_up(desk, most=3) == 1
    assert bring_up(desk) == 0


def test_other_cuts_make_all_of_it_anew(desk: Desk) -> None:
    taken(desk)
    journeys(desk)
    made_with, until = file_of(desk).made_with()
    assert until == "2026-11-23"
    file_of(desk).forget("other")
    assert journeys(desk) != []
    assert file_of(desk).made_with()[0] == made_with


def test_an_entry_of_the_ledger_that_is_purged_is_gone(desk: Desk, officer: Desk) -> None:
    offer = note_declined(officer, "cost")
    assert [one.subject for one in journeys(desk, CASES)] == [Subject.CONTACT]
    purge(desk, CASES, offer.id)
    assert rows(desk, CASES, "SELECT * FROM journey") == []
    assert journeys(desk, CASES) == []


# --- any acts in any order ------------------------------------------------------------------


class Department:
    """People of a small department who do this and that."""

    def __init__(self, house: House, dice: Random) -> None:
        self.desk, self.officer = house.desk(Role.COORDINATOR), house.desk(Role.OFFICER)
        self.dice = dice
        self.intakes: list[RecordId] = []
        self.cases: list[RecordId] = []
        self.referrals: list[RecordId] = []

    def some(self, found: list[RecordId]) -> RecordId:
        return self.dice.choice(found) if found else RecordId("nobody")

    def walk_in(self) -> None:
        says = self.dice.choice(["accepted", "thinking", "declined"])
        race = self.dice.sample(["black", "white", "asian"], 2)
        self.intakes.append(taken(self.desk, decision=says, race=race).record)

    def overdose(self) -> None:
        self.intakes.append(told(self.desk, **PLANNED).record)

    def case(self) -> None:
        self.cases.append(case_taken(self.officer))

    def no(self) -> None:
        note_declined(self.officer, "cost")

    def step(self) -> None:
        status = self.dice.choice(["accepted", "plan_active", "completed", "offered"])
        reason = "housed" if status == "completed" else ""
        move_episode(self.desk, self.some(self.intakes), status, reason)

    def attempt(self) -> None:
        result = self.dice.choice(["no_answer", "accepted", "stop"])
        log_attempt(self.desk, NewAttempt(self.some(self.intakes), "call", result))

    def refer(self) -> None:
        new = NewReferral("detox", {"id": "", "name": "X"}, self.dice.choice(["fax", "card"]))
        self.referrals.append(make_referral(self.desk, self.some(self.intakes), new))

    def hear(self) -> None:
        came = NewStep(Status.IN_PROGRESS, SaidBy.PROVIDER, visit=Visit.CAME)
        note_step(self.desk, self.some(self.referrals), came)

    def merge(self) -> None:
        one, other = self.some(self.intakes), self.some(self.intakes)
        merge_people(self.desk, one, other, {}, "same")

    def amend(self) -> None:
        amend_intake(self.desk, self.some(self.intakes), {"race": ["aian"]}, "misheard")

    def wrong(self) -> None:
        mark_entered_in_error(self.desk, self.some(self.intakes), "twice")

    def arrest(self) -> None:
        note_rearrest(self.desk, self.some(self.intakes), NewLook("no"))

    def report(self) -> None:
        acts.note_reported(self.desk, self.some(self.cases))

    def purge(self) -> None:
        purge(self.desk, CARE, self.some(self.intakes))

    def purge_case(self) -> None:
        purge(self.desk, CASES, self.some(self.cases))

    def later(self) -> None:
        move(self.desk, days=1)

    def look(self) -> None:
        bring_up(self.desk)

    def acts(self) -> list[Callable[[], None]]:
        return [
            self.walk_in, self.overdose, self.case, self.no, self.step, self.attempt, self.refer,
            self.hear, self.merge, self.amend, self.wrong, self.arrest, self.report, self.purge,
            self.purge_case, self.later, self.look,
        ]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), length=st.integers(5, 25))
def test_incremental_is_from_scratch(seed: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "house", FixedClock(MADE))
        try:
            people = Department(house, Random(seed))
            people.walk_in()
            for _ in range(length):
                try:
                    people.dice.choice(people.acts())()
                except (IntakeError, IndexError):
                    continue  # it may not be done now; another act may
            for room in (CARE, CASES):
                step_by_step = in_order(journeys(people.desk, room))
                assert step_by_step == from_scratch(people.desk, room)
        finally:
            house.close()


def test_a_journey_that_is_not_made_anew_would_be_noticed(desk: Desk) -> None:
    """The negative control: what was written past the log of changes shows as a difference."""
    taken(desk)
    journeys(desk)
    care_of(desk).database.conn.execute("UPDATE journey SET outcome='completed'")
    assert in_order(journeys(desk)) != from_scratch(desk)


def test_an_intake_whose_form_comes_later_is_folded_again_then(desk: Desk) -> None:
    """A bundle with intakes may come before the one with the text of their form."""
    intake = taken(desk, gender=["woman"]).record
    values = care_of(desk).record(intake)
    assert values is not None
    ref = {**values.values["~form"], "digest": "0" * 64, "id": "elsewhere"}
    care_of(desk).apply(
        [write(care_of(desk), desk.person.id, "intake", intake, {"~form": ref})],
        Act(desk.person.id, "from elsewhere"),
    )
    before = journey(desk, intake)
    assert (before.offered_on, before.traits["gender"]) == ("2026-11-23", ("woman",))
    lacked = file_of(desk).lacks()
    assert lacked
    kept = fact(desk.station, desk.person.id, FORM_TEXT, new_record_id(), {"form": {}})
    desk.station.apply([kept], Act(desk.person.id, "keep form version"))
    journey(desk, intake)
    assert file_of(desk).lacks() not in {"", lacked}


def test_two_stations_that_worked_apart_count_the_same(stations: Stations) -> None:
    front, back = (house.desk(Role.COORDINATOR) for house in stations.houses.values())
    shared = taken(front, race=["black"]).record
    stations.meet()
    journeys(back)
    taken(front, decision="declined", declined_reason="cost")
    log_attempt(back, NewAttempt(shared, "call", "accepted"))
    move_episode(back, shared, "plan_active")
    told(back, **PLANNED)
    case_taken(stations.houses[FRONT].desk(Role.OFFICER))
    journeys(front)
    stations.meet()
    for room in (CARE, CASES):
        ours, theirs = in_order(journeys(front, room)), in_order(journeys(back, room))
        assert ours == theirs
        assert ours == from_scratch(front, room)
    assert len(journeys(front)) == 4  # three intakes and an event


def test_what_a_strange_station_wrote_stops_no_figure(desk: Desk) -> None:
    good = taken(desk).record
    strange = taken(desk).record
    garbage: dict[str, object] = {
        "~opened": ["not", 1], "~form": {"id": 7}, "~pathway": {"a": 1}, "gender": {"x": []},
        "ride_left": 5, "~person": 9, "~event": "nothing",
    }  # fmt: skip
    file = care_of(desk)
    step = {"status": 4, "at": "9999-99-99", "saw": "x"}
    referral = {"provider": [1], "service": 3, "~opened": "soon"}
    statistic = {
        "~pathway": "self_referral", "~form": {"id": "self_referral"}, "~opened": "2026-01-01",
        "journey": {"opened_on": "Jordan Whitfield", "outcome": "Jordan Whitfield", "kits": "two",
                    "accepted_on": "2026-01-02", "person": "p", "report_by": "Jordan"},
        "traits": {"race": ["Jordan Whitfield", "black"], "zone": 4},
    }  # fmt: skip
    new = new_record_id
    file.apply(
        [
            write(file, desk.person.id, "intake", strange, garbage),
            fact(file, desk.person.id, "episode.step", new(), step, about=good),
            fact(file, desk.person.id, "attempt", new(), {"at": 1, "snapshot": "x"}, about=good),
            write(file, desk.person.id, "referral", new(), referral, about=good),
            fact(file, desk.person.id, "rearrest", new(), {"answer": 1, "on": 2}, about=good),
            fact(file, desk.person.id, "offer", new(), {"outcome": ["x"]}),
            fact(file, desk.person.id, "statistic", new(), statistic),
        ],
        Act(desk.person.id, "from elsewhere"),
    )
    found = journeys(desk)
    assert good in {one.record for one in found}
    assert "Jordan" not in repr([getattr(o, n) for o in found for n in o.__slots__])
    (left,) = (one for one in found if one.subject is Subject.ENDED)
    assert (left.opened_on, left.accepted_on) == ("2026-01-01", "2026-01-02")
    assert left.traits["race"] == ("black",)
    assert in_order(found) == from_scratch(desk)
