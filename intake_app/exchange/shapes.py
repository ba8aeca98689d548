"""The shape of what stations sign: strict, bounded, and nothing that a folder could be made of.

Every check raises ValueError; who reads a whole thing says which of our errors that is.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, cast

from intake_app.domain.exchange import Mark, Stream
from intake_app.domain.ids import Epoch, StationId

MOST_N: Final = 1_000_000_000
"""Numbers of bundles, counters, generations, issues."""

MOST_HEADS: Final = 1_000
MOST_STREAMS: Final = 10_000

_STATION: Final = re.compile(r"[a-z0-9-]{1,32}").fullmatch
_EPOCH: Final = re.compile(r"[a-z0-9]{4,16}").fullmatch
_HASH: Final = re.compile(r"[0-9a-f]{64}").fullmatch
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}").fullmatch
_LABEL: Final = re.compile(r"[\x20-\x7e]{1,64}").fullmatch
_T = TypeVar("_T")


def members(raw: object, names: set[str]) -> dict[str, Any]:
    """An object with just these members."""
    found = cast("dict[str, Any]", raw)
    if type(raw) is not dict or set(found) != names:
        raise ValueError("members")
    return found


def number(raw: object, least: int = 0, most: int = MOST_N) -> int:
    """A whole number; true and false are none."""
    if type(raw) is not int or not least <= raw <= most:
        raise ValueError("number")
    return raw


def hash_of(raw: object) -> str:
    """A SHA-256 in hex."""
    return _matching(raw, _HASH)


def hash_or_none(raw: object) -> str:
    """A SHA-256 in hex, or an empty text."""
    return "" if raw == "" and type(raw) is str else hash_of(raw)


def name(raw: object) -> str:
    """An opaque name of small letters, digits and hyphens; never a path."""
    return _matching(raw, _NAME)


def label(raw: object) -> str:
    """A short text in ASCII."""
    return _matching(raw, _LABEL)


def epoch(raw: object) -> Epoch:
    """The id of an epoch."""
    return Epoch(_matching(raw, _EPOCH))


def epoch_or_none(raw: object) -> Epoch:
    """The id of an epoch, or an empty text."""
    return Epoch("") if raw == "" and type(raw) is str else epoch(raw)


def stream(station: object, of: object) -> Stream:
    """A station in an epoch."""
    return Stream(StationId(_matching(station, _STATION)), epoch(of))


def stream_name(raw: object) -> str:
    """What `Stream.name` says of some stream."""
    station, dot, of = raw.partition(".") if isinstance(raw, str) else ("", "", "")
    if not dot:
        raise ValueError("stream")
    return stream(station, of).name


def mark(raw: object) -> Mark:
    """How far a stream goes: [n, hash]; the hash is empty where there is no bundle yet."""
    n, sha256 = items(raw, 2, lambda one: one)
    found = Mark(number(n), hash_or_none(sha256))
    if bool(found.n) != bool(found.sha256):
        raise ValueError("mark")
    return found


def items(raw: object, most: int, read: Callable[[Any], _T]) -> tuple[_T, ...]:
    """A list, each item read; not longer than `most`."""
    found = cast("list[Any]", raw)
    if type(raw) is not list or len(found) > most:
        raise ValueError("list")
    return tuple(read(one) for one in found)


def by_name(
    raw: object, read_name: Callable[[object], str], read: Callable[[Any], _T]
) -> dict[str, _T]:
    """An object whose members' names are data."""
    found = cast("dict[str, Any]", raw)
    if type(raw) is not dict or len(found) > MOST_STREAMS:
        raise ValueError("names")
    return {read_name(key): read(value) for key, value in found.items()}


def heads(raw: object) -> tuple[str, ...]:
    """Heads of the registry: sorted, each once."""
    found = items(raw, MOST_HEADS, hash_of)
    if list(found) != sorted(set(found)):
        raise ValueError("heads")
    return found


def kind(raw: Mapping[str, Any], expected: str) -> None:
    """What this signed thing is: nothing signed for one use counts for another."""
    if raw.get("type") != expected:
        raise ValueError("type")


def version(raw: Mapping[str, Any]) -> int:
    """The format that a signed thing names."""
    return number(raw.get("v"), 1)


def _matching(raw: object, pattern: Callable[[str], object]) -> str:
    if type(raw) is not str or not pattern(raw):
        raise ValueError("text")
    return raw
