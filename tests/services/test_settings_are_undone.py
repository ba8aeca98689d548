"""Each setting that is changed is told with before and after, and can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from profiles import Desks, Profile
from two_stations import BACK, FRONT, Stations
from walk_ins import audit, station_of

from intake_app.domain.decision_errors import BadSetting, ChangedSince, UndoneAlready
from intake_app.domain.errors import NotAllowed, RecordMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.decisions.department import change_agency
from intake_app.services.decisions.history import history, undo
from intake_app.services.decisions.keeping import DECISION
from intake_app.services.desk import Desk
from intake_app.services.follow_up.screenings import switch_tool
from intake_app.services.records.writing import fact
from intake_app.services.signing.setting_up import read_agency


@pytest.fixture
def admin(desks: Desks) -> Desk:
    return desks(Role.ADMINISTRATOR)


def test_a_change_is_listed_with_who_when_before_and_after(admin: Desk) -> None:
    change_agency(admin, replace(admin.agency, stale_days=90, closed_days=("2026-12-24",)))
    (line,) = history(admin)
    assert line.who == "A. Pruitt"
    assert line.decision.at.startswith("2026-11-23T")
    assert line.decision.fields == {"stale_days": (180, 90), "closed_days": ([], ["2026-12-24"])}
    (told,) = admin.station.audit_of([line.decision.id])
    assert told.act.what == "change settings"


def test_a_change_is_undone_and_the_undoing_too(admin: Desk) -> None:
    before = read_agency(admin.station)
    new = replace(before, stale_days=90, closed_days=("2026-12-24",))
    change_agency(admin, new)
    undo(admin, history(admin)[0].decision.id)
    assert read_agency(admin.station) == before
    assert history(admin)[1].undone_by == "A. Pruitt"
    undo(admin, history(admin)[0].decision.id, "It was right")
    assert read_agency(admin.station) == new
    assert [line.decision.why for line in history(admin)] == ["It was right", "", ""]
    assert len(audit(station_of(admin), "undo settings")) == 2


def test_what_was_changed_again_is_undone_in_order(admin: Desk) -> None:
    for days in (90, 60):
        change_agency(admin, replace(read_agency(admin.station), stale_days=days))
    second, first = (line.decision.id for line in history(admin))
    assert [line.may_undo for line in history(admin)] == [True, False]
    with pytest.raises(ChangedSince):
        undo(admin, first)
    undo(admin, second)
    with pytest.raises(UndoneAlready):
        undo(admin, second)
    undo(admin, first)
    assert read_agency(admin.station).stale_days == 180
    with pytest.raises(RecordMissing):
        undo(admin, RecordId("0" * 32))


def test_what_a_colleague_changed_meanwhile_stays(admin: Desk) -> None:
    seen = read_agency(admin.station)
    change_agency(admin, replace(seen, phone="(304) 555-0199"))
    change_agency(admin, replace(seen, stale_days=60), seen)
    now = read_agency(admin.station)
    assert (now.phone, now.stale_days) == ("(304) 555-0199", 60)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lock_seconds": 1801}, {"lock_seconds": 30}, {"audit_years": 0}, {"backup_days": 1},
        {"blur_seconds": 0}, {"drill_days": 4000}, {"warrant_policy": "always"},
        {"second_factor": "off", "second_factor_reason": " "}, {"closed_days": ("someday",)},
        {"region": "West Virginia"}, {"lock_seconds": 90, "blur_seconds": 600},
    ],
)  # fmt: skip
def test_what_no_policy_allows_is_refused_whatever_window_asks(
    admin: Desk, wrong: dict[str, object]
) -> None:
    strict = replace(admin.agency, second_factor="required", second_factor_reason="")
    change_agency(admin, strict)
    before = len(history(admin))
    with pytest.raises(BadSetting):
        change_agency(admin, replace(strict, **wrong))  # pyright: ignore[reportArgumentType]
    assert read_agency(admin.station) == strict
    assert len(history(admin)) == before


def test_a_bound_that_holds_lets_the_strictest_and_the_widest_through(admin: Desk) -> None:
    for seconds in (120, 1800):
        change_agency(admin, replace(read_agency(admin.station), lock_seconds=seconds))
        assert read_agency(admin.station).lock_seconds == seconds


def test_a_tool_that_is_switched_is_a_decision_as_well(
    profile: Profile, desks: Desks, admin: Desk
) -> None:
    before = read_agency(admin.station).screenings
    switch_tool(desks(Role.COORDINATOR), "cage_aid", is_on="cage_aid" not in before)
    (line,) = history(admin)
    assert (line.who, list(line.decision.fields)) == ("J. Lowe", ["screenings"])
    profile.clock.at += timedelta(minutes=1)
    undo(admin, line.decision.id)
    assert read_agency(admin.station).screenings == before


def test_nobody_else_reads_or_undoes(desks: Desks, admin: Desk) -> None:
    change_agency(admin, replace(admin.agency, stale_days=90))
    made = history(admin)[0].decision.id
    for role in (Role.FRONT_DESK, Role.OFFICER, Role.SUPERVISOR, Role.COORDINATOR):
        with pytest.raises(NotAllowed):
            history(desks(role))
        with pytest.raises(NotAllowed):
            undo(desks(role), made)
    assert not history(desks(Role.PRIVACY_OFFICER))[0].may_undo


def test_the_history_travels_and_is_undone_elsewhere(stations: Stations) -> None:
    front, back = (stations.desk(name, Role.ADMINISTRATOR) for name in (FRONT, BACK))
    change_agency(front, replace(read_agency(front.station), phone="(304) 555-0100"))
    stations.meet()
    undo(back, history(back)[0].decision.id)
    stations.meet()
    assert read_agency(front.station).phone == ""
    assert [bool(line.undone_by) for line in history(front)] == [False, True]


def test_a_line_that_makes_no_sense_hides_no_other(profile: Profile, admin: Desk) -> None:
    change_agency(admin, replace(admin.agency, stale_days=90))
    odd = fact(admin.station, admin.person.id, DECISION, RecordId("f" * 32), {"fields": 3})
    admin.station.apply([odd], admin.act("noise"))
    assert len(history(admin)) == 1
    assert profile.unlock(profile.gate(), Role.FRONT_DESK).agency.stale_days == 90
