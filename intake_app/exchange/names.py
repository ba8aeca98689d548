"""Names of objects, the same in a store and in the trays; and which names are none.

Names come from receipts and listings that others wrote, so each is checked before a path is made of
it: small letters, digits, `.`, `-` and `_` in at most four parts, none of which a file system gives
a meaning of its own.
"""

import re
from typing import Final

from intake_app.domain.exchange import Stream

MARKER: Final = "hub.json"
"""Whose store this is."""

DONE: Final = "done.json"
"""In `out/` only: per own stream (name), the last bundle that all active stations have (a JSON
object), so that stores forget it and those before it."""

WANTED: Final = "wanted.json"
"""In `out/` only: names of the snapshots that are to be fetched (a JSON list)."""

JUDGED: Final = "judged.json"
"""In `out/` only: which receipts were found good, and which forged (see `judged`)."""

END: Final = "end"
"""The last part of a snapshot: without it there is none."""

RECEIPTS: Final = "r"
STREAMS: Final = "s"
SNAPSHOTS: Final = "p"
REQUESTS: Final = "q"
ANSWERS: Final = "a"
LEDGERS: Final = "l"

_PART: Final = r"[a-z0-9](?:[a-z0-9._-]{0,118}[a-z0-9])?"
_NAME: Final = re.compile(rf"{_PART}(?:/{_PART}){{0,3}}")
_DIGITS: Final = 10
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""What Windows takes for a device, with any ending."""


def bundle(agency: str, stream: Stream, n: int) -> str:
    """Of bundle n of a stream."""
    return f"{bundles(agency, stream)}/{n}"


def bundles(agency: str, stream: Stream) -> str:
    """The folder of the bundles of a stream."""
    return f"{STREAMS}/{stream.folder(agency)}"


def number_of(name: str) -> int:
    """The number that a bundle or a part of a snapshot is called by; 0: there is none."""
    last = name.rpartition("/")[2]
    return int(last) if last.isdigit() and last.isascii() and len(last) <= _DIGITS else 0


def is_name(name: str) -> bool:
    """Whether an object may be called so."""
    if not _NAME.fullmatch(name):
        return False
    return not any(_DEVICE.fullmatch(part) or part.endswith(".new") for part in name.split("/"))


def checked(name: str) -> str:
    """The name itself.

    Raises:
        ValueError: Nothing may be called so.
    """
    if not is_name(name):
        raise ValueError("no name of an object")
    return name
