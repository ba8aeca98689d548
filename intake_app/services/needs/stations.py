"""What the services need to let stations in and to pass keys on, as Protocols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from intake_app.domain.enrolment import Told
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.roles import Compartment


class Request(Protocol):
    """What a new station asks; its own signature was checked: `vault.enrolment.Request`."""

    @property
    def station(self) -> StationId:
        """Its id."""
        ...

    @property
    def program(self) -> str:
        """Version of the program there."""
        ...

    @property
    def text(self) -> str:
        """As it was signed."""
        ...

    @property
    def words(self) -> tuple[str, ...]:
        """Eight words that two people compare."""
        ...


class Listed(Protocol):
    """A station as the registry lists it: `vault.listed_stations.ListedStation`."""

    @property
    def id(self) -> StationId:
        """Stable and opaque."""
        ...

    @property
    def letter(self) -> str:
        """Stands in its receipt numbers."""
        ...

    @property
    def at(self) -> str:
        """When it was enrolled (`stamp`)."""
        ...

    @property
    def is_struck(self) -> bool:
        """Lost or stolen, for ever."""
        ...


class StationDesk(Protocol):
    """Signs stations in and out: `vault.station_desk.StationDesk`."""

    @property
    def here(self) -> StationId:
        """This station."""
        ...

    @property
    def department_words(self) -> tuple[str, ...]:
        """Eight words that stand for the department."""
        ...

    def all(self) -> Sequence[Listed]:
        """Every station that was ever enrolled, by letter."""
        ...

    def read_request(self, data: bytes) -> Request:
        """Read a request that may come from anywhere.

        Raises:
            BadRequest: It is none, or was changed.
        """
        ...

    def confirm(self, passphrase: str) -> None:
        """The administrator types their passphrase once more.

        Raises:
            WrongPassphrase: It is another one; counted like a sign-in.
            LockedOut: Too many tries.
        """
        ...

    def sign(self, data: bytes) -> tuple[str, ...]:
        """Let the station of a request in; the new registry entries. A second time: none.

        Raises:
            EnrolledAlready: It was struck, or its id belongs to another station.
        """
        ...

    def answer(self, data: bytes, told: Told) -> bytes:
        """The answer to the request of a station that was let in, sealed to it."""
        ...

    def add_seal_key(self) -> tuple[str, ...]:
        """Give this station a key to seal to, where a first program made none.

        Returns:
            The new registry entries; none where nothing is missing, or for others than
            administrators.
        """
        ...

    def strike(self, station: StationId, marks: Mapping[Epoch, int]) -> tuple[str, ...]:
        """Strike a station for ever; the new registry entries.

        Raises:
            NotThisStation: It is this one.
            StationMissing: There is none, or it was struck.
        """
        ...


class KeyPost(Protocol):
    """Seals keys to colleagues and stations, and opens what came: `vault.key_post.KeyPost`."""

    def take_travel(self, texts: Sequence[str]) -> int:
        """Put travel slots for this station where their users can sign in; how many are new."""
        ...

    def travel_due(self, texts: Sequence[str]) -> list[str]:
        """Travel slots of who is signed in, for stations that lack one."""
        ...

    def take_insides(self, texts: Sequence[str]) -> dict[Compartment, str]:
        """By compartment, what is inside it after all that was handed here; only what is new."""
        ...

    def insides_due(self, texts: Sequence[str]) -> list[str]:
        """The keys of compartments open here, for holders and stations that lack them."""
        ...

    def outdated(self, texts: Sequence[str]) -> list[str]:
        """What holds destroyed generations and has to go."""
        ...


class Generations(Protocol):
    """Generations of the keys of the files that are open here: `vault.generations.Generations`."""

    def is_open(self, compartment: Compartment) -> bool:
        """Whether a file is open here."""
        ...

    def is_due(self, compartment: Compartment) -> bool:
        """Whether a station was struck that knows the newest generation."""
        ...

    def begin(self, compartment: Compartment) -> int:
        """Begin a new generation; returns its number."""
        ...

    def forget(self, compartment: Compartment, generation: int) -> None:
        """Destroy a generation and all before it.

        Raises:
            ValueError: It is the newest.
        """
        ...

    def keep(self, compartment: Compartment, text: str) -> None:
        """Write what is inside a file, read it back, and use it."""
        ...


class Tray(Protocol):
    """A folder of the profile with the names of a store: `exchange.boxes.Box`."""

    def get(self, name: str) -> bytes | None:
        """An object, if it is there."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """All or nothing, durable when this returns."""
        ...

    def names(self, folder: str) -> list[str]:
        """Names (with the folder) of the objects in a folder."""
        ...

    def remove(self, name: str) -> None:
        """Take an object away, if it is there."""
        ...


@dataclass(frozen=True, slots=True)
class StationParts:
    """What a desk needs to let stations in and to pass keys on.

    Attributes:
        desk: Signs stations in and out.
        post: Seals and opens keys that travel.
        generations: Of the files that are open here.
        inbox: What stores brought.
        outbox: What goes to stores.
    """

    desk: StationDesk
    post: KeyPost
    generations: Generations
    inbox: Tray
    outbox: Tray
