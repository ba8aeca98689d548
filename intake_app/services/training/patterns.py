"""Ways in which fictional intakes can go: filled in question by question, as the form asks them."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from intake_app.domain.clock import stamp
from intake_app.domain.form import Answers, Deadline, Form
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.training.fiction import FIRST_NAMES, LAST_NAMES, fictional_answer

SYLLABLES: Final = ("bar", "den", "fal", "gor", "hol", "kin", "lan", "mor", "nor", "pel", "ros")
_ANSWERED, _COMMON_NAME, _TOLD = 0.45, 0.4, 0.85

_ABOUT: Final[Mapping[str, Mapping[str, int]]] = {
    "sex": {"male": 57, "female": 41, "declined": 2},
    "housing_short": {
        "stable": 36, "doubled_up": 23, "unsheltered": 17, "shelter": 11, "at_risk": 8,
        "institution": 3, "declined": 2,
    },
    "employment": {
        "looking": 31, "full_time": 21, "disabled": 14, "part_time": 14, "not_looking": 8,
        "student": 4, "retired": 3, "declined": 5,
    },
    "income_band": {
        "none": 29, "under_10000": 27, "10000_24999": 22, "25000_49999": 10, "50000_74999": 2,
        "declined": 10,
    },
    "veteran": {"never": 86, "veteran": 9, "guard_reserve": 1, "declined": 4},
    "referral_source": {
        "self": 27, "family": 17, "patrol": 14, "hospital": 14, "ems": 8, "social_service": 10,
        "court": 5, "other": 5,
    },
    "preferred_place": {
        "residential": 26, "detox": 24, "outpatient": 18, "moud": 14, "recovery_housing": 10,
        "mental_health": 8,
    },
    "interpreter": {"none": 92, "phone": 6, "staff": 2},
}  # fmt: skip
_SEVERAL: Final[Mapping[str, Mapping[str, int]]] = {
    "race": {
        "white": 57, "black": 20, "hispanic": 12, "asian": 3, "aian": 3, "mena": 2, "nhpi": 1,
        "declined": 2,
    },
    "gender": {"man": 55, "woman": 40, "non_binary": 2, "transgender_woman": 1, "declined": 2},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which an intake can go.

    Attributes:
        answers: To what was asked.
        owed: What is owed afterwards.
        asked: The questions and sections that were asked.
        begins: The status that it begins with.
        is_event_only: Nobody was met.
    """

    answers: Answers
    owed: tuple[tuple[Deadline, str], ...]
    asked: frozenset[str]
    begins: str = ""
    is_event_only: bool = False


def pattern_of(desk: Desk, guide: Guide, dice: random.Random) -> Pattern:
    """Answers to one intake, question by question, as the form asks them."""
    answers: Answers = guide.defaults()
    asked = guide.visible(answers)
    for field in guide.form.fields():
        if field.id in asked and (field.is_required or dice.random() < _ANSWERED):
            answers[field.id] = fictional_answer(field, dice, desk.clock.local().date())
            asked = guide.visible(answers)
    kept = guide.kept(answers)
    owed = guide.owed(kept, stamp(desk.clock))
    return Pattern(kept, owed, guide.visible(kept), guide.begins(kept), guide.is_event_only(kept))


def identity_of(form: Form, dice: random.Random) -> Answers:
    """A name, a birth date and a phone that belong to nobody."""
    born = date(1940, 1, 1) + timedelta(days=dice.randrange(65 * 365))
    made = {
        "first_name": dice.choice(FIRST_NAMES),
        "last_name": _last_name(dice),
        "born": born.isoformat(),
        "phone": f"+1304555{dice.randrange(10000):04d}",
    }
    return {form.facts[column]: value for column, value in made.items() if column in form.facts}


def about_of(form: Form, dice: random.Random) -> Answers:
    """What numbers are cut by, as unevenly as it is in a county; some of it nobody told."""
    known = {field.id for field in form.fields()}
    told: Answers = {
        name: drawn(table, dice)
        for name, table in _ABOUT.items()
        if name in known and dice.random() < _TOLD
    }
    for name, table in _SEVERAL.items():
        if name in known and dice.random() < _TOLD:
            both = {drawn(table, dice), drawn(table, dice)} if dice.random() < 0.07 else set[str]()
            told[name] = sorted(both - {"declined"}) or [drawn(table, dice)]
    return told


def drawn(table: Mapping[str, int], dice: random.Random) -> str:
    """One of several, as often as it weighs."""
    return dice.choices(list(table), list(table.values()))[0]


def _last_name(dice: random.Random) -> str:
    if dice.random() < _COMMON_NAME:
        return dice.choice(LAST_NAMES)
    return "".join(dice.choices(SYLLABLES, k=3)).capitalize()
