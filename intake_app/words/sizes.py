"""Amounts of bytes as people say them; what is needed is rounded up, what is free down."""

from typing import Final

_KB, _MB, _GB = 1000, 1000**2, 1000**3
_MANY_MB: Final = 10_000 * _MB


def size_in_words(size: int, *, is_needed: bool = False) -> str:
    """Say "12 MB": whole numbers, in units that can be compared.

    Args:
        size: Bytes.
        is_needed: Round up; otherwise down.
    """
    unit, name = _KB, "KB"
    if size >= _MANY_MB:
        unit, name = _GB, "GB"
    elif size >= _MB:
        unit, name = _MB, "MB"
    return f"{-(-size // unit) if is_needed else size // unit} {name}"
