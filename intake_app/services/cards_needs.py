"""What recovery cards and changes of file keys need from adapters, as Protocols; part of `needs`."""

from collections.abc import Mapping
from typing import Protocol

from intake_app.domain.act import Act
from intake_app.domain.roles import Compartment


class OpenFile(Protocol):
    """An open file: `storage.compartment.Compartment`."""

    def meta(self, name: str) -> str:
        """A line about the file itself; empty where there is none."""
        ...


class KeyBook(Protocol):
    """The keys of the files here, for who is signed in: `vault.file_keys.FileKeys`."""

    def is_begun(self, name: Compartment) -> bool:
        """Whether a new key waits beside the present one."""
        ...

    def present(self, name: Compartment) -> bytes | None:
        """The key that this person holds; None: none here."""
        ...

    def waiting(self, name: Compartment) -> bytes | None:
        """The new key that waits; None: there is none, or not for this person."""
        ...

    def is_waiting(self, name: Compartment, key: bytes) -> bool:
        """Whether a key is the one that waits."""
        ...

    def hold(self, name: Compartment, key: bytes) -> None:
        """Open the file with this key from now on."""
        ...

    def cuts(self, name: Compartment) -> Mapping[str, str]:
        """Revocations that took a file's key from somebody: when, by their id."""
        ...

    def may_renew(self, name: Compartment) -> bool:
        """Whether this person may seal the key of a file to others."""
        ...

    def new_key(self) -> bytes:
        """A fresh file key."""
        ...

    def propose(self, name: Compartment, key: bytes) -> None:
        """Seal a new key to all holders and cards, beside the old; read it back."""
        ...

    def accept(self, name: Compartment) -> None:
        """The file has its new key: the grants of the old one go."""
        ...

    def give_up(self, name: Compartment) -> None:
        """The old key holds: what waits goes."""
        ...


class FileSwap(Protocol):
    """Puts a file under another key: `storage.rekey.FileSwap`."""

    def opens(self, name: Compartment, key: bytes) -> bool:
        """Whether a key opens the file that stands in its place."""
        ...

    def copy(
        self, name: Compartment, keys: tuple[bytes, bytes], lines: Mapping[str, str], act: Act
    ) -> None:
        """Make a copy beside a file under another key, and prove that it says the same."""
        ...

    def swap(self, name: Compartment) -> None:
        """Put the copy in the place of the file."""
        ...

    def sweep(self, name: Compartment) -> None:
        """Take away what is left of a change."""
        ...
