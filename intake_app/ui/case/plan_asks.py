"""What is asked about the conditions of a case, and the services that note the answers."""

from intake_app.domain.condition import SAID, Condition, Progress
from intake_app.domain.form import Answers, Choice, Field
from intake_app.domain.ids import RecordId
from intake_app.services.case.conditions import (
    NewCondition,
    add_condition,
    change_condition,
    record_progress,
    waive_condition,
)
from intake_app.services.case.labels import WORD
from intake_app.services.case.treatment import record_treatment
from intake_app.services.citing.cases import CaseView
from intake_app.services.desk import Desk
from intake_app.ui.form.questions import Questions

_HOURS, _MONEY = "hours", "money"


def _words(q: Questions, *, is_required: bool) -> Field:
    choices = [Choice(str(word), q.text(q.words.text(WORD[word]))) for word in SAID]
    label = q.words.text("How it stands")
    return q.choice("word", label, choices, is_required=is_required)


def ask_progress(one: Condition, q: Questions) -> list[Field]:
    """What was done, how much of it, who vouches for it."""
    amount: list[Field] = []
    if one.measure == _HOURS:
        amount = [q.number("hours", q.words.text("Hours done"))]
    elif one.measure == _MONEY:
        amount = [q.money("money", q.words.text("Amount paid"))]
    return [
        *amount,
        _words(q, is_required=False),
        q.day(q.words.text("On which day, if not today")),
        q.note(q.words.text("Who confirms it"), name="verifier"),
        q.note(q.words.text("What was seen: a letter, a receipt, a list")),
    ]


def note_progress(desk: Desk, one: Condition, said: Answers) -> None:
    """Note what was answered."""
    hours = said.get("hours") or {}
    amount = said.get("money") or hours.get("amount") or 0
    parts = {name: str(said.get(name) or "") for name in ("word", "note", "verifier", "day")}
    record_progress(desk, one.id, Progress(amount=amount, **parts))


def ask_treatment(_one: Condition, q: Questions) -> list[Field]:
    """The word that crosses over, and the note that does not."""
    note = q.note(q.words.text("Note for coordinators only; it stays in the other file"))
    return [_words(q, is_required=True), note]


def note_treatment(desk: Desk, case: RecordId, one: Condition, said: Answers) -> None:
    """Note what was answered."""
    word, note = (str(said.get(name) or "") for name in ("word", "note"))
    record_treatment(desk, case, one.id, word, note)


def ask_waiver(_one: Condition, q: Questions) -> list[Field]:
    """Why it is waived."""
    return [q.note(is_required=True)]


def note_waiver(desk: Desk, one: Condition, said: Answers) -> None:
    """Waive it."""
    waive_condition(desk, one.id, str(said.get("note") or ""))


def ask_condition(case: CaseView, q: Questions, *, is_new: bool) -> list[Field]:
    """What a condition is; a change asks why."""
    fields = [
        q.choice("type", q.words.text("Kind of condition"), case.types),
        q.note(q.words.text("What is to be done, in your words"), name="label"),
        q.day(q.words.text("Due; without a day, by the completion date")),
        q.number("hours", q.words.text("Hours, if it is counted in hours")),
        q.money("money", q.words.text("Dollars, if it is money")),
    ]
    return fields if is_new else [*fields, q.note(is_required=True)]


def filled_condition(one: Condition, language: str) -> Answers:
    """A condition as the answers that would make it."""
    amounts: Answers = {}
    if one.amount and one.measure == _HOURS:
        amounts["hours"] = {"amount": one.amount, "unit": ""}
    elif one.amount:
        amounts["money"] = one.amount
    label = "" if one.is_treatment else one.label.said_in(language)
    return {"type": one.type, "label": label, "day": one.due or None, **amounts}


def _new_condition(said: Answers, *, is_waivable: bool) -> NewCondition:
    hours = said.get("hours") or {}
    amount = int(said.get("money") or hours.get("amount") or 0)
    kind, label, due = (str(said.get(name) or "") for name in ("type", "label", "day"))
    return NewCondition(kind, label, due, amount, is_waivable)


def note_new(desk: Desk, case: RecordId, said: Answers) -> None:
    """Add the condition; what staff add they may also waive."""
    add_condition(desk, case, _new_condition(said, is_waivable=True))


def note_change(desk: Desk, one: Condition, said: Answers) -> None:
    """Change the condition."""
    new = _new_condition(said, is_waivable=one.is_waivable)
    change_condition(desk, one.id, new, str(said.get("note") or ""))
