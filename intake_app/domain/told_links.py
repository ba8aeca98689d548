"""What binds numbers of different tables: some of others, and days that lie in others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from intake_app.domain.measure import Where
from intake_app.domain.population import Population, Scope, Within
from intake_app.domain.web import Cell, Web

Pairs = frozenset[tuple[str, str]]
"""Codes by cut: where in a table."""


NOT: Final = "not"
"""Who is in a base and not in the number."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a cell is.

    Attributes:
        who: Whom it counts.
        pairs: In which place.
        what: Which number of them; empty: how many they are.
    """

    who: Population
    pairs: Pairs
    what: str = ""


class Links:
    """Finds what is bound.

    Args:
        web: The cells.
        keys: What each cell is.
        wholes: Numbers of people that other numbers may be some of, and whom each counts.
        missed: Numbers of who is in a base and not in its number: the base, and what does not hold.
        bridges: A place of a coarser cut to the place of the finer one that alone leads to it.
    """

    def __init__(
        self,
        web: Web,
        keys: Mapping[Key, int],
        wholes: Mapping[int, Population],
        missed: Mapping[int, tuple[Population, Where]],
        bridges: Mapping[tuple[str, str], tuple[str, str]],
    ) -> None:
        self._web, self._keys, self._bridges = web, keys, bridges
        self._wholes, self._missed = wholes, missed
        self._within = Within()

    def bind_all(self) -> None:
        """Bind all of them."""
        self._bind_days()
        groups: defaultdict[object, list[tuple[int, int]]] = defaultdict(list)
        for key, cell in self._keys.items():
            place = key.who.since, key.who.until, key.pairs
            if cell in self._wholes:
                groups[place].append((self._within.key(self._wholes[cell]), cell))
            if cell in self._missed:
                base, where = self._missed[cell]
                groups[*place, where].append((self._within.key(base), cell))
        for group in groups.values():
            self._bind_some_of(group)
        self._bind_bridged()

    def _bind_bridged(self) -> None:
        """A code that one code of another cut alone leads to counts some of those."""
        for key, cell in list(self._keys.items()):
            for pair in key.pairs & self._bridges.keys():
                source = replace(key, pairs=key.pairs - {pair} | {self._bridges[pair]})
                if source in self._keys:
                    self._bind_rest(self._keys[source], cell)

    # --- some of others -------------------------------------------------------------------------

    def _bind_some_of(self, group: Sequence[tuple[int, int]]) -> None:
        for who, cell in group:
            over = [(other, more) for other, more in group
                    if more != cell and self._within.holds(who, other)]  # fmt: skip
            strict = [one for one in over if not self._within.holds(one[0], who)]
            for other, more in over:
                if (other, more) not in strict:
                    self._bind_rest(more, cell, is_all=True)
                    continue
                is_near = not any(
                    third != more and self._within.holds(nearer, other)
                    and not self._within.holds(other, nearer)
                    for nearer, third in strict
                )  # fmt: skip
                if is_near or self._rest(more, cell) in range(1, self._web.least):
                    self._bind_rest(more, cell)

    def _rest(self, whole: int, part: int) -> int:
        return self._web.cells[whole].value - self._web.cells[part].value

    def _bind_rest(self, whole: int, part: int, *, is_all: bool = False) -> None:
        """Who is in one number and not in the other is a number as well."""
        rest = self._rest(whole, part)
        if is_all and rest == 0:
            self._web.same(whole, part)
        elif rest >= 0:
            self._web.bind(whole, (part, self._web.add(Cell(rest, is_shown=False))))

    # --- days ---------------------------------------------------------------------------------

    def _bind_days(self) -> None:
        groups: defaultdict[Key, dict[tuple[str, str], int]] = defaultdict(dict)
        for key, cell in self._keys.items():
            days = key.who.since, key.who.until
            groups[replace(key, who=replace(key.who, since="", until=""))][days] = cell
        for periods in groups.values():
            if len(periods) > 1:
                for days, cell in periods.items():
                    self._bind_period(days, cell, periods)

    def _bind_period(
        self, days: tuple[str, str], cell: int, periods: Mapping[tuple[str, str], int]
    ) -> None:
        inside = tiles(days, periods)
        if not inside:
            return
        parts = [periods[one] for one in inside]
        if not covers(days, inside):
            known = sum(self._web.cells[one].value for one in parts)
            rest = self._web.cells[cell].value - known
            if rest < 0:
                return
            parts.append(self._web.add(Cell(rest, is_shown=False)))
        self._web.bind(cell, parts)


def bind_scoped(
    web: Web, keys: Mapping[Key, int], scoped: Iterable[tuple[Key, int]], scope: Scope
) -> None:
    """Bind what was asked of some codes alone to what holds all, and to the rows of these codes.

    Args:
        web: The cells.
        keys: What each cell is.
        scoped: Cells of a figure that was asked so, with what they are.
        scope: The codes by cut.
    """
    alone = {(cut, codes[0]) for cut, codes in scope if len(codes) == 1}
    for key, cell in scoped:
        who = replace(key.who, scope=())
        whole = keys.get(replace(key, who=who, pairs=key.pairs - alone))
        rest = web.cells[whole].value - web.cells[cell].value if whole is not None else -1
        if whole is not None and whole != cell and rest >= 0:
            web.bind(whole, (cell, web.add(Cell(rest, is_shown=False))))
        for cut, codes in key.who.scope:
            others = tuple(one for one in key.who.scope if one[0] != cut)
            row = replace(key, who=replace(key.who, scope=others))
            rows = [keys[one] for code in codes
                    if (one := replace(row, pairs=row.pairs | {(cut, code)})) in keys]  # fmt: skip
            if rows and sum(web.cells[one].value for one in rows) == web.cells[cell].value:
                web.bind(cell, rows)


def tiles(
    days: tuple[str, str], periods: Iterable[tuple[str, str]], *, is_fine: bool = False
) -> list[tuple[str, str]]:
    """Periods that lie in another and do not touch, in order: the longest, or the shortest."""
    since, until = days
    inside = [one for one in periods if one != days and since <= one[0] and one[1] <= until]
    found: list[tuple[str, str]] = []
    for one in sorted(inside, key=lambda own: (_length(own) * (1 if is_fine else -1), own)):
        if all(one[1] < other[0] or other[1] < one[0] for other in found):
            found.append(one)
    return sorted(found)


def covers(days: tuple[str, str], inside: Sequence[tuple[str, str]]) -> bool:
    """Whether periods in order, one after the other, are all of another."""
    next_day = days[0]
    for since, until in inside:
        if since != next_day:
            return False
        next_day = (date.fromisoformat(until) + timedelta(days=1)).isoformat()
    return next_day > days[1]


def segments(periods: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The days that periods are made of, cut wherever one of them begins or ends."""
    many = list(periods)
    starts = {since for since, _ in many}
    starts |= {(date.fromisoformat(until) + timedelta(days=1)).isoformat() for _, until in many}
    ordered = sorted(starts)
    found: list[tuple[str, str]] = []
    for since, after in pairwise(ordered):
        until = (date.fromisoformat(after) - timedelta(days=1)).isoformat()
        if any(first <= since and until <= last for first, last in many):
            found.append((since, until))
    return found


def _length(days: tuple[str, str]) -> int:
    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days
