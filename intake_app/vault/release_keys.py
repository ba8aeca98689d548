"""The publisher's public keys: who may sign an update of this program.

Two of them, so that one can be replaced: an update is believed when either signed it, and brings
the keys that hold from then on. The secret halves are made and used by `build/release` and are
never in the tree. A copy without keys takes no updates.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from intake_app.disk.bounded import read_bounded
from intake_app.domain.errors import CannotOpen
from intake_app.domain.update_errors import NoPublisher, UpdateNotSigned
from intake_app.vault.jose import PublicKey, unverified

USES: Final = ("current", "next")
_MOST: Final = 16 * 1024
_FAILED: Final = (
    OSError, ValueError, KeyError, TypeError, AttributeError, CannotOpen, RecursionError,
)  # fmt: skip


class Standing(StrEnum):
    """Whose keys they are."""

    RELEASE = "release"
    DEVELOPMENT = "development"  # somebody tries updates out; no department should see this
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReleaseKeys:
    """The keys of one copy of the program.

    Attributes:
        standing: Whose they are.
        keys: By their name (RFC 7638).
    """

    standing: Standing
    keys: dict[str, PublicKey]

    @classmethod
    def load(cls, file: Path) -> "ReleaseKeys":
        """Read them; a file that cannot be read holds none, so that nothing is believed."""
        try:
            told: dict[str, Any] = json.loads(read_bounded(file, _MOST) or b"")
            found = [PublicKey.load(told[use]) for use in USES if told.get(use)]
            standing = Standing(told["standing"])
        except _FAILED:
            return cls(Standing.NONE, {})
        return cls(standing if found else Standing.NONE, {one.name: one for one in found})

    def verify(self, text: str) -> bytes:
        """What one of the keys signed.

        Raises:
            NoPublisher: There are no keys here.
            UpdateNotSigned: None of them signed it as it stands.
        """
        if not self.keys:
            raise NoPublisher
        try:
            name, _ = unverified(text)
            return self.keys[name].verify(text)
        except (CannotOpen, KeyError) as error:
            raise UpdateNotSigned from error
