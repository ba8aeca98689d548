"""What the services need to keep backups, as Protocols."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from intake_app.domain.roles import Compartment

Wanted = Callable[[], bool]
"""Asked again and again: whether somebody waits for the worker."""


class Seal(Protocol):
    """Signs what backups say, and knows the keys of what they hold: `vault.backup_seal`."""

    @property
    def profile(self) -> str:
        """The profile's id."""
        ...

    @property
    def station(self) -> str:
        """This station."""
        ...

    def identity(self) -> Mapping[str, Any]:
        """What makes the station of a backup again."""
        ...

    def sign(self, said: Mapping[str, Any]) -> str:
        """A text signed as this station."""
        ...

    def read(self, text: str) -> Mapping[str, Any]:
        """What a station of this department signed.

        Raises:
            CannotOpen: None did, as it stands.
        """
        ...

    def file_keys(self, backup: Path, compartment: Compartment) -> Sequence[bytes]:
        """The keys that may open a file of a backup; none: who is signed in does not hold it."""
        ...

    def heads(self) -> Sequence[str]:
        """Heads of the registry that is known here."""
        ...

    def close_registry(self) -> str:
        """The registry, sealed to who opens `station`."""
        ...


class Found(Protocol):
    """What a file holds: `storage.backup_files.Found`."""

    @property
    def records(self) -> int:
        """How many records."""
        ...

    @property
    def digest(self) -> str:
        """A hash of all of them."""
        ...

    @property
    def audit(self) -> int:
        """How many lines the audit trail has."""
        ...

    @property
    def head(self) -> str:
        """The last link of its chain."""
        ...

    @property
    def faults(self) -> Sequence[str]:
        """What is wrong with it."""
        ...


class Files(Protocol):
    """The files of the profile, and copies of them: `storage.backup_files.BackupFiles`."""

    def is_open(self, compartment: Compartment) -> bool:
        """Whether this person has it open."""
        ...

    def snapshot(self, compartment: Compartment, target: Path, is_wanted: Wanted) -> None:
        """A copy of an open file, as it stands at one moment."""
        ...

    def contents(self, compartment: Compartment, is_wanted: Wanted) -> Found:
        """What an open file holds."""
        ...

    def examine(self, path: Path, keys: Sequence[bytes], is_wanted: Wanted) -> Found:
        """What a copy holds; it is opened and looked through, and not changed."""
        ...

    def is_in_chain(self, compartment: Compartment, n: int, head: str) -> bool:
        """Whether the audit chain of an open file had this link at this place."""
        ...


class Drive(Protocol):
    """A drive that can be taken away: `disk.drives.Drive`."""

    @property
    def path(self) -> Path:
        """Where its files are."""
        ...

    @property
    def name(self) -> str:
        """What the system calls it."""
        ...


@dataclass(frozen=True, slots=True)
class BackupParts:
    """What a desk needs to keep backups.

    Attributes:
        folder: The profile.
        seal: Keys.
        files: The files, open and copied.
        drives: Which sticks are plugged in now.
        orders: How many orders of the purge ledger are known here.
        share_ledger: Lets a folder beside backups and the ledger here know the same.
        program: Version of the program.
        looked: When a place was last tried in this sign-in, by its id.
    """

    folder: Path
    seal: Seal
    files: Files
    drives: Callable[[], Sequence[Drive]]
    orders: Callable[[], int]
    share_ledger: Callable[[Path], None]
    program: str = ""
    looked: dict[str, float] = field(default_factory=dict[str, float])
