"""Who somebody is, as the answers of an intake say it; the next intake begins with it."""

from collections.abc import Collection, Iterator
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.form import Answers, Field, FieldType, Form, Section, Sensitivity
from intake_app.services.records.rows import ROW

_WHO: Final = frozenset({
    "last_name", "first_name", "preferred_name", "aliases", "legal_name", "born", "phone",
    "address", "language", "contact_ways", "mail_address",
})  # fmt: skip
"""Columns of [facts] whose questions stand where a form asks who somebody is."""

_HOW: Final = "contact_ways"
"""The column whose section holds the safe-contact plan: all of it goes with the person."""

_NOT_KEPT: Final = frozenset({FieldType.SIGNATURE, FieldType.STATEMENT, FieldType.DATE_TIME})
_PROGRAM: Final = "S"


def identity_fields(form: Form) -> tuple[Field, ...]:
    """The questions that tell who a person is and how to reach them safely."""
    return tuple(field for section in form.sections for field in _of_person(form, section))


def _of_person(form: Form, section: Section) -> Iterator[Field]:
    named = {form.facts[column] for column in _WHO if column in form.facts}
    here = {field.id for field in section.fields}
    if section.fact or section.is_event or not here & named:
        return
    is_plan = form.facts.get(_HOW, _HOW) in here
    for field in section.fields:
        is_person = is_plan or field.id in named or field.sensitivity is Sensitivity.IDENTITY
        if is_person and _can_go_on(field):
            yield field


def _can_go_on(field: Field) -> bool:
    return field.type not in _NOT_KEPT and not field.is_apart and field.who != _PROGRAM


def identity_of_answers(form: Form, answers: Answers) -> Answers:
    """The part of some answers that tells who the person is."""
    wanted = [field.id for field in identity_fields(form)]
    return {name: answers[name] for name in wanted if name in answers}


def carried(old: Form, answers: Answers, new: Form) -> Answers:
    """The identity of one intake as the answers of another form.

    A question takes the answer of the same column of [facts], or of the same id, where it takes
    such an answer at all. Rows become rows of their own.
    """
    known = identity_of_answers(old, answers)
    by_column = {new.facts[c]: old.facts[c] for c in _WHO if c in new.facts and c in old.facts}
    found: Answers = {}
    for field in identity_fields(new):
        source = by_column.get(field.id, field.id)
        before = old.field(source)
        if source in known and before is not None and before.type is field.type:
            value = _as_answer(field, known[source])
            if value not in (None, "", []):
                found[field.id] = value
    return found


def _as_answer(field: Field, value: Value) -> Value:
    if field.type is FieldType.CHOICE:
        return value if _is_offered(field, value) else None
    if field.type in {FieldType.CHOICES, FieldType.RANKED}:
        return [one for one in cast("Collection[Value]", value) if _is_offered(field, one)]
    if field.type is FieldType.ROWS:
        rows = cast("list[Answers]", value)
        return [{name: cell for name, cell in row.items() if name != ROW} for row in rows]
    return value


def _is_offered(field: Field, value: Value) -> bool:
    choice = field.choice(str(value))
    return choice is not None and not choice.is_retired
