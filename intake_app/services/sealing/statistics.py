"""What stays for counting when a record ends: a record of its own, that says nothing of anybody.

It has its own id, belongs to nothing, and names the month and no day. It is written in the
transaction that ends the record, so that nobody is ever counted twice, or not at all.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.deidentified import (
    LINKED,
    STATISTIC,
    age_band,
    codes_of,
    linked_codes,
    rows_left,
)
from intake_app.domain.errors import FormMissing
from intake_app.domain.form import FieldType
from intake_app.domain.ids import new_record_id
from intake_app.domain.purge import Way
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.folds.keeping import kept_journey
from intake_app.services.needs.files import Records
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.writing import fact

SEALED: Final = "seal"
"""How a case ended that was sealed, beside the ways of a purge."""

_BANDS: Final = "age_band"
_OFFSET: Final = re.compile(r"[+-]\d\d:?\d\d$").search


def statistic(
    desk: Desk, file: Records, intake: Record, parts: Sequence[Record], way: Way
) -> Change:
    """The change that keeps the count of an intake.

    Args:
        desk: Whose; for the form and its code tables.
        file: Where the intake is.
        intake: As it was before it was hidden.
        parts: What belongs to it.
        way: After a purge only pathway, program, outcome and month stay.
    """
    values = intake.values
    opened = str(values.get(facts.OPENED, ""))
    form: Value = values.get(facts.FORM) or {}
    kept: dict[str, Value] = {
        facts.PATHWAY: values.get(facts.PATHWAY, ""),
        facts.FORM: {"id": form.get("id", "")},
        facts.STATUS: values.get(facts.STATUS, ""),
        facts.OPENED: first_of_month(opened),
        "month": opened[:7],
        "ended": str(way),
    }
    if way is Way.DEIDENTIFY:
        kept |= _codes(desk, intake, parts) | kept_journey(desk, file, intake, parts)
    return fact(file, desk.person.id, STATISTIC, new_record_id(), kept)


def sealed_statistic(desk: Desk, case: Record, parts: Sequence[Record]) -> Change:
    """The change that keeps the count of a case that is sealed, in the transaction that ends it.

    Without it, those who completed would be missing from all numbers, and only those who did not
    would be left.
    """
    values, file = case.values, desk.cases_file
    form: Value = values.get(facts.FORM) or {}
    opened = str(values.get(facts.OPENED, ""))
    kept: dict[str, Value] = {
        facts.PATHWAY: values.get(facts.PATHWAY, ""),
        facts.FORM: {"id": form.get("id", "")},
        facts.STATUS: values.get(facts.STATUS, ""),
        facts.OPENED: first_of_month(opened),
        "month": opened[:7],
        "ended": SEALED,
        **kept_journey(desk, file, case, parts),
    }
    return fact(file, desk.person.id, STATISTIC, new_record_id(), kept)


def first_of_month(moment: str) -> str:
    """The first moment of its month, with its offset; a day would tell who it was."""
    offset = _OFFSET(moment)
    return f"{moment[:8]}01T00:00:00{offset[0] if offset else ''}" if moment else ""


def _codes(desk: Desk, intake: Record, parts: Sequence[Record]) -> dict[str, Value]:
    own = [one for one in parts if one.about == intake.id]
    linked = {kind: linked_codes(kind, _values(parts, kind)) for kind in LINKED}
    kept: dict[str, Value] = {"linked": {kind: found for kind, found in linked.items() if found}}
    try:
        form = guide_of_record(desk, intake).form
    except (FormMissing, KeyError, TypeError):
        return kept  # without its form nobody knows which answers are codes
    answers = {**intake.values}
    for act in sorted(own, key=lambda one: one.base):
        if act.kind in {section.fact for section in form.sections if section.fact}:
            answers |= act.values
    kept["answers"] = codes_of(form, answers)
    for field in form.fields():
        if field.type is FieldType.ROWS:
            kept["answers"][field.id] = rows_left(field, _values(own, f"row.{field.id}"))
    bands = [choice.id for choice in desk.library.codes(_BANDS)]
    born = str(intake.values.get(form.facts.get("born", ""), ""))
    opened = str(intake.values.get(facts.OPENED, ""))
    kept["age_band"] = age_band(born, opened, bands) or str(kept["answers"].get(_BANDS, ""))
    return kept


def _values(parts: Iterable[Record], kind: str) -> list[dict[str, Value]]:
    return [one.values for one in parts if one.kind == kind and not one.is_deleted]
