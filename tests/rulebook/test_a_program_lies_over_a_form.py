"""A program hides, orders, renames, adds and moves, and its pathway stays as it is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_forms import AGENCY, form, guide_of, library_in, question

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import FormMissing
from intake_app.rulebook.setting import Setting

BASE = form(
    question("a", more="required = true\nlater = true") + question("b") + question("c")
    + '[[sections]]\nid = "two"\ntitle = { en = "Two" }\n'
    + question("d", more="show_when = 'b == \"x\"'") + question("e")
    + '[[sections]]\nid = "three"\ntitle = { en = "Three" }\n' + question("f")
    + "[[rules]]\nid = 'base'\nforce = 'hard'\nwhen = 'f == \"x\"'\nmessage = { en = 'M' }\n",
    'papers = ["letter", "card"]\n',
)  # fmt: skip
PROGRAM = """
[program]
id = "prog"
pathway = "walk"
version = "7"
name = { en = "Prog", es = "Programa" }
starts = "2026-01-01"
ends = "2026-12-31"
papers = ["pledge"]
hide = ["b", "three"]
order = ["new", "two"]
required = ["c"]
optional = ["a"]

[relabel.c]
label = { en = "Other c" }
hint = { en = "A hint" }
[relabel.two]
title = { en = "Second" }

[[add_sections]]
id = "new"
title = { en = "New" }
after = "one"
[[add_sections.fields]]
id = "n1"
type = "choice"
label = { en = "N1" }
codes = "shed"

[[add_fields]]
section = "two"
after = "d"
id = "n2"
type = "text"
label = { en = "N2" }

[move.e]
section = "one"
after = "a"
[move.a]
after = "c"

[[rules]]
id = "more"
force = "advisory"
when = "n2 == 'x'"
message = { en = "More" }

[[deadlines]]
id = "day"
label = { en = "Next day" }
hours = 24
"""


def test_all_that_a_program_says_is_done() -> None:
    form = guide_of(BASE, {"programs/prog.toml": PROGRAM}, "prog").form
    assert {s.id: [f.id for f in s.fields] for s in form.sections} == {
        "new": ["n1"], "two": ["d", "n2"], "one": ["e", "c", "a"],
    }  # fmt: skip
    assert [s.id for s in form.sections] == ["new", "two", "one"]
    c, a, e = (form.field(ident) for ident in "cae")
    assert c
    assert c.is_required
    assert c.label.said_in("en") == "Other c"
    assert c.hint
    assert a
    assert not a.is_required
    assert e
    assert e.section == "one"
    assert form.sections[1].title.said_in("en") == "Second"
    assert [r.id for r in form.rules] == ["base", "more"]
    assert form.papers == ("pledge",)
    assert (form.ref.id, form.ref.version, form.pathway) == ("prog", "1+7", "walk")
    assert form.program.said_in("es") == "Programa"


def test_conditions_over_hidden_questions_are_unknown_and_never_crash() -> None:
    guide = guide_of(BASE, {"programs/prog.toml": PROGRAM}, "prog")
    assert "d" not in guide.visible({"b": "x"})  # b is not asked in this program
    found = {f.rule.id: f.missing for f in guide.findings({"f": "x"}, "2026-11-23")}
    assert found["base"] == ("f",)


def test_a_required_question_is_no_longer_asked_later() -> None:
    text = PROGRAM.replace('required = ["c"]', 'required = ["a"]').replace('optional = ["a"]', "")
    field = guide_of(BASE, {"programs/prog.toml": text}, "prog").form.field("a")
    assert field
    assert field.is_required
    assert not field.is_later


def test_the_pathway_itself_stays_as_it_is() -> None:
    form = guide_of(BASE, {"programs/prog.toml": PROGRAM}).form
    assert [f.id for f in form.fields()] == ["a", "b", "c", "d", "e", "f"]
    assert form.ref.version == "1"


@pytest.mark.parametrize(("year", "count"), [(2025, 0), (2026, 1), (2027, 0)])
def test_a_program_is_offered_while_it_is_in_force(tmp_path: Path, year: int, count: int) -> None:
    setting = Setting.of(AGENCY, FixedClock(datetime(year, 6, 1, tzinfo=UTC)))
    texts = {
        "walk.toml": BASE,
        "programs/prog.toml": PROGRAM,
        "programs/alias.toml": PROGRAM,
        "programs/broken.toml": "[program",
        "programs/else.toml": PROGRAM.replace('"walk"', '"else"').replace('"prog"', '"else"'),
    }
    library = library_in(tmp_path, texts, setting)
    assert [ident for ident, _ in library.programs("walk")] == ["prog"] * count


def test_a_form_that_is_not_there_is_missing(tmp_path: Path) -> None:
    library = library_in(tmp_path, {"walk.toml": BASE})
    for ident in ("prog", "../walk", "", "Walk"):
        with pytest.raises(FormMissing):
            library.guide(ident)
