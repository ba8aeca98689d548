"""Parts of stores for tests: a keyring in memory, and markers in the clear."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_app.domain.exchange import Marker
from intake_app.domain.exchange_errors import MarkerRefused


@dataclass
class Keyring:
    """Passwords in memory."""

    kept: dict[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    def keep(self, hub: str, secret: Mapping[str, str]) -> None:
        self.kept[hub] = secret

    def forget(self, hub: str) -> None:
        self.kept.pop(hub, None)

    def has(self, hub: str) -> bool:
        return hub in self.kept


class Readers:
    """Markers that are "<kind> <hub>"; anything else is refused."""

    def read(self, text: str, known: Marker | None = None) -> Marker:
        kind, _, hub = text.partition(" ")
        if not hub:
            raise MarkerRefused
        return Marker("ours", hub, kind, 1, (), 7)
