"""A person: an id that their intakes share, and what was flagged about them.

Each intake carries its own answers about the person. The id is that of their first intake, so that
nothing needs to be made for somebody who comes once. Care and cases never share an id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.listing import Row
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.intake_changes import INTAKE
from intake_app.services.needs import Records

FLAG: Final = "person.flag"
"""Kind of a fact about a person: {"flag", "on", "note"}; the latest of each flag holds."""

DO_NOT_CONTACT: Final = "do_not_contact"
DECEASED: Final = "deceased"
STOPS: Final = (DECEASED, DO_NOT_CONTACT)
"""Flags that stop every call, letter and reminder; the stronger first."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What holds about a person.

    Attributes:
        standing: The flags that are on.
    """

    standing: frozenset[str] = frozenset()

    @property
    def stop(self) -> str:
        """Why nobody may contact them ("deceased", "do_not_contact"), or empty."""
        return next((flag for flag in STOPS if flag in self.standing), "")


def person_of(file: Records, intake: RecordId) -> RecordId:
    """Whose intake it is.

    Raises:
        RecordMissing: There is no such intake in this file.
    """
    record = file.record(intake)
    if record is None or record.is_purged or record.kind != INTAKE:
        raise RecordMissing(intake)
    return RecordId(facts.person_of(record))


def intakes_of(desk: Desk, intake: RecordId) -> list[Row]:
    """All intakes of the person of one of them, in its file, the oldest first."""
    file = desk.file_with(intake, "read")
    return file.of_person(person_of(file, intake), INTAKE)


def flags_of(file: Records, person: RecordId) -> Flags:
    """What holds about a person, as a file that is open says."""
    return _folded(file.about(person, FLAG))


def contact_stop(file: Records, intake: RecordId) -> str:
    """Why nobody may contact the person of an intake: "deceased", "do_not_contact", or empty."""
    return flags_of(file, person_of(file, intake)).stop


def _folded(said: Iterable[Record]) -> Flags:
    latest = {str(one.values.get("flag", "")): bool(one.values.get("on")) for one in said}
    return Flags(frozenset(flag for flag, is_on in latest.items() if flag and is_on))
