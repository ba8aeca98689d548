"""A citation: everything on one page, each part in its place, with a stub to tear off.

Long texts are set in smaller type, step by step, down to a size that is still read at arm's
length. What does not fit then is named; nothing is ever cut off.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from intake_app.domain.errors import PaperTooLong
from intake_app.domain.paper import BlockType, Part, Place, Sheet
from intake_app.pdf.barcode import may_be_coded
from intake_app.pdf.citation_bands import (
    bar,
    cards,
    columns,
    dark,
    guardian,
    head,
    notice,
    receipt,
    signed,
)
from intake_app.pdf.citation_stub import copies, stub
from intake_app.pdf.frame import HEIGHT, WIDTH, PageNumber, Painter, draw_frame
from intake_app.pdf.look import CITATION, Look, scaled
from intake_app.pdf.pieces import Piece
from intake_app.pdf.setting import Setting
from intake_app.pdf.structure import Element
from intake_app.pdf.tagged_canvas import TaggedCanvas
from intake_app.words import Words

MARGIN = 42.0
ROOM = WIDTH - 2 * MARGIN
_TOP = HEIGHT - 20.0
_BOTTOM = 40.0
_LEAST_TYPE = 8.5
"""The smallest letters of a citation, in points."""
_STEPS = tuple(scaled(CITATION, by, _LEAST_TYPE) for by in (1.0, 0.96, 0.92, 0.88, 0.84, 0.81))
_TIGHT = replace(
    _STEPS[-1], gap=2.4, box_pad=4.6, write_height=16.0, sign_height=19.0,
    callout=replace(CITATION.callout, size=12.5, leading=15),
)  # fmt: skip
LOOKS = (*_STEPS, _TIGHT)
"""From the largest type to the smallest that is still read at arm's length."""
_MOST_BETWEEN = 13.0
"""The most room between two bands, where there is room to spare."""

_FAIR: dict[Place, float] = {
    Place.HEAD_FACTS: 45, Place.PERSON: 105, Place.OFFENSE: 115, Place.WHERE: 100,
    Place.REPORT_BY: 90, Place.DUTIES: 185, Place.RIGHTS: 185, Place.NOTICE: 40,
    Place.RECEIPT: 60, Place.GUARDIAN: 70, Place.SIGNATURES: 60, Place.STUB: 125,
}  # fmt: skip
"""How high each place may be on a full page, in points: what is over is named as too long."""


@dataclass(frozen=True, slots=True)
class _Band:
    """A piece over the whole width, and the least room above it."""

    piece: Piece
    above: float
    sinks: bool = False


def citation_pages(
    parent: Element, sheet: Sheet, words: Words, only: int = -1, looks: Sequence[Look] = LOOKS
) -> list[Painter]:
    """The one page of a citation, ready to draw.

    Args:
        parent: Element that the page becomes a kid of.
        sheet: The citation, without its back.
        words: In its language.
        only: Of the list of copies, the one that this page is; -1: the list is printed.
        looks: What to try, from the largest.

    Raises:
        PaperTooLong: It does not fit in the smallest type; `detail` names the part to shorten.
    """
    for look in looks:
        section = Element("Sect")
        bands = _bands(sheet, _setting(section, sheet, words, look), only)
        spare = _spare(bands)
        if spare >= 0:
            parent.kids.append(section)
            return [partial(_paint, sheet, _spread(bands, spare))]
    raise PaperTooLong(_longest(sheet, LOOKS[-1], words))


def looks_for(sheet: Sheet, words: Words) -> tuple[Look, ...]:
    """The looks that are worth trying for a sheet: from the largest in which it fits."""
    for n, look in enumerate(LOOKS):
        if _spare(_bands(sheet, _setting(Element("Sect"), sheet, words, look), -1)) >= 0:
            return LOOKS[n:]
    return LOOKS[-1:]


def _setting(section: Element, sheet: Sheet, words: Words, look: Look) -> Setting:
    code = sheet.number if sheet.has_barcode and may_be_coded(sheet.number) else ""
    return Setting(section, ROOM, look, words, code)


def _spare(bands: Sequence[_Band]) -> float:
    """Room that is left on the page; negative where there is too little."""
    return _TOP - _BOTTOM - sum(band.piece.height + band.above for band in bands)


def _bands(sheet: Sheet, at: Setting, only: int) -> list[_Band]:
    """From the top to the foot; in this order a screen reader tells them."""
    parts = _by_place(sheet)
    gap = at.look.gap
    bands = [_Band(head(sheet, parts[Place.SUBTITLE], at), 0)]
    if parts[Place.HEAD_FACTS]:
        bands.append(_Band(bar(parts[Place.HEAD_FACTS], at), gap))
    if parts[Place.PERSON] or parts[Place.OFFENSE]:
        bands.append(_Band(cards(parts[Place.PERSON], parts[Place.OFFENSE], at), gap))
    if parts[Place.WHERE] or parts[Place.REPORT_BY]:
        bands.append(_Band(dark(parts[Place.WHERE], parts[Place.REPORT_BY], at), gap))
    if parts[Place.DUTIES] or parts[Place.RIGHTS]:
        bands.append(_Band(columns(parts[Place.DUTIES], parts[Place.RIGHTS], at), gap + 2))
    bands += _lower(parts, at)
    if parts[Place.STUB]:
        bands.append(_Band(stub(parts[Place.STUB], at), gap, sinks=True))
    if parts[Place.COPIES]:
        bands.append(_Band(copies(parts[Place.COPIES], at, only), 3))
    return bands


def _lower(parts: dict[Place, list[Part]], at: Setting) -> list[_Band]:
    """What is told and signed below the columns."""
    gap = at.look.gap
    made: list[_Band] = []
    for place, lay, above in (
        (Place.NOTICE, notice, gap), (Place.RECEIPT, receipt, gap),
        (Place.GUARDIAN, guardian, gap), (Place.SIGNATURES, signed, 0.0),
    ):  # fmt: skip
        if parts[place]:
            made.append(_Band(lay(parts[place], at), above))
    return made


def _by_place(sheet: Sheet) -> dict[Place, list[Part]]:
    found: dict[Place, list[Part]] = {place: [] for place in Place}
    for part in sheet.parts:
        found[part.place or Place.NOTICE].append(part)
    return found


def _spread(bands: Sequence[_Band], spare: float) -> list[tuple[float, Piece]]:
    """Where each band stands, below the top: a little more air between all, the stub at the foot.

    The first and the last two keep their distance: letterhead, and stub with its list of copies.
    """
    airy = [n for n in range(1, len(bands) - 1) if not bands[n].sinks]
    each = min(spare / max(len(airy), 1), _MOST_BETWEEN - CITATION.gap)
    placed: list[tuple[float, Piece]] = []
    y = 0.0
    for n, band in enumerate(bands):
        y += band.above + (each if n in airy else 0)
        y += spare - each * len(airy) if band.sinks else 0
        placed.append((y, band.piece))
        y += band.piece.height
    return placed


def _paint(
    sheet: Sheet, bands: list[tuple[float, Piece]], canvas: TaggedCanvas, number: PageNumber
) -> None:
    draw_frame(canvas, sheet, replace(number, is_first=True), MARGIN)
    for y, piece in bands:
        piece.draw(canvas, MARGIN, _TOP - y)


def _longest(sheet: Sheet, look: Look, words: Words) -> str:
    """The heading of the place that is furthest over its share: words of the paper file."""
    over: dict[Place, float] = {}
    parts = _by_place(sheet)
    for place, fair in _FAIR.items():
        alone = replace(sheet, parts=tuple(parts[place]))
        bands = _bands(alone, Setting(Element("Sect"), ROOM, look, words), -1)
        over[place] = sum(band.piece.height for band in bands[1:]) / fair
    worst = max(over, key=lambda place: over[place])
    return next((said for part in parts[worst] if (said := _name(part))), "")


def _name(part: Part) -> str:
    """What a part is called on the paper; never an answer."""
    if part.type is BlockType.HEADING:
        return part.text
    return part.rows[0][0] if part.rows and part.type is BlockType.FACTS else ""
