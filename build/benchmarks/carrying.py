"""The carrier: what a round costs where nothing is new, and a thousand changed intakes on a stick.

Receipts are made here without keys: the carrier has none to check them with.
"""

import os
import time
from base64 import urlsafe_b64encode
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from benchmarks.full_profile import make_profile
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Side, Sides, timed
from intake_app.app import ProfileGate
from intake_app.domain.exchange import Mark, Stream
from intake_app.domain.ids import Epoch, StationId, new_record_id
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Role
from intake_app.exchange import names
from intake_app.exchange.boxes import Box
from intake_app.exchange.carried import Carried
from intake_app.exchange.carrier import Errand, carry, remembered
from intake_app.exchange.receipts import peek_receipt
from intake_app.exchange.store import MOST
from intake_app.exchange.stores import OpenedStore
from intake_app.exchange.trays import Trays
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import INTAKE
from intake_app.services.needs.exchange import Exchange
from intake_app.services.records.writing import create, write
from intake_app.services.training.training import fictional_department
from intake_app.settings.stores import StoreEntry
from intake_app.vault.own_streams import OwnStreams

AGENCY = "benchmark"
HUB = "hub"
MARKER = b"signed by an administrator"
CHANGED = 1_000


def stream_of(number: int) -> Stream:
    """A made-up station in its first epoch."""
    return Stream(StationId(f"{number:08x}"), Epoch(f"{number:06x}"))


def receipt_of(
    stream: Stream, last: int, received: dict[str, Mark], counter: int = 1
) -> bytes:  # fmt: skip
    """What a station would say, signed by nobody."""
    said: dict[str, object] = {
        "v": 1, "type": "receipt", "agency": AGENCY, "station": stream.station,
        "epoch": stream.epoch, "counter": counter, "wrote": {stream.name: [last, "ab" * 32]},
        "received": {name: [mark.n, mark.sha256] for name, mark in received.items()},
        "files": {}, "need": [], "snapshot": "", "heads": [], "program": "",
    }  # fmt: skip
    body = urlsafe_b64encode(canonical(said)).rstrip(b"=")
    text = b"e30." + body + b".e30"
    peek_receipt(text.decode())
    return text


class Counting(OpenedStore):
    """Counts what it is asked; a store of a server is asked once by each."""

    asked = 0

    def get(self, name: str, most: int = MOST) -> bytes | None:
        """See `Store`."""
        self.asked += 1
        return super().get(name, most)

    def names(self, folder: str) -> list[str]:
        """See `Store`."""
        self.asked += 1
        return super().names(folder)

    def put(self, name: str, data: bytes) -> None:
        """See `Store`."""
        self.asked += 1
        super().put(name, data)

    def remove(self, name: str) -> None:
        """See `Store`."""
        self.asked += 1
        super().remove(name)


@dataclass(frozen=True, slots=True)
class Station:
    """A station whose carrier has been at a store, with nothing new since."""

    trays: Trays
    entry: StoreEntry

    def visit(self) -> int:
        """One round; how often the store was asked.

        Raises:
            CannotMeasure: Something moved, or the store could not be used.
        """
        store = Counting(self.entry)
        told = carry(self.trays, store, Errand(HUB, remembered(MARKER.decode())))
        if told.trouble or told.came.objects or told.went.objects or told.missing:
            raise CannotMeasure(f"the round moved something: {told.trouble}")
        return store.asked


def settled(folder: Path, stations: int, bundles: int) -> Station:
    """A station that has all `bundles` of so many `stations`, in its trays and in a store."""
    (folder / "store").mkdir(parents=True)
    entry = StoreEntry(HUB, "folder", str(folder / "store"))
    OpenedStore(entry).found(MARKER)
    profile, each = folder / "profile", bundles // stations
    profile.mkdir()
    streams = [stream_of(number) for number in range(stations)]
    marks = {stream.name: Mark(each, "ab" * 32) for stream in streams}
    for number, stream in enumerate(streams):
        trays = [folder / "store", profile / ("in" if number else "out")]
        received = {name: mark for name, mark in marks.items() if name != stream.name}
        told = receipt_of(stream, each, received)
        for tray in trays:
            _lay(tray, f"{names.RECEIPTS}/{stream.name}.1", told)
            for n in range(1, each + 1):
                _lay(tray, names.bundle(AGENCY, stream, n), b"sealed")
    trays = Trays(
        AGENCY, streams[0].station, Box(profile / "in"), Box(profile / "out"),
        Box(profile / "carried"),
    )  # fmt: skip
    made = Station(trays, entry)
    made.visit()
    return made


def _lay(tray: Path, name: str, data: bytes) -> None:
    path = tray / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@contextmanager
def prepare_history(room: Room) -> Generator[Sides]:
    """The same round with a long history and a short one."""
    long = 1_000 if room.is_quick else 100_000
    one, other = (
        room.once(f"history-{bundles}", lambda folder, n=bundles: settled(folder, 2, n))
        for bundles in (long, 100)
    )
    yield Sides(_many(one), _many(other))


def _many(station: Station) -> Side:
    """A round is too short for a clock to be fair: a hundred of them."""

    def act() -> None:
        for _ in range(100):
            station.visit()

    return lambda: timed(act)() / 100


@contextmanager
def prepare_requests(room: Room) -> Generator[Sides]:
    """A hundred stations, all of them known here."""
    station = room.once("hundred", lambda folder: settled(folder, 100, 1_000))
    yield Sides(lambda: float(station.visit()))


@contextmanager
def prepare_stick(room: Room) -> Generator[Sides]:
    """A thousand intakes change (not measured); then they are cut, carried and read back."""
    folder = make_profile(room.folder / "stick-profile" / "profile", 40).folder
    place = room.folder / "stick"
    place.mkdir()
    entry = StoreEntry(HUB, "stick", str(place))
    with _desk(folder, Role.ADMINISTRATOR) as desk:
        hub, marker = _exchange(desk).new_marker("stick")
    entry = replace(entry, hub=hub, marker=marker.decode())
    OpenedStore(entry).found(marker)
    with _desk(folder, Role.COORDINATOR) as desk:
        intakes = [new_record_id() for _ in range(CHANGED)]
        desk.care_file.apply(
            [create(desk.care_file, desk.person.id, INTAKE, one, {"note": ""}) for one in intakes],
            desk.act("benchmark"),
        )
        turns = count()

        def ours() -> float:
            text = f"Asked for a ride, {next(turns)}."
            changes = [
                write(desk.care_file, desk.person.id, INTAKE, one, {"note": text})
                for one in intakes
            ]
            desk.care_file.apply(changes, desk.act("benchmark"))
            os.sync()
            begun = time.perf_counter()
            _exchange(desk).round(cut_now=True)
            told = _to_stick(folder, entry)
            taken = time.perf_counter() - begun
            if told.trouble or not told.is_safe or not told.went.bundles:
                raise CannotMeasure(f"nothing was exported: {told.told()}")
            if _exchange(desk).state().waits:
                raise CannotMeasure("something waits still")
            return taken

        yield Sides(ours)


def _to_stick(folder: Path, entry: StoreEntry) -> Carried:
    station = OwnStreams.of(folder).stream.station
    agency = _agency(folder)
    trays = Trays(agency, station, Box(folder / "in"), Box(folder / "out"), Box(folder / "carried"))
    errand = Errand(entry.hub, remembered(entry.marker), stick=Path(entry.place))
    return carry(trays, OpenedStore(entry), errand)


def _agency(folder: Path) -> str:
    receipts = Box(folder / "out")
    [name] = receipts.names(names.RECEIPTS)
    return peek_receipt((receipts.get(name) or b"").decode()).agency


@contextmanager
def _desk(folder: Path, role: Role) -> Generator[Desk]:
    gate = ProfileGate(folder)
    person = next(p for p in fictional_department(1).people if role in p.roles)
    try:
        yield gate.unlock(person.user_name, person.passphrase, role)
    finally:
        gate.lock()


def _exchange(desk: Desk) -> Exchange:
    if desk.exchange is None:
        raise CannotMeasure("nothing is exchanged here")
    return desk.exchange


MEASUREMENTS = (
    Measurement(
        "sync with nothing new, a history of 100,000 bundles / of 100", "ms", Goal(times=1.2),
        prepare_history,
    ),
    Measurement("sync with nothing new, 100 stations", "requests", Goal(units=3), prepare_requests),
    Measurement(
        f"export of {CHANGED:,} changed intakes to a stick, read back", "s", Goal(units=3),
        prepare_stick,
    ),
)  # fmt: skip
