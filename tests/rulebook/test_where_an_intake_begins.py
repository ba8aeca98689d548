"""A form says with which status an intake begins: by its answers, or else the first one."""

import pytest
from small_forms import form, guide_of, question

from intake_app.domain.errors import BadForm
from intake_app.rulebook.mistake import Mistaken

LIST = """
[[statuses]]
id = "lead"
label = { en = "Lead" }

[[statuses]]
id = "accepted"
label = { en = "Accepted" }
after = ["lead"]
begins = 'said == "yes"'

[[statuses]]
id = "declined"
label = { en = "Declined" }
after = ["lead"]
begins = 'said == "no"'
closes = true
"""
PROGRAM = """
[program]
id = "own"
pathway = "walk"
version = "1"
name = { en = "Own" }

[[statuses]]
id = "accepted"
label = { en = "Ours" }
begins = 'said == "no"'
"""


def test_the_furthest_whose_condition_holds_is_where_it_begins() -> None:
    guide = guide_of(form(question("said", "yes_no") + LIST))
    assert guide.begins({"said": "yes"}) == "accepted"
    assert guide.begins({"said": "no"}) == "declined"
    both = LIST.replace("begins = 'said == \"yes\"'", 'begins = \'said in ["yes", "no"]\'')
    assert guide_of(form(question("said", "yes_no") + both)).begins({"said": "no"}) == "declined"


def test_without_an_answer_it_is_the_first_status() -> None:
    guide = guide_of(form(question("said", "yes_no") + LIST))
    assert guide.begins({}) == "lead"
    assert guide.begins({"said": "declined"}) == "lead"


def test_a_form_without_statuses_begins_with_none() -> None:
    assert guide_of(form(question("said", "yes_no"))).begins({"said": "yes"}) == ""


def test_a_program_may_use_a_name_of_the_form_again() -> None:
    text = form(question("said", "yes_no") + LIST)
    guide = guide_of(text, {"programs/own.toml": PROGRAM}, "own")
    assert [status.label.said_in("en") for status in guide.form.statuses] == ["Ours"]
    assert guide.begins({"said": "yes"}) == "accepted"


@pytest.mark.parametrize("wrong", ["begins = 'else == \"yes\"'", "begins = 'said =='"])
def test_a_condition_that_cannot_be_read_is_named(wrong: str) -> None:
    broken = LIST.replace("begins = 'said == \"no\"'", wrong)
    with pytest.raises((Mistaken, BadForm)):
        guide_of(form(question("said", "yes_no") + broken))
