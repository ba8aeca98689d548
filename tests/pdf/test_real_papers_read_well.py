"""The shipped papers, in both languages, whatever was answered: complete, neutral, accessible."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from reading import page_texts, refusals
from real_papers import (
    CASES,
    FEW,
    FULL,
    NUMBER,
    Answers,
    compose,
    guide,
    offered,
    random_intake,
    words_of,
)

from intake_app.domain.paper import BlockType, Part, Sheet
from intake_app.pdf.press import Press

LANGUAGES = ("en", "es")
SEEDS = range(30)
PAGES = {
    "referral_letter_participant": 1, "wallet_card": 1, "tonight_card": 1, "promise_sheet": 1,
    "participation_agreement": 2, "consent_hand_off": 2, "referral_letter_provider": 2,
    "fax_cover": 1, "reply_slip": 1, "point_and_tick": 2,
}  # fmt: skip
"""The most pages that each paper may take."""

CARRIED = ("referral_letter_participant", "wallet_card", "tonight_card")
POLICE = re.compile(
    r"polic|arrest|officer|agente|sheriff|crim|\bcharge|\bcargos?\b|jail|cárcel", re.IGNORECASE
)
ODD = re.compile(r"[{}]|:\s*[.,;]|\(\s*\)|\s[.,;:]|[.,;:]{2}|^[.,;:)]")
NUMBERED = re.compile(r"^(?:\d(?:\.\d+)?|\+) {2}")


def odd_words(sheet: Sheet) -> list[str]:
    """Texts with gaps that a missing answer left, and headings over nothing."""
    found = [w for w in words_of(sheet) if ODD.search(w) or "  " in NUMBERED.sub("", w)]
    found += [w for p in sheet.parts for w in p.bullets if not w.strip()]
    return found + list(_lonely_headings(sheet.parts))


def _lonely_headings(parts: tuple[Part, ...]) -> Iterator[str]:
    for n, part in enumerate(parts):
        after = parts[n + 1] if n + 1 < len(parts) else None
        if part.type is BlockType.HEADING and (
            after is None or (after.type is BlockType.HEADING and after.level <= part.level)
        ):
            yield part.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_paper_of_a_random_intake_has_a_gap(seed: int, language: str) -> None:
    answers = random_intake(seed)
    for paper in offered(answers):
        assert (paper, odd_words(compose(paper, answers, language))) == (paper, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_no_paper_of_full_few_or_no_names_has_a_gap(case: str, language: str) -> None:
    for paper in offered(CASES[case]):
        assert (paper, odd_words(compose(paper, CASES[case], language))) == (paper, [])


@pytest.mark.parametrize(
    "part",
    [
        Part(BlockType.PARAGRAPH, "Say this number:."),
        Part(BlockType.PARAGRAPH, "Dear , welcome"),
        Part(BlockType.PARAGRAPH, "Call  us"),
        Part(BlockType.PARAGRAPH, "To {provider}"),
        Part(BlockType.BULLETS, bullets=("One", " ")),
        Part(BlockType.HEADING, "Where to go"),
    ],
)
def test_a_paper_with_a_gap_is_found(part: Part) -> None:
    sheet = compose("wallet_card", FEW, "en")
    assert odd_words(replace(sheet, parts=(*sheet.parts, part)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_each_paper_is_accessible_and_no_longer_than_it_may_be(case: str, language: str) -> None:
    for paper in offered(CASES[case]):
        data = Press().print(compose(paper, CASES[case], language))
        assert (paper, refusals(data)) == (paper, [])
        assert (paper, len(page_texts(data))) <= (paper, PAGES[paper])


def test_all_papers_are_tried_here() -> None:
    assert {p for answers in CASES.values() for p in offered(answers)} == set(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", CARRIED)
def test_what_the_person_carries_has_no_police_word(paper: str, language: str) -> None:
    for answers in (*CASES.values(), *map(random_intake, SEEDS)):
        sheet = compose(paper, answers, language)
        assert [w for w in (*words_of(sheet), sheet.letterhead.name) if POLICE.search(w)] == []


def test_a_police_word_is_found() -> None:
    said = words_of(compose("promise_sheet", FEW, "es"))
    assert any(POLICE.search(words) for words in said)


def _without_treatment(answers: Answers) -> Answers:
    secret = {f.id for f in guide().form.fields() if f.sensitivity == "treatment"}
    return {name: value for name, value in answers.items() if name not in secret}


@pytest.mark.parametrize("paper", CARRIED)
def test_what_the_person_carries_is_the_same_without_the_answers_on_treatment(paper: str) -> None:
    for answers in (FULL, *map(random_intake, SEEDS)):
        told = compose(paper, answers, "en")
        assert told == compose(paper, _without_treatment(answers), "en")


def test_a_paper_that_tells_of_treatment_is_found() -> None:
    told = compose("referral_letter_provider", FULL, "en")
    assert told != compose("referral_letter_provider", _without_treatment(FULL), "en")


def test_the_letter_shows_at_a_glance_who_where_and_when() -> None:
    said = words_of(compose("referral_letter_participant", FULL, "en"))
    for words in (
        "Jo", "Monday, November 23, 2026", "Tuesday, November 24, 2026\n10:30 AM",
        "New River Recovery Center", "45 Court Square, Suite 2, Pine Hollow, WV 26298",
        "(304) 555-0199", "Ask for: Intake desk", "Volunteer driver", "Photo ID",
        "(304) 555-0133", "Ask for M. Hale", NUMBER,
    ):  # fmt: skip
        assert words in said


def test_a_letter_without_a_name_or_a_place_says_whom_to_call() -> None:
    said = words_of(compose("referral_letter_participant", CASES["anonymous"], "es"))
    assert "La persona que trae esta carta" in said
    assert "(304) 555-0133" in said
    assert "viernes, 27 de noviembre de 2026" in said
    assert "Cómo llegar" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_consent_has_every_element_of_42_cfr_2_31(language: str) -> None:
    sheet = compose("consent_hand_off", FULL, language)
    shown = {name: guide().shown(name, value, language) for name, value in FULL.items()}
    said = words_of(sheet)
    for element in ("consent_name", "consent_recipient", "consent_recipient_class",
                    "consent_expires_on"):  # fmt: skip
        assert shown[element] in said
    ticked = {words for part in sheet.parts for words, is_ticked in part.boxes if is_ticked}
    unticked = {box[0] for part in sheet.parts for box in part.boxes} - ticked
    assert (len(ticked), len(unticked)) == (2 + 7 + 1, 1 + 0 + 2)
    legal = {"consent_revoke", "consent_expiry", "consent_redisclosure", "consent_refusal"}
    assert all(name in sheet.form_note for name in legal)
    lines = [s for part in sheet.parts for s in part.signatures]
    assert [bool(line.at) for line in lines] == [True] * 4
    assert [line.name for line in lines] == ["", "Pat Whitfield", "Rosa Ibarra", "M. Hale"]
    assert all(line.note for line in lines)
    assert any(NUMBER in words for words in said)


def test_a_paper_that_is_destroyed_after_use_carries_no_number() -> None:
    sheet = compose("point_and_tick", FULL, "es")
    assert sheet.number == ""
    assert not sheet.has_barcode
    assert NUMBER not in "".join(page_texts(Press().print(sheet)))


def test_a_paper_that_discloses_has_the_notice_and_the_short_one_on_each_page() -> None:
    for paper in ("referral_letter_provider", "fax_cover", "reply_slip"):
        sheet = compose(paper, FULL, "en")
        short = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
        assert all(short in text for text in page_texts(Press().print(sheet)))
        assert any(words.startswith("This record which has been") for words in words_of(sheet))
