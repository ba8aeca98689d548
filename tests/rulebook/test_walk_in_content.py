"""What the shipped walk-in form must keep to, whatever reads it."""

import re
from collections.abc import Callable

import pytest
from content_files import Form, Node, field_of, fields_of, form

FORBIDDEN = re.compile(
    r"circumstance|narrative|dealer|where (did you get|you got|you buy)|immigration|citizen|gang"
    r"|fingerprint|booking|case number|offense|offence|circunstancia|migratori|pandilla|huella",
    re.IGNORECASE,
)
LEGAL_WORD = re.compile(r"\b(patients?|clients?|subjects?)\b", re.IGNORECASE)
MAY_SAY_PATIENT = {"consent_purpose"}
"""Questions whose words go into the legal consent as they are."""


def short_path(whole: Form) -> list[Node]:
    return [f for s, f in fields_of(whole) if not s.get("later") and not f.get("later")]


def statement_faults(whole: Form) -> list[str]:
    """Questions about drugs that come before words of the promise, in order of the form."""
    heard, found = set[str](), list[str]()
    for section, field in fields_of(whole):
        if field["type"] == "statement":
            heard.add(field["id"])
        needed = "triage_words" if section["id"] == "safety" else "no_arrest"
        if field.get("sensitivity") == "treatment" and needed not in heard:
            found.append(field["id"])
    return found


def label_faults(whole: Form) -> list[str]:
    found: list[str] = []
    for _, field in fields_of(whole):
        words = dict(field["label"])
        words |= {
            f"{c['id']}.{k}": v for c in field.get("columns", []) for k, v in c["label"].items()
        }
        said = " ".join([field["id"], *words.values()])
        if FORBIDDEN.search(said):
            found.append(field["id"])
        if LEGAL_WORD.search(words["en"]) and field["id"] not in MAY_SAY_PATIENT:
            found.append(field["id"])
    return found


def apart_faults(whole: Form) -> list[str]:
    """Fields kept apart that a condition, a fact, or their own shape ties to a person."""
    apart = {f["id"] for _, f in fields_of(whole) if f.get("apart")}
    found: list[str] = []
    for _, field in fields_of(whole):
        conditions = f"{field.get('show_when', '')} {field.get('check', '')}"
        named = {a for a in apart if re.search(rf"\b{a}\b", conditions)}
        if named and field["id"] not in apart:
            found.append(field["id"])
        if field["id"] not in apart:
            continue
        if re.sub(r'"[^"]*"', "", conditions).strip() and not named:
            found.append(field["id"])
        if field["type"] in {"person", "provider", "signature", "rows"} or "sensitivity" in field:
            found.append(field["id"])
    found += [a for a in apart if a in whole["facts"].values()]
    rest = (
        str(whole.get("rules", [])) + str(whole.get("deadlines", [])) + whole["form"]["quick_exit"]
    )
    return found + [a for a in apart if a in rest]


def drop(whole: Form, ident: str) -> Form:
    for section in whole["sections"]:
        section["fields"] = [f for f in section["fields"] if f["id"] != ident]
    return whole


def test_at_most_twelve_answers_are_required_on_the_short_path() -> None:
    required = [f["id"] for f in short_path(form()) if f.get("required")]
    assert len(required) <= 12, required
    assert {"who_for", "safety_now", "no_arrest", "decision"} <= set(required)


def test_the_short_path_is_at_most_eight_steps_and_begins_with_who_and_safety() -> None:
    steps = [s["id"] for s in form()["sections"] if not s.get("later")]
    own = [s for s in steps if s != "family"]
    assert own[:3] == ["start", "safety", "promise"]
    assert len(own) <= 8


def test_nothing_that_is_a_legal_act_is_prefilled() -> None:
    prefilled = {f["id"] for _, f in fields_of(form()) if "default" in f}
    assert prefilled == {"language", "interpreter"}


def test_information_only_asks_for_no_name() -> None:
    whole = form()
    assert 'who_for == "information"' in whole["form"]["quick_exit"]
    shown = [s["id"] for s in whole["sections"] if "show_when" not in s]
    assert shown == ["start"]
    assert all("information" not in s.get("show_when", "") for s in whole["sections"])


def test_a_person_who_is_absent_is_named_only_for_an_outreach_lead() -> None:
    for ident in ("lead_name", "lead_where"):
        assert field_of(form(), ident)["show_when"] == 'outreach_lead == "yes"'


def test_the_promise_comes_before_any_question_about_drugs() -> None:
    assert statement_faults(form()) == []


@pytest.mark.parametrize("statement", ["no_arrest", "triage_words"])
def test_a_form_without_the_promise_is_found(statement: str) -> None:
    assert statement_faults(drop(form(), statement)) != []


def test_no_label_asks_what_must_not_be_recorded() -> None:
    assert label_faults(form()) == []


@pytest.mark.parametrize("label", ["Circumstances of the visit", "Name of the dealer", "Client"])
def test_a_forbidden_label_is_found(label: str) -> None:
    whole = form()
    field_of(whole, "own_words")["label"] = {"en": label, "es": "Palabras"}
    assert label_faults(whole) == ["own_words"]


def test_health_is_asked_by_the_coordinator_and_later() -> None:
    for ident in ("substances", "overdose_ever", "medications", "current_treatment"):
        whole = form()
        assert field_of(whole, ident)["who"] == "C"
        assert ident not in {f["id"] for f in short_path(whole)}


def test_what_is_kept_apart_carries_no_link() -> None:
    whole = form()
    assert [f["id"] for _, f in fields_of(whole) if f.get("apart")]
    assert apart_faults(whole) == []


def _tie_to_name(whole: Form) -> None:
    field_of(whole, "contraband_tag")["show_when"] = 'first_name != ""'


def _tie_from_decision(whole: Form) -> None:
    field_of(whole, "ride")["show_when"] = 'contraband_tag != ""'


def _tie_fact(whole: Form) -> None:
    whole["facts"]["tag"] = "contraband_tag"


@pytest.mark.parametrize("tie", [_tie_to_name, _tie_from_decision, _tie_fact])
def test_a_link_to_what_is_kept_apart_is_found(tie: Callable[[Form], None]) -> None:
    whole = form()
    tie(whole)
    assert apart_faults(whole) != []


def test_no_return_of_another_system_can_be_written_down() -> None:
    whole = form()
    assert field_of(whole, "warrant_result")["type"] == "choice"
    asks = [f for _, f in fields_of(whole) if "warrant" in f["id"]]
    assert asks
    assert all(
        (f["type"] in {"choice", "yes_no"} and "agency" in f["show_when"])
        or f["id"] == "warrant_result"
        for f in asks
    )


def test_follow_ups_are_owed_only_where_contact_is_allowed() -> None:
    owed = {d["id"]: d for d in form()["deadlines"]}
    own = {k: v for k, v in owed.items() if k.startswith("follow_up")}
    assert [d.get("hours", 0) or d["days"] for d in own.values()] == [
        72,
        7,
        14,
        30,
        60,
        90,
        182,
        365,
    ]
    for deadline in own.values():
        assert 'may_contact == "yes"' in deadline["when"]
        assert 'decision != "information_only"' in deadline["when"]


def doubled_labels(whole: Form) -> list[str]:
    """Labels that two questions share: a screen reader could not tell them apart."""
    found: list[str] = []
    for language in ("en", "es"):
        words = [f["label"][language] for _, f in fields_of(whole)]
        words += [c["label"][language] for _, f in fields_of(whole) for c in f.get("columns", [])]
        found += sorted({w for w in words if words.count(w) > 1})
    return found


def test_no_two_questions_have_the_same_label() -> None:
    assert doubled_labels(form()) == []


def test_a_doubled_label_is_found() -> None:
    whole = form()
    field_of(whole, "city")["label"] = field_of(whole, "street")["label"]
    assert doubled_labels(whole) == ["Street", "Calle"]
