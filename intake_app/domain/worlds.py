"""Other worlds that were found: how far numbers are in them, and which numbers prove what.

A world changes some numbers and leaves all others as they are. What no proof changes was not needed
to be hidden.
"""

from collections.abc import Callable, Set

from intake_app.domain.reach import Move


class Worlds:
    """Notes worlds.

    Args:
        value: What a cell truly is.
    """

    def __init__(self, value: Callable[[int], int]) -> None:
        self._value = value
        self._changed: list[Set[int]] = []  # of each world
        self._lowest: dict[int, tuple[int, int]] = {}  # what it is, and in which world
        self._highest: dict[int, tuple[int, int]] = {}

    def visit(self, move: Move, far: int, at: dict[int, int] | None = None) -> None:
        """Note a world: so many steps of a move from the true one, or from where one is."""
        at = {} if at is None else at
        for cell, share in move.shares.items():
            at[cell] = value = at.get(cell, self._value(cell)) + share * far
            if value < self.low(cell):
                self._lowest[cell] = value, len(self._changed)
            if value > self.high(cell):
                self._highest[cell] = value, len(self._changed)
        self._changed.append(frozenset(at))

    def low(self, cell: int) -> int:
        """The least that a number is in a world."""
        return self._lowest[cell][0] if cell in self._lowest else self._value(cell)

    def high(self, cell: int) -> int:
        """The most."""
        return self._highest[cell][0] if cell in self._highest else self._value(cell)

    def proof(self, cell: int, span: int) -> set[int]:
        """The numbers that are others where this one is, and has to reach so far."""
        worlds = [self._highest[cell][1]] if cell in self._highest else []
        if cell in self._lowest and self.high(cell) - self._value(cell) < span:
            worlds.append(self._lowest[cell][1])
        return set[int]().union(*(self._changed[one] for one in worlds))
