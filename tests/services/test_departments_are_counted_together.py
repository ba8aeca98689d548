"""Two departments and a county: a key, extracts, a merge, and what is told of it."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import county_rows
import pypdfium2
import pytest
from county_rows import extract, journeys
from county_world import COUNTY, MADE, SINCE, UNTIL, Agency, World, came_to, inbox_of
from outside import WORDS_TO_OPEN
from profiles import Profile

from intake_app.domain.clock import FixedClock
from intake_app.domain.county_errors import (
    BadCountyKey,
    BadExtract,
    CountyKeysDiffer,
    CountyToldBefore,
    HoldsCountyKey,
    NoCountyKey,
    NoOtherAgency,
)
from intake_app.domain.disclosure_errors import BadBundle, BundleExpired, NotForYou, RecipientGone
from intake_app.domain.errors import BadEntry, NotAllowed, WrongPassphrase
from intake_app.domain.export_errors import AgreementNeeded, ReasonNeeded
from intake_app.domain.measure import Kind
from intake_app.domain.roles import Role
from intake_app.services.county.departments import County, county_numbers, receive
from intake_app.services.county.extracting import (
    county_would_leave,
    make_county_extract,
    save_county_extract,
)
from intake_app.services.county.paper import HEADS, county_lines, print_county
from intake_app.services.county.plan import Wanted
from intake_app.services.county.telling import COUNTY_TOLD
from intake_app.services.desk import Desk
from intake_app.services.exports.county_key import (
    COUNTY_KEY,
    county_key,
    county_key_file,
    county_key_words,
    make_county_key,
    print_county_key,
    take_county_key,
    take_county_key_file,
)
from intake_app.services.exports.exporting import EXPORT, exported

LEAST = 11


@pytest.fixture
def world(county_world: World) -> World:
    return county_world


@pytest.fixture
def county(world: World, tmp_path: Path) -> Iterator[Desk]:
    """Of one story: what leaves is kept, and the next report has to agree with it."""
    here = world.county.copy_to(tmp_path / "county")
    gate = here.gate()
    yield here.unlock(gate, Role.ADMINISTRATOR)
    gate.lock()


# --- the key ----------------------------------------------------------------------------


def test_the_key_is_given_as_words_as_a_sheet_and_as_a_file(world: World) -> None:
    with world.one.sits() as desk:
        assert county_key_words(desk) == world.words
        state = county_key(desk)
        assert state is not None
        assert state.is_everywhere
        with pypdfium2.PdfDocument(print_county_key(desk, "en")) as sheet:
            shown = sheet[0].get_textpage().get_text_range()
        assert all(word in shown for word in world.words)
        data = county_key_file(desk, WORDS_TO_OPEN)
    with world.other.sits() as desk:
        assert take_county_key_file(desk, data, WORDS_TO_OPEN, "2026").name == state.name
        with pytest.raises(WrongPassphrase):
            take_county_key_file(desk, data, "not these words at all", "2026")
        with pytest.raises(BadCountyKey):
            take_county_key(desk, "only three words", "2026")


def test_a_new_key_takes_the_place_of_the_old_one_for_good(profile: Profile) -> None:
    agency = Agency(profile, "")
    with agency.sits() as desk:
        assert county_key(desk) is None
        with pytest.raises(NoCountyKey):
            county_key_words(desk)
        make_county_key(desk, "2026")
        old = desk.care_file.of_kind(COUNTY_KEY)[0].values["key"]
        make_county_key(desk, "2027")
        for file in (desk.care_file, desk.cases_file):
            kept = [one.values["key"] for one in file.of_kind(COUNTY_KEY)]
            assert len(kept) == 1
            assert old not in kept
    spelled = str(old).encode()
    assert not [one for one in agency.profile.folder.rglob("*")
                if one.is_file() and spelled in one.read_bytes()]  # fmt: skip


# --- what leaves ------------------------------------------------------------------------


def test_nobody_is_named_in_an_extract(world: World) -> None:
    with world.one.sits() as desk:
        shown = county_would_leave(desk, world.one.ask())
        told = json.dumps([list(map(str, row)) for row in shown.rows])
        for file in (desk.care_file, desk.cases_file):
            for row in file.rows(file.order("intake")):
                assert row.record not in told
                assert row.number not in told or not row.number
                assert row.by not in told
                assert row.born not in told or not row.born
                for part in filter(None, row.name.split(", ")):
                    assert f'"{part}"' not in told
                assert (row.person or "no person") not in told
    assert shown.manifest.files == ("care", "cases")
    names = {name.removeprefix("cut ") for name in shown.columns}
    assert not names & {"provider", "by", "zone", "religion", "sexual_orientation", "disability"}


def test_who_is_in_care_is_not_known_again_among_cases(world: World) -> None:
    with world.one.sits() as desk:
        shown = county_would_leave(desk, world.one.ask())
    where = {name: n for n, name in enumerate(shown.columns)}
    tokens = {
        file: {row[where["person"]] for row in shown.rows if row[where["file"]] == file} - {""}
        for file in ("care", "cases")
    }
    assert tokens["care"]
    assert tokens["cases"]
    assert not tokens["care"] & tokens["cases"]


def test_an_extract_needs_an_agreement_a_reason_days_and_a_merger(world: World) -> None:
    with world.one.sits() as desk:
        for changed, refused in (
            ({"agreement": ""}, AgreementNeeded), ({"reason": ""}, ReasonNeeded),
            ({"until": "2026-11-23"}, BadEntry), ({"since": "2026-12-01"}, BadEntry),
            ({"recipient": "nobody"}, RecipientGone),
        ):  # fmt: skip
            with pytest.raises(refused):
                county_would_leave(desk, world.one.ask(**changed))
    with world.one.sits(Role.SUPERVISOR) as desk:
        shown = county_would_leave(desk, world.one.ask())
        assert shown.manifest.files == ("cases",)
    with world.one.sits(Role.FRONT_DESK) as desk, pytest.raises(NotAllowed):
        county_would_leave(desk, world.one.ask())


def test_that_it_leaves_is_noted_before_it_is_written(world: World, tmp_path: Path) -> None:
    with world.one.sits() as desk:
        before = len(desk.care_file.of_kind(EXPORT))
        made = make_county_extract(desk, county_would_leave(desk, world.one.ask()))
        notes = desk.care_file.of_kind(EXPORT)
        assert len(notes) == before + 1
        path = save_county_extract(desk, made, tmp_path)
        assert path.read_bytes() == made.file.data
        listed = exported(desk)[0]
        assert (listed.to, listed.paper) == (COUNTY, "MOU 2026-1")
        assert len(path.stem) == 32


# --- merging ----------------------------------------------------------------------------


def test_a_person_of_both_departments_counts_once(
    world: World, county: Desk, tmp_path: Path
) -> None:
    came = came_to(county, tmp_path, world.sealed)
    open_one = replace(county, agency=replace(county.agency, small_cell=1))  # nothing is hidden
    merged = county_numbers(open_one, came, SINCE, UNTIL)
    one, other = (item.manifest for item in came)
    assert one.people == other.people
    assert one.unlinked == other.unlinked
    met = merged.people.told.whole.number
    assert met == one.people + other.unlinked  # who has a whole name is the same in both
    assert merged.shared == one.people - one.unlinked
    assert len(merged.departments) == 2
    assert merged.today == "2026-11-23"


def test_every_measure_is_told_and_nothing_small_is(county: Desk) -> None:
    came = [extract(journeys(n, 400, name, 300), name) for n, name in enumerate("abc")]
    merged = county_numbers(county, came, county_rows.SINCE, county_rows.UNTIL)
    kinds = {one.told.measure.id: str(one.told.measure.kind) for one in merged.views}
    assert set(kinds) >= {one.id for one in county.library.measures()}
    rows = list(csv.DictReader(io.StringIO(county_lines(county, merged).decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADS
    counts = [
        int(row[name]) for row in rows for name in ("number", "base")
        if kinds[row["measure"]] in {"count", "rate", "parts"} and row[name]
    ]  # fmt: skip
    assert len([one for one in counts if one]) > 20
    assert not [one for one in counts if 0 < one < LEAST]
    with pypdfium2.PdfDocument(print_county(county, merged)) as paper:
        text = " ".join(page.get_textpage().get_text_range() for page in paper)
    assert "County report" in text
    assert "Department a; Department b; Department c" in text
    assert "each counted once" in text


def test_a_table_can_be_asked_alone(world: World, county: Desk, tmp_path: Path) -> None:
    came = came_to(county, tmp_path, world.sealed)
    name = county.library.measures()[0].id
    merged = county_numbers(county, came, SINCE, UNTIL, [Wanted(name, ("age_band", "pathway"))])
    (section,) = merged.sections
    assert [one.told.cuts for one in section.tables] == [("age_band", "pathway")]


def test_nothing_is_believed_of_a_sender_whom_nobody_called(
    world: World, county: Desk, tmp_path: Path
) -> None:
    found = receive(county, inbox_of(county, tmp_path), world.sealed)
    assert found.came == ()
    assert len(found.strangers) == 2
    assert all(len(one.words) == 8 for one in found.strangers)


def test_what_is_no_extract_is_named_and_left(world: World, county: Desk, tmp_path: Path) -> None:
    inbox = inbox_of(county, tmp_path)
    good = world.sealed["one.sealed"]
    files = {"cut": good[:-40], "empty": b"", "words": b"hello", "twisted": good[:200] + good}
    found = receive(county, inbox, {**files, **world.sealed})
    assert {one.name for one in found.refused} == set(files)
    assert {type(one.why) for one in found.refused} <= {BadBundle, BadExtract, NotForYou}


def test_an_extract_is_open_for_a_year_and_no_longer(
    world: World, county: Desk, tmp_path: Path
) -> None:
    late = replace(county, clock=FixedClock(MADE + timedelta(days=402)))
    found = receive(late, inbox_of(county, tmp_path), world.sealed)
    assert {type(one.why) for one in found.refused} == {BundleExpired}


def test_one_department_is_no_county(world: World, county: Desk, tmp_path: Path) -> None:
    alone = {"one.sealed": world.sealed["one.sealed"]}
    came = came_to(county, tmp_path, alone)
    with pytest.raises(NoOtherAgency):
        county_numbers(county, came, SINCE, UNTIL)


def test_extracts_under_another_key_are_refused(world: World, county: Desk, tmp_path: Path) -> None:
    came = came_to(county, tmp_path, world.sealed)
    other = replace(came[1], manifest=replace(came[1].manifest, generation="another"))
    with pytest.raises(CountyKeysDiffer):
        county_numbers(county, (came[0], other), SINCE, UNTIL)


def test_who_holds_the_county_key_does_not_merge(world: World, tmp_path: Path) -> None:
    with world.one.sits() as desk:
        with pytest.raises(HoldsCountyKey):
            inbox_of(desk, tmp_path)
        with pytest.raises(HoldsCountyKey):
            county_numbers(desk, (), SINCE, UNTIL)
    with world.one.sits(Role.SUPERVISOR) as desk, pytest.raises(NotAllowed):
        inbox_of(desk, tmp_path)


def counts_of(desk: Desk) -> list[Wanted]:
    """All that a person would count on their fingers."""
    return [
        Wanted(one.id) for one in desk.library.measures()
        if one.kind in {Kind.COUNT, Kind.RATE} and not one.times
    ][:12]  # fmt: skip


def test_a_department_cannot_take_its_own_out_of_a_total(county: Desk) -> None:
    few, many = journeys(1, 12, "a"), journeys(2, 400, "b")
    came = [extract(few, "a"), extract(many, "b")]
    days, counts = (county_rows.SINCE, county_rows.UNTIL), counts_of(county)
    merged = county_numbers(county, came, *days, counts)
    own = county_numbers(
        replace(county, agency=replace(county.agency, small_cell=1)),
        [came[1], extract([], "a")], *days, counts,
    )  # fmt: skip
    left = [
        one.told.whole.number - mine.told.whole.number
        for one, mine in zip(merged.views, own.views, strict=True)
        if one.told.measure.kind in {Kind.COUNT, Kind.RATE} and one.told.whole.number is not None
        and mine.told.whole.number is not None
    ]  # fmt: skip
    assert left
    assert not [one for one in left if 0 < one < LEAST]


def test_what_left_is_kept_and_agreed_with(world: World, county: Desk, tmp_path: Path) -> None:
    came, counts = came_to(county, tmp_path, world.sealed), counts_of(county)
    days = ("2026-01-01", "2026-10-31")
    first = county_numbers(county, came, *days, counts)
    county_lines(county, first)
    print_county(county, first)
    assert len(county.station.of_kind(COUNTY_TOLD)) == 1  # once, on whatever it left
    again = county_numbers(county, came, *days, counts)
    assert [one.told.whole for one in again.views] == [one.told.whole for one in first.views]
    assert all(one.told.compared for one in again.views)
    wider = county_numbers(county, came, SINCE, UNTIL, counts)
    assert all(one.told.compared for one in wider.views)
    with pytest.raises(CountyToldBefore):
        county_numbers(county, came, "2026-02-01", "2026-03-31", counts)


def test_a_department_that_came_late_is_no_difference_of_two_reports(county: Desk) -> None:
    """Told of two departments, then of three: what changed by a few is not told anew."""
    days = (county_rows.SINCE, county_rows.UNTIL)
    early = [extract(journeys(n, 200, name), name) for n, name in enumerate("ab")]
    late = extract(journeys(7, 9, "c"), "c", "2026-07-09T09:00:00+0000")
    counts = counts_of(county)
    before = county_numbers(county, early, *days, counts)
    alone = county_numbers(county, [*early, late], *days, counts)
    county_lines(county, before)
    after = county_numbers(county, [*early, late], *days, counts)

    def differences(one: County, other: County) -> list[int]:
        pairs = [(a.told.whole.number, b.told.whole.number)
                 for a, b in zip(one.views, other.views, strict=True)
                 if a.told.measure.kind is Kind.COUNT]  # fmt: skip
        return [b - a for a, b in pairs if a is not None and b is not None]

    assert any(0 < one < LEAST for one in differences(before, alone))  # nothing was kept yet
    assert not any(0 < abs(one) < LEAST for one in differences(before, after))
