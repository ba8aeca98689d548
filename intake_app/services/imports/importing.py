"""Imports past cases: real records, in pieces of one transaction each, that can be undone.

Whoever imports is asked for the role, holds the key of the file, and is named in the audit trail
with how much came in. A stopped import is undone; one that the power cut stopped can be finished
with the same file, or undone, because each row has one id from the start.
"""

from pathlib import Path
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change
from intake_app.domain.clock import stamp
from intake_app.domain.ids import new_record_id
from intake_app.domain.import_errors import (
    DayOrderOpen,
    ImportChanged,
    MappingMissing,
    NothingToImport,
    SameFileAgain,
)
from intake_app.domain.import_table import TableFile
from intake_app.domain.pathway import ROOMS, room_of
from intake_app.domain.roles import Compartment, May, may
from intake_app.services.desk import Desk
from intake_app.services.imports.building import Builder
from intake_app.services.imports.looking import LookThrough
from intake_app.services.imports.made import IMPORT, PastImport, Stage, imports_in
from intake_app.services.imports.plan import Plan, imports_of
from intake_app.services.records.writing import create, write

PIECE: Final = 100
"""Rows of one transaction: a second at most on an old computer, so that others wait no longer."""

_SERIES: Final = "imports"


def read_table(desk: Desk, path: Path) -> TableFile:
    """Read a table; nothing of it is kept but in memory.

    Raises:
        NotAllowed: Not in one's roles.
        TableUnreadable, OldSpreadsheet, NoSpreadsheet, TableTooBig, TableSuspicious, TableEmpty:
            What is wrong with the file.
    """
    desk.require(May.IMPORT_PAST)
    return imports_of(desk).sheets.read(path)


def past_imports(desk: Desk) -> list[PastImport]:
    """The imports of all files that are open here, newest first.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.IMPORT_PAST)
    found: list[PastImport] = []
    for room in ROOMS:
        file = desk.open_file(room.compartment)
        if file is not None and may(desk.person.roles, room.read):
            found += imports_in(file, room.compartment)
    return sorted(found, key=lambda one: one.opened, reverse=True)


class ImportWork:
    """Imports the good rows of a file that was looked through, a piece at a time.

    Args:
        desk: Whose.
        plan: How the file is read.
        look: What was found; it is over.
        is_meant: The same file was imported before; its other rows are meant to come in now.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key of such records.
        MappingMissing: Something that is needed is filled by nothing.
        DayOrderOpen: Nobody has said whether month or day comes first.
        ImportChanged: The look is not over, or of another file.
        SameFileAgain: It was imported before.
        NothingToImport: No row is good.

    Attributes:
        ident: The import's record.
        done: Rows that are in.
        total: Rows that will be.
    """

    def __init__(
        self, desk: Desk, plan: Plan, look: LookThrough, *, is_meant: bool = False
    ) -> None:
        desk.require(May.IMPORT_PAST)
        if plan.missing():
            raise MappingMissing
        if plan.is_order_open:
            raise DayOrderOpen
        if not look.is_over or not look.is_of(plan):
            raise ImportChanged
        if look.found.earlier is not None and not is_meant:
            raise SameFileAgain
        if not look.past:
            raise NothingToImport
        self._desk, self._plan, self._past = desk, plan, tuple(look.past)
        room = room_of(plan.guide.form.pathway)
        self.compartment: Compartment = room.compartment
        self._file = desk.file_for(plan.guide.form.pathway)
        self.ident, self.done = new_record_id(), 0
        self._builder: Builder | None = None

    @property
    def total(self) -> int:
        """Rows that will be in."""
        return len(self._past)

    def step(self, most: int = PIECE) -> bool:
        """Import so many more rows, in one transaction; whether it is over.

        Raises:
            DiskFull: This piece was not written; those before it were.
        """
        changes: list[Change] = []
        if self._builder is None:
            builder = Builder(self._desk, self._plan, self.ident, self._prefix())
            changes.append(self._begun())
        else:
            builder = self._builder
        rows = self._past[self.done : self.done + most]
        for past in rows:
            changes += builder.changes_of(past)
        is_last = self.done + len(rows) >= self.total
        self._file.apply(changes, self._desk.act("import past cases", self.ident))
        self._builder, self.done = builder, self.done + len(rows)
        if is_last:
            self._end()
        return is_last

    def _prefix(self) -> str:
        known = len(imports_in(self._file))
        serial = self._file.next_serial(_SERIES, above=known)
        return f"OLD-{self._desk.station_letter}{serial}"

    def _begun(self) -> Change:
        return create(self._file, self._desk.person.id, IMPORT, self.ident, {
            "form": self._plan.guide.form.ref.id, "sha256": self._plan.file.sha256,
            "rows": [past.number for past in self._past], "since": self._file.stamp(),
            facts.STATUS: str(Stage.BEGUN), facts.OPENED: stamp(self._desk.clock),
            facts.BY: self._desk.person.id,
        })  # fmt: skip

    def _end(self) -> None:
        file, user = self._file, self._desk.person.id
        said = {facts.STATUS: str(Stage.DONE), "until": file.stamp()}
        change = write(file, user, IMPORT, self.ident, said)
        file.apply([change], self._desk.act("import past cases", self.ident))
