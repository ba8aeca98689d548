"""What was noted of a new arrest: yes, no or not known, and the day; never what for."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.facts import BY
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record

REARREST: Final = "rearrest"
"""Kind of a fact about an intake: {"answer", "on", "looked_on", "before"}."""

YES, NO, UNKNOWN = "yes", "no", "unknown"
ANSWERS: Final = (YES, NO, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Look:
    """One answer that was noted.

    Attributes:
        record: Its own record.
        answer: "yes", "no" or "unknown".
        on: The day of the first new arrest, or empty.
        looked_on: Until which day it holds.
        before: Arrests in the twelve months before, or None.
        by: Who noted it.
    """

    record: RecordId
    answer: str
    on: str
    looked_on: str
    before: int | None
    by: UserId


def look_of(record: Record) -> Look:
    """Read a note; what another station wrote may be anything."""
    values = record.values
    answer = values.get("answer")
    before = values.get("before")
    is_number = isinstance(before, int) and not isinstance(before, bool) and before >= 0
    return Look(
        record.id,
        answer if answer in ANSWERS else UNKNOWN,
        _day(values.get("on")) if answer == YES else "",
        _day(values.get("looked_on")),
        before if is_number else None,
        UserId(str(values.get(BY) or "")),
    )


def _day(value: Value) -> str:
    try:
        return date.fromisoformat(str(value or "")).isoformat()
    except ValueError:
        return ""
