"""A drill, run as a process of its own: two stations, three people, one stick, and no mercy.

Usage: stick_drill.py FOLDER VISITS SEED [broken]. Prints one JSON object. `broken` merges nothing,
which the drill must notice. Each visit is a process: somebody signs in at one of the stations,
works, lets the post room and the carrier go their rounds, and is killed by SIGKILL: at the n-th
durable write, before or after it, or at any moment. Then the stick is pulled: of what was written
to it only so many bytes are there. One clock is a year off.
"""

import json
import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import opendal
from keyed_stations import BACK, FRONT, Department, Person
from places import HUB, marker_of, visit
from post_rooms import Desk, StationHouse, agree

from intake_app.disk import atomic
from intake_app.domain.act import Act
from intake_app.domain.clock import FixedClock
from intake_app.domain.exchange import NOTHING, Stream, Taken
from intake_app.domain.exchange_state import ExchangeState
from intake_app.domain.ids import Epoch
from intake_app.domain.roles import Compartment, Role
from intake_app.exchange.names import MARKER
from intake_app.settings.stores import StoreEntry
from intake_app.storage.streams import Streams

AT = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
PATIENCE = 12
"""Undisturbed rounds of both stations until all must be everywhere."""

PATIENCE_SECONDS = 60


@dataclass
class Fuse:
    """Kills this process at a durable write: a commit, a rename, a write to the stick."""

    left: int
    is_after: bool

    def around(self, write: Callable[..., object]) -> Callable[..., object]:
        def burning(*args: object, **more: object) -> object:
            self.left -= 1
            if not self.left and not self.is_after:
                os.kill(os.getpid(), signal.SIGKILL)
            answer = write(*args, **more)
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        return burning

    def lay(self, desk: Desk | None = None) -> None:
        """Lay it to all that writes; `desk`: to the commits of its files."""
        if desk is None:
            atomic.os.replace = self.around(os.replace)  # pyright: ignore[reportAttributeAccessIssue]
            for name in ("write", "rename", "delete"):
                setattr(opendal.Operator, name, self.around(getattr(opendal.Operator, name)))
            return
        for file in desk.files.values():
            file.database.conn = Commits(file.database.conn, self)  # pyright: ignore[reportAttributeAccessIssue]


class Commits:
    """A connection whose commits burn the fuse."""

    def __init__(self, conn: object, fuse: Fuse) -> None:
        self._conn, self._fuse = conn, fuse

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)

    def execute(self, sql: str, *args: object) -> object:
        execute: Callable[..., object] = getattr(self._conn, "execute")  # noqa: B009 (any connection)
        return (self._fuse.around(execute) if sql == "COMMIT" else execute)(sql, *args)


@dataclass
class Drill:
    """The department, its two houses, the stick, and all that was ever acknowledged."""

    folder: Path
    dice: random.Random
    acknowledged: set[str] = field(default_factory=set)
    result: dict[str, int] = field(default_factory=lambda: dict.fromkeys(
        ("visits", "killed", "pulled", "named", "differs", "lost", "faults", "stopped"), 0
    ))  # fmt: skip

    def __post_init__(self) -> None:
        department = Department()
        nora = department.person("nora", Role.FRONT_DESK)
        self.people: dict[str, list[Person]] = {
            FRONT: [department.ada, nora], BACK: [department.otto, nora],
        }  # fmt: skip
        self.nora = nora
        clocks = {FRONT: FixedClock(AT), BACK: FixedClock(AT - timedelta(days=365))}
        self.houses = [
            StationHouse.made(department, one, self.folder / one, clocks[one], epoch)
            for one, epoch in ((FRONT, Epoch("aaaa01")), (BACK, Epoch("bbbb01")))
        ]
        self.stick = laid_out(department, self.folder / "stick")

    # --- one visit ------------------------------------------------------------------------

    def visit(self) -> None:
        house = self.dice.choice(self.houses)
        house.clock.at += timedelta(minutes=self.dice.choice([1, 20, 600, -30]))
        plan = self.dice.random()
        fuse = Fuse(self.dice.randrange(1, 120) if plan < 0.6 else 0, self.dice.random() < 0.5)
        before = lay(Path(self.stick.place))
        was_killed = self._work(
            house, fuse, until=self.dice.uniform(0.0, 0.5) if plan > 0.8 else PATIENCE_SECONDS
        )
        self.result["visits"] += 1
        self.result["killed"] += was_killed
        if self.dice.random() < 0.5:
            self.result["pulled"] += pulled(Path(self.stick.place), before, self.dice)

    def _work(self, house: StationHouse, fuse: Fuse, until: float) -> bool:
        """In a process of its own; whether it was killed."""
        seed = self.dice.randrange(1 << 30)
        heard, said = os.pipe()
        child = os.fork()
        if not child:
            os.close(heard)
            status = 1
            with suppress(BrokenPipeError):
                self._be_at_work(house, fuse, random.Random(seed), said)
                status = 0
            os._exit(status)
        os.close(said)
        told = heard_of(heard, until)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        told += heard_of(heard, PATIENCE_SECONDS)
        os.close(heard)
        self.acknowledged |= {line for line in told.decode().splitlines() if line != "begun"}
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise SystemExit("a visit ended with an error")
        return os.WIFSIGNALED(status)

    def _be_at_work(
        self, house: StationHouse, fuse: Fuse, dice: random.Random, said: int
    ) -> None:  # fmt: skip
        who = dice.choice(self.people[house.station])
        closed = [Compartment.CASES, Compartment.SEALED] if who is self.nora else []
        os.write(said, b"begun\n")
        if fuse.left:
            fuse.lay()
        desk = house.desk(who, *closed)
        if fuse.left:
            fuse.lay(desk)
        for _ in range(dice.randrange(1, 4)):
            for _ in range(dice.randrange(4)):
                os.write(said, type_in(desk, dice).encode() + b"\n")
            desk.round()
            visit(house, self.stick)
            desk.round()
        desk.close()

    # --- afterwards -----------------------------------------------------------------------

    def end(self) -> dict[str, int]:
        """Nobody disturbs any more: soon both hold the same, and all that was acknowledged."""
        with self.desks() as desks:
            self._name_what_lacks(desks)
            for desk in [*desks] * PATIENCE:
                desk.round()
                if trouble := visit(desk.house, self.stick).trouble:
                    raise SystemExit(f"the stick: {trouble}")
                desk.round()
            self.result["differs"] += not agree(*desks)
            for desk in desks:
                self._look_at(desk)
        return {**self.result, "acknowledged": len(self.acknowledged)}

    def _look_at(self, desk: Desk) -> None:
        state = desk.room.state()
        self.result["stopped"] += bool(state.stopped)
        self.result["named"] += lacks(state)
        known = set[str]()
        for file in desk.files.values():
            known |= {i for (i,) in file.database.conn.execute("SELECT id FROM change")}
            self.result["faults"] += bool(file.faults())
            file.verify_audit()
        self.result["lost"] += len(self.acknowledged - known)

    def _name_what_lacks(self, desks: list[Desk]) -> None:
        """What a receipt speaks of and is not here must be named, before it is mended."""
        for desk in desks:
            state = desk.round()
            other = next(one for one in self.houses if one is not desk.house)
            stream = other.own().stream.name
            receipts = desk.room.receipts().get(other.station, ())
            wrote = max((one.wrote.get(stream, NOTHING).n for one in receipts), default=0)
            applied = min(
                Streams(file, bool).applied().get(stream, 0) for file in desk.files.values()
            )
            if applied < wrote and not lacks(state):
                raise SystemExit(f"{wrote - applied} bundles lack and are not named")

    @contextmanager
    def desks(self) -> Generator[list[Desk]]:
        made = [house.desk(self.people[house.station][0]) for house in self.houses]
        yield made
        for desk in made:
            desk.close()


def heard_of(pipe: int, until: float) -> bytes:
    """What a visit tells until it ends, or so many seconds have passed."""
    told, ends = b"", time.monotonic() + until
    while select.select([pipe], [], [], max(0, ends - time.monotonic()))[0]:
        part = os.read(pipe, 1 << 16)
        if not part:
            break
        told += part
    return told


def type_in(desk: Desk, dice: random.Random) -> str:
    """A new intake, or an edit of one; the id of the change once it is acknowledged."""
    name = dice.choice(list(desk.files))
    known = [record.id for record in desk.files[name].of_kind("intake")]
    at = dice.choice(known) if known and dice.random() < 0.5 else None
    note = "x" * dice.randrange(9000)
    return desk.write(at, name, last_name=str(dice.random()), note=note).id


def laid_out(department: Department, folder: Path) -> StoreEntry:
    """A new stick. OpenDAL has threads, which do not follow a fork: it is not asked here."""
    folder.mkdir()
    marker = marker_of(department, "stick")
    (folder / MARKER).write_text(marker, "ascii")
    return StoreEntry(HUB, "stick", str(folder), marker=marker, issue=1)


def lacks(state: ExchangeState) -> bool:
    return any(one.missing or one.trouble for one in state.stations)


def lay(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pulled(stick: Path, before: dict[Path, bytes], dice: random.Random) -> bool:
    """Of what was written since, only so many bytes are there; or some files and not others."""
    now = lay(stick)
    fresh = [path for path, data in now.items() if before.get(path) != data]
    fresh.sort(key=lambda path: path.stat().st_mtime_ns)
    if dice.random() < 0.3:
        dice.shuffle(fresh)  # the system wrote them in another order
    left = dice.randrange(sum(len(now[path]) for path in fresh) + 1)
    for path in fresh:
        data = now[path]
        if left < len(data):
            old = before.get(path)
            kept = old if old is not None and dice.random() < 0.5 else data[:left]
            path.write_bytes(kept)
            if not left and old is None and dice.random() < 0.7:
                path.unlink()
        left = max(0, left - len(data))
    for path, data in before.items():
        if path not in now and dice.random() < 0.5:  # it was not yet removed there
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return bool(fresh)


def merge_nothing(
    self: Streams, stream: Stream, n: int, lines: Sequence[bytes], act: Act
) -> Taken:  # fmt: skip
    """What the drill must notice."""
    del lines, act
    self.skip(stream, n)
    return Taken()


def main(folder: Path, visits: int, seed: int, *, is_broken: bool) -> dict[str, int]:
    if is_broken:
        Streams.take = merge_nothing
    drill = Drill(folder, random.Random(seed))
    for _ in range(visits):
        drill.visit()
    return drill.end()


if __name__ == "__main__":
    place = Path(sys.argv[1]) / f"stick-{sys.argv[3]}"
    place.mkdir()
    print(json.dumps(main(place, *map(int, sys.argv[2:4]), is_broken="broken" in sys.argv)))
    shutil.rmtree(place)
