"""How far a hidden count could be from what it is, for all that is known of the sums it is in.

Given whole numbers, sums that somebody knows, and the least that each number can be, it looks for
other whole numbers that fit all of the sums as well. It walks from the true numbers along the edges
of what fits (the simplex method, started inside, on whole numbers), so each place on its way is a
proof: a world that nobody can tell from the true one. It may miss a world; then more is hidden than
would have to be, never less.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

Sum = Mapping[int, int]
"""Cell to how often it counts; all together are a number that is known."""

_STEPS: Final = 120
"""Steps of one walk: sums of a report need a handful; a walk that goes round in circles ends."""

_Rate = int | Fraction


@dataclass(slots=True)
class _Way:
    """One cell that may be moved freely, which way, and how far."""

    cell: int
    sign: int
    far: int
    stop: int | None  # the cell that stops it; None: nothing does before `far`


class Reach:
    """The worlds that fit some sums.

    Args:
        values: The true numbers by cell.
        floors: The least that somebody knows each to be.
        sums: What is known of them.

    Attributes:
        lowest: The lowest that each cell was in a world that fits.
        highest: The highest.
    """

    def __init__(
        self, values: Mapping[int, int], floors: Mapping[int, int], sums: Iterable[Sum]
    ) -> None:
        self._now = dict(values)
        self._floors = floors
        self.lowest, self.highest = dict(values), dict(values)
        self._rows: dict[int, dict[int, _Rate]] = {}  # a bound cell moves by these shares of others
        self._uses: dict[int, set[int]] = {cell: set() for cell in values}
        for one in sums:
            self._add(one)

    def stretch(self, cell: int, high: int, span: int) -> bool:
        """Look for worlds that make a cell at least `high`, and its values `span` apart.

        Returns:
            Whether both were found.
        """
        enough = max(high, self.lowest[cell] + span)
        self._walk(cell, 1, enough)
        if self.highest[cell] < high:
            return False
        if self.highest[cell] - self.lowest[cell] < span:
            self._walk(cell, -1, self.highest[cell] - span)
        return self.highest[cell] - self.lowest[cell] >= span

    # --- the tableau: every bound cell is a mixture of free ones --------------------------------

    def _add(self, known: Sum) -> None:
        row: dict[int, _Rate] = {}
        for cell, times in known.items():
            mixture = self._rows.get(cell, {cell: 1})
            _mix(row, mixture, times)
        if not row:
            return  # it follows from the others
        pivot = min(row, key=lambda one: (abs(row[one]) != 1, len(self._uses[one]), one))
        self._bind(pivot, row)

    def _bind(self, cell: int, zero: dict[int, _Rate]) -> None:
        """Make a free cell a bound one, from a mixture that is always nothing."""
        by = zero.pop(cell)
        over = -by if by in {1, -1} else -1 / Fraction(by)
        row = {one: _plain(share * over) for one, share in zero.items()}
        for user in self._uses[cell]:
            mixed = self._rows[user]
            share = mixed.pop(cell)
            _mix(mixed, row, share)
            for one in row:
                (self._uses[one].add if one in mixed else self._uses[one].discard)(user)
        self._uses[cell] = set()
        self._rows[cell] = row
        for one in row:
            self._uses[one].add(cell)

    def _swap(self, bound: int, free: int) -> None:
        row = self._rows.pop(bound)
        for one in row:
            self._uses[one].discard(bound)
        self._bind(free, {**row, bound: -1})

    # --- walking -----------------------------------------------------------------------------

    def _walk(self, cell: int, sign: int, goal: int) -> None:
        for _ in range(_STEPS):
            missing = sign * (goal - self._now[cell])
            if missing <= 0:
                return
            way = self._best(cell, sign, missing)
            if way is None:
                return
            self._move(way)
            if way.stop is not None and way.stop != way.cell:
                self._swap(way.stop, way.cell)

    def _best(self, cell: int, sign: int, missing: int) -> _Way | None:
        """The way that brings a cell farthest; one that only turns a corner if none does."""
        row = self._rows.get(cell, {cell: 1})
        corner: _Way | None = None
        best, gain = corner, 0
        for one in sorted(row):
            share = row[one]
            way = self._way(one, sign if share > 0 else -sign, _ceil(missing, abs(share)))
            if way is None:
                continue
            if way.far * abs(share) > gain:
                best, gain = way, way.far * abs(share)
            corner = corner or way
        return best or corner

    def _way(self, free: int, sign: int, enough: int) -> _Way | None:
        far, stop = enough, None
        if sign < 0 and self._now[free] - self._floors[free] < far:
            far, stop = self._now[free] - self._floors[free], free
            if far == 0:
                return None
        whole = 1
        for user in self._uses[free]:
            rate = self._rows[user][free] * sign
            if isinstance(rate, Fraction):
                whole = lcm(whole, rate.denominator)
            if rate < 0:
                room = int((self._now[user] - self._floors[user]) / -rate) if rate != -1 else (
                    self._now[user] - self._floors[user])  # fmt: skip
                if room < far or (room == far and stop is not None and user < stop):
                    far, stop = room, user
        return _Way(free, sign, far - far % whole, stop)

    def _move(self, way: _Way) -> None:
        if way.far == 0:
            return
        step = way.sign * way.far
        self._put(way.cell, self._now[way.cell] + step)
        for user in self._uses[way.cell]:
            self._put(user, self._now[user] + int(self._rows[user][way.cell] * step))

    def _put(self, cell: int, value: int) -> None:
        self._now[cell] = value
        self.lowest[cell] = min(self.lowest[cell], value)
        self.highest[cell] = max(self.highest[cell], value)


def _mix(into: dict[int, _Rate], mixture: Mapping[int, _Rate], times: _Rate) -> None:
    for cell, share in mixture.items():
        total = into.get(cell, 0) + share * times
        if total:
            into[cell] = _plain(total)
        else:
            into.pop(cell, None)


def _plain(rate: _Rate) -> _Rate:
    return rate.numerator if isinstance(rate, Fraction) and rate.denominator == 1 else rate


def _ceil(number: int, by: _Rate) -> int:
    return -int(-number // by)
