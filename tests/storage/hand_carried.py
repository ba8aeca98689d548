"""Stations that carry bundles to one another by hand, for stories about streams."""

from collections.abc import Callable
from pathlib import Path

from real_parts import KEY, SAVE

from intake_app.domain.change import Change
from intake_app.domain.clock import Clock
from intake_app.domain.exchange import Stream, Taken
from intake_app.domain.ids import Epoch, StationId, UserId
from intake_app.storage.compartment import Compartment
from intake_app.storage.streams import Streams

MUCH = 10**9


def everybody(_user: UserId) -> bool:
    """A registry that has named all."""
    return True


class Station:
    """One file with its side of the exchange; its bundles are kept as they were cut."""

    def __init__(self, file: Compartment, known: Callable[[UserId], bool] = everybody) -> None:
        self.file, self.files = file, Streams(file, known)
        self.sent: dict[Stream, list[list[bytes]]] = {}

    @classmethod
    def new(cls, folder: Path, clock: Clock, name: str, epoch: str = "fedcba") -> "Station":
        """A station with an empty file."""
        path = folder / f"{name}.db"
        return cls(Compartment.create(path, KEY, clock, StationId(name), Epoch(epoch)))

    @property
    def stream(self) -> Stream:
        """Its present one."""
        return Stream(self.file.station, self.file.epoch)

    @property
    def bundles(self) -> list[list[bytes]]:
        """What it has sent in its present epoch."""
        return self.sent.setdefault(self.stream, [])

    def save(self, *changes: Change, blobs: dict[str, bytes] | None = None) -> None:
        """Write here."""
        self.file.apply(changes, SAVE, blobs)

    def send(self, most: int = MUCH) -> list[bytes]:
        """Cut the next bundle and seal it."""
        n = len(self.bundles) + 1
        lines = self.files.cut(self.stream, n, most)
        self.bundles.append(lines)
        self.files.sealed(self.stream, n)
        return lines

    def take(self, other: "Station") -> Taken:
        """Take all that another has sent in any epoch and that is not here yet."""
        new = aside = 0
        for stream, bundles in other.sent.items():
            for n, lines in enumerate(bundles, 1):
                taken = self.files.take(stream, n, lines, SAVE)
                new, aside = new + taken.new, aside + taken.aside
        return Taken(new, aside)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()


def agree(*stations: Station) -> bool:
    """Whether all have the same records, the same set of changes and the same vector."""
    said = [(one.file.digest(), one.files.set_digest(), one.files.applied()) for one in stations]
    return all(each == said[0] for each in said)
