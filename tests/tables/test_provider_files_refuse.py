"""A broken file: each bad row is named with its place and the reason, and the rest goes on."""

import json
import stat
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from intake_app.domain.errors import BadImport
from intake_app.domain.provider import SERVICE
from intake_app.domain.provider_file import ProviderFile, Reason
from intake_app.tables import provider_files
from intake_app.tables.provider_files import ProviderFiles

Told = list[tuple[str, str, str, bool]]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ProviderFile]:
    def from_bytes(raw: bytes | str, name: str = "file.json") -> ProviderFile:
        path = tmp_path / name
        path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        return ProviderFiles().read(path)

    return from_bytes


def told(found: ProviderFile) -> Told:
    return [(p.where, p.column, p.reason.name, p.is_skipped) for p in found.problems]


def names(found: ProviderFile) -> list[str]:
    return [entry.name for entry in found.entries if entry.kind == SERVICE]


def one_service(cells: dict[str, Any]) -> str:
    good = {"id": "good", "name": "Good"}
    service = {"id": "s", "name": "S", **cells}
    return json.dumps([{"id": "o", "name": "O", "services": [service, good]}])


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"name": ""}, "name", "NO_NAME"),
        ({"name": None}, "name", "NO_NAME"),
        ({"status": "open"}, "status", "BAD_STATUS"),
        ({"organization_id": "nobody"}, "organization_id", "NO_PARENT"),
    ],
)
def test_a_service_that_cannot_be_kept_is_left_out_and_the_next_is_read(
    read: Callable[..., ProviderFile], cells: dict[str, Any], column: str, reason: str
) -> None:
    found = read(one_service(cells))
    assert told(found) == [("$[0].services[0]", column, reason, True)]
    assert names(found) == ["Good"]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"description": ["a"]}, "description", "NOT_TEXT"),
        ({"description": {"a": 1}}, "description", "NOT_TEXT"),
        ({"description": True}, "description", "NOT_TEXT"),
        ({"description": "x" * 5001}, "description", "TOO_LONG"),
        ({"description": "half \ud800"}, "description", "BAD_LETTERS"),
        ({"description": "bell \x07"}, "description", "BAD_LETTERS"),
        ({"minimum_age": "twelve"}, "minimum_age", "BAD_NUMBER"),
        ({"minimum_age": -1}, "minimum_age", "BAD_NUMBER"),
        ({"minimum_age": True}, "minimum_age", "BAD_NUMBER"),
        ({"minimum_age": [12]}, "minimum_age", "BAD_NUMBER"),
        ({"maximum_age": 1000}, "maximum_age", "BAD_NUMBER"),
        ({"assured_date": "last week"}, "assured_date", "BAD_DATE"),
        ({"assured_date": "2026-02-30"}, "assured_date", "BAD_DATE"),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out_and_its_row_is_kept(
    read: Callable[..., ProviderFile], cells: dict[str, Any], column: str, reason: str
) -> None:
    found = read(one_service(cells))
    assert told(found) == [("$[0].services[0]", column, reason, False)]
    assert names(found) == ["S", "Good"]
    assert column not in found.entries[1].fields


@pytest.mark.parametrize(
    ("local", "column", "reason"),
    [
        ({"moud": "perhaps"}, "moud", "BAD_YES_NO"),
        ({"moud": [1]}, "moud", "BAD_YES_NO"),
        ({"insurance": ["medicaid", "gold"]}, "insurance", "BAD_CHOICE"),
        ({"channel": "pigeon"}, "channel", "BAD_CHOICE"),
        ({"drive_minutes": "far"}, "drive_minutes", "BAD_NUMBER"),
        ({"insurance": [None, {}]}, "insurance", "NOT_TEXT"),
    ],
)
def test_local_facts_that_cannot_be_read_are_named(
    read: Callable[..., ProviderFile], local: dict[str, Any], column: str, reason: str
) -> None:
    found = read(one_service({"local": {"detox_capable": "unknown", **local}}))
    assert told(found) == [("$[0].services[0].local", column, reason, False)]
    assert "detox_capable" not in found.entries[1].fields


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1" * 5000, "1e" + "9" * 40])
def test_numbers_that_json_should_not_hold_are_named_where_they_stand(
    read: Callable[..., ProviderFile], number: str
) -> None:
    for column in ("minimum_age", "description"):
        raw = one_service({column: "HERE"}).replace('"HERE"', number)
        assert told(read(raw)) == [("$[0].services[0]", column, "BAD_NUMBER", False)]


def test_the_place_of_a_location_has_to_be_on_earth(read: Callable[..., ProviderFile]) -> None:
    place = {"id": "l", "name": "L", "latitude": 100, "longitude": "east"}
    found = read(one_service({"service_at_locations": [{"id": "a", "location": place}]}))
    where = "$[0].services[0].service_at_locations[0].location"
    assert told(found) == [
        (where, "latitude", "BAD_NUMBER", False), (where, "longitude", "BAD_NUMBER", False),
    ]  # fmt: skip


def test_rows_of_the_wrong_shape_are_named_by_their_path(
    read: Callable[..., ProviderFile],
) -> None:
    raw = json.dumps([
        {"id": "o", "name": "O", "services": [3, {"id": "s", "name": "S", "phones": "555"}]},
        "text", {"id": "p", "name": "P", "services": {}}, {"name": ""}, {"id": ["x"], "name": "Q"},
        {"id": "x" * 101, "name": "R"}, {"id": "\ud800", "name": "T"},
    ])  # fmt: skip
    found = read(raw)
    assert told(found) == [
        ("$[0].services[0]", "", "NOT_A_ROW", True),
        ("$[0].services[1].phones", "", "NOT_A_LIST", False),
        ("$[1]", "", "NOT_A_ROW", True),
        ("$[2].services", "", "NOT_A_LIST", False),
        ("$[3]", "", "BAD_ID", True),
        ("$[5]", "", "BAD_ID", True),
        ("$[6]", "", "BAD_ID", True),
    ]
    assert [e.name for e in found.entries] == ["O", "P", "Q", "S"]


def test_an_organization_without_a_name_takes_its_services_with_it(
    read: Callable[..., ProviderFile],
) -> None:
    found = read('[{"id": "o", "services": [{"id": "s", "name": "S"}]}]')
    assert told(found) == [
        ("$[0]", "", "NO_NAME", True), ("$[0].services[0]", "organization_id", "NO_PARENT", True),
    ]  # fmt: skip


def test_rows_that_hang_on_nothing_are_named(read: Callable[..., ProviderFile]) -> None:
    flat = {
        "organization": [{"id": "o", "name": "O"}],
        "service": [{"id": "s", "name": "S", "organization_id": "o"}],
        "service_at_location": [{"id": "a", "service_id": "s", "location_id": "nowhere"}],
        "phone": [{"id": "p", "number": "555", "service_id": "other"},
                  {"id": "q", "service_id": "s"}, {"id": "r", "number": {}, "service_id": "s"}],
    }  # fmt: skip
    found = read(json.dumps(flat))
    assert ("$.phone[0]", "", "NO_PARENT", True) in told(found)
    assert ("$.service_at_location[0]", "location_id", "NO_PARENT", True) in told(found)
    flat["service_at_location"] = []
    assert ("$.phone[1]", "number", "NO_NAME", True) in told(read(json.dumps(flat)))
    assert ("$.phone[2]", "number", "NO_NAME", True) in told(read(json.dumps(flat)))


def test_one_id_with_two_sets_of_facts_is_named_and_the_first_kept(
    read: Callable[..., ProviderFile],
) -> None:
    rows = [{"id": "o", "name": "O"}, {"id": "o", "name": "O", "email": "a@example.org"},
            {"id": "o", "name": "Other"}]  # fmt: skip
    found = read(json.dumps({"organizations": rows}))
    assert told(found) == [("$.organizations[2]", "", "GIVEN_TWICE", True)]
    assert found.entries[0].fields["email"] == "a@example.org"


@pytest.mark.parametrize(
    "hours",
    [
        {"freq": "SECONDLY"}, {"freq": "WEEKLY"}, {"freq": "MONTHLY"}, {"opens_at": "08:00"},
        {"byday": "XX"}, {"byday": "2MO"}, {"freq": "MONTHLY", "byday": "9MO"},
        {"freq": "MONTHLY", "bymonthday": "32"}, {"freq": "MONTHLY", "bymonthday": "0"},
        {"freq": "WEEKLY", "bymonthday": "3"}, {"freq": "MONTHLY", "byday": "MO,-1FR"},
        {"freq": "MONTHLY", "bymonthday": "3", "byday": "1MO"},
        {"byday": "MO", "byweekno": "4"}, {"byday": "MO", "byyearday": "4"},
        {"byday": "MO", "interval": "2"}, {"byday": "MO", "count": 3},
        {"byday": "MO", "interval": "0"}, {"byday": "MO", "interval": "1" * 9},
        {"byday": "MO", "interval": 2, "wkst": "ZZ", "dtstart": "2026-01-01"},
        {"byday": "MO", "opens_at": "25:00", "closes_at": "26:00"},
        {"byday": "MO", "opens_at": "24:01", "closes_at": "26:00"},
        {"byday": "MO", "opens_at": "08:61", "closes_at": "09:00"},
        {"byday": "MO", "opens_at": "noon", "closes_at": "13:00"},
        {"byday": "MO", "opens_at": "08:00"}, {"byday": "MO", "dtstart": "soon"},
        {"byday": "MO", "dtstart": "0001-01-01"}, {"byday": "MO", "valid_to": "2026-13-01"},
    ],
)  # fmt: skip
def test_hours_that_make_no_rule_are_named_and_their_words_kept(
    read: Callable[..., ProviderFile], hours: dict[str, Any]
) -> None:
    found = read(one_service({"schedules": [{**hours, "description": "As we say."}]}))
    assert told(found) == [("$[0].services[0].schedules[0]", "", "BAD_SCHEDULE", False)]
    assert found.entries[1].fields["schedules"] == [{"words": "As we say."}]


@pytest.mark.parametrize(
    ("hours", "rule"),
    [
        ({"freq": "WEEKLY", "byday": "MON,Tuesday"}, "FREQ=WEEKLY;BYDAY=MO,TU"),
        ({"freq": "weekly", "dtstart": "2026-11-25"}, "FREQ=WEEKLY;BYDAY=WE"),
        ({"freq": "MONTHLY", "dtstart": "2026-11-25"}, "FREQ=MONTHLY;BYMONTHDAY=25"),
        ({"freq": "MONTHLY", "bymonthday": "1,-1"}, "FREQ=MONTHLY;BYMONTHDAY=1,-1"),
        ({"freq": "MONTHLY", "byday": "+1MO,-1FR"}, "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ({"freq": "DAILY"}, "FREQ=DAILY"),
        (
            {"byday": "TH", "interval": 2.0, "wkst": "MO", "count": 9, "dtstart": "2026-01-08"},
            "FREQ=WEEKLY;BYDAY=TH;INTERVAL=2;WKST=MO;COUNT=9",
        ),
    ],
)
def test_hours_that_make_a_rule(
    read: Callable[..., ProviderFile], hours: dict[str, Any], rule: str
) -> None:
    times = {"opens_at": "8:00:00-05:00", "closes_at": "23:59", "until": "2027-01-01",
             "valid_to": "2026-12-31", "valid_from": "2026-01-01"}  # fmt: skip
    found = read(one_service({"schedules": [{**hours, **times}, {"notes": "Call."}, {}]}))
    assert found.problems == ()
    first, second = found.entries[1].fields["schedules"]
    assert (first["rule"], first["opens"], first["closes"]) == (rule, "08:00", "00:00")
    assert (first["valid_from"], first["valid_to"]) == ("2026-01-01", "2026-12-31")
    assert second == {"words": "Call."}


def test_more_phones_than_anybody_needs_are_cut_off(read: Callable[..., ProviderFile]) -> None:
    many = [{"number": f"555-{n}"} for n in range(60)]
    hours = [{"notes": str(n)} for n in range(51)]
    found = read(one_service({"phones": many, "schedules": hours}))
    assert told(found) == [
        ("$[0].services[0].phones[50]", "", "TOO_MANY", False),
        ("$[0].services[0].schedules[50]", "", "TOO_MANY", False),
    ]
    assert len(found.entries[1].fields["phones"]) == 50


# --- sheets and tables --------------------------------------------------------------------


def test_bad_rows_of_a_sheet_are_named_by_their_line(read: Callable[..., ProviderFile]) -> None:
    sheet = (
        "organization,service,min_age,assured_date,moud\n"
        "O,One,18,2026-10-01,yes\n"
        "O,,18,2026-10-01,yes\n"
        "O,Three,old,yesterday,maybe\n"
        "O,Four,18,2026-10-01,yes,extra\n"
        ",Five,,,\n"
    )
    found = read(sheet, "list.csv")
    assert sorted(told(found)) == [
        ("list.csv, line 3", "name", "NO_NAME", True),
        ("list.csv, line 4", "assured_date", "BAD_DATE", False),
        ("list.csv, line 4", "minimum_age", "BAD_NUMBER", False),
        ("list.csv, line 4", "moud", "BAD_YES_NO", False),
        ("list.csv, line 5", "", "TOO_MANY_CELLS", True),
        ("list.csv, line 6", "", "BAD_ID", True),
    ]
    assert names(found) == ["One", "Three", "Five"]


def test_spreadsheet_formulas_are_kept_as_text_and_marked(
    read: Callable[..., ProviderFile],
) -> None:
    sheet = (
        "organization,service,description,phone,latitude,longitude\n"
        'O,S,"=HYPERLINK(""http://x"")",+1 304 555 0101,38.6,-80.1\n'
        "O,@Home,-dash,=1+1,,\n"
    )
    found = read(sheet, "list.csv")
    assert found.problems == ()
    marks = sorted((m.where, m.column) for m in found.marks)
    assert marks == [
        ("list.csv, line 2", "description"), ("list.csv, line 3", "description"),
        ("list.csv, line 3", "name"), ("list.csv, line 3", "number"),
    ]  # fmt: skip
    assert {m.reason for m in found.marks} == {Reason.FORMULA}
    first = found.entries[1].fields
    assert first["description"] == '=HYPERLINK("http://x")'
    assert first["phones"] == [{"number": "+1 304 555 0101", "kind": "voice"}]
    assert (first["latitude"], first["longitude"]) == (38.6, -80.1)


def test_a_row_in_an_old_encoding_is_named_and_the_others_are_read(
    read: Callable[..., ProviderFile],
) -> None:
    raw = b"organization,service,city\nO,Good,Millrace\nO,Ca\xf1on,Elk Gap\n"
    found = read(raw, "old.csv")
    assert {(p.where, p.column, p.reason.name) for p in found.problems} == {
        ("old.csv, line 3", "name", "BAD_LETTERS"), ("old.csv, line 3", "name", "NO_NAME"),
    }  # fmt: skip
    assert names(found) == ["Good"]


def test_a_quotation_mark_without_its_pair_is_named_and_does_not_swallow_the_memory(
    read: Callable[..., ProviderFile],
) -> None:
    rows = "".join(f"O,Service {n},{'x' * 200}\n" for n in range(1_200))
    found = read('organization,service,fees\nO,Good,x\nO,Bad,"x\n' + rows, "long.csv")
    assert ("long.csv, line 3", "", "BROKEN_ROW", True) in told(found)
    assert "Good" in names(found)


def test_tables_with_an_id_given_twice(read: Callable[..., ProviderFile], tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text("id,name\ns,Beds\ns,Meals\n,\n", encoding="utf-8")
    found = ProviderFiles().read(tmp_path)
    assert told(found) == [("services.csv, line 3", "", "GIVEN_TWICE", True)]


# --- files that cannot be read at all -----------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("{", "file.json"), ("3", "file.json"), ("null", "file.json"), ("{}", "file.json"),
        ('{"organizations": 3}', "file.json"), ("[" * 100_000, "file.json"), ("", "file.json"),
        ("", "file.csv"), (",,\n1,2,3\n", "file.csv"), ("organization,city\nO,X\n", "file.csv"),
        ("id,name\n1,x\n", "phones.csv"), (b"\x00\x01\x02\xff", "file.bin"),
        (b"PK\x03\x04 not really", "file.zip"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_directory_is_refused_whole(
    read: Callable[..., ProviderFile], raw: bytes | str, name: str
) -> None:
    with pytest.raises(BadImport):
        read(raw, name)


def test_the_line_of_broken_json_is_told(read: Callable[..., ProviderFile]) -> None:
    with pytest.raises(BadImport, match="line 3"):
        read('[\n{"name": "O"},\n{oops}\n]')


def test_entries_inside_entries_without_end_are_named(read: Callable[..., ProviderFile]) -> None:
    deep: dict[str, Any] = {"id": "s", "name": "S"}
    for n in range(20):
        deep = {"id": f"o{n}", "name": "O", "services": [{"organization": deep, "name": "S"}]}
    assert any(reason == "NOT_A_ROW" for _, _, reason, _ in told(read(json.dumps([deep]))))


def test_files_larger_than_the_limit_are_not_read(
    read: Callable[..., ProviderFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = "organization,service\n" + "O,S\n" * 100
    assert read(sheet, "fits.csv").entries
    monkeypatch.setattr(provider_files, "MAX_BYTES", 200)
    with pytest.raises(BadImport, match="20 MB"):
        read(sheet, "big.csv")
    (tmp_path / "services.csv").write_text("id,name\n" + "1,x\n" * 100, encoding="utf-8")
    with pytest.raises(BadImport, match="20 MB"):
        ProviderFiles().read(tmp_path)


def test_a_file_or_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadImport):
        ProviderFiles().read(tmp_path / "gone.json")
    with pytest.raises(BadImport):
        ProviderFiles().read(tmp_path)


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("id,name\n1,x\n", encoding="utf-8")
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "services.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(BadImport):
        ProviderFiles().read(folder)


# --- zips that try something --------------------------------------------------------------


def zipped(*members: tuple[str | zipfile.ZipInfo, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return out.getvalue()


GOOD = ("services.csv", "id,name\ns,Beds\n")


def linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("phones.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def squeezed() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("phones.csv")
    info.compress_type = zipfile.ZIP_LZMA
    return info


@pytest.mark.parametrize(
    "member",
    [
        ("../phones.csv", "id\n"), ("/phones.csv", "id\n"), ("a/../../phones.csv", "id\n"),
        ("..\\phones.csv", "id\n"), ("C:phones.csv", "id\n"), (linked(), "/etc/passwd"),
        ("Services.csv", "id\n"), ("big.csv", "0" * 21_000_000), (squeezed(), "id\n"),
    ],
)  # fmt: skip
def test_a_zip_with_a_trick_is_refused_whole(
    read: Callable[..., ProviderFile], member: tuple[str | zipfile.ZipInfo, str]
) -> None:
    assert names(read(zipped(GOOD), "good.zip")) == ["Beds"]
    with pytest.raises(BadImport, match="zip"):
        read(zipped(GOOD, member), "bad.zip")


def test_a_zip_of_very_many_files_is_refused(read: Callable[..., ProviderFile]) -> None:
    with pytest.raises(BadImport, match="zip"):
        read(zipped(GOOD, *((f"{n}.txt", "") for n in range(200))), "many.zip")


def test_a_zip_whose_bytes_were_damaged_is_refused(read: Callable[..., ProviderFile]) -> None:
    raw = zipped(GOOD)
    for place in range(30, 60):
        damaged = bytes([*raw[:place], raw[place] ^ 0xFF, *raw[place + 1 :]])
        with pytest.raises(BadImport):
            read(damaged, "damaged.zip")
