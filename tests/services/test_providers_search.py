"""At the desk: who can take this person, tonight, near enough, and in their language."""

from datetime import datetime
from typing import Any

import pytest
from memory_records import MemoryRecords
from providers_desk import desk_of, read_provider

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.provider import SERVICE, distance_km
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.providers.providers import (
    ProviderQuery,
    all_providers,
    import_providers,
    preview_import,
    search_providers,
)
from intake_app.services.records.writing import create
from intake_app.settings import resources
from intake_app.settings.agency import Agency

SAMPLE = resources.path("resources", "samples", "providers.json")
THREE_AT_NIGHT = datetime(2026, 11, 24, 3, 0)  # noqa: DTZ001 (the wall clock of the desk)


@pytest.fixture
def desk(clock: FixedClock) -> Desk:
    station = MemoryRecords(clock)
    coordinator = desk_of(station, clock)
    import_providers(coordinator, preview_import(coordinator, SAMPLE))
    return desk_of(station, clock, Role.FRONT_DESK)


def names(desk: Desk, query: ProviderQuery) -> list[str]:
    return [row.name for row in search_providers(desk, query)]


def add(desk: Desk, ident: str, values: dict[str, Any] | None = None) -> None:
    record = RecordId(ident)
    desk.station.apply(
        [create(desk.station, UserId("u1"), SERVICE, record, {"name": ident, **(values or {})})],
        desk.act("import providers"),
    )


def test_the_county_has_services_that_are_closed_stale_far_and_spanish(desk: Desk) -> None:
    rows = all_providers(desk)
    assert len(rows) == 25
    assert len({row.organization for row in rows}) == 15
    assert sum(row.is_closed for row in rows) == 3
    assert sum(row.is_stale for row in rows) == 5
    assert any((row.minutes or 0) > 45 for row in rows)
    assert sum("es" in row.provider.texts("languages") for row in rows) == 10
    assert [r.organization for r in rows] == sorted((r.organization for r in rows), key=str.lower)


def test_detox_with_medicaid_at_three_at_night_is_found_with_its_phone(desk: Desk) -> None:
    query = ProviderQuery(need="detox", insurance="medicaid", open_at=THREE_AT_NIGHT)
    (row,) = search_providers(desk, query)
    assert (row.name, row.phone) == ("Withdrawal Management Unit", "304-555-0101")
    assert row.open_words.said_in("en") == "open day and night"
    assert row.open_words.said_in("es") == "abierto día y noche"


def test_the_nearest_stands_first_and_the_unknown_distance_last(desk: Desk) -> None:
    add(desk, "Nowhere")
    rows = search_providers(desk, ProviderQuery())
    minutes = [row.minutes for row in rows]
    known = [m for m in minutes if m is not None]
    assert known == sorted(known)
    assert minutes[: len(known)] == known


def test_where_minutes_are_missing_they_are_guessed_from_the_distance(desk: Desk) -> None:
    (row,) = search_providers(desk, ProviderQuery(text="groceries"))
    assert row.is_guess
    away = distance_km(38.655, -80.105, 38.602, -80.148)
    assert row.minutes == pytest.approx(away * 1.3, abs=2)
    assert away == pytest.approx(7.0, abs=0.3)


def test_a_station_that_does_not_know_where_it_is_guesses_nothing(desk: Desk) -> None:
    lost = desk_of(desk.station, desk.clock, agency=Agency())
    (row,) = search_providers(lost, ProviderQuery(text="groceries"))
    assert row.minutes is None


def test_far_ones_are_left_out_when_somebody_can_drive_only_ten_minutes(desk: Desk) -> None:
    found = names(desk, ProviderQuery(max_minutes=10))
    assert "Crisis Stabilization Unit" not in found
    assert "Overnight Beds" in found
    assert "Rides to Treatment" in found  # its distance is guessed


def test_closed_services_are_left_out_unless_asked_for(desk: Desk) -> None:
    assert "Lantern House for Men" not in names(desk, ProviderQuery(need="recovery_housing"))
    assert "Lantern House for Men" in names(
        desk, ProviderQuery(need="recovery_housing", has_closed=True)
    )


def test_spanish_finds_those_who_speak_it_or_bring_an_interpreter(desk: Desk) -> None:
    found = names(desk, ProviderQuery(language="es"))
    assert {"Withdrawal Management Unit", "Crisis Stabilization Unit"} <= set(found)
    assert "Dental Chair" in found
    assert "Rides to Treatment" not in found
    assert "Rides to Treatment" in names(desk, ProviderQuery(language="en"))


def test_insurance_that_is_not_known_hides_nobody(desk: Desk) -> None:
    found = names(desk, ProviderQuery(insurance="medicaid"))
    assert "Evening Intensive Outpatient" in found
    assert "Walk-in Legal Clinic" in found  # says nothing of insurance
    assert "Veteran Outreach" not in found  # takes VA or none
    everybody = names(desk, ProviderQuery())
    assert names(desk, ProviderQuery(insurance="unknown")) == everybody
    assert names(desk, ProviderQuery(insurance="declined")) == everybody


def test_medicaid_that_is_pending_counts_and_lapsed_counts_as_none(desk: Desk) -> None:
    assert names(desk, ProviderQuery(insurance="medicaid_pending")) == names(
        desk, ProviderQuery(insurance="medicaid")
    )
    assert names(desk, ProviderQuery(insurance="medicaid_lapsed")) == names(
        desk, ProviderQuery(insurance="none")
    )
    assert "Residential House" not in names(desk, ProviderQuery(insurance="none"))


def test_a_plain_no_to_medicaid_is_a_no(desk: Desk) -> None:
    add(desk, "Private", dict(accepts_medicaid="no", insurance=["medicaid"]))
    assert "Private" not in names(desk, ProviderQuery(insurance="medicaid"))


def test_hours_that_are_not_known_do_not_hide_a_service_at_night(desk: Desk) -> None:
    add(desk, "Somewhere")
    rows = search_providers(desk, ProviderQuery(open_at=THREE_AT_NIGHT))
    found = {row.name: row for row in rows}
    assert found["Somewhere"].open_words.said_in("en") == "hours not known: call first"
    assert "Naloxone and Safer-Use Window" not in found
    assert found["Overnight Beds"].open_words.said_in("en") == "open then, until 8:00 AM"
    spanish = found["Overnight Beds"].open_words.said_in("es")
    assert spanish == "abierto a esa hora, hasta las 8:00 a. m."


def test_hours_that_cannot_be_read_spoil_no_list(desk: Desk) -> None:
    add(desk, "Odd", dict(schedules=[{"rule": "FREQ=NEVER"}, {"rule": "FREQ=DAILY", "opens": "?"}]))
    rows = {row.name: row for row in all_providers(desk)}
    assert rows["Odd"].is_open is None
    assert rows["Odd"].hours.said_in("en") == ""


def test_typed_words_begin_words_of_the_name_the_town_or_the_type(desk: Desk) -> None:
    assert names(desk, ProviderQuery(text="lantern wom")) == ["Lantern House for Women"]
    assert names(desk, ProviderQuery(text="LEGAL")) == ["Walk-in Legal Clinic"]
    assert "Groceries and Hot Meal" in names(desk, ProviderQuery(text="mill"))
    assert names(desk, ProviderQuery(text="zzz")) == []


def test_an_entry_that_nobody_vouched_for_lately_is_stale(desk: Desk) -> None:
    stale = {row.name: row.checked_on for row in all_providers(desk) if row.is_stale}
    assert stale["Veteran Outreach"] == ""
    assert stale["Rent and Deposit Help"] == "2025-12-01"
    patient = desk_of(desk.station, desk.clock, agency=Agency(stale_days=10_000))
    assert [row.name for row in all_providers(patient) if row.is_stale] == ["Veteran Outreach"]


def test_the_last_good_day_is_day_180(desk: Desk) -> None:
    add(desk, "On the day", dict(assured_date="2026-05-27"))
    add(desk, "A day later", dict(assured_date="2026-05-26"))
    rows = {row.name: row.is_stale for row in all_providers(desk)}
    assert (rows["On the day"], rows["A day later"]) == (False, True)


def test_a_fax_number_is_not_the_number_to_call(desk: Desk) -> None:
    add(
        desk,
        "Fax only",
        dict(phones=[{"number": "1", "kind": "fax"}, {"number": "2", "note": "desk"}]),
    )
    add(desk, "No phone")
    assert read_provider(desk, RecordId("Fax only")).phone == "2"
    assert read_provider(desk, RecordId("No phone")).phone == ""


def test_a_provider_that_is_not_there_is_missing(desk: Desk) -> None:
    with pytest.raises(RecordMissing):
        read_provider(desk, RecordId("nobody"))
