"""A drill, run as a process of its own: two files exchange bundles, and are killed at random.

Usage: kill_streams.py FOLDER ROUNDS SEED [forgetful]. Prints one JSON object. Each round forks a
process that saves, cuts, writes bundles into a folder and takes them, until it is killed with
SIGKILL. A bundle counts as written once it has its name. "forgetful" seals a bundle before it is
written, which loses what was in it when the kill comes in between, as it does then: the negative
control.
"""

import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import SystemClock
from intake_app.domain.exchange import Stream
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId, new_record_id
from intake_app.storage.compartment import Compartment
from intake_app.storage.streams import Streams

KEY = bytes(range(32))
ANN = UserId("u1")
ACT = Act(ANN, "merge")
STREAM = Stream(StationId("front"), Epoch("abcdef"))


@contextmanager
def opened(folder: Path) -> Generator[tuple[Compartment, Compartment]]:
    """The file that sends and the one that takes."""
    files = [Compartment.open(folder / f"{n}.db", KEY, SystemClock()) for n in ("front", "annex")]
    try:
        yield files[0], files[1]
    finally:
        for file in files:
            file.close()


def streams(file: Compartment) -> Streams:
    """The side of the exchange."""
    return Streams(file, lambda _: True)


def send(folder: Path, front: Streams, *, forgetful: bool) -> None:
    """Cut, write and seal the next bundle, or finish the one that was cut before a kill."""
    n = front.sealed_through(STREAM) + 1
    path = folder / str(n)
    if not path.exists():
        lines = front.cut(STREAM, n, 2000)
        if forgetful:
            front.sealed(STREAM, n)
            os.kill(os.getpid(), signal.SIGKILL)
        part = folder / "part"
        part.write_bytes(b"\n".join(lines))
        part.rename(path)
    front.sealed(STREAM, n)


def take(folder: Path, annex: Streams) -> None:
    """Take what is written and not applied yet."""
    n = annex.applied().get(STREAM.name, 0) + 1
    if (folder / str(n)).exists():
        annex.take(STREAM, n, (folder / str(n)).read_bytes().split(b"\n"), ACT)


def exchange_until_killed(folder: Path, said: int, *, forgetful: bool) -> None:
    """Save, send and take, telling each save when it is acknowledged."""
    with opened(folder) as (front, annex):
        while True:
            for _ in range(3):
                ident = new_record_id()
                fields = {"last": "Boggs", "note": "x" * 300, "~facts": {"last_name": "last"}}
                made = Change(front.stamp(), ANN, Action.WRITE, "intake", ident, fields)
                front.apply([made], Act(ANN, "save", ident))
                os.write(said, ident.encode() + b"\n")
            send(folder, streams(front), forgetful=forgetful)
            take(folder, streams(annex))


def one_round(folder: Path, dice: random.Random, *, forgetful: bool) -> set[str]:
    """Start, kill, and return what was acknowledged."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        exchange_until_killed(folder, said, forgetful=forgetful)
    os.close(said)
    with os.fdopen(heard, "rb") as pipe:
        first = [pipe.readline() for _ in range(dice.randrange(8))]
        time.sleep(dice.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = b"".join(first) + pipe.read()
    return {line.decode() for line in lines.splitlines() if len(line) == 32}


def digest_is_wrong(file: Compartment) -> bool:
    """Whether the digest that is kept is not that of the ids that have a number."""
    rows = file.database.conn.execute("SELECT id FROM change WHERE bundle>0")
    total = sum(int.from_bytes(hashlib.sha256(i.encode()).digest(), "big") for (i,) in rows)
    return streams(file).set_digest() != (total % (1 << 256)).to_bytes(32, "big")


def main(folder: Path, rounds: int, seed: int, *, forgetful: bool) -> dict[str, int]:
    """Kill, look, repeat; then let the two finish."""
    dice, acknowledged = random.Random(seed), set[str]()
    for name in ("front", "annex"):
        path = folder / f"{name}.db"
        Compartment.create(path, KEY, SystemClock(), StationId(name), Epoch("abcdef")).close()
    wrong = faults = 0
    for _ in range(rounds):
        acknowledged |= one_round(folder, dice, forgetful=forgetful)
        with opened(folder) as files:
            wrong += sum(map(digest_is_wrong, files))
            faults += sum(bool(file.faults()) for file in files)
    with opened(folder) as (front, annex):
        send(folder, streams(front), forgetful=False)
        while streams(front).waiting():
            send(folder, streams(front), forgetful=False)
        for _ in range(streams(front).sealed_through(STREAM)):
            take(folder, streams(annex))
        lost = sum(annex.record(RecordId(ident)) is None for ident in acknowledged)
        apart = front.digest() != annex.digest()
        apart |= streams(front).set_digest() != streams(annex).set_digest()
        for file in (front, annex):
            file.verify_audit()
    return {
        "acknowledged": len(acknowledged), "digest_is_wrong": wrong, "faults": faults,
        "lost": lost, "apart": int(apart),
    }  # fmt: skip


if __name__ == "__main__":
    told = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), forgetful=len(sys.argv) > 4)
    print(json.dumps(told))
