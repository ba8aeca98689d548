"""What the shipped papers, legal texts and code tables must keep to, whatever reads them."""

import re
from collections.abc import Callable

import pytest
from content_files import (
    MAY_BE_EQUAL,
    Form,
    Node,
    all_texts,
    faults_of_texts,
    field_of,
    fields_of,
    form,
    forms,
    legal_texts,
    papers,
    tables,
    texts_in,
)

from intake_app.settings import resources


def paper_faults(sheets: dict[str, Node], whole: Form) -> list[str]:
    """Papers that disclose without notice or consent, or tell more than their audience may know."""
    kinds = {f["id"]: f for _, f in fields_of(whole)}
    found: list[str] = []
    for name, sheet in sheets.items():
        head, text = sheet["paper"], str(sheet)
        legal = {b.get("legal") for b in sheet["blocks"]}
        named = set(re.findall(r"\{(\w+)\}", text))
        named |= {f.split(".")[0] for b in sheet["blocks"] for f in b.get("fields", [])}
        named |= {i["field"] for b in sheet["blocks"] for i in b.get("items", []) if "field" in i}
        if any(kinds[n].get("apart") for n in named if n in kinds):
            found.append(f"{name}: shows what is kept apart")
        if head["discloses"]:
            if "notice_2_32" not in legal:
                found.append(f"{name}: no notice")
            if 'consent_given == "yes"' not in head.get("show_when", ""):
                found.append(f"{name}: no consent")
        elif any(kinds[n].get("sensitivity") == "treatment" for n in named if n in kinds):
            found.append(f"{name}: tells of treatment without a consent")
    return found


def legal_faults(texts: dict[str, Node]) -> list[str]:
    return [
        name
        for name, text in texts.items()
        if text.get("name") != name
        or not text.get("version")
        or not re.fullmatch(r"\d{4}-\d\d-\d\d", text.get("date", ""))
        or text.get("status") != "have counsel check"
    ]


OF_THE_FBI = "nibrs_"
"""Tables whose ids are the letters of NIBRS, as its manual writes them."""


def code_faults(found: dict[str, list[dict[str, str]]]) -> list[str]:
    faults: list[str] = []
    for name, rows in found.items():
        ids = [row["id"] for row in rows]
        letters = r"[A-Z]|[a-z]+" if name.startswith(OF_THE_FBI) else r"[a-z0-9_]+"
        if len(set(ids)) != len(ids) or not all(re.fullmatch(letters, i) for i in ids):
            faults.append(f"{name}: ids")
        for row in rows:
            needed = ("en", "es", "standard", "active_from", "active_to")
            if not all(key in row for key in needed) or not row["en"] or not row["es"]:
                faults.append(f"{name}.{row['id']}")
            elif row["en"] == row["es"] and row["en"] not in MAY_BE_EQUAL:
                faults.append(f"{name}.{row['id']}: {row['en']}")
    return faults


def test_every_text_has_both_languages_and_they_differ() -> None:
    assert faults_of_texts(all_texts()) == []


def test_the_point_and_tick_sheet_has_both_languages_in_one() -> None:
    sheet = papers()["point_and_tick"]
    assert all(text["en"] == text["es"] for _, text in texts_in(sheet))


@pytest.mark.parametrize(
    "wrong", [{"en": "Name"}, {"en": "Name", "es": "Name"}, {"en": "A {x}", "es": "B"}]
)
def test_a_text_that_is_not_translated_is_found(wrong: dict[str, str]) -> None:
    whole = form()
    field_of(whole, "first_name")["label"] = wrong
    assert len(faults_of_texts(whole)) == 1


def test_statements_say_the_words_of_the_legal_texts() -> None:
    texts, whole = legal_texts(), form()
    source = {"triage_words": "no_arrest_short"}
    statements = [f for _, f in fields_of(whole) if f["type"] == "statement"]
    assert len(statements) == 5
    for field in statements:
        legal = texts[source.get(field["id"]) or str(field["id"])]
        assert field["version"] == legal["version"]
        assert {k: v.strip() for k, v in field["hint"].items()} == {
            k: v.strip() for k, v in legal["text"].items()
        }


def test_papers_disclose_only_with_notice_and_consent() -> None:
    assert paper_faults(papers(), form()) == []


def _without_notice(sheets: dict[str, Node]) -> None:
    blocks = sheets["fax_cover"]["blocks"]
    sheets["fax_cover"]["blocks"] = [b for b in blocks if b.get("legal") != "notice_2_32"]


def _without_consent(sheets: dict[str, Node]) -> None:
    sheets["reply_slip"]["paper"]["show_when"] = 'decision == "accepted"'


def _needs_on_the_card(sheets: dict[str, Node]) -> None:
    sheets["wallet_card"]["blocks"].append({"type": "facts", "fields": ["wants"]})


@pytest.mark.parametrize("spoil", [_without_notice, _without_consent, _needs_on_the_card])
def test_a_paper_that_tells_too_much_is_found(spoil: Callable[[dict[str, Node]], None]) -> None:
    sheets = papers()
    spoil(sheets)
    assert len(paper_faults(sheets, form())) == 1


def test_what_the_person_carries_is_neutral_and_unsigned() -> None:
    for name in ("referral_letter_participant", "wallet_card", "tonight_card"):
        sheet = papers()[name]
        assert sheet["paper"]["neutral"]
        assert not sheet["paper"]["discloses"]
        assert "signatures" not in {b["type"] for b in sheet["blocks"]}
        assert not re.search(r"polic|arrest|agency_name|officer|agente", str(sheet), re.IGNORECASE)


def test_the_consent_has_all_elements_of_section_2_31() -> None:
    whole, sheet = form(), papers()["consent_hand_off"]
    said = str(sheet["blocks"])
    for element in (
        "consent_name", "consent_discloser", "consent_information", "consent_recipient",
        "consent_purpose", "consent_expires_how", "consent_revoke", "consent_redisclosure",
        "consent_refusal", "consent_signature", "consent_guardian_signature",
        "consent_interpreter_signature",
    ):  # fmt: skip
        assert element in said
        assert field_of(whole, element)["show_when"].startswith('consent_given == "yes"')


CODE = "\n".join(p.read_text("utf-8") for p in sorted(resources.path("intake_app").rglob("*.py")))
"""Papers that go with an act (an extension, a follow-up list) are named by the program itself."""


def unused(names: set[str]) -> set[str]:
    """Papers that no form offers and that no act of the program prints."""
    offered = {paper for whole in forms().values() for paper in whole["form"].get("papers", [])}
    return {name for name in names - offered if f'"{name}"' not in CODE}


def test_each_paper_is_offered_by_a_form_or_printed_by_an_act() -> None:
    offered = {paper for whole in forms().values() for paper in whole["form"].get("papers", [])}
    assert offered <= set(papers())
    assert unused(set(papers())) == set()


def test_a_paper_that_nothing_prints_is_found() -> None:
    assert unused({"wallet_card", "no_such_paper"}) == {"no_such_paper"}


def test_every_legal_text_has_version_date_and_status() -> None:
    assert legal_faults(legal_texts()) == []


@pytest.mark.parametrize("key", ["version", "date", "status", "name"])
def test_a_legal_text_without_its_marks_is_found(key: str) -> None:
    texts = legal_texts()
    del texts["no_arrest"][key]
    assert legal_faults(texts) == ["no_arrest"]


def test_codes_have_ids_of_their_own_and_both_languages() -> None:
    assert code_faults(tables()) == []


def test_a_doubled_code_and_an_empty_label_are_found() -> None:
    found = tables()
    found["housing"].append(dict(found["housing"][0]))
    found["gender"][0]["es"] = ""
    assert code_faults(found) == ["gender.woman", "housing: ids"]


def test_the_short_list_of_wants_comes_from_the_services() -> None:
    found = tables()
    services = {row["id"] for row in found["services"]}
    assert {row["id"] for row in found["wants"]} - services == {"talk"}


def test_race_has_the_seven_categories_and_each_detail_belongs_to_one() -> None:
    found = tables()
    main = {row["id"] for row in found["race_ethnicity"]} - {"unknown", "declined"}
    assert len(main) == 7
    assert {row["part_of"] for row in found["race_detail"]} == main


def test_the_point_and_tick_sheet_has_the_numbers_and_words_of_the_screen() -> None:
    whole = form()
    shown = [s for s in whole["sections"] if not s.get("later")]
    steps = [s for s in shown if s["id"] not in {"family", "help_tonight"}]
    labels = {
        f"{n}.{m}": field["label"]
        for n, section in enumerate(steps, 1)
        for m, field in enumerate(section["fields"], 1)
    }
    heads = [
        b["text"]["en"] for b in papers()["point_and_tick"]["blocks"] if b["type"] == "heading"
    ]
    numbered = [h.split("  ", 1) for h in heads if re.match(r"\d\.", h)]
    assert len(numbered) >= 5
    for number, words in numbered:
        assert words == f"{labels[number]['en']} / {labels[number]['es']}"
