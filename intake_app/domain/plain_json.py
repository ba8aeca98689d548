"""JSON in one form: the same value has the same bytes, so that it can be hashed, signed, compared.

A text that says a name twice, or is spelled otherwise, is not read: two programs might read it in
two ways.
"""

import json
from typing import Any, cast


def canonical(value: object) -> bytes:
    """The one way to write a JSON value, for hashes, signatures and authenticated data."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def read_canonical(data: bytes, most: int) -> dict[str, Any]:
    """An object that `canonical` wrote.

    Args:
        data: From anywhere.
        most: Bytes; longer ones are not even looked at.

    Raises:
        ValueError: It is too long, no object, or written in another way.
    """
    if len(data) > most:
        raise ValueError("too long")
    try:
        found: object = json.loads(data, parse_constant=_refuse, parse_float=_refuse)
        if type(found) is not dict or canonical(cast("object", found)) != data:
            raise ValueError("not in the one form")
    except RecursionError as error:
        raise ValueError("too deep") from error
    return cast("dict[str, Any]", found)


def _refuse(number: str) -> float:
    raise ValueError("a number that is not whole")
