"""What a file says in a bundle, and what it understands of one: lines of JSON.

A line is a change as `Change.line` writes it, archived bytes that a change names, or the id of a
change whose body was purged. Whatever else comes is kept as it is and never lost: it may be from a
newer program.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from typing import Any, Final, cast

from intake_app.domain.change import KEYS, MAX_DEPTH, MAX_LINE, Action, Change, is_change_id
from intake_app.domain.errors import BadChange
from intake_app.domain.exchange import Aside
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.storage.archive import named_in
from intake_app.storage.change_log import HERE, WAITS, Gone, Line
from intake_app.storage.quick_json import from_own_text, is_exact, to_text

_KEYS: Final = set(KEYS)
_GONE: Final = {"gone", "record", "do"}
_BLOB: Final = {"blob", "data"}
_LOSABLE: Final = [Action.WRITE.value, Action.FACT.value]  # the purge itself says nothing to lose
_ACTIONS: Final = [action.value for action in Action]


@dataclass(slots=True)
class Delivery:
    """Lines as they came, sorted by what they are.

    Attributes:
        stream: Whose bundle brought them.
        bundle: Its number.
        is_author: Whether the registry has ever named a user; their changes are taken.
        changes: What people did, as far as it is read.
        lines: What is not read yet.
        blobs: Archived bytes by their hash.
        asked: Hashes that a change named whose lines came just before.
        gone: Changes that were purged elsewhere.
        unread: What is to be set aside as it stands.
        again: Lines that were set aside and are tried again.
        applied: How far streams are merged once this is.
        notes: Lines about the file itself, by name.
    """

    stream: str = HERE
    bundle: int = WAITS
    is_author: Callable[[UserId], bool] = field(default=lambda _: True)
    changes: Sequence[Change] = ()
    lines: Sequence[bytes] = ()
    blobs: dict[str, bytes] = field(default_factory=dict[str, bytes], repr=False)
    asked: Collection[str] = ()
    gone: list[Gone] = field(default_factory=list[Gone])
    unread: list[Line] = field(default_factory=list[Line])
    again: list[Line] = field(default_factory=list[Line])
    applied: Mapping[str, int] = field(default_factory=dict[str, int])
    notes: Mapping[str, str] = field(default_factory=dict[str, str])

    def batches(self, size: int) -> Iterator[list[Change]]:
        """All changes, so many at once; what lines say besides gathers in the other lists.

        Changes of one record come together: order is nothing to merge, much to a disk.
        """
        changes = iter(sorted(self.changes, key=attrgetter("record")))
        while batch := list(islice(changes, size)):
            yield batch
        lines = iter(sorted(self.lines, key=_record_in))
        while part := list(islice(lines, size)):
            yield self.read(part)

    def read(self, lines: Iterable[bytes]) -> list[Change]:
        """The changes among some lines; nothing is refused."""
        changes: list[Change] = []
        for line in lines:
            try:
                changes.append(_change(line))
            except BadChange:
                self._read_other(line)
        return changes

    def aside(self, why: Aside, change: Change) -> Line:
        """A change of this delivery as it is set aside."""
        return Line(why, change.line, change.id, self.stream, self.bundle)

    def unasked(self) -> set[str]:
        """Hashes of archived bytes that came although no line beside them names them."""
        if self.stream == HERE or not self.blobs:
            return set()
        named = named_in(line for line in self.lines if not is_blob(line))
        return self.blobs.keys() - named - set(self.asked)

    def _read_other(self, line: bytes) -> None:
        said = _object(line)
        if set(said) == _BLOB and (body := _checked(said)) is not None:
            self.blobs[said["blob"]] = body
        elif set(said) == _GONE and (gone := _gone(said)) is not None:
            self.gone.append(gone)
        else:
            why = Aside.NEWER if _is_newer(said) else Aside.UNREADABLE
            ident = str(said.get("id"))
            name = ident if is_change_id(ident) else hashlib.sha256(line).hexdigest()
            self.unread.append(Line(why, line, name, self.stream, self.bundle))


def last_change(lines: Sequence[bytes]) -> str:
    """The id of the change that archived bytes at the end of some lines belong to; empty: none."""
    line = next((one for one in reversed(lines) if not is_blob(one)), b"")
    try:
        return _change(line).id
    except BadChange:
        return ""


def _record_in(line: bytes) -> bytes:
    """Where the record's id most probably stands."""
    at = line.find(b'"record":')
    return line[at : at + 48]


def _change(line: bytes) -> Change:
    """What `Change.from_line` reads, quickly where that is certain."""
    if is_blob(line):
        raise BadChange
    is_flat = line.count(b"[") + line.count(b"{") <= MAX_DEPTH
    said: Any = from_own_text(line) if is_flat and len(line) <= MAX_LINE else None
    if isinstance(said, dict):
        parts = cast("dict[str, Any]", said)
        if is_exact(parts.get("v")) and is_exact(parts.get("fields")):  # all else is text
            return Change.from_object(parts, line)
    return Change.from_line(line)


def blob_line(sha256: str, body: bytes) -> bytes:
    """Archived bytes as a line."""
    return to_text({"blob": sha256, "data": base64.b64encode(body).decode()}).encode()


def is_blob(line: bytes) -> bool:
    """Whether a line, as `blob_line` writes it, is archived bytes."""
    return line.startswith(b'{"blob":')


def gone_line(ident: str, record: str, do: str) -> bytes:
    """A purged change as a line."""
    return to_text({"gone": ident, "record": record, "do": do}).encode()


def _object(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", said) if isinstance(said, dict) else {}


def _checked(said: Mapping[str, Any]) -> bytes | None:
    try:
        body = base64.b64decode(said["data"], validate=True)
    except (TypeError, ValueError, binascii.Error):
        return None
    return body if hashlib.sha256(body).hexdigest() == said["blob"] else None


def _gone(said: Mapping[str, Any]) -> Gone | None:
    ident, record, do = (said[name] for name in ("gone", "record", "do"))
    is_good = is_change_id(ident) and isinstance(record, str) and record and do in _LOSABLE
    return Gone(ChangeId(ident), RecordId(record), Action(do)) if is_good else None


def _is_newer(said: Mapping[str, Any]) -> bool:
    """Whether a newer program may have meant something by it: it says more than we know of."""
    if not said or set(said) == _GONE or set(said) == _BLOB:
        return False
    return said.get("v") != 1 or set(said) > _KEYS or said.get("do", "write") not in _ACTIONS
