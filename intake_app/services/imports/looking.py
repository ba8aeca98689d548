"""Looks through a file as it would be imported: how many rows, what is wrong, what comes of it.

Nothing is written. Long files are looked through a piece at a time, so that a window can show how
far it is, and stop.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain import facts
from intake_app.domain.import_errors import MappingMissing
from intake_app.domain.import_row import Fault, PastRow, RowFault
from intake_app.domain.import_table import SourceRow
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.imports.building import row_id
from intake_app.services.imports.made import PastImport, Stage, imports_in
from intake_app.services.imports.plan import Plan
from intake_app.services.imports.reading import RowReader
from intake_app.services.imports.ways import faults_of, is_of_ledger, is_open

SHOWN: Final = 10
"""Rows that are shown as they would be."""

MOST_FAULTS: Final = 1_000
"""So many are named; all are counted."""


@dataclass(slots=True)
class Look:
    """What was found.

    Attributes:
        rows: Rows below the headings.
        good: Those that would be imported.
        faulty: Rows that are left out, each once.
        faults: What is wrong with them, in order; at most `MOST_FAULTS`.
        open: Of the good ones, those that still go on.
        ledger: Of the good ones, those that become lines of the offer ledger.
        unasked: By question, how many of its answers the form would not ask for; they are kept.
        shown: The first good ones.
        earlier: An import of the very same file that still stands, or None.
    """

    rows: int = 0
    good: int = 0
    faulty: int = 0
    faults: list[RowFault] = field(default_factory=list[RowFault])
    open: int = 0
    ledger: int = 0
    unasked: Counter[str] = field(default_factory=Counter[str])
    shown: list[PastRow] = field(default_factory=list[PastRow])
    earlier: PastImport | None = None


class LookThrough:
    """Looks through a planned file.

    Args:
        desk: Whose.
        plan: How the file is read.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key of such records.
        MappingMissing: Something that is needed is filled by nothing.

    Attributes:
        found: What was found so far.
        past: The good rows so far.
    """

    def __init__(self, desk: Desk, plan: Plan) -> None:
        desk.require(May.IMPORT_PAST)
        if plan.missing():
            raise MappingMissing
        self._desk, self._plan = desk, plan
        file = desk.file_for(plan.guide.form.pathway)
        earlier = [one for one in imports_in(file) if one.stage is not Stage.UNDONE]
        same = [one for one in earlier if one.sha256 == plan.file.sha256]
        self.found = Look(rows=len(plan.rows), earlier=same[-1] if same else None)
        self.past: list[PastRow] = []
        self._known = {digest for one in earlier for digest in _digests(desk, plan, one)}
        self._reader, self._ahead = RowReader(desk, plan), 0

    @property
    def done(self) -> int:
        """How many rows were looked at."""
        return self._ahead

    @property
    def is_over(self) -> bool:
        """Whether all were."""
        return self._ahead >= len(self._plan.rows)

    def is_of(self, plan: Plan) -> bool:
        """Whether this is the plan that was looked through."""
        return plan is self._plan

    def step(self, most: int = 500) -> bool:
        """Look at so many more rows; whether it is over."""
        for row in self._plan.rows[self._ahead : self._ahead + most]:
            self._take(row)
        self._ahead = min(self._ahead + most, len(self._plan.rows))
        return self.is_over

    def _take(self, row: SourceRow) -> None:
        read = self._reader.read(row)
        found, form = self.found, self._plan.guide.form
        faults = read if isinstance(read, tuple) else tuple(self._against(read))
        if faults or isinstance(read, tuple):
            found.faulty += 1
            found.faults += faults[: max(0, MOST_FAULTS - len(found.faults))]
            return
        found.good += 1
        is_line = is_of_ledger(form, read)
        found.ledger += is_line
        found.open += not is_line and is_open(form, read)
        found.unasked.update(read.unasked)
        if len(found.shown) < SHOWN:
            found.shown.append(read)
        self.past.append(read)

    def _against(self, past: PastRow) -> list[RowFault]:
        if past.digest in self._known:
            return [RowFault(past.number, "", Fault.KNOWN)]
        faults = faults_of(self._desk, self._plan.guide.form, past)
        return [RowFault(past.number, self._heading(target), why) for target, why in faults]

    def _heading(self, target: str) -> str:
        column = self._plan.column(target)
        if column is not None:
            return column.heading
        known = self._plan.targets.by_id.get(target)
        return known.label.said_in(self._desk.own_language) if known else ""


def _digests(desk: Desk, plan: Plan, one: PastImport) -> list[str]:
    """The rows of an import that still stand, as they are known again."""
    file = desk.file_for(plan.guide.form.pathway)
    found: list[str] = []
    for row in one.rows:
        record = file.record(row_id(one.id, row))
        mark = record.values.get(facts.IMPORTED) if record and not record.is_purged else None
        if isinstance(mark, dict):
            found.append(str(mark.get("digest", "")))  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
    return found
