"""All open cases, each read once: for arrivals, reminders, the desk sheet and the caseload.

Lists say which cases may be open; where each stands is folded from its acts.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_status import OPEN
from intake_app.domain.errors import FormMissing
from intake_app.domain.form import FormRef
from intake_app.domain.listing import Row
from intake_app.domain.pathway import Pathway
from intake_app.domain.text import Text
from intake_app.services.case.held import (
    CONFLICT,
    HeldCase,
    acts_in,
    case_record,
    stands,
    terms_of,
)
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.form_versions import guide_for
from intake_app.services.records.intake_changes import INTAKE

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
    reader = _Reader(desk)
    for row in listed_cases(desk):
        if row.status in _LISTED_OPEN and program in {"", row.program}:
            case = reader.read(row)
            if case is not None and case.standing.status.is_open and not is_sealed(case):
                yield case


def open_conflicts(desk: Desk) -> Iterator[HeldCase]:
    """The cases about which people disagree, closed ones too; a part of the acts that ask.

    A case that two stations closed in two ways shows one of the two in lists, so each case whose
    list column has two values is looked at as well.
    """
    reader = _Reader(desk)
    for row in listed_cases(desk):
        if row.status in _LISTED_OPEN or _differs(desk, row):
            case = reader.read(row)
            if case is not None and case.standing.status.has_conflict and not is_sealed(case):
                yield case


def cases_behind(desk: Desk, rows: Iterable[Row]) -> Iterator[HeldCase]:
    """The cases of some lines, each read once; one whose form is not here is left out.

    Not logged, no role asked: a part of the acts that do.
    """
    reader = _Reader(desk)
    for row in rows:
        case = reader.read(row)
        if case is not None:
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


class _Reader:
    """Reads cases one after another; the form that many share is looked for once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._guides: dict[FormRef, Guide | None] = {}

    def read(self, row: Row) -> HeldCase | None:
        """A case; None where the text of its form is not here: no list may fail over it."""
        file = self._desk.cases_file
        record = case_record(file, row.record)
        guide = self._guide(FormRef(**record.values[facts.FORM]))
        if guide is None:
            return None
        acts = acts_in(file, row.record)
        return HeldCase(record, guide, acts, stands(self._desk, acts, terms_of(guide)))

    def _guide(self, ref: FormRef) -> Guide | None:
        if ref not in self._guides:
            try:
                self._guides[ref] = guide_for(self._desk, ref)
            except FormMissing:
                self._guides[ref] = None
        return self._guides[ref]


def _differs(desk: Desk, row: Row) -> bool:
    record = desk.cases_file.record(row.record)
    return record is not None and len(record.standing(facts.STATUS)) > 1
