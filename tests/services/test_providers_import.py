"""A coordinator imports the county's directory: sees what would change, agrees, and imports."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from memory_records import MemoryRecords
from providers_desk import desk_of, read_provider

from intake_app.domain.act import Act
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadImport, NotAllowed, RecordMissing
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.provider import ORGANIZATION, SERVICE, Provider
from intake_app.domain.provider_file import Entry, ImportPreview, Reason
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.providers.providers import (
    all_providers,
    import_providers,
    note_provider,
    preview_import,
    verify_provider,
)
from intake_app.services.records.writing import hide
from intake_app.settings import resources
from intake_app.storage.compartment import Compartment

SAMPLE = resources.path("resources", "samples", "providers.json")
SHEET = resources.path("resources", "samples", "providers.csv")

County = list[dict[str, Any]]


@pytest.fixture
def station(clock: FixedClock) -> MemoryRecords:
    return MemoryRecords(clock)


@pytest.fixture
def desk(station: MemoryRecords, clock: FixedClock) -> Desk:
    return desk_of(station, clock)


@pytest.fixture
def imported(desk: Desk) -> Desk:
    import_providers(desk, preview_import(desk, SAMPLE))
    return desk


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[County], object]], Path]:
    """The county's file as somebody has changed it."""

    def change(edit: Callable[[County], object]) -> Path:
        county = json.loads(SAMPLE.read_text(encoding="utf-8"))
        edit(county)
        path = tmp_path / "edited.json"
        path.write_text(json.dumps(county), encoding="utf-8")
        return path

    return change


def without_detox(county: County) -> None:
    county[0]["services"].pop(0)


def without_recovery_center(county: County) -> None:
    county.pop(0)


def values_of(desk: Desk, name: str) -> dict[str, Any]:
    return next(r.values for r in desk.station.of_kind(SERVICE) if r.values["name"] == name)


def record_of(desk: Desk, name: str) -> RecordId:
    return next(r.record for r in all_providers(desk) if r.name == name)


def test_the_first_look_shows_all_as_new_and_changes_nothing(
    desk: Desk, station: MemoryRecords
) -> None:
    preview = preview_import(desk, SAMPLE)
    kinds = [entry.kind for entry in preview.new]
    assert (kinds.count(SERVICE), kinds.count(ORGANIZATION)) == (25, 15)
    assert (preview.problems, preview.marks, preview.changed, preview.closed) == ((), (), (), ())
    assert station.acts == []
    assert all_providers(desk) == []


def test_agreeing_imports_everything_in_one_act_of_the_audit(
    desk: Desk, station: MemoryRecords
) -> None:
    assert import_providers(desk, preview_import(desk, SAMPLE)) == 40
    assert station.acts == [Act(UserId("u1"), "import providers")]
    detox = values_of(desk, "Withdrawal Management Unit")
    assert detox["organization"] == "Hollow Creek Recovery Center"
    assert detox["schedules"][0]["rule"] == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
    assert detox["types"] == ["detox"]
    assert detox["insurance"] == ["medicaid", "medicare", "private", "none"]
    assert "alert" not in detox  # what the file leaves empty is not stored


def test_the_same_import_works_on_the_real_encrypted_file(
    care: Compartment, clock: FixedClock
) -> None:
    desk = desk_of(care, clock)
    assert import_providers(desk, preview_import(desk, SAMPLE)) == 40
    assert len(all_providers(desk)) == 25
    assert preview_import(desk, SAMPLE).is_empty
    organization = next(r for r in care.of_kind(ORGANIZATION) if "Lantern" in r.values["name"])
    assert len(care.about(organization.id, SERVICE)) == 2


def test_importing_the_same_file_again_changes_nothing(
    imported: Desk, station: MemoryRecords
) -> None:
    preview = preview_import(imported, SAMPLE)
    assert preview.is_empty
    assert preview.unchanged == 40
    acts = len(station.acts)
    assert import_providers(imported, preview) == 0
    assert len(station.acts) == acts


def test_agreeing_twice_to_one_preview_writes_it_once(desk: Desk) -> None:
    preview = preview_import(desk, SAMPLE)
    assert import_providers(desk, preview) == 40
    assert import_providers(desk, preview) == 0


def test_a_changed_phone_is_shown_with_its_old_and_new_number(
    imported: Desk, edited: Callable[..., Path]
) -> None:
    def edit(county: County) -> None:
        county[0]["services"][0]["phones"][0]["number"] = "304-555-0199"

    preview = preview_import(imported, edited(edit))
    (one,) = preview.changed
    (change,) = one.changes
    assert (one.entry.name, change.field) == ("Withdrawal Management Unit", "phones")
    assert change.old[0]["number"] == "304-555-0101"
    assert change.new[0]["number"] == "304-555-0199"
    assert import_providers(imported, preview) == 1
    assert values_of(imported, one.entry.name)["phones"][0]["number"] == "304-555-0199"


def test_a_service_that_the_file_calls_closed_stands_among_the_closed(
    imported: Desk, edited: Callable[..., Path]
) -> None:
    def edit(county: County) -> None:
        county[0]["services"][0].update(status="temporarily closed", alert="Burst pipe.")

    preview = preview_import(imported, edited(edit))
    (one,) = preview.closed
    assert {change.field for change in one.changes} == {"status", "alert"}
    assert preview.changed == ()
    import_providers(imported, preview)
    row = read_provider(imported, one.entry.record)
    assert row.is_closed
    assert row.open_words.said_in("en") == "closed"


def test_a_service_that_reopens_is_a_change_and_not_a_closing(
    imported: Desk, edited: Callable[..., Path]
) -> None:
    def edit(county: County) -> None:
        for organization in county:
            for service in organization["services"]:
                service["status"] = "active"

    preview = preview_import(imported, edited(edit))
    assert preview.closed == ()
    assert len(preview.changed) == 3


def test_a_service_that_its_organization_no_longer_lists_has_closed(
    imported: Desk, edited: Callable[..., Path]
) -> None:
    preview = preview_import(imported, edited(without_detox))
    (one,) = preview.closed
    assert one.entry.name == "Withdrawal Management Unit"
    import_providers(imported, preview)
    assert values_of(imported, one.entry.name)["status"] == "inactive"
    assert preview_import(imported, edited(without_detox)).is_empty


def test_an_organization_that_is_not_in_the_file_keeps_its_services(
    imported: Desk, edited: Callable[..., Path]
) -> None:
    preview = preview_import(imported, edited(without_recovery_center))
    assert preview.is_empty


def test_a_file_with_broken_rows_closes_nothing_by_leaving_it_out(
    imported: Desk, edited: Callable[..., Path]
) -> None:
    def edit(county: County) -> None:
        county[0]["services"][0]["name"] = ""

    preview = preview_import(imported, edited(edit))
    assert preview.closed == ()
    (problem,) = preview.problems
    assert (problem.where, problem.reason) == ("$[0].services[0]", Reason.NO_NAME)


def test_an_alert_that_the_file_drops_is_dropped_here(
    imported: Desk, edited: Callable[..., Path]
) -> None:
    def edit(county: County) -> None:
        del county[4]["services"][1]["alert"]

    import_providers(imported, preview_import(imported, edited(edit)))
    assert not values_of(imported, "Lantern House for Men")["alert"]


def test_our_notes_and_checked_dates_survive_another_import(
    imported: Desk, edited: Callable[..., Path], clock: FixedClock
) -> None:
    record = record_of(imported, "Veteran Outreach")
    note_provider(imported, record, " Ask for the van driver. ")
    verify_provider(imported, record, "room this week")

    def edit(county: County) -> None:
        county[13]["services"][0].update(
            description="New words.", note="x", verified_on="1999-01-01", capacity="full"
        )
        county[13]["services"][0]["local"] = {"note": "y", "capacity": "full"}

    preview = preview_import(imported, edited(edit))
    assert [c.field for one in preview.changed for c in one.changes] == ["description"]
    import_providers(imported, preview)
    kept = values_of(imported, "Veteran Outreach")
    assert (kept["note"], kept["verified_on"], kept["capacity"], kept["verified_by"]) == (
        "Ask for the van driver.", "2026-11-23", "room this week", "u1",
    )  # fmt: skip
    row = read_provider(imported, record)
    assert (row.is_stale, row.checked_on) == (False, "2026-11-23")


def test_what_a_file_does_not_say_about_local_practice_stays(
    imported: Desk, edited: Callable[..., Path]
) -> None:
    def edit(county: County) -> None:
        del county[0]["services"][0]["local"]

    assert preview_import(imported, edited(edit)).is_empty


def test_a_plain_sheet_finds_the_same_services_by_their_names(imported: Desk) -> None:
    preview = preview_import(imported, SHEET)
    assert preview.new == ()
    assert preview.closed == ()
    fields = {c.field for one in preview.changed for c in one.changes}
    assert "service_id" not in fields
    import_providers(imported, preview)
    assert len(all_providers(imported)) == 25


def test_a_new_service_on_a_sheet_joins_the_organization_that_is_here(
    imported: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "more.csv"
    path.write_text("Organization,Service,City\nLantern House,Day Room,Millrace\n", "utf-8")
    (entry,) = preview_import(imported, path).new
    homes = next(
        r for r in imported.station.of_kind(ORGANIZATION) if r.values["name"] == "Lantern House"
    )
    assert entry.about == homes.id
    assert entry.fields["organization_id"] == homes.values["organization_id"]


def test_of_two_places_with_one_name_the_address_decides(desk: Desk, tmp_path: Path) -> None:
    sheet = "organization,service,address,fees\nLodge,Beds,{},{}\nLodge,Beds,2 B Road,$2\n"
    path = tmp_path / "two.csv"
    path.write_text(sheet.format("1 A Road", "$1"), encoding="utf-8")
    import_providers(desk, preview_import(desk, path))
    path.write_text(sheet.format("1 A Road", "$5"), encoding="utf-8")
    (one,) = preview_import(desk, path).changed
    assert [(c.old, c.new) for c in one.changes] == [("$1", "$5")]
    path.write_text(sheet.format("9 C Road", "$9"), encoding="utf-8")
    (entry,) = preview_import(desk, path).new
    assert entry.fields["address"] == "9 C Road"


def test_one_row_twice_counts_once_and_two_that_differ_are_named(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "twice.csv"
    head = "organization,service_id,service,fees\n"
    path.write_text(head + "A,s1,Beds,$1\nA,s1,Beds,$1\n", encoding="utf-8")
    assert preview_import(desk, path).problems == ()
    path.write_text(head + "A,s1,Beds,$1\nA,s1,Beds,$2\n", encoding="utf-8")
    preview = preview_import(desk, path)
    (problem,) = preview.problems
    assert (problem.where, problem.reason) == ("twice.csv, line 3", Reason.GIVEN_TWICE)
    assert [entry.name for entry in preview.new] == ["A", "Beds"]


def test_the_same_service_at_the_same_place_twice_is_named_where_it_differs(
    desk: Desk, edited: Callable[..., Path]
) -> None:
    def edit(county: County) -> None:
        sal = county[0]["services"][0]["service_at_locations"]
        sal.append({**sal[0], "id": "another", "local": {"channel": "fax"}})

    (problem,) = preview_import(desk, edited(edit)).problems
    assert problem.reason == Reason.GIVEN_TWICE


def test_a_provider_that_was_removed_here_does_not_come_back(
    imported: Desk, station: MemoryRecords
) -> None:
    record = station.record(record_of(imported, "Dental Chair"))
    assert record
    station.apply([hide(station, UserId("u1"), record, "asked to")], imported.act("hide"))
    preview = preview_import(imported, SAMPLE)
    assert [p.reason for p in preview.problems] == [Reason.REMOVED_HERE]
    assert preview.new == ()
    with pytest.raises(RecordMissing):
        note_provider(imported, RecordId("nobody"), "x")


def test_a_part_of_the_preview_can_be_left_out_before_agreeing(desk: Desk) -> None:
    preview = preview_import(desk, SAMPLE)
    assert import_providers(desk, replace(preview, new=preview.new[:3])) == 3


def test_an_empty_preview_is_empty() -> None:
    assert ImportPreview().is_empty
    assert not ImportPreview(new=(Entry(RecordId("r"), SERVICE, "n", "", {}),)).is_empty


def test_who_may_not_import_is_refused(station: MemoryRecords, clock: FixedClock) -> None:
    front = desk_of(station, clock, Role.FRONT_DESK)
    with pytest.raises(NotAllowed):
        preview_import(front, SAMPLE)
    with pytest.raises(NotAllowed):
        import_providers(front, ImportPreview())
    with pytest.raises(NotAllowed):
        note_provider(desk_of(station, clock, Role.ADMINISTRATOR), RecordId("r"), "x")
    with pytest.raises(NotAllowed):
        all_providers(desk_of(station, clock, Role.PRIVACY_OFFICER))


def test_a_desk_without_a_reader_says_so(desk: Desk) -> None:
    with pytest.raises(BadImport):
        preview_import(replace(desk, directory=None), SAMPLE)


def test_an_entry_with_odd_values_is_read_as_unknown() -> None:
    odd = Provider(RecordId("r"), {"min_age": True, "types": "detox", "name": 3, "phones": None})
    assert odd.number("min_age") is None
    assert odd.texts("types") == ()
    assert odd.text("name") == ""
    assert odd.phones == ()
