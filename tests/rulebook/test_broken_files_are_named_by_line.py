"""Each mistake in a file is named with its line and its reason; doubts do not stop a form."""

from pathlib import Path

import pytest
from small_forms import HEAD, SETTING, SHED, form, library_in, question

from intake_app.domain.errors import FormMissing
from intake_app.rulebook.builder import Build
from intake_app.rulebook.check import check_path
from intake_app.rulebook.mistake import Mistaken
from intake_app.rulebook.shelf import Shelf

GOOD = form(question("name") + question("color", "choice", 'codes = "shed"'))

BROKEN = [
    ("[form\n", 1, "this is not TOML"),
    ('[form]\nid = "walk"\nid = "walk"\n', 3, "this is not TOML"),
    ("x = " + "[" * 3000 + "]" * 3000, 1, "too many brackets"),
    ("", 1, "[form] is missing"),
    ("form = 3\n", 1, '"form" must be written as [form]'),
    (HEAD, 1, "the form has no [[sections]]"),
    (HEAD + "sections = 3\n", 6, '"sections" is not known here'),
    ("sections = 3\n" + HEAD, 1, '"sections" must be written as [[sections]]'),
    (HEAD.replace('version = "1"', "version = 1"), 4, '"version" must be a text in quotes'),
    (HEAD.replace('version = "1"', ""), 1, '"version" is missing'),
    (HEAD.replace('id = "walk"', 'id = "stroll"'),
     2, 'the id must be the name of the file: "walk"'),
    (HEAD.replace('pathway = "walk"', 'pathway = "run"'), 3, 'the pathway must be the name of'),
    (HEAD.replace('en = "Walk"', 'es = "Paseo"'), 5, '"title" has no English words'),
    (HEAD.replace('{ en = "Walk" }', '"Walk"'), 5, '"title" must give its words by language'),
    (HEAD + "quick_exit = 'a =='\n", 6, 'the condition "quick_exit" cannot be read'),
    (form("", 'papers = "a"\n'), 6, '"papers" must be a list of texts'),
    (form("", "papers = [1]\n"), 6, '"papers" must hold texts only'),
    (form("", 'papers = ["nowhere"]\n'), 6, 'there is no paper "nowhere"'),
    (form("", '[facts]\nborn = "birth"\n'), 7, 'there is no question "birth"'),
    (form(question("name", more='requird = true')), 13, 'did you mean "required"?'),
    (form(question("name", more='required = "yes"')), 13, '"required" must be true or false'),
    (form(question("name", "txt")), 11, '"type" cannot be "txt"; did you mean "text"?'),
    (form(question("name") + question("name")), 15, 'the id "name" is used twice: first in walk'),
    (form(question("one")), 10, 'the id "one" is used twice'),
    (form(question("First Name")), 10, '"First Name" is no id'),
    (form(question("age")), 10, 'the id "age" is taken'),
    (form(question("number")), 10, 'the id "number" is taken'),
    (form(question("a", "choice", 'codes = "cars"')), 13, 'there is no code table "cars"'),
    (form(question("a", "choice", 'codes = "../x"')), 13, "there is no code table"),
    (form(question("a", "choice")), 9, 'give either "codes" or "choices"'),
    (form(question("a", "text", 'codes = "shed"')), 9, 'a question of type "text" has no choices'),
    (form(question("a", "choice", 'choices = [\n{ id = "b", label = { en = "B" } },\n'
                   '{ id = "b", label = { en = "C" } },\n]')), 15, 'the choice "b" is there twice'),
    (form(question("a", "choice", "choices = [3]")), 13, '"choices" must hold tables only'),
    (form(question("a", "rows")), 9, 'a question of type "rows" needs'),
    (form(question("a", "text", 'columns = [{ id = "b", type = "text", label = { en = "B" } }]')),
     13, 'only a question of type "rows" has columns'),
    (form(question("a", "rows", 'columns = [{ id = "b", type = "rows", label = { en = "B" } }]')),
     13, 'a column cannot be of type "rows"'),
    (form(question("a", "text", 'units = ["g"]')),
     13, 'only a question of type "number" has units'),
    (form(question("a", "number", 'units = ["g"]\nunit_words = { oz = { en = "ounces" } }')),
     14, '"oz" is none of the "units"'),
    (form(question("a", "number", 'units = ["pill"]\nunit_words = { pill = { es = "pastilla" } }')),
     14, '"pill" has no English words'),
    (form(question("a", "statement")), 9, 'a statement needs the "version" of its words'),
    (form(question("a", "text", 'message = { en = "Mend it." }')),
     13, 'a "message" but no "check"'),
    (form(question("a", "date", 'default = "soon"')), 13, 'the "default" is no answer'),
    (form(question("a", "text", 'hint = { english = "A" }')), 13, "is no language with words"),
    (form(question("a", "text", "show_when = 'b =='")), 13, "cannot be read: at letter"),
    (form(question("a", "text", "show_when = 'b == \"x\"'")),
     13, 'names "b", which is no question'),
    (form(question("a", "text", "check = 'shout(a)'")), 13, 'calls "shout", which is not known'),
    (form(question("a", "text", "check = 'agency.mood == \"\"'")), 13, "asks for agency.mood"),
    (form(question("a", "text", "check = 'age > 17'")), 13, "needs an age"),
    (form(question("a", "text", "show_when = 'a == \"x\"'")), 13, "wait for one another: a"),
    (form(question("a", "text", "show_when = 'b != \"\"'")
          + question("b", "text", "show_when = 'a != \"\"'")), 13, "wait for one another: a, b"),
    (form(question("a") + "[[rules]]\nid = 'r'\nforce = 'soft'\nwhen = 'a != \"\"'\n"
          "message = { en = 'M' }\n"), 16, '"force" cannot be "soft"'),
    (form(question("a") + "[[rules]]\nid = 'r'\nforce = 'hard'\nwhen = 'a != \"\"'\n"
          "message = { en = 'M' }\nstarts = '1/2/2026'\n"), 19, '"starts" must be a date like'),
    (form(question("a") + "[[deadlines]]\nid = 'd'\nlabel = { en = 'D' }\n"), 14,
     'a deadline needs either "hours" or "days"'),
    (form(question("a") + "[[deadlines]]\nid = 'd'\nlabel = { en = 'D' }\nhours = 2\n"
          "business = true\n"),
     18, '"business" goes with "days"'),
    (form(question("a") + "[[deadlines]]\nid = 'd'\nlabel = { en = 'D' }\nhours = -2\n"), 17,
     '"hours" must be a whole number'),
]  # fmt: skip

DOUBTS = [
    (form(question("a", "text", "required = true\nlater = true")), 14, "exclude each other"),
    (form(question("a") + question("b", more="check = 'a > 3'")), 18, "things that do not fit"),
    (form(question("a", "choice", 'codes = "shed"')
          + question("b", more="show_when = 'a == \"x\"'")),
     18, 'names the answer "x", which "a" does not have'),
    (form(question("a", "choices", 'codes = "shed"')
          + question("b", more="show_when = '\"x\" in a'")),
     18, 'names the answer "x"'),
    (form(question("a", "yes_no") + question("b", more="show_when = 'a in [\"yes\", \"si\"]'")),
     18, 'names the answer "si"'),
]  # fmt: skip


def mistakes_in(folder: Path, texts: dict[str, str]) -> list[str]:
    library = library_in(folder, {"codes/shed.csv": SHED, **texts})
    return list(library.mistakes())


def test_negative_control_a_good_form_has_no_mistake(tmp_path: Path) -> None:
    assert mistakes_in(tmp_path, {"walk.toml": GOOD}) == []


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN + DOUBTS)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    said = mistakes_in(tmp_path, {"walk.toml": text})
    assert any(m.startswith(f"walk.toml:{line}: ") and reason in m for m in said), said


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN)
def test_a_form_with_a_mistake_is_missing(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    library = library_in(tmp_path, {"codes/shed.csv": SHED, "walk.toml": text, "ok.toml": GOOD})
    if "there is no paper" in reason:
        assert library.guide("walk")  # the form can be used without that paper
        return
    with pytest.raises(FormMissing):
        library.guide("walk")


@pytest.mark.parametrize(("text", "line", "reason"), DOUBTS)
def test_a_form_with_a_doubt_can_be_used(tmp_path: Path, text: str, line: int, reason: str) -> None:
    assert library_in(tmp_path, {"codes/shed.csv": SHED, "walk.toml": text}).guide("walk")


PROGRAM = '[program]\nid = "prog"\npathway = "walk"\nversion = "2"\nname = { en = "Prog" }\n'
BASE = form(question("a") + question("b")) + '[[sections]]\nid = "two"\ntitle = { en = "Two" }\n'

BROKEN_PROGRAMS = [
    (PROGRAM.replace('"walk"', '"run"'), 3, "there is no form for its pathway (forms/run.toml)"),
    (PROGRAM.replace('"prog"', '"pro"'), 2, 'the id must be the name of the file: "prog"'),
    (PROGRAM.replace('name = { en = "Prog" }\n', ""), 1, '"name" is missing'),
    (PROGRAM + 'hide = ["a",\n"z"]\n', 7, 'there is no section or question "z" to hide'),
    (PROGRAM + 'order = ["z"]\n', 6, 'there is no section "z"'),
    (PROGRAM + 'required = ["z"]\n', 6, 'there is no question "z"'),
    (PROGRAM + 'optional = ["z"]\n', 6, 'there is no question "z"'),
    (PROGRAM + 'starts = "never"\n', 6, '"starts" must be a date like'),
    (PROGRAM + 'colour = "red"\n', 6, '"colour" is not known here'),
    (PROGRAM + '[relabel.z]\nlabel = { en = "Z" }\n', 6, '"z" to relabel'),
    (PROGRAM + '[relabel.a]\ntitle = { en = "Z" }\n', 6, 'a section has "title" and "help"'),
    (PROGRAM + '[relabel.a]\nlabl = { en = "Z" }\n', 7, 'did you mean "label"?'),
    (PROGRAM + "[relabel]\na = 3\n", 7, '"a" must be written as [a]'),
    (PROGRAM + '[move.z]\nsection = "two"\n', 6, 'there is no question "z" to move'),
    (PROGRAM + '[move.a]\nsection = "six"\n', 7, 'there is no section "six"'),
    (PROGRAM + '[move.a]\nsection = "two"\nafter = "b"\n',
     8, 'no question "b" in the section "two"'),
    (PROGRAM + '[[add_fields]]\nid = "c"\ntype = "text"\nlabel = { en = "C" }\n', 6,
     '"section" is missing'),
    (PROGRAM + '[[add_fields]]\nid = "a"\ntype = "text"\nlabel = { en = "C" }\n'
     'section = "two"\n', 7,
     'the id "a" is used twice: first in walk.toml, line 10'),
    (PROGRAM + '[[add_fields]]\nid = "c"\ntype = "text"\nlabel = { en = "C" }\nsection = "two"\n'
     "show_when = 'zz == 1'\n", 11, 'names "zz", which is no question'),
    (PROGRAM + '[[add_sections]]\nid = "s"\ntitle = { en = "S" }\nafter = "q"\n', 9,
     'there is no section "q"'),
    (PROGRAM + '[[add_sections]]\ntitle = { en = "S" }\n', 6, '"id" is missing'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN_PROGRAMS)
def test_a_mistake_of_a_program_is_named_and_its_pathway_goes_on(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    library = library_in(tmp_path, {"walk.toml": BASE, "programs/prog.toml": text})
    said = library.mistakes()
    assert any(m.startswith(f"programs/prog.toml:{line}: ") and reason in m for m in said), said
    assert library.guide("walk")
    with pytest.raises(FormMissing):
        library.guide("prog")


BROKEN_CODES = [
    ("id,es\n", 1, "must name the columns: en"),
    ("", 1, "must name the columns: id, en"),
    ("id,en\na b,A\n", 2, '"a b" is no id'),
    ("id,en\na,A\na,B\n", 3, 'the id "a" stands here twice'),
    ("id,en\na,\n", 2, '"a" has no English words'),
    ("id,en\na,A, and B\n", 2, "more cells than columns"),
    ("id,en,active_to\na,A,soon\n", 2, '"active_to" must be a date'),
    ("id,en\na," + "A" * 200_000, 1, "this is not CSV"),
]


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN_CODES)
def test_a_mistake_of_a_code_table_is_named(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    said = mistakes_in(tmp_path, {"codes/shed.csv": text})
    assert any(m.startswith(f"codes/shed.csv:{line}: ") and reason in m for m in said), said


PAPER = '[paper]\nid = "note"\nversion = "1"\ntitle = { en = "Note" }\naudience = "provider"\n'
BLOCK = '[[blocks]]\ntype = "paragraph"\ntext = { en = "Hello {name}" }\n'

BROKEN_PAPERS = [
    (PAPER, 1, "the paper has no [[blocks]]"),
    (PAPER.replace('"note"', '"not"') + BLOCK, 2, "the id must be the name of the file"),
    (PAPER.replace('"note"', '"No Te"') + BLOCK, 2, "is no id"),
    (PAPER.replace("provider", "press") + BLOCK, 5, '"audience" cannot be "press"'),
    (PAPER + 'size = "huge"\n' + BLOCK, 6, '"size" cannot be "huge"'),
    (PAPER + "show_when = 'name =='\n" + BLOCK, 6, "cannot be read"),
    (PAPER + "show_when = 'cry(name)'\n" + BLOCK, 6, 'calls "cry"'),
    (PAPER + BLOCK.replace("{name}", "{name"), 8, "holds no name"),
    (PAPER + BLOCK.replace("{name}", "{nobody}"), 8, 'names "nobody", which is no question'),
    (PAPER + BLOCK + "colour = 3\n", 9, '"colour" is not known here'),
    (PAPER + '[[blocks]]\ntype = "paragraph"\n', 6, '"text" is missing'),
    (PAPER + '[[blocks]]\ntype = "legal"\n', 6, '"legal" is missing'),
    (PAPER + '[[blocks]]\ntype = "legal"\nlegal = "magna"\n', 8, 'there is no legal text "magna"'),
    (PAPER + '[[blocks]]\ntype = "facts"\n', 6, 'needs "fields"'),
    (PAPER + '[[blocks]]\ntype = "bullets"\n', 6, 'needs "items"'),
    (PAPER + '[[blocks]]\ntype = "choices"\n', 6, 'needs "items" or "fields"'),
    (PAPER + '[[blocks]]\ntype = "space"\n', 6, 'needs "lines"'),
    (PAPER + '[[blocks]]\ntype = "chart"\n', 7, '"type" cannot be "chart"'),
    (PAPER + '[[blocks]]\ntype = "figures"\n', 6, 'needs "source"'),
    (PAPER + '[[blocks]]\ntype = "table"\nsource = "figures"\n', 8, 'block of type "figures"'),
    (PAPER + '[[blocks]]\ntype = "bullets"\nitems = [{ show_when = "true" }]\n', 8,
     'an item needs a "text" or a "field"'),
    (PAPER + '[[blocks]]\ntype = "facts"\nfields = ["color.nothing"]\n',
     8, 'names "color.nothing"'),
    ("[[paper]]\n", 1, '"paper" must be written as [paper]'),
    ("[paper\n", 1, "this is not TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN_PAPERS)
def test_a_mistake_of_a_paper_is_named(tmp_path: Path, text: str, line: int, reason: str) -> None:
    said = mistakes_in(tmp_path, {"walk.toml": GOOD, "papers/note.toml": text})
    assert any(m.startswith(f"papers/note.toml:{line}: ") and reason in m for m in said), said


def test_negative_control_a_good_paper_has_no_mistake(tmp_path: Path) -> None:
    assert mistakes_in(tmp_path, {"walk.toml": GOOD, "papers/note.toml": PAPER + BLOCK}) == []


LEGAL = 'name = "magna"\nversion = "1"\nstatus = "have counsel check"\ntext = { en = "Free." }\n'

BROKEN_LEGAL = [
    (LEGAL.replace("magna", "charta"), 1, "the name must be the name of the file"),
    (LEGAL.replace("magna", "Magna!"), 1, "is no name"),
    (LEGAL.replace("Free", "Free {"), 4, "a brace stands there"),
    (LEGAL + 'date = "1215"\n', 5, '"date" must be a date'),
    ("name\n", 1, "this is not TOML"),
]


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN_LEGAL)
def test_a_mistake_of_a_legal_text_is_named(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    said = mistakes_in(tmp_path, {"legal/magna.toml": text})
    assert any(m.startswith(f"legal/magna.toml:{line}: ") and reason in m for m in said), said


def test_letters_that_are_not_utf8_are_named_with_their_line(tmp_path: Path) -> None:
    library = library_in(tmp_path, {"walk.toml": GOOD, "codes/shed.csv": SHED})
    for name in ("forms/bad.toml", "resources/codes/bad.csv", "resources/legal/bad.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"a = 1\nb = '\xff'\n")
    said = library.mistakes()
    assert [m.split(": ")[0] for m in said] == ["bad.toml:2", "codes/bad.csv:2", "legal/bad.toml:2"]
    assert library.guide("walk")


def test_a_file_longer_than_a_form_can_be_is_refused() -> None:
    build = Build({"walk.toml": GOOD + "#" * 1_000_000}.get, SETTING.today())
    with pytest.raises(Mistaken):
        build.parts("walk")


def test_one_file_or_folder_can_be_checked_alone(tmp_path: Path) -> None:
    texts = {"walk.toml": "[form\n", "programs/prog.toml": "[program\n", "codes/shed.csv": ""}
    library_in(tmp_path, texts)
    shelf = Shelf(tmp_path / "forms", tmp_path / "resources")
    files = {"forms/programs": 1, "forms/walk.toml": 1, "forms": 2, "resources": 1, ".": 3}
    for place, count in files.items():
        assert len(check_path(tmp_path / place, shelf, SETTING)) == count, place
    with pytest.raises(FileNotFoundError):
        check_path(tmp_path / "x", shelf, SETTING)
