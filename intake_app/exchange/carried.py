"""What a round with a store has moved, counted as it goes; and how much it may move."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Final

from intake_app.domain.exchange import Wanted
from intake_app.exchange import names

MOST_OBJECTS: Final = 5_000
MOST_BYTES: Final = 512 * 1024 * 1024
"""Of what comes in one round; the next one goes on where this one ended."""


@dataclass(slots=True)
class Moved:
    """What went one way.

    Attributes:
        bundles: How many.
        receipts: How many.
        others: Parts of snapshots, requests, answers, ledgers.
        size: Bytes, all together.
        stations: Whose bundles and receipts (sorted ids).
    """

    bundles: int = 0
    receipts: int = 0
    others: int = 0
    size: int = 0
    stations: set[str] = field(default_factory=set[str])

    @property
    def objects(self) -> int:
        """How many, all together."""
        return self.bundles + self.receipts + self.others

    def told(self) -> dict[str, object]:
        """As a line of JSON says it."""
        return {**asdict(self), "stations": sorted(self.stations)}


@dataclass(slots=True)
class Carried:
    """What became of a round.

    Attributes:
        hub: The store's id.
        came: What was fetched.
        went: What was given.
        missing: Bundles that receipts name, that lack here, and that the store does not hold.
        is_whole: Everything was moved that could be; else the next round goes on.
        trouble: Kind (class name) of the error that ended it; empty: none.
        marker: hub.json as it lies there now, where it is not the one that is remembered.
        room: With `StickTooSmall`: bytes that are needed, that are free, that lie in the trash.
        is_safe: Of a stick: all that was written was read back from it, and it may be removed.
    """

    hub: str
    came: Moved = field(default_factory=Moved)
    went: Moved = field(default_factory=Moved)
    missing: list[Wanted] = field(default_factory=list[Wanted])
    is_whole: bool = True
    trouble: str = ""
    marker: str = ""
    room: tuple[int, int, int] | None = None
    is_safe: bool = False

    def told(self) -> dict[str, object]:
        """The last line of JSON of a round."""
        return {
            "store": self.hub, "came": self.came.objects, "went": self.went.objects,
            "in": self.came.told(), "out": self.went.told(),
            "missing": [[one.stream, one.n] for one in self.missing], "is_whole": self.is_whole,
            "trouble": self.trouble, "marker": self.marker, "room": self.room,
            "is_safe": self.is_safe,
        }  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Counts what moves, says so, and knows when a round has moved enough.

    Attributes:
        carried: What became of the round.
        say: Hears how many objects have moved, and how many are to move as far as is known.
        most_objects: That may come.
        most_bytes: That may come.
        whole: How many are to move.
    """

    carried: Carried
    say: Callable[[int, int], None] = lambda _done, _whole: None
    most_objects: int = MOST_OBJECTS
    most_bytes: int = MOST_BYTES
    whole: int = 0

    def expect(self, more: int) -> None:
        """So many more are to move, or fewer."""
        self.whole += more
        self._tell()

    def came(self, name: str, size: int, station: str = "") -> None:
        """An object was fetched."""
        _add(self.carried.came, name, size, station)
        self._tell()

    def went(self, name: str, size: int, station: str = "") -> None:
        """An object was given."""
        _add(self.carried.went, name, size, station)
        self._tell()

    @property
    def is_full(self) -> bool:
        """Whether no more may come in this round."""
        came = self.carried.came
        return came.objects >= self.most_objects or came.size >= self.most_bytes

    def _tell(self) -> None:
        done = self.carried.came.objects + self.carried.went.objects
        self.say(done, max(done, self.whole))


def _add(moved: Moved, name: str, size: int, station: str) -> None:
    folder = name.partition("/")[0]
    if folder == names.STREAMS:
        moved.bundles += 1
    elif folder == names.RECEIPTS:
        moved.receipts += 1
    else:
        moved.others += 1
    moved.size += size
    if station:
        moved.stations.add(station)
