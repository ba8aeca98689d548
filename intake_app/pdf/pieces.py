"""What a page is filled with: pieces that know their height, and how to part at a page's end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from intake_app.pdf.legible import legible
from intake_app.pdf.lines import Line, broken
from intake_app.pdf.look import HAIRLINE, Color, TextStyle
from intake_app.pdf.structure import Element
from intake_app.pdf.tagged_canvas import TaggedCanvas

_ROUNDING = 0.01


class Piece(Protocol):
    """Something with a height that is drawn below a point."""

    @property
    def height(self) -> float:
        """In points."""
        ...

    @property
    def least(self) -> float:
        """Height of the smallest beginning that may stand alone at the foot of a page."""
        ...

    def split(self, room: float) -> "tuple[Piece, Piece] | None":
        """A beginning no higher than the room, and the rest; None where it cannot be parted."""
        ...

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it below a point, given as the upper left corner."""
        ...


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines of text of one element; of none: an artifact, as in repeated heads of columns.

    Never leaves one line alone at either side of a page's end.
    """

    element: Element | None
    lines: tuple[Line, ...]
    style: TextStyle
    room: float

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * self.style.leading

    @property
    def least(self) -> float:
        """Two lines, or all of three."""
        count = len(self.lines)
        return (count if count <= 3 else 2) * self.style.leading

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Between two lines."""
        count = len(self.lines)
        fit = min(int((room + _ROUNDING) / self.style.leading), count - 2)
        if count <= 3 or fit < 2:
            return None
        return (
            Prose(self.element, self.lines[:fit], self.style, self.room),
            Prose(self.element, self.lines[fit:], self.style, self.room),
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Write the lines."""
        at = x + {"left": 0.0, "center": self.room / 2, "right": self.room}[self.style.align]
        if self.element is None:
            with canvas.artifact("Pagination"):
                canvas.write(self.lines, self.style, at, top)
        elif any(line.segments for line in self.lines):
            with canvas.mark(self.element):
                canvas.write(self.lines, self.style, at, top)


def prose(element: Element | None, text: str, style: TextStyle, room: float) -> Prose:
    """A text broken into lines of a width."""
    return Prose(element, broken(legible(text), style, room), style, room)


Paint: TypeAlias = Callable[[TaggedCanvas, float, float], None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing of fixed height: boxes, lines to sign on, bar codes."""

    height: float
    paint: Paint

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Never."""
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Paint it."""
        self.paint(canvas, x, top)


def empty(height: float = 0.0) -> Drawn:
    """Empty room."""
    return Drawn(height, lambda _canvas, _x, _top: None)


@dataclass(frozen=True, slots=True)
class Stack:
    """Pieces below one another.

    Attributes:
        pieces: From the top.
        gap: Between two, in points.
    """

    pieces: tuple[Piece, ...]
    gap: float = 0.0

    @property
    def height(self) -> float:
        """Of all, with gaps."""
        return sum(p.height for p in self.pieces) + self.gap * max(0, len(self.pieces) - 1)

    @property
    def least(self) -> float:
        """The least of the first."""
        return self.pieces[0].least if self.pieces else 0.0

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Between two pieces, or inside the one that crosses the end."""
        used = 0.0
        for n, piece in enumerate(self.pieces):
            if used + piece.height > room + _ROUNDING:
                return self._parted(n, piece.split(room - used))
            used += piece.height + self.gap
        return None

    def _parted(self, n: int, halves: tuple[Piece, Piece] | None) -> tuple[Piece, Piece] | None:
        before, after = self.pieces[:n], self.pieces[n + 1 :]
        if halves is not None:
            return (
                Stack((*before, halves[0]), self.gap),
                Stack((halves[1], *after), self.gap),
            )
        if n == 0:
            return None
        return Stack(before, self.gap), Stack(self.pieces[n:], self.gap)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """One below the other."""
        for piece in self.pieces:
            piece.draw(canvas, x, top)
            top -= piece.height + self.gap


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces side by side.

    Attributes:
        cells: Each with its distance from the left.
        above: Room over the cells.
        below: Room under them.
        rule: Length of a thin line under the row; 0: none.
    """

    cells: tuple[tuple[float, Piece], ...]
    above: float = 0.0
    below: float = 0.0
    rule: float = 0.0

    @property
    def height(self) -> float:
        """Of the highest cell, with room."""
        return max((p.height for _, p in self.cells), default=0.0) + self.above + self.below

    @property
    def least(self) -> float:
        """The highest least of its cells."""
        return max((p.least for _, p in self.cells), default=0.0) + self.above + self.below

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """In those cells that are higher than the room."""
        inner = room - self.above - self.below
        first: list[tuple[float, Piece]] = []
        rest: list[tuple[float, Piece]] = []
        for x, piece in self.cells:
            if piece.height <= inner + _ROUNDING:
                first.append((x, piece))
                continue
            halves = piece.split(inner)
            if halves is None:
                return None
            first.append((x, halves[0]))
            rest.append((x, halves[1]))
        if not rest:
            return None
        return (
            Row(tuple(first), self.above, self.below),
            Row(tuple(rest), self.above, self.below, self.rule),
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """All from the same top."""
        if self.rule:
            with canvas.artifact():
                canvas.setStrokeColorRGB(*HAIRLINE)
                canvas.setLineWidth(0.6)
                y = top - self.height
                canvas.line(x, y, x + self.rule, y)
        for dx, piece in self.cells:
            piece.draw(canvas, x + dx, top - self.above)


@dataclass(frozen=True, slots=True)
class Boxed:
    """A piece in a colored box.

    Attributes:
        inner: What stands inside.
        room: Width of the box.
        fill: Its color.
        bar: Color of a bar at its left, or None.
        side: Room left and right.
        pad: Room above and below.
    """

    inner: Piece
    room: float
    fill: Color
    bar: Color | None = None
    side: float = 14.0
    pad: float = 9.0

    @property
    def height(self) -> float:
        """With room."""
        return self.inner.height + 2 * self.pad

    @property
    def least(self) -> float:
        """Of what is inside, with room."""
        return self.inner.least + 2 * self.pad

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Into two boxes."""
        halves = self.inner.split(room - 2 * self.pad)
        if halves is None:
            return None
        first, rest = (
            Boxed(half, self.room, self.fill, self.bar, self.side, self.pad) for half in halves
        )
        return first, rest

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """The box, then what is inside."""
        with canvas.artifact():
            canvas.setFillColorRGB(*self.fill)
            canvas.roundRect(x, top - self.height, self.room, self.height, 4, stroke=0, fill=1)
            if self.bar is not None:
                canvas.setFillColorRGB(*self.bar)
                canvas.rect(x, top - self.height, 3, self.height, stroke=0, fill=1)
        self.inner.draw(canvas, x + self.side, top - self.pad)
