"""Numbers of a report and what somebody knows of their sums; which of them have to be hidden.

The rule: a number that has to be hidden (a count from 1 to one less than the limit) is hidden well
when somebody who knows every number that is told, every sum, and that nothing hidden is zero, must
still hold it possible that it is no small number, and cannot narrow it down to fewer numbers than a
small one could be. Until that holds, the smallest number beside it is hidden as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake_app.domain.reach import Reach


@dataclass(slots=True)
class Cell:
    """One number.

    Attributes:
        value: What it is, never below 0.
        is_shown: It stands on the page unless it is hidden; else it only follows from others.
        high: To be hidden well it must be possible that it is at least this; 0: anything may be
            known of it.
        span: And that it is one of numbers this far apart.
        rank: What is hidden before others: the inside of a table, its rows, then the whole.
        is_hidden: It is not told.
        is_out: It was told before, nothing can hide it any more.
    """

    value: int
    is_shown: bool = True
    high: int = 0
    span: int = 0
    rank: int = 0
    is_hidden: bool = False
    is_out: bool = False

    @property
    def is_known(self) -> bool:
        """Whether everybody can read it."""
        return self.is_out or (self.is_shown and not self.is_hidden)

    @property
    def floor(self) -> int:
        """The least that somebody knows it to be: zeros are always told."""
        return 1 if self.is_shown and self.value else 0


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
        self._well = set[int]()

    def add(self, cell: Cell) -> int:
        """Put a cell in; small ones are hidden from the beginning. Returns its key."""
        if 0 < cell.value < self.least and not cell.high:
            cell.high, cell.span = self.least, self.least - 1
        if cell.high and cell.is_shown:
            cell.is_hidden = True
        self.cells.append(cell)
        return len(self.cells) - 1

    def bind(self, whole: int, parts: Iterable[int]) -> None:
        """A cell is the sum of others, or differs from it by a number that everybody may know."""
        known: dict[int, int] = {whole: -1}
        for part in parts:
            known[part] = known.get(part, 0) + 1
        self._bind({cell: times for cell, times in known.items() if times})

    def show(self, cell: int) -> None:
        """A number that only followed from others shall stand on the page as well."""
        one = self.cells[cell]
        one.is_shown, one.is_hidden = True, one.is_hidden or bool(one.high)

    def same(self, one: int, other: int) -> None:
        """Two cells are the same number, whoever it counts."""
        self._bind({one: 1, other: -1})

    def protect(self, ties: Sequence[frozenset[int]] = (), also: Iterable[int] = ()) -> set[int]:
        """Hide what has to be hidden.

        Args:
            ties: Numbers that are told together or not at all.
            also: Numbers that are hidden anyway.

        Returns:
            All cells that are hidden.
        """
        for cell in also:
            self.cells[cell].is_hidden = not self.cells[cell].is_out
        self._tie(ties)
        work = self._linked(range(len(self.sums)))
        while work:
            group = work.pop()
            more = {cell for one in self._bare(group) if (cell := self._next_to(one)) is not None}
            for cell in more:
                self.cells[cell].is_hidden = True
            more |= self._tie(ties)
            if more:
                touched = {known for cell in more for known in self._of.get(cell, ())}
                anew = self._linked({*group, *touched})
                covered = {known for one in anew for known in one}
                work = [one for one in work if covered.isdisjoint(one)] + anew
        return {n for n, one in enumerate(self.cells) if one.is_hidden and one.is_shown}

    # --- inside ------------------------------------------------------------------------------

    def _bind(self, known: dict[int, int]) -> None:
        if known:
            for cell in known:
                self._of.setdefault(cell, []).append(len(self.sums))
            self.sums.append(known)

    def _tie(self, ties: Sequence[frozenset[int]]) -> set[int]:
        more = set[int]()
        for tie in ties:
            if any(self.cells[cell].is_hidden for cell in tie):
                more |= {cell for cell in tie if not self.cells[cell].is_hidden}
        for cell in more:
            self.cells[cell].is_hidden = True
        return more

    def _unknown(self, known: int) -> dict[int, int]:
        """What of a sum nobody can read."""
        return {
            cell: times for cell, times in self.sums[known].items() if not self.cells[cell].is_known
        }

    def _linked(self, start: Iterable[int]) -> list[list[int]]:
        """Sums that share numbers which nobody can read, together."""
        seen, found = set[int](), list[list[int]]()
        for first in start:
            group, stack = list[int](), [first]
            while stack:
                known = stack.pop()
                if known not in seen:
                    seen.add(known)
                    unknown = self._unknown(known)
                    if unknown:
                        group.append(known)
                    stack.extend(more for cell in unknown for more in self._of[cell])
            if group:
                found.append(sorted(group))
        return found

    def _bare(self, group: Sequence[int]) -> list[int]:
        """Numbers of some sums that are not hidden well."""
        sums = [self._unknown(known) for known in group]
        inside = sorted({cell for known in sums for cell in known})
        needy = [one for one in inside if self.cells[one].high and one not in self._well]
        if not needy:
            return []
        values = {cell: self.cells[cell].value for cell in inside}
        reach = Reach(values, {cell: self.cells[cell].floor for cell in inside}, sums)
        bare = [
            one
            for one in needy
            if not reach.stretch(one, self.cells[one].high, self.cells[one].span)
        ]
        self._well |= set(needy) - set(bare)  # hiding more never takes a world away
        return bare

    def _next_to(self, bare: int) -> int | None:
        """What to hide beside a number that is not hidden well: where it is held fastest."""
        layer, seen = {bare}, set[int]()
        while layer:
            sums = sorted({one for cell in layer for one in self._of.get(cell, ())} - seen)
            seen |= set(sums)
            for known in sorted(sums, key=lambda one: self._slack(one, layer)):
                could = [cell for cell in self.sums[known] if self._may_be_hidden(cell)]
                if could:
                    return min(could, key=self._loss)
            layer = {cell for known in sums for cell in self._unknown(known)} - layer
        return None

    def _slack(self, known: int, layer: Iterable[int]) -> int:
        others = set(self._unknown(known)) - set(layer)
        return sum(self.cells[one].value - self.cells[one].floor for one in others)

    def _may_be_hidden(self, cell: int) -> bool:
        one = self.cells[cell]
        return one.is_shown and one.is_known and not one.is_out and one.value > 0

    def _loss(self, cell: int) -> tuple[int, int, int]:
        return self.cells[cell].rank, self.cells[cell].value, cell
