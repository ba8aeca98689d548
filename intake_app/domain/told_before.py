"""What was released before: its difference to a new report must not give anybody away.

What was not told of some days is not told of the same days later. A number that changed by fewer
than the limit since it was told is not told anew, nor is a sum whose parts were told. And what was
told stays known: a quarter that was released, and a year that holds it, are bound like rows and
their total. Somebody could know whether numbers changed since or not; so both are looked at.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake_app.domain.figure import Place
from intake_app.domain.told import Told
from intake_app.domain.told_links import Key, covers, tiles
from intake_app.domain.told_web import Book, Draft, Sheet, Slots
from intake_app.domain.web import Cell


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure of an earlier release.

    Attributes:
        day: When it was released (YYYY-MM-DD); empty: it is told on any page.
        draft: The same question asked today, with `before`: how it was told then.
    """

    day: str
    draft: Draft


def enter_before(book: Book, earlier: Sequence[Earlier], *, is_changed: bool) -> None:
    """Put earlier releases into the web, before it is protected.

    Args:
        book: With the new figures in it.
        earlier: What was released.
        is_changed: What if somebody does not know today's numbers of what was told then; else what
            if they do.
    """
    anew = {cell for cell, one in enumerate(book.web.cells) if one.is_shown}
    told: defaultdict[int, list[int | None]] = defaultdict(list)
    for one in earlier:
        for cell, value in _numbers(book.enter(replace(one.draft, is_shown=True)), one.draft):
            told[cell].append(value)
    for cell, values in told.items():
        _settle(book, cell, values, is_anew=cell in anew, is_changed=is_changed)
    for cell, was in _sums(book.keys, told):
        if cell in anew and is_changed:
            _changed(book.web.cells[cell], was, book.web.least)


def _settle(
    book: Book, cell: int, values: Sequence[int | None], *, is_anew: bool, is_changed: bool
) -> None:
    one, least = book.web.cells[cell], book.web.least
    known = [value for value in values if value is not None]
    if one.value in known or (known and not is_anew and not is_changed):
        one.is_out = True
        return
    if None in values:
        one.is_hidden = True
    for was in known:
        if is_changed:
            _changed(one, was, least)
    if known and not is_anew:
        one.is_shown = False  # today's number was never told; only that of then


def _changed(one: Cell, was: int, least: int) -> None:
    """A number that changed by a few: that must not be seen."""
    if 0 < abs(one.value - was) < least and not one.is_out:
        one.is_hidden = True
        one.high, one.span = max(one.high, was + least), max(one.span, least - 1)


def _sums(
    keys: Mapping[Key, int], told: Mapping[int, Sequence[int | None]]
) -> Iterator[tuple[int, int]]:
    """Cells, and what they come to by what was told of the days that they are made of."""
    groups: defaultdict[Key, dict[tuple[str, str], int]] = defaultdict(dict)
    for key, cell in keys.items():
        alike = replace(key, who=replace(key.who, since="", until=""))
        groups[alike][key.who.since, key.who.until] = cell
    for periods in groups.values():
        out = {days: [v for v in told.get(cell, ()) if v is not None]
               for days, cell in periods.items()}  # fmt: skip
        was = {days: values[-1] for days, values in out.items() if values}
        for days, cell in periods.items():
            for is_fine in (False, True):
                inside = tiles(days, was, is_fine=is_fine)
                if inside and covers(days, inside):
                    yield cell, sum(was[one] for one in inside)


def _numbers(sheet: Sheet, draft: Draft) -> Iterator[tuple[int, int | None]]:
    """Each cell of an earlier figure, and how it was told."""
    before = draft.before
    if before is None:
        return
    for place, slots in sheet.slots.items():
        yield from _of_place(slots, _told_at(before.whole, before.rows, place))
    yield sheet.running, before.running
    for name, cell in sheet.excluded.items():
        yield cell, before.excluded.get(name, 0)


def _told_at(whole: Told, rows: Mapping[Place, Told], place: Place) -> Told:
    """A place that had nobody then was told as zero."""
    return rows.get(place, Told(0, 0)) if place else whole


def _of_place(slots: Slots, told: Told) -> Iterator[tuple[int, int | None]]:
    yield slots.base, told.base
    if slots.number != slots.base:
        yield slots.number, told.number
    for code, cell in slots.parts.items():
        yield cell, told.parts.get(code, 0)
