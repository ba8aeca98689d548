"""Backups of a small folder, with signatures that anybody could make."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fakes import furnished

from intake_app.domain.errors import CannotOpen
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.needs.backup import BackupParts, Wanted


@dataclass(frozen=True)
class PlainFound:
    records: int = 3
    digest: str = "d"
    audit: int = 2
    head: str = "h"
    faults: Sequence[str] = ()


class PlainSeal:
    profile, station = "p1", "s1"

    def identity(self) -> Mapping[str, Any]:
        return {}

    def sign(self, said: Mapping[str, Any]) -> str:
        body = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
        return f"h.{body}.t"

    def read(self, text: str) -> Mapping[str, Any]:
        if not text:
            raise CannotOpen
        body = text.split(".")[1]
        return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))

    def file_keys(self, backup: Path, compartment: Compartment) -> Sequence[bytes]:
        return [] if compartment is Compartment.SEALED else [b"k"]

    def heads(self) -> Sequence[str]:
        return ["head"]

    def close_registry(self) -> str:
        return "sealed"


class PlainFiles:
    def is_open(self, compartment: Compartment) -> bool:
        return False

    def snapshot(self, compartment: Compartment, target: Path, is_wanted: Wanted) -> None:
        raise AssertionError(compartment)

    def contents(self, compartment: Compartment, is_wanted: Wanted) -> PlainFound:
        return PlainFound()

    def examine(self, path: Path, keys: Sequence[bytes], is_wanted: Wanted) -> PlainFound:
        return PlainFound()

    def is_in_chain(self, compartment: Compartment, n: int, head: str) -> bool:
        return True


@dataclass(frozen=True)
class PlainDrive:
    path: Path
    name: str


def with_backups(folder: Path, user: str = "admin", sticks: Sequence[PlainDrive] = ()) -> Desk:
    """The desk of somebody who keeps the backups of a profile in a folder."""
    folder.mkdir(exist_ok=True)
    for name in ("vault.json", *(f"{one}.db" for one in Compartment)):
        (folder / name).write_bytes(name.encode())

    def shared(_beside: Path) -> None: ...

    parts = BackupParts(folder, PlainSeal(), PlainFiles(), lambda: sticks, lambda: 0, shared, "1.0")
    return replace(furnished(user), backup=parts)
