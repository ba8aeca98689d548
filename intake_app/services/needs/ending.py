"""What the end of records needs of the outside, as Protocols; `wiring.parts` joins them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import Compartment, May
from intake_app.services.needs.everyday import DraftStore
from intake_app.services.needs.files import Records


class Signer(Protocol):
    """Signs as this person, checks what colleagues signed: `vault.signer.Signer`."""

    def sign(self, act: str, said: Mapping[str, object]) -> str:
        """What is said, signed; department, author and act are added."""
        ...

    def read(self, act: str, text: str, may: May | None) -> tuple[UserId, dict[str, Any]]:
        """Who signed a text, and what it says.

        Raises:
            CannotOpen: It was altered, is another act, or its author might not.
            BadRegistry: Its author is not known at this station yet.
        """
        ...

    def peek(self, text: str) -> dict[str, Any]:
        """What a signed text claims, unchecked; empty where it is none."""
        ...


class LedgerLine(Protocol):
    """One order that is carried out: `vault.purge_ledger.LedgerLine`."""

    @property
    def order(self) -> str:
        """As it was signed."""
        ...

    @property
    def approval(self) -> str:
        """As it was signed, by another person."""
        ...

    @property
    def at(self) -> str:
        """When it was begun: local time with offset."""
        ...


class PurgeLedger(Protocol):
    """The list outside the files: `vault.purge_ledger.PurgeLedger`."""

    def lines(self) -> Sequence[LedgerLine]:
        """All lines of all reachable places, each once."""
        ...

    def head(self) -> str:
        """The hash of the ledger here (SHA-256, hex); empty while there is none."""
        ...

    def append(self, order: str, approval: str, at: str) -> None:
        """Add a line everywhere, unless it is there; durable when this returns."""
        ...

    def catch_up(self) -> None:
        """Write into each reachable place what it lacks."""
        ...


class Upkeep(Protocol):
    """What is left in a file, and its free pages: `storage.upkeep.Upkeep`."""

    def left_of(self, idents: Collection[RecordId]) -> frozenset[RecordId]:
        """Which of some ids still stand there, or have something that belongs to them."""
        ...

    @property
    def owes_rewrite(self) -> bool:
        """Whether something was purged since the file was last written anew."""
        ...

    @property
    def is_small(self) -> bool:
        """Whether writing it anew takes no time that anybody would notice."""
        ...

    def owe_rewrite(self) -> None:
        """Note that something was purged."""
        ...

    def rewrite(self, is_wanted: Callable[[], bool]) -> bool:
        """Write the file anew, until somebody waits for it; whether it was done."""
        ...

    def stands_elsewhere(self, value: str) -> bool:
        """Whether a text is part of what stands, in a record or in the log."""
        ...


class Pages(Protocol):
    """Reads files as a thief with the key would: `vault.page_reader.PageReader`."""

    def pieces(self, compartment: Compartment) -> Iterator[bytes]:
        """All pages of a file in the clear, free pages too, a megabyte at a time."""
        ...


class Backup(Protocol):
    """One backup that is seen from here: `storage.copies.Backup`."""

    @property
    def name(self) -> str:
        """Of its folder or file."""
        ...

    @property
    def made(self) -> str:
        """Its day (YYYY-MM-DD)."""
        ...


class Copies(Protocol):
    """Backups in reach: `storage.copies.Copies`."""

    def backups(self) -> Sequence[Backup]:
        """All of them, the oldest first; nothing is opened."""
        ...

    def opened(
        self, backup: str, compartment: Compartment
    ) -> AbstractContextManager[Records | None]:
        """A file inside a backup (its name), to look at; None where it cannot be opened here."""
        ...

    def changing(
        self, backup: str, compartment: Compartment
    ) -> AbstractContextManager[Records | None]:
        """The same, to take out of it what ended; the backup stays whole at every moment."""
        ...

    def drafts(self, file: Records) -> DraftStore:
        """The drafts in a file that was opened so."""
        ...

    def behind(self, orders: int) -> Sequence[tuple[str, Compartment]]:
        """Files of backups that open here, in which fewer orders were carried out."""
        ...

    def note_cleared(self, backup: str, compartment: Compartment, orders: int) -> None:
        """So many orders of the ledger were carried out in a file of a backup."""
        ...


@dataclass(frozen=True, slots=True)
class Proof:
    """What was just destroyed, to look for it; in memory alone, and gone with the process.

    Attributes:
        order: The order.
        compartment: The file.
        values: What must not be found.
    """

    order: RecordId
    compartment: Compartment
    values: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ending:
    """All that the end of records needs.

    Attributes:
        signer: Signs and checks.
        ledger: What was purged.
        upkeep: Of each file that is open.
        pages: Of each file that is open.
        copies: Backups in reach.
        proofs: What is still to be looked for.
    """

    signer: Signer
    ledger: PurgeLedger
    upkeep: Mapping[Compartment, Upkeep]
    pages: Pages
    copies: Copies
    proofs: list[Proof] = field(default_factory=list[Proof])
