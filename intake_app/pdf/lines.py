"""Breaking a text into lines that fit a width."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from intake_app.pdf.fonts import font, width
from intake_app.pdf.legible import Legible, Span
from intake_app.pdf.look import TextStyle

Segment: TypeAlias = tuple[str, str]
"""What is drawn, and what was meant, where that differs (else empty)."""

_BREAK_AFTER = "-/@._,;:?&="
"""A word wider than its line is broken after one of these, where it has one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ready to draw.

    Attributes:
        segments: What stands on it.
        width: In points.
    """

    segments: tuple[Segment, ...]
    width: float


def broken(text: Legible, style: TextStyle, room: float) -> tuple[Line, ...]:
    """The lines of a text.

    Args:
        text: One paragraph; a line end in it ends a line.
        style: How it is written.
        room: Width in points.
    """
    breaker = _Breaker(text, style, room)
    return tuple(breaker.line(start, end) for start, end in breaker.cuts())


class _Breaker:
    def __init__(self, text: Legible, style: TextStyle, room: float) -> None:
        self._text = text
        self._style = style
        face = font(style.font).face
        widths, default = face.charWidths, face.defaultWidth
        scale = style.size / 1000
        self._widths = [widths.get(ord(c), default) * scale for c in text.shown]
        self._room = max(room, style.size * 2)  # two letters at the very least

    def cuts(self) -> Iterator[tuple[int, int]]:
        """Where each line begins and ends; a blank that ends a line belongs to it."""
        start = 0
        for piece in self._text.shown.split("\n"):
            yield from self._cuts_of(start, start + len(piece))
            start += len(piece) + 1

    def _cuts_of(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        shown, widths, room = self._text.shown, self._widths, self._room
        begin, blank, used, i = start, -1, 0.0, start
        while i < end:
            used += widths[i]
            if shown[i] == " ":
                blank = i
            elif used > room:
                i = blank + 1 if blank >= begin else self._forced(begin, i)
                yield begin, i
                begin, blank, used = i, -1, 0.0
                continue
            i += 1
        yield begin, end

    def _forced(self, begin: int, over: int) -> int:
        """Where to break a word that is wider than the line: not inside a span."""
        best = max(begin + 1, over)
        for i in range(best, begin + (best - begin) // 2, -1):
            if self._text.shown[i - 1] in _BREAK_AFTER:
                best = i
                break
        for span in self._text.spans:
            if span.start < best < span.end:
                return span.start if span.start > begin else min(span.end, len(self._text.shown))
        return best

    def line(self, start: int, end: int) -> Line:
        shown = self._text.shown
        segments = tuple(_segments(shown, start, end, self._text.spans))
        if shown[end : end + 1] == "\n" and segments:
            segments += ((" ", ""),)  # else a screen reader runs the lines together
        return Line(
            segments, width(shown[start:end].rstrip(" "), self._style.font, self._style.size)
        )


def _segments(shown: str, start: int, end: int, spans: tuple[Span, ...]) -> Iterator[Segment]:
    at = start
    for span in spans:
        if span.end <= start or span.start >= end:
            continue
        if span.start > at:
            yield shown[at : span.start], ""
        yield shown[span.start : span.end], span.meant
        at = span.end
    if at < end:
        yield shown[at:end], ""
