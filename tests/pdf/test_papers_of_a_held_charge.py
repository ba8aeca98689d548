"""The papers of a held charge: accessible, whole, and none tells more than it should."""

import re
from itertools import product

import pytest
from case_papers import DECLINED, FULL, PAPERS, case_frame, case_guide, case_sheet
from reading import expected_text, page_texts, refusals, squeezed, structure_text
from real_papers import library, words_of

from intake_app.domain.paper import Layout
from intake_app.pdf.press import Press

LANGUAGES = ("en", "es")
_PLACE = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_is_accessible_and_leaves_no_gap(paper: str, language: str) -> None:
    sheet = case_sheet(paper, language)
    data = Press().print(sheet)
    assert refusals(data) == []
    assert not [words for words in words_of(sheet) if _PLACE.search(words)]
    if sheet.layout is Layout.FLOW:
        assert squeezed(structure_text(data)) == expected_text(sheet)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "paper", [name for name in PAPERS if name not in {"participant_agreement", "audit_extract"}]
)
def test_all_but_the_agreement_and_the_audit_are_one_page(paper: str, language: str) -> None:
    assert len(page_texts(Press().print(case_sheet(paper, language)))) == 1


def test_a_reminder_says_nothing_of_police_charge_or_program() -> None:
    telling = r"polic|officer|agente|charge|cargo|citation|citación|offense|delito|New River|program|Whitfield|Jordan|26-003981"  # noqa: E501
    for name, language in product(("reminder_letter", "last_day_letter"), LANGUAGES):
        told = structure_text(Press().print(case_sheet(name, language)))
        assert not re.search(telling, told, re.IGNORECASE)
        assert re.search(r"202[67]", told)
    assert re.search(telling, structure_text(Press().print(case_sheet("completion_letter"))))


def test_the_sheet_for_arrivals_has_a_grid_to_tick() -> None:
    told = structure_text(Press().print(case_sheet("arrivals_sheet")))
    assert told.count("□") == 16
    assert "Did not come" in told
    assert "Police" not in told


def test_the_calendar_of_the_pocket_card_stands_in_two_columns() -> None:
    table = case_sheet("pocket_card").parts[-2]
    assert table.rows[0] == (
        "Mon, Nov 1",
        "Thu, Nov 4, 4:00 PM",
        "Mon, Nov 13",
        "Thu, Nov 16, 4:00 PM",
    )
    assert len(table.rows) == 12


@pytest.mark.parametrize(
    ("instrument", "paper"), [("citation", "citation"), ("referral", "referral_notice")]
)
def test_each_instrument_has_its_paper(instrument: str, paper: str) -> None:
    offered = {p.id for p in library().papers(case_guide(), {**FULL, "instrument": instrument})}
    assert offered & {"citation", "referral_notice"} == {paper}


def test_who_says_no_gets_no_citation() -> None:
    offered = {p.id for p in library().papers(case_guide(), DECLINED)}
    assert "refusal_record" in offered
    assert not offered & {"citation", "referral_notice", "participant_agreement"}


def test_the_notice_to_the_prosecutor_names_the_instrument_in_words() -> None:
    assert "Non-criminal citation" in structure_text(
        Press().print(case_sheet("noncompliance_notice"))
    )
    assert "Citación no penal" in structure_text(
        Press().print(case_sheet("noncompliance_notice", "es"))
    )


_GUILT = {
    "not_asked": "Signing is not an admission of guilt.",
    "no_contest": "you say that you do not contest what is alleged",
    "required": "you say that you did what is alleged",
}


@pytest.mark.parametrize("program", ["pembroke_pines", "pinellas_apad", "clackamas_lead"])
def test_the_sentence_about_guilt_is_the_one_of_the_program(program: str) -> None:
    guide = library().guide(program)
    terms = guide.form.terms
    assert terms is not None
    frame = case_frame("citation", "en")
    told = " ".join(words_of(library().compose("citation", guide, FULL, frame)))
    assert [said for said in _GUILT.values() if said in told] == [_GUILT[terms.admission]]
    assert ("I do not contest it." in told) == (terms.admission != "not_asked")
