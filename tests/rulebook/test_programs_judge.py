"""The shipped programs judge full and partial answers; the same intake comes out by program."""

from datetime import UTC, datetime
from typing import Any

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.form import FieldType, Force
from intake_app.domain.terms import Instrument
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.settings import resources

DAY = "2026-11-23"
SETTING = Setting(FixedClock(datetime(2026, 11, 23, 19, 40, tzinfo=UTC)))
LIBRARY = FormLibrary(resources.path("forms"), resources.path("resources"), SETTING)
CASES = ["plain_diversion", "pembroke_pines", "pinellas_apad", "clackamas_lead", "madison_mari"]
WINDOW_ACTIONS = 4
"""Besides answers and Continue: open the form, finish, issue, print."""

KNOWN = {"last_name": "Ruiz", "first_name": "Ana", "date_of_birth": "1991-04-17"}
SHORT: dict[str, Any] = {
    "case_number": "26-01742",
    "offense_at": "2026-11-23T13:10:00-05:00",
    "offense_place": "Main and 2nd",
    "offenses": [{"~row": "1", "offense": "trespass"}],
    "has_risk": "no",
    "has_victim": "no",
    "transcribed": "no",
    "probable_cause": "Seen inside the closed shop.",
    "attested": "yes",
    "record_check": "meets",
    "explained_all": "yes",
    "decision": "accepted",
}
FULL: dict[str, Any] = {**KNOWN, **SHORT}
OFFENSE = {
    "plain_diversion": "trespass", "pembroke_pines": "trespass_property",
    "pinellas_apad": "trespass_property", "clackamas_lead": "criminal_trespass_2",
    "madison_mari": "theft",
}  # fmt: skip


def full(program: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (answers)
    offense = more.pop("offense", OFFENSE[program])
    base = {**FULL, "offenses": [{"~row": "1", "offense": offense}], "admission": "admits"}
    return {**base, "earlier_here": {"amount": 0, "unit": ""}, **more}


def against(program: str, answers: dict[str, Any]) -> dict[str, Force]:
    found = LIBRARY.guide(program).findings(answers, DAY)
    return {f.rule.id: f.rule.force for f in found if f.holds}


def unsure(program: str, answers: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    found = LIBRARY.guide(program).findings(answers, DAY)
    return {f.rule.id: f.missing for f in found if f.holds is None}


def test_all_of_them_can_be_chosen_today() -> None:
    assert {ident for ident, _ in LIBRARY.programs("officer_intervention")} >= set(CASES)


@pytest.mark.parametrize("program", CASES)
def test_a_plain_case_is_complete_and_nothing_speaks_against_it(program: str) -> None:
    guide = LIBRARY.guide(program)
    assert guide.problems({**guide.defaults(), **full(program)}) == ()
    assert against(program, full(program)) == {}


@pytest.mark.parametrize("program", CASES)
def test_without_answers_no_rule_speaks(program: str) -> None:
    assert against(program, {}) == {}
    for missing in unsure(program, {}).values():
        assert missing


THEFT = {"offense": "petit_theft_1", "property_value": 30001}
CONSENT = {
    "has_victim": "yes",
    "victims": [{"~row": "1", "victim_name": "A Shop", "victim_answer": "consents"}],
}


def test_a_theft_over_300_dollars_comes_out_by_program() -> None:
    assert against("pinellas_apad", full("pinellas_apad", **THEFT, **CONSENT)) == {
        "theft_over_300": Force.HARD
    }
    assert against("pembroke_pines", full("pembroke_pines", **THEFT, **CONSENT)) == {}
    exactly = {**THEFT, **CONSENT, "property_value": 30000}
    assert against("pinellas_apad", full("pinellas_apad", **exactly)) == {}


def test_a_theft_without_a_value_cannot_be_told() -> None:
    answers = full("pinellas_apad", offense="petit_theft_1", **CONSENT)
    assert unsure("pinellas_apad", answers)["theft_over_300"] == ("property_value",)


@pytest.mark.parametrize(
    ("weight", "is_over"),
    [
        ({"amount": 20, "unit": "g"}, False),
        ({"amount": 20.1, "unit": "g"}, True),
        ({"amount": 0.5, "unit": "oz"}, False),
        ({"amount": 1, "unit": "oz"}, True),
        ({"amount": 900, "unit": "mg"}, False),
        ({"amount": 1, "unit": "lb"}, True),
    ],
)
def test_cannabis_up_to_20_grams(weight: dict[str, Any], is_over: bool) -> None:
    for program in ("pembroke_pines", "pinellas_apad"):
        found = against(program, full(program, offense="cannabis_20g", drug_weight=weight))
        assert found == ({"cannabis_over_20_g": Force.HARD} if is_over else {})


def test_cannabis_that_nobody_weighed_cannot_be_told() -> None:
    answers = full("pembroke_pines", offense="cannabis_20g")
    assert unsure("pembroke_pines", answers)["cannabis_over_20_g"] == ("drug_weight",)
    assert "cannabis_over_20_g" not in unsure("pembroke_pines", full("pembroke_pines"))


@pytest.mark.parametrize(
    ("victim", "holds"),
    [("consents", False), ("objects", True), ("unable", True), ("", None)],
)
def test_in_pembroke_pines_a_theft_needs_the_victims_yes(victim: str, holds: bool | None) -> None:
    row = {"~row": "1", "victim_name": "A Shop"} | ({"victim_answer": victim} if victim else {})
    answers = full("pembroke_pines", offense="petit_theft_2", has_victim="yes", victims=[row])
    found = next(
        f
        for f in LIBRARY.guide("pembroke_pines").findings(answers, DAY)
        if f.rule.id == "victim_must_consent"
    )
    assert found.holds is holds
    assert found.missing == (("victims.victim_answer",) if holds is None else ())
    assert found.rule.force is Force.HARD


def test_another_offense_needs_no_victims_yes() -> None:
    row = {"~row": "1", "victim_name": "A Shop", "victim_answer": "objects"}
    answers = full("pembroke_pines", has_victim="yes", victims=[row])
    assert against("pembroke_pines", answers) == {}


def test_one_offense_off_the_list_is_enough() -> None:
    rows = [{"~row": "1", "offense": "trespass_property"}, {"~row": "2", "offense": "dui"}]
    found = against("pembroke_pines", full("pembroke_pines", offenses=rows))
    assert found == {
        "offense_not_listed": Force.PRESUMPTIVE,
        "offense_is_excluded": Force.HARD,
    }


def test_earlier_cases_are_held_against_the_limit_of_the_program() -> None:
    once = {"earlier_here": {"amount": 1, "unit": ""}}
    assert "over_the_limit_here" in against("pembroke_pines", full("pembroke_pines", **once))
    assert "over_the_limit_here" not in against("pinellas_apad", full("pinellas_apad", **once))
    assert "over_the_limit_here" not in against("madison_mari", full("madison_mari", **once))
    twice = {**once, "earlier_elsewhere": {"amount": 2, "unit": ""}}
    assert "over_the_limit_elsewhere" in against("pinellas_apad", full("pinellas_apad", **twice))


def test_only_where_the_program_asks_is_there_an_admission() -> None:
    assert "admission" in LIBRARY.guide("pembroke_pines").visible({})
    assert "admission" not in LIBRARY.guide("madison_mari").visible({})
    denies = {"admission": "denies"}
    found = against("pembroke_pines", full("pembroke_pines", **denies))
    assert found == {"admission_is_needed": Force.PRESUMPTIVE}
    assert against("madison_mari", full("madison_mari", **denies)) == {}
    assert against("pembroke_pines", full("pembroke_pines", admission="no_contest")) == {}


@pytest.mark.parametrize("program", CASES)
def test_domestic_violence_is_in_no_program(program: str) -> None:
    risk = {"has_risk": "yes", "injury": "no", "weapon": "no", "minor_victim": "no"}
    assert against(program, full(program, **risk, domestic="yes")) == {
        "domestic_violence": Force.HARD
    }
    found = unsure(program, full(program, has_risk="yes"))
    assert found["domestic_violence"] == ("domestic",)


@pytest.mark.parametrize("program", CASES[1:])
def test_a_minor_is_for_another_program(program: str) -> None:
    assert against(program, full(program, date_of_birth="2010-01-01"))["adults_only"] is Force.HARD


def test_an_age_told_by_radio_counts_like_a_birth_date() -> None:
    told = {"offenses": [{"offense": "alcohol_under_21"}]}
    assert against("pembroke_pines", {**told, "age": 17}) == {"adults_only": Force.HARD}
    assert against("pembroke_pines", {**told, "age": 22}) == {"alcohol_and_21": Force.ADVISORY}
    assert unsure("pembroke_pines", told)["adults_only"] == ("date_of_birth",)
    born = {**told, "age": 17, "date_of_birth": "1991-04-17"}
    assert "adults_only" not in against("pembroke_pines", born)


def test_a_minor_without_a_reachable_guardian_is_noticed() -> None:
    tries = [{"~row": "1", "try_at": f"{DAY}T14:00:00-05:00", "try_answer": "no_answer"}]
    minor = full("plain_diversion", date_of_birth="2010-01-01", guardian_tries=tries)
    assert LIBRARY.guide("plain_diversion").problems(minor) == ()
    assert against("plain_diversion", minor) == {"guardian_not_reached": Force.ADVISORY}
    alone = {k: v for k, v in minor.items() if k != "guardian_tries"}
    problems = LIBRARY.guide("plain_diversion").problems(alone)
    assert [p.field for p in problems] == ["guardian_tries"]


def test_the_terms_are_those_of_each_program() -> None:
    terms = {p: LIBRARY.guide(p).form.terms for p in CASES}
    said = {
        p: (t.report_hours, t.report_business_days, t.complete_days, t.complete_months, t.approval)
        for p, t in terms.items()
        if t is not None
    }
    assert said == {
        "plain_diversion": (0, 3, 90, 0, "none"),
        "pembroke_pines": (0, 3, 90, 0, "none"),
        "pinellas_apad": (48, 0, 90, 0, "none"),
        "clackamas_lead": (336, 0, 180, 0, "prosecutor"),
        "madison_mari": (0, 3, 0, 6, "none"),
    }
    apad = terms["pinellas_apad"]
    assert apad is not None
    assert apad.instruments == (Instrument.REFERRAL,)
    assert len(apad.bring) == 3


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"date_of_birth": "2027-01-01"}, "date_of_birth", "in the future"),
        ({"offense_at": "2026-11-24T00:10:00-05:00"}, "offense_at", "not after today"),
        ({"offense_at": "1990-11-24T00:10:00-05:00"}, "offense_at", "after the birth date"),
        ({"drug_weight": {"amount": 3, "unit": ""}}, "drug_weight", "Add the unit"),
        ({"drug_weight": {"amount": -3, "unit": "g"}}, "drug_weight", "below zero"),
        ({"property_value": -100}, "property_value", "Enter dollars and cents"),
        ({"attested": "no"}, "attested", "nothing can be issued"),
        ({"offenses": []}, "offenses", "Add at least one row"),
        ({"offenses": [{"offense": "murder"}]}, "offenses", "not on the list"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field(
    change: dict[str, Any], field: str, words: str
) -> None:
    guide = LIBRARY.guide("plain_diversion")
    problems = guide.problems({**full("plain_diversion"), **change})
    assert field in {p.field for p in problems}
    assert any(words in p.message.said_in("en") for p in problems if p.field == field)
    assert all(p.message.said_in("es") != p.message.said_in("en") for p in problems)


def test_possession_in_oregon_is_another_offense_before_september_2024() -> None:
    guide = LIBRARY.guide("clackamas_lead")
    old = full("clackamas_lead", offense="possession_m", offense_at="2024-08-31T12:00:00-07:00")
    assert [p.field for p in guide.problems(old)] == ["offenses"]
    assert guide.problems(full("clackamas_lead", offense="possession_m")) == ()


def actions(guide: FormGuide, answers: dict[str, Any]) -> int:
    """One for each choice, typed field, row and button."""
    kinds = {f.id: f.type for f in guide.form.fields()}
    many = {FieldType.CHOICES, FieldType.RANKED, FieldType.ROWS}
    each = sum(len(v) if kinds[k] in many else 1 for k, v in answers.items())
    cells = sum(len(row) - 1 for v in answers.values() if isinstance(v, list) for row in v)
    shown = guide.visible({**KNOWN, **answers})
    steps = [s for s in guide.form.sections if s.id in shown and not s.is_later]
    return each + cells + len(steps) + WINDOW_ACTIONS


def test_a_citation_for_a_known_person_is_at_most_25_actions_away() -> None:
    guide = LIBRARY.guide("plain_diversion")
    assert guide.problems({**guide.defaults(), **FULL}) == ()
    assert actions(guide, SHORT) <= 25
    assert actions(guide, FULL) <= 25
    assert actions(guide, {**FULL, **CONSENT, "phone": "1", "address": "1", "school": "1"}) > 25
