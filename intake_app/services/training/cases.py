"""Fictional officer interventions for a training profile, through the same doors as real ones.

Each is issued as an officer issues it: number, clock, citation and plan. Some of them go on: people
report, are assessed, agree on a plan, so that lists and clocks have something to show.
"""

import random
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain.errors import CaseRefused, NotEligible, NotFinished
from intake_app.domain.form import Answers, Field, FieldType
from intake_app.domain.roles import May
from intake_app.domain.terms import Instrument
from intake_app.services.case.acts import agree_plan, note_assessed, note_reported
from intake_app.services.case.programs import case_programs
from intake_app.services.citing.citing import Issued, OnPaper, issue_case
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.drafts import begin_draft, discard_draft, save_draft
from intake_app.services.training.fiction import FIRST_NAMES, LAST_NAMES, fictional_answer

_DAYS: Final = 40
"""Cases begin within so many days before today."""

_TRIES: Final = 4
"""So often a person is made up anew where the program's rules speak against the first."""

_NO: Final = frozenset({"has_risk", "has_victim", "prints_taken"})
_YES: Final = frozenset({"attested", "explained_all"})


def take_fictional_cases(desk: Desk, people: int, seed: int) -> int:
    """Issue citations to people who do not exist.

    Args:
        desk: The desk of somebody who takes cases.
        people: How many, at most: where no program fits, there are fewer.
        seed: The same seed gives the same people.

    Returns:
        How many were issued.
    """
    dice = random.Random(f"cases {seed}")  # noqa: S311 (fiction, not secrets)
    desk.require(May.TAKE_CASE)
    programs = [ident for ident, _ in case_programs(desk)]
    if not programs:
        return 0
    taken = (_take(desk, programs[0], dice) for _ in range(people))
    return sum(1 for issued in taken if issued and _goes_on(desk, issued, dice))


def _take(desk: Desk, form_id: str, dice: random.Random) -> Issued | None:
    for _ in range(_TRIES):
        draft = begin_draft(desk, form_id)
        guide = desk.library.guide(form_id)
        began = desk.clock.local() - timedelta(minutes=dice.randrange(60 * 24 * _DAYS) + 60)
        draft.started = began.isoformat(timespec="seconds")
        draft.answers = answers_of_case(desk, guide, dice, began)
        save_draft(desk, draft)
        terms = guide.form.terms
        instrument = terms.instruments[0] if terms else Instrument.CITATION
        try:
            at = (began + timedelta(minutes=30)).isoformat(timespec="minutes")
            return issue_case(desk, draft, instrument, [], OnPaper(at))
        except (NotEligible, NotFinished):
            discard_draft(desk, draft.id, "made up anew")
    return None


def answers_of_case(desk: Desk, guide: Guide, dice: random.Random, began: datetime) -> Answers:
    """Answers question by question, as the form asks them, about a person who does not exist."""
    answers = guide.defaults() | _person(guide, dice, began)
    asked = guide.visible(answers)
    for field in guide.form.fields():
        if field.id in asked and field.id not in answers and field.is_required:
            answers[field.id] = _answer(desk, field, dice)
            asked = guide.visible(answers)
    return answers


def _answer(desk: Desk, field: Field, dice: random.Random) -> object:
    if field.id in _NO or field.id in _YES:
        return "no" if field.id in _NO else "yes"
    if field.type is FieldType.CHOICE and field.choice("accepted"):
        return "accepted"
    if field.type is FieldType.ROWS:
        return [{c.id: _cell(desk, c, dice) for c in field.columns if c.is_required}]
    return fictional_answer(field, dice, desk.clock.local().date())


def _cell(desk: Desk, column: Field, dice: random.Random) -> object:
    if column.type is FieldType.NUMBER:
        return {"amount": 1, "unit": next(iter(column.units), "")}
    return fictional_answer(column, dice, desk.clock.local().date())


def _person(guide: Guide, dice: random.Random, began: datetime) -> Answers:
    """An adult who belongs to nobody, and when it was."""
    named = guide.form.facts
    age = timedelta(days=365 * 19 + dice.randrange(365 * 45))
    made: Answers = {
        "last_name": dice.choice(LAST_NAMES),
        "first_name": dice.choice(FIRST_NAMES),
        "born": (began - age).date().isoformat(),
        "phone": f"+1304555{dice.randrange(10000):04d}",
        "case_number": f"26-{dice.randrange(100000):06d}",
        "offense_at": began.isoformat(timespec="minutes"),
        "contact_ways": ["letter", "call"],  # so that reminders have something to show
        "mail_address": "P.O. Box 12",
    }
    return {named[column]: value for column, value in made.items() if column in named}


def _goes_on(desk: Desk, issued: Issued, dice: random.Random) -> bool:
    """Two thirds report; half of those agree on a plan. Returns True: it was issued."""
    case = issued.finished.record
    steps = (note_reported, note_assessed, agree_plan)[: dice.choice((0, 1, 1, 3, 3, 0))]
    for step in steps:
        try:
            step(desk, case)
        except CaseRefused:  # too late for this one: it waits for somebody to look
            break
    return True
