"""A paper and answers become a finished sheet; what is missing is left out."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_forms import SHED, form, library_in, question

from intake_app.domain.errors import PaperMissing
from intake_app.domain.paper import BlockType, Letterhead, Part, Sheet, SignatureLine
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.paper_words import fill


@dataclass(frozen=True)
class Frame:
    """What the service gives."""

    language: str = "en"
    letterhead: Letterhead = field(default=Letterhead("Pine Hollow Help Desk"))
    number: str = "PH-26-00017"
    day: str = "2026-11-23"
    staff: str = "M. Hale"
    replaces: str = ""
    is_sample: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    is_blank: bool = False
    figures: dict[str, list[Part]] = field(default_factory=dict)
    is_kept: bool = False


FORM = form(
    question("name") + question("born", "date") + question("color", "choices", 'codes = "shed"')
    + question("seen", "yes_no") + question("sign", "signature")
    + question("hidden", more="show_when = 'seen == \"yes\"'")
    + question("calls", "rows", 'columns = [{ id = "to", type = "text", label = { en = "To" } }, '
               '{ id = "bed", type = "yes_no", label = { en = "Bed" } }]'),
    'papers = ["note", "kids", "gone", "bad"]\n[facts]\nborn = "born"\n',
)  # fmt: skip
HEAD = (
    '[paper]\nid = "note"\nversion = "3"\naudience = "provider"\n'
    'title = { en = "Note", es = "Nota" }\n'
)
LEGAL = 'name = "{0}"\nversion = "5"\nstatus = "have counsel check"\ntext = {{ en = "{1}" }}\n'
BASE = {
    "walk.toml": FORM,
    "codes/shed.csv": SHED,
    "papers/kids.toml": HEAD.replace("note", "kids") + "show_when = 'age < 18'\n"
    '[[blocks]]\ntype = "heading"\ntext = { en = "Kids" }\n',
    "papers/bad.toml": HEAD,
    "legal/promise.toml": LEGAL.format(
        "promise", r"For {name}.\n\nOnly {hidden}.\n\nBy {agency_name}."
    ),
    "legal/no_arrest.toml": LEGAL.format("no_arrest", "No arrest."),
    "legal/broken.toml": "[",
}  # fmt: skip


def sheet_of(
    folder: Path, blocks: str, answers: dict[str, object], frame: Frame | None = None
) -> Sheet:
    library = library_in(folder, BASE | {"papers/note.toml": HEAD + blocks})
    return library.compose("note", library.guide("walk"), answers, frame or Frame())


def parts_of(
    folder: Path, block: str, answers: dict[str, object], language: str = "en"
) -> list[Part]:
    return list(sheet_of(folder, "[[blocks]]\n" + block, answers, Frame(language)).parts)


def test_the_frame_is_filled_with_fixed_words(tmp_path: Path) -> None:
    blocks = '[[blocks]]\ntype = "paragraph"\ntext = { en = "{today} {number} {staff_name}" }\n'
    frame = Frame("es", replaces="PH-26-00016", is_sample=True)
    sheet = sheet_of(tmp_path, blocks, {}, frame)
    assert sheet.title == "Nota"
    assert sheet.language == "es"
    assert sheet.page_words == "página {page} de {pages}"
    assert sheet.replaces == "Reemplaza al n.º PH-26-00016"
    assert sheet.sample_words == "MUESTRA"
    assert sheet.form_note == "note 3"
    assert sheet.number == "PH-26-00017"
    assert sheet.has_barcode
    assert sheet.parts[0].text == "lunes, 23 de noviembre de 2026 PH-26-00017 M. Hale"
    plain = sheet_of(tmp_path, blocks, {})
    assert (plain.replaces, plain.sample_words) == ("", "")


def test_a_missing_answer_leaves_no_stray_braces(tmp_path: Path) -> None:
    block = 'type = "paragraph"\ntext = { en = "Dear {name}, you chose {color}." }\n'
    assert parts_of(tmp_path, block, {})[:1] == []
    assert parts_of(tmp_path, block, {"name": "Jo"})[0].text == "Dear Jo, you chose."
    assert parts_of(tmp_path, block, {"color": ["red"]})[0].text == "Dear, you chose Red."


def test_an_answer_with_braces_is_not_read_again(tmp_path: Path) -> None:
    block = 'type = "paragraph"\ntext = { en = "Dear {name} of {agency_name}" }\n'
    part = parts_of(tmp_path, block, {"name": "{staff_name}"})[0]
    assert part.text == "Dear {staff_name} of Pine Hollow Police Department"


def test_an_answer_that_is_no_longer_asked_is_on_no_paper(tmp_path: Path) -> None:
    block = 'type = "facts"\nfields = ["hidden", "name"]\n'
    answers: dict[str, object] = {"hidden": "secret", "name": "Jo", "seen": "no"}
    assert parts_of(tmp_path, block, answers)[0].rows == (("The name", "Jo"),)
    shown = parts_of(tmp_path, block, answers | {"seen": "yes"})[0]  # negative control
    assert shown.rows == (("The hidden", "secret"), ("The name", "Jo"))
    assert parts_of(tmp_path, block, {}) == []


def test_blocks_and_items_stand_where_their_condition_is_true(tmp_path: Path) -> None:
    block = (
        'type = "bullets"\nitems = [{ text = { en = "A" }, show_when = "seen == \'yes\'" }, '
        '{ text = { en = "Name" }, field = "name" }, { field = "color" }]\n'
    )
    assert parts_of(tmp_path, block, {}) == []
    assert parts_of(tmp_path, block, {"seen": "yes", "name": "Jo", "color": ["red"]})[
        0
    ].bullets == ("A", "Name: Jo", "Red")
    whole = 'type = "heading"\nlevel = 1\ntext = { en = "H" }\nshow_when = "seen == \'yes\'"\n'
    assert parts_of(tmp_path, whole, {}) == []
    assert parts_of(tmp_path, whole, {"seen": "yes"})[0].level == 1


def test_boxes_are_ticked_by_condition_or_by_choice(tmp_path: Path) -> None:
    block = (
        'type = "choices"\nfields = ["color"]\nitems = [{ text = { en = "Seen" }, '
        'ticked_when = "seen == \'yes\'" }, { text = { en = "Other" } }]\n'
    )
    assert parts_of(tmp_path, block, {"seen": "yes", "color": ["red"]})[0].boxes == (
        ("Seen", True), ("Other", False), ("Red", True),
    )  # fmt: skip
    retired = parts_of(tmp_path, block, {"color": ["blue"]})[0].boxes
    assert retired[2:] == (("Red", False), ("Blue", True))


def test_a_signature_given_on_screen_is_on_the_paper(tmp_path: Path) -> None:
    block = (
        'type = "signatures"\nitems = [{ text = { en = "You" }, field = "sign" }, '
        '{ text = { en = "Staff" } }]\n'
    )
    strokes = [[[0, 0.5], [1, 1]], "x", [[1], ["a", 2]], []]
    given: dict[str, object] = {
        "how": "drawn",
        "name": "Jo",
        "strokes": strokes,
        "at": "2026-11-23",
    }
    assert parts_of(tmp_path, block, {"sign": given})[0].signatures == (
        SignatureLine("You", "Jo", (((0.0, 0.5), (1.0, 1.0)),), "Monday, November 23, 2026"),
        SignatureLine("Staff"),
    )
    assert parts_of(tmp_path, block, {})[0].signatures[0] == SignatureLine("You")
    by_field = 'type = "signatures"\nfields = ["sign", "no_such"]\n'
    paper: dict[str, object] = {"sign": {"how": "paper", "at": "2026-11-23T14:40:00-05:00"}}
    assert parts_of(tmp_path, by_field, paper, "es")[0].signatures == (
        SignatureLine(
            "El sign", "", (), "lunes, 23 de noviembre de 2026, 2:40 p. m.", "firmado en papel"
        ),
    )
    assert parts_of(tmp_path, 'type = "signatures"\nfields = ["no_such"]\n', {}) == []


def test_tables_show_rows_or_room_to_write(tmp_path: Path) -> None:
    rows: dict[str, object] = {"calls": [{"to": "A", "bed": "yes"}, {"to": "B"}]}
    part = parts_of(tmp_path, 'type = "table"\nfields = ["calls"]\n', rows)[0]
    assert (part.header, part.rows) == (("To", "Bed"), (("A", "Yes"), ("B", "")))
    part = parts_of(tmp_path, 'type = "table"\nlines = 1\nfields = ["calls", "calls.bed"]\n', rows)[
        0
    ]
    assert (part.header, part.rows) == (("Bed",), (("Yes",), ("",), ("",)))
    assert parts_of(tmp_path, 'type = "table"\nfields = ["calls"]\n', {}) == []
    assert parts_of(tmp_path, 'type = "table"\nfields = ["name"]\n', rows) == []
    by_hand = parts_of(tmp_path, 'type = "table"\nitems = [{ text = { en = "Day" } }]\n', {})[0]
    assert (by_hand.header, by_hand.rows) == (("Day",), (("",), ("",), ("",)))


def test_a_stub_holds_words_and_facts(tmp_path: Path) -> None:
    block = (
        'type = "stub"\ntext = { en = "Keep this." }\nfields = ["name"]\n'
        'items = [{ text = { en = "Call {neutral_phone}" } }]\n'
    )
    part = parts_of(tmp_path, block, {"name": "Jo"})[0]
    assert (part.text, part.bullets) == ("Keep this.", ("The name: Jo", "Call (304) 555-0199"))
    assert parts_of(tmp_path, 'type = "stub"\nfields = ["name"]\n', {}) == []


def test_room_to_write_stays_without_words(tmp_path: Path) -> None:
    part = parts_of(tmp_path, 'type = "space"\nlines = 4\n', {})[0]
    assert (part.type, part.text, part.lines) == (BlockType.SPACE, "", 4)


def test_a_legal_text_leaves_out_paragraphs_without_words(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, '[[blocks]]\ntype = "legal"\nlegal = "promise"\n', {"name": "Jo"})
    assert sheet.parts[0].text == "For Jo.\n\nBy Pine Hollow Police Department."
    assert sheet.form_note == "note 3, promise 5"
    for name in ("broken", "nowhere"):
        assert parts_of(tmp_path, f'type = "legal"\nlegal = "{name}"\n', {}) == []
    assert parts_of(tmp_path, 'type = "legal"\nlegal = "no_arrest"\n', {})[0].text == "No arrest."


def test_papers_are_offered_for_these_answers(tmp_path: Path) -> None:
    blocks = '[[blocks]]\ntype = "heading"\ntext = { en = "H" }\n'
    library = library_in(tmp_path, BASE | {"papers/note.toml": HEAD + blocks})
    guide = library.guide("walk")
    assert [p.id for p in library.papers(guide, {})] == ["note"]
    assert [p.id for p in library.papers(guide, {"born": "2010-01-01"})] == ["note", "kids"]
    for ident in ("gone", "bad", "../walk"):
        with pytest.raises(PaperMissing):
            library.compose(ident, guide, {}, Frame())


def test_the_agency_may_say_fixed_words_otherwise(tmp_path: Path) -> None:
    own = (
        'name = "paper_words"\nversion = "1"\ndate = "2026-11-23"\nstatus = "x"\n'
        '[words]\nsample = { en = "TRAINING" }\npage = "wrong"\n'
    )
    blocks = '[[blocks]]\ntype = "heading"\ntext = { en = "H" }\n'
    texts = BASE | {"papers/note.toml": HEAD + blocks, "legal/paper_words.toml": own}
    library = library_in(tmp_path, texts)
    sheet = library.compose("note", library.guide("walk"), {}, Frame(is_sample=True))
    assert sheet.sample_words == "TRAINING"
    assert sheet.page_words == "page {page} of {pages}"
    assert any(m.startswith("legal/paper_words.toml:7") for m in library.mistakes())
    (tmp_path / "resources/legal/paper_words.toml").write_text("[", "utf-8")
    again = FormLibrary(tmp_path / "forms", tmp_path / "resources", library._setting)
    sheet = again.compose("note", again.guide("walk"), {}, Frame(is_sample=True))
    assert sheet.sample_words == "SAMPLE"


@settings(deadline=None)
@given(
    st.text(alphabet="x .,\n!", max_size=20),
    st.dictionaries(st.sampled_from("ab"), st.text(max_size=8)),
)
def test_filling_leaves_no_place_unfilled(text: str, words: dict[str, str]) -> None:
    filled = fill(f"{text}{{a}}, {{b}}", words)
    rest = filled
    for said in words.values():
        assert not said or said in filled  # an answer stands there as it was given
        rest = rest.replace(said, "") if said else rest
    assert "{a}" not in rest
    assert "{b}" not in rest
    assert bool(filled) == any(words.values())


def test_negative_control_a_plain_format_would_leave_a_place_or_crash() -> None:
    with pytest.raises(KeyError):
        "Dear {a}, {b}".format_map({"a": "x"})
    assert fill("Dear {a}, {b}", {"a": "x"}) == "Dear x,"
