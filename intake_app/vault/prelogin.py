"""prelogin.log: failed sign-ins, sealed to the `station` key before anybody has signed in.

Who signs in next reads it and moves it into the audit log. It is capped at 1 MiB; the oldest lines
go first. It holds no name: only the id under which the sign-in stands in the key file.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intake_app.disk.atomic import append_line, write_whole
from intake_app.domain.errors import CannotOpen
from intake_app.domain.plain_json import canonical
from intake_app.vault.jose import PrivateKey, PublicKey

NAME: Final = "prelogin.log"
CAP_BYTES: Final = 1024 * 1024
_KEPT_BYTES: Final = CAP_BYTES * 3 // 4
_LONGEST: Final = 64
"""Characters; no id is longer."""

_PURPOSE = "prelogin"

WRONG_PASSPHRASE: Final = "wrong passphrase"  # noqa: S105 (what went wrong, not a secret)
LOCKED: Final = "locked"
WRONG_CARD: Final = "wrong card"
WRONG_CODE: Final = "wrong code"
FAILURES: Final = (WRONG_PASSPHRASE, LOCKED, WRONG_CARD, WRONG_CODE)


@dataclass(frozen=True, slots=True)
class FailedSignIn:
    """A line of the log.

    Attributes:
        at: Local time with offset; empty for a line that cannot be read.
        what: One of `FAILURES`, or "unreadable".
        user: The user's id; empty if there is no such user.
        slot_id: HMAC of the user name that was typed.
    """

    at: str
    what: str
    user: str = ""
    slot_id: str = ""


def note_failure(folder: Path, key: PublicKey, failed: FailedSignIn) -> None:
    """Add a line.

    Raises:
        DiskFull: No space.
        StorageFailed: The disk refused.
    """
    path = folder / NAME
    parts = [failed.at, failed.what, failed.user, failed.slot_id]
    line = key.seal(canonical(parts), _PURPOSE).encode()
    if path.exists() and path.stat().st_size + len(line) + 1 > CAP_BYTES:
        lines = path.read_bytes()[-_KEPT_BYTES:].split(b"\n")[1:]
        write_whole(path, b"\n".join(lines))
    append_line(path, line)


def read_failures(folder: Path, key: PrivateKey) -> tuple[FailedSignIn, ...]:
    """All lines, oldest first. Anybody can seal a line to a public key: what is no failure is none.

    Somebody who can write here can still put in a failure that was none, or take one out.
    """
    path = folder / NAME
    lines = path.read_bytes()[-CAP_BYTES:].split(b"\n") if path.exists() else []
    return tuple(_read_line(line, key) for line in lines if line)


def clear_failures(folder: Path) -> None:
    """Empty it, once its lines stand in the audit log."""
    write_whole(folder / NAME, b"")


def _read_line(line: bytes, key: PrivateKey) -> FailedSignIn:
    try:
        at, what, user, slot_id = json.loads(key.open(line.decode(), _PURPOSE))
        known = FAILURES[FAILURES.index(what)]
    except (CannotOpen, ValueError, TypeError, RecursionError):
        return FailedSignIn("", "unreadable")
    return FailedSignIn(str(at), known, str(user)[:_LONGEST], str(slot_id)[:_LONGEST])
