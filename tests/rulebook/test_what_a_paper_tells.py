"""A sheet says which answers it tells, and each of them belongs to information a consent names."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from content_files import papers
from test_walk_in_path import CONSENT, SHORT

from intake_app.domain.clock import FixedClock
from intake_app.domain.form import Answers
from intake_app.domain.paper import Letterhead
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.needs.everyday import Frame
from intake_app.settings import resources
from intake_app.settings.agency import Agency

FRAME = Frame("en", Letterhead("Pine Hollow"), "PH-26-A00001-0", "2026-11-23", "M. Hale")
LETTER = "referral_letter_provider"
PERSON: Answers = {
    **SHORT, **CONSENT,
    "first_name": "Ana", "last_name": "Ruiz", "preferred_name": "Nena", "may_contact": "yes",
    "contact_ways": ["call"], "phone": "+13045550142", "insurance": "medicaid",
    "allergies": "penicillin", "medications": "none", "language": "es", "pregnancy": "yes",
    "appointment": "2026-11-24T10:30:00-05:00",
}  # fmt: skip


def library(folder: Path | None = None) -> FormLibrary:
    setting = Setting.of(Agency(), FixedClock(datetime(2026, 11, 23, 14, tzinfo=UTC)))
    forms = folder or resources.path("forms")
    return FormLibrary(forms, resources.path("resources"), setting)


def told(answers: Answers, paper: str = LETTER) -> frozenset[str]:
    books = library()
    return books.compose(paper, books.guide("self_referral"), answers, FRAME).answers


def scope() -> Mapping[str, str]:
    return {code.id: code.group for code in library().codes("consent_scope")}


def test_it_tells_what_it_shows_and_no_more() -> None:
    shown = told(PERSON)
    assert {"consent_name", "phone", "preferred_name", "contact_ways", "appointment"} <= shown
    assert not {"insurance", "allergies", "pregnancy", "last_name"} & shown
    more = {**PERSON, "consent_information": ["name_contact", "insurance", "medicine", "needs"]}
    assert {"insurance", "allergies", "pregnancy"} <= told(more)


def test_an_answer_that_was_not_given_is_not_told() -> None:
    assert "phone" not in told({k: v for k, v in PERSON.items() if k != "phone"})


def test_words_that_stand_there_because_of_an_answer_tell_it() -> None:
    assert "may_contact" in told({**PERSON, "may_contact": "no", "contact_ways": None})


@pytest.mark.parametrize("paper", ["wallet_card", "referral_letter_participant"])
def test_a_name_in_a_general_word_is_the_answer_behind_it(paper: str) -> None:
    shown = told({k: v for k, v in PERSON.items() if k != "preferred_name"}, paper)
    assert {"first_name", "last_name"} <= shown or "person_name" not in str(papers()[paper])


@pytest.mark.parametrize("contact", ["yes", "no"])
@pytest.mark.parametrize("information", [[], ["wants"], ["name_contact"], ["needs", "access"]])
def test_a_letter_never_tells_more_than_the_consent_names(
    information: list[str], contact: str
) -> None:
    groups, allowed = scope(), {*information, "always"}
    shown = told({**PERSON, "consent_information": information, "may_contact": contact})
    assert {name for name in shown if groups.get(name) not in allowed} == set()


def test_every_question_of_a_paper_that_discloses_belongs_to_some_information() -> None:
    books, groups = library(), scope()
    guide = books.guide("self_referral")
    telling = [name for name, sheet in papers().items() if sheet["paper"].get("discloses")]
    for name in telling:
        sheet = books.compose(name, guide, {**PERSON, "consent_information": EVERYTHING}, FRAME)
        assert {one for one in sheet.answers if one not in groups} == set(), name


EVERYTHING = ["name_contact", "wants", "needs", "access", "insurance", "substance_use", "medicine"]


def test_every_group_is_one_that_a_consent_can_name() -> None:
    books = library()
    named = {"always", "attended", "compliant", "completed"}
    question = books.guide("self_referral").form.field("consent_information")
    assert question is not None
    named |= {choice.id for choice in question.choices}
    assert set(scope().values()) == named


def test_a_question_that_nobody_put_into_the_table_is_found(tmp_path: Path) -> None:
    """Negative control: a letter that an agency made tell more."""
    forms = tmp_path / "forms"
    (forms / "papers").mkdir(parents=True)
    for file in ("self_referral.toml", f"papers/{LETTER}.toml"):
        (forms / file).write_text(resources.path("forms", file).read_text("utf-8"), "utf-8")
    letter = forms / "papers" / f"{LETTER}.toml"
    more = '\n[[blocks]]\ntype = "facts"\nfields = ["who_for"]\n'
    letter.write_text(letter.read_text("utf-8") + more, "utf-8")
    books = library(forms)
    sheet = books.compose(LETTER, books.guide("self_referral"), PERSON, FRAME)
    assert {name for name in sheet.answers if name not in scope()} == {"who_for"}
