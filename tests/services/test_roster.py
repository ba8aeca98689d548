"""Night shift: whom to call, and each call and arrival logged with one key."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_records import MemoryRecords
from providers_desk import desk_of

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadEntry, NotAllowed, RecordMissing
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import Role
from intake_app.domain.roster import (
    CALL,
    RESULT_KEYS,
    CallResult,
    OnCallRole,
    RosterEntry,
    Shift,
    entry_from,
)
from intake_app.services.desk import Desk
from intake_app.services.providers.roster import (
    calls,
    keep_roster_entry,
    log_call,
    whole_roster,
)
from intake_app.services.records.writing import write
from intake_app.storage.compartment import Compartment

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 (the wall clock has no zone)
NEW = RecordId("")
NIGHT = Shift(0, "20:00", 1, "08:00")
WEEKEND = Shift(4, "17:00", 0, "08:00")
DAY = Shift(0, "08:00", 0, "20:00")


def at(days: int, hour: int, minute: int = 0) -> datetime:
    return MONDAY + timedelta(days=days, hours=hour, minutes=minute)


def guide(name: str, *shifts: Shift, **more: bool | str) -> RosterEntry:
    told = RosterEntry(NEW, OnCallRole.GUIDE, name, "304-555-0131", shifts)
    return replace(told, **more)


@pytest.fixture
def desk(clock: FixedClock) -> Desk:
    return desk_of(MemoryRecords(clock), clock)


@pytest.mark.parametrize(
    ("shift", "moment", "is_on"),
    [
        (NIGHT, at(0, 19, 59), False),
        (NIGHT, at(0, 20), True),
        (NIGHT, at(1, 0), True),
        (NIGHT, at(1, 7, 59), True),
        (NIGHT, at(1, 8), False),
        (NIGHT, at(1, 20), False),
        (WEEKEND, at(4, 16, 59), False),
        (WEEKEND, at(4, 17), True),
        (WEEKEND, at(6, 23, 59), True),
        (WEEKEND, at(7, 7, 59), True),
        (WEEKEND, at(7, 8), False),
        (DAY, at(7, 12), True),
        (Shift(2, "09:00", 2, "09:00"), at(5, 3), True),
    ],
)
def test_shifts_pass_midnight_and_the_weekend(shift: Shift, moment: datetime, is_on: bool) -> None:
    assert shift.covers(moment) is is_on


@settings(deadline=None)
@given(st.integers(0, 6), st.integers(0, 23), st.integers(1, 7 * 24 - 1), st.integers(0, 10_000))
def test_two_shifts_that_follow_one_another_leave_no_gap_and_no_overlap(
    day: int, hour: int, hours: int, minute: int
) -> None:
    start = MONDAY + timedelta(days=day, hours=hour)
    end = start + timedelta(hours=hours)
    first = Shift(day, f"{start:%H:%M}", end.weekday(), f"{end:%H:%M}")
    second = Shift(end.weekday(), f"{end:%H:%M}", day, f"{start:%H:%M}")
    moment = MONDAY + timedelta(minutes=minute)
    assert first.covers(moment) != second.covers(moment)


def test_a_shift_that_forgets_midnight_would_leave_a_gap() -> None:
    forgetful = Shift(0, "20:00", 0, "23:59")
    assert not any(s.covers(at(1, 3)) for s in (forgetful, DAY))
    assert any(s.covers(at(1, 3)) for s in (NIGHT, DAY))


@pytest.mark.parametrize(
    "told", [(7, "08:00", 0, "09:00"), (0, "8", 0, "09:00"), (0, "08:00", -1, "09:00"),
             (0, "08:00:30", 0, "09:00"), (0, "08:00", 0, "25:00"), (0, "08:00Z", 0, "09:00")],
)  # fmt: skip
def test_a_day_or_time_that_does_not_exist_is_refused(told: tuple[int, str, int, str]) -> None:
    with pytest.raises(BadEntry):
        Shift(*told)


def called(desk: Desk, moment: datetime) -> list[str]:
    return [entry.name for entry in whole_roster(desk) if entry.is_on_call(moment)]


def test_whoever_is_on_a_shift_is_called_and_the_line_that_is_always_there(desk: Desk) -> None:
    keep_roster_entry(desk, guide("Answering line", is_always=True))
    keep_roster_entry(desk, guide("Pat R.", NIGHT))
    keep_roster_entry(desk, guide("Sam T.", DAY))
    keep_roster_entry(desk, replace(guide("Rides", DAY), role=OnCallRole.RIDES))
    assert called(desk, at(1, 2)) == ["Answering line", "Pat R."]
    assert called(desk, at(0, 14)) == ["Answering line", "Sam T.", "Rides"]


def test_somebody_who_left_is_not_called_and_stays_on_the_list(desk: Desk) -> None:
    kept = keep_roster_entry(desk, guide("Pat R.", NIGHT, note="Spanish"))
    keep_roster_entry(desk, replace(kept, is_active=False))
    assert called(desk, at(0, 21)) == []
    (entry,) = whole_roster(desk)
    assert (entry.name, entry.note, entry.is_active, entry.shifts) == (
        "Pat R.", "Spanish", False, (NIGHT,),
    )  # fmt: skip


def test_only_what_changed_is_written(desk: Desk) -> None:
    kept = keep_roster_entry(desk, guide(" Pat R. ", NIGHT))
    assert kept.name == "Pat R."
    keep_roster_entry(desk, replace(kept, phone="304-555-0130"))
    keep_roster_entry(desk, replace(kept, phone="304-555-0130"))
    assert [set(c.fields) for c in desk.station.history(kept.record)][1:] == [{"phone"}]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (guide("  ", NIGHT), "name"),
        (guide("Pat R.", NIGHT, phone="none"), "phone"),
        (guide("Pat R."), "shifts"),
    ],
)
def test_an_entry_without_name_phone_or_hours_is_refused(
    desk: Desk, entry: RosterEntry, field: str
) -> None:
    with pytest.raises(BadEntry) as told:
        keep_roster_entry(desk, entry)
    assert told.value.detail == field
    assert whole_roster(desk) == []


def test_each_call_and_arrival_is_a_fact_about_the_intake(desk: Desk, clock: FixedClock) -> None:
    kept = keep_roster_entry(desk, guide("Pat R.", DAY))
    intake = RecordId("intake-1")
    for key in "nrwa":
        log_call(desk, kept.record, RESULT_KEYS[key], intake)
        clock.at += timedelta(minutes=9)
    log_call(desk, kept.record, CallResult.REACHED)
    told = calls(desk, intake)
    assert [call.result for call in told] == ["no answer", "reached", "on the way", "arrived"]
    assert [call.at[11:16] for call in told] == ["14:40", "14:49", "14:58", "15:07"]
    assert {(call.entry, call.role, call.by) for call in told} == {(kept.record, "guide", "u1")}
    assert len(calls(desk)) == 5


def test_a_logged_call_cannot_be_changed_on_the_real_file(
    care: Compartment, clock: FixedClock
) -> None:
    desk = desk_of(care, clock)
    kept = keep_roster_entry(desk, guide("Pat R.", DAY))
    log_call(desk, kept.record, CallResult.NO_ANSWER)
    (record,) = care.of_kind(CALL)
    forged = write(care, UserId("u1"), CALL, record.id, {"result": "reached"})
    care.apply([forged], desk.act("forge"))
    assert [call.result for call in calls(desk)] == ["no answer"]


def test_a_call_to_nobody_is_refused(desk: Desk) -> None:
    with pytest.raises(RecordMissing):
        log_call(desk, RecordId("nobody"), CallResult.REACHED)
    with pytest.raises(RecordMissing):
        keep_roster_entry(desk, replace(guide("Pat R.", DAY), record=RecordId("nobody")))


def test_the_front_desk_logs_calls_and_does_not_keep_the_roster(clock: FixedClock) -> None:
    station = MemoryRecords(clock)
    kept = keep_roster_entry(desk_of(station, clock), guide("Pat R.", DAY))
    front = desk_of(station, clock, Role.FRONT_DESK)
    assert log_call(front, kept.record, CallResult.ARRIVED).result == "arrived"
    with pytest.raises(NotAllowed):
        keep_roster_entry(front, kept)
    officer = desk_of(station, clock, Role.OFFICER)
    assert len(whole_roster(officer)) == 1
    assert log_call(officer, kept.record, CallResult.REACHED).result == "reached"
    administrator = desk_of(station, clock, Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        log_call(administrator, kept.record, CallResult.REACHED)
    with pytest.raises(NotAllowed):
        whole_roster(desk_of(station, clock, Role.PRIVACY_OFFICER))


def test_an_entry_is_read_back_as_it_was_kept() -> None:
    told = guide("Pat R.", NIGHT, WEEKEND, note="child seat")
    assert entry_from(NEW, told.fields()) == told
