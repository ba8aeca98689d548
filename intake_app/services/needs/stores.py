"""What the services need to keep stores and sticks, as Protocols; `wiring` brings it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from intake_app.domain.exchange import Marker


class Secrets(Protocol):
    """Passwords of stores, in the keyring of this computer: `vault.store_credentials`."""

    def keep(self, hub: str, secret: Mapping[str, str]) -> None:
        """Keep what opens a store.

        Raises:
            NoKeyring: This computer has no place that keeps passwords safe.
        """
        ...

    def forget(self, hub: str) -> None:
        """Drop it, if there is any."""
        ...

    def has(self, hub: str) -> bool:
        """Whether there is one."""
        ...


class Markers(Protocol):
    """Reads hub.json with the registry of who is signed in: `exchange.marker_desk`."""

    def read(self, text: str, known: Marker | None = None) -> Marker:
        """A marker of this department, not older than the one that was known.

        Raises:
            MarkerRefused: It is none.
        """
        ...


@dataclass(frozen=True, slots=True)
class StoreParts:
    """All that keeping stores needs.

    Attributes:
        profile: The folder of this profile.
        secrets: What opens them.
        markers: Whose they are.
    """

    profile: Path
    secrets: Secrets
    markers: Markers
