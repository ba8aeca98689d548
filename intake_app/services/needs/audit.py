"""What the audit of the trail needs of the outside, as Protocols; `wiring` brings it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from intake_app.domain.act import Act, AuditLine
from intake_app.domain.audit_trail import Looked, Place
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId
from intake_app.domain.likeness import Identity
from intake_app.domain.roles import Compartment
from intake_app.services.needs.ending import Signer


class Trail(Protocol):
    """The audit trail of one open file: `storage.trail.Trail`."""

    @property
    def station(self) -> StationId:
        """Which station's file it is."""
        ...

    @property
    def epoch(self) -> Epoch:
        """Its run of numbers; another one begins when a backup was put back."""
        ...

    def anchor(self) -> Place:
        """Where the chain that is left begins."""
        ...

    def head(self) -> Place:
        """Where the chain ends."""
        ...

    def place(self, n: int) -> Place | None:
        """The place of a line; None: there is no such line."""
        ...

    def after(self, n: int, most: int = -1) -> list[AuditLine]:
        """Lines after a number, in the order of the chain; all of them, or so many."""
        ...

    def heads(self) -> Iterator[str]:
        """What each place of the chain is called, the newest first."""
        ...

    def walk(self, begin: Place, is_wanted: Callable[[], bool] = lambda: False) -> Place | None:
        """Walk the chain from a place to its end; None: somebody waits.

        Raises:
            AuditBroken: A line does not fit, or the place is not there.
        """
        ...

    def note(self, name: str) -> str:
        """A line about the file itself; empty where there is none."""
        ...

    def set_note(self, name: str, value: str) -> None:
        """Write a line about the file itself; durable."""
        ...

    def older_than(self, at: str) -> Place | None:
        """The last of the lines, counted from the first, that are older than a moment."""
        ...

    def cut(self, through: Place, act: Act) -> None:
        """Take lines up to a place away; the chain goes on from there.

        Raises:
            AuditBroken: The place is not there.
        """
        ...

    def people_of(self, records: Collection[RecordId]) -> dict[RecordId, Identity]:
        """Who some records are about."""
        ...


class Oversight(Protocol):
    """Seals batches to the privacy officer, and opens them: `vault.oversight.Oversight`."""

    @property
    def opens(self) -> bool:
        """Whether who is signed in can open batches."""
        ...

    def seal(self, compartment: Compartment, place: str, body: bytes) -> bytes:
        """Seal a batch of lines of a file."""
        ...

    def open(self, compartment: Compartment, place: str, sealed: bytes) -> tuple[UserId, bytes]:
        """Open a batch: who made it, and the lines.

        Raises:
            NoGrant: Who is signed in is no privacy officer.
            CannotOpen: It was altered, or its author holds no key of that file.
            BadRegistry: Its author knew more of the registry than this station does yet.
        """
        ...


class Proof(Protocol):
    """Signs an export as this station: `vault.audit_proof.AuditProof`."""

    @property
    def words(self) -> tuple[str, ...]:
        """Eight words that stand for the department."""
        ...

    def evidence(self) -> tuple[str, ...]:
        """The registry's signed entries."""
        ...

    def sign(self, said: Mapping[str, object]) -> str:
        """What is said, signed as this station."""
        ...


class Shelf(Protocol):
    """Where archived lines lie, sealed: `exchange.boxes.Box` in `audit/` of the profile."""

    def get(self, name: str) -> bytes | None:
        """An archive, if it is there."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """All or nothing, durable when this returns."""
        ...

    def names(self, folder: str) -> Sequence[str]:
        """Names (with the folder) of those in a folder."""
        ...


@dataclass(frozen=True, slots=True)
class AuditParts:
    """What a desk needs for the audit of its trail.

    Attributes:
        trails: Of the files that are open here.
        oversight: Seals batches to the privacy officer.
        proof: Signs exports.
        signer: Signs as this person.
        shelf: Where archived lines lie.
        lost_heads: Of each file, whether this station once told the others of a line that is not
            in its chain any more: of its present run of numbers (True), or of an earlier one.
        looked: What was found when the chains were looked at; filled as they are.
    """

    trails: Mapping[Compartment, Trail]
    oversight: Oversight
    proof: Proof
    signer: Signer
    shelf: Shelf
    lost_heads: Callable[[], Mapping[Compartment, bool]]
    looked: dict[Compartment, Looked] = field(default_factory=dict[Compartment, Looked])
