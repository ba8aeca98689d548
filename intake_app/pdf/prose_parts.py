"""Parts made of sentences: headings, paragraphs, bullets, legal words, room to write."""

from intake_app.domain.paper import Part
from intake_app.pdf.barcode import CARD_SQUARE, square
from intake_app.pdf.flow import Item
from intake_app.pdf.look import NAVY, RULE, TEAL, TINT, TextStyle
from intake_app.pdf.pieces import Boxed, Drawn, Piece, Row, Stack, prose
from intake_app.pdf.setting import Setting
from intake_app.pdf.structure import BULLETED, NUMBERED
from intake_app.pdf.tagged_canvas import TaggedCanvas

_SIDE = 14.0
_QUIET = 10.0  # white around a square code, so that scanners find it
_TITLE_LENGTH = 90
_MOST_LARGE = 2  # lines of a dark box that are written large
_SHORT_LIST = 5  # not parted at a page's end


def heading(part: Part, at: Setting) -> list[Item]:
    """A heading; stays with what follows."""
    if not part.text.strip():
        return []
    level = min(max(part.level, 1), 3)
    element = at.parent.add(f"H{level}")
    style = at.look.headings[level - 1]
    gap = at.look.gap
    return [Item(prose(element, part.text, style, at.room), gap * 1.6, gap * 0.45, keeps_next=True)]


def lead_in(part: Part, at: Setting, style: TextStyle) -> list[Item]:
    """Words before boxes, rows or lines; they stay with the first of those."""
    if not part.text.strip():
        return []
    element = at.parent.add("P")
    gap = at.look.gap
    return [Item(prose(element, part.text, style, at.room), gap, gap * 0.45, keeps_next=True)]


def paragraph(part: Part, at: Setting) -> list[Item]:
    """Paragraphs, parted by blank lines; plain, as a lead, or in a box."""
    texts = _paragraphs(part.text)
    if not texts:
        return []
    look = at.look
    match part.style:
        case "notice":
            return [_tinted(texts, look.notice, look.strong, at)]
        case "callout":
            return [_callout(texts, at)]
        case "square":
            said = at.words.text("Square code of the words above")
            return [Item(square(part.text, at, CARD_SQUARE, said), look.gap + _QUIET, _QUIET)]
        case style:
            written = look.lead if style == "lead" else look.body
            return [
                Item(prose(at.parent.add("P"), text, written, at.room), look.gap) for text in texts
            ]


def _paragraphs(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").split("\n")
    blocks = "\n".join(line.rstrip() for line in lines).split("\n\n")
    return [block.strip("\n") for block in blocks if block.strip()]


def _tinted(texts: list[str], style: TextStyle, title: TextStyle, at: Setting) -> Item:
    """A tinted box with a bar; a short first line without a full stop is its title."""
    room = at.room - 2 * _SIDE
    pieces: list[Piece] = []
    for n, text in enumerate(texts):
        is_title = n == 0 and len(texts) > 1 and _is_title(text)
        written = title if is_title else style
        pieces.append(prose(at.parent.add("P"), text, written, room))
    inner = Stack(tuple(pieces), style.leading * 0.3)
    return Item(Boxed(inner, at.room, TINT, TEAL, _SIDE, at.look.box_pad), at.look.gap + 2)


def _is_title(text: str) -> bool:
    return len(text) <= _TITLE_LENGTH and not text.endswith((".", ":", "?", "!"))


def _callout(texts: list[str], at: Setting) -> Item:
    """A dark box; its first line is large."""
    first, _, rest = "\n".join(texts).partition("\n")
    room = at.room - 2 * _SIDE
    element = at.parent.add("P")
    large = prose(element, first, at.look.callout, room)
    if len(large.lines) > _MOST_LARGE:
        large = prose(element, first, at.look.callout_long, room)
    pieces: list[Piece] = [large]
    if rest:
        pieces.append(prose(at.parent.add("P"), rest, at.look.callout_rest, room))
    boxed = Boxed(Stack(tuple(pieces), 1), at.room, NAVY, None, _SIDE, at.look.box_pad)
    return Item(boxed, at.look.gap + 2, is_whole=True)


def bullets(part: Part, at: Setting) -> list[Item]:
    """A list."""
    items = lead_in(part, at, at.look.body)
    if not part.bullets:
        return items
    look = at.look
    marker = TextStyle(look.body.size, look.body.leading, look.strong.font, TEAL)
    indent = look.body.size * 1.1
    is_numbered = part.style == "numbered"
    parent = at.parent.add("L", attributes=NUMBERED if is_numbered else BULLETED)
    for n, text in enumerate(part.bullets):
        entry = parent.add("LI")
        label = prose(entry.add("Lbl"), f"{n + 1}." if is_numbered else "•", marker, indent)
        body = prose(entry.add("LBody"), text, look.body, at.room - indent - 1)
        row = Row(((1, label), (indent + 1, body)))
        before = look.gap if n == 0 else look.gap * 0.2
        is_short = n < len(part.bullets) - 1 < _SHORT_LIST
        items.append(Item(row, before, keeps_next=is_short))
    return items


def legal(part: Part, at: Setting) -> list[Item]:
    """Legal words in a tinted box: small but readable; as a "notice" larger, to be read at once."""
    texts = _paragraphs(part.text)
    if not texts:
        return []
    if part.style == "notice":
        return [_tinted(texts, at.look.notice, at.look.strong, at)]
    return [_tinted(texts, at.look.legal, at.look.legal_title, at)]


def space(part: Part, at: Setting) -> list[Item]:
    """Ruled lines to write on."""
    items = lead_in(part, at, at.look.strong)
    ruled = Drawn(at.look.write_height, lambda canvas, x, top: _rule(canvas, x, top, at))
    return items + [Item(ruled) for _ in range(part.lines)]


def _rule(canvas: TaggedCanvas, x: float, top: float, at: Setting) -> None:
    with canvas.artifact():
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.6)
        y = top - at.look.write_height + 1
        canvas.line(x, y, x + at.room, y)
