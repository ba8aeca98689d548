"""The shapes in which a county's directory comes: nested JSON, tables as JSON or CSV, one sheet."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from intake_app.domain.provider import SERVICE
from intake_app.domain.provider_file import Entry, ProviderFile, Reason
from intake_app.settings import resources
from intake_app.tables.hsds_names import CHILDREN, SINGLE, TABLES
from intake_app.tables.provider_files import ProviderFiles, service_words

SAMPLE = resources.path("resources", "samples", "providers.json")
SHEET = resources.path("resources", "samples", "providers.csv")

Flat = dict[str, list[dict[str, Any]]]


def read(path: Path) -> ProviderFile:
    return ProviderFiles().read(path)


def services(found: ProviderFile) -> list[Entry]:
    return [entry for entry in found.entries if entry.kind == SERVICE]


def saved(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def flattened(county: list[dict[str, Any]]) -> Flat:
    """The same county as one list per table, as the HSDS data package has it."""
    flat: Flat = {}

    def walk(table: str, row: dict[str, Any], parent: dict[str, str]) -> None:
        inner = {*CHILDREN.get(table, ()), *SINGLE.get(table, ())}
        told = {n: v for n, v in row.items() if n not in inner} | parent
        for name in SINGLE.get(table, ()):
            if name in row:
                told[f"{name}_id"] = row[name]["id"]
                walk(name, row[name], {})
        if told not in flat.setdefault(table, []):
            flat[table].append(told)
        for name in CHILDREN.get(table, ()):
            inside = row.get(name, [])
            for child in [inside] if isinstance(inside, dict) else inside:
                walk(TABLES[name], child, {f"{table}_id": row["id"]})

    for organization in county:
        walk("organization", organization, {})
    return flat


def as_csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, sorted({name for row in rows for name in row}))
    writer.writeheader()
    for row in rows:
        cells = {n: ";".join(v) if isinstance(v, list) else v for n, v in row.items()}
        writer.writerow(cells)
    return out.getvalue()


@pytest.fixture(scope="module")
def county() -> list[dict[str, Any]]:
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def said(found: ProviderFile) -> dict[str, dict[str, Any]]:
    """What each record would hold, without what is empty."""
    return {
        entry.record: {name: value for name, value in entry.fields.items() if value}
        for entry in found.entries
    }


def test_the_sample_county_is_read_without_a_single_problem() -> None:
    found = read(SAMPLE)
    assert (found.problems, found.marks) == ((), ())
    assert (len(services(found)), len(found.whole)) == (25, 15)


def test_the_sample_uses_only_types_of_the_shipped_table_and_fictional_phones() -> None:
    words = set(service_words().values())
    for entry in services(read(SAMPLE)):
        assert set(entry.fields["types"]) <= words
        numbers = [phone["number"] for phone in entry.fields["phones"]]
        assert all(number.startswith("304-555-01") for number in numbers)


def test_flat_tables_in_json_say_the_same_as_nested(
    county: list[dict[str, Any]], tmp_path: Path
) -> None:
    found = read(saved(tmp_path / "flat.json", flattened(county)))
    assert found.problems == ()
    assert said(found) == said(read(SAMPLE))
    assert len(found.whole) == 15


def test_a_folder_and_a_zip_of_csv_tables_say_the_same_as_nested(
    county: list[dict[str, Any]], tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    plural = {table: name for name, table in TABLES.items() if name.endswith("s")}
    with zipfile.ZipFile(tmp_path / "tables.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for table, rows in flattened(county).items():
            text = as_csv(rows)
            (folder / f"{plural.get(table, table)}.csv").write_text(text, encoding="utf-8-sig")
            archive.writestr(f"export/{table}.csv", text)
        archive.writestr("export/read me.txt", "hello")
    (folder / "notes.csv").write_text("not,ours\n", encoding="utf-8")
    for path in (folder, tmp_path / "tables.zip"):
        found = read(path)
        assert found.problems == ()
        assert said(found) == said(read(SAMPLE))


def test_a_list_of_services_that_hold_their_organization(
    county: list[dict[str, Any]], tmp_path: Path
) -> None:
    rooted = [
        {**service, "organization": {n: v for n, v in owner.items() if n != "services"}}
        for owner in county
        for service in owner["services"]
    ]
    for value in (rooted, {"total_items": 25, "contents": rooted}):
        found = read(saved(tmp_path / "services.json", value))
        assert found.problems == ()
        assert {e.record for e in services(found)} == {e.record for e in services(read(SAMPLE))}
        assert found.whole == frozenset()  # nobody can tell whether these are all


def test_a_list_of_services_at_locations(tmp_path: Path) -> None:
    value = [
        {
            "id": "sal",
            "service": {"id": "s", "name": "Beds", "organization": {"id": "o", "name": "Lodge"}},
            "location": {"id": "l", "name": "Hall"},
        }
    ]
    (entry,) = services(read(saved(tmp_path / "sal.json", value)))
    assert entry.fields["location"] == "Hall"
    assert entry.fields["organization"] == "Lodge"


def test_one_organization_alone_and_a_list_called_organizations(
    county: list[dict[str, Any]], tmp_path: Path
) -> None:
    assert len(services(read(saved(tmp_path / "one.json", county[0])))) == 3
    found = read(saved(tmp_path / "all.json", {"version": "3.0", "organizations": county}))
    assert len(services(found)) == 25


def test_only_services_without_organizations_keep_the_id_of_theirs(tmp_path: Path) -> None:
    rows = [{"id": "s", "organization_id": "o", "name": "Beds"}, {"id": "t", "name": "Meals"}]
    first, second = services(read(saved(tmp_path / "s.json", {"services": rows})))
    assert first.fields["organization_id"] == "o"
    assert first.about
    assert not second.about


def test_names_make_the_same_id_each_time_where_the_file_gives_none(tmp_path: Path) -> None:
    value = [{"name": "Lodge", "services": [{"name": "Beds"}, {"name": "Meals"}]}]
    path = saved(tmp_path / "named.json", value)
    first, again = read(path), read(path)
    assert [e.record for e in first.entries] == [e.record for e in again.entries]
    assert len({e.record for e in first.entries}) == 3
    assert all(e.has_made_id for e in first.entries)


def test_a_service_at_two_places_is_two_entries_with_the_hours_of_each(tmp_path: Path) -> None:
    def place(ident: str, opens: str) -> dict[str, Any]:
        hours = {"freq": "WEEKLY", "byday": "MO", "opens_at": opens, "closes_at": "17:00"}
        return {"id": f"at-{ident}", "location": {"id": ident, "name": ident, "schedules": [hours]}}

    sals = [place("North", "08:00"), place("South", "09:00")]
    value = [{"id": "o", "name": "O", "services": [
        {"id": "s", "name": "S", "service_at_locations": sals}]}]  # fmt: skip
    north, south = services(read(saved(tmp_path / "two.json", value)))
    assert north.record != south.record
    assert [e.fields["schedules"][0]["opens"] for e in (north, south)] == ["08:00", "09:00"]


def test_what_stands_in_small_tables_is_made_plain(tmp_path: Path) -> None:
    service = {
        "id": "s", "name": "S", "fees_description": "Ask.", "minimum_age": "12",
        "assured_date": "2026-10-01T09:00:00Z",
        "phones": [{"number": '"+44 1234 234567"', "extension": 100, "type": "Voice"}],
        "languages": [{"name": "Spanish"}, {"code": "en-US"}, {"name": "Klingon"}],
        "cost_options": [{"option": "Visit", "amount": 10, "currency": "USD"},
                         {"amount_description": "Free for veterans"}],
        "required_documents": [{"document": "ID"}, {"name": "Lease"}],
        "attributes": [{"value": "Detox (getting through withdrawal safely)"},
                       {"taxonomy_term": {"id": "x", "name": "Space Camp"}},
                       {"link_id": "s", "link_entity": "service", "value": "food"}],
        "local": [{"insurance": "Medicaid, tricare; self-pay", "channel": "FAX", "moud": True}],
    }  # fmt: skip
    path = saved(tmp_path / "s.json", [{"id": "o", "name": "O", "services": [service]}])
    found = read(path)
    (entry,) = services(found)
    assert found.problems == ()
    expected = {
        "phones": [{"number": "+44 1234 234567 ext. 100", "kind": "voice"}],
        "languages": ["es", "en", "klingon"],
        "fees": "Ask.; Visit 10 USD; Free for veterans",
        "documents": ["ID", "Lease"],
        "types": ["detox", "space_camp", "food"],
        "insurance": ["medicaid", "va_tricare", "none"],
        "channel": "fax",
        "moud": "yes",
        "min_age": 12,
        "assured_date": "2026-10-01",
    }
    assert {name: entry.fields[name] for name in expected} == expected


def test_the_organizations_number_counts_where_a_service_has_none(tmp_path: Path) -> None:
    value = [{"id": "o", "name": "O", "phones": [{"number": "555"}],
              "services": [{"id": "s", "name": "S"}]}]  # fmt: skip
    found = read(saved(tmp_path / "o.json", value))
    assert [e.fields["phones"][0]["number"] for e in found.entries] == ["555", "555"]


def test_a_table_that_the_folder_does_not_have_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text("id,name\ns,Beds\n", encoding="utf-8")
    (entry,) = read(tmp_path).entries
    assert set(entry.fields) == {"name", "service_id", "status"}


def test_the_sample_sheet_is_read_without_a_single_problem() -> None:
    found = read(SHEET)
    assert (found.problems, found.marks) == ((), ())
    beds = next(e for e in services(found) if e.name == "Overnight Beds")
    assert beds.fields["schedules"][0] == {
        "words": "daily 18:00-08:00", "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "opens": "18:00", "closes": "08:00",
    }  # fmt: skip
    assert beds.fields["address"] == "300 Canal Street, Pine Hollow, WV 26999"
    assert beds.fields["languages"] == ["en", "es"]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("24/7", [("MO,TU,WE,TH,FR,SA,SU", "00:00", "00:00")]),
        ("Mon-Fri 8am-5pm", [("MO,TU,WE,TH,FR", "08:00", "17:00")]),
        ("mon to wed 12 pm to 12 am", [("MO,TU,WE", "12:00", "00:00")]),
        ("Sat-Mon 9:30-16:00", [("SA,SU,MO", "09:30", "16:00")]),
        ("Tue & Thu 8:00 - 9:00; Sun 1pm-2pm",
         [("TU,TH", "08:00", "09:00"), ("SU", "13:00", "14:00")]),
        ("every day 18:00–08:00", [("MO,TU,WE,TH,FR,SA,SU", "18:00", "08:00")]),  # noqa: RUF001
    ],
)  # fmt: skip
def test_hours_as_people_write_them_on_a_sheet(
    hours: str, expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "hours.csv"
    path.write_text(f'organization,service,hours\nO,S,"{hours}"\n', encoding="utf-8")
    found = read(path)
    assert found.problems == ()
    kept = services(found)[0].fields["schedules"]
    assert [(one["rule"][18:], one["opens"], one["closes"]) for one in kept] == expected


@pytest.mark.parametrize(
    "hours", ["by appointment", "Frx-Mox 8-9", "Mon-Fri-Sun 8:00-9:00", "8:00-9:00", "Mon 25-26"]
)
def test_hours_that_are_not_understood_are_named_and_their_words_kept(
    hours: str, tmp_path: Path
) -> None:
    path = tmp_path / "hours.csv"
    path.write_text(f"organization,service,hours\nO,S,{hours}\n", encoding="utf-8")
    found = read(path)
    assert [p.reason for p in found.problems] == [Reason.BAD_SCHEDULE]
    assert services(found)[0].fields["schedules"] == [{"words": hours}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_sheet_with_semicolons_and_other_marks_of_a_spreadsheet(
    encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes("Organization;Service\r\nPeña House;Beds\r\n\r\n".encode(encoding))
    found = read(path)
    assert found.problems == ()
    assert [entry.name for entry in found.entries] == ["Peña House", "Beds"]


def test_json_is_known_by_its_first_letter_where_the_name_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_text('\ufeff [{"name": "O", "services": []}]', encoding="utf-8")
    assert [entry.name for entry in read(path).entries] == ["O"]


def test_without_a_table_of_types_words_stay_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake_app.tables.provider_files.shipped", tmp_path.joinpath)
    assert service_words() == {}
