"""Exports of figures: what may be told, together; small ones are in no cell and no codebook."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from held_cases import House

from intake_app.domain.export import Reach
from intake_app.domain.export_errors import ChangedSince
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey
from intake_app.domain.release_errors import PeriodNotOver
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.exports.ask import ExportAsk, Prepared, prepared_at_once
from intake_app.services.exports.exporting import exported, file_name, prepare_export, save_export
from intake_app.services.measures.journeys import bring_up
from intake_app.services.measures.released_before import EXPORT

YEAR = ("2026-01-01", "2026-10-31")
PATHWAYS = {
    "self_referral": 40, "active_outreach": 3, "naloxone_plus": 15, "officer_referral": 0,
    "officer_intervention": 22, "community_response": 12,
}  # fmt: skip


def journeys(pathway: str, count: int, day: str, race: str = "white") -> Iterator[Journey]:
    for n in range(count):
        ident = RecordId(f"{pathway}-{day}-{race}-{n}")
        yield Journey(
            ident, intake=ident, person=f"p-{ident}", pathway=pathway, opened_on=day,
            eligible="yes", offered_on=day, accepted_on=day, contact_on=day, kits=1,
            traits={"race": (race,)},
        )  # fmt: skip


def put(desk: Desk, made: list[Journey]) -> None:
    """Journeys as they would be of that many people."""
    assert desk.measures is not None
    bring_up(desk)
    for name, file in desk.measures.files.items():
        is_case = name is Compartment.CASES
        mine = [one for one in made if (one.pathway == "officer_intervention") == is_case]
        file.keep(mine, [one.record for one in mine], file.changed(1)[1])


@pytest.fixture
def desk(house: House) -> Desk:
    found = house.desk(Role.COORDINATOR)
    made = [
        *journeys("self_referral", 30, "2026-08-08", "black"),
        *journeys("self_referral", 4, "2026-08-08", "asian"),
    ]
    for pathway, count in PATHWAYS.items():
        made += [*journeys(pathway, count, "2026-02-03"), *journeys(pathway, 20, "2026-05-05")]
    put(found, made)
    return found


def ready(desk: Desk, kind: str, *, is_internal: bool = False) -> Prepared:
    return prepared_at_once(prepare_export(desk, ExportAsk(kind, *YEAR, is_internal=is_internal)))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_quarter_is_a_line_and_a_count_a_column(desk: Desk) -> None:
    found = ready(desk, "illinois_quarterly")
    rows = rows_of(found.files[0].data)
    assert [row["period_from"] for row in rows] == [
        "2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01",
    ]  # fmt: skip
    assert rows[1]["accepted"] == "120"
    assert {rows[1][f"accepted_{name}"] for name in ("self_referral", "community")} == {"20"}
    assert rows[3]["accepted"] == "0"  # zero is told
    assert (found.reach, found.people, dict(found.parts)) == (Reach.NOBODY, 0, {})


def test_a_sum_over_columns_gives_no_small_one_back(desk: Desk) -> None:
    """Three took part by outreach; the total and the other columns do not tell it."""
    found = ready(desk, "illinois_quarterly")
    row = rows_of(found.files[0].data)[0]
    names = ("self_referral", "active_outreach", "post_overdose", "prevention",
             "officer_intervention", "community")  # fmt: skip
    told = {name: row[f"accepted_{name}"] for name in names}
    assert told["active_outreach"] == "*"
    hidden = [name for name, cell in told.items() if cell == "*"]
    assert len(hidden) >= 2 or row["accepted"] == "*"
    assert found.hidden


def test_the_same_without_care_would_give_it_back(desk: Desk) -> None:
    """Negative control: with every cell but the small one told, the difference is three."""
    row = rows_of(ready(desk, "illinois_quarterly", is_internal=True).files[0].data)[0]
    others = ("self_referral", "post_overdose", "prevention", "officer_intervention", "community")
    rest = sum(int(row[f"accepted_{name}"]) for name in others)
    assert int(row["accepted"]) - rest == int(row["accepted_active_outreach"]) == 3


def test_what_is_not_for_release_says_so_in_each_line(desk: Desk) -> None:
    for kind in ("illinois_quarterly", "aggregate"):
        found = ready(desk, kind, is_internal=True)
        rows = rows_of(found.files[0].data)
        assert {row["not_for_release"] for row in rows} == {"Not for release"}
        assert json.loads(found.files[2].data)["not_for_release"] is True
        assert b"Not for release" in found.files[1].data
        assert "not-for-release" in file_name(found)
        assert found.hidden == 0
        plain = ready(desk, kind)
        assert "not_for_release" not in rows_of(plain.files[0].data)[0]
        assert "not-for-release" not in file_name(plain)


def test_long_figures_have_a_line_for_each_place(desk: Desk) -> None:
    rows = rows_of(ready(desk, "bja_aggregates").files[0].data)
    by_race = [row for row in rows if row["figure"] == "people_by_race"]
    assert {row["cut"] for row in by_race} == {"race"}
    told = {row["code"]: row["number"] for row in by_race if row["hidden"] == ""}
    assert told.get("white")
    words = {row["code"]: row["code_means"] for row in by_race}
    assert words["white"] == "White"
    assert {row["definition"] for row in rows} != {""}
    assert {row["counted_in"] for row in by_race} == {"care records; held cases"}


def test_what_nobody_has_entered_is_no_zero(desk: Desk) -> None:
    found = ready(desk, "aggregate")
    (cost,) = (row for row in rows_of(found.files[0].data) if row["figure"] == "booking_cost")
    assert (cost["number"], cost["hidden"]) == ("", "")
    assert "booking_cents" in cost["note"]
    assert found.incomplete


def test_who_lacks_a_key_says_what_is_not_counted(desk: Desk, house: House) -> None:
    rows = rows_of(ready(house.desk(Role.SUPERVISOR), "aggregate").files[0].data)
    people = next(row for row in rows if row["figure"] == "people")
    assert people["counted_in"] == "held cases"
    assert "care records" in people["note"]
    _ = desk


def test_the_codebook_says_how_each_is_counted(desk: Desk) -> None:
    found = ready(desk, "illinois_quarterly")
    book = json.loads(found.files[2].data)
    assert book["least"] == desk.agency.small_cell
    assert book["rule"].startswith("Numbers from 1 to 10 are not shown")
    assert book["hidden_is_written_as"] == "*"
    assert all(said["how"] and said["version"] for said in book["figures"].values())
    headings = set(rows_of(found.files[0].data)[0])
    assert headings <= {row["column"] for row in rows_of(found.files[1].data)}


def test_it_needs_no_agreement_and_is_noted_all_the_same(desk: Desk, tmp_path: Path) -> None:
    save_export(desk, ready(desk, "aggregate"), tmp_path / "out.csv")
    (left,) = exported(desk)
    assert (left.file, left.reach, left.kind) == (Compartment.STATION, Reach.NOBODY, "aggregate")
    (kept,) = desk.station.of_kind(EXPORT)
    assert kept.values["people"] == 0


def test_another_threshold_hides_more(desk: Desk) -> None:
    careful = replace(desk, agency=replace(desk.agency, small_cell=30))
    assert ready(careful, "bja_aggregates").hidden > ready(desk, "bja_aggregates").hidden


# --- one file after another -------------------------------------------------------------------


def test_days_that_are_not_over_do_not_leave(desk: Desk) -> None:
    for until in ("2026-11-23", "2026-12-31"):
        with pytest.raises(PeriodNotOver):
            prepared_at_once(prepare_export(desk, ExportAsk("aggregate", YEAR[0], until)))
    ask = ExportAsk("aggregate", YEAR[0], "2026-12-31", is_internal=True)
    assert prepared_at_once(prepare_export(desk, ask)).rows


def test_the_difference_of_two_files_gives_nobody_away(desk: Desk, tmp_path: Path) -> None:
    """Four people came in September; after a file until August, one until then hides them."""
    first = ExportAsk("bja_aggregates", "2026-01-01", "2026-08-31")
    later = ExportAsk("bja_aggregates", "2026-01-01", "2026-09-30")
    put(desk, [*journeys("self_referral", 4, "2026-09-09")])
    alone = prepared_at_once(prepare_export(desk, later))
    assert people(alone) != ""
    save_export(desk, prepared_at_once(prepare_export(desk, first)), tmp_path / "a.csv")
    after = prepared_at_once(prepare_export(desk, later))
    assert people(after) == ""


def people(found: Prepared) -> str:
    return next(row["number"] for row in rows_of(found.files[0].data) if row["figure"] == "people")


def test_one_that_was_prepared_before_another_left_is_prepared_again(
    desk: Desk, tmp_path: Path
) -> None:
    one, other = ready(desk, "aggregate"), ready(desk, "bja_aggregates")
    save_export(desk, one, tmp_path / "a.csv")
    with pytest.raises(ChangedSince):
        save_export(desk, other, tmp_path / "b.csv")
    save_export(desk, ready(desk, "bja_aggregates"), tmp_path / "b.csv")
