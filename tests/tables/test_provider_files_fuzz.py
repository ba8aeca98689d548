"""Any file at all: it is read or refused by name, and what is read can be kept and searched."""

import json
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.change import Action, Change
from intake_app.domain.errors import BadChange, BadImport
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.domain.provider import Provider
from intake_app.domain.provider_compare import compare
from intake_app.domain.provider_file import ProviderFile, Reason
from intake_app.services.providers.opening_hours import hours_words, opening
from intake_app.tables.hsds_names import CHILDREN, TABLES
from intake_app.tables.provider_files import ProviderFiles
from intake_app.tables.schedule_rule import DAYS

MOMENT = datetime(2026, 11, 23, 3, 0)  # noqa: DTZ001 (the wall clock has no zone)

COLUMNS = (
    "id", "name", "status", "organization_id", "service_id", "location_id", "link_id", "number",
    "type", "freq", "byday", "bymonthday", "interval", "count", "dtstart", "opens_at", "closes_at",
    "latitude", "longitude", "assured_date", "minimum_age", "description", "value", "code",
    "insurance", "moud", "drive_minutes", "channel", "organization", "service", "location", "local",
    *TABLES,
)  # fmt: skip
WORDS = st.sampled_from(
    ["o", "s", "l", "", "active", "2026-11-23", "08:00", "24:00", "MO,FR", "2MO", "WEEKLY", "yes",
     "MONTHLY", "DAILY", "=1+1", "-5", "medicaid", "\ud800", "\x00", "99999999999999999999"],
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=20)
)
JSON = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(COLUMNS), inner, max_size=6)
    ),
    max_leaves=40,
)
ROW = st.dictionaries(st.sampled_from(COLUMNS), VALUES | st.lists(VALUES, max_size=3), max_size=8)
FLAT = st.dictionaries(st.sampled_from(sorted(TABLES)), st.lists(ROW | VALUES, max_size=4))
CELLS = st.lists(st.lists(WORDS | st.text(max_size=8), max_size=5), max_size=6)

BEGINNINGS = [b"", b"PK\x03\x04", b"[{", b"\xff\xfe", b"organization,service\n"]

Read = Callable[[bytes, str], ProviderFile]


def read_for_real(raw: bytes, name: str) -> ProviderFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(raw)
        return ProviderFiles(types={"detox": "detox"}).read(path)


def exam(read: Read, raw: bytes, name: str) -> None:
    """Read or refused; all that was read fits a change, a search and a list of opening hours."""
    try:
        found = read(raw, name)
    except BadImport:
        return
    assert all(isinstance(p.reason, Reason) and p.where for p in (*found.problems, *found.marks))
    assert found.whole <= {entry.record for entry in found.entries}
    compare(found, (), lambda _: False)
    for entry in found.entries:
        assert entry.name
        change = Change(
            ChangeId("0000000000000000.front.abcdef"), UserId("u"), Action.WRITE, entry.kind,
            entry.record, entry.fields, {}, entry.about,
        )  # fmt: skip
        json.dumps(entry.fields, allow_nan=False)
        provider = Provider(RecordId("r"), Change.from_line(change.line).fields)
        opening(provider.schedules, MOMENT)
        hours_words(provider.schedules)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


@settings(max_examples=80, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(value: object) -> None:
    exam(read_for_real, as_json(value), "file.json")


@settings(max_examples=80, deadline=None)
@given(FLAT)
def test_any_flat_tables_are_read_or_refused(value: dict[str, Any]) -> None:
    exam(read_for_real, as_json(value), "file.json")


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, max_size=2), st.data())
def test_any_nested_county_is_read_or_refused(
    owners: list[dict[str, Any]], data: st.DataObject
) -> None:
    for owner in owners:
        owner["services"] = data.draw(st.lists(ROW, max_size=2))
        for service in owner["services"]:
            parts = {child: data.draw(st.lists(ROW, max_size=1)) for child in CHILDREN["service"]}
            service.update(parts)
    exam(read_for_real, as_json(owners), "file.json")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["organization", "service", "hours", "types", "phone", *COLUMNS])),
       CELLS, st.sampled_from([",", ";"]))  # fmt: skip
def test_any_sheet_is_read_or_refused(header: list[str], rows: list[list[str]], mark: str) -> None:
    names = ["organization", "service", *header]
    lines = [mark.join(cells) for cells in (names, *rows)]
    exam(read_for_real, "\n".join(lines).encode(errors="surrogatepass"), "sheet.csv")


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["f.json", "f.csv", "f.zip", "services.csv"]),
       st.sampled_from(BEGINNINGS))  # fmt: skip
def test_any_bytes_are_read_or_refused(raw: bytes, name: str, begin: bytes) -> None:
    exam(read_for_real, begin + raw, name)


DAY_PART = st.sampled_from([*DAYS, "1MO", "-1FR", "5SU", "XX", "9TU"])


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["WEEKLY", "MONTHLY", "DAILY", "YEARLY", ""]),
       st.lists(DAY_PART, max_size=3).map(",".join), st.sampled_from(["", "31", "1,-31", "0"]),
       st.sampled_from(["", "1", "2", "52", "60"]),
       st.sampled_from(["", "1970-01-01", "2026-02-28", "3000-01-01"]))  # fmt: skip
def test_no_hours_in_a_file_make_a_rule_that_never_ends(
    freq: str, byday: str, bymonthday: str, interval: str, dtstart: str
) -> None:
    hours = {"freq": freq, "byday": byday, "bymonthday": bymonthday, "interval": interval,
             "dtstart": dtstart, "opens_at": "08:00", "closes_at": "07:00"}  # fmt: skip
    service = {"id": "s", "name": "S", "schedules": [hours]}
    raw = as_json([{"id": "o", "name": "O", "services": [service]}])
    found = read_for_real(raw, "file.json")
    rows = Provider(RecordId("s"), found.entries[1].fields).schedules
    opening(rows, MOMENT)
    has_problem = any(p.reason is Reason.BAD_SCHEDULE for p in found.problems)
    is_silent = not (freq or byday or bymonthday)
    assert has_problem or is_silent or any(row.rule for row in rows)


# --- the exam itself ----------------------------------------------------------------------


def crashing(_raw: bytes, _name: str) -> ProviderFile:
    return json.loads("{")


def letting_damage_in(raw: bytes, name: str) -> ProviderFile:
    """A reader that forgets to check letters."""
    found = read_for_real(raw, name)
    entry = found.entries[0]
    entry.fields["name"] = "\ud800"  # pyright: ignore[reportIndexIssue]
    return found


@pytest.mark.parametrize("broken", [crashing, letting_damage_in])
def test_the_exam_refuses_a_reader_that_crashes_or_lets_damage_in(broken: Read) -> None:
    raw = as_json([{"id": "o", "name": "O", "services": []}])
    exam(read_for_real, raw, "file.json")
    with pytest.raises((ValueError, BadChange)):
        exam(broken, raw, "file.json")
