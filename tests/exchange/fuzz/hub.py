"""A store with every mishap that a real one may have, in memory or in a real folder.

It fits `exchange.stores.Store`, and keeps the contract of stores while its chance of mishaps is 0.
"""

import random
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from intake_app.domain.exchange_errors import MarkerRefused, Oversized
from intake_app.domain.store_errors import StoreError, StoreVanished
from intake_app.exchange import names
from intake_app.exchange.store import MOST
from intake_app.exchange.stores import OpenedStore
from intake_app.settings.stores import StoreEntry


class Full(StoreError):
    """The store takes no more."""


@dataclass
class Hub:
    """Objects by name; `chance` of a mishap at each request."""

    rng: random.Random
    marker: bytes = b"{}"
    chance: float = 0.0
    is_away: bool = False
    is_full: bool = False
    objects: MutableMapping[str, bytes] = field(default_factory=dict[str, bytes])
    older: list[dict[str, bytes]] = field(default_factory=list)

    def trust(self, marker: bytes) -> None:
        """Each put looks at the marker itself."""

    def names(self, folder: str) -> list[str]:
        self._ask()
        found = [name for name in self.objects if name.rpartition("/")[0] == folder]
        if self._mishap():
            found = found[: len(found) // 2]
        return sorted(found)

    def get(self, name: str, most: int = MOST) -> bytes | None:
        self._ask()
        data = self.objects.get(name)
        if data is not None and len(data) > most:
            raise Oversized(name)
        if data is None or not self._mishap():
            return data
        match self.rng.randrange(5):
            case 0:
                return None
            case 1:
                return data[: self.rng.randrange(len(data))]
            case 2:
                at = self.rng.randrange(len(data))
                return data[:at] + bytes([data[at] ^ (1 << self.rng.randrange(8))]) + data[at + 1 :]
            case 3:
                folder = name.rpartition("/")[0]
                others = [one for one in self.objects if one.rpartition("/")[0] == folder]
                return self.objects[self.rng.choice(sorted(others))]
            case _:
                return data + data

    def put(self, name: str, data: bytes) -> None:
        self._ask()
        if self.objects.get(names.MARKER) != self.marker:
            raise MarkerRefused("another store")
        if self.is_full:
            raise Full
        if self._mishap():
            match self.rng.randrange(3):
                case 0:
                    return  # it said yes, and lost it
                case 1:
                    self.objects[name] = data[: self.rng.randrange(len(data))]
                    return
                case _:
                    self.is_away = True
                    raise StoreVanished
        self.objects[name] = data

    def remove(self, name: str) -> None:
        self._ask()
        self.objects.pop(name, None)

    def put_back(self, objects: dict[str, bytes]) -> None:
        """All that lies there is replaced."""
        self.objects.clear()
        self.objects.update(objects)

    def keep_copy(self) -> None:
        self.older = [*self.older[-2:], dict(self.objects)]

    def _ask(self) -> None:
        if self.is_away:
            raise StoreVanished

    def _mishap(self) -> bool:
        return self.chance > 0 and self.rng.random() < self.chance


class Folder(MutableMapping[str, bytes]):
    """What lies in a real store of the kind "folder", as objects by name."""

    def __init__(self, place: Path) -> None:
        place.mkdir()
        self._place = place
        self._store = OpenedStore(StoreEntry("hub", "folder", str(place)))

    def __getitem__(self, name: str) -> bytes:
        data = self._store.get(name)
        if data is None:
            raise KeyError(name)
        return data

    def __setitem__(self, name: str, data: bytes) -> None:
        try:
            self._store.put(name, data)
        except MarkerRefused:  # the hand that puts a whole store back asks no marker
            path = self._place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if name == names.MARKER:
            self._store.trust(data)

    def __delitem__(self, name: str) -> None:
        (self._place / name).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[str]:
        found = (one for one in self._place.rglob("*") if one.is_file())
        listed = (one.relative_to(self._place).as_posix() for one in found)
        yield from sorted(listed)

    def __len__(self) -> int:
        return sum(1 for _ in self)
