"""Small cells: what may be told of figures, so that no number and no sum tells of a few people.

Counts from 1 to one less than the limit are hidden, zero is told. So are numbers that would give
one back, until each stands the rule of `domain.web`. A percentage is told where its number and base
are; a median where each half of those it is of is as many as the limit, quartiles where each
quarter is. Figures of one report are told together, because they share totals.

Source: CMS cell size suppression policy (counts of 1 to 10), and no row, column or total that lets
one be derived; see docs/small-cells.md for what it does not protect from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from intake_app.domain.figure import Count, Figure, Place
from intake_app.domain.measure import Kind
from intake_app.domain.measure_period import CALENDAR_YEAR
from intake_app.domain.population import Scope
from intake_app.domain.spread import spread_of
from intake_app.domain.told import ALL_OTHER, RollUp, Told, ToldFigure
from intake_app.domain.told_before import Earlier, enter_before
from intake_app.domain.told_web import Book, Draft, Sheet
from intake_app.domain.wilson import wilson

HALF: Final = 2
QUARTER: Final = 4

NO_BRIDGES: Final[Mapping[tuple[str, str], tuple[str, str]]] = MappingProxyType({})


def told_together(
    drafts: Sequence[Draft],
    least: int,
    earlier: Sequence[Earlier] = (),
    fiscal_month: int = CALENDAR_YEAR,
    bridges: Mapping[tuple[str, str], tuple[str, str]] = NO_BRIDGES,
) -> list[ToldFigure]:
    """What may be told of figures that are read side by side.

    Args:
        drafts: What was counted; those that are not shown stand for what could be reckoned.
        least: The smallest count that is told, besides zero.
        earlier: What was released before and is bound to them.
        fiscal_month: The month (1 to 12) in which the fiscal year begins.
        bridges: A place (cut and code) of a coarser cut to the place of the finer one that alone
            leads to it: who is Black by NIBRS is some of those who said Black.

    Returns:
        Of each draft that is shown, in their order.
    """
    compared = tuple(sorted({one.day for one in earlier} - {""}))
    book = Book(least, fiscal_month)
    sheets = [book.enter(one) for one in drafts]
    if earlier:
        other = Book(least, fiscal_month)
        for one in drafts:
            other.enter(one)
        enter_before(other, earlier, is_changed=True)
        other.links(bridges)
        hidden = other.web.protect()
        enter_before(book, earlier, is_changed=False)
    else:
        hidden = set[int]()
    book.links(bridges)
    book.web.protect(hidden)
    return [
        replace(_read(book, sheet), compared=compared) for sheet in sheets if sheet.draft.is_shown
    ]


def internal(figure: Figure, scope: Scope = ()) -> ToldFigure:
    """Everything, for those who may see it inside the department. Not for release."""
    measure = figure.measure
    return ToldFigure(
        measure, figure.since, figure.until, figure.cuts, _all_of(measure.kind, figure.whole),
        {place: _all_of(measure.kind, count) for place, count in figure.rows.items()},
        running=figure.running, excluded=dict(figure.excluded), is_internal=True, only=scope,
    )  # fmt: skip


# --- reading the web -------------------------------------------------------------------------


def _read(book: Book, sheet: Sheet) -> ToldFigure:
    figure = sheet.draft.figure
    least = book.web.least

    def known(cell: int, value: int) -> int | None:
        return None if book.web.is_hidden(cell) else value

    def tell(place: Place) -> Told:
        count, slots = sheet.counts[place], sheet.slots[place]
        parts = {code: known(cell, count.parts[code]) for code, cell in slots.parts.items()}
        number, base = known(slots.number, count.number), known(slots.base, count.base)
        return _told(figure.measure.kind, count, (number, base), parts, least)

    return ToldFigure(
        figure.measure, figure.since, figure.until, figure.cuts, tell(()),
        {place: tell(place) for place in sheet.counts if place},
        rolled_up=tuple(RollUp(cut, ALL_OTHER, some) for cut, some in sheet.draft.merged.items()),
        running=known(sheet.running, figure.running),
        excluded={name: known(cell, figure.excluded[name])
                  for name, cell in sheet.excluded.items()},
        least=least, only=sheet.draft.scope,
    )  # fmt: skip


def _told(
    kind: Kind,
    count: Count,
    known: tuple[int | None, int | None],
    parts: Mapping[str, int | None],
    least: int,
) -> Told:
    number, base = known
    told = Told(number, base, parts=parts)
    is_hidden = number is None or base is None or None in parts.values()
    if number is None or base is None:
        return replace(told, is_hidden=True)
    if kind is Kind.RATE and base:
        low, high = wilson(number, base)
        return replace(told, percent=100 * number / base, low=100 * low, high=100 * high)
    if kind is Kind.RATIO and base:
        return replace(told, ratio=number / base, percent=_percent(number, base))
    if kind is Kind.SPREAD:
        return _spread(told, count, least)
    return replace(told, is_hidden=is_hidden)


def _spread(told: Told, count: Count, least: int) -> Told:
    found = spread_of(count.spread)
    people = sum(count.spread.values())
    if found is None:
        return told
    if people < HALF * least:
        return replace(told, is_hidden=True)
    told = replace(told, median=found.median)
    if people < QUARTER * least:
        return replace(told, is_hidden=True)
    return replace(told, first_quartile=found.first_quartile, third_quartile=found.third_quartile)


def _all_of(kind: Kind, count: Count) -> Told:
    return _told(kind, count, (count.number, count.base), dict(count.parts), 0)


def _percent(number: int, base: int) -> float | None:
    return 100 * number / base if number <= base else None
