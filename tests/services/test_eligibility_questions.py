"""What the check page asks is enough for a verdict, whatever the program, and names nobody."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from profiles import Desks
from small_programs import with_programs

from intake_app.domain.form import Answers, FieldType, Sensitivity
from intake_app.domain.pathway import Pathway
from intake_app.domain.roles import Role
from intake_app.services.case.offers import OfferAbout
from intake_app.services.citing.eligibility import Verdict, check
from intake_app.services.citing.eligibility_questions import (
    AGE,
    Questions,
    about_answers,
    answers_for,
    questions,
)
from intake_app.services.desk import Desk
from intake_app.services.training.fiction import fictional_answer

SHIPPED = ("plain_diversion", "pembroke_pines", "pinellas_apad", "clackamas_lead", "madison_mari")


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """Reception: no key to cases at all."""
    return desks(Role.RECEPTION)


def offering(desk: Desk, *programs: str) -> Desk:
    return replace(desk, agency=replace(desk.agency, case_programs=programs))


def answered(desk: Desk, asked: Questions, dice: random.Random) -> Answers:
    """Some answer to each question; whole rows."""
    today = desk.clock.local().date()
    answers: Answers = {AGE: dice.randrange(12, 70)} if asked.asks_age else {}
    for field in asked.fields:
        if field.type is FieldType.ROWS:
            row = {c.id: fictional_answer(c, dice, today) for c in field.columns}
            answers[field.id] = [{"~row": "1", **row}]
        else:
            answers[field.id] = fictional_answer(field, dice, today)
    return answers


def test_all_that_is_asked_is_enough_for_a_verdict(desk: Desk) -> None:
    dice = random.Random(7)
    for program in SHIPPED:
        at = offering(desk, program)
        asked, seen = questions(at), set[Verdict]()
        for _ in range(25):
            found = check(at, program, answered(at, asked, dice))
            assert found.verdict is not Verdict.CANNOT_TELL, (program, found.missing)
            seen.add(found.verdict)
        assert len(seen) > 1, program


def test_without_one_of_them_something_cannot_be_told(desk: Desk) -> None:
    """Negative control: no question is asked for nothing."""
    at = offering(desk, "plain_diversion")
    asked = questions(at)
    for field in asked.fields:
        is_missed = False
        for seed in range(40):
            answers = answered(at, asked, random.Random(seed))
            answers.pop(field.id)
            found = check(at, "plain_diversion", answers)
            is_missed |= field.id in {one.field.partition(".")[0] for one in found.missing}
        assert is_missed or field.id in {"has_victim", "victims"}, field.id  # told in any case


def test_no_question_says_who_it_is(desk: Desk) -> None:
    asked = questions(offering(desk, *SHIPPED))
    assert asked.asks_age
    every = [c for f in asked.fields for c in (*f.columns, f) if c.type is not FieldType.ROWS]
    assert every
    assert not [f.id for f in every if f.sensitivity is Sensitivity.IDENTITY]
    assert not {"date_of_birth", "last_name", "victim_name"} & {f.id for f in every}


def test_two_states_offer_both_tables(desk: Desk) -> None:
    def offenses(*programs: str) -> set[str]:
        asked = questions(offering(desk, *programs))
        return {choice.id for f in asked.fields for c in f.columns for choice in c.choices}

    one, other = offenses("pembroke_pines"), offenses("madison_mari")
    assert one - other
    assert offenses("pembroke_pines", "madison_mari") == one | other


def test_what_only_advice_reads_is_not_asked(desks: Desks, tmp_path: Path) -> None:
    asked = questions(with_programs(desks(Role.RECEPTION), tmp_path))
    assert [f.id for f in asked.fields] == [
        "acts", "grams", "has_weapon", "asked_victim", "times_here",
    ]  # fmt: skip
    assert [c.id for c in asked.fields[0].columns] == ["act"]
    assert (asked.earlier, asked.asks_age) == ("times_here", True)


def test_an_intake_takes_the_answers_that_its_form_asks(desk: Desk) -> None:
    answers: Answers = {"offenses": [{"~row": "1", "offense": "shoplifting"}], AGE: 30, "other": 1}
    at = offering(desk, "plain_diversion")
    assert answers_for(at, "plain_diversion", answers) == {"offenses": answers["offenses"]}
    about = about_answers(at, "plain_diversion", answers)
    assert about == OfferAbout("plain_diversion", "shoplifting", "23C", "W. Va. Code 61-3A-3")
    assert about_answers(at, "plain_diversion", {}) == OfferAbout("plain_diversion")


def test_where_no_program_is_in_force_nothing_is_asked(desk: Desk) -> None:
    assert questions(offering(desk, "long_gone")) == Questions((), asks_age=False, earlier="")
    assert questions(offering(desk)).fields, "none named: all that are in force"
    assert desk.library.programs(Pathway.OFFICER_INTERVENTION)
