"""What the exchange needs of its neighbors, as Protocols; `wiring` joins them by shape.

`vault` seals and signs, `storage` numbers and merges changes. The exchange itself knows no key, no
record and no window.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from intake_app.domain.act import Act
from intake_app.domain.exchange import Mark, Stream, Taken
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.roles import Compartment


class Sealing(Protocol):
    """Keys of the exchange for one signed-in person: `vault.exchange_keys.ExchangeKeys`."""

    @property
    def agency(self) -> str:
        """The department's opaque id."""
        ...

    def heads(self) -> tuple[str, ...]:
        """Heads of the registry that is known here."""
        ...

    def knows(self, heads: Iterable[str]) -> bool:
        """Whether all these heads are known here."""
        ...

    def generation(self, compartment: Compartment) -> int:
        """The newest key of a file's segments; 0: none is held by who is signed in."""
        ...

    def seal(
        self, compartment: Compartment, generation: int, header: Mapping[str, str | int],
        plain: bytes,
    ) -> str:  # fmt: skip
        """A compact JWE (dir, A256GCM); the header is sealed in.

        Generation `FILLER` seals under a random key that is thrown away.

        Raises:
            NoGrant: This generation is not held.
        """
        ...

    def open(
        self, compartment: Compartment, generation: int, header: Mapping[str, str | int],
        token: str,
    ) -> bytes:  # fmt: skip
        """The reverse; the header must be the one that was sealed in.

        Raises:
            NoGrant: This generation is not held.
            CannotOpen: Altered, or sealed for another place.
        """
        ...

    def tag(self, compartment: Compartment, generation: int, data: bytes) -> str:
        """HMAC-SHA256 under the generation key (hex)."""
        ...

    def sign(self, payload: bytes) -> str:
        """A compact JWS (ES256) as this station."""
        ...

    def verify(self, station: StationId, token: str) -> bytes:
        """What a station signed; a struck station's key still checks what it signed.

        Raises:
            BadRegistry: There is no such station, as far as is known here.
            CannotOpen: It did not sign it as it stands.
        """
        ...

    def sign_marker(self, payload: bytes) -> str:
        """A compact JWS as the signed-in administrator."""
        ...

    def verify_marker(self, token: str) -> bytes:
        """What an administrator signed.

        Raises:
            BadRegistry: No administrator whom this station knows signed it.
            CannotOpen: It was altered.
        """
        ...

    def stations(self) -> frozenset[StationId]:
        """All stations that were enrolled and not struck, this one too."""
        ...

    def struck(self) -> Mapping[StationId, Mapping[Epoch, int]]:
        """Struck stations, and per epoch the number of the last bundle that counts (0: none)."""
        ...


class ExchangeFile(Protocol):
    """One open encrypted file, as the exchange sees it: `storage.streams.Streams`."""

    @property
    def epoch(self) -> Epoch:
        """The epoch in which new changes are written here."""
        ...

    def waiting(self) -> int:
        """How many changes no bundle has taken yet."""
        ...

    def cut(self, stream: Stream, n: int, most: int) -> list[bytes]:
        """Give a bundle's number to the oldest waiting changes, and return its lines.

        Lines are changes, then archived bytes that they name. Called again with the same number
        (after a kill) it returns the same changes and may add waiting ones. A change that was cut
        before and purged since goes as its id alone.

        Args:
            stream: This station's own, in its present epoch.
            n: Number of the bundle.
            most: Bytes of lines after which no further change is taken (at least one is).
        """
        ...

    def sealed(self, stream: Stream, n: int) -> None:
        """Bundle n lies durably in the tray and has these lines: they need not go again."""
        ...

    def sealed_through(self, stream: Stream) -> int:
        """The last own bundle for which `sealed` was called here; 0: none."""
        ...

    def renew_waiting(self, stream: Stream) -> int:
        """What was cut under a number above `sealed_through` waits again; how many."""
        ...

    def renew_from(self, stream: Stream, first: int) -> int:
        """What own bundles from a number on took waits again; how many. They are to come anew.

        Another copy of this profile has written other bundles under these numbers.
        """
        ...

    def send_again(self, stream: Stream, first: int) -> int:
        """What bundles of an own stream from a number on brought waits again; how many.

        Two copies of this profile wrote them: others may have taken either's.
        """
        ...

    def begin_epoch(self, epoch: Epoch) -> None:
        """New changes belong to this epoch from now on."""
        ...

    def applied(self) -> dict[str, int]:
        """Per stream (name), the number up to which everything is merged here."""
        ...

    def take(self, stream: Stream, n: int, lines: Sequence[bytes], act: Act) -> Taken:
        """Merge the lines of bundle n and note it as applied, in one transaction.

        Bundle n - 1 must have been applied; a bundle that was applied before changes nothing.

        Raises:
            BadChange: `n` leaves a gap. Nothing was written.
            DiskFull: Nothing was written.
        """
        ...

    def skip(self, stream: Stream, n: int) -> None:
        """Note all bundles up to n as applied although they have nothing for this file."""
        ...

    def set_digest(self) -> bytes:
        """32 bytes that stand for the set of all changes that bundles brought or took away."""
        ...

    def aside(self) -> int:
        """How many changes are set aside."""
        ...

    def try_again(self, act: Act) -> Taken:
        """Apply what was set aside for a reason that may have passed; the rest stays aside.

        Reasons that pass: a newer program wrote it, its author was not known yet.
        """
        ...

    def audit_head(self) -> str:
        """Head of the audit chain (hex); empty while there is none."""
        ...

    def audit_heads(self) -> Iterator[str]:
        """What each place of the audit chain is called (hex), the newest first."""
        ...

    def snapshot(self) -> Iterator[bytes]:
        """All lines that a newcomer needs: changes, ids of what was purged, archived bytes."""
        ...

    def take_snapshot(
        self, part: int, lines: Sequence[bytes], applied: Mapping[str, int] | None, act: Act,
        name: str = "",
    ) -> Taken:  # fmt: skip
        """Merge one part of a snapshot, in one transaction; parts come in order, each once.

        Args:
            part: From 0; a part that was taken before changes nothing.
            lines: Of this part.
            applied: With the last part: what the snapshot holds, per stream.
            act: The audit line.
            name: Of the snapshot; parts of another one that was begun do not count.

        Raises:
            BadChange: `part` leaves a gap. Nothing was written.
        """
        ...

    def snapshot_parts(self, name: str = "") -> int:
        """How many parts of the snapshot that is being taken are in; 0 once all are."""
        ...


class OwnStreams(Protocol):
    """What identity.json knows of this station's own runs of numbers: `vault.own_streams`.

    It is never in a backup, so it tells when a file is an old copy.
    """

    @property
    def stream(self) -> Stream:
        """This station in its present epoch."""
        ...

    @property
    def parent(self) -> Epoch:
        """The epoch before; empty for the first."""
        ...

    @property
    def wrote(self) -> Mapping[str, Mark]:
        """All own streams ever begun, by name, each with its last bundle."""
        ...

    @property
    def counter(self) -> int:
        """Of the newest receipt of the present epoch."""
        ...

    def sealed_through(self, compartment: Compartment) -> int:
        """The last bundle of the present epoch that had lines of this file in it."""
        ...

    def note_bundle(self, mark: Mark, files: Collection[Compartment]) -> None:
        """Bundle `mark.n` lies in the tray, with lines of these files; durable."""
        ...

    def next_counter(self) -> int:
        """Reserve the counter of the next receipt; durable."""
        ...

    def begin_epoch(self) -> Epoch:
        """Begin a new epoch, whose parent is the present one; durable."""
        ...


class Tray(Protocol):
    """A folder of this profile with the same names as a store: `exchange.boxes.Box`.

    `in/` holds what came and is believed only after it was checked, `out/` what goes.
    """

    def get(self, name: str) -> bytes | None:
        """An object, if it is there."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """All or nothing, durable when this returns.

        Raises:
            DiskFull: Nothing was written.
        """
        ...

    def has(self, name: str) -> bool:
        """Whether an object is there."""
        ...

    def names(self, folder: str) -> list[str]:
        """Names (with the folder) of the objects in a folder; none where it is not there."""
        ...

    def remove(self, name: str) -> None:
        """Take an object away, if it is there."""
        ...
