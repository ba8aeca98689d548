"""A line by months, quarters or years: points with their numbers, a gap where nothing is told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from intake_app.domain.chart import Bar, Chart
from intake_app.pdf import fonts
from intake_app.pdf.chart_marks import dot, hidden
from intake_app.pdf.legible import legible
from intake_app.pdf.lines import Line, broken
from intake_app.pdf.look import HAIRLINE, INK, TEAL, TextStyle
from intake_app.pdf.tagged_canvas import TaggedCanvas

_HIGH: Final = 104.0
_ABOVE: Final = 26.0  # for numbers over the highest point
_SIDE: Final = 6.0
_HIDDEN_HIGH: Final = 10.0
_HIDDEN_WIDE: Final = 30.0


def line_chart(
    made: Chart, small: TextStyle, room: float
) -> tuple[float, Callable[[TaggedCanvas, float, float], None]]:
    """How high a line chart is, and what draws it.

    Args:
        made: The chart, of at most as many points as have room for their words.
        small: How its words are written.
        room: Its width, in points.
    """
    plot = _Plot(made, replace(small, align="center"), room)
    return plot.height, plot.paint


@dataclass(frozen=True, slots=True)
class _Plot:
    made: Chart
    style: TextStyle
    room: float

    @property
    def _each(self) -> float:
        return (self.room - 2 * _SIDE) / len(self.made.bars)

    @property
    def height(self) -> float:
        """With the words below, in as many lines as the longest takes."""
        lines = max(len(self._lines(bar.label)) for bar in self.made.bars)
        return _ABOVE + _HIGH + lines * self.style.leading + 4

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """The ground line, the line, its points, and their words."""
        ground = top - _ABOVE - _HIGH
        canvas.setStrokeColorRGB(*HAIRLINE)
        canvas.setLineWidth(0.7)
        canvas.line(x, ground, x + self.room, ground)
        places = [self._place(n, bar, x, ground) for n, bar in enumerate(self.made.bars)]
        canvas.setStrokeColorRGB(*TEAL)
        canvas.setLineWidth(1.8)
        for (at, high), (then, higher) in pairwise(places):
            if high is not None and higher is not None:
                canvas.line(at, high, then, higher)
        for bar, (at, high) in zip(self.made.bars, places, strict=True):
            self._point(canvas, bar, at, high, ground)

    def _place(self, n: int, bar: Bar, x: float, ground: float) -> tuple[float, float | None]:
        at = x + _SIDE + self._each * (n + 0.5)
        if bar.value is None:
            return at, None
        return at, ground + _HIGH * max(0.0, min(bar.value / self.made.most, 1.0))

    def _point(
        self, canvas: TaggedCanvas, bar: Bar, at: float, high: float | None, ground: float
    ) -> None:
        label = self._lines(bar.label)
        canvas.write(label, self.style, at, ground - 2)
        if high is None:
            hidden(canvas, at - _HIDDEN_WIDE / 2, ground + _HIDDEN_HIGH / 2 + 1, _HIDDEN_HIGH)
            high = ground + _HIDDEN_HIGH
        else:
            dot(canvas, at, high)
        bold = replace(self.style, font=fonts.SEMIBOLD, color=INK)
        said = broken(legible(bar.shown), bold, self._each)
        canvas.write(said, bold, at, high + 5 + len(said) * bold.leading)

    def _lines(self, text: str) -> tuple[Line, ...]:
        return broken(legible(text), self.style, self._each - 3)
