"""A change: one thing a user did, as data. It is applied, audited, indexed and synced as it is.

The id is the station's clock, then the station, then its epoch: unique without asking anybody, in
order of claimed time as plain text, and known before any file has numbered the change. `over`
names the earlier changes that this one saw and replaces, field by field; nothing else says what
came first.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias, cast

from intake_app.domain.errors import BadChange
from intake_app.domain.ids import ChangeId, Epoch, RecordId, StationId, UserId

Value: TypeAlias = Any
"""What JSON can say: text, number, true or false, null, list, object."""

DELETED = "~deleted"
"""A reserved field, written by a deletion: {"why": reason, "saw": {field: [change ids]}}."""

MAX_LINE = 4_000_000
"""Bytes; a longer line is not a change."""

MAX_DEPTH = 64
"""Lists and objects inside one another; what walks a value need not fear for its stack."""

# the first digit leaves half of the numbers free: no forged id can bring a clock to its end
_IS_ID = re.compile(r"[0-7][0-9a-f]{15}\.[a-z0-9-]{1,32}\.[a-z0-9]{4,16}").fullmatch
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
KEYS = ("v", "id", "user", "do", "kind", "record", "about", "fields", "over")
"""Of a line, in this order."""


class Action(StrEnum):
    """What a change does to its record."""

    WRITE = "write"  # fields get new values
    FACT = "fact"  # a legal act: the record is created once and never changed
    PURGE = "purge"  # the record goes, for good


_ACTIONS: Mapping[str, Action] = {action.value: action for action in Action}


@dataclass(frozen=True, slots=True)
class Change:
    """Who did what to which fields of which record.

    Attributes:
        id: Clock, station and epoch; sorts by claimed time.
        user: Who did it.
        action: Write, fact or purge.
        kind: The kind of record: "intake", "row.placement_calls", "consent", ...
        record: The record.
        about: The record that this one belongs to; empty if it stands alone.
        fields: New values by field.
        over: The changes whose values these replace, by field.
    """

    id: ChangeId
    user: UserId
    action: Action
    kind: str
    record: RecordId
    fields: Mapping[str, Value] = field(repr=False)
    over: Mapping[str, Sequence[ChangeId]] = field(default_factory=dict[str, Sequence[ChangeId]])
    about: RecordId = RecordId("")
    came_as: bytes = field(default=b"", repr=False, compare=False)

    @property
    def line(self) -> bytes:
        """The line as it came, or as it will go: one JSON object in UTF-8.

        Raises:
            BadChange: It holds what no line can say, or is too long: nobody could read it again.
        """
        return self.came_as or _line_of(self)

    @property
    def station(self) -> StationId:
        """The station where it was typed, not the one that carries it."""
        return StationId(self.id.split(".")[1])

    @classmethod
    def from_line(cls, line: bytes) -> "Change":
        """Read a line that may come from anywhere.

        Raises:
            BadChange: It says anything that `line` would not write.
        """
        try:
            raw: dict[str, Any] = json.loads(line) if len(line) <= MAX_LINE else {}
            change = cls.from_object(raw, line)
        except (ValueError, RecursionError):
            raise BadChange from None
        if _line_of(change) != line:  # one change, one line: what is compared and hashed is that
            raise BadChange
        return change

    @classmethod
    def from_object(cls, raw: Mapping[str, Any], line: bytes) -> "Change":
        """The change that an object says.

        Args:
            raw: What JSON made of `line`.
            line: As it came. The caller has made sure that `raw` is written in no other way.

        Raises:
            BadChange: It says anything that `line` would not write.
        """
        try:
            good = tuple(raw) == KEYS and raw["v"] == 1 and _is_well_formed(raw)
            action = _ACTIONS[raw["do"]]
        except (KeyError, TypeError):
            raise BadChange from None
        if not good:
            raise BadChange
        return cls(
            raw["id"], raw["user"], action, raw["kind"], raw["record"], raw["fields"],
            raw["over"], raw["about"], line,
        )  # fmt: skip


def _line_of(change: Change) -> bytes:
    parts = {
        "v": 1, "id": change.id, "user": change.user, "do": change.action, "kind": change.kind,
        "record": change.record, "about": change.about, "fields": change.fields,
        "over": change.over,
    }  # fmt: skip
    try:
        line = _encode(parts).encode()
    except (ValueError, TypeError, RecursionError):
        raise BadChange from None  # the cause would carry the value
    is_flat = line.count(b"[") + line.count(b"{") <= MAX_DEPTH  # nearly always, and quick
    if len(line) > MAX_LINE or not (is_flat or _is_shallow(parts, MAX_DEPTH)):
        raise BadChange
    return line


def _is_well_formed(raw: Mapping[str, Any]) -> bool:
    fields: Any = raw["fields"]
    over: dict[str, Any] = raw["over"]
    user, kind, record, about = raw["user"], raw["kind"], raw["record"], raw["about"]
    return (
        type(raw["v"]) is int
        and _IS_ID(raw["id"]) is not None
        and type(user) is type(kind) is type(record) is type(about) is str
        and bool(kind and record)
        and type(fields) is dict
        and type(over) is dict
        and over.keys() <= fields.keys()
        and all(map(_are_ids, over.values()))
    )


def _are_ids(ids: object) -> bool:
    return isinstance(ids, list) and all(_IS_ID(str(i)) for i in cast("list[object]", ids))


def _is_shallow(value: object, levels: int) -> bool:
    inner: Iterable[object] = ()
    if isinstance(value, Mapping):
        inner = cast("Mapping[str, object]", value).values()
    elif isinstance(value, (list, tuple)):
        inner = cast("Sequence[object]", value)
    return levels > 0 and all(_is_shallow(one, levels - 1) for one in inner)


def change_id(clock: int, station: StationId, epoch: Epoch) -> ChangeId:
    """Make the id of a new change from a number of `StationClock`."""
    return ChangeId(f"{clock:016x}.{station}.{epoch}")


def is_change_id(text: object) -> bool:
    """Whether this is an id that `change_id` makes."""
    return isinstance(text, str) and _IS_ID(text) is not None


def clock_of(change: ChangeId) -> int:
    """The clock inside an id."""
    return int(change[:16], 16)
