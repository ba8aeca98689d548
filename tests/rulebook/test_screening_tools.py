"""Screening tools are files: each scores as its authors say, and no rule knows them."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_forms import SETTING, form, library_in, question

from intake_app.domain.screening import Outcome
from intake_app.rulebook.check import check_path
from intake_app.rulebook.screening_reader import ScreeningTool, read_screening
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_source import TomlSource
from intake_app.settings import resources

if TYPE_CHECKING:
    from intake_app.rulebook.mistake import Mistake

FOLDER = resources.path("forms", "screenings")
FILES = sorted(FOLDER.rglob("*.toml"))
SEXES = ("male", "female", "")
SMALL = """[screening]
id = "small"
version = "1"
date = "2026-11-01"
title = { en = "Small" }
source = "nowhere"
license = "public domain"
score = "a"
most = 1

[[items]]
id = "a"
text = { en = "A?" }
choices = [
  { id = "yes", label = { en = "Yes" }, points = 1 },
  { id = "no", label = { en = "No" }, points = 0 },
]

[[bands]]
outcome = "positive"
when = "score == 1"
words = { en = "Yes." }

[[bands]]
outcome = "negative"
words = { en = "No." }
"""
NO = '  { id = "no", label = { en = "No" }, points = 0 },\n'


def named(path: Path) -> str:
    return f"screenings/{path.relative_to(FOLDER).as_posix()}"


def read(path: Path) -> ScreeningTool:
    mistakes: list[Mistake] = []
    found = read_screening(TomlSource(named(path), path.read_text("utf-8")), mistakes)
    assert not mistakes
    assert found is not None
    return found


TOOLS = {path.stem: read(path) for path in FILES}


def test_two_tools_are_shipped_on_and_three_as_packs() -> None:
    on = {name for name, tool in TOOLS.items() if not tool.screening.is_pack}
    assert on == {"audit_c", "cage_aid"}
    assert set(TOOLS) - on == {"bjmhs", "ssi_sa", "ahc_hrsn"}


@pytest.mark.parametrize("name", TOOLS)
def test_each_tool_says_where_it_comes_from_and_speaks_both_languages(name: str) -> None:
    tool = TOOLS[name].screening
    assert tool.source
    assert tool.license
    assert tool.date
    texts = [tool.title, *(i.text for i in tool.items), *(b.words for b in tool.bands)]
    texts += [choice.label for item in tool.items for choice in item.choices]
    assert all({"en", "es"} <= set(text.by_language) for text in texts)
    assert "not validated" in tool.translations["es"].said_in("en")


def test_the_permission_for_cage_aid_goes_with_it() -> None:
    assert "Richard Brown, MD" in TOOLS["cage_aid"].screening.credit.said_in("en")


# --- scores, against an oracle that knows the tools' own rules and nothing of the files ----------


def all_answers(tool: ScreeningTool) -> Iterator[dict[str, str]]:
    names = [item.id for item in tool.screening.items]
    choices = [[choice.id for choice in item.choices] for item in tool.screening.items]
    for picked in itertools.product(*choices):
        yield dict(zip(names, picked, strict=True))


def places(tool: ScreeningTool, answers: Mapping[str, str]) -> list[int]:
    """Which answer was chosen of each question, counted from 0."""
    return [
        [choice.id for choice in item.choices].index(answers[item.id])
        for item in tool.screening.items
    ]


def test_audit_c_scores_each_of_its_answers_by_its_place() -> None:
    tool = TOOLS["audit_c"]
    for answers in all_answers(tool):
        score = sum(places(tool, answers))
        men, women = score >= 4, score >= 3
        for sex, wanted in (("male", {men}), ("female", {women}), ("", {men, women})):
            result = tool.judge(answers, sex)
            assert result.score == score
            both = {Outcome.POSITIVE if is_so else Outcome.NEGATIVE for is_so in wanted}
            assert result.outcome is (both.pop() if len(both) == 1 else Outcome.DEPENDS)
            assert {line.sex for line in result.lines} == ({sex} if sex else {"male", "female"})


def test_cage_aid_is_positive_from_one_yes() -> None:
    tool = TOOLS["cage_aid"]
    for answers in all_answers(tool):
        score = list(answers.values()).count("yes")
        result = tool.judge(answers)
        assert result.score == score
        assert result.outcome is (Outcome.POSITIVE if score else Outcome.NEGATIVE)


def test_bjmhs_refers_for_medication_hospital_two_symptoms_or_a_concern() -> None:
    tool = TOOLS["bjmhs"]
    for answers in all_answers(tool):
        said = [answer == "yes" for answer in answers.values()]
        symptoms, (medication, hospital, concern) = said[:6], said[6:]
        refers = medication or hospital or concern or sum(symptoms) >= 2
        result = tool.judge(answers)
        assert result.score == sum(symptoms)
        assert result.outcome is (Outcome.POSITIVE if refers else Outcome.NEGATIVE)


@given(st.lists(st.booleans(), min_size=16, max_size=16))
def test_ssi_sa_leaves_out_its_first_and_fifteenth_question(said: list[bool]) -> None:
    tool = TOOLS["ssi_sa"]
    names = [item.id for item in tool.screening.items]
    answers = {n: "yes" if yes else "no" for n, yes in zip(names, said, strict=True)}
    score = sum(said) - said[0] - said[14]
    result = tool.judge(answers)
    assert result.score == score
    assert result.outcome is (Outcome.POSITIVE if score >= 4 else Outcome.NEGATIVE)


@given(st.data())
def test_ahc_hrsn_counts_needs_in_five_domains(data: st.DataObject) -> None:
    tool = TOOLS["ahc_hrsn"]
    items = {item.id: [choice.id for choice in item.choices] for item in tool.screening.items}
    answers: dict[str, str | list[str]] = {
        name: data.draw(st.sampled_from(choices)) for name, choices in items.items()
    }
    answers["home"] = data.draw(st.lists(st.sampled_from(items["home"]), min_size=1, unique=True))
    harm = sum(
        ["never", "rarely", "sometimes", "fairly_often", "frequently"].index(str(answers[n])) + 1
        for n in ("hurt", "insult", "threaten", "scream")
    )
    needs = [
        answers["living"] != "steady" or answers["home"] != ["none"],
        (answers["food_worry"], answers["food_last"]) != ("never", "never"),
        answers["rides"] == "yes",
        answers["bills"] != "no",
        harm >= 11,
    ]
    result = tool.judge(answers)
    assert result.score == sum(needs)
    assert result.outcome is (Outcome.POSITIVE if any(needs) else Outcome.NEGATIVE)


@pytest.mark.parametrize("name", TOOLS)
def test_a_missing_or_unknown_answer_is_never_scored(name: str) -> None:
    """Negative control."""
    tool = TOOLS[name]
    whole = next(all_answers(tool))
    first = next(iter(whole))
    missing = {key: said for key, said in whole.items() if key != first}
    for wrong in (missing, {**whole, first: "nonsense"}, {**whole, first: []}):
        with pytest.raises(ValueError, match=first):
            tool.judge(wrong)


# --- mistakes, by line --------------------------------------------------------------------------


def mistakes_of(text: str, name: str = "screenings/small.toml") -> list[str]:
    found: list[Mistake] = []
    tool = read_screening(TomlSource(name, text), found)
    assert (tool is None) == bool(found)
    return [f"{one.line}: {one.reason}" for one in found]


def test_a_small_tool_has_no_mistake() -> None:
    assert mistakes_of(SMALL) == []


CASES: dict[str, tuple[Callable[[str], str], str]] = {
    "no license": (lambda t: t.replace('license = "public domain"\n', ""), '"license" is missing'),
    "no date": (lambda t: t.replace('date = "2026-11-01"\n', ""), '1: "date" is missing'),
    "score reads a stranger": (
        lambda t: t.replace('score = "a"', 'score = "a + age"'), '8: "score" names "age"'
    ),
    "score is no number": (lambda t: t.replace('score = "a"', 'score = "a == 1"'), "whole number"),
    "score is no CEL": (lambda t: t.replace('score = "a"', 'score = "a +"'), "8: "),
    "too high": (lambda t: t.replace("points = 1", "points = 7"), 'gives 7, but "most" says'),
    "no last band": (lambda t: t.replace('words = { en = "No." }', 'when = "score == 0"\nwords = '
                                         '{ en = "No." }'), "must hold for everybody"),
    "wrong outcome": (lambda t: t.replace('"negative"', '"ineligible"'), "25: "),
    "unknown key": (lambda t: t.replace("most = 1", "most = 1\ndenies = true"), '"denies"'),
    "one answer": (lambda t: t.replace(NO, ""), "two answers"),
    "spanish from nowhere": (
        lambda t: t.replace('{ en = "A?" }', '{ en = "A?", es = "¿A?" }'), 'words in "es"'
    ),
    "other name": (lambda t: t.replace('id = "small"', 'id = "large"'), "2: the id must be"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_by_its_line(case: str) -> None:
    spoil, said = CASES[case]
    broken = spoil(SMALL)
    assert broken != SMALL
    assert any(said in one for one in mistakes_of(broken))


def test_forms_check_reads_screenings_and_packs(tmp_path: Path) -> None:
    files = {"walk.toml": form(question("a")), "screenings/small.toml": SMALL}
    assert library_in(tmp_path / "good", files).mistakes() == ()
    files["screenings/packs/small.toml"] = SMALL.replace("most = 1", "most = 0")
    (mistake,) = library_in(tmp_path / "bad", files).mistakes()
    assert mistake.startswith("screenings/packs/small.toml:8: ")


def test_a_file_from_elsewhere_is_known_as_a_screening(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALL.replace("most = 1", "most = 0"), "utf-8")
    shelf = Shelf(resources.path("forms"), resources.path("resources"))
    (mistake,) = check_path(file, shelf, SETTING)
    assert mistake.file == "screenings/small.toml"


# --- no rule knows a screening ------------------------------------------------------------------


@pytest.mark.parametrize("name", [*TOOLS, "screening", "score", "how_often", "cut_down"])
def test_no_rule_can_read_a_screening(tmp_path: Path, name: str) -> None:
    rule = f"""
[[rules]]
id = "no_drinkers"
force = "hard"
when = "{name} > 3"
message = {{ en = "No." }}
"""
    files = {"walk.toml": form(question("a")) + rule, "screenings/small.toml": SMALL}
    (mistake,) = library_in(tmp_path, files).mistakes()
    assert f'names "{name}", which is no question' in mistake
