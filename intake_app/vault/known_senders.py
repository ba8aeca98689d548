"""The senders whom a recipient has confirmed by phone: their words, beside the key file."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

from intake_app.disk.atomic import write_whole
from intake_app.domain.plain_json import canonical

ENDING: Final = ".senders"
_MOST: Final = 1_000


class KnownSenders:
    """What was confirmed with one key file.

    Args:
        key_file: The recipient's key file; the list lies beside it.
    """

    def __init__(self, key_file: Path) -> None:
        self._path = key_file.with_name(key_file.name + ENDING)

    def has(self, words: Sequence[str]) -> bool:
        """Whether a sender with these words was confirmed."""
        return " ".join(words) in self._all()

    def add(self, words: Sequence[str]) -> None:
        """Keep a sender as confirmed."""
        known = {*self._all(), " ".join(words)}
        write_whole(self._path, canonical(sorted(known)) + b"\n")

    def _all(self) -> list[str]:
        """Those that were kept; a file that cannot be read confirms nobody."""
        try:
            raw: Any = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return []
        found = cast("list[Any]", raw) if isinstance(raw, list) else []
        return [str(one) for one in found[:_MOST]]
