"""Rows without names made less telling: rare codes rolled up, odd numbers capped, k alike.

After `alike` each combination of the columns that an acquaintance could know is shared by at least
k people, or not told. That is k-anonymity over these columns and no more: who knows another thing
about somebody may still find them, and if all who are alike have one outcome, it is told of each.
Source: L. Sweeney, k-anonymity, Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 10
(2002); cells are blanked one column after the other (local suppression).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

NOT_TOLD: Final = ""
"""A cell that is blank: nobody knows, or it would tell too much; the two look the same."""

OTHER: Final = "other"

_Key = TypeVar("_Key", bound=Hashable)

Line = dict[str, str]
"""A row: codes by column."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows of which each is like enough others.

    Attributes:
        kept: Places of the rows that stay, in the list that was given.
        blanked: How many cells were blanked, by column.
        left_out: How many rows are left out, because even blank they were too few.
    """

    kept: tuple[int, ...]
    blanked: Mapping[str, int]
    left_out: int


def alike(rows: Sequence[Line], who: Sequence[str], columns: Sequence[str], k: int) -> Alike:
    """Blank cells, in place, until each combination is shared by k people or is blank.

    Args:
        rows: The rows.
        who: Whose each is; somebody with several rows counts once.
        columns: What an acquaintance could know; what a reader needs least comes first, and is
            blanked first.
        k: How many people have to be alike.
    """
    blanked = dict.fromkeys(columns, 0)
    open_rows = _few(rows, who, columns, k, range(len(rows)))
    for column in columns:
        for n in open_rows:
            if rows[n][column] != NOT_TOLD:
                rows[n][column] = NOT_TOLD
                blanked[column] += 1
        open_rows = _few(rows, who, columns, k, range(len(rows)))
    left = set(open_rows)
    kept = tuple(n for n in range(len(rows)) if n not in left)
    return Alike(kept, blanked, len(left))


def rolled_up(values: Sequence[str], who: Sequence[str], k: int) -> list[str]:
    """Codes of one column: those of fewer than k people become "other", or blank if that is few."""
    common = _common(zip(values, who, strict=True), k)
    found = [one if one == NOT_TOLD or one in common else OTHER for one in values]
    if OTHER in _common(zip(found, who, strict=True), k):
        return found
    return [one if one != OTHER or one in common else NOT_TOLD for one in found]


def capped(values: Sequence[int | None], who: Sequence[str], k: int) -> list[int | None]:
    """Numbers of one column: none is higher than what at least k people reach."""
    most: dict[str, int] = {}
    for value, person in zip(values, who, strict=True):
        if value is not None:
            most[person] = max(value, most.get(person, value))
    reached = sorted(most.values(), reverse=True)
    if len(reached) < k:
        return [None] * len(values)
    return [None if one is None else min(one, reached[k - 1]) for one in values]


def _few(
    rows: Sequence[Line], who: Sequence[str], columns: Sequence[str], k: int, places: Iterable[int]
) -> list[int]:
    """Places of the rows whose combination fewer than k people share."""
    keys = [tuple(rows[n][column] for column in columns) for n in places]
    common = _common(zip(keys, who, strict=True), k)
    return [n for n, key in enumerate(keys) if key not in common]


def _common(pairs: Iterable[tuple[_Key, str]], k: int) -> set[_Key]:
    people: dict[_Key, set[str]] = {}
    for key, person in pairs:
        people.setdefault(key, set()).add(person)
    return {key for key, some in people.items() if len(some) >= k}
