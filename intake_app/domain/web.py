"""Numbers of a report and what somebody knows of their sums; which of them have to be hidden.

The rule: a number that has to be hidden (a count from 1 to one less than the limit) is hidden well
when somebody who knows every number that is told, every sum, and that nothing hidden is zero, must
still hold it possible that it is no small number, and cannot narrow it down to fewer numbers than a
small one could be. Until that holds, the smallest numbers beside it are hidden as well.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from typing import Final

from intake_app.domain.reach import Goal, Move, Mover
from intake_app.domain.worlds import Worlds

_PUSHES: Final = 12
"""Moves, one after the other, that are tried before more is hidden."""

_LONGER: Final = 4
"""So many times longer is looked before a kind of table is given up."""

_OFTEN: Final = 8

_RANKS: Final = (60.0, 4.0, 1.0)
"""What hiding a whole, a row, the inside of a table costs, beside its size."""


@dataclass(slots=True)
class Cell:
    """One number.

    Attributes:
        value: What it is, never below 0.
        is_shown: It stands on the page unless it is hidden; else it only follows from others.
        high: To be hidden well it must be possible that it is at least this; 0: anything may be
            known of it.
        span: And that it is one of numbers this far apart.
        shape: The cuts of its table.
        place: Where in a table, and in which days.
        kind: Whom it counts, wherever.
        shows: How often it stands on the page. What many figures need is the last to go.
        is_apart: Only as a reason, or as what was left out: that is less than a total.
        is_hidden: It is not told.
        is_out: It was told before, nothing can hide it any more.
    """

    value: int
    is_shown: bool = True
    high: int = 0
    span: int = 0
    shape: frozenset[str] = frozenset()
    place: object = None
    kind: object = None
    shows: int = 1
    is_apart: bool = False
    is_hidden: bool = False
    is_out: bool = False

    @property
    def depth(self) -> int:
        """How far inside a table it is: by how many cuts."""
        return len(self.shape)

    @property
    def is_known(self) -> bool:
        """Whether everybody can read it."""
        return self.is_out or (self.is_shown and not self.is_hidden)


class Web:
    """Cells and the sums that bind them.

    Args:
        least: The smallest count that is told, besides zero.
    """

    def __init__(self, least: int) -> None:
        self.least = least
        self.cells: list[Cell] = []
        self.sums: list[dict[int, int]] = []
        self._of: dict[int, list[int]] = {}  # cell to sums
        self._tied: dict[int, frozenset[int]] = {}
        self._alike: dict[int, int] = {}  # cell to another that is the same number
        self._over: defaultdict[int, list[int]] = defaultdict(list)
        self._under: defaultdict[int, list[int]] = defaultdict(list)
        self._between: dict[int, tuple[int, int]] = {}
        self._kinds: list[int] = []
        self._worlds = Worlds(lambda cell: self.cells[cell].value)
        self._spent = set[int]()  # of these nothing is left that could be hidden
        self._known_bands: dict[int, list[frozenset[object]]] = {}

    def add(self, cell: Cell) -> int:
        """Put a cell in; small ones are hidden from the beginning. Returns its key."""
        if 0 < cell.value < self.least and not cell.high:
            cell.high, cell.span = self.least, self.least - 1
        if cell.high and cell.is_shown:
            cell.is_hidden = True
        self.cells.append(cell)
        return len(self.cells) - 1

    def show(self, cell: int, *, is_apart: bool = False) -> None:
        """A number that only followed from others, or stands elsewhere, is on the page as well."""
        one = self.cells[cell]
        one.is_apart, one.shows = is_apart and (one.is_apart or not one.is_shown), one.shows + 1
        one.is_shown, one.is_hidden = True, one.is_hidden or bool(one.high)

    def bind(self, whole: int, parts: Iterable[int]) -> None:
        """A cell is the sum of others, or differs from it by a number that everybody may know."""
        known: dict[int, int] = {whole: -1}
        for part in parts:
            known[part] = known.get(part, 0) + 1
        self._bind({cell: times for cell, times in known.items() if times})

    def bind_known(self, parts: Iterable[int]) -> None:
        """Somebody knows the sum of some cells, from wherever."""
        self._bind(dict.fromkeys(parts, 1))

    def same(self, one: int, other: int) -> None:
        """Two cells are the same number, whoever it counts."""
        one, other = self.first(one), self.first(other)
        if one != other:
            self._alike[max(one, other)] = min(one, other)

    def first(self, cell: int) -> int:
        """The cell that stands for all that are the same number."""
        while cell in self._alike:
            cell = self._alike[cell]
        return cell

    def tie(self, cells: frozenset[int]) -> None:
        """Numbers that are told together or not at all."""
        for cell in cells:
            self._tied[cell] = self._tied.get(cell, frozenset()) | cells

    def protect(self, also: Iterable[int] = ()) -> set[int]:
        """Hide what has to be hidden.

        Args:
            also: Numbers that are hidden anyway.

        Returns:
            All cells that are hidden.
        """
        self._join()
        for cell in (*also, *(n for n, one in enumerate(self.cells) if one.is_hidden)):
            self._hide(self.first(cell))
        before = {n for n, one in enumerate(self.cells) if one.is_hidden}
        mover = self._mover()
        for cell in sorted(self._needy(), key=self._urgency):
            while cell not in self._spent and not self._is_well(cell):
                self._look(mover, cell)
        self._tell_again(before)
        return {n for n in range(len(self.cells)) if self.is_hidden(n)}

    def is_well(self, cell: int) -> bool:
        """Whether a number is hidden as well as it has to be, or needs not be hidden."""
        return self._is_well(self.first(cell))

    def is_hidden(self, cell: int) -> bool:
        """Whether a number that stands on the page is not told."""
        one = self.cells[self.first(cell)]
        return one.is_shown and not one.is_known

    # --- one number -----------------------------------------------------------------------------

    def _look(self, mover: Mover, cell: int) -> None:
        """Look for worlds, and hide what lets one be."""
        for sign in (1, -1):
            self._push(mover, cell, sign)
            if self._is_well(cell):
                return
        found = self._hiding(mover, cell, 1) or self._hiding(mover, cell, _LONGER)
        if not found:
            self._hide_alike(cell)
            return
        _, step, move = min(found, key=lambda one: one[:2])
        for other in move.shares:
            self._hide(other)
        self._worlds.visit(move, abs(step))

    def _hiding(self, mover: Mover, cell: int, longer: int) -> list[tuple[float, int, Move]]:
        """Worlds that could be if more were hidden: its price, how far, and the move."""
        return [
            (move.cost, sign * far, move)
            for (sign, far), band in product(self._goals(cell), self._bands(cell))
            if (move := mover.find(Goal(cell, sign, far, band=band, longer=longer)))
        ]

    def _goals(self, cell: int) -> Iterator[tuple[int, int]]:
        """Which way, and how far from the true number, a world would have to be."""
        one = self.cells[cell]
        yield 1, max(one.high, self._worlds.low(cell) + one.span) - one.value
        if self._worlds.high(cell) < one.high:
            yield 1, one.high - one.value
        else:
            down = one.value - self._worlds.high(cell) + one.span
            if one.value - down >= self._floor(cell):
                yield -1, down

    def _push(self, mover: Mover, cell: int, sign: int) -> None:
        """Go as far as one can by several moves, without hiding more."""
        one, at = self.cells[cell], dict[int, int]()
        bands = self._bands(cell)
        for _ in range(_PUSHES):
            now = at.get(cell, one.value)
            low, high = self._worlds.low(cell), self._worlds.high(cell)
            goal = max(one.high, low + one.span) if sign > 0 else high - one.span
            missing = sign * (goal - now)
            if missing <= 0:
                return
            near = {band: found for band in bands
                    if (found := mover.find(Goal(cell, sign, 1, at, True, band)))}  # fmt: skip
            if not near:
                return
            bands = list(near)  # which way cannot be gone at all cannot be gone far
            steps = sorted({missing, -(-missing // 3)} - {1}, reverse=True)
            moves = (mover.find(Goal(cell, sign, far, at, True, band))
                     for far, band in product(steps, bands))  # fmt: skip
            move = next((found for found in moves if found), near[bands[0]])
            room = mover.room(move, at)
            self._worlds.visit(move, missing if room < 0 else min(room, missing), at)

    def _tell_again(self, before: Set[int]) -> None:
        """What was given up, and is the same in all proofs, is told after all."""
        needed = {*before, *self._spent}
        for cell in self._needy():
            needed |= self._worlds.proof(cell, self.cells[cell].span)
        for cell, one in enumerate(self.cells):
            if one.is_hidden and not needed & {cell, *self._tied.get(cell, ())}:
                one.is_hidden = False

    def _hide_alike(self, cell: int) -> None:
        """Nothing was found: give up a kind of table, from its inside to its margins."""
        layer, seen = {cell}, set[int]()
        while layer:
            told = [own for own in layer if self._price(own)]
            if told:
                depth = max(self.cells[own].depth for own in told)
                if not depth:  # wholes are not alike: the nearest go, and not those of a report
                    for own in told:
                        self._hide(own)
                    return
                shapes = {self.cells[own].shape for own in told if self.cells[own].depth == depth}
                for own, one in enumerate(self.cells):
                    if one.shape in shapes:
                        self._hide(self.first(own))
                return
            seen |= layer
            sums = {one for own in layer for one in self._of.get(own, ())}
            layer = {own for one in sums for own in self.sums[one]} - seen
        self._spent |= seen

    # --- cells ----------------------------------------------------------------------------------

    def _needy(self) -> list[int]:
        """Numbers that must be hidden well: of those in no sum nothing is known anyway."""
        return [n for n, one in enumerate(self.cells)
                if one.high and not one.is_known and n in self._of
                and n not in self._alike]  # fmt: skip

    def _urgency(self, cell: int) -> tuple[bool, int, int, int]:
        one = self.cells[cell]
        return not one.is_shown, -one.depth, one.value, cell

    def _is_well(self, cell: int) -> bool:
        one, high = self.cells[cell], self._worlds.high(cell)
        return high >= one.high and high - self._worlds.low(cell) >= one.span

    def _floor(self, cell: int) -> int:
        """The least that somebody knows it to be: zeros are always told."""
        one = self.cells[cell]
        return 1 if one.is_shown and one.value else 0

    def _price(self, cell: int) -> float | None:
        one = self.cells[cell]
        if not one.is_known:
            return 0
        if one.is_out or not one.value:
            return None
        tied = len(self._tied.get(cell, ()))
        rank = _RANKS[min(one.depth + one.is_apart, 2)]
        often = 1 + min(one.shows - 1, _OFTEN) / 4
        return (rank * often + one.value.bit_length() / 8) * (1 + tied / 4)

    def _hide(self, cell: int) -> None:
        for one in (cell, *self._tied.get(cell, ())):
            if self.cells[one].is_shown and not self.cells[one].is_out and self.cells[one].value:
                self.cells[one].is_hidden = True

    # --- numbers that go together ------------------------------------------------------------

    def _mover(self) -> Mover:
        mover = Mover([one.value for one in self.cells], self.sums, self._of, self._floor,
                      self._price)  # fmt: skip
        self._over, self._under = defaultdict(list), defaultdict(list)
        for which, known in enumerate(self.sums):
            for cell, times in known.items():
                if abs(times) == len(self._of[cell]) == 1 and not self.cells[cell].is_shown:
                    mover.makes_up(which, cell)
                    if len(known) == 3:
                        self._note_over(known, cell)
        places: defaultdict[object, list[int]] = defaultdict(list)
        for cell, one in enumerate(self.cells):
            if one.place is not None and cell not in self._alike:
                places[one.place].append(cell)
        mover.mates = {cell: mates for mates in places.values() for cell in mates}
        short: dict[object, int] = {}  # numbers are compared much faster than whom they count
        self._kinds = [short.setdefault(one.kind, len(short)) for one in self.cells]
        mover.kinds = self._kinds
        return mover

    def _note_over(self, known: Mapping[int, int], rest: int) -> None:
        others = [cell for cell in known if cell != rest]
        wholes = [cell for cell in others if known[cell] == -known[rest]]
        for whole in wholes if len(wholes) == 1 else ():
            part = next(cell for cell in others if cell != whole)
            self._between[rest] = whole, part
            self._over[part].append(whole)
            self._under[whole].append(part)

    def _bands(self, cell: int) -> list[frozenset[object]]:
        """Which numbers could go together: none; all that hold this one; those in it as well."""
        if cell in self._known_bands:
            return self._known_bands[cell]
        whole, part = self._between.get(cell, (cell, cell))
        over = {whole, *self._reached(whole, self._over)}
        under = {part}.union(*(self._reached(one, self._under) for one in {part, *over}))
        bands = [frozenset[object](self._kinds[one] for one in some)
                 for some in (set[int](), over, over | under)]  # fmt: skip
        self._known_bands[cell] = bands = list(dict.fromkeys(bands))
        return bands

    def _reached(self, cell: int, edges: Mapping[int, Sequence[int]]) -> set[int]:
        found, stack = set[int](), [cell]
        while stack:
            for one in edges.get(stack.pop(), ()):
                if one not in found:
                    found.add(one)
                    stack.append(one)
        return found

    # --- sums -----------------------------------------------------------------------------------

    def _join(self) -> None:
        """Make one cell of those that are the same number, and say no sum twice."""
        for cell in sorted(self._alike, reverse=True):
            one, other = self.cells[self.first(cell)], self.cells[cell]
            one.high, one.span = max(one.high, other.high), max(one.span, other.span)
            one.is_shown, one.is_out = one.is_shown or other.is_shown, one.is_out or other.is_out
            one.is_hidden = (one.is_hidden or other.is_hidden or bool(one.high)) and one.is_shown
            one.shape = min(one.shape, other.shape, key=len)
            one.is_apart, one.shows = one.is_apart and other.is_apart, one.shows + other.shows
        self._tied = self._ties()
        uses = Counter(self.first(cell) for known in self.sums for cell in known)
        kept: dict[tuple[frozenset[tuple[int, int]], int], dict[int, int]] = {}
        for known in self.sums:
            joined: dict[int, int] = {}
            for cell, times in known.items():
                first = self.first(cell)
                joined[first] = joined.get(first, 0) + times
            joined = {cell: times for cell, times in joined.items() if times}
            told = {cell: times for cell, times in joined.items()
                    if self.cells[cell].is_shown or uses[cell] > 1}  # fmt: skip
            rest = [self.cells[cell].value for cell in joined if cell not in told]
            # of other sums of the same cells the rest is another: a number that is known stands by
            key = (told, rest[0]) if len(rest) == 1 else (joined, -1)
            kept.setdefault((frozenset(key[0].items()), key[1]), joined)
        self.sums, self._of = [], {}
        for known in kept.values():
            self._bind(known)

    def _ties(self) -> dict[int, frozenset[int]]:
        found: dict[int, frozenset[int]] = {}
        for cells in self._tied.values():
            alike = frozenset(self.first(cell) for cell in cells)
            for cell in alike:
                found[cell] = found.get(cell, frozenset()) | alike
        return found

    def _bind(self, known: dict[int, int]) -> None:
        if known:
            for cell in known:
                self._of.setdefault(cell, []).append(len(self.sums))
            self.sums.append(known)
