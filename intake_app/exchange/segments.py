"""Lines of changes as one padded block, so that its length tells nothing, and back, bounded.

A block is 4 bytes of length (big-endian), one zstd frame of JSON Lines, and zeros up to 4, 16, 64,
256 KiB, and so on. The frame names the size of what it holds, so that no bomb is opened.
"""

from collections.abc import Sequence
from typing import Final

import zstandard

from intake_app.domain.exchange_errors import Altered, Oversized

FIRST_SIZE: Final = 4 * 1024
"""Bytes; the sizes of blocks are this, and each four times the one before."""

MOST_BLOCK: Final = 64 * 1024 * 1024
"""Bytes of a block."""

MOST_PLAIN: Final = 64 * 1024 * 1024
"""Bytes of all lines of a segment, line ends included."""

MOST_LINE: Final = 32 * 1024 * 1024
"""Bytes of one line; an archived paper is one."""

MOST_LINES: Final = 200_000
"""Lines of a segment."""

_LEVEL: Final = 3
_HEAD: Final = 4


def pack(lines: Sequence[bytes]) -> bytes:
    """Lines as a padded block.

    Raises:
        Oversized: More than anybody would read.
        ValueError: A line is empty or holds a line end.
    """
    for line in lines:
        if not line or b"\n" in line:
            raise ValueError("line")
    if not _are_within_bounds(lines):
        raise Oversized("segment")
    frame = zstandard.ZstdCompressor(level=_LEVEL).compress(b"".join(one + b"\n" for one in lines))
    inside = len(frame).to_bytes(_HEAD, "big") + frame
    size = padded_size(len(inside))
    if size > MOST_BLOCK:
        raise Oversized("segment")
    return inside.ljust(size, b"\0")


def unpack(block: bytes) -> list[bytes]:
    """The lines of a block that may come from anywhere.

    Raises:
        Altered: It is none.
        Oversized: It holds more than it may; no more than the bounds was ever in memory.
    """
    frame = _frame(block)
    try:
        size = zstandard.frame_content_size(frame)
        if size > MOST_PLAIN:
            raise Oversized("segment")
        if size < 0:
            raise Altered("size not told")
        plain = zstandard.ZstdDecompressor(max_window_size=MOST_PLAIN).decompress(
            frame, max_output_size=MOST_PLAIN, allow_extra_data=False
        )
    except zstandard.ZstdError as error:
        raise Altered("frame") from error
    return _split(plain)


def padded_size(length: int) -> int:
    """4, 16, 64, 256 KiB, and so on: the smallest that holds so many bytes."""
    size = FIRST_SIZE
    while size < length:
        size *= 4
    return size


def _frame(block: bytes) -> bytes:
    if len(block) > MOST_BLOCK:
        raise Oversized("block")
    length = int.from_bytes(block[:_HEAD], "big")
    end = _HEAD + length
    is_whole = len(block) > _HEAD and end <= len(block) and len(block) == padded_size(end)
    if not is_whole or block.count(0, end) != len(block) - end:
        raise Altered("padding")
    return block[_HEAD:end]


def _split(plain: bytes) -> list[bytes]:
    if not plain:
        return []
    if plain.count(b"\n") > MOST_LINES:
        raise Oversized("lines")
    *lines, rest = plain.split(b"\n")
    if rest or not all(lines):
        raise Altered("lines")
    if not _are_within_bounds(lines):
        raise Oversized("lines")
    return lines


def _are_within_bounds(lines: Sequence[bytes]) -> bool:
    if len(lines) > MOST_LINES or sum(map(len, lines)) + len(lines) > MOST_PLAIN:
        return False
    return max(map(len, lines), default=0) <= MOST_LINE
