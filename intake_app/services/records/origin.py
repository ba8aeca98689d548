"""Where a record came from, if it was brought in with a table of past cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from intake_app.domain import facts
from intake_app.domain.ids import RecordId
from intake_app.domain.record import Record
from intake_app.services.needs.files import Reads


@dataclass(frozen=True, slots=True)
class Origin:
    """Of one record.

    Attributes:
        row: Of the table.
        at: When it was imported: local time with offset; empty where the import is not here.
    """

    row: int
    at: str = ""


def origin_of(file: Reads, record: Record) -> Origin | None:
    """Where it came from; None: it was taken here. What another station wrote may be anything."""
    said = record.values.get(facts.IMPORTED)
    if not isinstance(said, Mapping):
        return None
    mark = cast("Mapping[str, object]", said)
    row, made = mark.get("row"), mark.get("import")
    found = file.record(RecordId(made)) if isinstance(made, str) and made else None
    at = str(found.values.get(facts.OPENED) or "") if found else ""
    return Origin(row if isinstance(row, int) else 0, at if as_moment(at) else "")


def as_moment(text: str) -> datetime | None:
    """A moment; None: it is none, whoever wrote it."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
