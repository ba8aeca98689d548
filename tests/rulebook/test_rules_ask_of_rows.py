"""A rule over rows with a missing cell says what is missing, and never guesses."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_forms import form, guide_of, library_in, question

from intake_app.rulebook.expression import Condition, Scope, Verdict

COLUMNS = (
    "[[sections.fields.columns]]\nid = 'kind'\ntype = 'choice'\nlabel = { en = 'Kind' }\n"
    "choices = [{ id = 'a', label = { en = 'A' } }, { id = 'b', label = { en = 'B' } }]\n"
    "[[sections.fields.columns]]\nid = 'size'\ntype = 'money'\nlabel = { en = 'Size' }\n"
)
CELL = st.sampled_from([None, "a", "b"])
ROWS = st.lists(st.fixed_dictionaries({"x": CELL, "y": CELL}), max_size=4)


def both(a: bool | None, b: bool | None) -> bool | None:
    return False if False in {a, b} else None if None in {a, b} else True


def either(a: bool | None, b: bool | None) -> bool | None:
    return True if True in {a, b} else None if None in {a, b} else False


def known(row: dict[str, str | None], cell: str, value: str) -> bool | None:
    return None if row[cell] is None else row[cell] == value


def exists(found: list[bool | None]) -> bool | None:
    return True if True in found else None if None in found else False


def every(found: list[bool | None]) -> bool | None:
    return False if False in found else None if None in found else True


def judge(text: str, rows: list[dict[str, str | None]], **more: object) -> Verdict:
    bare = [{k: v for k, v in row.items() if v is not None} for row in rows]
    return Scope({"rows": bare, **more}).judge(Condition.read(text))


@settings(deadline=None)
@given(ROWS)
def test_tests_over_rows_follow_the_logic_of_three_values(
    rows: list[dict[str, str | None]],
) -> None:
    xs = [known(r, "x", "a") for r in rows]
    ys = [known(r, "y", "b") for r in rows]
    inside = [either(x, y) for x, y in zip(xs, ys, strict=True)]
    assert judge('rows.exists(r, r.x == "a")', rows).holds is exists(xs)
    assert judge('rows.all(r, r.x == "a")', rows).holds is every(xs)
    assert judge('rows.exists(r, r.x == "a" || r.y == "b")', rows).holds is exists(inside)
    two = 'rows.exists(r, r.x == "a") && rows.all(s, s.y == "b")'
    assert judge(two, rows).holds is both(exists(xs), every(ys))
    assert judge(f'later == "1" || ({two})', rows, later="1").holds is True


@settings(deadline=None)
@given(ROWS)
def test_only_cells_that_are_missing_are_named(rows: list[dict[str, str | None]]) -> None:
    verdict = judge('rows.exists(r, r.x == "a") || rows.exists(s, s.y == "b")', rows)
    missing = {f"rows.{c}" for c in ("x", "y") if any(r[c] is None for r in rows)}
    assert set(verdict.missing) == (missing if verdict.holds is None else set())
    assert not verdict.is_broken


def test_negative_control_the_library_alone_stops_at_the_first_missing_cell() -> None:
    condition = Condition.read('rows.exists(r, r.x == "a")')
    rows = [{}, {"x": "a"}]
    assert Scope({"rows": rows}).judge(condition).holds is True
    with pytest.raises(KeyError):
        condition.program.execute({"rows": rows})


def test_without_any_rows_the_question_is_missing() -> None:
    condition = Condition.read('rows.exists(r, r.x == "a") && other == "1"')
    assert Scope({"other": "1"}).judge(condition) == Verdict(None, ("rows",))
    assert Scope({"other": "2"}).judge(condition).holds is False


def test_brackets_and_quotes_inside_do_not_confuse() -> None:
    text = 'rows.exists(r, r.x in ["a)", "("] || (r.y == ")")) && size(rows) > 1'
    assert judge(text, [{"x": None, "y": None}, {"x": "(", "y": None}]).holds is True


def test_words_against_numbers_are_broken_and_not_missing() -> None:
    assert judge("rows.exists(r, r.x > 3)", [{"x": "a", "y": None}]).is_broken


def test_a_cell_that_is_empty_counts_as_missing_in_a_form() -> None:
    rule = (
        "[[rules]]\nid = 'r'\nforce = 'hard'\nmessage = { en = 'M' }\n"
        "when = 'things.exists(t, t.kind == \"a\" && t.size > 100)'\n"
    )
    guide = guide_of(form(question("things", "rows", COLUMNS)) + rule)
    day = "2026-11-23"
    for row, holds, missing in (
        ({"kind": "a", "size": None}, None, ("things.size",)),
        ({"kind": "", "size": 200}, None, ("things.kind",)),
        ({"kind": "b", "size": None}, False, ()),
        ({"kind": "a", "size": 200}, True, ()),
    ):
        found = guide.findings({"things": [{"~row": "1", **row}]}, day)[0]
        assert (found.holds, found.missing) == (holds, missing)
    assert guide.findings({}, day)[0].missing == ("things",)


BROKEN = [
    ('things.exists(t, t.colour == "a")', 'names "things.colour", which is no column'),
    ('things.exists(other, other.kind == "a")', 'calls a row "other", which is the name of a'),
    ('things.exists(t, t.kind == "z")', 'names the answer "z", which "things.kind" does not'),
    ('things.exists(t, t.kind in ["a", "z"])', 'names the answer "z"'),
]


@pytest.mark.parametrize(("when", "reason"), BROKEN)
def test_a_rule_over_rows_that_cannot_work_is_named(tmp_path: Path, when: str, reason: str) -> None:
    rule = f"[[rules]]\nid = 'r'\nforce = 'hard'\nmessage = {{ en = 'M' }}\nwhen = '{when}'\n"
    text = form(question("things", "rows", COLUMNS) + question("other")) + rule
    assert any(reason in m for m in library_in(tmp_path, {"walk.toml": text}).mistakes())


def test_negative_control_a_good_rule_over_rows_has_no_mistake(tmp_path: Path) -> None:
    rule = (
        "[[rules]]\nid = 'r'\nforce = 'hard'\nmessage = { en = 'M' }\n"
        "when = 'things.exists(t, t.kind in [\"a\"] && t.size > 3)'\n"
    )
    text = form(question("things", "rows", COLUMNS)) + rule
    assert library_in(tmp_path, {"walk.toml": text}).mistakes() == ()
