"""What a file says in a bundle, and what it understands of one: lines of JSON.

A line is a change as `Change.line` writes it, archived bytes that a change names, or the id of a
change whose body was purged. Whatever else comes is kept as it is and never lost: it may be from a
newer program.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from intake_app.domain.change import Action, Change, is_change_id
from intake_app.domain.errors import BadChange
from intake_app.domain.exchange import Aside
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.storage.archive import named_in
from intake_app.storage.change_log import HERE, WAITS, Gone, Line
from intake_app.storage.rows import encode

_KEYS: Final = frozenset({"v", "id", "user", "do", "kind", "record", "about", "fields", "over"})
_GONE: Final = frozenset({"gone", "record", "do"})
_BLOB: Final = frozenset({"blob", "data"})
_LOSABLE: Final = [Action.WRITE.value, Action.FACT.value]  # the purge itself says nothing to lose
_ACTIONS: Final = [action.value for action in Action]


@dataclass(slots=True)
class Delivery:
    """Lines as they came, sorted by what they are.

    Attributes:
        stream: Whose bundle brought them.
        bundle: Its number.
        is_author: Whether the registry has ever named a user; their changes are taken.
        changes: What people did.
        blobs: Archived bytes by their hash.
        gone: Changes that were purged elsewhere.
        unread: What is to be set aside as it stands.
        again: Lines that were set aside and are tried again.
        applied: How far streams are merged once this is.
        notes: Lines about the file itself, by name.
    """

    stream: str = HERE
    bundle: int = WAITS
    is_author: Callable[[UserId], bool] = field(default=lambda _: True)
    changes: list[Change] = field(default_factory=list[Change])
    blobs: dict[str, bytes] = field(default_factory=dict[str, bytes], repr=False)
    gone: list[Gone] = field(default_factory=list[Gone])
    unread: list[Line] = field(default_factory=list[Line])
    again: list[Line] = field(default_factory=list[Line])
    applied: Mapping[str, int] = field(default_factory=dict[str, int])
    notes: Mapping[str, str] = field(default_factory=dict[str, str])

    def read(self, lines: Iterable[bytes]) -> None:
        """Sort lines by what they are; nothing is refused."""
        for line in lines:
            try:
                self.changes.append(Change.from_line(b"" if is_blob(line) else line))
            except BadChange:
                self._read_other(line)

    def aside(self, why: Aside, change: Change) -> Line:
        """A change of this delivery as it is set aside."""
        return Line(why, change.line, change.id, self.stream, self.bundle)

    def unasked(self) -> set[str]:
        """Hashes of archived bytes that came although no line beside them names them."""
        if self.stream == HERE or not self.blobs:
            return set()
        lines = (*(change.line for change in self.changes), *(line.body for line in self.unread))
        return self.blobs.keys() - named_in(lines)

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


def blob_line(sha256: str, body: bytes) -> bytes:
    """Archived bytes as a line."""
    return encode({"blob": sha256, "data": base64.b64encode(body).decode()}).encode()


def is_blob(line: bytes) -> bool:
    """Whether a line, as `blob_line` writes it, is archived bytes."""
    return line.startswith(b'{"blob":')


def gone_line(ident: str, record: str, do: str) -> bytes:
    """A purged change as a line."""
    return encode({"gone": ident, "record": record, "do": do}).encode()


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
    if not said or set(said) in (_GONE, _BLOB):
        return False
    return said.get("v") != 1 or set(said) > _KEYS or said.get("do", "write") not in _ACTIONS
