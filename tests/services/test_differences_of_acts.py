"""Acts that contradict: a case closed in two ways, an intake moved in two, a consent taken back."""

from datetime import timedelta
from pathlib import Path

import pytest
from held_cases import case_taken
from test_a_consent_is_taken_back import REPORT_BACK as SIGNED
from two_stations import BACK, FRONT, Stations, two_stations
from walk_ins import CONSENT, taken

from intake_app.domain import facts
from intake_app.domain.clock import FixedClock
from intake_app.domain.consent import ConsentKind, State
from intake_app.domain.consent_errors import EntriesContradict
from intake_app.domain.dispute import Dispute, Sort
from intake_app.domain.errors import CaseRefused, NotAllowed, ReasonMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.case import acts
from intake_app.services.citing.packets import make_packet
from intake_app.services.consents.consents import read_consents, take_consent
from intake_app.services.consents.disclosures import leaving
from intake_app.services.consents.report_back import may_tell_treatment
from intake_app.services.desk import Desk
from intake_app.services.disputes.disputes import disputes, disputes_waiting, may_settle
from intake_app.services.disputes.settling import Answer, settle
from intake_app.services.follow_up.episodes import CONFLICT, asks_of, episode_of, move_episode
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.services.papers.papers import issue_papers
from intake_app.services.people.conflicts import kept_from, set_conflict
from intake_app.services.people.persons import contact_stop, set_flag
from intake_app.services.records.veil import veiled
from intake_app.services.refolding import ACTS, refold, refold_rest
from intake_app.services.sharing.revoking import Revoking, revoke
from intake_app.storage import differing


@pytest.fixture
def case(stations: Stations) -> RecordId:
    record = case_taken(stations.desk(FRONT, Role.OFFICER))
    stations.meet()
    return record


def closed_apart(stations: Stations, case: RecordId) -> None:
    for n, (name, outcome) in enumerate(((FRONT, "withdrew"), (BACK, "transferred"))):
        stations.clocks[name].at += timedelta(hours=1 + n)
        acts.close_case(stations.desk(name, Role.SUPERVISOR), case, outcome)
    stations.meet()


def only(stations: Stations, station: str, role: Role) -> Dispute:
    (found,) = disputes(stations.desk(station, role))
    return found


def test_a_case_closed_in_two_ways_waits_for_a_supervisor(
    stations: Stations, case: RecordId
) -> None:
    closed_apart(stations, case)
    found = only(stations, FRONT, Role.SUPERVISOR)
    assert (found.record, found.sort, found.rule.stops) == (case, Sort.STATUS, True)
    told = [(one.value, one.by, one.station) for one in found.said]
    assert told == [("withdrew", "f4", "front"), ("transferred", "b4", "back")]
    officer = stations.desk(FRONT, Role.OFFICER)
    assert not may_settle(officer, only(stations, FRONT, Role.OFFICER))
    assert (disputes_waiting(officer), disputes_waiting(stations.desk(BACK, Role.SUPERVISOR))) == (
        0, 1,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        settle(officer, case, found.name, Answer(found.said[0].id, note="I know"))


def test_meanwhile_there_is_no_paper_no_packet_and_no_closing(
    stations: Stations, case: RecordId
) -> None:
    closed_apart(stations, case)
    desk = stations.desk(BACK, Role.SUPERVISOR)
    for refused in (
        lambda: issue_papers(desk, case, ["participant_agreement"]),
        lambda: make_packet(desk, case, "they asked"),
        lambda: acts.close_case(desk, case, "completed"),
        lambda: acts.reopen_case(desk, case, "wrong"),
        lambda: acts.charge_action(desk, case, "not_filed"),
    ):
        with pytest.raises(CaseRefused) as told:
            refused()
        assert "Two people noted different things" in str(told.value.reasons[0])


def test_a_correcting_act_settles_it_everywhere(stations: Stations, case: RecordId) -> None:
    closed_apart(stations, case)
    found = only(stations, FRONT, Role.SUPERVISOR)
    desk = stations.desk(FRONT, Role.SUPERVISOR)
    with pytest.raises(ReasonMissing):
        settle(desk, case, found.name, Answer(found.said[1].id))
    settle(desk, case, found.name, Answer(found.said[1].id, note="the other county has it"))
    stations.meet()
    for name in (FRONT, BACK):
        desk = stations.desk(name, Role.SUPERVISOR)
        assert disputes(desk) == []
        assert issue_papers(desk, case, ["participant_agreement"])
    stations.meet()
    assert len(set(map(str, stations.digests()))) == 1


def test_a_charge_noted_in_two_ways_is_found_although_the_status_is_one(
    stations: Stations, case: RecordId
) -> None:
    acts.close_case(stations.desk(FRONT, Role.SUPERVISOR), case, "withdrew")
    stations.meet()
    acts.charge_action(stations.desk(FRONT, Role.SUPERVISOR), case, "filed")
    acts.charge_action(stations.desk(BACK, Role.SUPERVISOR), case, "not_filed")
    stations.meet()
    found = only(stations, FRONT, Role.SUPERVISOR)
    assert {one.value for one in found.said} == {"filed", "not_filed"}


def test_who_sums_up_what_came_comes_to_rest(stations: Stations, case: RecordId) -> None:
    closed_apart(stations, case)
    for _ in range(3):
        for name in (FRONT, BACK):
            refold(stations.desk(name, Role.SUPERVISOR))
        stations.meet()
    before = stations.digests()
    for name in (FRONT, BACK):
        refold(stations.desk(name, Role.SUPERVISOR))
    assert stations.digests() == before
    assert before[0] == before[1]


def status_in(desk: Desk, case: RecordId) -> object:
    record = desk.cases.record(case) if desk.cases is not None else None
    return record.values[facts.STATUS] if record is not None else None


def test_after_a_first_fill_the_rest_is_summed_up_in_spare_time(
    stations: Stations, case: RecordId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is looked through at each sign-in, and no more: the person waits for it."""
    monkeypatch.setattr(differing, "_AT_ONCE", 2)
    closed_apart(stations, case)
    desk = stations.desk(FRONT, Role.SUPERVISOR)
    assert desk.cases is not None
    through = desk.cases.unfolded(ACTS)[1]
    refold(desk)
    refold(desk)
    assert through < desk.cases.unfolded(ACTS)[1] <= through + 4
    assert not refold_rest(desk, lambda: True)
    before = desk.cases.unfolded(ACTS)[1]
    assert refold_rest(desk, lambda: False)
    assert desk.cases.unfolded(ACTS)[0] == []
    assert desk.cases.unfolded(ACTS)[1] > before + 4
    assert status_in(desk, case) == CONFLICT


# --- care ---------------------------------------------------------------------------------


@pytest.fixture
def intake(stations: Stations) -> RecordId:
    record = taken(stations.desk(FRONT, Role.FRONT_DESK), **CONSENT).record
    stations.meet()
    return record


def moved_apart(stations: Stations, intake: RecordId) -> None:
    for name, status in ((FRONT, "plan_active"), (BACK, "transferred")):
        desk = stations.desk(name, Role.FRONT_DESK)
        ask = next(one for one in asks_of(desk, intake) if one.status.id == status)
        move_episode(desk, intake, status, ask.reasons[0].id if ask.reasons else "")
    stations.meet()


def test_steps_taken_apart_wait_for_a_coordinator(stations: Stations, intake: RecordId) -> None:
    moved_apart(stations, intake)
    clerk, lead = (stations.desk(BACK, role) for role in (Role.FRONT_DESK, Role.COORDINATOR))
    found = only(stations, BACK, Role.COORDINATOR)
    assert found.sort is Sort.STATUS
    assert not may_settle(clerk, found)
    (row,) = people_rows(clerk, people_order(clerk))
    assert row.status == "conflict"
    for refused in (
        lambda: issue_papers(clerk, intake, ["promise_sheet"]),
        lambda: mark_entered_in_error(clerk, intake, "typed twice"),
    ):
        with pytest.raises(CaseRefused):
            refused()
    with pytest.raises(NotAllowed):
        move_episode(clerk, intake, "plan_active")
    with pytest.raises(EntriesContradict):
        leaving(lead, intake, ["first_name", "last_name"]).require()
    holds = next(one for one in found.said if one.value == "plan_active")
    settle(lead, intake, found.name, Answer(holds.id, note="she stayed"))
    stations.meet()
    for name in (FRONT, BACK):
        desk = stations.desk(name, Role.COORDINATOR)
        assert disputes(desk) == []
        assert episode_of(desk, intake).status == "plan_active"
        assert issue_papers(desk, intake, ["promise_sheet"])


def test_any_revocation_holds_whatever_was_noted_elsewhere(
    stations: Stations, intake: RecordId
) -> None:
    stations.clocks[BACK].at -= timedelta(days=400)  # a clock that is wrong helps nobody
    (held,) = read_consents(stations.desk(FRONT, Role.COORDINATOR), intake)
    revoke(stations.desk(BACK, Role.COORDINATOR), held.consent.id, Revoking("letter"))
    stations.meet()
    for name in (FRONT, BACK):
        desk = stations.desk(name, Role.COORDINATOR)
        (now,) = read_consents(desk, intake)
        assert now.state is State.REVOKED
        assert disputes(desk) == [], "there is nothing to choose: only a new consent allows anew"


def test_no_clock_lets_the_prosecutor_be_told_of_what_was_taken_back(
    stations: Stations, case: RecordId
) -> None:
    def signed(station: str) -> RecordId:
        desk = stations.desk(station, Role.COORDINATOR)
        return take_consent(desk, case, ConsentKind.REPORT_BACK, SIGNED)

    first = signed(FRONT)
    stations.meet()
    stations.clocks[BACK].at -= timedelta(days=300)
    revoke(stations.desk(BACK, Role.COORDINATOR), first, Revoking("letter"))
    stations.meet()
    for name in (FRONT, BACK):
        assert not may_tell_treatment(stations.desk(name, Role.COORDINATOR), case)
    signed(FRONT)
    stations.meet()
    for name in (FRONT, BACK):
        assert may_tell_treatment(stations.desk(name, Role.COORDINATOR), case)


# --- said on and off: cause decides, and the careful word wins ----------------------------


def test_no_clock_lifts_a_stop_or_a_veil_that_was_set_last(
    tmp_path: Path, clock: FixedClock
) -> None:
    with two_stations(tmp_path, clock, timedelta(days=-365)) as stations:
        front, back = (stations.desk(name, Role.COORDINATOR) for name in (FRONT, BACK))
        clerk = stations.desk(FRONT, Role.FRONT_DESK)
        record = taken(front).record
        for desk, on in ((front, True), (front, False), (back, True)):
            stations.meet()
            set_flag(desk, record, "do_not_contact", on=on, note="said so")
            set_conflict(desk, record, clerk.person.id, on=on, note="cousins")
        stations.meet()  # the last word came from a clock that is a year slow
        for desk in (front, back):
            assert contact_stop(desk.care_file, record) == "do_not_contact"
            assert [one.id for one in kept_from(desk, record)] == [clerk.person.id]
        assert len(people_order(veiled(clerk))) == 0


def test_a_stop_that_was_set_while_another_was_lifted_stands(
    stations: Stations, intake: RecordId
) -> None:
    front, back = (stations.desk(name, Role.COORDINATOR) for name in (FRONT, BACK))
    set_flag(front, intake, "do_not_contact", on=True, note="wrote so")
    stations.meet()
    set_flag(back, intake, "do_not_contact", on=True, note="called again")
    set_flag(front, intake, "do_not_contact", on=False, note="wants calls")
    stations.meet()
    for desk in (front, back):
        assert contact_stop(desk.care_file, intake) == "do_not_contact"
    set_flag(front, intake, "do_not_contact", on=False, note="asked once more")
    stations.meet()
    for desk in (front, back):
        assert contact_stop(desk.care_file, intake) == ""
