"""Rows of a table on a form: each is a record of its own that belongs to the intake.

So two desks can add a row to one table, and both rows stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intake_app.domain.change import Change
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.services.needs.files import Reads, Records, Stamps
from intake_app.services.records.writing import create, hide, write

ROW: Final = "~row"
"""Inside a row: the record that it is."""


def rows_of(file: Reads, intake: RecordId, table: str) -> list[Answers]:
    """The rows of a table, in the order in which they were added."""
    rows = file.about(intake, _kind(table))
    return [{ROW: r.id, **{k: v for k, v in r.values.items() if v is not None}} for r in rows]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one intake, in its file.

    Attributes:
        file: Where it is.
        user: Who changes it.
        intake: Whose.
        name: Which.
    """

    file: Records
    user: UserId
    intake: RecordId
    name: str


def new_rows(
    to: Stamps, user: UserId, intake: RecordId, name: str, rows: Sequence[Answers]
) -> list[Change]:
    """The rows of a table of a new intake."""
    kind = _kind(name)
    return [create(to, user, kind, _ident(row), _cells(row), intake) for row in rows]


def row_changes(table: Table, before: Sequence[Answers], after: Sequence[Answers]) -> list[Change]:
    """What turns one state of a table into another: new rows, changed cells, rows taken out."""
    to, user, kind, intake = table.file, table.user, _kind(table.name), table.intake
    old = {row[ROW]: row for row in before}
    changes: list[Change] = []
    for row in after:
        ident, cells = _ident(row), _cells(row)
        if ident not in old:
            changes.append(create(to, user, kind, ident, cells, intake))
        elif differs := _differences(old[ident], cells):
            changes.append(write(to, user, kind, ident, differs, intake))
    gone = sorted(old.keys() - {row.get(ROW) for row in after})
    found = (to.record(RecordId(ident)) for ident in gone)
    return changes + [hide(to, user, record, "row removed") for record in found if record]


def _ident(row: Answers) -> RecordId:
    return RecordId(row.get(ROW) or new_record_id())


def _cells(row: Answers) -> Answers:
    return {name: value for name, value in row.items() if name != ROW}


def _differences(before: Answers, after: Answers) -> Answers:
    """The cells that are other now; a cell that was emptied becomes None."""
    names = (before.keys() | after.keys()) - {ROW}
    return {n: after.get(n) for n in sorted(names) if before.get(n) != after.get(n)}


def _kind(table: str) -> str:
    return f"row.{table}"
