"""Who can be called tonight: the on-call roster, its weekly shifts, and the calls made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.errors import BadEntry
from intake_app.domain.ids import RecordId, UserId

ENTRY: Final = "roster.entry"
CALL: Final = "roster.call"
"""Kinds of records in the `station` file."""

_DAY: Final = 24 * 60
_WEEK: Final = 7 * _DAY


class OnCallRole(StrEnum):
    """What somebody is called for."""

    GUIDE = "guide"
    COORDINATOR = "coordinator"
    INTERPRETER = "interpreter"
    RIDES = "rides"
    CRISIS = "crisis"


class CallResult(StrEnum):
    """How a call ended, or what came of it; each is one key at the desk."""

    REACHED = "reached"
    NO_ANSWER = "no answer"
    ON_THE_WAY = "on the way"
    ARRIVED = "arrived"


RESULT_KEYS: Final = {
    "r": CallResult.REACHED,
    "n": CallResult.NO_ANSWER,
    "w": CallResult.ON_THE_WAY,
    "a": CallResult.ARRIVED,
}
"""The key that logs each result."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of every week, on the wall clock; it may pass midnight and the end of the week.

    Attributes:
        day: Weekday on which it begins, Monday is 0.
        starts: "20:00".
        last_day: Weekday on which it ends.
        ends: "08:00"; the shift is over at this minute. With the same day and time as the
            beginning it is the whole week.
    """

    day: int
    starts: str
    last_day: int
    ends: str

    def __post_init__(self) -> None:
        """Refuse what is no shift.

        Raises:
            BadEntry: A day or a time that does not exist.
        """
        try:
            ends = (time.fromisoformat(self.starts), time.fromisoformat(self.ends))
        except ValueError as error:
            raise BadEntry("shift") from error
        days = {self.day, self.last_day}
        is_plain = [f"{end:%H:%M}" for end in ends] == [self.starts, self.ends]
        if not days <= set(range(7)) or not is_plain:
            raise BadEntry("shift")

    def covers(self, at: datetime) -> bool:
        """Whether a moment of the wall clock is inside."""
        begin = _minute(self.day, time.fromisoformat(self.starts))
        length = (_minute(self.last_day, time.fromisoformat(self.ends)) - begin) % _WEEK or _WEEK
        return (_minute(at.weekday(), at.time()) - begin) % _WEEK < length


def _minute(day: int, at: time) -> int:
    return day * _DAY + at.hour * 60 + at.minute


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Somebody, or a line, that can be called.

    Attributes:
        record: Its record; empty for a new one.
        role: What for.
        name: "Pat R.", or "Language line".
        phone: As dialed.
        shifts: When; empty with `is_always`.
        is_always: At any hour.
        is_active: Still on the roster.
        note: "Spanish", "has a child seat", or empty.
    """

    record: RecordId
    role: OnCallRole
    name: str
    phone: str
    shifts: tuple[Shift, ...] = ()
    is_always: bool = False
    is_active: bool = True
    note: str = ""

    def is_on_call(self, at: datetime) -> bool:
        """Whether to call them at this moment of the wall clock."""
        return self.is_active and (self.is_always or any(s.covers(at) for s in self.shifts))

    def fields(self) -> dict[str, Value]:
        """The entry as its record keeps it."""
        return {
            "role": self.role.value,
            "name": self.name,
            "phone": self.phone,
            "shifts": [[s.day, s.starts, s.last_day, s.ends] for s in self.shifts],
            "is_always": self.is_always,
            "is_active": self.is_active,
            "note": self.note,
        }


def entry_from(record: RecordId, values: Mapping[str, Value]) -> RosterEntry:
    """Read an entry back.

    Args:
        record: Its record.
        values: The record's fields.
    """
    shifts = cast("list[tuple[int, str, int, str]]", values.get("shifts") or [])
    return RosterEntry(
        record=record,
        role=OnCallRole(values["role"]),
        name=str(values.get("name", "")),
        phone=str(values.get("phone", "")),
        shifts=tuple(Shift(*shift) for shift in shifts),
        is_always=bool(values.get("is_always")),
        is_active=bool(values.get("is_active", True)),
        note=str(values.get("note", "")),
    )


@dataclass(frozen=True, slots=True)
class RosterCall:
    """A call that was made, or what came of it.

    Attributes:
        entry: Whom.
        role: What for.
        result: How it ended.
        at: Local time with offset.
        by: Who called.
        about: The intake it was for, or empty.
    """

    entry: RecordId
    role: OnCallRole
    result: CallResult
    at: str
    by: UserId
    about: RecordId = RecordId("")
