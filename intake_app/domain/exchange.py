"""What stations say to one another, as data: streams of bundles, receipts, the marker of a store.

A station numbers its bundles from 1 within an epoch; a stream is one such run of numbers. What a
bundle holds is sealed; what stands here is read by whoever carries it, so it holds ids, numbers and
hashes only. Sent, received and executed are three words: a mark in `Receipt.wrote` says sent, one
in `Receipt.received` says that somebody has the bytes, `FileState.applied` that they are merged.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.roles import Compartment

FORMAT: Final = 1
"""Of bundles, receipts and markers; a higher one is kept and not opened."""

SEGMENTS: Final = (
    Compartment.STATION, Compartment.CARE, Compartment.CASES, Compartment.SEALED,
)  # fmt: skip
"""A bundle has one segment of each, in this order, also where there is nothing to say."""

FILLER: Final = 0
"""Generation of a segment that holds nothing: its file was not open when the bundle was made."""

QUIET: Final = frozenset({"carry"})
"""Kinds of records that cause no bundle of their own and go along with the next: a line about what
was carried would otherwise have to be carried, and noted, for ever."""


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """One run of numbered bundles: a station in an epoch."""

    station: StationId
    epoch: Epoch

    @property
    def name(self) -> str:
        """As receipts and files call it."""
        return f"{self.station}.{self.epoch}"

    @classmethod
    def named(cls, name: str) -> "Stream":
        """The stream of a name.

        Raises:
            ValueError: It is no such name.
        """
        station, epoch = name.split(".")
        return cls(StationId(station), Epoch(epoch))

    def folder(self, agency: str) -> str:
        """Where its bundles lie in a store: opaque, the same for everybody (32 hex digits)."""
        return hashlib.sha256(f"stream {agency} {self.name}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a stream goes.

    Attributes:
        n: Number of its last bundle; 0: none yet.
        sha256: Hash of that bundle's bytes (hex); empty for none.
    """

    n: int = 0
    sha256: str = ""


NOTHING: Final = Mark()


@dataclass(frozen=True, slots=True)
class SegmentTold:
    """What a manifest says of one segment.

    Attributes:
        generation: Of the key that opens it; `FILLER`: nothing is in it.
        sha256: Hash of its line (hex).
        length: Of its line, in bytes.
    """

    generation: int
    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first line of a bundle, signed by its station.

    Attributes:
        agency: The department's opaque id.
        stream: Whose bundle it is.
        parent: The epoch that this one follows; empty for a station's first.
        n: Its number in the stream, from 1.
        previous: Hash of bundle n - 1 (hex); empty for the first.
        heads: Heads of the registry that the station knew.
        segments: One for each of `SEGMENTS`.
    """

    agency: str
    stream: Stream
    parent: Epoch
    n: int
    previous: str
    heads: tuple[str, ...]
    segments: tuple[SegmentTold, ...]


@dataclass(frozen=True, slots=True)
class FileState:
    """What a receipt says of one encrypted file of its station.

    Attributes:
        generation: The newest key of the file's segments that the station holds.
        applied: Per stream (name), the number up to which all is merged.
        digest: HMAC under the generation key over the set of all changes that bundles brought or
            took, and over `applied` (hex): two stations that applied the same have the same, and
            nobody else sees in which file something was done.
        aside: How many changes were set aside; while there are any, digests may differ.
        purged: Ids of the orders of purge that were carried out in this file.
        audit: The same over the head of the audit chain.
    """

    generation: int
    applied: Mapping[str, int]
    digest: str
    aside: int = 0
    purged: tuple[str, ...] = ()
    audit: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A bundle that the store should hold and does not."""

    stream: str
    n: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one station has written, received and applied; it never says less than an earlier one.

    Attributes:
        agency: The department's opaque id.
        stream: The station and its present epoch.
        counter: Grows with each receipt of this stream, from 1.
        wrote: Marks of all streams that this station ever began, by stream name.
        received: Marks of what it received from others, by stream name.
        files: Of each file that exists at this station.
        need: Bundles that it could not find.
        snapshot: Name of the newest snapshot that this station has written; empty: none.
        heads: Heads of the registry that it knows.
        program: Version of the program there.
    """

    agency: str
    stream: Stream
    counter: int
    wrote: Mapping[str, Mark]
    received: Mapping[str, Mark]
    files: Mapping[Compartment, FileState]
    need: tuple[Wanted, ...] = ()
    snapshot: str = ""
    heads: tuple[str, ...] = ()
    program: str = ""

    @property
    def name(self) -> str:
        """Of its object in a store, below `r/`."""
        return f"{self.stream.name}.{self.counter}"

    @property
    def marks(self) -> tuple[tuple[str, Mark], ...]:
        """How far streams have come there, by name: what was written, and what was received."""
        return (*self.wrote.items(), *self.received.items())


@dataclass(frozen=True, slots=True)
class Marker:
    """hub.json: whose store this is, signed by an administrator. Without it nothing is written.

    Attributes:
        agency: The department's opaque id.
        hub: The store's own random id.
        kind: "folder", "stick", "webdav", "s3" or "azure".
        minimum: Lowest format that may be written here.
        heads: Heads of the registry when it was signed.
        issue: Grows each time the marker is signed anew, from 1.
    """

    agency: str
    hub: str
    kind: str
    minimum: int
    heads: tuple[str, ...]
    issue: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the lines of one bundle in one file.

    Attributes:
        new: Changes that were applied.
        aside: Changes that were set aside.
    """

    new: int = 0
    aside: int = 0


class Aside(StrEnum):
    """Why a line that came is kept and not applied."""

    REFUSED = "refused"  # the record cannot take it: it writes to a signed fact, or is a ring
    TWIN = "twin"  # it has the id of another change, and other words
    UNREADABLE = "unreadable"  # it is no line, or archived bytes are not what their hash says
    NEWER = "newer"  # a newer program wrote it
    AUTHOR = "author"  # the registry has not named its author yet


MAY_PASS: Final = (Aside.NEWER, Aside.AUTHOR)
"""Reasons that end: such lines are tried again."""
