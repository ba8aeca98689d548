"""A department that a fuzzer plays with: what people do, what befalls them, and what must hold.

The oracle is the set of acknowledged changes: what a person was told is saved. What only ever stood
in a file that was then put back to an older copy, and in no bundle, is lost by nobody's fault.
"""

import json
import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fuzz.fuse import FUSE, Killed, fused
from fuzz.hub import Folder, Hub
from keyed_stations import Department, Person
from post_rooms import Desk, StationHouse

from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.exchange import Stream
from intake_app.domain.exchange_state import ExchangeState, Trouble
from intake_app.domain.ids import Epoch, RecordId, StationId
from intake_app.domain.roles import Compartment
from intake_app.exchange import names
from intake_app.exchange.boxes import Box
from intake_app.exchange.carrier import Errand, carry, remembered
from intake_app.exchange.needs import ExchangeFile
from intake_app.exchange.trays import Trays
from intake_app.vault.entry import EntryType, Said
from intake_app.vault.jose import PrivateKey

START = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)
FILES = (Compartment.STATION, Compartment.CARE, Compartment.CASES)
RECORDS = [RecordId(f"r{n}") for n in range(5)]
FIELDS = ["phone", "street", "last_name"]
YEAR = timedelta(days=365)
MOST_PLAYERS = 6
ROUNDS = 20
"""Until all is delivered: each needs a few for receipts that answer receipts."""


@dataclass
class Saved:
    """A backup of some files, and what had been acknowledged by then."""

    files: dict[Compartment, bytes]
    acked: set[tuple[str, str]]


@dataclass
class Player:
    """One station as the fuzzer sees it; `copy` is a second machine with the same identity."""

    house: StationHouse
    desk: Desk
    acked: dict[tuple[str, str], Change] = field(default_factory=dict)
    saved: list[Saved] = field(default_factory=list)
    is_silent: bool = False
    is_struck: bool = False
    is_newer: bool = False

    @property
    def station(self) -> StationId:
        return self.house.station


class World:  # noqa: PLR0904 (each step of the fuzzer is a method)
    """Everything of one seed, in one folder."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.rng, self.folder, self.told = random.Random(seed), folder, list[str]()
        self.department = Department()
        self.users: list[Person] = [self.department.ada, self.department.otto]
        self.hubs = [Hub(self.rng, f"hub {n}".encode()) for n in range(2)]
        if self.rng.random() < 0.6:
            self.hubs[0].objects = Folder(folder / "hub")  # a real store
        for hub in self.hubs:
            hub.objects[names.MARKER] = hub.marker
        self.players: list[Player] = []
        for n in range(self.rng.randint(3, 5)):
            self._found(StationId(f"s{n}"))
        self.lost: set[tuple[str, str]] = set()

    # --- people ---------------------------------------------------------------------------

    def act(self, one: Player, do: Callable[[Desk], None]) -> None:
        """Somebody does something; the process may die at any durable write of it."""
        if self.rng.random() < 0.15:
            FUSE.set(self.rng.randint(1, 6), is_after=self.rng.random() < 0.5)
        try:
            do(one.desk)
        except Killed:
            self.told.append(f"{one.station} killed")
            FUSE.left = 0
            self.sit_down(one)
        finally:
            FUSE.left = 0

    def write(self, one: Player) -> None:
        to, record = self._somewhere(one), self.rng.choice(RECORDS)

        def do(desk: Desk) -> None:
            found = desk.files[to].record(record)
            if found is not None and found.is_purged:
                return
            filled = self.rng.sample(FIELDS, self.rng.randint(1, 2))
            values = {name: self.rng.randint(0, 9) for name in filled}
            change = desk.write(record, to, **values)
            one.acked[to, change.id] = change

        self.act(one, do)

    def delete(self, one: Player) -> None:
        to, record = self._somewhere(one), self.rng.choice(RECORDS)

        def do(desk: Desk) -> None:
            change = desk.delete(record, to)
            if change is not None:
                one.acked[to, change.id] = change

        self.act(one, do)

    def purge(self, one: Player) -> None:
        to, record = self._somewhere(one), self.rng.choice(RECORDS)

        def do(desk: Desk) -> None:
            change = desk.purge(record, to)
            one.acked[to, change.id] = change

        self.act(one, do)

    def round(self, one: Player) -> None:
        """A round of the post room."""
        cut_now = self.rng.random() < 0.7
        self.act(one, lambda desk: self._confirmed(one, desk.round(cut_now=cut_now)))

    def carry(self, one: Player) -> None:
        """The carrier, while nobody may be signed in."""
        if not one.is_silent:
            self._carry(one, self.rng.choice(self.hubs))

    def sit_down(self, one: Player, *, with_all: bool = False) -> None:
        """Another sign-in: other files may be open."""
        one.desk.close()
        shut = [name for name in FILES[1:] if self.rng.random() < 0.3 and not with_all]
        for _ in range(20):
            try:
                one.desk = self._desk(one.house, shut)
                if one.is_newer:
                    speak_newly(one.desk.room._room.files.values())
            except Killed:
                continue
            return

    # --- what befalls them ----------------------------------------------------------------

    def jump(self, one: Player) -> None:
        one.house.clock.at += self.rng.choice([timedelta(minutes=20), YEAR, -YEAR])

    def befall_hub(self, _: Player) -> None:
        hub = self.rng.choice(self.hubs)
        match self.rng.randrange(6):
            case 0:
                hub.objects.clear()
            case 1:
                here, there = (dict(one.objects) for one in self.hubs)
                self.hubs[0].put_back(there)  # until swapped back
                self.hubs[1].put_back(here)
            case 2:
                hub.is_full = not hub.is_full
            case 3 if hub.older:
                hub.put_back(self.rng.choice(hub.older))
            case 4 if hub.objects:
                del hub.objects[self.rng.choice(sorted(hub.objects))]
            case _:
                hub.keep_copy()
        hub.is_away = False

    def befall_tray(self, one: Player) -> None:
        """What lies in `in/` is lost, cut or flipped; it was never believed."""
        box = one.house.inbox
        found = [n for folder in [*box.folders("s"), "r"] for n in box.names(folder)]
        if not found:
            return
        name = self.rng.choice(found)
        data = box.get(name) or b"x"
        at = self.rng.randrange(len(data))
        match self.rng.randrange(3):
            case 0:
                box.remove(name)
            case 1:
                box.put(name, data[:at])
            case _:
                box.put(name, data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])

    def backup(self, one: Player) -> None:
        wanted = list(one.desk.files) if self.rng.random() < 0.7 else [Compartment.CARE]
        files: dict[Compartment, bytes] = {}
        for name in wanted:
            if name in one.desk.files:
                one.desk.files[name].database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                files[name] = (one.house.folder / f"{name}.db").read_bytes()
        one.saved.append(Saved(files, set(one.acked)))

    def restore(self, one: Player) -> None:
        """An older copy of some files is put back, while identity and trays stay."""
        if not one.saved:
            return
        saved = self.rng.choice(one.saved)
        self.sit_down(one, with_all=True)
        for name in saved.files:
            sent = self._sent(one.desk, name)
            for key in one.acked:
                if key[0] == name and key not in saved.acked and key[1] not in sent:
                    self.lost.add(key)
        one.desk.close()
        for name, data in saved.files.items():
            path = one.house.folder / f"{name}.db"
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            path.write_bytes(data)
        self.sit_down(one)

    def mishap(self, one: Player) -> None:
        """A backup, work that leaves the house, then the backup comes back; perhaps twice."""
        self.backup(one)
        for _ in range(self.rng.randint(1, 2)):
            self.write(one)
            self.round(one)
            self.carry(one)
            self.write(one)
            self.restore(one)
            self.write(one)
            self.round(one)
            self.carry(one)

    def trip(self, one: Player) -> None:
        """Work, and all of it is brought to another station."""
        self.write(one)
        self.round(one)
        other = self.rng.choice(self.players)
        for player in (one, other, one):
            self.carry(player)
            self.round(player)

    def copy_machine(self, one: Player) -> None:
        """The profile goes on on a second machine with the same identity."""
        has_one = any("copy" in player.house.folder.name for player in self.players)
        if has_one or one.is_struck:
            return
        one.desk.close()
        # two machines that stamp in the very same instant would give one id twice: see the ADR
        clock = FixedClock(one.house.clock.at + 50 * YEAR)
        folder = self.folder / f"copy-{one.station}"
        twin = StationHouse(self.department, one.station, folder, clock)
        shutil.copytree(one.house.folder, twin.folder)
        one.desk = self._desk(one.house, [])
        other = Player(twin, self._desk(twin, []))
        self.players.append(other)
        for player in (one, other):
            self.write(player)
            self.round(player)
            self.carry(player)

    def strike(self, one: Player) -> None:
        """A station fell silent; a person strikes it where its bundles ended."""
        if one.is_struck or sum(not player.is_struck for player in self.players) < 4:
            return
        if any(player is not one and player.station == one.station for player in self.players):
            return
        one.is_silent = one.is_struck = True
        marks = {
            name.partition(".")[2]: self.rng.randint(0, mark.n)
            for name, mark in one.house.own().wrote.items()
        }
        said = Said(EntryType.REVOCATION, one.station, facts={"marks": marks} if marks else {})
        self.department.write(said)

    def speak_again(self, one: Player) -> None:
        one.is_silent = False

    def turn_page(self, one: Player) -> None:
        """A holder asks for new keys; it goes on by itself in later rounds."""
        if len(one.desk.files) > 1:
            self.act(one, lambda desk: self._confirmed(one, desk.room.turn_page()))

    def update_program(self, one: Player) -> None:
        """A newer program works there from now on: it says something that others do not know."""
        one.is_newer = True
        self.sit_down(one)

    def enrol(self, _: Player) -> None:
        """A new station, whose files are empty."""
        if len(self.players) < MOST_PLAYERS:
            self._found(StationId(f"s{len(self.players)}n"))
            for player in self.players:
                self.sit_down(player)  # all hear of it

    # --- the end --------------------------------------------------------------------------

    def deliver(self) -> None:
        """Now everything is delivered, by faithful carriers, and everybody opens everything."""
        for hub in self.hubs:
            hub.chance, hub.is_away, hub.is_full = 0.0, False, False
            hub.objects[names.MARKER] = hub.marker
        for player in self.players:
            player.is_silent = False
            self.sit_down(player, with_all=True)
        seen: list[list[dict[str, bytes]]] = []
        for _ in range(ROUNDS):
            for player in self.players:
                player.house.clock.at += timedelta(minutes=16)
                self._confirmed(player, player.desk.round(cut_now=True))
                for hub in self.hubs:
                    self._carry(player, hub)
            seen.append([dict(hub.objects) for hub in self.hubs])
            if len(seen) > 3 and all(one == seen[-1] for one in seen[-4:]):
                return

    def check(self) -> None:
        """Equal digests, nothing acknowledged is missing, nothing purged is present."""
        alive = [player for player in self.players if not player.is_struck]
        for name in FILES:
            digests = {player.desk.files[name].digest() for player in alive}
            assert len(digests) == 1, f"{name} differs"
            sets = {player.desk.room._room.files[name].set_digest() for player in alive}
            assert len(sets) == 1, f"the sets of {name} differ"
        for player in alive:
            self._check_one(player)

    def _check_one(self, player: Player) -> None:
        state = player.desk.room.state()
        assert state.waits == 0, "waits"
        troubles = {one.trouble for one in state.stations if not one.is_struck} - {None}
        assert not troubles, troubles
        missing = [one.missing for one in state.stations if not one.is_struck and one.missing]
        assert not missing, missing
        for maker in self.players:
            for key, change in maker.acked.items():
                if key not in self.lost and not maker.is_struck:
                    self._check_change(player, Compartment(key[0]), change)

    def _check_change(self, player: Player, name: Compartment, change: Change) -> None:
        file = player.desk.files[name]
        rows = file.database.conn.execute("SELECT body FROM change WHERE id=?", (change.id,))
        found = rows.fetchone()
        record = file.record(change.record)
        assert record is not None, f"acknowledged, then lost: {change.id} of {name}"
        if change.action is Action.PURGE:
            assert record.is_purged, "purged, and present"
        if record.is_purged:
            assert found is None or found[0] is None or change.action is Action.PURGE, "purged"
        else:
            assert found is not None, f"acknowledged, then lost: {change.id} of {name}"
            assert found[0], f"acknowledged, then emptied: {change.id}"

    def close(self) -> None:
        for player in self.players:
            player.desk.close()

    # --- inside ---------------------------------------------------------------------------

    def _found(self, station: StationId) -> None:
        self.department.station_keys.setdefault(station, PrivateKey.make())
        self.department.enrol(station)
        clock = FixedClock(START + self.rng.choice([timedelta(), YEAR, -YEAR]))
        epoch = Epoch(f"{self.rng.randrange(1 << 24):06x}")
        house = StationHouse.made(
            self.department, station, self.folder / station, clock, epoch, FILES
        )
        self.players.append(Player(house, self._desk(house, [])))

    def _desk(self, house: StationHouse, shut: list[Compartment]) -> Desk:
        desk = house.desk(self.rng.choice(self.users), *shut)
        for file in desk.files.values():
            fused(file)
        return desk

    def _somewhere(self, one: Player) -> Compartment:
        return self.rng.choice(sorted(one.desk.files))

    def _carry(self, one: Player, hub: Hub) -> None:
        trays = Trays(
            self.department.agency, one.station, one.house.inbox, one.house.outbox,
            Box(one.house.folder / "notes"),
        )  # fmt: skip
        carry(trays, hub, Errand("hub", remembered(hub.marker.decode())))

    def _confirmed(self, one: Player, state: ExchangeState) -> None:
        """A person reads that this is an older copy, and confirms."""
        if state.stopped is Trouble.OLD_COPY:
            one.desk.room.begin_anew()

    def _sent(self, desk: Desk, name: Compartment) -> set[str]:
        """What stands in a bundle that lies in the tray."""
        sql = "SELECT id FROM change WHERE bundle>0 AND n NOT IN (SELECT change FROM cut)"
        return {ident for (ident,) in desk.files[name].database.conn.execute(sql)}


def speak_newly(files: Iterable[ExchangeFile]) -> None:
    """Each bundle has a line more, as a program of another year may write it."""

    def of(file: ExchangeFile) -> Callable[[Stream, int, int], list[bytes]]:
        cut = file.cut

        def newer(stream: Stream, n: int, most: int) -> list[bytes]:
            lines = cut(stream, n, most)
            said = {"v": 2, "id": f"0000000000000001.{stream.name}", "n": n}
            return [*lines, json.dumps(said, separators=(",", ":")).encode()] if lines else lines

        return newer

    for file in files:
        vars(file)["cut"] = of(file)
