"""The research extract: no name, no true day, nobody alone; ids of two of them differ."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from county_world import UNTIL, World

from intake_app.domain.county_errors import DaysTooFewForResearch, TooFewForResearch
from intake_app.domain.export_errors import AgreementNeeded
from intake_app.domain.journey import DAYS, Journey, Subject
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.exports.ask import ExportAsk, Prepared, prepared_at_once
from intake_app.services.exports.exporting import prepare_export, save_export
from intake_app.services.exports.extract import RESEARCH, known_to_others

ASKED = ("2020-01-01", UNTIL)
Rows = list[dict[str, str]]
KNOWN = (
    "pathway", "program", "cut_race", "cut_race_seen", "cut_age_band", "cut_gender", "cut_sex",
    "cut_language", "cut_housing", "cut_housing_detail", "cut_employment", "cut_veteran",
)  # fmt: skip
"""What a neighbor could know, also as an officer saw it or in detail."""


@pytest.fixture
def desk(county_world: World) -> Iterator[Desk]:
    """Few people are in the story; so three are called enough here, and eleven elsewhere."""
    with county_world.one.sits() as made:
        yield of_at_least(made, 3)


def of_at_least(desk: Desk, people: int) -> Desk:
    return replace(desk, agency=replace(desk.agency, small_cell=people))


@pytest.fixture
def ask(county_world: World) -> ExportAsk:
    return ExportAsk(RESEARCH, *ASKED, agreement=county_world.one.agreement)


def made_of(desk: Desk, ask: ExportAsk) -> Prepared:
    return prepared_at_once(prepare_export(desk, ask))


def rows_of(prepared: Prepared) -> Rows:
    text = prepared.files[0].data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def journeys(desk: Desk) -> list[Journey]:
    assert desk.measures is not None
    found = [desk.measures.files[name] for name in (Compartment.CARE, Compartment.CASES)]
    return [
        one for file in found for one in file.each(*ASKED) if one.subject is Subject.INTAKE
    ]  # fmt: skip


def test_nothing_in_it_names_anybody_or_stands_elsewhere(desk: Desk, ask: ExportAsk) -> None:
    prepared = made_of(desk, ask)
    everything = b"".join(one.data for one in prepared.files)
    for one in journeys(desk):
        for ident in filter(None, (one.record, one.person, one.by, one.provider)):
            assert ident.encode() not in everything
    for file in (desk.care_file, desk.cases_file):
        for row in file.rows(file.order("intake")):
            for part in filter(None, (*row.name.split(", "), row.number)):
                assert f'"{part}"'.encode() not in everything


def test_days_are_moved_and_what_lies_between_them_is_true(desk: Desk, ask: ExportAsk) -> None:
    columns = [name for name in DAYS if name not in {"next_due", "visit_on"}]

    def between(days: list[str]) -> tuple[int, ...]:
        known = [date.fromisoformat(day) for day in days if day]
        return tuple((day - known[0]).days for day in known[1:])

    told = [[row[name] for name in columns] for row in rows_of(made_of(desk, ask))]
    true = [[str(getattr(one, name)) for name in columns] for one in journeys(desk)]
    assert sorted(map(between, told)) == sorted(
        between(days) for days in true if between(days) in set(map(between, told))
    )
    assert all(row[0] < ASKED[1] for row in told)  # back, never on
    opened = {one.opened_on for one in journeys(desk)}
    assert {row[0] for row in told} != opened


def test_a_person_is_moved_by_the_same_days_in_each_extract(desk: Desk, ask: ExportAsk) -> None:
    one, two = rows_of(made_of(desk, ask)), rows_of(made_of(desk, ask))
    days = [sorted(row["opened_on"] for row in rows) for rows in (one, two)]
    assert days[0] == days[1]
    for name in ("record_id", "person_id"):
        assert not {row[name] for row in one} & {row[name] for row in two}


def test_nobody_stands_alone_over_what_others_know(desk: Desk, ask: ExportAsk) -> None:
    rows, k = rows_of(made_of(desk, ask)), desk.agency.small_cell
    people: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        key = tuple(row[name] for name in KNOWN)
        people.setdefault(key, set()).add(row["person_id"])
    assert rows
    assert all(len(some) >= k for some in people.values())
    raw: dict[tuple[str, ...], set[str]] = {}
    for one in journeys(desk):
        key = (one.pathway, one.program, *one.traits.get("age_band", ()))
        raw.setdefault(key, set()).add(one.person or one.record)
    assert any(len(some) < k for some in raw.values())  # the same look finds people in what was


def test_a_cut_of_a_department_is_taken_for_what_others_know() -> None:
    columns = ["opened_on", "cut_race", "cut_needs", "cut_tribe", "pathway"]
    assert known_to_others(columns) == ["cut_tribe", "cut_race", "pathway"]


def test_parquet_says_the_same_and_the_codebook_what_is_not_protected(
    desk: Desk, ask: ExportAsk, tmp_path: Path
) -> None:
    prepared = made_of(desk, ask)
    files = save_export(desk, prepared, tmp_path / "research.csv")
    assert [path.suffix for path in files] == [".csv", ".parquet", ".csv", ".json"]
    found = duckdb.read_parquet(str(files[1])).fetchall()
    rows = rows_of(prepared)
    assert sorted(row[0] for row in found) == sorted(row["record_id"] for row in rows)
    book = json.loads(files[3].read_bytes())
    assert book["k"] == desk.agency.small_cell
    assert "may find them" in book["not_protected"]
    assert set(book["alike_over"]) == set(KNOWN)
    assert {one["column"] for one in book["columns"]} == set(rows[0])
    for one in book["columns"]:
        assert (
            not one["blanked"].isdigit()
            or int(one["blanked"]) == 0
            or (int(one["blanked"]) >= desk.agency.small_cell)
        )


def test_few_people_make_no_extract_and_nobody_gets_one_without_an_agreement(
    desk: Desk, ask: ExportAsk
) -> None:
    with pytest.raises(TooFewForResearch):
        made_of(of_at_least(desk, 1000), ask)
    with pytest.raises(AgreementNeeded):
        made_of(desk, ExportAsk(RESEARCH, *ASKED))


def test_days_that_are_known_do_not_tell_how_far_they_were_moved(
    desk: Desk, ask: ExportAsk
) -> None:
    """Of intakes of one day everybody knows the true day, and so all other days of a person."""
    for since in (UNTIL, f"{UNTIL[:4]}-01-02"):
        with pytest.raises(DaysTooFewForResearch):
            made_of(desk, replace(ask, since=since))


def test_that_two_extracts_can_be_matched_is_said(desk: Desk, ask: ExportAsk) -> None:
    one, other = (made_of(desk, ask) for _ in range(2))
    days = [{row["opened_on"] for row in rows_of(made)} for made in (one, other)]
    assert days[0] == days[1]
    book = json.loads(one.files[3].data)
    assert "match their lines" in book["ids"]
