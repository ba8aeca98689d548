"""Undoes an import as a whole: its records go for good, as if they had never been brought in.

Only while nobody worked on any of them: what somebody added, changed or linked is theirs, and from
then on a record ends in no other way than all others (`purging`).
"""

from collections.abc import Iterator
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Action, Change, Value
from intake_app.domain.ids import RecordId
from intake_app.domain.import_errors import ImportGone, ImportHeld, ImportWorkedOn
from intake_app.domain.purge import Known, is_of_person
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.imports.building import row_id
from intake_app.services.imports.importing import past_imports
from intake_app.services.imports.made import IMPORT, PastImport, Stage
from intake_app.services.purging.acts import known_acts
from intake_app.services.records.event_parts import own_event
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.writing import write

PIECE: Final = 100
"""Rows of one transaction."""


class UndoWork:
    """Undoes an import, a piece at a time: first all of it is looked at, then all of it goes.

    Args:
        desk: Whose.
        ident: The import.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key of its records.
        ImportGone: It is not here, or undone.

    Attributes:
        done: Rows that were looked at, and rows that are gone.
    """

    def __init__(self, desk: Desk, ident: RecordId) -> None:
        desk.require(May.IMPORT_PAST)
        found = next((one for one in past_imports(desk) if one.id == ident), None)
        if found is None or found.stage is Stage.UNDONE:
            raise ImportGone
        self._desk, self._import = desk, found
        self._file = desk.open_file(found.compartment) or desk.care_file
        self._own = {str(row_id(found.id, row)) for row in found.rows}
        self._holds: Known | None = None
        self.done = 0

    @property
    def rows(self) -> int:
        """Rows of the import."""
        return len(self._import.rows)

    @property
    def total(self) -> int:
        """What `done` will be."""
        return 2 * self.rows

    def step(self, most: int = PIECE) -> bool:
        """Look at so many more rows, or take so many away in one transaction; whether it is over.

        Raises:
            ImportWorkedOn: Somebody worked on one of its records; nothing went.
            ImportHeld: A hold stands on one of them; nothing went.
        """
        if self.done < self.rows:
            rows = self._import.rows[self.done : self.done + most]
            for row in rows:
                self._refuse(row)
            self.done += len(rows)
            return False
        first = self.done - self.rows
        rows = self._import.rows[first : first + most]
        changes = [change for row in rows for change in self._gone(row)]
        self.done += len(rows)
        is_last = self.done >= self.total
        if is_last:
            said: dict[str, Value] = {facts.STATUS: str(Stage.UNDONE), "rows": []}
            user = self._desk.person.id
            changes.append(write(self._file, user, IMPORT, self._import.id, said))
        self._file.apply(changes, self._desk.act("undo import of past cases", self._import.id))
        return is_last

    # --- what stands against it --------------------------------------------------------------

    def _refuse(self, row: int) -> None:
        ident = row_id(self._import.id, row)
        if not all(_is_of(record, self._import) for record in self._whole(ident)):
            raise ImportWorkedOn
        if any(line.record not in self._own for line in self._file.of_person(ident, INTAKE)):
            raise ImportWorkedOn  # another intake is of this person by now
        root = self._file.record(ident)
        if self._known().is_held(ident, facts.person_of(root) if root else ""):
            raise ImportHeld
        if self._is_used_elsewhere(ident):
            raise ImportWorkedOn

    def _known(self) -> Known:
        """The holds, read once."""
        if self._holds is None:
            self._holds = known_acts(self._desk) if self._desk.ending is not None else Known()
        return self._holds

    def _is_used_elsewhere(self, ident: RecordId) -> bool:
        """Whether another file holds something about it: treatment of a case lies in `care`."""
        others = (self._desk.care, self._desk.cases)
        return any(f is not None and f is not self._file and f.about(ident) for f in others)

    def _whole(self, ident: RecordId) -> Iterator[Record]:
        yield from self._file.whole(ident)
        yield from self._file.whole(own_event(ident))

    def _gone(self, row: int) -> Iterator[Change]:
        """What belongs to a record goes with it; flags of a person are a person's, and go too."""
        ident = row_id(self._import.id, row)
        user = self._desk.person.id
        for record in self._whole(ident):
            is_root = record.id in {ident, own_event(ident)}
            if is_root or is_of_person(record.kind):
                yield Change(self._file.stamp(), user, Action.PURGE, record.kind, record.id, {})


def _is_of(record: Record, one: PastImport) -> bool:
    """Whether the last change of a record is the import's own."""
    base = str(record.base)
    is_here = base.split(".")[1:] == one.since.split(".")[1:]
    return is_here and one.since <= base and (not one.until or base <= one.until)
