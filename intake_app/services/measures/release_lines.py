"""A report as plain lists and words, to be kept in a record, and back; with all that it needs.

What was released has to read the same in ten years, whatever measures, code tables or words are
then; so the definitions stand in it, and nothing is looked up. A field that is newer than a release
has its default there.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints

from intake_app.domain.change import Value

_Made = TypeVar("_Made")
_Kind: TypeAlias = Any


def plain(one: object) -> Value:
    """Lists and words, as JSON can say them."""
    if is_dataclass(one) and not isinstance(one, type):
        return {part.name: plain(getattr(one, part.name)) for part in fields(one)}
    if isinstance(one, Enum):
        return one.value
    if isinstance(one, Mapping):
        pairs = cast("Mapping[object, object]", one).items()
        return [[plain(key), plain(value)] for key, value in pairs]
    if isinstance(one, tuple | list):
        return [plain(part) for part in cast("list[object]", one)]
    return one


def made(kind: type[_Made], lines: Value) -> _Made:
    """What `plain` was made of.

    Raises:
        ValueError: It is something else.
    """
    try:
        return _made(kind, lines)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError from error


def _made(kind: _Kind, lines: Value) -> Value:
    if is_dataclass(kind):
        hints = get_type_hints(cast("type", kind))
        known = {part.name for part in fields(kind)} & set(lines)
        return cast("_Kind", kind)(**{name: _made(hints[name], lines[name]) for name in known})
    origin = get_origin(kind)
    if origin is not None:
        return _of_many(origin, get_args(kind), lines)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(lines)
    return lines


def _of_many(origin: _Kind, inner: tuple[_Kind, ...], lines: Value) -> Value:
    if origin is UnionType:
        return None if lines is None else _made(inner[0], lines)
    if origin is tuple and inner[-1] is not ...:
        return tuple(_made(one, line) for one, line in zip(inner, lines, strict=True))
    if origin is tuple:
        return tuple(_made(inner[0], one) for one in lines)
    if origin is list:
        return [_made(inner[0], one) for one in lines]
    return {_made(inner[0], key): _made(inner[1], value) for key, value in lines}
