"""A name that stands in one cell: last name, comma, first name; nothing else is taken apart."""

from typing import Final

_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_WITH_SUFFIX: Final = 3


def name_parts(text: str) -> tuple[str, str] | None:
    """Last and first name of "Smith, John", "Smith, John, Jr." or "Smith, Jr., John".

    Returns:
        Last name, with what belongs to it, and first name. None where a person has to say it:
        without a comma nobody knows which word is the last name.
    """
    parts = [" ".join(part.split()) for part in text.split(",")]
    more = [part for part in parts[1:] if part.rstrip(".").casefold() in _SUFFIXES]
    first = [part for part in parts[1:] if part not in more]
    if not parts[0] or len(first) != 1 or not first[0] or len(parts) > _WITH_SUFFIX:
        return None
    return " ".join((parts[0], *more)), first[0]
