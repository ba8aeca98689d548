"""What a scan or photo is: its kind by content, and whether it carries more than what is seen.

A file name says nothing, so nothing here reads one. Pictures must come without hidden data (where
and with which camera they were taken): the window draws them anew before they are handed on, and
`has_hidden_data` is how the service makes sure of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MEGABYTE: Final = 1_000_000

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_JPEG_END: Final = b"\xff\xd9"
_PDF: Final = b"%PDF-"
_PNG_SEEN: Final = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD",
    b"sBIT",
})  # fmt: skip
"""Chunks that are needed to draw a PNG; whatever else there is could say something."""

_APP0, _ADOBE, _APP15, _COMMENT, _SCAN = 0xE0, 0xEE, 0xEF, 0xFE, 0xDA


class Kind(StrEnum):
    """What is kept, as it can be opened here."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


@dataclass(frozen=True, slots=True)
class CleanPdf:
    """A PDF that holds pages and nothing else.

    Attributes:
        data: Its bytes, without what it said of its author.
        pages: How many.
    """

    data: bytes = field(repr=False)
    pages: int


def kind_of(data: bytes) -> Kind | None:
    """The kind by the first bytes; None: none that is kept."""
    for start, kind in ((_PNG, Kind.PNG), (_JPEG, Kind.JPEG), (_PDF, Kind.PDF)):
        if data.startswith(start):
            return kind
    return None


def has_hidden_data(data: bytes) -> bool:
    """Whether a picture carries anything besides the picture; a broken one does."""
    if kind_of(data) is Kind.PNG:
        names = list(_png_chunks(data))
        return names[-1:] != [b"IEND"] or not _PNG_SEEN.issuperset(names)
    if kind_of(data) is Kind.JPEG:
        markers = [marker for marker, _ in _jpeg_places(data)]
        return markers[-1:] != [_SCAN] or any(map(_says_something, markers))
    return True


def without_words(data: bytes) -> bytes:
    """A JPEG without what it says besides the picture; how its colors are mixed stays."""
    if kind_of(data) is not Kind.JPEG:
        return data
    places = list(_jpeg_places(data))
    ends = [*(place for _, place in places[1:]), len(data)]
    spans = zip(places, ends, strict=True)
    kept = [data[place:end] for (marker, place), end in spans
            if marker == _ADOBE or not _says_something(marker)]  # fmt: skip
    return b"".join((data[:2], *kept)) if places else data


def is_whole(data: bytes) -> bool:
    """Whether a picture reaches its end; a reader would make something up for the rest."""
    if kind_of(data) is Kind.PNG:
        return b"IEND" in _png_chunks(data)
    if kind_of(data) is Kind.JPEG:
        start = next((place for marker, place in _jpeg_places(data) if marker == _SCAN), -1)
        return start >= 0 and data.find(_JPEG_END, start) >= 0
    return bool(data)


def _says_something(marker: int) -> bool:
    return marker == _COMMENT or _APP0 < marker <= _APP15


def _png_chunks(data: bytes) -> Iterator[bytes]:
    """The names of all chunks; an empty one where the file ends too early or too late."""
    place = len(_PNG)
    while place + 12 <= len(data):
        name = data[place + 4 : place + 8]
        yield name
        place += 12 + int.from_bytes(data[place : place + 4], "big")
        if name == b"IEND":
            break
    if place != len(data):
        yield b""


def _jpeg_places(data: bytes) -> Iterator[tuple[int, int]]:
    """The markers up to the picture itself, with where they stand."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        yield marker, place
        if marker == _SCAN:
            return
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
