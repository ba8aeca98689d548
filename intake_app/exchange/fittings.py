"""What the post room is fitted with: its neighbors, as Protocols, and the list of them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from intake_app.domain.act import Act
from intake_app.domain.clock import Clock
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment
from intake_app.exchange.needs import ExchangeFile, OwnStreams, Sealing, Tray


class Notes(Protocol):
    """Lines about a file that stay in it and are sent nowhere: the `station` file itself."""

    def meta(self, name: str) -> str:
        """A line; empty where there is none."""
        ...

    def set_meta(self, name: str, value: str) -> None:
        """Write a line; durable."""
        ...


class Endings(Protocol):
    """What the end of records means for the exchange: `services.purging.carried_endings`."""

    def executed(self, compartment: Compartment) -> tuple[str, ...]:
        """Ids of the orders of purge that an open file has carried out."""
        ...

    def ledger(self) -> bytes:
        """The ledger of purges of this station, to be carried; empty: none yet."""
        ...

    def take_ledger(self, data: bytes) -> None:
        """Add the lines of another station's ledger; they are checked before they count."""
        ...


class Pages(Protocol):
    """Generations of keys, as services pass them on: `services.exchanging.carried_pages`."""

    def begin(self, compartment: Compartment) -> int:
        """Begin a new generation of an open file, given to all who shall have it; its number."""
        ...

    def forget(self, compartment: Compartment, generation: int) -> None:
        """Destroy a generation of an open file and all before it; what is gone is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Fittings:
    """All that the post room works with.

    Attributes:
        sealing: Keys of who is signed in.
        own: Own runs of numbers.
        files: The files that are open.
        inbox: `in/` of the profile.
        outbox: `out/` of the profile.
        notes: Where it remembers.
        clock: The desk's.
        user: Who is signed in.
        grow_registry: Takes the entries that came into `station`; whether there were any.
        endings: Purges.
        pages: Generations of keys.
        program: Version of this program.
    """

    sealing: Sealing
    own: OwnStreams
    files: Mapping[Compartment, ExchangeFile]
    inbox: Tray
    outbox: Tray
    notes: Notes
    clock: Clock
    user: UserId
    grow_registry: Callable[[], bool]
    endings: Endings
    pages: Pages
    program: str = ""

    def act(self, what: str) -> Act:
        """The audit line of something the exchange does."""
        return Act(self.user, what)
