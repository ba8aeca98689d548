"""Parts to make a mark on: boxes to tick and places to sign."""

from collections.abc import Iterator, Sequence
from math import isfinite

from intake_app.domain.paper import Part, SignatureLine, Stroke
from intake_app.pdf.flow import Item
from intake_app.pdf.fonts import width
from intake_app.pdf.look import INK
from intake_app.pdf.pieces import Drawn, Piece, Row, Stack, empty, prose
from intake_app.pdf.prose_parts import lead_in
from intake_app.pdf.setting import Setting, placed_at
from intake_app.pdf.structure import UNMARKED, Element
from intake_app.pdf.tagged_canvas import TaggedCanvas

_MOST_COLUMNS = 4
_SHORT_LIST = 8  # choices that are not parted at a page's end
_BETWEEN = 16.0
_SIGN_GAP = 10.0


def choices(part: Part, at: Setting) -> list[Item]:
    """Words with a box each: in one row, or in as many columns as they leave room for."""
    items = lead_in(part, at, at.look.strong)
    if not part.boxes:
        return items
    look = at.look
    parent = at.parent.add("L", attributes=UNMARKED)
    indent = look.body.size * 1.6
    asked = [
        width(text, look.body.font, look.body.size) + indent + _BETWEEN + 1
        for text, _ in part.boxes
    ]
    lefts, rooms = _columns(asked, at.room)
    cells = [
        _choice(box, at.inside(parent.add("LI"), rooms[n % len(rooms)] - _BETWEEN), indent)
        for n, box in enumerate(part.boxes)
    ]
    for n in range(0, len(cells), len(lefts)):
        row = Row(tuple(zip(lefts, cells[n : n + len(lefts)], strict=False)))
        is_kept = len(cells) <= _SHORT_LIST and n + len(lefts) < len(cells)
        items.append(Item(row, look.gap * (0.5 if n == 0 else 0.25), keeps_next=is_kept))
    return items


def _columns(asked: Sequence[float], room: float) -> tuple[list[float], list[float]]:
    """Where columns begin and how wide they are, for choices that ask for so much each."""
    count = len(asked)
    if count > _MOST_COLUMNS or max(asked) > room / count:
        if count <= _MOST_COLUMNS + 1 and sum(asked) <= room:
            return [sum(asked[:n]) for n in range(count)], list(asked)
        count = next(n for n in range(_MOST_COLUMNS, 0, -1) if n == 1 or _go_into(n, asked, room))
    return [n * room / count for n in range(count)], [room / count] * count


def _go_into(columns: int, asked: Sequence[float], room: float) -> bool:
    """Whether choices go into so many columns: most in one line, none in more than two."""
    each = room / columns
    short = sum(one <= each for one in asked)
    most = 0.6 if columns == 2 else 0.75
    return len(asked) > columns and short >= most * len(asked) and max(asked) <= 1.7 * each


def _choice(box: tuple[str, bool], at: Setting, indent: float) -> Piece:
    text, is_ticked = box
    said = at.words.text("ticked") if is_ticked else at.words.text("not ticked")
    figure = at.parent.add("Lbl").add("Figure", alt=said)
    style = at.look.body
    square = Drawn(
        style.leading,
        lambda canvas, x, top: _box(canvas, x, top - style.leading / 2, is_ticked, figure),
    )
    body = prose(at.parent.add("LBody"), text, style, at.room - indent)
    return Row(((0, square), (indent, body)))


def _box(canvas: TaggedCanvas, x: float, middle: float, is_ticked: bool, figure: Element) -> None:
    size = 9.6
    y = middle - size / 2
    figure.attributes = placed_at(x, y, size, size)
    with canvas.mark(figure):
        canvas.setStrokeColorRGB(*INK)
        canvas.setLineWidth(0.9)
        canvas.roundRect(x, y, size, size, 1.4, stroke=1, fill=0)
        if is_ticked:
            canvas.setLineWidth(1.8)
            path = canvas.beginPath()
            path.moveTo(x + 1.9, y + size * 0.52)
            path.lineTo(x + size * 0.42, y + 2.0)
            path.lineTo(x + size - 1.6, y + size - 1.9)
            canvas.drawPath(path)


def signatures(part: Part, at: Setting) -> list[Item]:
    """Lines to sign on, two side by side, each with its date; or the signatures given."""
    items = lead_in(part, at, at.look.body)
    cell = (at.room - 24) / 2
    for n in range(0, len(part.signatures), 2):
        pair = [signature(line, at.inside(at.parent, cell)) for line in part.signatures[n : n + 2]]
        row = Row(tuple((i * (cell + 24), piece) for i, piece in enumerate(pair)))
        is_last = n + 2 >= len(part.signatures)
        items.append(Item(row, at.look.gap, is_whole=True, keeps_next=not is_last))
    return items


def signature(line: SignatureLine, at: Setting) -> Piece:
    """A place to sign and the place of its date, or the signature given."""
    room = at.room * 0.62
    left, right = at.inside(at.parent, room), at.inside(at.parent, at.room - room - _SIGN_GAP)
    signed, under = _signed(line, left)
    label = prose(at.parent.add("P"), at.words.text("Date"), at.look.small, right.room)
    dated: Piece = empty()
    if line.at:
        dated = prose(at.parent.add("P"), line.at, at.look.small, right.room)
    high = max(at.look.sign_height, signed.height + 2, dated.height + 2)
    cells = (
        (0.0, _over_line(signed, under, room, high)),
        (room + _SIGN_GAP, _over_line(dated, label, right.room, high)),
    )
    return Row(cells)


def _signed(line: SignatureLine, at: Setting) -> tuple[Piece, Piece]:
    """The name as typed, or the drawing, for above the line; who signs, for below."""
    small = at.look.small
    under: list[Piece] = [prose(at.parent.add("P"), line.label, small, at.room)]
    if line.note:
        under.append(prose(at.parent.add("P"), line.note, small, at.room))
    over: Piece = empty()
    if line.strokes:
        said = at.words.text("Signature: {label}", label=line.label)
        figure = at.parent.add("Figure", alt=said)
        over = Drawn(0, lambda canvas, x, top: _strokes(canvas, x, top, line.strokes, (figure, at)))
        if line.name:
            under.append(prose(at.parent.add("P"), line.name, small, at.room))
    elif line.name:
        over = prose(at.parent.add("P"), line.name, at.look.signed, at.room)
    return over, Stack(tuple(under))


def _over_line(over: Piece, under: Piece, room: float, high: float) -> Piece:
    """Something that stands on a ruled line, and something below it."""

    def rule(canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            canvas.setStrokeColorRGB(*INK)
            canvas.setLineWidth(0.7)
            canvas.line(x, top, x + room, top)

    gap = empty(high - over.height - 2)
    return Stack((gap, over, empty(2), Drawn(2, rule), under))


def _strokes(
    canvas: TaggedCanvas,
    x: float,
    bottom: float,
    strokes: Sequence[Stroke],
    on: tuple[Element, Setting],
) -> None:
    """A drawn signature in its box over the line; points run from 0 to 1."""
    figure, at = on
    height = at.look.sign_height - 4
    wide = min(at.room, height * 4)
    figure.attributes = placed_at(x, bottom, wide, height)
    with canvas.mark(figure):
        canvas.saveState()
        canvas.setStrokeColorRGB(*INK)
        canvas.setLineWidth(1.3)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        path = canvas.beginPath()
        for stroke in strokes:
            points = [(x + a * wide, bottom + (1 - b) * height) for a, b in _inside(stroke)]
            for n, point in enumerate(points):
                if n == 0:
                    path.moveTo(*point)
                path.lineTo(*point)
        canvas.drawPath(path)
        canvas.restoreState()


def _inside(stroke: Stroke) -> Iterator[tuple[float, float]]:
    for a, b in stroke:
        if isfinite(a) and isfinite(b):
            yield min(max(a, 0.0), 1.0), min(max(b, 0.0), 1.0)
