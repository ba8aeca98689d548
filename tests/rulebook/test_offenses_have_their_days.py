"""Offenses come from a state's table; the law of the day of the offense counts."""

from pathlib import Path

import pytest
from small_forms import SETTING, form, guide_of, library_in, question

from intake_app.domain.offense import Offense
from intake_app.domain.text import Text
from intake_app.rulebook.check import check_path
from intake_app.rulebook.shelf import Shelf

HEAD = "id,en,es,statute,degree,nibrs,active_from,active_to\n"
EAST = (
    f"{HEAD}old,Old theft,Hurto viejo,1-1 (a),M2,23H,,2026-06-30\n"
    "new,New theft,Hurto nuevo,1-2,M1,23H,2026-07-01,\n"
)
WEST = f"{HEAD}tree,Tree cutting,Corte de árboles,9-9,F,290,,\n"
ROWS = question("acts", "rows") + (
    "[[sections.fields.columns]]\nid = 'offense'\ntype = 'choice'\nlabel = { en = 'Offense' }\n"
    "codes = 'offenses/east'\nrequired = true\n"
)
FORM = form(question("at", "date_time") + ROWS, '[facts]\noffense_at = "at"\n')
PROGRAM = '[program]\nid = "prog"\npathway = "walk"\nversion = "2"\nname = { en = "Prog" }\n'
TABLES = {"offenses/east.csv": EAST, "offenses/west.csv": WEST}


def answers(day: str, offense: str) -> dict[str, object]:
    return {"at": f"{day}T23:59:00-05:00", "acts": [{"~row": "1", "offense": offense}]}


def test_an_offense_is_chosen_by_words_and_statute() -> None:
    guide = guide_of(FORM, TABLES)
    column = guide.question("acts.offense")
    assert column is not None
    assert column.codes == "offenses/east"
    assert [c.label.said_in("en") for c in column.choices] == [
        "Old theft (1-1 (a))",
        "New theft (1-2)",
    ]
    assert not any(c.is_retired for c in column.choices)

    found = Offense(
        "old",
        Text({"en": "Old theft", "es": "Hurto viejo"}),
        "1-1 (a)",
        "M2",
        "23H",
        "",
        "2026-06-30",
    )
    assert guide.offense("old") == found
    assert guide.offenses()[0] == found
    assert guide.offense("tree") is None


@pytest.mark.parametrize(
    ("day", "offense", "words"),
    [
        ("2026-06-30", "old", ""),
        ("2026-07-01", "new", ""),
        ("2026-07-01", "old", "no longer in the law on Wednesday, July 1, 2026: it ended on"),
        ("2026-06-30", "new", "not in the law on Tuesday, June 30, 2026: it begins on Wednesday"),
    ],
)
def test_an_offense_must_have_been_law_on_the_day(day: str, offense: str, words: str) -> None:
    problems = guide_of(FORM, TABLES).problems(answers(day, offense))
    assert bool(problems) == bool(words)
    for problem in problems:
        assert (problem.field, problem.row, problem.column) == ("acts", 0, "offense")
        assert words in problem.message.said_in("en")
        assert "correct the day of the offense" in problem.message.said_in("en")
        assert "Elija otro delito" in problem.message.said_in("es")


def test_without_a_day_the_law_of_today_counts() -> None:
    guide = guide_of(FORM, TABLES)
    assert guide.problems({"acts": [{"offense": "old"}]})
    assert guide.problems({"acts": [{"offense": "new"}]}) == ()


@pytest.mark.parametrize("name", ["offense", '"acts.offense"'])
def test_a_program_takes_the_offenses_of_its_own_state(name: str) -> None:
    more = {**TABLES, "programs/prog.toml": f"{PROGRAM}[codes]\n{name} = 'offenses/west'\n"}
    guide = guide_of(FORM, more, "prog")
    assert [o.id for o in guide.offenses()] == ["tree"]
    assert guide.problems(answers("2026-07-01", "tree")) == ()
    assert guide.problems(answers("2026-07-01", "new"))


def test_a_draft_keeps_the_law_that_it_began_with(tmp_path: Path) -> None:
    library = library_in(tmp_path, {"walk.toml": FORM, **TABLES})
    guide = library.guide("walk")
    ref, sources = guide.form.ref, dict(guide.sources)
    library_in(tmp_path, {"offenses/east.csv": EAST.replace("1-2", "1-3")})
    now, then = library.offense("walk", "new"), library.guide_from(ref, sources).offense("new")
    assert now is not None
    assert then is not None
    assert (now.statute, then.statute) == ("1-3", "1-2")
    assert library.offense("walk", "nothing") is None
    assert library.offense("nowhere", "new") is None


BROKEN = [
    ("id,en,es\n", 1, "the first line must name the columns: statute, degree, nibrs"),
    (HEAD + "a b,A,B,1,M,23H,,\n", 2, '"a b" is no id'),
    (HEAD + "a,A,B,1,M,23H,,\na,A,B,1,M,23H,,\n", 3, 'the id "a" stands here twice'),
    (HEAD + "a,,B,1,M,23H,,\n", 2, '"a" has no English words'),
    (HEAD + "a,A,B,,M,23H,,\n", 2, '"a" has no statute'),
    (HEAD + "a,A,B,1,M,theft,,\n", 2, '"a" needs a NIBRS code'),
    (HEAD + "a,A,B,1,M,23H,July,\n", 2, '"active_from" must be a date'),
    (HEAD + "a,A,B,1,M,23H,2026-07-01,2026-06-30\n", 2, '"a" ends before it begins'),
    (HEAD + "a,A, and more,B,1,M,23H,,,\n", 2, "more cells than columns"),
]


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN)
def test_a_bad_row_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    texts = {"walk.toml": FORM, **TABLES, "offenses/east.csv": text}
    said = library_in(tmp_path, texts).mistakes()
    named = f"offenses/east.csv:{line}: "
    assert any(m.startswith(named) and reason in m for m in said), said


def test_a_table_from_elsewhere_is_checked_as_what_it_is(tmp_path: Path) -> None:
    library_in(tmp_path, {"walk.toml": FORM, **TABLES})
    shelf = Shelf(tmp_path / "forms", tmp_path / "resources")
    brought = tmp_path / "usb" / "north.csv"
    brought.parent.mkdir()
    for text, reasons in ((WEST, []), (f"{HEAD}a,A,B,,M,23H,,\n", ['"a" has no statute'])):
        brought.write_text(text, encoding="utf-8")
        assert [m.reason for m in check_path(brought, shelf, SETTING)] == reasons


def test_negative_control_good_tables_have_no_mistake(tmp_path: Path) -> None:
    assert library_in(tmp_path, {"walk.toml": FORM, **TABLES}).mistakes() == ()


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (
            "offense = 'offenses/moon'",
            "(resources/offenses/moon.csv)",
        ),
        ("offense = 'offenses/../x'", "there is no code table"),
        ("colour = 'offenses/west'", 'there is no question "colour" with choices'),
        ("at = 'offenses/west'", 'the question "at" has no code table to change'),
    ],
)
def test_a_table_that_cannot_be_taken_is_named(tmp_path: Path, lines: str, reason: str) -> None:
    texts = {"walk.toml": FORM, **TABLES, "programs/prog.toml": f"{PROGRAM}[codes]\n{lines}\n"}
    said = library_in(tmp_path, texts).mistakes()
    assert any(m.startswith("programs/prog.toml:7: ") and reason in m for m in said), said


def test_a_code_says_whether_it_needs_words(tmp_path: Path) -> None:
    table = "id,en,standard,needs_text,measure\nother,Other,X 9,yes,\nhours,Hours,,,hours\n"
    library = library_in(tmp_path, {"codes/why.csv": table, "codes/bad.csv": "id,en\nq q,Q\n"})
    found = {c.id: (c.needs_text, c.standard, c.measure) for c in library.codes("why")}
    assert found == {"other": (True, "X 9", ""), "hours": (False, "", "hours")}
    assert library.codes("nowhere") == library.codes("../why") == library.codes("bad") == ()
    said = library_in(tmp_path, {"codes/why.csv": table.replace("yes", "maybe")}).mistakes()
    assert any('"needs_text" must be yes, no, or empty' in m for m in said)
