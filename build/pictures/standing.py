"""Makes what differs from computer to computer, and from start to start, stand still."""

import random
from pathlib import Path
from types import SimpleNamespace

from intake_app.disk import machine
from intake_app.disk.machine import MachineFacts
from intake_app.domain import ids
from intake_app.services.backup import telling
from intake_app.vault import wordlist
from intake_app.wiring import trust

_VERSIONS = {
    "intake-app": "1.0", "python": "3", "system": "linux", "PySide6-Essentials": "6",
    "sqlcipher3": "0", "cryptography": "0", "joserfc": "1", "keyring": "25", "reportlab": "4",
    "pikepdf": "10", "opendal": "0",
}  # fmt: skip


_FREE = 57_000_000_000


def settle_ids() -> None:
    """Ids of records follow from a seed, so that lists stand in the same order each time.

    Only in a process that draws pictures; so it is with `stand_still`.
    """
    dice = random.Random(1)  # noqa: S311 (ids of records that nobody keeps)
    setattr(ids, "os", SimpleNamespace(urandom=dice.randbytes))  # noqa: B010 (what is replaced)


def stand_still() -> None:
    """The same for words that are read aloud (they follow from keys), and facts of a computer."""
    settle_ids()
    setattr(wordlist, "_digit", _digit)  # noqa: B010
    setattr(telling, "free_bytes", _free)  # noqa: B010
    setattr(machine, "look", _look)  # noqa: B010
    setattr(trust, "versions", lambda: dict(_VERSIONS))  # noqa: B010


def _digit(_number: int, place: int) -> int:
    return 211 * (place + 1) % len(wordlist.word_list())


def _free(_folder: Path) -> int:
    return _FREE


def _look(_folder: Path) -> MachineFacts:
    """A computer as it should be."""
    return MachineFacts(
        is_encrypted=True, is_memory_safe=True, keeps_pages=False, is_private=True,
        is_carried_off=False,
    )  # fmt: skip
