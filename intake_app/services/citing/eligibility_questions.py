"""What "Check eligibility" asks: the questions that the rules of the programs read, and no other.

Nothing is kept of the answers. They may go into an intake, or with an entry of the offer ledger.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.form import Answers, Field, FieldType, Force, Form, Sensitivity
from intake_app.domain.offense import is_table_of_offenses
from intake_app.domain.roles import May
from intake_app.services.case.offers import OfferAbout
from intake_app.services.case.programs import program_guides
from intake_app.services.citing.citing import about_offense
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide

AGE: Final = "age"
"""What a rule calls the age; among answers it is a whole number of years."""

_NOT_BY_RADIO: Final = frozenset({
    FieldType.SIGNATURE, FieldType.STATEMENT, FieldType.PERSON, FieldType.PROVIDER,
})  # fmt: skip
_VICTIM: Final = "victim_answers"
"""Code table of what a victim answers."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked.

    Attributes:
        fields: The questions, rows with those columns only that count; in the order of the form.
        asks_age: A rule reads the age; it is told in years, because nobody says who it is.
        earlier: Id of the question for earlier cases here, or empty.
    """

    fields: tuple[Field, ...]
    asks_age: bool
    earlier: str


def questions(desk: Desk) -> Questions:
    """The questions for all programs of the department together.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.CHECK_ELIGIBILITY)
    found: dict[str, Field] = {}
    asks_age, earlier = False, ""
    for guide in program_guides(desk):
        read = _read_by_rules(guide, desk.clock.local().date().isoformat())
        asks_age |= AGE in read
        earlier = earlier or guide.form.facts.get("earlier_here", "")
        for field in _asked(guide.form, read):
            known = found.get(field.id)
            found[field.id] = _both(known, field) if known else field
    return Questions(tuple(found.values()), asks_age, earlier if earlier in found else "")


def answers_for(desk: Desk, form_id: str, answers: Answers) -> Answers:
    """The answers that a form has a question for: what an intake begins with.

    Raises:
        FormMissing: There is no such form.
    """
    desk.require(May.CHECK_ELIGIBILITY)
    form = desk.library.guide(form_id).form
    return {ident: value for ident, value in answers.items() if form.field(ident)}


def about_answers(desk: Desk, form_id: str, answers: Answers) -> OfferAbout:
    """What the offer ledger may know of the answers: the program and the offense.

    Raises:
        FormMissing: There is no such form.
    """
    desk.require(May.CHECK_ELIGIBILITY)
    return about_offense(desk, desk.library.guide(form_id), answers)


def _read_by_rules(guide: Guide, on: str) -> frozenset[str]:
    """What the rules read that decide: not advice, nor what the program's terms rule out."""
    found = guide.findings({}, on)
    deciding = (f for f in found if f.rule.force is not Force.ADVISORY and f.holds is not False)
    return guide.rule_fields({f.rule.id for f in deciding}, _always(guide.form))


def _always(form: Form) -> Iterator[str]:
    """The offense and the victim's answer are told in any case, also where they decide nothing."""
    for field in form.fields():
        for ident, question in (
            (field.id, field),
            *((f"{field.id}.{c.id}", c) for c in field.columns),
        ):
            if is_table_of_offenses(question.codes) or question.codes == _VICTIM:
                yield ident


def _asked(form: Form, read: Collection[str]) -> Iterator[Field]:
    for field in form.fields():
        if field.type is FieldType.ROWS:
            columns = [c for c in field.columns if _counts(c, f"{field.id}.{c.id}", read)]
            if columns:
                yield replace(field, columns=tuple(_open(c) for c in columns), is_required=True)
        elif _counts(field, field.id, read) and field.id != form.facts.get("born"):
            yield _open(field)


def _counts(field: Field, ident: str, read: Collection[str]) -> bool:
    """Whether it is asked; never who somebody is."""
    is_fit = field.type not in _NOT_BY_RADIO and field.sensitivity is not Sensitivity.IDENTITY
    return is_fit and ident in read


def _open(field: Field) -> Field:
    """Nothing has to be answered, so nothing is called optional either."""
    return replace(field, is_required=True, is_later=False, default=None)


def _both(one: Field, other: Field) -> Field:
    """The same question of two programs: what either offers."""
    if one.type is not other.type:
        return one
    choices = {choice.id: choice for choice in (*other.choices, *one.choices)}
    columns = {column.id: column for column in one.columns}
    for column in other.columns:
        known = columns.get(column.id)
        columns[column.id] = _both(known, column) if known else column
    return replace(
        one,
        choices=tuple(choices.values()),
        columns=tuple(columns.values()),
        units=tuple(dict.fromkeys((*one.units, *other.units))),
        unit_words={**other.unit_words, **one.unit_words},
    )
