"""Fills pages with pieces from top to bottom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from intake_app.pdf.pieces import Piece

_ROUNDING = 0.01


@dataclass(frozen=True, slots=True)
class Item:
    """A piece and how it stands among others.

    Attributes:
        piece: What is drawn.
        before: Room above it, not at the top of a page.
        after: The most room below it, or None: as the next asks.
        keeps_next: Never the last on a page: headings, lead-ins.
        is_whole: Goes to the next page rather than be parted: signatures.
        sinks: Stands at the foot of its page: a part to tear off.
        head: Drawn again where it goes on over a page's end: heads of columns.
    """

    piece: Piece
    before: float = 0.0
    after: float | None = None
    keeps_next: bool = False
    is_whole: bool = False
    sinks: bool = False
    head: Piece | None = None


Placed: TypeAlias = tuple[float, Piece]
"""A piece and its distance from the top of the page's room."""

Page: TypeAlias = list[Placed]


@dataclass(frozen=True, slots=True)
class Rooms:
    """How much a page holds, in points.

    Attributes:
        first: The first page.
        later: Every other page.
    """

    first: float
    later: float


def fill(items: Iterable[Item], rooms: Rooms) -> list[Page]:
    """Place items on as many pages as they need; always at least one."""
    filler = _Filler(tuple(items), rooms)
    return filler.pages()


class _Filler:
    def __init__(self, items: tuple[Item, ...], rooms: Rooms) -> None:
        self._items = items
        self._rooms = rooms
        self._pages: list[Page] = [[]]
        self._used = 0.0

    def pages(self) -> list[Page]:
        for n, item in enumerate(self._items):
            if self._pages[-1] and not self._fits(n):
                self._turn(item)
            self._put(n, item)
        return self._pages

    @property
    def _room(self) -> float:
        return self._rooms.later if len(self._pages) > 1 else self._rooms.first

    def _fits(self, n: int) -> bool:
        """Whether an item may begin on this page.

        One that belongs together with the next, both taller than a page, begins where it is.
        """
        needed = self._needed(n)
        return self._used + needed <= self._room + _ROUNDING or needed > self._rooms.later

    def _needed(self, n: int) -> float:
        """Room that the beginning of an item takes, with what it may not be parted from."""
        needed = 0.0
        for i, item in enumerate(self._items[n:], n):
            is_whole = item.is_whole or item.keeps_next
            needed += self._before(i) + (item.piece.height if is_whole else item.piece.least)
            if not item.keeps_next:
                break
        return needed

    def _before(self, n: int) -> float:
        """Room above an item: none at the top of a page, little below a heading."""
        if not self._pages[-1]:
            return 0.0
        asked = self._items[n].before
        most = self._items[n - 1].after if n else None
        return asked if most is None else min(asked, most)

    def _turn(self, item: Item | None = None) -> None:
        self._pages.append([])
        self._used = 0.0
        if item is not None and item.head is not None:
            self._stand(item.head, 0.0)

    def _put(self, n: int, item: Item) -> None:
        piece: Piece | None = item.piece
        before = self._before(n)
        while piece is not None:
            left = self._room - self._used - before
            if piece.height <= left + _ROUNDING:
                sinks = item.sinks and piece is item.piece
                self._stand(piece, before + (self._spare(n, left) if sinks else 0))
                return
            piece = self._part(piece, item, before)
            before = 0.0

    def _spare(self, n: int, left: float) -> float:
        """How far an item may sink so that all after it still stand on this page."""
        after = sum(item.before + item.piece.height for item in self._items[n + 1 :])
        return max(left - self._items[n].piece.height - after, 0.0)

    def _part(self, piece: Piece, item: Item, before: float) -> Piece | None:
        """Stand a beginning on this page and turn; what is left."""
        left = self._room - self._used - before
        is_fresh, is_higher = self._is_fresh(item), piece.height > self._rooms.later
        may_part = not item.is_whole or is_fresh or is_higher
        halves = piece.split(left) if may_part else None
        if halves is not None:
            self._stand(halves[0], before)
            self._turn(item)
            return halves[1]
        if is_fresh and (is_higher or len(self._pages) > 1):
            # Taller than a page and in one piece: what fits is shown.
            self._stand(piece, before)
            return None
        self._turn(item)
        return piece

    def _is_fresh(self, item: Item) -> bool:
        """Whether nothing stands on this page but a repeated head."""
        return len(self._pages[-1]) <= (1 if item.head is not None and len(self._pages) > 1 else 0)

    def _stand(self, piece: Piece, before: float) -> None:
        self._pages[-1].append((self._used + before, piece))
        self._used += before + piece.height
