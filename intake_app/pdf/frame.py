"""What stands around the text of a page: rule on top, running head and foot, watermark."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from intake_app.domain.paper import Sheet
from intake_app.pdf import fonts
from intake_app.pdf.legible import legible
from intake_app.pdf.lines import broken
from intake_app.pdf.look import INK, NAVY, SMALL, SMALL_RIGHT, WATERMARK, WHITE, TextStyle
from intake_app.pdf.pieces import prose
from intake_app.pdf.tagged_canvas import TaggedCanvas

WIDTH, HEIGHT = 612.0, 792.0
"""US Letter, in points."""
MARGIN = 48.0
ROOM = WIDTH - 2 * MARGIN
_FOOT = 36.0
_RIGHT = 165.0
_KEPT = 15.0  # the band that says "Not for release": below the foot
_RUNNING_HEAD = HEIGHT - 26.0


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Page x of y.

    Attributes:
        page: Counted from 1, through all papers of a document.
        pages: Of the whole document.
        is_first: The first page of its paper.
    """

    page: int
    pages: int
    is_first: bool = True

    def said(self, page_words: str) -> str:
        """In the words of the sheet."""
        said = page_words.replace("{page}", str(self.page))
        return said.replace("{pages}", str(self.pages))


Painter: TypeAlias = Callable[[TaggedCanvas, PageNumber], None]
"""Draws one page that is laid out already."""


def draw_frame(
    canvas: TaggedCanvas, sheet: Sheet, number: PageNumber, margin: float = MARGIN
) -> None:
    """Everything that is the same on all pages; screen readers pass over it."""
    for n, words in enumerate(filter(None, (sheet.kept_words, sheet.sample_words))):
        watermark(canvas, words, (WIDTH / 2, HEIGHT * (0.5 - 0.3 * n)), WIDTH * 0.98)
    with canvas.artifact():
        canvas.setFillColorRGB(*NAVY)
        high = 9 if number.is_first else 4
        canvas.rect(0, HEIGHT - high, WIDTH, high, stroke=0, fill=1)
    if sheet.kept_words:
        _kept(canvas, sheet.kept_words)
    if not number.is_first:
        _running(canvas, (sheet.title, sheet.letterhead.name), _RUNNING_HEAD, margin)
    said = number.said(sheet.page_words)
    right = f"{sheet.number} · {said}" if sheet.number else said
    _running(canvas, (sheet.form_note, right), _FOOT, margin)


def _running(canvas: TaggedCanvas, said: tuple[str, str], top: float, margin: float) -> None:
    """Words at the head or foot of a page, at most two lines; what is over is left out."""
    left, right = said
    for text, style, room, x in (
        (left, SMALL, WIDTH - 2 * margin - _RIGHT - 12, margin),
        (right, SMALL_RIGHT, _RIGHT, WIDTH - margin - _RIGHT),
    ):
        piece = prose(None, text.replace("\n", " "), style, room)
        replace(piece, lines=piece.lines[:2]).draw(canvas, x, top)


def _kept(canvas: TaggedCanvas, words: str) -> None:
    """What says at the foot of each page that it stays in the house, where a copier sees it."""
    style = replace(SMALL, font=fonts.BOLD, color=WHITE, align="center")
    lines = broken(legible(words.replace("\n", " ")), style, WIDTH)[:1]
    half = lines[0].width / 2 + 10
    with canvas.artifact("Pagination"):
        canvas.setFillColorRGB(*INK)
        canvas.rect(WIDTH / 2 - half, _KEPT - 13, 2 * half, 15, stroke=0, fill=1)
        canvas.write(lines, style, WIDTH / 2, _KEPT)


def watermark(canvas: TaggedCanvas, words: str, middle: tuple[float, float], length: float) -> None:
    """Large gray words across a page or card, under the text."""
    size = min(120.0, 100 * length / max(fonts.width(words, fonts.BOLD, 100), 1))
    style = TextStyle(size, size, fonts.BOLD, WATERMARK, "center")
    lines = broken(legible(words.replace("\n", " ")), style, length * 2)
    with canvas.artifact("Background"):
        canvas.saveState()
        canvas.translate(*middle)
        canvas.rotate(40)
        canvas.write(lines, style, 0, size / 2)
        canvas.restoreState()
