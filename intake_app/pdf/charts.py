"""Charts on paper: figures of the structure tree whose alternative words tell every number.

Drawn in one ink, so that a gray printer loses nothing. What is not told is a hatched box of one
size, whatever it hides.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeAlias

from intake_app.domain.chart import Bar, Chart, ChartKind
from intake_app.domain.paper import Part
from intake_app.pdf.chart_line import line_chart
from intake_app.pdf.chart_marks import Axis, dot, fit, hidden, rule_across, written
from intake_app.pdf.flow import Item
from intake_app.pdf.fonts import width
from intake_app.pdf.legible import legible
from intake_app.pdf.lines import Line, broken
from intake_app.pdf.look import NAVY, TEAL, TextStyle
from intake_app.pdf.pieces import Drawn
from intake_app.pdf.prose_parts import lead_in
from intake_app.pdf.setting import Setting, placed_at
from intake_app.pdf.tagged_canvas import TaggedCanvas

_AT_ONCE: Final = 24
"""Bars of one figure; more go into a further one, so that none is taller than a page."""
_MOST_POINTS: Final = 16
"""Points of a line; more are drawn as bars, which have room for their words."""
_LABELS, _NUMBERS = 0.36, 0.32
"""The most of the room that words left and right take."""
_GAP: Final = 8.0
_BAR: Final = 12.0
_PITCH: Final = 6.0  # between two bars
_FOOT: Final = 14.0  # the axis and its numbers


def chart(part: Part, at: Setting) -> list[Item]:
    """The chart of a part, under its own words; a chart's title is in what it says."""
    made = part.chart
    if made is None or not made.bars:
        return []
    items = lead_in(part, at, at.look.strong)
    if made.kind is ChartKind.LINE and len(made.bars) <= _MOST_POINTS:
        height, ink = line_chart(made, at.look.small, at.room)
        return [*items, Item(_figure(made, made.bars, height, ink, at), at.look.gap, is_whole=True)]
    columns = _Columns.of(made, at)
    for start in range(0, len(made.bars), _AT_ONCE):
        few = made.bars[start : start + _AT_ONCE]
        ink = _Bars(made, tuple(columns.row(bar) for bar in few), columns)
        items.append(
            Item(_figure(made, few, ink.height, ink.paint, at), at.look.gap, is_whole=True)
        )
    return items


_Ink: TypeAlias = Callable[[TaggedCanvas, float, float], None]


def _figure(made: Chart, bars: Iterable[Bar], height: float, ink: _Ink, at: Setting) -> Drawn:
    """A drawing with its words; where it stands is known only when it is drawn."""
    figure = at.parent.add("Figure", alt=made.said(bars))

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        figure.attributes = placed_at(x, top - height, at.room, height)
        with canvas.mark(figure):
            canvas.saveState()
            ink(canvas, x, top)
            canvas.restoreState()

    return Drawn(height, paint)


# --- rows of bars ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar with its words broken into lines."""

    bar: Bar
    label: tuple[Line, ...]
    number: tuple[Line, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where words and bars stand: labels, bars, numbers; the same for all pieces of a chart."""

    label: TextStyle
    number: TextStyle
    left: float
    right: float
    along: float

    @classmethod
    def of(cls, made: Chart, at: Setting) -> "_Columns":
        """As wide as the longest words ask, at most a share of the room."""
        label, number = at.look.cell, replace(at.look.cell, font=at.look.strong.font)
        left = _widest((one.label for one in made.bars), label, at.room * _LABELS)
        right = _widest((one.shown for one in made.bars), number, at.room * _NUMBERS)
        return cls(label, number, left, right, at.room - left - right - 2 * _GAP)

    def row(self, bar: Bar) -> _Row:
        """One bar's words, broken to fit."""
        label = broken(legible(bar.label), self.label, self.left)
        number = broken(legible(bar.shown), self.number, self.right)
        high = max(len(label) * self.label.leading, len(number) * self.number.leading, _BAR)
        return _Row(bar, label, number, high + _PITCH)


def _widest(texts: Iterable[str], style: TextStyle, most: float) -> float:
    return min(max((width(text, style.font, style.size) for text in texts), default=0.0) + 1, most)


@dataclass(frozen=True, slots=True)
class _Bars:
    """Bars, steps of a funnel, or intervals, one below the other."""

    made: Chart
    rows: tuple[_Row, ...]
    columns: _Columns

    @property
    def height(self) -> float:
        """Of all rows and the axis below."""
        return sum(row.height for row in self.rows) + _FOOT

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Axis, then row after row."""
        at = self.columns
        axis = Axis(x + at.left + _GAP, at.along, self.made.most, self.made.axis)
        axis.draw(canvas, top, self.height - _FOOT)
        for row in self.rows:
            middle = top - row.height / 2
            written(canvas, row.label, at.label, x, middle)
            _INKS[self.made.kind](canvas, row.bar, axis, middle)
            written(canvas, row.number, at.number, axis.end + _GAP, middle)
            top -= row.height


def _solid(canvas: TaggedCanvas, bar: Bar, axis: Axis, middle: float) -> None:
    if bar.value is None:
        hidden(canvas, axis.start, middle, _BAR)
        return
    canvas.setFillColorRGB(*TEAL)
    canvas.rect(axis.start, middle - _BAR / 2, fit(axis, bar.value), _BAR, stroke=0, fill=1)


def _interval(canvas: TaggedCanvas, bar: Bar, axis: Axis, middle: float) -> None:
    """A rate as a dot on its interval; no color tells one from another."""
    if bar.value is None:
        hidden(canvas, axis.start, middle, _BAR)
        return
    if bar.low is not None and bar.high is not None:
        ends = [axis.start + fit(axis, value) for value in (bar.low, bar.high)]
        rule_across(canvas, ends[0], ends[1], middle)
    canvas.setFillColorRGB(*NAVY)
    dot(canvas, axis.start + fit(axis, bar.value), middle)


_INKS: Final[Mapping[ChartKind, Callable[[TaggedCanvas, Bar, Axis, float], None]]] = (
    MappingProxyType({
        ChartKind.BARS: _solid,
        ChartKind.FUNNEL: _solid,
        ChartKind.LINE: _solid,
        ChartKind.INTERVALS: _interval,
    })
)  # fmt: skip
