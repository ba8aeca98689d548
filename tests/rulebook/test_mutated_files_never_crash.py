"""Whatever stands in a file: it is read, or its mistakes are named; nothing else ever happens."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_forms import SETTING, SHED, WORDS

from intake_app.domain.errors import FormMissing
from intake_app.domain.form import Answers
from intake_app.domain.paper import Letterhead
from intake_app.rulebook.builder import build_guide
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.mistake import Mistake, Mistaken
from intake_app.rulebook.paper_reader import read_paper
from intake_app.rulebook.toml_source import TomlSource
from intake_app.services.needs.everyday import Frame
from intake_app.settings.resources import path

FORM = path("forms", "self_referral.toml").read_text("utf-8")
PROGRAM = path("forms", "programs", "safe_passages.toml").read_text("utf-8")
PAPER = path("forms", "papers", "referral_letter_provider.toml").read_text("utf-8")
CODES = {f"codes/{p.name}": p.read_text("utf-8") for p in path("resources", "codes").glob("*.csv")}
PIECES = [
    "[", "]", "[[sections]]\n", "[[sections.fields]]\n", '"', "'", "= ", "\n", "true", "3", "{",
    "}", "show_when = 'a'\n", "id = 1\n", "\x00", "é", "2026-11-23", "[form]\n",
    "columns = []\n", ",",
]  # fmt: skip


def mutated(text: str, seed: int) -> str:
    """The text with a few cuts, doublings and pieces put in."""
    dice = random.Random(seed)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(text) + 1)
        until = min(len(text), at + dice.choice((1, 3, 20, 400)))
        text = dice.choice((
            text[:at] + text[until:],
            text[:until] + text[at:],
            text[:at] + dice.choice(PIECES) + text[at:],
        ))  # fmt: skip
    return text


def use(guide: FormGuide, answers: Answers) -> None:
    """Ask the guide all that the window asks."""
    guide.problems(answers)
    guide.findings(answers, "2026-11-23")
    guide.kept(answers)
    guide.owed(answers, "2026-11-23T14:40:00-05:00")
    guide.may_finish_now(answers)


def outcome(ident: str, texts: dict[str, str]) -> list[Mistake]:
    """The mistakes; none where a guide was made, which then works."""
    try:
        guide = build_guide(ident, {**CODES, **texts}.get, WORDS, SETTING)
    except Mistaken as error:
        return list(error.mistakes)
    if guide is not None:
        answers = {f.id: "x" for f in guide.form.fields()}
        use(guide, answers)
    return []


@pytest.mark.parametrize("seed", range(60))
def test_a_mutated_form_or_program_only_has_mistakes(seed: int) -> None:
    texts = {"self_referral.toml": FORM, "programs/safe_passages.toml": PROGRAM}
    name = ("self_referral.toml", "programs/safe_passages.toml")[seed % 2]
    found = outcome("safe_passages", texts | {name: mutated(texts[name], seed)})
    assert all(m.line >= 1 and m.reason and m.file in {*texts, *CODES} for m in found)


@pytest.mark.parametrize("seed", range(60))
def test_a_mutated_paper_only_has_mistakes(seed: int) -> None:
    mistakes: list[Mistake] = []
    text = mutated(PAPER, seed)
    try:
        read_paper(TomlSource("papers/referral_letter_provider.toml", text), mistakes)
    except Mistaken as error:
        mistakes += error.mistakes
    assert all(1 <= m.line <= text.count("\n") + 1 for m in mistakes)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_form_or_has_mistakes(text: str) -> None:
    head = '[form]\nid = "walk"\npathway = "walk"\nversion = "1"\ntitle = { en = "W" }\n'
    for form in (text, head + text):
        found = outcome("walk", {"walk.toml": form, "codes/shed.csv": SHED})
        assert all(m.line >= 1 for m in found)
        assert found  # it has no sections at least


@settings(
    deadline=None, max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.binary(max_size=300))
def test_any_bytes_in_any_file_leave_the_library_working(tmp_path: Path, data: bytes) -> None:
    for name in ("walk.toml", "programs/walk2.toml", "papers/note.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    library = FormLibrary(tmp_path, path("resources"), SETTING)
    assert library.mistakes()
    assert library.programs("walk") == ()
    for ident in ("walk", "walk2"):
        with pytest.raises(FormMissing):
            library.guide(ident)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=4), inside, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


@pytest.fixture(scope="module")
def real() -> FormLibrary:
    """The library of the real files."""
    return FormLibrary(path("forms"), path("resources"), SETTING)


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_any_answers_are_judged_shown_and_printed(real: FormLibrary, data: st.DataObject) -> None:
    guide = real.guide("self_referral")
    idents = [f.id for f in guide.form.fields()]
    answers = data.draw(st.dictionaries(st.sampled_from(idents), JSON, max_size=12))
    answers["who_for"] = "myself"
    use(guide, answers)
    assert all(isinstance(guide.shown(i, v, "es"), str) for i, v in answers.items())
    frame = Frame("en", Letterhead("X"), "N-1", "2026-11-23", "M. Hale")
    for paper in guide.form.papers:
        assert real.compose(paper, guide, answers, frame).title


def test_negative_control_the_same_check_sees_a_good_form_and_a_bad_one() -> None:
    assert outcome("self_referral", {"self_referral.toml": FORM}) == []
    bad = outcome(
        "self_referral", {"self_referral.toml": FORM.replace('who_for"\ntype', 'Q"\ntype')}
    )
    assert bad
