"""What a chart shows, and what it says to who does not see it: the same, and not more.

A bar whose number is not told has no length: it is drawn as a box of a fixed size that is the same
for 1 and for 10. The end of the axis is taken from bars that are told alone, so that it gives
nothing away either. Window and paper draw the same chart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, log10
from typing import Final

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Ends of axes that people read easily, times a power of ten."""


class ChartKind(StrEnum):
    """How it is drawn."""

    BARS = "bars"  # from the left, one below the other
    FUNNEL = "funnel"  # the same, each step a part of the one before
    LINE = "line"  # one point a month, quarter or year
    INTERVALS = "intervals"  # a rate with its 95 % interval; no color, no ranking


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, step or point.

    Attributes:
        label: Whose.
        shown: Its number in words, exactly as told: "42", "fewer than 11", "58% (42 of 72)".
        value: How long it is; None: it is not told.
        low: Lower end of the interval, where one is told.
        high: Upper end.
    """

    label: str
    shown: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart.

    Attributes:
        kind: How it is drawn.
        title: What it shows, in words.
        bars: From the top, or from the left.
        most: The end of its axis.
        axis: What its axis counts: "%", "cents", "days", "" for how many.
    """

    kind: ChartKind
    title: str
    bars: tuple[Bar, ...] = ()
    most: float = 1.0
    axis: str = ""

    def said(self, bars: Iterable[Bar] | None = None) -> str:
        """All of it in words: for a screen reader, and as the accessible name.

        Args:
            bars: Some of its bars, where it is drawn in pieces; None: all.
        """
        told = "; ".join(f"{one.label}: {one.shown}" for one in bars or self.bars)
        return f"{self.title}. {told}." if told else f"{self.title}."


def chart(kind: ChartKind, title: str, bars: Iterable[Bar], axis: str = "") -> Chart:
    """A chart with an axis that ends where people expect it; of percentages at 100."""
    every = tuple(bars)
    told = [value for one in every for value in (one.value, one.high) if value is not None]
    most = 100.0 if axis == "%" else rounded_up(max(told, default=1.0))
    return Chart(kind, title, every, most, axis)


def axis_number(value: float, axis: str) -> str:
    """A number at the axis, as its bars say it: cents in dollars."""
    if axis == "cents":
        return f"${value / 100:,.0f}"
    return f"{value:,.0f}{axis}" if axis == "%" else f"{value:,.0f}"


def rounded_up(most: float) -> float:
    """The next number that is easy to read: 87 becomes 100, 210 becomes 250."""
    if most <= 1:
        return 1.0
    power = 10.0 ** (ceil(log10(most)) - 1)
    return next(step * power for step in _STEPS if step * power >= most - 1e-9)
