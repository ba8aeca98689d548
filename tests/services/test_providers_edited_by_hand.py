"""A coordinator changes entries by hand; what was changed stays, whatever a later file says."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_records import MemoryRecords
from providers_desk import NoHolidays, desk_of, read_provider

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadEntry, NotAllowed, NotFinished, SameProvider
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import KEPT_HERE, SERVICE, Mou, Provider, minutes_field, mou_state
from intake_app.domain.roles import Role
from intake_app.domain.typed_hours import read_hours
from intake_app.services.desk import Desk
from intake_app.services.providers.edits import (
    add_provider,
    edit_provider,
    merge_providers,
    merged_here,
    undo_merge,
)
from intake_app.services.providers.providers import (
    ProviderQuery,
    all_providers,
    import_providers,
    note_provider,
    preview_import,
    search_providers,
    verify_provider,
)
from intake_app.services.records.writing import write
from intake_app.settings import resources

SAMPLE = resources.path("resources", "samples", "providers.json")
NEW_PHONE = [{"number": "304-555-0777", "kind": "voice", "note": ""}]

County = list[dict[str, Any]]
Edited = Callable[[Callable[[County], object]], Path]


@pytest.fixture
def desk(clock: FixedClock) -> Desk:
    made = desk_of(MemoryRecords(clock), clock)
    import_providers(made, preview_import(made, SAMPLE))
    return made


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """The county's file as somebody has changed it."""

    def change(edit: Callable[[County], object]) -> Path:
        county = json.loads(SAMPLE.read_text(encoding="utf-8"))
        edit(county)
        path = tmp_path / "edited.json"
        path.write_text(json.dumps(county), encoding="utf-8")
        return path

    return change


def detox(desk: Desk) -> RecordId:
    return next(r.record for r in all_providers(desk) if r.name == "Withdrawal Management Unit")


def entry(desk: Desk, record: RecordId) -> Provider:
    return read_provider(desk, record).provider


def phone_is(number: str) -> Callable[[County], object]:
    def edit(county: County) -> None:
        county[0]["services"][0]["phones"][0]["number"] = number

    return edit


def test_a_changed_fact_stays_through_the_same_file(desk: Desk) -> None:
    edit_provider(desk, detox(desk), {"phones": NEW_PHONE, "wait_time": "two days"})
    assert preview_import(desk, SAMPLE).is_empty
    import_providers(desk, preview_import(desk, SAMPLE))
    assert entry(desk, detox(desk)).phone == "304-555-0777"


def test_a_file_that_says_something_new_is_shown_once_and_what_is_here_wins(
    desk: Desk, edited: Edited
) -> None:
    edit_provider(desk, detox(desk), {"phones": NEW_PHONE})
    file = edited(phone_is("304-555-0888"))
    preview = preview_import(desk, file)
    (one,) = preview.kept
    assert [(c.field, c.old[0]["number"], c.new[0]["number"]) for c in one.changes] == [
        ("phones", "304-555-0777", "304-555-0888")
    ]
    assert not preview.changed
    import_providers(desk, preview)
    assert entry(desk, detox(desk)).phone == "304-555-0777"
    assert preview_import(desk, file).is_empty


def test_the_files_word_can_be_taken_and_then_counts_as_the_files(
    desk: Desk, edited: Edited
) -> None:
    record = detox(desk)
    edit_provider(desk, record, {"phones": NEW_PHONE})
    preview = preview_import(desk, edited(phone_is("304-555-0888")))
    assert import_providers(desk, preview, taken={(record, "phones")}) == 1
    assert entry(desk, record).phone == "304-555-0888"
    again = preview_import(desk, edited(phone_is("304-555-0999")))
    assert [one.entry.record for one in again.changed] == [record]
    assert not again.kept


def test_a_file_that_agrees_with_us_is_no_difference(desk: Desk, edited: Edited) -> None:
    edit_provider(desk, detox(desk), {"phones": NEW_PHONE})

    def edit(county: County) -> None:
        old = county[0]["services"][0]["phones"][0]
        county[0]["services"][0]["phones"] = [{**old, "number": "304-555-0777"}]

    preview = preview_import(desk, edited(edit))
    assert not any(c.field == "phones" for one in preview.changed for c in one.changes)


FIELDS = st.sampled_from(
    ["wait_time", "address", "application", "eligibility", "alert", "fees", "note"]
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(FIELDS, st.text("abc", max_size=4), max_size=5), st.text("xyz", max_size=3))
def test_importing_twice_keeps_local_notes_and_edits(
    clock: FixedClock, said: dict[str, str], note: str
) -> None:
    desk = desk_of(MemoryRecords(clock), clock)
    import_providers(desk, preview_import(desk, SAMPLE))
    record = detox(desk)
    edit_provider(desk, record, said)
    note_provider(desk, record, note)
    verify_provider(desk, record, "2 beds")
    before = dict(entry(desk, record).values)
    for _ in range(2):
        import_providers(desk, preview_import(desk, SAMPLE))
    assert entry(desk, record).values == before
    assert {"note", "capacity", "capacity_by"} <= set(KEPT_HERE)


def test_without_the_memory_of_edits_the_file_would_win(desk: Desk) -> None:
    """The control: what was not edited here follows the file."""
    record = detox(desk)
    edit_provider(desk, record, {"phones": NEW_PHONE})
    forgets = write(desk.station, desk.person.id, SERVICE, record, {"edited": {}})
    desk.station.apply([forgets], desk.act("forget"))
    assert preview_import(desk, SAMPLE).changed


def test_hours_typed_here_say_when_it_opens(desk: Desk, clock: FixedClock) -> None:
    record = detox(desk)
    edit_provider(desk, record, {"schedules": _rows("Mon-Fri 8:00-17:00")})
    clock.at = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)  # a Sunday
    assert read_provider(desk, record).open_words.said_in("en") == "opens Mon 8:00 AM"
    assert read_provider(desk, record).hours.said_in("es") == "lun a vie 8:00 a. m. a 5:00 p. m."


def _rows(typed: str) -> list[dict[str, str]]:
    return [{"rule": s.rule, "opens": s.opens, "closes": s.closes} for s in read_hours(typed)]


@pytest.mark.parametrize(
    ("keeps", "said"),
    [
        ("", "open now, until 5:00 PM; today is a holiday: call first"),
        ("open", "open now, until 5:00 PM"),
        ("closed", "opens Fri 8:00 AM"),
    ],
)
def test_a_holiday_closes_who_keeps_it_and_warns_where_nobody_knows(
    desk: Desk, clock: FixedClock, keeps: str, said: str
) -> None:
    clock.at = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
    there = replace(desk, calendar=NoHolidays(d2026_11_26="Thanksgiving Day"))
    record = detox(there)
    edit_provider(there, record, {"schedules": _rows("Mon-Fri 8:00-17:00"), "holidays": keeps})
    assert read_provider(there, record).open_words.said_in("en") == said


def test_a_day_on_which_only_this_department_is_closed_says_nothing_of_providers(
    desk: Desk, clock: FixedClock
) -> None:
    clock.at = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    there = replace(desk, calendar=NoHolidays(d2026_11_27="closed"))
    edit_provider(there, detox(there), {"schedules": _rows("Mon-Fri 8:00-17:00")})
    said = read_provider(there, detox(there)).open_words.said_in("en")
    assert said == "open now, until 5:00 PM"


def test_a_closed_day_is_an_exception(desk: Desk, clock: FixedClock) -> None:
    clock.at = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    record = detox(desk)
    edit_provider(
        desk, record,
        {"schedules": _rows("Mon-Fri 8:00-17:00"), "closed_days": ["2026-11-27", "2026-11-30"]},
    )  # fmt: skip
    assert read_provider(desk, record).open_words.said_in("en") == "opens Tue 8:00 AM"


def test_minutes_are_those_of_this_station(desk: Desk) -> None:
    record = detox(desk)
    edit_provider(desk, record, {minutes_field("A"): 25})
    assert read_provider(desk, record).minutes == 25
    assert not read_provider(desk, record).is_guess
    beside = replace(desk, station_letter="B")
    assert read_provider(beside, record).minutes != 25
    with pytest.raises(BadEntry):
        edit_provider(beside, record, {minutes_field("A"): 5})


@pytest.mark.parametrize(
    ("ident", "ends", "state"),
    [
        ("", "", Mou.NONE),
        ("MOU-7", "", Mou.VALID),
        ("MOU-7", "2027-06-30", Mou.VALID),
        ("MOU-7", "2026-12-23", Mou.SOON),
        ("MOU-7", "2026-11-23", Mou.SOON),
        ("MOU-7", "2026-11-22", Mou.EXPIRED),
    ],
)
def test_an_agreement_warns_before_it_ends(ident: str, ends: str, state: Mou) -> None:
    one = Provider(RecordId("p"), {"mou_id": ident, "mou_expires": ends})
    assert mou_state(one, date(2026, 11, 23)) is state


def test_an_entry_is_added_by_hand_and_found(desk: Desk) -> None:
    said = {"name": "Church hall cots", "organization": "St. Ann", "types": ["shelter"]}
    made = add_provider(desk, said)
    (row,) = search_providers(desk, ProviderQuery(text="church"))
    assert (row.record, row.is_stale, row.is_closed) == (made, False, False)


def test_a_value_that_is_not_allowed_is_refused(desk: Desk) -> None:
    record = detox(desk)
    for bad in (
        {"status": "gone"}, {"channel": "pigeon"}, {"min_age": -1}, {"mou_expires": "soon"},
        {"insurance": ["gold"]}, {"merged_into": "x"}, {"closed_days": ["Friday"]},
    ):  # fmt: skip
        with pytest.raises(BadEntry):
            edit_provider(desk, record, bad)
    with pytest.raises(NotFinished):
        edit_provider(desk, record, {"name": " "})
    with pytest.raises(NotFinished):
        add_provider(desk, {"organization": "No name"})


def test_two_entries_of_one_provider_become_one_and_two_again(desk: Desk) -> None:
    keep = detox(desk)
    twin = add_provider(
        desk,
        {"name": "Hollow Creek detox", "types": ["detox", "moud"], "email": "in@example.org",
         "note": "ask for Dana"},
    )  # fmt: skip
    note_provider(desk, keep, "side door")
    before, count = dict(entry(desk, keep).values), len(all_providers(desk))
    merge_providers(desk, keep, twin)
    merged = entry(desk, keep)
    assert len(all_providers(desk)) == count - 1
    assert merged.texts("types") == ("detox", "moud")
    assert merged.text("note") == "side door\nask for Dana"
    assert read_provider(desk, twin).record == keep  # who was sent there before still is
    assert merged_here(merged) == [(twin, "Hollow Creek detox")]
    with pytest.raises(SameProvider):
        merge_providers(desk, keep, twin)
    undo_merge(desk, keep, twin)
    after = {n: v for n, v in entry(desk, keep).values.items() if n not in {"merges", "edited"}}
    assert {n: v for n, v in after.items() if v} == {n: v for n, v in before.items() if v}
    assert entry(desk, twin).text("note") == "ask for Dana"
    with pytest.raises(SameProvider):
        undo_merge(desk, keep, twin)


def test_a_file_that_lists_the_merged_entry_speaks_of_the_one_that_stands(
    desk: Desk, edited: Edited
) -> None:
    twin = add_provider(desk, {"name": "Our own detox", "wait_time": "none"})
    record = detox(desk)
    merge_providers(desk, twin, record)
    file = edited(phone_is("304-555-0888"))
    preview = preview_import(desk, file)
    assert not preview.new
    import_providers(desk, preview)
    assert entry(desk, twin).text("name") == "Our own detox"  # edited here: it stays
    assert preview_import(desk, file).is_empty


def test_what_is_written_after_a_merge_outlives_its_undoing(desk: Desk) -> None:
    keep, twin = detox(desk), add_provider(desk, {"name": "Twin", "email": "in@example.org"})
    merge_providers(desk, keep, twin)
    edit_provider(desk, keep, {"email": "new@example.org"})
    undo_merge(desk, keep, twin)
    assert entry(desk, keep).text("email") == "new@example.org"


def test_the_front_desk_verifies_and_does_not_edit(desk: Desk, clock: FixedClock) -> None:
    front = replace(desk, person=replace(desk.person, roles=frozenset({Role.FRONT_DESK})))
    record = detox(front)
    verify_provider(front, record, "1 bed")
    assert read_provider(front, record).asked_by == front.person.shown_name
    for act in (
        lambda: edit_provider(front, record, {"fees": "free"}),
        lambda: add_provider(front, {"name": "X"}),
        lambda: merge_providers(front, record, record),
        lambda: undo_merge(front, record, record),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert front.station.of_kind(SERVICE)
