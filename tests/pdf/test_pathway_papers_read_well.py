"""The papers of the other four pathways: complete, accessible, and telling nobody too much."""

import re
from dataclasses import replace

import pytest
from reading import page_texts, refusals, structure_text
from real_papers import NUMBER, Answers, compose, guide, library, offered, random_intake, words_of
from test_real_papers_read_well import LANGUAGES, POLICE, odd_words

from intake_app.domain.form import Sensitivity
from intake_app.domain.paper import BlockType, Part
from intake_app.pdf.press import Press

CARE = ("active_outreach", "naloxone_plus", "officer_referral", "community_response")
SEEDS = range(12)
PAPERS = {
    "outreach_card": "active_outreach", "outreach_letter": "active_outreach",
    "family_support_sheet": "naloxone_plus", "odmap_event": "naloxone_plus",
    "handoff_slip": "officer_referral", "crisis_plan": "community_response",
}  # fmt: skip
"""The papers that are new here, each with a form that offers it."""

CARRIED = ("outreach_card", "outreach_letter", "handoff_slip", "crisis_plan")
OF_USE = re.compile(
    r"drug|substance|overdose|naloxone|opioid|treatment|droga|sustancia|sobredosis|naloxona"
    r"|tratamiento",
    re.IGNORECASE,
)
NAMES: Answers = {"preferred_name": "Jo", "first_name": "Jordan", "last_name": "Whitfield"}
FULL: dict[str, Answers] = {
    "active_outreach": {
        **NAMES, "contact_so_far": "met", "wants_to_talk": "yes",
        "may_contact": "yes", "contact_ways": ["letter"],
        "risk_reason": "overdose", "lead_where": "Under the bridge", "lead_phone": "+13045550142",
    },
    "naloxone_plus": {
        **NAMES, "overdose_at": "2026-11-23T02:40:00-05:00", "overdose_place": "Court Square",
        "place_precision": "block", "overdose_result": "nonfatal", "overdose_naloxone": "yes",
        "naloxone_doses": {"amount": 2, "unit": ""}, "naloxone_amount": {"amount": 8, "unit": "mg"},
        "incident_number": "26-003981", "suspected_drugs": ["fentanyl"], "next_step": "visited",
        "who_was_met": "family_only", "overdose_hospital": "Valley Hospital",
    },
    "officer_referral": {
        **NAMES, "wants_to_talk": "yes", "safety_now": "no",
        "decision": "accepted", "referral_given": "warm_in_person",
        "handoff_to": {"name": "M. Hale", "role": "Case manager", "phone": ""},
        "provider": {"id": "p1", "name": "New River Recovery Center"}, "may_contact": "no",
        "call_type": "overdose", "appointment": "2026-11-24T10:30:00-05:00",
    },
    "community_response": {
        **NAMES, "disposition": "home_with_plan", "crisis_plan_made": "made", "held": "yes",
        "welfare_check": "days_3", "police_on_scene": "yes", "more_help": "no",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", CARE)
def test_no_paper_of_a_random_intake_has_a_gap(form: str, language: str) -> None:
    for seed in SEEDS:
        answers = random_intake(seed, form)
        for paper in offered(answers, form):
            sheet = compose(paper, answers, language, form)
            assert (paper, odd_words(sheet)) == (paper, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_each_new_paper_is_offered_accessible_and_one_page(paper: str, language: str) -> None:
    form = PAPERS[paper]
    for answers in (FULL[form], {}):
        sheet = compose(paper, answers, language, form)
        data = Press().print(sheet)
        assert odd_words(sheet) == []
        assert refusals(data) == []
        assert len(page_texts(data)) == 1
    assert paper in offered(FULL[form], form)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", CARRIED)
def test_what_is_left_or_carried_tells_nothing_of_police_or_drugs(
    paper: str, language: str
) -> None:
    for answers in (FULL[PAPERS[paper]], *(random_intake(n, PAPERS[paper]) for n in SEEDS)):
        sheet = compose(paper, answers, language, PAPERS[paper])
        own = [w for w in (*words_of(sheet), sheet.letterhead.name) if w not in _chosen(answers)]
        assert [w for w in own if POLICE.search(w) or OF_USE.search(w)] == []


def _chosen(answers: Answers) -> set[str]:
    """The name of a provider is as the directory says it."""
    return {str(answers.get("provider", {}).get("name", ""))}


def test_a_card_that_tells_is_found() -> None:
    sheet = compose("outreach_card", {}, "en", "active_outreach")
    told = replace(sheet, parts=(*sheet.parts, Part(BlockType.PARAGRAPH, "Drug treatment")))
    assert [w for w in words_of(told) if OF_USE.search(w)] == ["Drug treatment"]
    assert any(OF_USE.search(w) for w in words_of(compose("family_support_sheet", {}, "en")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_no_new_paper_tells_of_treatment_or_of_where_somebody_is(paper: str, language: str) -> None:
    form, answers = PAPERS[paper], FULL[PAPERS[paper]]
    secret = {f.id for f in guide(form).form.fields() if f.sensitivity is Sensitivity.TREATMENT}
    secret |= {"lead_where", "lead_phone", "held", "police_on_scene", "call_type"}
    without = {name: value for name, value in answers.items() if name not in secret}
    assert compose(paper, answers, language, form) == compose(paper, without, language, form)


def test_a_letter_goes_only_where_mail_is_safe_and_nobody_said_stop() -> None:
    base = FULL["active_outreach"]
    assert "outreach_letter" in offered(base, "active_outreach")
    for change in ({"contact_ways": ["call"]}, {"wants_to_talk": "stop"}, {"may_contact": "no"}):
        assert "outreach_letter" not in offered({**base, **change}, "active_outreach")
    assert library().paper("outreach_letter").is_mailed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_odmap_sheet_says_four_facts_and_nothing_personal(language: str) -> None:
    sheet = compose("odmap_event", FULL["naloxone_plus"], language, "naloxone_plus")
    facts = [part.rows for part in sheet.parts if part.rows]
    assert [rows[0][0][:2] for rows in facts] == ["1.", "2.", "3.", "4."]
    said = structure_text(Press().print(sheet))
    for words in ("Court Square", "2", "8 mg"):
        assert words in said
    for words in ("Jo", "Whitfield", NUMBER, "26-003981", "Valley", "fentan"):
        assert words not in said
    assert (sheet.number, sheet.has_barcode) == ("", False)


def test_the_handoff_slip_says_whom_to_meet_and_when() -> None:
    said = words_of(compose("handoff_slip", FULL["officer_referral"], "en", "officer_referral"))
    for words in ("Jo", "M. Hale, Case manager", "New River Recovery Center"):
        assert words in said
    assert any("10:30 AM" in words for words in said)


@pytest.mark.parametrize("form", CARE)
def test_a_letter_of_another_pathway_does_not_say_that_the_person_came(form: str) -> None:
    answers: Answers = {"decision": "accepted"}
    told = " ".join(words_of(compose("referral_letter_participant", answers, "en", form)))
    assert "came to us" not in told
    assert "wants help" in told
