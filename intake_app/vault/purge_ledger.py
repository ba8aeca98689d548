"""The ledger of what was purged: a file outside the databases that only grows.

It holds ids and signatures, never a word of what was in a record, so it may lie in the clear and
beside every copy of the records. Whoever puts an old copy of a file back finds in it what must not
come back. Each line names the hash of the one before, so that a line that was cut out is missed.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from intake_app.disk.atomic import append_line
from intake_app.domain.errors import DiskFull, StorageFailed

_NAME: Final = "purged.jsonl"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One order that is carried out.

    Attributes:
        order: As it was signed.
        approval: As it was signed, by another person.
        at: When it was begun: local time with offset.
    """

    order: str
    approval: str
    at: str


class PurgeLedger:
    """Reads what all reachable places hold, and adds to each of them.

    Args:
        places: Folders, made where they are not; the first is this profile's own.
    """

    def __init__(self, places: Sequence[Path]) -> None:
        with contextlib.suppress(OSError):
            for place in places:
                place.mkdir(mode=0o700, exist_ok=True)
        self._files = [place / _NAME for place in places]

    def lines(self) -> tuple[LedgerLine, ...]:
        """All lines of all places, each once; what cannot be read is left out."""
        found = (line for file in self._files for line in _read(file))
        return tuple({(line.order, line.approval): line for line in found}.values())

    def head(self) -> str:
        """The hash of the ledger here (SHA-256, hex); empty while there is none."""
        raw = _raw_lines(self._files[0])
        return hashlib.sha256(raw[-1]).hexdigest() if raw else ""

    def append(self, order: str, approval: str, at: str) -> None:
        """Add a line everywhere, unless it is there; on the disk when this returns.

        Args:
            order: As it was signed.
            approval: As it was signed.
            at: Now: local time with offset.

        Raises:
            DiskFull, StorageFailed: It could not be written here; elsewhere it comes later.
        """
        _add(self._files[0], [LedgerLine(order, approval, at)])
        self.catch_up()

    def catch_up(self) -> None:
        """Write into each place what it lacks; a place that cannot be written is left as it is."""
        known = self.lines()
        for file in self._files:
            with contextlib.suppress(DiskFull, StorageFailed, OSError):
                _add(file, known)


def _add(file: Path, lines: Iterable[LedgerLine]) -> None:
    """Add those lines that a file lacks."""
    there = {(one.order, one.approval) for one in _read(file)}
    for line in lines:
        if (line.order, line.approval) not in there:
            _append(file, line)


def _append(file: Path, line: LedgerLine) -> None:
    raw = _raw_lines(file)
    told = {
        "v": 1, "order": line.order, "approval": line.approval, "at": line.at,
        "previous": hashlib.sha256(raw[-1]).hexdigest() if raw else "",
    }  # fmt: skip
    text = json.dumps(told, separators=(",", ":")).encode()
    # a line that a power cut left half is closed first: it is no line, and this one is
    is_torn = bool(raw) and not file.read_bytes().endswith(b"\n")
    append_line(file, b"\n" + text if is_torn else text)


def _raw_lines(file: Path) -> list[bytes]:
    try:
        return [line for line in file.read_bytes().split(b"\n") if line]
    except OSError:
        return []


def _read(file: Path) -> list[LedgerLine]:
    found: list[LedgerLine] = []
    for raw in _raw_lines(file):
        try:
            told: dict[str, Any] = json.loads(raw)
            found.append(LedgerLine(str(told["order"]), str(told["approval"]), str(told["at"])))
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return found
