"""Who is reminded of what is a list in the program's file; what is wrong in it is named by line."""

from pathlib import Path

import pytest
from small_forms import form, guide_of, library_in, question
from test_terms_are_read import PROGRAM, TABLES, TERMS

from intake_app.domain.terms import Anchor, ReminderTerm
from intake_app.domain.text import Text

BASE = form(question("a")) + TERMS
CALL = """[[reminders]]
id = "call"
label = { en = "Call", es = "Llamar" }
of = "report_by"
to = "person"
hours_before = 24
paper = "card"
"""
LOOK = """[[reminders]]
id = "look"
label = { en = "Look" }
of = "complete_by"
to = "desk"
business_days_after = 2
"""


def reminders(text: str, program: str = "") -> tuple[ReminderTerm, ...]:
    more = {**TABLES, "programs/prog.toml": PROGRAM + program} if program else dict(TABLES)
    terms = guide_of(text, more, "prog" if program else "walk").form.terms
    assert terms
    return terms.reminders


def mistakes(folder: Path, text: str) -> tuple[str, ...]:
    return library_in(folder, {"walk.toml": text, **TABLES}).mistakes()


def test_each_key_becomes_what_it_says() -> None:
    call = ReminderTerm(
        "call", Text({"en": "Call", "es": "Llamar"}), Anchor.REPORT_BY, hours_before=24,
        is_for_person=True, paper="card",
    )  # fmt: skip
    look = ReminderTerm(
        "look", Text({"en": "Look"}), Anchor.COMPLETE_BY, business_days_after=2
    )  # fmt: skip
    assert reminders(BASE + CALL + LOOK) == (call, look)
    assert reminders(BASE) == ()


def test_a_program_replaces_the_whole_list() -> None:
    assert [one.id for one in reminders(BASE + CALL, LOOK)] == ["look"]
    assert [one.id for one in reminders(BASE + CALL, "[terms]\nseal_days = 1\n")] == ["call"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (CALL.replace("hours_before = 24\n", ""), "needs exactly one of"),
        (CALL + "days_before = 3\n", "needs exactly one of"),
        (CALL.replace('"report_by"', '"birthday"'), "birthday"),
        (CALL.replace('to = "person"\n', ""), '"to" is missing'),
        (LOOK + 'paper = "card"\n', 'a "paper" goes to the person'),
        (CALL + CALL, "there twice"),
        (CALL.replace('"call"', '"Call now"'), "is no id"),
        (CALL + "loud = true\n", '"loud" is not known'),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, wrong: str, reason: str) -> None:
    told = mistakes(tmp_path / "wrong", BASE + wrong)
    assert any(reason in mistake for mistake in told), told
    call = CALL.replace('paper = "card"\n', "")
    assert mistakes(tmp_path / "right", BASE + call + LOOK) == ()


def test_a_letter_that_is_not_there_is_named(tmp_path: Path) -> None:
    (told,) = mistakes(tmp_path, BASE + CALL)
    assert 'a reminder names "card"' in told


def test_reminders_need_terms(tmp_path: Path) -> None:
    told = mistakes(tmp_path, form(question("a")) + CALL)
    assert any("[[reminders]] needs [terms]" in mistake for mistake in told)
