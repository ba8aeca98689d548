"""A drill, run as a process of its own: writers are killed at random, and the file is looked at.

Usage: kill_writer.py FOLDER ROUNDS SEED. Prints one JSON object. Each round forks a writer that
tells, through a pipe, each save that was acknowledged; then it is killed with SIGKILL.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import SystemClock
from intake_app.domain.draft import DraftEntry
from intake_app.domain.ids import Epoch, StationId, UserId, new_record_id
from intake_app.storage.compartment import Compartment
from intake_app.storage.drafts import Drafts

KEY = bytes(range(32))
ANN = UserId("u1")


def write_until_killed(path: Path, said: int) -> None:
    """Save intakes and drafts, telling each one when it is acknowledged."""
    care = Compartment.open(path, KEY, SystemClock())
    drafts = Drafts(care.database)
    while True:
        ident = new_record_id()
        entry = DraftEntry(ident, ANN, "self_referral", "then", "now", "{}", os.urandom(900))
        drafts.put(entry)
        os.write(said, b"d" + ident.encode() + b"\n")
        fields = {"last": "Boggs", "note": "x" * 300, "~facts": {"last_name": "last"}}
        change = Change(care.stamp(), ANN, Action.WRITE, "intake", ident, fields)
        care.apply([change], Act(ANN, "finish intake", ident))
        os.write(said, b"r" + ident.encode() + b"\n")
        drafts.remove(ident)


def one_round(path: Path, dice: random.Random) -> list[bytes]:
    """Start a writer, kill it, and return what it had acknowledged."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        write_until_killed(path, said)
    os.close(said)
    with os.fdopen(heard, "rb") as pipe:
        first = [pipe.readline() for _ in range(dice.randrange(8))]  # however slow this computer is
        time.sleep(dice.uniform(0, 0.01))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = b"".join(first) + pipe.read()
    return [line for line in lines.splitlines() if len(line) == 33]


def main(folder: Path, rounds: int, seed: int) -> dict[str, int]:
    """Kill, look, repeat."""
    path, dice = folder / "care.db", random.Random(seed)
    Compartment.create(path, KEY, SystemClock(), StationId("front"), Epoch("abcdef")).close()
    acknowledged: set[str] = set()
    records: set[str] = set()
    faults = lost = 0
    for _ in range(rounds):
        lines = one_round(path, dice)
        acknowledged |= {line[1:].decode() for line in lines if line[:1] == b"r"}
        drafted = {line[1:].decode() for line in lines if line[:1] == b"d"}
        care = Compartment.open(path, KEY, SystemClock())
        faults += bool(care.faults())
        care.verify_audit()
        kept = {entry.id for entry in Drafts(care.database).all()}
        records = {i for (i,) in care.database.conn.execute("SELECT id FROM record")}
        lost += len(acknowledged - records) + len(drafted - records - kept)
        care.close()
    care = Compartment.open(path, KEY, SystemClock())
    doubled = len(care.order("intake")) - len(records)
    found = len(care.find("boggs", "intake", 10**6)) - len(records)
    care.close()
    return {
        "acknowledged": len(acknowledged), "faults": faults, "lost": lost, "doubled": doubled,
        "index_differs": found,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
