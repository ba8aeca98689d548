"""What the trust page needs of the outside, as Protocols; `wiring.trust` brings it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from intake_app.disk.machine import MachineFacts
from intake_app.domain.roles import Compartment


class Machine(Protocol):
    """This computer: `disk.machine.ThisMachine`."""

    def facts(self, *, anew: bool = False) -> MachineFacts:
        """What is seen of it; remembered until it is looked at anew."""
        ...


class FileHealth(Protocol):
    """An open file, asked about itself: `storage.compartment.Compartment`."""

    def faults_in_spare_time(self, is_wanted: Callable[[], bool]) -> list[str] | None:
        """What is wrong with it; empty when it is sound; None: somebody waits, ask again later."""
        ...

    def set_aside(self) -> int:
        """How many changes were set aside because they made no sense."""
        ...

    def counts(self, kinds: list[str]) -> Mapping[str, int]:
        """How many standing records of some kinds there are."""
        ...


class Notes(Protocol):
    """Lines about the file `station` itself, which never leave this computer."""

    def meta(self, name: str) -> str:
        """A line; empty where there is none."""
        ...

    def set_meta(self, name: str, value: str) -> None:
        """Write a line."""
        ...


@dataclass(frozen=True, slots=True)
class TrustParts:
    """All that the trust page needs besides what other services know.

    Attributes:
        folder: Of the profile.
        machine: This computer.
        files: Of each file that is open.
        notes: What is remembered on this computer alone.
        versions: Of the program and of what it is made of, by name; the program's is "intake-app".
    """

    folder: Path
    machine: Machine
    files: Mapping[Compartment, FileHealth]
    notes: Notes
    versions: Mapping[str, str]
