"""Eligibility: forty rules of one program on an intake in which everything is answered."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides, timed
from intake_app.domain.change import Value
from intake_app.domain.clock import FixedClock
from intake_app.domain.form import NO, YES, Answers, Field, FieldType
from intake_app.rulebook.answer_shape import sample_answer
from intake_app.rulebook.builder import Texts, build_guide, program_file
from intake_app.rulebook.fixed_words import FixedWords
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.shelf import Shelf
from intake_app.settings.resources import path

RULES: Final = 40
_DAY: Final = "2026-11-23"
_PATHWAY: Final = "officer_intervention"
_ID: Final = "forty_rules"
_TURNS: Final = 20
"""Looks in one turn: one alone is shorter than the clock's own noise."""

_WHEN: Final = (
    'offenses.exists(o, o.offense in ["dui", "domestic_battery", "shoplifting", "number_{n}"])',
    'offenses.exists(o, o.offense == "possession") && drug_weight.unit == "g"'
    " && drug_weight.amount > {n}",
    "property_value >= {n}00 || property_damage >= {n}00",
    'has_risk == "yes" && (weapon == "yes" || injury == "yes") && age < {n}',
    'has_victim == "yes" && victims.exists(v, v.victim_answer == "objects" && v.victim_loss > {n})',
    'record_check == "does_not_meet" && earlier_here.amount > {n}',
    'age < 18 && guardian_tries.all(t, t.try_answer in ["no_answer", "not_safe"])',
)
"""Shapes of the rules of the shipped programs."""


@contextmanager
def prepare(_room: Room) -> Generator[Sides]:
    """From answers to the outcome of each rule; the form is compiled.

    Raises:
        CannotMeasure: The program has another number of rules, or not all is answered.
    """
    guide = guide_of_rules()
    answers = full_answers(guide)
    found = guide.findings(answers, _DAY)
    if len(found) != RULES:
        raise CannotMeasure(f"the program has {len(found)} rules")
    if any(one.holds is None for one in found):
        raise CannotMeasure("a rule waits for an answer")
    many = timed(lambda: [guide.findings(answers, _DAY) for _ in range(_TURNS)])
    yield Sides(lambda: many() / _TURNS)


def guide_of_rules() -> FormGuide:
    """The shipped form, with a program over it that fills it up to so many rules."""
    shelf = Shelf(path("forms"), path("resources"))
    own = _program(RULES - len(_guide(_PATHWAY, shelf.text).form.rules))

    def text(name: str) -> str | None:
        return own if name == program_file(_ID) else shelf.text(name)

    return _guide(_ID, text)


def full_answers(guide: FormGuide) -> Answers:
    """An answer to each question, of a minor, chosen so that most of the form is asked."""
    answers: Answers = {field.id: sample_answer(field) for field in guide.form.fields()}
    answers = {**answers, guide.form.facts["born"]: "2011-03-02"}
    for field in guide.form.fields():
        tries = [{**answers, field.id: value} for value in _tries(field)]
        answers = max([answers, *tries], key=lambda each: len(guide.visible(each)))
    return answers


def _tries(field: Field) -> Iterable[Value]:
    return (YES, NO) if field.type is FieldType.YES_NO else [each.id for each in field.choices]


def _guide(ident: str, texts: Texts) -> FormGuide:
    words = FixedWords.read(path("resources", "words", "rulebook.toml").read_text("utf-8"))
    clock = FixedClock(datetime(2026, 11, 23, 19, 40, tzinfo=UTC))
    made = build_guide(ident, texts, words, Setting(clock))
    if made is None:
        raise CannotMeasure("the form is not there")
    return made


def _program(rules: int) -> str:
    lines = [
        "[program]", f'id = "{_ID}"', f'pathway = "{_PATHWAY}"', 'version = "1"',
        'name = { en = "Forty rules" }', "[terms]", 'admission = "required"',
    ]  # fmt: skip
    for n in range(rules):
        when = _WHEN[n % len(_WHEN)].replace("{n}", str(n))
        lines += ["[[rules]]", f'id = "rule_{n}"', 'force = "presumptive"', f"when = '{when}'"]
        lines += ['message = { en = "No." }', 'authority = "None"']
    return "\n".join(lines)


MEASUREMENTS: Final = (
    Measurement(f"eligibility, {RULES} rules on a full intake", "ms", Goal(units=1), prepare),
)
