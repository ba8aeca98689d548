"""A snapshot: all that a newcomer needs, in parts like bundles, and a signed end that lists them.

Parts are written and read one at a time, so a whole department needs some megabytes of memory. The
end is written last: a snapshot without it is none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from intake_app.domain.exchange import FORMAT, SEGMENTS, Mark, Stream
from intake_app.domain.exchange_errors import Altered, Misplaced, Oversized
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.exchange import names, shapes
from intake_app.exchange.needs import Sealing
from intake_app.exchange.parcels import (
    MOST_PARCEL,
    REFUSED,
    Lines,
    Parcel,
    Place,
    open_segment,
    place_of,
    read_parcel,
    read_signed,
    write_parcel,
)

PART, END = "part", "end"

PART_BYTES: Final = 3 * 1024 * 1024
"""Bytes of lines of each file after which a part takes no further line of it."""

MOST_PARTS: Final = 20_000

MOST_END: Final = 4 * 1024 * 1024
"""Bytes of the signed end."""

_PART_MEMBERS: Final = {"v", "type", "agency", "station", "epoch", "snapshot", "part", "segments"}
_END_MEMBERS: Final = {
    "v", "type", "agency", "station", "epoch", "snapshot", "parts", "files", "marks", "heads",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """What a snapshot holds of one encrypted file.

    Attributes:
        generation: Of the key under which its parts are sealed.
        applied: Per stream (name), the number up to which all is in it.
        digest: As in a receipt: HMAC over the set of its changes (hex).
        lines: How many there are in all parts.
    """

    generation: int
    applied: Mapping[str, int]
    digest: str
    lines: int


@dataclass(frozen=True, slots=True)
class PartTold:
    """Hash (hex) and length in bytes of one part."""

    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class SnapshotEnd:
    """The signed end of a snapshot.

    Attributes:
        agency: The department's opaque id.
        stream: The station that wrote it, in its epoch then.
        name: Of its folder below `p/`.
        parts: All of them, from part 0.
        files: Of each file that was open there.
        marks: Per stream (name), the last bundle that all these files have in them: a newcomer
            goes on from there, and the hash begins its chain.
        heads: Heads of the registry that the station knew.
    """

    agency: str
    stream: Stream
    name: str
    parts: tuple[PartTold, ...]
    files: Mapping[Compartment, SnapshotFile]
    marks: Mapping[str, Mark]
    heads: tuple[str, ...]


class SnapshotWriter:
    """Seals one part after the other, then the end.

    Args:
        sealing: Keys.
        stream: This station in its present epoch.
        name: Of the snapshot: small letters, digits and hyphens.
    """

    def __init__(self, sealing: Sealing, stream: Stream, name: str) -> None:
        self._sealing, self._stream, self._name = sealing, stream, shapes.name(name)
        self._told: list[PartTold] = []

    def part(self, lines: Lines) -> tuple[str, bytes]:
        """The next part: its name in a tray or store, and its bytes."""
        number = len(self._told)
        place = _place(self._sealing.agency, self._stream, self._name, number)
        said = {**place, "type": PART}
        data = write_parcel(self._sealing, said, place, lines)
        self._told.append(PartTold(sha256(data).hexdigest(), len(data)))
        return part_name(self._name, number), data

    def end(
        self, files: Mapping[Compartment, SnapshotFile], marks: Mapping[str, Mark]
    ) -> tuple[str, bytes]:
        """The end, to be written after all parts: its name and its bytes.

        Raises:
            Oversized: It says more than anybody would read.
        """
        said = {
            **place_of(self._sealing.agency, self._stream, snapshot=self._name),
            "v": FORMAT, "type": END, "heads": self._sealing.heads(),
            "parts": [[one.sha256, one.length] for one in self._told],
            "files": {str(name): _file_said(one) for name, one in files.items()},
            "marks": {name: [mark.n, mark.sha256] for name, mark in marks.items()},
        }  # fmt: skip
        token = self._sealing.sign(canonical(said))
        if len(token) > MOST_END or len(self._told) > MOST_PARTS:
            raise Oversized(END)
        return end_name(self._name), token.encode("ascii")


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """A part that is whole and belongs where it lies."""

    _sealing: Sealing = field(repr=False)
    _parcel: Parcel = field(repr=False)
    _place: Place = field(repr=False)

    def open(self, compartment: Compartment) -> list[bytes]:
        """The lines of one file; none where it was not open, or has no more.

        Raises:
            NoGrant: The key of its generation is not held.
            Altered: It does not open here, or holds no lines.
            Oversized: It holds more than it may.
        """
        return open_segment(self._sealing, self._parcel, self._place, compartment)


@dataclass(frozen=True, slots=True)
class OpenedSnapshot:
    """A snapshot whose end was checked; its parts are checked one by one.

    Attributes:
        end: What its station signed.
    """

    end: SnapshotEnd
    _sealing: Sealing = field(repr=False)

    def part(self, number: int, data: bytes) -> OpenedPart:
        """Check one part against the end. Nothing is opened yet.

        Raises:
            Altered: It is not the part that the end tells of.
            TooNew: A newer program wrote it.
        """
        end = self.end
        told = end.parts[number]
        if len(data) != told.length or sha256(data).hexdigest() != told.sha256:
            raise Altered(PART)
        parcel = read_parcel(self._sealing, end.stream.station, data, PART)
        place = _place(end.agency, end.stream, end.name, number)
        try:
            said = shapes.members(parcel.said, _PART_MEMBERS)
        except REFUSED as error:
            raise Altered(PART) from error
        if any(said[name] != value for name, value in place.items()):
            raise Misplaced(PART)
        return OpenedPart(self._sealing, parcel, place)


def parts_of(
    files: Mapping[Compartment, Iterable[bytes] | None], most: int = PART_BYTES
) -> Iterator[dict[Compartment, list[bytes] | None]]:
    """Lines of all files, cut into parts; reads no further ahead than one part.

    Args:
        files: By file, as `ExchangeFile.snapshot` gives them; None for a file that is not open.
        most: Bytes of lines of a file after which a part takes no further line of it.
    """
    running = {name: iter(lines) for name, lines in files.items() if lines is not None}
    is_first = True
    while True:
        taken = {name: _some(lines, most) for name, lines in running.items()}
        if not (is_first or any(taken.values())):
            return
        is_first = False
        yield {name: taken.get(name) for name in SEGMENTS}


def read_end(sealing: Sealing, stream: Stream, name: str, data: bytes) -> OpenedSnapshot:
    """Check the end of a snapshot.

    Args:
        sealing: Knows the stations.
        stream: Whose snapshot it must be, as that station's receipt said.
        name: The name under which it lies.
        data: From anywhere.

    Raises:
        Altered: It is not what that station signed, or no end.
        Misplaced: It is of another snapshot.
        Oversized: It is larger than it may be.
        TooNew: A newer program wrote it.
        AnotherDepartment: It says so.
        StationUnknown: Its station is not in the registry yet.
    """
    if len(data) > MOST_END:
        raise Oversized(END)
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        raise Altered(END) from error
    said = read_signed(sealing, stream.station, text, END, MOST_END)
    try:
        end = _end(said)
    except REFUSED as error:
        raise Altered(END) from error
    if (end.stream, end.name) != (stream, name):
        raise Misplaced(END)
    return OpenedSnapshot(end, sealing)


def part_name(name: str, number: int) -> str:
    """Of a part in a tray or store."""
    return f"{names.SNAPSHOTS}/{name}/{number}"


def end_name(name: str) -> str:
    """Of the end in a tray or store."""
    return f"{names.SNAPSHOTS}/{name}/{names.END}"


def _some(lines: Iterator[bytes], most: int) -> list[bytes]:
    taken, size = list[bytes](), 0
    while size < most:
        line = next(lines, None)
        if line is None:
            break
        taken.append(line)
        size += len(line) + 1
    return taken


def _end(raw: Mapping[str, Any]) -> SnapshotEnd:
    said = shapes.members(raw, _END_MEMBERS)
    return SnapshotEnd(
        said["agency"], shapes.stream(said["station"], said["epoch"]),
        shapes.name(said["snapshot"]), shapes.items(said["parts"], MOST_PARTS, _told),
        {Compartment(name): _file(one) for name, one in said["files"].items()},
        shapes.by_name(said["marks"], shapes.stream_name, shapes.mark),
        shapes.heads(said["heads"]),
    )  # fmt: skip


def _told(raw: object) -> PartTold:
    hashed, length = shapes.items(raw, 2, lambda one: one)
    return PartTold(shapes.hash_of(hashed), shapes.number(length, 1, MOST_PARCEL))


def _file_said(file: SnapshotFile) -> dict[str, object]:
    return {
        "generation": file.generation, "applied": dict(file.applied), "digest": file.digest,
        "lines": file.lines,
    }  # fmt: skip


def _file(raw: object) -> SnapshotFile:
    said = shapes.members(raw, {"generation", "applied", "digest", "lines"})
    return SnapshotFile(
        shapes.number(said["generation"], 1),
        shapes.by_name(said["applied"], shapes.stream_name, shapes.number),
        shapes.hash_of(said["digest"]), shapes.number(said["lines"]),
    )  # fmt: skip


def _place(agency: str, stream: Stream, name: str, number: int) -> Place:
    return place_of(agency, stream, snapshot=name, part=number)
