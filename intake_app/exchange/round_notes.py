"""What a carrier remembers of a store, so that it need not look twice. It may be lost."""

import hashlib
import json
from typing import Any, Final

from intake_app.domain.exchange import Stream
from intake_app.exchange.boxes import Box

_MOST: Final = 20_000
"""Notes; then they begin anew."""


class RoundNotes:
    """Notes about one store.

    Args:
        box: Where they lie.
        hub: The store's id.
        has_memory: Not so of sticks: what lay there may have been lost when it was pulled.
    """

    def __init__(self, box: Box, hub: str, *, has_memory: bool = True) -> None:
        self._box, self._name, self._has_memory = box, f"{hub}.json", has_memory
        self._said: dict[str, Any] = self._read() if has_memory else {}
        self._is_new = False

    def is_given(self, name: str, data: bytes) -> bool:
        """Whether these very bytes were given to the store under this name."""
        return self._said.get(name) == _hash(data)

    def give(self, name: str, data: bytes) -> None:
        """They were."""
        self._note(name, _hash(data))

    def given(self, before: str) -> list[str]:
        """Names that begin so, of what was given."""
        return sorted(name for name in self._said if name.startswith(before))

    def drop(self, name: str) -> None:
        """It was removed there."""
        self._is_new = self._said.pop(name, None) is not None or self._is_new

    def is_own(self, stream: Stream, receipt: bytes) -> bool:
        """Whether the newest own receipt of a stream was given from here."""
        return self.is_given(f"own {stream.name}", receipt)

    def give_own(self, stream: Stream, receipt: bytes) -> None:
        """It was."""
        self.give(f"own {stream.name}", receipt)

    def cleared(self, stream: str) -> int:
        """Own bundles up to this number were removed there."""
        number = self._said.get(f"done {stream}", 0)
        return number if isinstance(number, int) else 0

    def clear(self, stream: str, n: int) -> None:
        """They were removed up to this number."""
        self._note(f"done {stream}", n)

    def save(self) -> None:
        """Keep them for the next round.

        Raises:
            DiskFull: The older ones stand.
        """
        if self._is_new and self._has_memory:
            kept = self._said if len(self._said) <= _MOST else {}
            self._box.put(self._name, json.dumps(kept).encode())

    def _note(self, what: str, value: str | int) -> None:
        if self._said.get(what) != value:
            self._said[what] = value
            self._is_new = True

    def _read(self) -> dict[str, Any]:
        try:
            told: object = json.loads(self._box.get(self._name) or b"{}")
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
