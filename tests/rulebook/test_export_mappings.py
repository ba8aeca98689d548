"""Mappings of exports: each mistake with its line, how near one comes to people, and whose goes."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.export import Export, Reach, Rows
from intake_app.domain.export_cell import cells_of, is_spelling, spelled, strangers
from intake_app.domain.measure import Cut
from intake_app.domain.text import Text
from intake_app.rulebook.check import check_path
from intake_app.rulebook.export_reader import Known, read_export
from intake_app.rulebook.exports import FormsSeen
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.pack_reader import is_own_name, read_pack
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_source import TomlSource
from intake_app.settings import resources

SETTING = Setting(FixedClock(datetime(2026, 11, 23, 15, tzinfo=UTC)))
HEAD = """[export]
id = "mine"
version = "1"
title = { en = "Mine" }
"""
COLUMN = """
[[columns]]
name = "a"
column = "opened_on"
"""
FIGURE = """
[[figures]]
name = "n"
measure = "people"
"""


@pytest.fixture(scope="module")
def known() -> Known:
    library = FormLibrary(resources.path("forms"), resources.path("resources"), SETTING)
    seen = FormsSeen()
    for ident in ("self_referral", "officer_intervention", "naloxone_plus"):
        form = library.guide(ident).form
        seen.add(form.fields(), form.facts)
    cuts = [
        Cut(
            "race", Text({"en": "Race"}), fields=("race",), codes=("race_ethnicity",), several=True
        ),
        Cut("month", Text({"en": "Month"}), grain="month"),
    ]
    return seen.known(
        lambda name: {choice.id for choice in library.codes(name)}, cuts, {"people", "completed"}
    )


def read(known: Known, text: str) -> tuple[Export, list[str]]:
    mistakes = list[Mistake]()
    found = read_export(TomlSource("exports/mine.toml", text), known, mistakes)
    return found, [str(one) for one in mistakes]


BROKEN = [
    ("", 1, "[export] is missing"),
    (HEAD, 1, "an export of lines has [[columns]]"),
    (HEAD.replace("mine", "other") + COLUMN, 2, 'must be called exports/other.toml'),
    (HEAD.replace("mine", "../x") + COLUMN, 2, "must be called"),
    (HEAD + 'rows = "people"\n' + COLUMN, 5, '"rows" must be of: intakes'),
    (HEAD + 'rows = ["events", "intakes"]\n' + COLUMN, 5, "figures and events stand in a file"),
    (HEAD + 'files = ["sealed"]\n' + COLUMN, 5, '"sealed" is no file of people'),
    (HEAD + 'date = "person"\n' + COLUMN, 5, '"date" cannot be "person"'),
    (HEAD + 'separator = "|"\n' + COLUMN, 5, '"separator" cannot be "|"'),
    (HEAD + 'each = "quarter"\n' + COLUMN, 5, '"each" is for figures'),
    (HEAD + 'reach = "nobody"\n' + COLUMN, 5, '"reach" is not known here'),
    (HEAD + "\n[export.only]\nby = [\"u1\"]\n" + COLUMN, 7, '"by" is no column or trait'),
    (HEAD + '\n[[columns]]\nname = "a"\n', 6, "say where it comes from, by one of"),
    (HEAD + COLUMN + 'constant = "x"\n', 6, "say where it comes from, by one of"),
    (HEAD + COLUMN.replace("opened_on", "by"), 8, '"column" cannot be "by"'),
    (HEAD + COLUMN.replace("opened_on", "person"), 8, '"column" cannot be "person"'),
    (HEAD + COLUMN.replace("opened_on", "opend_on"), 8, 'did you mean "opened_on"?'),
    (HEAD + COLUMN + 'date = "DD.MM.YY"\n', 9, 'write the date like "YYYY-MM-DD"'),
    (HEAD + COLUMN.replace("opened_on", "outcome") + 'date = "YYYY"\n', 9, "only a day can be"),
    (HEAD + COLUMN + COLUMN, 6, 'two columns are called "a"'),
    (HEAD + COLUMN + 'several = "boxes"\n', 9, "boxes need [columns.codes]"),
    (HEAD + COLUMN + 'several = "one"\n', 9, 'goes with two_or_more'),
    (HEAD + COLUMN + "words = true\n", 9, "a column writes words, codes or days"),
    (HEAD + COLUMN.replace("column =", "answer =").replace("opened_on", "first_nam"),
     8, 'did you mean "first_name"?'),
    (HEAD + COLUMN.replace("column =", "answer =").replace("opened_on", "contraband_tag"),
     8, "is kept apart from the person"),
    (HEAD + COLUMN.replace("column =", "answer =").replace("opened_on", "offenses"),
     8, "does not fit into a cell"),
    (HEAD + COLUMN.replace("column =", "trait =").replace("opened_on", "month"),
     8, '"trait" cannot be "month"'),
    (HEAD + COLUMN.replace("column =", "trait =").replace("opened_on", "race")
     + '\n[columns.codes]\nblak = "1"\n', 11, '"blak" is no code of "race_ethnicity"'),
    (HEAD + 'shape = "redcap"\n' + COLUMN, 7, "REDCap wants the record's id first"),
    (HEAD + 'shape = "redcap"\n' + COLUMN.replace('"a"', '"A b"'), 8, "is no name for REDCap"),
    (HEAD + 'shape = "redcap"\n\n[[columns]]\nname = "id"\nid = "record"\n\n[[columns]]\n'
     'name = "race"\ntrait = "race"\n', 11, "REDCap holds one code in a field"),
    (HEAD + 'rows = "figures"\n' + COLUMN, 7, "an export of figures has [[figures]]"),
    (HEAD + 'rows = "figures"\n' + FIGURE.replace("people", "peple"), 9, 'did you mean "people"?'),
    (HEAD + 'rows = "figures"\n' + FIGURE + 'by = ["raze"]\n', 10, 'there is no cut "raze"'),
    (HEAD + 'rows = "figures"\n' + FIGURE + 'tell = ["base"]\n', 10, '"tell" is for the shape'),
    (HEAD + 'rows = "figures"\nshape = "wide"\n' + FIGURE + 'tell = ["all"]\n',
     11, '"all" is not told of a figure'),
    (HEAD + 'rows = "figures"\nshape = "wide"\n' + FIGURE + 'by = ["race"]\n',
     11, '"by" and "code" stand together'),
    (HEAD + 'rows = "figures"\n' + FIGURE + 'by = ["race"]\ncode = "white"\n', 10,
     '"by" and "code" stand together'),
    (HEAD + 'rows = "events"\n' + COLUMN, 9, "an event has only: "),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN)
def test_each_mistake_is_named_with_its_line(
    known: Known, text: str, line: int, reason: str
) -> None:
    _, found = read(known, text)
    assert any(one.startswith(f"exports/mine.toml:{line}: ") and reason in one for one in found), (
        found
    )


def test_a_good_one_has_no_mistake(known: Known) -> None:
    found, mistakes = read(known, HEAD + COLUMN)
    assert (mistakes, found.headings, found.rows) == ([], ("a",), (Rows.INTAKES,))


@pytest.mark.parametrize(("column", "reach"), [
    ('constant = "FL"', Reach.NOBODY),
    ('id = "person"', Reach.CODED),
    ('column = "outcome"', Reach.CODED),
    ('trait = "race"', Reach.CODED),
    ('column = "opened_on"\ndate = "YYYY"', Reach.CODED),
    ('column = "opened_on"\ndate = "MM/YYYY"', Reach.DATED),
    ('column = "opened_on"', Reach.DATED),
    ('fact = "born"\ndate = "YYYY"', Reach.DATED),
    ('fact = "born"', Reach.NAMED),
    ('answer = "own_words"', Reach.NAMED),
    ('answer = "first_name"', Reach.NAMED),
    ('answer = "wants"', Reach.CODED),
])  # fmt: skip
def test_how_near_it_comes_is_worked_out(known: Known, column: str, reach: Reach) -> None:
    found, mistakes = read(known, f'{HEAD}\n[[columns]]\nname = "a"\n{column}\n')
    assert (mistakes, found.reach) == ([], reach)


def test_all_that_ship_are_read_and_none_is_nearer_than_it_should_be() -> None:
    library = FormLibrary(resources.path("forms"), resources.path("resources"), SETTING)
    reach = {one.id: one.reach for one in library.exports()}
    assert reach == {
        "aggregate": Reach.NOBODY, "bja_aggregates": Reach.NOBODY,
        "illinois_quarterly": Reach.NOBODY, "intakes_coded": Reach.DATED,
        "oregon_redcap": Reach.DATED, "florida_63f_13_002": Reach.NAMED,
        "odmap_events": Reach.NAMED,
    }  # fmt: skip
    names = {Path(name).stem for name in Shelf(
        resources.path("forms"), resources.path("resources")
    ).names("exports")}  # fmt: skip
    assert names == set(reach)


def of_exports(library: FormLibrary) -> list[str]:
    return [one for one in library.mistakes() if one.startswith("exports/")]


def test_a_department_has_its_own_beside_and_over_ours(tmp_path: Path) -> None:
    pack = tmp_path / "pack" / "exports"
    pack.mkdir(parents=True)
    (pack / "mine.toml").write_text(HEAD + COLUMN, "utf-8")
    ours = resources.path("resources", "exports", "odmap_events.toml").read_text("utf-8")
    (pack / "odmap_events.toml").write_text(ours.replace("four facts each", "here"), "utf-8")
    texts = read_pack(tmp_path / "pack")
    assert set(texts) == {"exports/mine.toml", "exports/odmap_events.toml"}
    assert all(is_own_name(name) for name in texts)
    library = FormLibrary(
        resources.path("forms"), resources.path("resources"), SETTING, lambda: texts
    )
    said = {one.id: one.title.said_in("en") for one in library.exports()}
    assert said["mine"] == "Mine"
    assert said["odmap_events"] == "ODMAP: overdoses, here"
    assert of_exports(library) == []


def test_a_broken_one_is_left_out_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "resources"
    shutil.copytree(resources.path("resources"), folder)
    (folder / "exports" / "mine.toml").write_text(HEAD, "utf-8")
    library = FormLibrary(resources.path("forms"), folder, SETTING)
    assert "mine" not in {one.id for one in library.exports()}
    assert of_exports(library) == [
        "exports/mine.toml:1: an export of lines has [[columns]] and no [[figures]]"
    ]


def test_one_file_is_checked_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD.replace('version = "1"\n', "") + COLUMN, "utf-8")
    shelf = Shelf(resources.path("forms"), resources.path("resources"))
    assert [one.reason for one in check_path(file, shelf, SETTING)] == ['"version" is missing']


# --- cells ------------------------------------------------------------------------------------


def column_of(known: Known, more: str) -> object:
    found, mistakes = read(known, f'{HEAD}\n[[columns]]\nname = "race"\ntrait = "race"\n{more}\n')
    assert mistakes == []
    return found.columns[0]


CODES = '\n[columns.codes]\nblack = "3"\nwhite = "7"\nhispanic = "4"\n'


@pytest.mark.parametrize(("more", "values", "cells"), [
    ("", ["black", "white"], ["black;white"]),
    (CODES, ["black", "white"], ["3;7"]),
    (CODES, ["asian"], [""]),
    (f'others = "9"{CODES}', ["asian", "black"], ["9;3"]),
    (f'empty = "99"{CODES}', [], ["99"]),
    (f'several = "boxes"{CODES}', ["white", "black"], ["1", "1", "0"]),
    (f'several = "boxes"\nothers = "9"{CODES}', ["asian"], ["0", "0", "0", "1"]),
    (f'several = "boxes"{CODES}', [], ["0", "0", "0"]),
    (f'several = "one"\ntwo_or_more = "6"{CODES}', ["white", "black"], ["6"]),
    (f'several = "one"\ntwo_or_more = "6"{CODES}', ["white"], ["7"]),
])  # fmt: skip
def test_codes_become_theirs(known: Known, more: str, values: list[str], cells: list[str]) -> None:
    assert cells_of(column_of(known, more), values) == cells  # type: ignore[arg-type]


def test_a_code_that_no_map_knows_is_told(known: Known) -> None:
    column = column_of(known, CODES)
    assert strangers(column, ["asian", "black"]) == ["asian"]  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "said"), [
    ("YYYY-MM-DD", "2026-11-23"), ("MM/DD/YYYY", "11/23/2026"), ("YYYY", "2026"),
    ("DD.MM.YYYY hh:mm", "23.11.2026 02:10"),
])  # fmt: skip
def test_days_are_spelled(day: str, said: str) -> None:
    assert is_spelling(day)
    assert spelled("2026-11-23T02:10:00-05:00", day) == said
    assert spelled("2026-11", day) == ""


def test_the_worked_example_of_the_page_is_right(known: Known) -> None:
    page = (resources.path("forms").parent / "docs" / "exports.md").read_text("utf-8")
    example = page.split("<!-- worked example")[1].split("```toml\n")[1].split("```")[0]
    mistakes = list[Mistake]()
    found = read_export(TomlSource("exports/my_county.toml", example), known, mistakes)
    assert mistakes == []
    assert (found.reach, found.headings) == (
        Reach.DATED, ("number", "day", "race", "statute", "county"),
    )  # fmt: skip


def test_the_page_names_all_that_ship_with_how_near_they_come() -> None:
    page = (resources.path("forms").parent / "docs" / "exports.md").read_text("utf-8")
    library = FormLibrary(resources.path("forms"), resources.path("resources"), SETTING)
    for one in library.exports():
        (line,) = (line for line in page.splitlines() if line.startswith(f"| `{one.id}` |"))
        assert line.endswith(f"| {one.reach.name.lower()} |")
