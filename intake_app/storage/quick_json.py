"""JSON, quickly: the one home of orjson. What it says is what the standard library says.

orjson takes a fifth of the time, and differs in three things: it reads a whole number that is too
long for a processor as a float, it writes large and tiny floats another way, and it refuses halves
of characters. So whatever holds a float, or is refused, goes to the standard library.
"""

import json
from collections.abc import Collection
from typing import Any, Final, TypeAlias, cast

import orjson

Said: TypeAlias = Any
"""What JSON can say."""

_EXACT: Final = frozenset({str, int, bool, type(None)})
_encode: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False
).encode  # fmt: skip


def to_text(value: object) -> str:
    """The shortest text of a value."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a number too long, half a character
        return _encode(value)


def from_text(text: str | bytes) -> Said:
    """What a text says.

    Raises:
        ValueError: It is no JSON.
    """
    said = orjson.loads(text)
    return said if is_exact(said) else json.loads(text)


def from_own_text(line: bytes) -> Said:
    """What a line says, if it is the very text that the standard library would write.

    That is certain where `is_exact` says so; whoever asks looks at the parts that may hold floats.

    Returns:
        The value, or None: then it has to be looked at slowly.
    """
    try:
        said = orjson.loads(line)
    except ValueError:
        return None
    return said if orjson.dumps(said) == line else None


def is_exact(value: Said) -> bool:
    """Whether a value holds no float, so that both libraries read and write it alike."""
    if type(value) is dict:
        return _are_exact(cast("dict[str, Said]", value).values())
    if type(value) is list:
        return _are_exact(cast("list[Said]", value))
    return type(value) in _EXACT


def _are_exact(values: Collection[Said]) -> bool:
    if _EXACT.issuperset(map(type, values)):
        return True
    return all(map(is_exact, [one for one in values if type(one) not in _EXACT]))
