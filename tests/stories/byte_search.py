"""Looks for a value in raw bytes, in every form in which a program could have left it there."""

import base64
import json
import zlib
from collections.abc import Iterator

ZSTD = b"\x28\xb5\x2f\xfd"
"""The head of a zstd frame; there may be none at all, because this program writes none yet."""

_ZLIB = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")
_GZIP = b"\x1f\x8b\x08"
_MOST = 4_000_000
_STARTS = (0, 2, 3)  # the first whole letter of a value behind 0, 1 or 2 other bytes


def forms(value: str) -> Iterator[tuple[str, bytes]]:
    """A value as text, in base64 and in hex; without regard to capitals where that can be."""
    for code in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = value.encode(code)
        yield code, raw
        yield f"small {code}", lowered(value.lower().encode(code))
        yield f"hex of {code}", raw.hex().encode()
        for before, start in enumerate(_STARTS):
            whole = (before + len(raw)) // 3 * 4
            for altchars in (b"+/", b"-_"):
                coded = base64.b64encode(bytes(before) + raw, altchars)[start:whole]
                yield f"base64 {before} of {code}", coded
    yield "escaped", json.dumps(value)[1:-1].encode()


def lowered(data: bytes) -> bytes:
    """Letters from A to Z made small; other bytes stay."""
    return data.lower()


def layers(data: bytes, depth: int = 2) -> Iterator[bytes]:
    """The bytes, and what is packed inside them."""
    yield data
    if not depth:
        return
    for head, window in (*((head, zlib.MAX_WBITS) for head in _ZLIB), (_GZIP, 31)):
        at = data.find(head)
        while at >= 0:
            if inside := _unpacked(data[at:], window):
                yield from layers(inside, depth - 1)
            at = data.find(head, at + 1)


def _unpacked(data: bytes, window: int) -> bytes:
    try:
        return zlib.decompressobj(window).decompress(data, _MOST)
    except zlib.error:
        return b""


def found(data: bytes, values: list[str]) -> list[tuple[str, str]]:
    """Which values are there, and in which form."""
    hits: list[tuple[str, str]] = []
    for layer in layers(data):
        small = lowered(layer)
        for value in values:
            hits += [
                (value, form)
                for form, needle in forms(value)
                if len(needle) > 5 and (needle in layer or needle in small)
            ]
    return hits
