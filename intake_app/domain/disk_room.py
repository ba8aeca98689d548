"""How long the disk will last, from how it filled in the last weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

LEAST: Final = 512 * 1024 * 1024
"""Bytes that are left free in any case: Windows and the paging file need them."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SPAN_DAYS: Final = 28
_FAR: Final = 3650


@dataclass(frozen=True, slots=True)
class Room:
    """The disk on one day.

    Attributes:
        day: See `day_of`.
        free: Bytes.
        files: Bytes of all files of records.
    """

    day: int
    free: int
    files: int


def day_of(at: datetime) -> int:
    """The day of a moment: days since 1970-01-01."""
    return (at - _EPOCH).days


def days_left(rooms: Sequence[Room]) -> int | None:
    """In how many days there is no room for a backup, if it goes on like this.

    The disk fills by whatever fills it: the line through the free space of the last four weeks
    counts, and the growth of the files. A disk that was emptied in between is taken from there.

    Args:
        rooms: One a day, the oldest first.

    Returns:
        0: there is none now. None: not within ten years, or too little is known.
    """
    if not rooms:
        return None
    last = rooms[-1]
    spare = last.free - LEAST - last.files
    if spare <= 0:
        return 0
    known = [one for one in rooms if last.day - one.day <= _SPAN_DAYS]
    begun = max(range(len(known)), key=lambda n: known[n].free)  # since it was emptied last
    falling = -_slope([(one.day, one.free) for one in known[begun:]])
    growing = 2 * _slope([(one.day, one.files) for one in known])  # the file, and its copy
    rate = max(falling, growing)
    if rate <= 0:
        return None
    left = int(spare / rate)
    return left if left < _FAR else None


def _slope(points: Sequence[tuple[int, int]]) -> float:
    """Of the line through some points (least squares), in bytes a day; 0 where there is none."""
    if len(points) < 2:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    wide = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / wide if wide else 0.0
