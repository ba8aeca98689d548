"""What a program's rules say of some answers: on partial data too, and never as a denial."""

from pathlib import Path

import pytest
from profiles import Desks
from small_programs import POSSESSION, case_draft, grams, with_programs

from intake_app.domain.errors import FormMissing, NotAllowed
from intake_app.domain.form import Force
from intake_app.domain.roles import Role
from intake_app.services.citing.eligibility import (
    ELIGIBILITY,
    Check,
    Verdict,
    check,
    check_all,
    check_draft,
    eligibility_change,
    outcome_fields,
)
from intake_app.services.desk import Desk
from intake_app.words import Words

EN, ES = Words("en"), Words("es")
CLEAR = {"has_weapon": "no", "times_here": grams(0), "age": 30}


@pytest.fixture
def officer(desks: Desks, tmp_path: Path) -> Desk:
    return with_programs(desks(Role.OFFICER), tmp_path)


def said(found: Check, words: Words = EN) -> list[str]:
    return [text for outcome in found.outcomes if (text := outcome.said(words))]


def test_what_is_missing_is_named_and_nothing_is_denied(officer: Desk) -> None:
    found = check(officer, "strict", {**POSSESSION, "has_weapon": "no", "age": 30})
    assert found.verdict is Verdict.CANNOT_TELL
    assert [one.field for one in found.missing] == ["grams", "times_here"]
    assert "Cannot tell yet: missing Weight" in said(found)
    assert found.said(EN) == "Cannot tell yet: missing Weight; Earlier cases here"


def test_no_answer_at_all_is_no_reason_against_anybody(officer: Desk) -> None:
    found = check(officer, "strict", {})
    assert found.verdict is Verdict.CANNOT_TELL
    assert found.against == ()
    assert "birth_day" in {one.field for one in found.missing}


def test_over_the_limit_is_presumptively_ineligible_with_the_reason(officer: Desk) -> None:
    found = check(officer, "strict", {**POSSESSION, **CLEAR, "grams": grams(6.5)})
    assert found.verdict is Verdict.AGAINST
    (against,) = found.against
    assert (against.rule, against.force, against.authority.said_in("en")) == (
        "weight", Force.PRESUMPTIVE, "Program policy 4",
    )  # fmt: skip
    assert said(found) == ["Presumptively ineligible because the weight is over 6 grams."]


def test_two_programs_with_different_law_differ(officer: Desk) -> None:
    answers = {**POSSESSION, **CLEAR, "grams": grams(12), "asked_victim": "consents"}
    strict, wide = check_all(officer, answers)
    assert (strict.program.said_in("en"), strict.verdict) == ("Strict program", Verdict.AGAINST)
    assert (wide.program.said_in("en"), wide.verdict) == ("Wide program", Verdict.FITS)
    strict, wide = check_all(officer, answers | {"grams": grams(6)})
    assert {strict.verdict, wide.verdict} == {Verdict.FITS}
    strict, wide = check_all(officer, answers | {"grams": grams(21)})
    assert {strict.verdict, wide.verdict} == {Verdict.AGAINST}


def test_a_hard_rule_says_who_can_decide_all_the_same(officer: Desk) -> None:
    found = check(officer, "strict", {"has_weapon": "yes"})
    assert found.verdict is Verdict.HARD
    assert "The program's rules exclude it because there was a weapon." in said(found)
    assert "prosecutor" in found.said(EN)
    assert "hubo un arma" in " ".join(said(found, ES))


def test_advice_decides_nothing(officer: Desk) -> None:
    answers = {**CLEAR, "acts": [{"~row": "1", "act": "shoplifting"}]}
    assert check(officer, "strict", answers).verdict is Verdict.FITS
    found = check(officer, "strict", answers | {"told_all": "no"})
    assert found.verdict is Verdict.FITS
    assert said(found) == ["Please note: not all was explained."]


def test_an_abbreviation_keeps_its_letters(officer: Desk) -> None:
    found = check(officer, "strict", {**CLEAR, "times_here": grams(1)})
    assert "Presumptively ineligible because DUI or another case came before." in said(found)


def test_a_rule_holds_from_its_day_on(officer: Desk) -> None:
    rules = {outcome.rule for outcome in check(officer, "strict", {}).outcomes}
    assert "next_year" not in rules
    assert {"weapon", "not_told", "weight", "again", "young"} == rules


def test_an_age_that_was_told_counts_like_a_birth_date(officer: Desk) -> None:
    for told in ({"age": 17}, {"birth_day": "2010-01-01"}):
        assert [o.rule for o in check(officer, "strict", told).against] == ["young"]


def test_the_desk_may_check_and_needs_no_key_to_cases(desks: Desks, tmp_path: Path) -> None:
    for role in (Role.FRONT_DESK, Role.RECEPTION, Role.COORDINATOR):
        desk = with_programs(desks(role), tmp_path)
        assert len(check_all(desk, POSSESSION)) == 2
    with pytest.raises(NotAllowed):
        check_all(desks(Role.ADMINISTRATOR), {})


def test_a_program_that_is_broken_or_gone_leaves_the_others(desks: Desks, tmp_path: Path) -> None:
    desk = with_programs(desks(Role.OFFICER), tmp_path, broken="[program]\nid = 1")
    assert [one.ruleset.id for one in check_all(desk, {})] == ["strict", "wide"]
    with pytest.raises(FormMissing):
        check(desk, "nowhere", {})


def test_the_rule_set_and_each_outcome_are_kept_with_the_case(officer: Desk) -> None:
    draft = case_draft(officer, {**POSSESSION, "grams": grams(6.5), "has_weapon": "no"})
    change = eligibility_change(officer, draft)
    assert (change.kind, change.about) == (ELIGIBILITY, draft.id)
    kept = outcome_fields(check_draft(officer, draft))
    assert {k: v for k, v in change.fields.items() if not k.startswith("~")} == kept
    assert kept["ruleset"]["version"] == "1+2"
    assert len(kept["ruleset"]["digest"]) == 64
    holds = {one["rule"]: (one["force"], one["holds"]) for one in kept["outcomes"]}
    assert holds["weight"] == ("presumptive", True)
    assert holds["again"] == ("presumptive", None)
    assert holds["weapon"] == ("hard", False)


def test_a_draft_is_judged_by_the_rules_that_it_began_with(desks: Desks, tmp_path: Path) -> None:
    desk = with_programs(desks(Role.OFFICER), tmp_path)
    draft = case_draft(desk, {**POSSESSION, "grams": grams(7), "has_weapon": "no"})
    changed = with_programs(desk, tmp_path)
    file = tmp_path / "small_forms" / "programs" / "strict.toml"
    file.write_text(file.read_text("utf-8").replace("> 6.0", "> 60.0"), encoding="utf-8")
    answers = {**POSSESSION, **CLEAR, "grams": grams(7)}
    assert check(changed, "strict", answers).verdict is Verdict.FITS
    assert [outcome.rule for outcome in check_draft(changed, draft).against] == ["weight"]
