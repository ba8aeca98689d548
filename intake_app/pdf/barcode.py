"""The receipt number as bar code and as square code: the number only, no name, no fact."""

from functools import lru_cache

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from intake_app.pdf.look import BLACK
from intake_app.pdf.pieces import Drawn
from intake_app.pdf.setting import Setting, placed_at
from intake_app.pdf.structure import Element
from intake_app.pdf.tagged_canvas import TaggedCanvas

_BAR = 0.8  # width of the thinnest bar, in points: 11 mil, read by any scanner
_BAR_HEIGHT = 18.0
SQUARE = 72.0
"""Side of the square code, in points."""
CARD_SQUARE = 150.0
"""Side of the square code of a recovery card: its 32 words want small modules."""


def may_be_coded(number: str) -> bool:
    """Whether a number can stand in a code: plain letters, digits and signs."""
    return 0 < len(number) <= 24 and number.isascii() and number.isprintable()


def bars(number: str) -> list[tuple[float, float]]:
    """The dark bars of Code 128 (ISO/IEC 15417): start and width, in widths of the thinnest."""
    code = Code128(number, quiet=0)
    code.validate()
    code.encode()
    found: list[tuple[float, float]] = []
    at = 0
    for sign in code.decompose():
        is_bar = sign.isupper()
        wide = ord(sign.lower()) - ord("a") + 1
        if is_bar:
            found.append((at, wide))
        at += wide
    return found


def linear_width(number: str) -> float:
    """How wide the bar code of a number is, in points."""
    return sum(bars(number)[-1]) * _BAR


def linear(number: str, at: Setting) -> Drawn:
    """Code 128 of a number, at the right edge of its room."""
    figure = at.parent.add(
        "Figure", alt=at.words.text("Bar code of the number {number}", number=number)
    )
    dark = bars(number)
    wide = sum(dark[-1]) * _BAR

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        left, bottom = x + at.room - wide, top - _BAR_HEIGHT - 3
        figure.attributes = placed_at(left, bottom, wide, _BAR_HEIGHT)
        rectangles = [(left + a * _BAR, bottom, w * _BAR, _BAR_HEIGHT) for a, w in dark]
        _fill(canvas, figure, rectangles)

    return Drawn(_BAR_HEIGHT + 3, paint)


def square(number: str, at: Setting, side: float = SQUARE, said: str = "") -> Drawn:
    """QR code of a number or some words (ISO/IEC 18004), drawn as one path.

    Args:
        number: What it holds; plain letters, digits and signs.
        at: Where it stands.
        side: Of the square, in points.
        said: What a screen reader says of it.
    """
    told = at.words.text("Square code of the number {number}; it holds no name", number=number)
    figure = at.parent.add("Figure", alt=said or told)
    modules = made(number) if said else _modules(number)
    unit = side / len(modules)

    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        figure.attributes = placed_at(x, top - side, side, side)
        rectangles = [
            (x + start * unit, top - (n + 1) * unit, length * unit, unit)
            for n, row in enumerate(modules)
            for start, length in _runs(row)
        ]
        _fill(canvas, figure, rectangles)

    return Drawn(side, paint)


@lru_cache(maxsize=8)
def _modules(number: str) -> list[list[bool]]:
    """Dark and light; a citation is laid out more than once, and its number stays."""
    return made(number)


def made(text: str) -> list[list[bool]]:
    """The square code of a text, row by row, dark and light; nothing of it is remembered."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return code.modules


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Stretches of dark modules: start and length."""
    found: list[tuple[int, int]] = []
    for n, is_dark in enumerate(row):
        if not is_dark:
            continue
        if found and sum(found[-1]) == n:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((n, 1))
    return found


def _fill(
    canvas: TaggedCanvas, figure: Element, rectangles: list[tuple[float, float, float, float]]
) -> None:
    with canvas.mark(figure):
        canvas.setFillColorRGB(*BLACK)
        path = canvas.beginPath()
        for rectangle in rectangles:
            path.rect(*rectangle)
        canvas.drawPath(path, stroke=0, fill=1)
