"""A bundle: what a station did since its last one, sealed file by file; see docs/bundle-format.md.

`read_bundle` checks it whole before one line of it is opened. What is not as it should be raises
one of our errors, and nothing of it counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_app.domain.exchange import Manifest, Mark, Stream
from intake_app.domain.exchange_errors import Altered, ChainBroken, Misplaced
from intake_app.domain.ids import Epoch
from intake_app.domain.roles import Compartment
from intake_app.exchange import shapes
from intake_app.exchange.needs import Sealing
from intake_app.exchange.parcels import (
    REFUSED,
    Lines,
    Parcel,
    open_segment,
    place_of,
    read_parcel,
    write_parcel,
)

KIND = "bundle"
_MEMBERS = {
    "v", "type", "agency", "station", "epoch", "parent", "n", "previous", "heads", "segments",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BundlePlace:
    """Which bundle is written, or expected.

    Attributes:
        stream: Whose it is.
        n: Its number, from 1.
        previous: Hash of bundle n - 1 (hex); empty for the first.
    """

    stream: Stream
    n: int
    previous: str


@dataclass(frozen=True, slots=True)
class OpenedBundle:
    """A bundle that is whole, of the right station, and follows the one before.

    Attributes:
        manifest: What its station signed.
        sha256: Of all its bytes (hex).
    """

    manifest: Manifest
    sha256: str
    _sealing: Sealing = field(repr=False)
    _parcel: Parcel = field(repr=False)

    @property
    def mark(self) -> Mark:
        """Its number and hash, as receipts name it."""
        return Mark(self.manifest.n, self.sha256)

    def open(self, compartment: Compartment) -> list[bytes]:
        """The lines of one file; none where it was not open when the bundle was made.

        Raises:
            NoGrant: The key of its generation is not held.
            Altered: It does not open here, or holds no lines.
            Oversized: It holds more than it may.
        """
        place = _sealed_place(self.manifest.agency, self.manifest.stream, self.manifest.n)
        return open_segment(self._sealing, self._parcel, place, compartment)


def write_bundle(
    sealing: Sealing, place: BundlePlace, parent: Epoch, lines: Lines,
    older: Mapping[Compartment, int] | None = None,
) -> bytes:  # fmt: skip
    """Seal and sign a bundle.

    Args:
        sealing: Keys; the bundle names the department and the heads that are known here.
        place: Which it is.
        parent: The epoch before this one; empty for a station's first.
        lines: By file, as `ExchangeFile.cut` gave them; None for a file that is not open.
        older: Files whose newest generation not all stations hold yet, and the one they do.

    Raises:
        Oversized: A file has more lines than anybody would read.
        NoGrant: The key of a file that has lines is not held.
    """
    stream = place.stream
    said = {
        "type": KIND, "agency": sealing.agency, "station": stream.station, "epoch": stream.epoch,
        "parent": parent, "n": place.n, "previous": place.previous, "heads": sealing.heads(),
    }  # fmt: skip
    return write_parcel(sealing, said, _sealed_place(sealing.agency, stream, place.n), lines, older)


def read_bundle(sealing: Sealing, data: bytes, expected: BundlePlace) -> OpenedBundle:
    """Check a bundle whole, against what must lie here. Nothing is opened yet.

    Raises:
        Altered: It is not what that station signed, or no bundle.
        Misplaced: It is another bundle of that station.
        Oversized: It is larger than it may be.
        ChainBroken: It does not follow the one before.
        TooNew: A newer program wrote it.
        AnotherDepartment: It says so.
        StationUnknown: Its station is not in the registry yet.
    """
    parcel = read_parcel(sealing, expected.stream.station, data, KIND)
    try:
        manifest = _manifest(parcel)
    except REFUSED as error:
        raise Altered(KIND) from error
    if (manifest.stream, manifest.n) != (expected.stream, expected.n):
        raise Misplaced(KIND)
    if manifest.previous != expected.previous:
        raise ChainBroken(f"{expected.n}")
    return OpenedBundle(manifest, parcel.sha256, sealing, parcel)


def _manifest(parcel: Parcel) -> Manifest:
    said = shapes.members(parcel.said, _MEMBERS)
    found = Manifest(
        said["agency"], shapes.stream(said["station"], said["epoch"]),
        shapes.epoch_or_none(said["parent"]), shapes.number(said["n"], 1),
        shapes.hash_or_none(said["previous"]), shapes.heads(said["heads"]), parcel.segments,
    )  # fmt: skip
    if (found.n == 1) != (not found.previous):
        raise ValueError("previous")
    return found


def _sealed_place(agency: str, stream: Stream, n: int) -> dict[str, str | int]:
    return {**place_of(agency, stream), "n": n}
