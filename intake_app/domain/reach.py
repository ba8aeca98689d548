"""Other worlds: numbers that fit all that is known of them as well as the true ones do.

A world is found by moving numbers against each other: one goes up, another of the same sum goes
down, and so on until every sum is what it was. Numbers stay whole, and none falls below what is
known to be its least. Each world that is found is a proof, so it does not matter that some are not
found: then more is hidden than would have to be, never less.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final

Sum = Mapping[int, int]
"""Cell to how often it counts; all together are a number that is known."""

_TRIES: Final = 90
"""Steps of one search. Moves that protect are short; long ones are not worth looking for."""

_OPEN: Final = 1.5
"""What a sum that is not right yet will cost, about: one number more that is hidden."""

_LONG: Final = 0.02


@dataclass(frozen=True, slots=True)
class Move:
    """Numbers that go up and down together.

    Attributes:
        shares: Cell to how far it goes for each step of the first one.
        cost: What would have to be hidden for it.
    """

    shares: Mapping[int, int]
    cost: float = 0


@dataclass(order=True, slots=True)
class _Try:
    worth: float
    age: int
    cost: float = field(compare=False)
    shares: dict[int, int] = field(compare=False)
    off: dict[int, int] = field(compare=False)  # sums, and by how much they are not what they were
    wrong: frozenset[int] = field(compare=False)  # sums of these that nothing makes up for


@dataclass(frozen=True, slots=True)
class Goal:
    """What a move is wanted for.

    Attributes:
        cell: Which cell is to go up or down.
        sign: 1: up; -1: down.
        far: How far.
        at: Cells that are not at their true value now, and what they are.
        is_free: Nothing more may be hidden for it.
        band: Which numbers of one place go together: as if whole people went, with all that they
            did. Else every number goes alone.
        longer: How many times longer than usual is looked for it.
    """

    cell: int
    sign: int
    far: int
    at: Mapping[int, int] = field(default_factory=dict[int, int])
    is_free: bool = False
    band: frozenset[object] = frozenset()
    longer: int = 1


class Mover:
    """Looks for moves.

    A cell that stands nowhere and in one sum alone makes up for the others of that sum as far as it
    reaches; it is never looked for.

    Args:
        values: What each cell is.
        sums: All that is known.
        of: Cell to the sums that it is in.
        floor: The least that a cell is known to be.
        price: What hiding a cell costs; 0: it is hidden, or stands nowhere; None: it cannot be.

    Attributes:
        mates: Cell to those of the same place.
        kinds: Of each cell, whom it counts, wherever.
    """

    def __init__(
        self,
        values: Sequence[int],
        sums: Sequence[Sum],
        of: Mapping[int, Sequence[int]],
        floor: Callable[[int], int],
        price: Callable[[int], float | None],
    ) -> None:
        self._values, self._sums, self._of = values, sums, of
        self._floor, self._price = floor, price
        self._rest: dict[int, int] = {}  # sum to the cell that makes up for the others
        self._sizes = [len(one) for one in sums]
        self._together: dict[tuple[int, frozenset[object]], list[int]] = {}
        self.mates: dict[int, Sequence[int]] = {}
        self.kinds: Sequence[object] = ()

    def makes_up(self, which: int, cell: int) -> None:
        """Say which cell makes up for the others of a sum."""
        self._rest[which] = cell

    def find(self, goal: Goal) -> Move | None:
        """The cheapest move that was found; None: none was."""
        together = [one for one in self._mates(goal, goal.cell)
                    if one == goal.cell or self._may_go(goal, one, goal.sign)]  # fmt: skip
        start = self._with(goal, _Try(0, 0, 0, {}, {}, frozenset()), together, goal.sign)
        waiting, seen, age = [start], set[frozenset[int]](), 0
        for _ in range(_TRIES * goal.longer):
            if not waiting:
                return None
            best = heappop(waiting)
            if not best.wrong:
                return Move(self._all_of(goal, best), best.cost)
            key = frozenset(best.shares)
            if key in seen:
                continue
            seen.add(key)
            for cells, share in self._ways(goal, best):
                age += 1
                follow = self._with(goal, best, cells, share)
                follow.age = age
                heappush(waiting, follow)
        return None

    def room(self, move: Move, at: Mapping[int, int]) -> int:
        """How many steps a move can go until a number is at its least; -1: for ever."""
        rooms = [
            (at.get(cell, self._values[cell]) - self._floor(cell)) // -share
            for cell, share in move.shares.items() if share < 0
        ]  # fmt: skip
        return min(rooms, default=-1)

    # --- inside --------------------------------------------------------------------------------

    def _ways(self, goal: Goal, best: _Try) -> Iterable[tuple[Sequence[int], int]]:
        """What could bring one sum back to what it was: the one with the fewest numbers."""
        which = min((self._sizes[one], one) for one in best.wrong)[1]
        off, rest = best.off[which], self._rest.get(which)
        for cell, times in self._sums[which].items():
            if cell in best.shares or cell == rest or off % times:
                continue
            share = -off // times
            together = [one for one in self._mates(goal, cell) if one not in best.shares]
            for cells in (together, [cell]) if len(together) > 1 else ([cell],):
                if all(self._may_go(goal, one, share) for one in cells):
                    yield cells, share
                    break

    def _mates(self, goal: Goal, cell: int) -> Sequence[int]:
        """The numbers of a place that go together."""
        if not goal.band:
            return [cell]
        found = self._together.get((cell, goal.band))
        if found is None:
            others = [one for one in self.mates.get(cell, ())
                      if one != cell and self.kinds[one] in goal.band]  # fmt: skip
            found = self._together[cell, goal.band] = [cell, *others]
        return found

    def _may_go(self, goal: Goal, cell: int, share: int) -> bool:
        price = self._price(cell)
        if price is None or (goal.is_free and price):
            return False
        return share > 0 or self._room(goal, cell) >= -share * goal.far

    def _with(self, goal: Goal, best: _Try, cells: Sequence[int], share: int) -> _Try:
        off, wrong, shares = dict(best.off), set(best.wrong), dict(best.shares)
        total, tight = best.cost, 0.0
        for cell in cells:
            shares[cell] = share
            total += self._price(cell) or 0
            tight += 0 if share > 0 else 1 / (2 + self._values[cell])
            for which in self._of.get(cell, ()):
                off[which] = now = off.get(which, 0) + share * self._sums[which][cell]
                (wrong.add if self._is_wrong(goal, which, now) else wrong.discard)(which)
        worth = total + _OPEN * len(wrong) + _LONG * len(shares) + tight
        return _Try(worth, 0, total, shares, off, frozenset(wrong))

    def _is_wrong(self, goal: Goal, which: int, off: int) -> bool:
        rest = self._rest.get(which)
        if not off or rest is None or rest == goal.cell:
            return bool(off)
        share = -off * self._sums[which][rest]  # it counts once, or is taken off once
        return share < 0 and self._room(goal, rest) < -share * goal.far

    def _all_of(self, goal: Goal, best: _Try) -> dict[int, int]:
        shares = dict(best.shares)
        for which, off in best.off.items():
            rest = self._rest.get(which)
            if off and rest is not None and rest != goal.cell:
                shares[rest] = -off * self._sums[which][rest]
        return shares

    def _room(self, goal: Goal, cell: int) -> int:
        return goal.at.get(cell, self._values[cell]) - self._floor(cell)
