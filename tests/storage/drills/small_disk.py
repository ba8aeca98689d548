"""A drill, run as a process of its own: files may not grow past a limit that moves up slowly.

Usage: small_disk.py FOLDER. Prints one JSON object.
"""

import json
import resource
import signal
import sys
from pathlib import Path

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import SystemClock
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.ids import Epoch, StationId, UserId, new_record_id
from intake_app.storage.compartment import Compartment

KEY = bytes(range(32))
ANN = UserId("u1")
STEP = 3001
"""Bytes; no divisor of a page, so that the limit falls everywhere inside one."""


def limit(size: int) -> None:
    """Let no file of this process grow past a size; -1: any."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def main(folder: Path) -> dict[str, object]:
    """Try one save under every limit until it works."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    care = Compartment.create(
        folder / "care.db", KEY, SystemClock(), StationId("front"), Epoch("abcdef")
    )
    changes = [
        Change(care.stamp(), ANN, Action.WRITE, "intake", new_record_id(), {"note": "x" * 4000})
        for _ in range(30)
    ]
    before, size = care.digest(), 0
    refused = changed = faults = 0
    worked = False
    while not worked:
        limit(size)
        try:
            care.apply(changes, Act(ANN, "save"))
            worked = True
        except (DiskFull, StorageFailed):
            refused += 1
        limit(resource.RLIM_INFINITY)
        changed += not worked and care.digest() != before
        size += STEP
    faults += bool(care.faults())
    care.close()
    return {
        "refused": refused, "changed_though_refused": changed, "faults": faults,
        "worked_afterwards": worked,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
