"""A form may take a step from another form: one place to mend its words, one digest of both."""

import pytest
from small_forms import SETTING, WORDS, guide_of, question

from intake_app.rulebook.builder import Mistaken, build_guide

CALM = question("name") + question("phone", more="show_when = 'name != \"\"'")
OTHER = f"""[form]
id = "desk"
pathway = "desk"
version = "7"
title = {{ en = "Desk" }}

[[sections]]
id = "reach"
title = {{ en = "How to reach you" }}
help = {{ en = "Ask kindly." }}
show_when = 'elsewhere == "yes"'
later = true
{CALM}
[[sections]]
id = "far"
as_in = "walk"
"""
HEAD = """[form]
id = "walk"
pathway = "walk"
version = "1"
title = { en = "Walk" }

[[sections]]
id = "reach"
as_in = "desk"
"""


def mistakes_in(texts: dict[str, str]) -> list[str]:
    try:
        build_guide("walk", texts.get, WORDS, SETTING)
    except Mistaken as error:
        return [str(mistake) for mistake in error.mistakes]
    return []


def test_the_step_has_the_words_and_questions_of_the_other_form() -> None:
    form = guide_of(HEAD, {"desk.toml": OTHER}).form
    (step,) = form.sections
    assert (step.title.said_in("en"), step.help.said_in("en")) == (
        "How to reach you", "Ask kindly.",
    )  # fmt: skip
    assert [f.id for f in step.fields] == ["name", "phone"]
    assert step.is_later


def test_its_condition_is_its_own_and_its_words_may_be() -> None:
    text = HEAD + 'title = { en = "Reach" }\nlater = false\n'
    (step,) = guide_of(text, {"desk.toml": OTHER}).form.sections
    assert (step.show_when, step.title.said_in("en"), step.is_later) == ("", "Reach", False)


def test_questions_can_be_left_out_and_added() -> None:
    text = HEAD + 'without = ["phone"]\n' + question("hours")
    (step,) = guide_of(text, {"desk.toml": OTHER}).form.sections
    assert [f.id for f in step.fields] == ["name", "hours"]


def test_both_files_are_kept_with_a_draft() -> None:
    guide = guide_of(HEAD, {"desk.toml": OTHER})
    changed = guide_of(HEAD, {"desk.toml": OTHER.replace("Ask kindly", "Ask")})
    assert set(guide.sources) == {"walk.toml", "desk.toml"}
    assert guide.form.ref.digest != changed.form.ref.digest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEAD.replace('"reach"', '"beach"'), 'no step "beach"'),
        (HEAD.replace('"desk"', '"desk_2"'), "forms/desk_2.toml"),
        (HEAD.replace('"reach"', '"far"'), "has this step from another form itself"),
        (HEAD + 'without = ["fax"]\n', 'no question "fax" to leave out'),
        (HEAD + 'title = "Reach"\n', "words by language"),
        (HEAD + question("name"), "is used twice"),
    ],
)
def test_what_cannot_be_taken_is_named(text: str, reason: str) -> None:
    texts = {"walk.toml": text, "desk.toml": OTHER}
    assert any(reason in mistake for mistake in mistakes_in(texts))


def test_a_condition_on_a_question_left_out_is_named() -> None:
    texts = {"walk.toml": HEAD + 'without = ["name"]\n', "desk.toml": OTHER}
    assert any('names "name", which is no question' in m for m in mistakes_in(texts))


def test_without_a_mistake_nothing_is_named() -> None:
    assert mistakes_in({"walk.toml": HEAD, "desk.toml": OTHER}) == []
