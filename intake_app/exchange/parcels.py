"""What bundles and parts of snapshots share: a signed first line, then a sealed line per file.

The first line is a compact JWS by the station's key. It names hash and length of every line that
follows, so one look tells whether all is whole, without any key of a file.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from intake_app.domain.errors import BadRegistry, CannotOpen
from intake_app.domain.exchange import FILLER, FORMAT, SEGMENTS, SegmentTold, Stream
from intake_app.domain.exchange_errors import (
    Altered,
    AnotherDepartment,
    Oversized,
    StationUnknown,
    TooNew,
)
from intake_app.domain.ids import StationId
from intake_app.domain.plain_json import canonical, read_canonical
from intake_app.domain.roles import Compartment
from intake_app.exchange import shapes
from intake_app.exchange.needs import Sealing
from intake_app.exchange.segments import FIRST_SIZE, MOST_BLOCK, pack, unpack

MOST_SEGMENT: Final = MOST_BLOCK // 3 * 4 + 4096
"""Bytes of a sealed line: a block in base64, its header and tag."""

MOST_SIGNED: Final = 256 * 1024
"""Bytes of the first line."""

MOST_PARCEL: Final = MOST_SIGNED + 4 * MOST_SEGMENT
"""Bytes of the whole; a cut never comes near it."""

REFUSED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a thing of a wrong shape raises."""

Lines = Mapping[Compartment, Sequence[bytes] | None]
"""Lines by file; None (or nothing) for a file that is not open here."""

Place = Mapping[str, str | int]
"""Members that are sealed in with each segment, so that it opens nowhere else."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel whose signature, lengths and hashes were checked.

    Attributes:
        said: What its first line says.
        segments: As it tells of them, in the order of `SEGMENTS`.
        sha256: Of all its bytes (hex).
    """

    said: Mapping[str, Any] = field(repr=False)
    segments: tuple[SegmentTold, ...]
    sha256: str
    tokens: tuple[str, ...] = field(repr=False)


def write_parcel(
    sealing: Sealing, said: Mapping[str, object], place: Place, lines: Lines,
    older: Mapping[Compartment, int] | None = None,
) -> bytes:  # fmt: skip
    """Seal lines, and sign what is said together with what was sealed.

    Args:
        sealing: Keys.
        said: What the first line says.
        place: Sealed in with each segment.
        lines: By file.
        older: Files that are not sealed under their newest generation, and the one to use.

    Raises:
        Oversized: A file has more lines than anybody would read.
        NoGrant: The key of a file that has lines is not held.
    """
    tokens, told = list[str](), list[list[str | int]]()
    for index, compartment in enumerate(SEGMENTS):
        generation, block = _block(sealing, compartment, lines.get(compartment))
        generation = (older or {}).get(compartment, generation) if generation else generation
        header = {**place, "index": index, "generation": generation}
        token = sealing.seal(compartment, generation, header, block)
        tokens.append(token)
        told.append([generation, hashlib.sha256(token.encode()).hexdigest(), len(token)])
    whole = {**said, "v": FORMAT, "segments": told}
    first = sealing.sign(canonical(whole))
    return "".join(line + "\n" for line in (first, *tokens)).encode("ascii")


def read_parcel(sealing: Sealing, station: StationId, data: bytes, kind: str) -> Parcel:
    """Check a parcel whole: who signed it, what it is, hash and length of every line.

    Args:
        sealing: Knows the stations.
        station: Who must have signed it.
        data: From anywhere.
        kind: What it must be.

    Raises:
        Altered: It is not what that station signed, or no such thing.
        Oversized: It is larger than it may be.
        TooNew: That station signed it, but in a format that is not known here.
        AnotherDepartment: It says so.
        StationUnknown: The station is not in the registry yet.
    """
    if len(data) > MOST_PARCEL:
        raise Oversized("parcel")
    first, *tokens = _split(data)
    said = read_signed(sealing, station, first, kind)
    try:
        told = segments_told(said["segments"])
    except REFUSED as error:
        raise Altered("segments") from error
    if not are_as_told(told, (token.encode() for token in tokens)):
        raise Altered("segments")
    return Parcel(said, told, hashlib.sha256(data).hexdigest(), tuple(tokens))


def read_signed(
    sealing: Sealing, station: StationId, token: str, kind: str, most: int = MOST_SIGNED
) -> dict[str, Any]:
    """What a station signed, if it is of this kind, department and format.

    Raises:
        Altered: It is not what that station signed, or of another kind.
        Oversized: It is longer than `most`.
        TooNew: The format is not known here.
        AnotherDepartment: It says so.
        StationUnknown: The station is not in the registry yet.
    """
    if len(token) > most:
        raise Oversized(kind)
    try:
        said = read_canonical(sealing.verify(station, token), most)
        shapes.kind(said, kind)
        is_new = shapes.version(said) > FORMAT
        agency = said["agency"]
    except BadRegistry as error:
        raise StationUnknown(station) from error
    except (CannotOpen, *REFUSED) as error:
        raise Altered(kind) from error
    if agency != sealing.agency:
        raise AnotherDepartment(kind)
    if is_new:
        raise TooNew(kind)
    return said


def open_segment(
    sealing: Sealing, parcel: Parcel, place: Place, compartment: Compartment
) -> list[bytes]:
    """The lines of one file; none where the segment is a filler.

    Raises:
        NoGrant: Its key is not held.
        Altered: It does not open here: another key, another place, or no lines.
        Oversized: It holds more than it may.
    """
    index = SEGMENTS.index(compartment)
    generation = parcel.segments[index].generation
    if generation == FILLER:
        return []
    header = {**place, "index": index, "generation": generation}
    try:
        block = sealing.open(compartment, generation, header, parcel.tokens[index])
    except CannotOpen as error:
        raise Altered(f"segment {index}") from error
    return unpack(block)


def segments_told(raw: object) -> tuple[SegmentTold, ...]:
    """What a first line says of the sealed lines that follow it.

    Raises:
        ValueError: It does not say it of just these.
    """
    told = shapes.items(raw, len(SEGMENTS), _told)
    if len(told) != len(SEGMENTS):
        raise ValueError("segments")
    return told


def are_as_told(told: Iterable[SegmentTold], lines: Iterable[bytes]) -> bool:
    """Whether all lines are there, each of the length and with the hash that was told."""
    found = [(hashlib.sha256(line).hexdigest(), len(line)) for line in lines]
    return found == [(one.sha256, one.length) for one in told]


def place_of(agency: str, stream: Stream, **more: str | int) -> Place:
    """The members that name a stream, and what else is given."""
    return {"agency": agency, "station": stream.station, "epoch": stream.epoch, **more}


def _block(
    sealing: Sealing, compartment: Compartment, lines: Sequence[bytes] | None
) -> tuple[int, bytes]:
    if lines is None:
        return FILLER, bytes(FIRST_SIZE)
    return sealing.generation(compartment), pack(lines)


def _told(raw: object) -> SegmentTold:
    generation, sha256, length = shapes.items(raw, 3, lambda one: one)
    return SegmentTold(
        shapes.number(generation, FILLER), shapes.hash_of(sha256),
        shapes.number(length, 1, MOST_SEGMENT),
    )  # fmt: skip


def _split(data: bytes) -> list[str]:
    try:
        *lines, rest = data.decode("ascii").split("\n", len(SEGMENTS) + 1)
    except UnicodeDecodeError as error:
        raise Altered("text") from error
    if rest or len(lines) != len(SEGMENTS) + 1:
        raise Altered("lines")
    return lines
