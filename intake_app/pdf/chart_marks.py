"""The strokes that charts are made of: axis, words, bars that are not told, intervals."""

from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.chart import axis_number
from intake_app.pdf.legible import legible
from intake_app.pdf.lines import Line, broken
from intake_app.pdf.look import HAIRLINE, MUTED, NAVY, RULE, SMALL, WHITE, TextStyle
from intake_app.pdf.tagged_canvas import TaggedCanvas

_HIDDEN: Final = 30.0
"""Length of what is not told: the same for all, so that it tells nothing."""

_HATCH: Final = 5.0
_CAP: Final = 4.0
_DOT: Final = 3.6
_PARTS: Final = 4  # of an axis


@dataclass(frozen=True, slots=True)
class Axis:
    """From left to right: from 0 to the most.

    Attributes:
        start: Where it begins.
        along: How long it is, in points.
        most: What stands at its end.
        unit: "%", "cents", "days", or "".
    """

    start: float
    along: float
    most: float
    unit: str = ""

    @property
    def end(self) -> float:
        """Its right end."""
        return self.start + self.along

    def draw(self, canvas: TaggedCanvas, top: float, height: float) -> None:
        """Thin uprights, with numbers below the first and the last."""
        canvas.setStrokeColorRGB(*HAIRLINE)
        canvas.setLineWidth(0.5)
        for n in range(_PARTS + 1):
            x = self.start + self.along * n / _PARTS
            canvas.line(x, top, x, top - height)
        for value, x, align in ((0.0, self.start, "left"), (self.most, self.end, "right")):
            style = replace(SMALL, align=align)
            line = broken(legible(self.said(value)), style, self.along)
            canvas.write(line, style, x, top - height - 1)

    def said(self, value: float) -> str:
        """A number at the axis."""
        return axis_number(value, self.unit)


def fit(axis: Axis, value: float) -> float:
    """How far from the start a value stands; nothing goes beyond the end."""
    return axis.along * max(0.0, min(value / axis.most, 1.0))


def written(
    canvas: TaggedCanvas, lines: tuple[Line, ...], style: TextStyle, x: float, middle: float
) -> None:
    """Lines of words around a height."""
    canvas.write(lines, style, x, middle + len(lines) * style.leading / 2)


def hidden(canvas: TaggedCanvas, x: float, middle: float, high: float) -> None:
    """A hatched box: something is there, and not told."""
    canvas.setFillColorRGB(*WHITE)
    canvas.setStrokeColorRGB(*RULE)
    canvas.setLineWidth(0.7)
    bottom = middle - high / 2
    canvas.rect(x, bottom, _HIDDEN, high, stroke=1, fill=1)
    at = -high + _HATCH
    while at < _HIDDEN:  # slanted lines, each from where it enters the box to where it leaves
        low, far = max(-at, 0.0), min(high, _HIDDEN - at)
        canvas.line(x + at + low, bottom + low, x + at + far, bottom + far)
        at += _HATCH


def rule_across(canvas: TaggedCanvas, low: float, high: float, middle: float) -> None:
    """An interval, with a stroke at each end."""
    canvas.setStrokeColorRGB(*MUTED)
    canvas.setLineWidth(1.4)
    canvas.line(low, middle, high, middle)
    for x in (low, high):
        canvas.line(x, middle - _CAP, x, middle + _CAP)


def dot(canvas: TaggedCanvas, x: float, y: float) -> None:
    """A point, white around it so that it stands out of a line."""
    canvas.setStrokeColorRGB(*WHITE)
    canvas.setLineWidth(1)
    canvas.setFillColorRGB(*NAVY)
    canvas.circle(x, y, _DOT, stroke=1, fill=1)
