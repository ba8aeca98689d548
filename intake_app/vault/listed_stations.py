"""The stations that the registry lists, and the keys that check what they signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake_app.domain.errors import BadRegistry
from intake_app.domain.ids import Epoch, StationId
from intake_app.vault.entry import Entry, EntryType
from intake_app.vault.jose import PublicKey
from intake_app.vault.scale import Scale


@dataclass(frozen=True, slots=True)
class ListedStation:
    """A computer of the department.

    Attributes:
        id: Stable and opaque.
        letter: Stands in its receipt numbers.
        sign: Checks what it signs now.
        seal: Seals to it; None: it was set up by a program that made no such key.
        at: When it was enrolled, by the administrator's clock (`stamp`).
        marks: Where it was struck: per epoch, the number of its last bundle that counts; an epoch
            that is not named has none. None: it was not struck.
    """

    id: StationId
    letter: str
    sign: PublicKey
    seal: PublicKey | None
    at: str
    marks: Mapping[Epoch, int] | None = None

    @property
    def is_struck(self) -> bool:
        """Lost or stolen, for ever: the computer can only be enrolled anew."""
        return self.marks is not None


class Stations:
    """All stations that were ever enrolled.

    Args:
        scale: Which entries count.
    """

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        idents = {entry.subject for entry in scale.of_type(EntryType.STATION)}
        found = [self._listed(ident) for ident in idents if self._entries(ident)]
        by_letter = sorted(found, key=lambda one: (len(one.letter), one.letter, one.id))
        self._stations = {one.id: one for one in by_letter}

    @property
    def standing(self) -> frozenset[StationId]:
        """The stations that were not struck."""
        return frozenset(one.id for one in self.all() if not one.is_struck)

    def all(self) -> tuple[ListedStation, ...]:
        """Every one, struck or not, by letter."""
        return tuple(self._stations.values())

    def one(self, station: StationId) -> ListedStation:
        """One of them, struck or not.

        Raises:
            BadRegistry: There never was such a station.
        """
        if station not in self._stations:
            raise BadRegistry("station")
        return self._stations[station]

    def struck(self) -> dict[StationId, Mapping[Epoch, int]]:
        """Struck stations, and per epoch the number of the last bundle that counts."""
        return {one.id: one.marks for one in self.all() if one.marks is not None}

    def key(self, station: StationId) -> PublicKey:
        """Checks what a station signs now.

        Raises:
            BadRegistry: There is no such station, or it was struck.
        """
        found = self.one(station)
        if found.is_struck:
            raise BadRegistry("station")
        return found.sign

    def keys(self, station: StationId) -> dict[str, PublicKey]:
        """Check what a station ever signed, also before it was struck; by the name of the key.

        Raises:
            BadRegistry: There never was such a station.
        """
        found = [entry.said.keys["sign"] for entry in self._entries(station)]
        if not found:
            raise BadRegistry("station")
        return {key.name: key for key in found}

    def _entries(self, station: str) -> list[Entry]:
        final = self._scale.final
        found = self._scale.about(station, EntryType.STATION)
        return [e for e in found if final.sees(e) and not final.is_cut(e.id)]

    def _listed(self, station: str) -> ListedStation:
        entries = self._entries(station)
        newest, first = self._scale.newest(entries), min(entries, key=lambda e: (e.at, e.id))
        keys = newest.said.keys
        return ListedStation(
            StationId(station), newest.said.facts["letter"], keys["sign"], keys.get("seal"),
            first.at, self._marks(station),
        )  # fmt: skip

    def _marks(self, station: str) -> Mapping[Epoch, int] | None:
        """Where several struck it at the same time, the lowest number that any of them names."""
        found = [e.said.facts.get("marks", {}) for e in self._scale.revocations(station)]
        if not found:
            return None
        named = {epoch for marks in found for epoch in marks}
        return {Epoch(epoch): min(marks.get(epoch, 0) for marks in found) for epoch in named}
