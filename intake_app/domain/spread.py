"""Median and quartiles of whole numbers, from how often each occurred.

Definition: the smallest value that at least the share of all values does not exceed (the inverse of
the empirical distribution; Hyndman and Fan 1996, type 1; "nearest rank"). It is always a value that
occurred, so "12 days" is somebody's 12 days, and of an even number the median is the lower of the
two in the middle.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the middle half of some values lies.

    Attributes:
        first_quartile: A quarter of them are at most this.
        median: Half of them.
        third_quartile: Three quarters of them.
    """

    first_quartile: int
    median: int
    third_quartile: int


def spread_of(times: Mapping[int, int]) -> Spread | None:
    """Median and quartiles; None where nothing occurred.

    Args:
        times: How often each value occurred.
    """
    count = sum(times.values())
    if count < 1:
        return None
    return Spread(*(_at(times, -(-count * quarter // 4)) for quarter in (1, 2, 3)))


def _at(times: Mapping[int, int], rank: int) -> int:
    """The value of this rank, counted from 1."""
    for value in sorted(times):
        rank -= times[value]
        if rank <= 0:
            return value
    raise AssertionError
