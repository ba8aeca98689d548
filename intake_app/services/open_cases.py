"""All open cases, each read once: for arrivals, reminders, the desk sheet and the caseload.

Lists say which cases may be open; where each stands is folded from its acts.
"""

from collections.abc import Iterator
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_status import OPEN
from intake_app.domain.errors import FormMissing
from intake_app.domain.listing import Row
from intake_app.domain.pathway import Pathway
from intake_app.domain.text import Text
from intake_app.services.case_file import CONFLICT, HeldCase, held_case
from intake_app.services.desk import Desk
from intake_app.services.intake_changes import INTAKE

_AT_ONCE: Final = 500
"""Lines of a list that are read at a time."""

_LISTED_OPEN: Final = frozenset({*map(str, OPEN), CONFLICT})


def open_cases(desk: Desk, program: str = "") -> Iterator[HeldCase]:
    """The open cases, oldest first; not logged, no role asked: a part of the acts that do.

    Args:
        desk: Whose.
        program: Form id; empty: of all programs.

    Raises:
        NoGrant: This person does not hold the key to cases.
    """
    for row in listed_cases(desk):
        if row.status in _LISTED_OPEN and program in {"", row.program}:
            case = _read(desk, row)
            if case is not None and case.standing.status.is_open and not is_sealed(case):
                yield case


def open_conflicts(desk: Desk) -> Iterator[HeldCase]:
    """The cases about which people disagree, closed ones too; a part of the acts that ask.

    A case that two stations closed in two ways shows one of the two in lists, so each case whose
    list column has two values is looked at as well.
    """
    for row in listed_cases(desk):
        if row.status in _LISTED_OPEN or _differs(desk, row):
            case = _read(desk, row)
            if case is not None and case.standing.status.has_conflict and not is_sealed(case):
                yield case


def listed_cases(desk: Desk) -> Iterator[Row]:
    """The lines of all cases, oldest first."""
    file = desk.cases_file
    keys = list(reversed(file.order(INTAKE, "opened")))
    for start in range(0, len(keys), _AT_ONCE):
        rows = file.rows(keys[start : start + _AT_ONCE])
        yield from (row for row in rows if row.pathway == Pathway.OFFICER_INTERVENTION)


def program_of(case: HeldCase) -> Text:
    """The name of a case's program, as it was when the case was taken."""
    form = case.guide.form
    return form.program or form.title


def is_sealed(case: HeldCase) -> bool:
    """Whether it was moved to the sealed file."""
    return case.standing.status.is_sealed


def _read(desk: Desk, row: Row) -> HeldCase | None:
    """A case; None where the text of its form is not here: no list may fail over it."""
    try:
        return held_case(desk, row.record)
    except FormMissing:
        return None


def _differs(desk: Desk, row: Row) -> bool:
    record = desk.cases_file.record(row.record)
    return record is not None and len(record.standing(facts.STATUS)) > 1
