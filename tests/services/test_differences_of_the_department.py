"""Settings, roster and directory changed on two stations; tasks; sums that nobody is asked of."""

from dataclasses import replace
from datetime import timedelta

import pytest
from providers_desk import read_provider
from two_stations import BACK, FRONT, Stations
from walk_ins import taken

from intake_app.domain import facts
from intake_app.domain.dispute import Dispute
from intake_app.domain.errors import BadEntry, NotAllowed
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.domain.roster import OnCallRole, RosterEntry
from intake_app.services.decisions.department import change_agency
from intake_app.services.disputes.disputes import disputes
from intake_app.services.disputes.settling import Answer, settle
from intake_app.services.disputes.words import tell
from intake_app.services.follow_up.follow_ups import extra, finish, follow_ups_of, put_off
from intake_app.services.providers.edits import add_provider, edit_provider
from intake_app.services.providers.roster import keep_roster_entry, whole_roster
from intake_app.services.records.follow_up_changes import open_tasks
from intake_app.services.requests.holdings import count_holdings, holdings
from intake_app.services.signing.setting_up import read_agency
from intake_app.words import Words


@pytest.fixture
def stations(stations: Stations) -> Stations:
    """Both know the department."""
    admin = stations.desk(FRONT, Role.ADMINISTRATOR)
    change_agency(admin, replace(read_agency(admin.station), name="Pine Hollow", phone="1"))
    stations.meet()
    return stations


def only(stations: Stations, role: Role = Role.ADMINISTRATOR) -> Dispute:
    (found,) = disputes(stations.desk(FRONT, role))
    return found


def test_a_setting_changed_twice_waits_for_an_administrator(stations: Stations) -> None:
    for name, phone in ((FRONT, "(304) 555-0100"), (BACK, "(304) 555-0199")):
        desk = stations.desk(name, Role.ADMINISTRATOR)
        change_agency(desk, replace(read_agency(desk.station), phone=phone))
    stations.meet()
    found = only(stations)
    told = tell(stations.desk(FRONT, Role.ADMINISTRATOR), found, Words("en"))
    assert (told.number, told.question) == ("Settings", "Phone")
    assert [(one.said, one.who, one.where) for one in told.entries] == [
        ("(304) 555-0100", "P. Quist", "this computer"),
        ("(304) 555-0199", "N. Ode", "another computer"),
    ]  # fmt: skip
    assert disputes(stations.desk(FRONT, Role.COORDINATOR)) == []
    settle(
        stations.desk(FRONT, Role.ADMINISTRATOR), found.record, found.name,
        Answer(value="(304) 555-0111"),
    )  # fmt: skip
    stations.meet()
    for name in (FRONT, BACK):
        desk = stations.desk(name, Role.ADMINISTRATOR)
        assert read_agency(desk.station).phone == "(304) 555-0111"
        assert disputes(desk) == []


def test_an_entry_of_the_roster_is_settled_and_checked(stations: Stations) -> None:
    entry = RosterEntry(RecordId(""), OnCallRole.GUIDE, "Pat R.", "304 555 0142", is_always=True)
    kept = keep_roster_entry(stations.desk(FRONT, Role.COORDINATOR), entry)
    stations.meet()
    for name, phone in ((FRONT, "304 555 0143"), (BACK, "304 555 0144")):
        keep_roster_entry(stations.desk(name, Role.COORDINATOR), replace(kept, phone=phone))
    stations.meet()
    desk, found = stations.desk(FRONT, Role.COORDINATOR), only(stations, Role.COORDINATOR)
    with pytest.raises(BadEntry):
        settle(desk, found.record, "phone", Answer(value="no digits"))
    with pytest.raises(NotAllowed):
        settle(stations.desk(FRONT, Role.RECEPTION), found.record, "phone", Answer("x"))
    settle(desk, found.record, "phone", Answer(found.said[0].id))
    stations.meet()
    (there,) = whole_roster(stations.desk(BACK, Role.COORDINATOR))
    assert there.phone == "304 555 0143"
    assert disputes(desk) == []


def test_an_entry_of_the_directory_is_settled_and_nothing_that_was_edited_is_forgotten(
    stations: Stations,
) -> None:
    front, back = (stations.desk(name, Role.COORDINATOR) for name in (FRONT, BACK))
    entry = add_provider(front, {"name": "New River", "city": "Elk"})
    stations.meet()
    edit_provider(front, entry, {"city": "Elkton", "fees": "free"})
    edit_provider(back, entry, {"city": "Elk City", "email": "a@example.org"})
    stations.meet()
    found = only(stations, Role.COORDINATOR)
    assert found.name == "city"
    edited = [station.station.record(entry) for station in (front, back)]
    kept = edited[0]
    assert kept is not None
    assert {"fees", "email"} <= kept.values["edited"].keys(), "each edit wins over later files"
    settle(front, entry, "city", Answer(found.said[1].id))
    stations.meet()
    assert read_provider(back, entry).city == "Elk City"
    assert disputes(front) == disputes(back) == []


# --- what nobody is asked about -----------------------------------------------------------


def test_counts_of_each_station_never_show(stations: Stations) -> None:
    taken(stations.desk(FRONT, Role.FRONT_DESK))
    for name in (FRONT, BACK):
        count_holdings(stations.desk(name, Role.COORDINATOR))
    stations.meet()
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.FRONT_DESK):
        assert disputes(stations.desk(FRONT, role)) == []
    assert holdings(stations.desk(FRONT, Role.COORDINATOR))


def test_a_form_that_both_stations_keep_is_kept_by_each(stations: Stations) -> None:
    for name in (FRONT, BACK):
        taken(stations.desk(name, Role.FRONT_DESK))
    stations.meet()
    assert stations.set_aside() == 0


def test_a_task_ended_here_and_put_off_there_is_over(stations: Stations) -> None:
    front, back = (stations.desk(name, Role.FRONT_DESK) for name in (FRONT, BACK))
    record = taken(front).record
    task = extra(front, record, "Ask about the bed", "2026-11-30")
    stations.meet()
    stations.clocks[BACK].at += timedelta(hours=1)
    finish(front, task, "came by")
    put_off(back, task, "2026-12-07")
    stations.meet()
    assert disputes(front) == disputes(back) == []
    for desk in (front, back):
        (now,) = [one for one in follow_ups_of(desk, record) if one.record == task]
        assert (now.due, str(now.state)) == ("", "done")
        assert task not in {one.id for one in open_tasks(desk.care_file, record)}


def test_a_task_put_off_to_two_days_is_asked_about(stations: Stations) -> None:
    front, back = (stations.desk(name, Role.FRONT_DESK) for name in (FRONT, BACK))
    task = extra(front, taken(front).record, "Ask about the bed", "2026-11-30")
    stations.meet()
    put_off(front, task, "2026-12-01")
    put_off(back, task, "2026-12-07")
    stations.meet()
    found = only(stations, Role.FRONT_DESK)
    told = tell(front, found, Words("en"))
    assert [one.said for one in told.entries] == [
        "Tuesday, December 1, 2026", "Monday, December 7, 2026",
    ]  # fmt: skip
    settle(front, task, facts.DUE, Answer(value="2026-12-03"))
    stations.meet()
    record = back.care_file.record(task)
    assert record is not None
    assert record.values[facts.DUE] == "2026-12-03"
    assert disputes(back) == []
