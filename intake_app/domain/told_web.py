"""A report's figures as one web of cells: which number is which, and what sums bind them.

The same people counted in two tables are one cell. A cell is found by whom it counts, by its place
and by its days; so tables that share a total, a month that lies in a quarter, and a report that was
released last year are all bound, without anybody saying so.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from intake_app.domain.figure import ALL_OF, Count, Figure, Place, added
from intake_app.domain.measure import Clause, Kind, Where
from intake_app.domain.measure_period import GRAINS, days_of
from intake_app.domain.population import Population, Scope, based_on, looked_at, turned
from intake_app.domain.roles import Compartment
from intake_app.domain.told import ALL_OTHER, ToldFigure
from intake_app.domain.told_links import NOT, Key, Links, Pairs, bind_scoped
from intake_app.domain.web import Cell, Web

_COUNT: Final = ""

BUT: Final = "~"
"""Before a code: all that are not there. No code is written like it."""
_SUMS: Final = frozenset({Kind.SUM, Kind.RATIO})


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure that shall be told, or that is known.

    Attributes:
        figure: What was counted.
        scope: Codes by cut, where just these were asked.
        merged: Codes by cut that are told as one "all other".
        before: How it was told in an earlier release; None: it shall be told now.
        is_shown: It shall be told; else it only stands for what somebody could reckon.
        files: The files that were counted; empty: all that the measure counts.
        known: What each of several contributors knows of it: what they gave themselves.
    """

    figure: Figure
    scope: Scope = ()
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    before: ToldFigure | None = None
    is_shown: bool = True
    files: tuple[Compartment, ...] = ()
    known: tuple[Figure, ...] = ()


@dataclass(slots=True)
class Slots:
    """The cells of one place.

    Attributes:
        number: Cell of the number.
        base: Cell of the base.
        parts: Cells by code.
        missed: Cell of those who are in the base and not in the number; -1: there is none.
    """

    number: int
    base: int
    parts: dict[str, int] = field(default_factory=dict[str, int])
    missed: int = -1


@dataclass(slots=True)
class Sheet:
    """A draft in the web.

    Attributes:
        draft: Which.
        counts: By place as it is told, "all other" added up.
        slots: Their cells.
        running: Cell of what has not run.
        excluded: Cells of what was left out.
    """

    draft: Draft
    counts: dict[Place, Count]
    slots: dict[Place, Slots] = field(default_factory=dict[Place, Slots])
    running: int = -1
    excluded: dict[str, int] = field(default_factory=dict[str, int])


class Book:
    """All figures of a report, and what was released before, as one web.

    Args:
        least: The smallest count that is told, besides zero.
        fiscal_month: The month (1 to 12) in which the fiscal year begins.

    Attributes:
        web: The cells.
        keys: What each cell is.
    """

    def __init__(self, least: int, fiscal_month: int) -> None:
        self.web, self._fiscal_month = Web(least), fiscal_month
        self.keys: dict[Key, int] = {}
        self._misses: dict[int, Key] = {}
        self._wholes: dict[int, Population] = {}  # that other numbers may be some of
        self._missed: dict[int, tuple[Population, Where]] = {}  # a base, and what does not hold
        self._scoped: list[Sheet] = []

    def enter(self, draft: Draft) -> Sheet:
        """Put a figure in."""
        sheet = Sheet(draft, dict(_as_told(draft)))
        for place, count in sheet.counts.items():
            sheet.slots[place] = self._slots(draft, place, count, is_shown=draft.is_shown)
        self._enter_apart(sheet)
        self._add_up(sheet)
        self._enter_left_out(sheet)
        self._least_left: dict[int, int] = {}
        for own in draft.known:
            self._enter_known(sheet, own)
        for cell, left in self._least_left.items():  # their own are in it: it cannot be fewer
            self.web.bind(cell, (self.web.add(Cell(left, is_shown=False)),))
        if draft.scope:
            self._scoped.append(sheet)
        return sheet

    def links(self, bridges: Mapping[tuple[str, str], tuple[str, str]]) -> None:
        """Bind what counts some of another, and days that lie in others.

        Args:
            bridges: A place of a coarser cut to the place of the finer one that alone leads to it.
        """
        for missed, key in self._misses.items():
            if key in self.keys:
                self.web.same(missed, self.keys[key])
        keys = {cell: key for key, cell in self.keys.items()}
        for sheet in self._scoped:
            bind_scoped(self.web, self.keys, [
                (keys[cell], cell) for slots in sheet.slots.values()
                for cell in {slots.number, slots.base, slots.missed, *slots.parts.values()} - {-1}
            ], sheet.draft.scope)  # fmt: skip
        Links(self.web, self.keys, self._wholes, self._missed, bridges).bind_all()

    def _enter_known(self, sheet: Sheet, own: Figure) -> None:
        """A contributor takes their own away from a total: what is left must tell of nobody."""
        for place, count in _as_told(replace(sheet.draft, figure=own)):
            whole, slots = sheet.counts.get(place), sheet.slots.get(place)
            if whole is None or slots is None:
                continue
            rest = {slots.base: whole.base - count.base}
            rest |= {slots.parts[code]: whole.parts[code] - times
                     for code, times in count.parts.items() if code in slots.parts}  # fmt: skip
            if own.measure.kind in _SUMS:
                is_few = whole.people - count.people < self.web.least
                rest = {slots.number: whole.number - count.number} if is_few else {}
            elif slots.number != slots.base:
                rest[slots.number] = whole.number - count.number
                rest[slots.missed] = rest[slots.base] - rest[slots.number]
            self._bind_rest(rest, is_sum=own.measure.kind in _SUMS)

        left_out = {sheet.running: sheet.draft.figure.running - own.running}
        left_out |= {cell: sheet.draft.figure.excluded[name] - own.excluded.get(name, 0)
                     for name, cell in sheet.excluded.items()}  # fmt: skip
        self._bind_rest(left_out, is_sum=False)

    def _bind_rest(self, rest: Mapping[int, int], *, is_sum: bool) -> None:
        least = self.web.least
        for cell, left in rest.items():
            if not is_sum and (left == 0 or left >= least):
                self._least_left[cell] = min(left, self._least_left.get(cell, left))
            if left <= 0 or not (is_sum or left < least):
                continue
            high = max(least, left + max(1, left // 10)) if is_sum else least
            span = max(least - 1, left // 5) if is_sum else least - 1
            self.web.bind(cell, (self.web.add(Cell(left, is_shown=False, high=high, span=span)),))

    # --- one place ------------------------------------------------------------------------------

    def _slots(self, draft: Draft, place: Place, count: Count, *, is_shown: bool) -> Slots:
        measure = draft.figure.measure
        who, pairs = self._place(draft, place)
        base_who = based_on(measure, who)
        if measure.kind in _SUMS:
            return self._sum_slots(draft, base_who, pairs, count, is_shown)
        base = self._cell(Key(base_who, pairs, _COUNT), count.base, is_shown)
        slots, found = Slots(base, base), {base: base_who}
        if measure.kind is Kind.RATE and measure.where:
            hit = Key(base_who.also(measure.where), pairs, _COUNT)
            slots.number = self._cell(hit, count.number, is_shown)
            found[slots.number] = hit.who
            missed = self._cell(Key(hit.who, pairs, NOT), max(count.base - count.number, 0), False)
            self.web.bind(base, (slots.number, missed))
            slots.missed = missed
            self._missed[missed] = _all_ran(draft, base_who), measure.where
            other = turned(measure.where)
            if other:
                self._misses[missed] = Key(base_who.also(*other), pairs, _COUNT)
                found[missed] = base_who.also(*other)
        for code, times in sorted(count.parts.items()):
            clause = Clause(measure.column, is_in=(code,)) if code else (
                Clause(measure.column, known=False))  # fmt: skip
            part = Key(base_who.also(((clause,),)), pairs, _COUNT)
            slots.parts[code] = self._cell(part, times, is_shown, is_apart=True)
            found[slots.parts[code]] = part.who
        if slots.parts:
            self.web.bind(base, slots.parts.values())
        self._wholes |= {cell: _all_ran(draft, one) for cell, one in found.items()}
        return slots

    def _sum_slots(
        self, draft: Draft, who: Population, pairs: Pairs, count: Count, is_shown: bool
    ) -> Slots:
        measure = draft.figure.measure
        is_few = self.web.least > 1 and (
            count.people < self.web.least or 2 * count.largest > max(count.number, count.base)
        )
        number = self._amount(Key(who, pairs, f"sum {measure.column} {measure.times}"),
                              count.number, is_shown, is_few=is_few)  # fmt: skip
        if measure.kind is Kind.SUM:
            base = self._cell(Key(who, pairs, _COUNT), count.base, is_shown)
        else:
            base = self._amount(Key(who, pairs, f"sum {measure.over} ()"), count.base, is_shown,
                                is_few=is_few)  # fmt: skip
            if _is_part_of(draft.figure):
                less = Key(who, pairs, f"less {measure.column} of {measure.over}")
                self.web.bind(base, (number, self._cell(less, count.base - count.number, False)))
        self.web.tie(frozenset({number, base}))
        return Slots(number, base)

    def _amount(self, key: Key, value: int, is_shown: bool, *, is_few: bool) -> int:
        """A sum: how many gave to it decides, not how large it is."""
        cell = self._cell(key, value, is_shown)
        if is_few and value:
            least, one = self.web.least, self.web.cells[cell]
            one.high = max(one.high, least, value + max(1, value // 10))
            one.span = max(one.span, least - 1, value // 5)
            one.is_hidden = one.is_hidden or one.is_shown
        return cell

    def _place(self, draft: Draft, place: Place) -> tuple[Population, Pairs]:
        """Whom a place counts: grains are days, a single code that was asked for is a place."""
        figure, pairs = draft.figure, set[tuple[str, str]]()
        since, until, scope = figure.since, figure.until, list[tuple[str, tuple[str, ...]]]()
        for cut, codes in draft.scope:
            if len(codes) == 1:
                pairs.add((cut, codes[0]))
            else:
                scope.append((cut, tuple(sorted(codes))))
        for cut, code in zip(figure.cuts, place, strict=False):
            if code == ALL_OTHER:
                pairs.add((cut, f"{ALL_OTHER}{','.join(sorted(draft.merged.get(cut, ())))}"))
            elif code != ALL_OF and cut in GRAINS and code:
                first, last = days_of(code, self._fiscal_month)
                since, until = max(since, first), min(until, last)
            elif code != ALL_OF:
                pairs.add((cut, code))
        who = looked_at(figure.measure, since, until, tuple(sorted(scope)))
        return replace(who, files=draft.files or who.files), frozenset(pairs)

    def _cell(self, key: Key, value: int, is_shown: bool, *, is_apart: bool = False) -> int:
        found = self.keys.get(key)
        if found is None:
            kind = replace(key, who=replace(key.who, since="", until=""), pairs=frozenset())
            found = self.keys[key] = self.web.add(Cell(
                value, is_shown, shape=frozenset(cut for cut, _ in key.pairs), kind=kind,
                place=(key.pairs, key.who.since, key.who.until), is_apart=is_apart,
            ))  # fmt: skip
        elif is_shown:
            self.web.show(found, is_apart=is_apart)
        return found

    # --- a whole table --------------------------------------------------------------------------

    def _enter_apart(self, sheet: Sheet) -> None:
        """What became "all other" is still there: its sum is told, its parts must not follow."""
        draft = sheet.draft
        merged: dict[Place, list[Slots]] = {}
        for place, count in draft.figure.rows.items():
            told = _told_place(draft, place)
            if told != place:
                slots = self._slots(draft, place, count, is_shown=False)
                merged.setdefault(told, []).append(slots)
        for told, apart in merged.items():
            _add_up(self.web, sheet.slots[told], apart)

    def _add_up(self, sheet: Sheet) -> None:
        """Rows and columns of a table are the parts of its margins."""
        rows = [place for place in sheet.slots if place]
        if not rows:
            return
        width = len(rows[0])
        if width == 1:
            _add_up(self.web, sheet.slots[()], [sheet.slots[one] for one in rows])
            self._but(sheet, (), rows)
            return
        for axis in range(width):
            lines: dict[Place, list[Place]] = {}
            for place in rows:
                if place[axis] != ALL_OF:
                    margin = (*place[:axis], ALL_OF, *place[axis + 1 :])
                    lines.setdefault(margin, []).append(place)
            for margin, inner in lines.items():
                whole = () if set(margin) == {ALL_OF} else margin
                if whole in sheet.slots:
                    _add_up(self.web, sheet.slots[whole], [sheet.slots[one] for one in inner])
                    self._but(sheet, whole, inner)

    def _but(self, sheet: Sheet, whole: Place, rows: Collection[Place]) -> None:
        """Where somebody may be in several rows, "everybody but these" is a number of its own."""
        total = sheet.counts[whole].base
        is_sum = sheet.draft.figure.measure.kind in _SUMS
        if is_sum or sum(sheet.counts[one].base for one in rows) == total:
            return
        for row in rows:
            count, less = sheet.counts[whole], sheet.counts[row]
            rest = Count(count.number - less.number, count.base - less.base, parts={
                code: times - less.parts.get(code, 0) for code, times in count.parts.items()
            })  # fmt: skip
            if min(rest.number, rest.base, *rest.parts.values()) < 0:
                continue
            others = self._slots(sheet.draft, _all_but(row, whole), rest, is_shown=False)
            _add_up(self.web, sheet.slots[whole], [sheet.slots[row], others])

    def _enter_left_out(self, sheet: Sheet) -> None:
        figure, is_shown = sheet.draft.figure, sheet.draft.is_shown
        measure = figure.measure
        everybody, pairs = self._place(sheet.draft, ())
        base = based_on(measure, everybody)
        left = [self._cell(Key(base, pairs, "running"), figure.running, is_shown, is_apart=True)]
        sheet.running = left[0]
        for name, times in sorted(figure.excluded.items()):
            key = Key(base, pairs, f"left out {name}")
            sheet.excluded[name] = self._cell(key, times, is_shown, is_apart=True)
            left.append(sheet.excluded[name])
        if measure.kind is Kind.RATIO or everybody == base:
            return
        total = figure.whole.base + figure.running + sum(figure.excluded.values())
        whole = self._cell(Key(everybody, pairs, _COUNT), total, False)
        self._wholes[whole] = everybody
        self.web.bind(whole, (*left, self.keys[Key(base, pairs, _COUNT)]))


def _all_ran(draft: Draft, who: Population) -> Population:
    """Where no window still runs, everybody knows that it has run for all."""
    return who if draft.figure.running else replace(who, runs=0)


def _as_told(draft: Draft) -> Iterator[tuple[Place, Count]]:
    yield (), draft.figure.whole
    rows: dict[Place, list[Count]] = {}
    for place, count in draft.figure.rows.items():
        rows.setdefault(_told_place(draft, place), []).append(count)
    for place, counts in rows.items():
        yield place, counts[0] if len(counts) == 1 else added(counts)


def _told_place(draft: Draft, place: Place) -> Place:
    if not draft.merged:
        return place
    return tuple(
        ALL_OTHER if code in draft.merged.get(cut, ()) else code
        for cut, code in zip(draft.figure.cuts, place, strict=False)
    )


def _all_but(row: Place, whole: Place) -> Place:
    """The place of all that are in a sum and not in a row of it."""
    margin = whole or tuple(ALL_OF for _ in row)
    if len(row) == 1:
        return (f"{BUT}{row[0]}",)
    return tuple(code if code == sum_of else f"{BUT}{code}"
                 for code, sum_of in zip(row, margin, strict=True))  # fmt: skip


def _add_up(web: Web, whole: Slots, rows: Collection[Slots]) -> None:
    web.bind(whole.base, [one.base for one in rows])
    if whole.number != whole.base:
        web.bind(whole.number, [one.number for one in rows])
    for code, part in whole.parts.items():
        web.bind(part, [one.parts[code] for one in rows if code in one.parts])


def _is_part_of(figure: Figure) -> bool:
    counts = (figure.whole, *figure.rows.values())
    return all(one.number <= one.base for one in counts)
