"""An import that was made: what of which file, by whom, and whether it still stands.

It is a record of the file that the rows went to. It names rows and a hash, and no file by its name:
names of files tell of people.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment
from intake_app.services.needs.files import Records
from intake_app.services.records.origin import as_moment

IMPORT: Final = "import"
"""Kind of the record: {"form", "sha256", "rows", "since", "until"} and who, when, how far."""


TOKENS: Final = "tokens"
"""Field of such a record: it was a list of earlier participation."""


class Stage(StrEnum):
    """How far it came."""

    BEGUN = "begun"  # stopped on the way: it is finished with the file, or undone
    DONE = "done"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import.

    Attributes:
        id: Its record.
        compartment: The file of its records.
        form: Id of the form.
        sha256: Of the table.
        rows: The rows that were imported.
        opened: When: local time with offset.
        by: Who.
        stage: How far it came.
        since: The first change of it.
        until: The last change of it; empty while it goes on.
        is_of_tokens: A list of earlier participation: of its rows only tokens were kept.
    """

    id: RecordId
    compartment: Compartment
    form: str
    sha256: str
    rows: tuple[int, ...]
    opened: str
    by: UserId
    stage: Stage
    since: str = ""
    until: str = ""
    is_of_tokens: bool = False


def imports_in(file: Records, compartment: Compartment = Compartment.CARE) -> list[PastImport]:
    """All imports of a file, oldest first."""
    return [one for record in file.of_kind(IMPORT) if (one := _read(record, compartment))]


def _read(record: Record, compartment: Compartment) -> PastImport | None:
    """One; what another station wrote may be anything."""
    values = record.values
    rows: list[Any] = values.get("rows") or []
    try:
        stage = Stage(str(values.get(facts.STATUS)))
        numbers = tuple(int(one) for one in rows)
    except (TypeError, ValueError):
        return None
    texts = (values.get("form"), values.get("sha256"), values.get(facts.OPENED))
    form, sha256, opened = (one if isinstance(one, str) else "" for one in texts)
    if not as_moment(opened):
        return None
    return PastImport(
        record.id, compartment, form, sha256, numbers, opened,
        UserId(str(values.get(facts.BY) or "")), stage, str(values.get("since") or ""),
        str(values.get("until") or ""), values.get(TOKENS) is True,
    )  # fmt: skip
