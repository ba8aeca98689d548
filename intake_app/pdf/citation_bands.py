"""The bands of a citation, from its head to the signatures; each goes over the whole width."""

from collections.abc import Sequence
from dataclasses import replace

from intake_app.domain.paper import BlockType, Part, Sheet
from intake_app.pdf.citation_parts import Card, pieces_of, thin_line, write_box, written_line
from intake_app.pdf.fonts import width
from intake_app.pdf.letterhead import sender
from intake_app.pdf.look import HAIRLINE, LONG_TITLE, NAVY, SMALL_RIGHT, TEAL, TINT, TextStyle
from intake_app.pdf.mark_parts import signature
from intake_app.pdf.pieces import Drawn, Piece, Row, Stack, empty, prose
from intake_app.pdf.setting import Setting
from intake_app.pdf.structure import UNMARKED
from intake_app.pdf.tagged_canvas import TaggedCanvas

_BETWEEN = 12.0  # columns of the bar, cards side by side
_LEFT = 0.52
"""Share of the left column: where to go, what to do."""
_PERSON, _PERSON_BESIDE_MANY = 0.46, 0.4
"""Share of the person's card; an offense needs more words than a name, and several still more."""
_MANY = 3  # offenses that stand below one another
_MOST_TITLE = 0.5
_LOGO = 44.0


def head(sheet: Sheet, subtitle: Sequence[Part], at: Setting) -> Piece:
    """Sender at the left; title, a line below it, and what it replaces at the right."""
    large, small = at.look.headings[0], at.look.headings[2]
    asked = [width(sheet.title, large.font, large.size)]
    asked += [width(part.text, small.font, small.size) for part in subtitle]
    room = min(max(asked) + 2, at.room * _MOST_TITLE)
    left = sender(sheet.letterhead, at.inside(at.parent, at.room - room - 12), _LOGO)
    heading = at.parent.add("H1")
    is_long = asked[0] > room
    pieces: list[Piece] = [
        prose(heading, sheet.title or sheet.number, LONG_TITLE if is_long else large, room)
    ]
    for part in subtitle:
        pieces.append(prose(at.parent.add("P"), part.text, small, room))
    if sheet.replaces:
        pieces.append(prose(at.parent.add("P"), sheet.replaces, SMALL_RIGHT, room))
    return Row(((0, left), (at.room - room, Stack(tuple(pieces), 1))))


def bar(parts: Sequence[Part], at: Setting) -> Piece:
    """Labels over answers, side by side in a tinted box."""
    rows = [row for part in parts for row in part.rows]
    look = at.look
    room = at.room - 22
    label = replace(look.label, leading=look.label.size * 1.25)
    rooms = _rooms(rows, room, (label, look.strong))
    listed = at.parent.add("L", attributes=UNMARKED)
    cells: list[tuple[float, Piece]] = []
    x = 0.0
    for row, wide in zip(rows, rooms, strict=True):
        entry = listed.add("LI")
        over = prose(entry.add("Lbl"), row[0], label, wide)
        body = entry.add("LBody")
        said = "\n".join(filter(None, row[1:]))
        under: Piece = prose(body, said, look.strong, wide)
        if not said:
            under = written_line(at.inside(body, wide))
        cells.append((x, Stack((over, under), 1)))
        x += wide + _BETWEEN
    inner = Row(tuple(cells))
    rules = [(x - _BETWEEN / 2, _upright(inner.height)) for x, _ in cells[1:]]
    boxed = Row((*cells, *rules))
    return Card(boxed, at.room, boxed.height + 11, TINT, is_edged=True, pad=5)


def _rooms(
    rows: Sequence[tuple[str, ...]], room: float, styles: tuple[TextStyle, TextStyle]
) -> list[float]:
    """Widths of columns, as their words ask; less for all where that is more than there is."""
    label, answer = styles
    asked = [
        max(
            width(row[0], label.font, label.size),
            *(width(line, answer.font, answer.size) for line in "\n".join(row[1:]).split("\n")),
            48.0,
        )
        + 2
        for row in rows
    ]
    free = room - _BETWEEN * (len(rows) - 1)
    total = sum(asked) or 1
    if total > free:
        return [wide * free / total for wide in asked]
    return [wide + (free - total) / len(rows) for wide in asked]


def _upright(height: float) -> Drawn:
    def paint(canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            canvas.setStrokeColorRGB(*HAIRLINE)
            canvas.setLineWidth(0.6)
            canvas.line(x, top - 1, x, top - height + 1)

    return Drawn(0, paint)


def cards(person: Sequence[Part], offense: Sequence[Part], at: Setting) -> Piece:
    """Who, and what is alleged, in two boxes of one height."""
    many = sum(len(p.rows) for p in offense if p.type is BlockType.TABLE) > _MANY
    left = _PERSON_BESIDE_MANY if many else _PERSON
    shares = (left, 1 - left) if person and offense else (1.0,)
    free = at.room - _BETWEEN * (len(shares) - 1)
    inner: list[tuple[Piece, float]] = []
    for parts, share in zip([p for p in (person, offense) if p], shares, strict=True):
        room = free * share
        section = at.parent.add("Sect")
        inner.append((pieces_of(parts, at.inside(section, room - 22)), room))
    pad = at.look.box_pad - 1
    high = max(piece.height for piece, _ in inner) + 2 * pad + 1
    return _beside([Card(piece, room, high, is_edged=True, pad=pad) for piece, room in inner])


def _beside(boxes: Sequence[Card]) -> Piece:
    cells: list[tuple[float, Piece]] = []
    x = 0.0
    for box in boxes:
        cells.append((x, box))
        x += box.room + _BETWEEN
    return Row(tuple(cells))


def dark(where: Sequence[Part], report_by: Sequence[Part], at: Setting) -> Piece:
    """Where to go and by when, white on navy: what is seen first."""
    inner = at.room - 32
    left = inner * _LEFT
    cells: list[tuple[float, Piece]] = []
    for x, room, parts in ((0.0, left - 14, where), (left + 14, inner - left - 14, report_by)):
        section = at.parent.add("Sect")
        rows = [row for part in parts for row in part.rows]
        said = [_large(row, at.inside(section, room)) for row in rows]
        cells.append((x, Stack(tuple(said), 5)))
    high = max(piece.height for _, piece in cells)
    row = Row((*cells, (left, _upright(high))))
    pad = at.look.box_pad + 1
    return Card(row, at.room, high + 2 * pad + 2, NAVY, side=16, pad=pad)


def _large(row: tuple[str, ...], at: Setting) -> Piece:
    """A label as heading, its answer large, what goes on below it in plain type."""
    look = at.look
    over = replace(look.strong, size=look.label.size, leading=look.label.size * 1.3, color=HAIRLINE)
    label = prose(at.parent.add("H2"), row[0], over, at.room)
    said, rest = row[1] if len(row) > 1 else "", _lines(row[2:], at)
    if not said:
        return Stack((label, empty(3), write_box(at.room, look.write_height + 8)))
    answer = _fitted(said, at)
    below = (prose(at.parent.add("P"), rest, look.callout_rest, at.room),) if rest else ()
    return Stack((label, answer, *below), 1)


def _fitted(said: str, at: Setting) -> Piece:
    """In large letters on one line, else in somewhat smaller ones, else on several lines."""
    look, element = at.look, at.parent.add("P")
    for by in (1.0, 0.93, 0.86, 0.8):
        style = replace(
            look.callout, size=look.callout.size * by, leading=look.callout.leading * by
        )
        answer = prose(element, said, style, at.room)
        if len(answer.lines) == 1:
            return answer
    answer = prose(element, said, look.callout, at.room)
    return answer if len(answer.lines) <= 2 else prose(element, said, look.callout_long, at.room)


def _lines(cells: Sequence[str], at: Setting) -> str:
    """As many cells on a line as fit; the lines of an address stand side by side here."""
    style, lines = at.look.callout_rest, [""]
    for cell in (cell.replace("\n", ", ") for cell in cells if cell):
        both = f"{lines[-1]} · {cell}" if lines[-1] else cell
        if lines[-1] and width(both, style.font, style.size) > at.room:
            lines.append(cell)
        else:
            lines[-1] = both
    return "\n".join(lines)


def columns(duties: Sequence[Part], rights: Sequence[Part], at: Setting) -> Piece:
    """What to do, numbered; beside it the person's rights on a tint."""
    left = at.room * _LEFT
    rest = at.room - left - _BETWEEN
    first = pieces_of(_joined(duties), at.inside(at.parent.add("Sect"), left), is_numbered=True)
    second = pieces_of(rights, at.inside(at.parent.add("Sect"), rest - 25))
    pad = at.look.box_pad - 1
    high = max(second.height + 2 * pad + 1, first.height)
    boxed = Card(second, rest, high, TINT, bar=TEAL, side=14, pad=pad)
    return Row(((0, first), (left + _BETWEEN, boxed)))


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Lists that follow one another as one list, so that numbers go on."""
    found: list[Part] = []
    for part in parts:
        is_list = part.type is BlockType.BULLETS and part.style == "plain" and not part.text
        if is_list and found and found[-1].type is part.type and found[-1].style == part.style:
            found[-1] = replace(found[-1], bullets=(*found[-1].bullets, *part.bullets))
        else:
            found.append(part)
    return found


def notice(parts: Sequence[Part], at: Setting) -> Piece:
    """Small words over the whole width."""
    return pieces_of([replace(part, style=_small(part)) for part in parts], at)


def _small(part: Part) -> str:
    return "notice" if part.type is BlockType.PARAGRAPH and part.style == "plain" else part.style


def receipt(parts: Sequence[Part], at: Setting) -> Piece:
    """What is signed, below a thin line."""
    section = at.parent.add("Sect")
    return Stack((thin_line(at.room), pieces_of(parts, at.inside(section, at.room))))


def guardian(parts: Sequence[Part], at: Setting) -> Piece:
    """A box for the parent or guardian of a minor."""
    section = at.parent.add("Sect")
    half = (at.room - 22 - 20) / 2
    told = pieces_of([part for part in parts if not part.signatures], at.inside(section, half))
    lines = [line for part in parts for line in part.signatures]
    signs = Stack(tuple(signature(line, at.inside(section, half)) for line in lines))
    made = Row(((0, told), (half + 20, signs)))
    return Card(made, at.room, made.height + 9, is_edged=True, pad=4)


def signed(parts: Sequence[Part], at: Setting) -> Piece:
    """Lines to sign on, two side by side."""
    lines = [line for part in parts for line in part.signatures]
    cell = (at.room - 20) / 2
    rows: list[Piece] = []
    for n in range(0, len(lines), 2):
        pair = [signature(line, at.inside(at.parent, cell)) for line in lines[n : n + 2]]
        rows.append(Row(tuple((i * (cell + 20), piece) for i, piece in enumerate(pair))))
    return Stack(tuple(rows), 2)
