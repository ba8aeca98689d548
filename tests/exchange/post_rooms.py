"""Stations of one department in a folder: real files, real keys, a real post room, no password."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from keyed_stations import Department, Person

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change, Value
from intake_app.domain.clock import FixedClock
from intake_app.domain.exchange_state import ExchangeState
from intake_app.domain.ids import Epoch, RecordId, StationId, new_record_id
from intake_app.domain.record import deletion, replaced_by
from intake_app.domain.roles import Compartment
from intake_app.exchange.boxes import Box
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.post_room import PostRoom
from intake_app.storage.compartment import Compartment as File
from intake_app.storage.streams import Streams
from intake_app.vault.exchange_keys import ExchangeKeys
from intake_app.vault.growth import RegistryGrowth
from intake_app.vault.identity import Identity, seal_station_key, write_identity
from intake_app.vault.inside import Inside, merged, with_generation, without_generation
from intake_app.vault.keys import Keys
from intake_app.vault.own_streams import OwnStreams

KEY = bytes(range(32))
BEGUN = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)
PROFILE = "profile"
SAVE = "save"


@dataclass
class NoEndings:
    """What was carried out, as a test says; and ledgers as they came."""

    orders: dict[Compartment, tuple[str, ...]] = field(default_factory=dict)
    told: bytes = b""
    came: list[bytes] = field(default_factory=list)

    def executed(self, compartment: Compartment) -> tuple[str, ...]:
        return self.orders.get(compartment, ())

    def ledger(self) -> bytes:
        return self.told

    def take_ledger(self, data: bytes) -> None:
        self.came.append(data)


class SharedPages:
    """Generations of a test department: a new one is known to all at their next sign-in.

    Keys that travel have stories of their own.
    """

    def __init__(self, keys: Keys, department: Department, files: dict[Compartment, File]) -> None:
        self._keys, self._department, self._files = keys, department, files

    def begin(self, compartment: Compartment) -> int:
        shared = with_generation(self._department.insides[compartment], ())
        self._department.insides[compartment] = shared
        self._keep(compartment, merged(self._keys.opened(compartment), shared))
        return shared.newest

    def forget(self, compartment: Compartment, generation: int) -> None:
        self._keep(compartment, without_generation(self._keys.opened(compartment), generation))

    def take(self) -> None:
        """What others have begun."""
        for name in self._files:
            if text := self._files[name].meta("keys inside"):
                self._keys.take_inside(name, text)
            shared = self._department.insides[name]
            self._keep(name, merged(self._keys.opened(name), shared))

    def _keep(self, compartment: Compartment, inside: Inside) -> None:
        self._files[compartment].set_meta("keys inside", inside.text)
        self._keys.take_inside(compartment, inside.text)


class Desk:
    """One signed-in person at one station."""

    def __init__(self, house: "StationHouse", who: Person, *closed: Compartment) -> None:
        self.house, self.who = house, who
        self.keys = house.department.keys(house.station, who, *closed)
        self.files: dict[Compartment, File] = {
            name: File.open(house.folder / f"{name}.db", KEY, house.clock)
            for name in Compartment
            if name not in closed and (house.folder / f"{name}.db").exists()
        }
        pages = SharedPages(self.keys, house.department, self.files)
        pages.take()
        growth = RegistryGrowth(self.keys)
        self.room = PostRoom(Fittings(
            sealing=ExchangeKeys(self.keys), own=house.own(),
            files={name: Streams(file, lambda user: self.keys.registry.is_author(user))
                   for name, file in self.files.items()},
            inbox=house.inbox, outbox=house.outbox, notes=self.files[Compartment.STATION],
            clock=house.clock, user=who.id,
            grow_registry=lambda: growth.take(self._entries()),
            endings=house.endings, pages=pages, program="1.0",
        ))  # fmt: skip
        self.room.open()

    def round(self, *, cut_now: bool = True) -> ExchangeState:
        return self.room.round(cut_now=cut_now)

    def write(
        self, record: RecordId | None = None, to: Compartment = Compartment.CARE, **fields: Value
    ) -> Change:
        """A person fills fields in; what this returns is acknowledged."""
        file, ident = self.files[to], record or new_record_id()
        over = replaced_by(file.record(ident), fields)
        change = Change(file.stamp(), self.who.id, Action.WRITE, "intake", ident, fields, over)
        return self.apply(to, change)

    def delete(self, record: RecordId, to: Compartment = Compartment.CARE) -> Change | None:
        file = self.files[to]
        found = file.record(record)
        if found is None or found.is_purged:
            return None
        fields = deletion(found, "error")
        over = replaced_by(found, fields)
        change = Change(
            file.stamp(), self.who.id, Action.WRITE, found.kind, record, fields, over, found.about
        )
        return self.apply(to, change)

    def purge(self, record: RecordId, to: Compartment = Compartment.CARE) -> Change:
        file = self.files[to]
        return self.apply(to, Change(file.stamp(), self.who.id, Action.PURGE, "intake", record, {}))

    def apply(self, to: Compartment, change: Change) -> Change:
        self.files[to].apply([change], Act(self.who.id, SAVE))
        return change

    def enter(self, entries: Iterable[str]) -> None:
        """Registry entries, as an administrator's act leaves them in `station`."""
        file = self.files[Compartment.STATION]
        changes = [
            Change(file.stamp(), self.who.id, Action.FACT, "registry", new_record_id(),
                   {"entry": text})
            for text in entries
        ]  # fmt: skip
        file.apply(changes, Act(self.who.id, "add entries"))

    def close(self) -> None:
        for file in self.files.values():
            file.close()

    def _entries(self) -> Sequence[str]:
        records = self.files[Compartment.STATION].of_kind("registry")
        return [str(record.values["entry"]) for record in records]


class StationHouse:
    """A profile folder of one station."""

    def __init__(
        self, department: Department, station: StationId, folder: Path, clock: FixedClock
    ) -> None:
        self.department, self.station, self.folder, self.clock = department, station, folder, clock
        self.endings = NoEndings()

    @classmethod
    def made(
        cls, department: Department, station: StationId, folder: Path, clock: FixedClock,
        epoch: Epoch, files: Iterable[Compartment] = tuple(Compartment),
    ) -> "StationHouse":  # fmt: skip
        folder.mkdir(parents=True)
        house = cls(department, station, folder, clock)
        public = department.insides[Compartment.STATION].seal.public
        sealed = seal_station_key(department.station_keys[station], station, public)
        write_identity(folder, department.agency, PROFILE, Identity(station, epoch, "A", sealed))
        for name in files:
            File.create(folder / f"{name}.db", KEY, clock, station, epoch).close()
        return house

    @classmethod
    def copied(
        cls, department: Department, made: Path, folder: Path, clock: FixedClock
    ) -> "StationHouse":
        """A copy of a profile, named after its station; much quicker than making one."""
        shutil.copytree(made, folder / made.name)
        return cls(department, StationId(made.name), folder / made.name, clock)

    @property
    def inbox(self) -> Box:
        return Box(self.folder / "in")

    @property
    def outbox(self) -> Box:
        return Box(self.folder / "out")

    def own(self) -> OwnStreams:
        return OwnStreams(self.folder, self.department.agency, PROFILE)

    def desk(self, who: Person | None = None, *closed: Compartment) -> Desk:
        return Desk(self, who or self.department.ada, *closed)


def swap(one: Box, other: Box) -> None:
    """Carry all of one tray into another, as a faithful carrier would."""
    for folder in ["r", *one.folders("s"), *one.folders("p"), "l"]:
        for name in one.names(folder):
            if not other.has(name):
                other.put(name, one.get(name) or b"")


def exchange(*desks: Desk, rounds: int = 3) -> None:
    """Everybody's trays are carried to everybody, with a round of each post room in between."""
    for _ in range(rounds):
        for desk in desks:
            desk.round()
        for one in desks:
            for other in desks:
                if one is not other:
                    swap(one.house.outbox, other.house.inbox)


def agree(*desks: Desk) -> bool:
    """Whether all hold the same in the files that are open everywhere."""
    common = set.intersection(*(set(desk.files) for desk in desks))
    return all(len({desk.files[name].digest() for desk in desks}) == 1 for name in common)
