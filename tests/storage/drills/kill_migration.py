"""A drill, run as a process of its own: a program that brings an old file up to date is killed.

Usage: kill_migration.py FOLDER ROUNDS SEED. Prints one JSON object. Each round forks a process
that opens a copy of a file of the first version; it is killed with SIGKILL at a random moment, or,
in every third round, finds a disk that takes no more after some bytes.
"""

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from pathlib import Path

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import SystemClock
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.ids import Epoch, StationId, UserId, new_record_id
from intake_app.storage import driver, schema
from intake_app.storage.compartment import Compartment

KEY = bytes(range(32))
ANN = UserId("u1")
BEGUN = StationId("front"), Epoch("abcdef")
RECORDS = 250
FULL = 3
AS_QUICK = {"done": 0.6, "killed": 1.2}
"""How much longer the next one is waited for: others may be busy now, or while it was measured."""
"""Exit code of a process that met the full disk and said so."""


def make_old(old: Path, new: Path) -> None:
    """A file as the first version wrote it, with what a file of today holds."""
    today = Compartment.create(new, KEY, SystemClock(), *BEGUN)
    for n in range(RECORDS):
        fields = {"last_name": f"Boggs{n}", "birth_date": "1990-02-03", "note": "x" * 900}
        change = Change(today.stamp(), ANN, Action.WRITE, "intake", new_record_id(), fields)
        today.apply([change], Act(ANN, "finish intake", change.record))
    today.close()
    first = driver.create(old, KEY)
    schema.migrations.apply(first, stop_before="m002_drafts_are_handed_in")
    first.conn.execute(f"ATTACH ? AS today KEY \"x'{KEY.hex()}'\"", (str(new),))
    first.conn.execute("INSERT INTO meta VALUES ('station', ?), ('epoch', ?)", BEGUN)
    for table in ("record", "facts", "change", "audit"):
        kept = [row[1] for row in first.conn.execute(f"PRAGMA main.table_info({table})")]
        names = ", ".join(f'"{name}"' for name in kept)
        first.conn.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM today.{table}")
    first.conn.close()


def migrate(path: Path, room: int) -> None:
    """Open it, in a process of its own."""
    if room:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try:
        Compartment.open(path, KEY, SystemClock()).close()
    except (DiskFull, StorageFailed):
        os._exit(FULL)
    os._exit(0)


def ended(path: Path, after: float, room: int) -> str:
    """Start the process and end it: "killed", "full" or "done"."""
    child = os.fork()
    if child == 0:
        migrate(path, room)
    if not room:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {-signal.SIGKILL: "killed", FULL: "full", 0: "done"}[status]


def main(folder: Path, rounds: int, seed: int) -> dict[str, int]:
    """Stop it somewhere, look, repeat."""
    dice, old = random.Random(seed), folder / "old.db"
    make_old(old, folder / "today.db")
    size = old.stat().st_size
    whole = folder / "whole.db"
    shutil.copy(old, whole)
    begun = time.monotonic()
    done = Compartment.open(whole, KEY, SystemClock())
    takes, expected = time.monotonic() - begun, done.digest()
    done.close()
    how: dict[str, int] = dict.fromkeys(
        ("killed", "full", "done", "faults", "differs", "lines_lost"), 0
    )
    for n in range(rounds):
        path = folder / "care.db"
        for left in folder.glob("care.db*"):
            left.unlink()
        shutil.copy(old, path)
        room = dice.randrange(2_000, size * 3 // 2) if n % 3 == 2 else 0
        way = ended(path, dice.uniform(0, takes * 1.2), room)
        how[way] += 1
        takes *= AS_QUICK.get(way, 1.0)
        care = Compartment.open(path, KEY, SystemClock())
        how["faults"] += bool(care.faults())
        how["differs"] += care.digest() != expected
        how["lines_lost"] += RECORDS - care.verify_audit()
        care.close()
    return how


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
