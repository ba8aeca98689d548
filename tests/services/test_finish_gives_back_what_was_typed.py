"""Whatever is typed into the real form, finished, and read again, is the same."""

import random
from typing import Any

import pytest
from walk_ins import WALK_IN, seen

from intake_app.domain.form import Answers, Field, FieldType, Form
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.intakes.people import find_people
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.drafts import begin_draft, guide_of, resume_draft, save_draft
from intake_app.services.training.fiction import fictional_answer

ROUNDS = 6
TALKATIVE = {**WALK_IN, "may_contact": "yes", "contact_ways": ["call", "letter"]}


def filled(guide: Guide, dice: random.Random, desk: Desk) -> Answers:
    """Random answers to whatever the form then asks; what it refuses is left out again."""
    today = desk.clock.local().date()
    answers: Answers = {**guide.defaults(), **TALKATIVE}
    for _ in range(3):  # again, for what the first answers call for
        asked = guide.visible(answers) - answers.keys()
        for field in guide.form.fields():
            if field.id in asked:
                answers[field.id] = fictional_answer(field, dice, today)
    while wrong := {p.field for p in guide.problems(answers)} & answers.keys() - TALKATIVE.keys():
        for name in wrong:
            del answers[name]
    return answers


def without_row_ids(guide: Guide, answers: Answers) -> Answers:
    tables = {f.id for f in guide.form.fields() if f.type is FieldType.ROWS}
    return {name: [_cells(row) for row in value] if name in tables else value
            for name, value in answers.items()}  # fmt: skip


def _cells(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "~row"}


def expected(guide: Guide, answers: Answers) -> Answers:
    apart = {f.id for f in guide.form.fields() if f.is_apart}
    return {name: value for name, value in guide.kept(answers).items() if name not in apart}


def test_what_was_typed_comes_back(desk: Desk) -> None:
    dice, types = random.Random(5), set[FieldType]()
    guide = guide_of(desk, begin_draft(desk, "self_referral"))
    for _ in range(ROUNDS):
        draft = begin_draft(desk, "self_referral")
        while True:
            draft.answers = filled(guide, dice, desk)
            if not guide.problems(draft.answers):
                break
        save_draft(desk, draft)
        again = resume_draft(desk, draft.id)
        assert again.answers == draft.answers
        view = seen(desk, finish_intake(desk, again).record)
        assert without_row_ids(guide, view.answers) == expected(guide, draft.answers)
        fields = [guide.form.field(name) for name in view.answers]
        types |= {field.type for field in fields if field}
    assert types == {field.type for field in guide.form.fields()}, "all types were answered"


def test_a_service_that_loses_an_answer_would_be_noticed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control."""

    def lost(_: Form) -> dict[str, str]:
        return {"own_words": "lost"}

    monkeypatch.setattr("intake_app.services.records.intake_changes.acts_of", lost)
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {**WALK_IN, "own_words": "a bed"}
    done = finish_intake(desk, draft)
    guide = guide_of(desk, draft)
    view = read_intake(desk, done.record)
    assert without_row_ids(guide, view.answers) != expected(guide, draft.answers)


def test_every_type_of_question_gets_an_answer_of_its_shape(desk: Desk) -> None:
    dice, today = random.Random(2), desk.clock.local().date()
    form = guide_of(desk, begin_draft(desk, "self_referral")).form
    by_type: dict[FieldType, Field] = {field.type: field for field in form.fields()}
    for kind, field in by_type.items():
        assert fictional_answer(field, dice, today) is not None, kind


def test_names_with_accents_and_apostrophes_are_found_as_people_type_them(desk: Desk) -> None:
    for last, typed in (("O'Brien", "o'br"), ("Muñoz", "munoz"), ("Noemí", "noemi")):
        draft = begin_draft(desk, "self_referral")
        draft.answers |= {**WALK_IN, "last_name": last}
        record = finish_intake(desk, draft).record
        assert record in [row.record for row in find_people(desk, typed)]
