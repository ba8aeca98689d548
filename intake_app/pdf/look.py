"""How papers look: colors that a gray printer keeps apart, sizes that are read at arm's length."""

from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias

from intake_app.pdf import fonts

Color: TypeAlias = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""


def _color(hexadecimal: str) -> Color:
    red, green, blue = bytes.fromhex(hexadecimal)
    return red / 255, green / 255, blue / 255


NAVY = _color("14304D")
TEAL = _color("0F6B74")
INK = _color("1B2430")
MUTED = _color("4E5B68")
HAIRLINE = _color("B9C4CF")
RULE = _color("7C8894")
TINT = _color("F1F5F8")
WHITE = _color("FFFFFF")
BLACK = _color("000000")
WATERMARK = _color("E3E7EB")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is written.

    Attributes:
        size: Of the letters, in points; 8.5 is the smallest on any paper.
        leading: From line to line, in points.
        font: Cut of the typeface.
        color: Of the letters.
        align: Where short lines stand.
    """

    size: float
    leading: float
    font: str = fonts.REGULAR
    color: Color = INK
    align: Literal["left", "center", "right"] = "left"


SMALL = TextStyle(8.6, 11, fonts.REGULAR, MUTED)
SMALL_RIGHT = TextStyle(8.6, 11, fonts.REGULAR, MUTED, "right")
NAME = TextStyle(15, 18, fonts.BOLD, NAVY)
TITLE = TextStyle(19, 22, fonts.BOLD, NAVY, "right")
LONG_TITLE = TextStyle(15, 18, fonts.BOLD, NAVY, "right")
NUMBER = TextStyle(10.5, 14, fonts.SEMIBOLD, TEAL, "right")


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of one size of paper.

    Attributes:
        body: Paragraphs, bullets, choices, answers.
        strong: Words that lead into boxes or rows.
        lead: The first paragraph.
        label: The left side of facts.
        notice: In a tinted box.
        legal: Legal words in a tinted box.
        legal_title: A short first line of those.
        cell: In a table.
        cell_head: Heads of columns.
        callout: The first line in a dark box.
        callout_long: The same where it is long.
        callout_rest: What follows there.
        signed: A typed signature.
        small: Under lines to sign on.
        headings: By level.
        gap: Room between two parts, in points.
        box_pad: Room inside a box, above and below.
        write_height: Room to write one line by hand.
        sign_height: Room over a line to sign on.
    """

    body: TextStyle
    strong: TextStyle
    lead: TextStyle
    label: TextStyle
    notice: TextStyle
    legal: TextStyle
    legal_title: TextStyle
    cell: TextStyle
    cell_head: TextStyle
    callout: TextStyle
    callout_long: TextStyle
    callout_rest: TextStyle
    signed: TextStyle
    small: TextStyle
    headings: tuple[TextStyle, TextStyle, TextStyle]
    gap: float
    box_pad: float
    write_height: float
    sign_height: float = 38.0


LETTER = Look(
    body=TextStyle(11, 14.6),
    strong=TextStyle(11, 14.6, fonts.SEMIBOLD),
    lead=TextStyle(13, 17, fonts.SEMIBOLD, NAVY),
    label=TextStyle(9.6, 15.5, fonts.SEMIBOLD, TEAL),
    notice=TextStyle(10.4, 13.6),
    legal=TextStyle(8.8, 11.3),
    legal_title=TextStyle(8.8, 11.3, fonts.BOLD),
    cell=TextStyle(10.2, 13.2),
    cell_head=TextStyle(9.4, 12, fonts.SEMIBOLD, NAVY),
    callout=TextStyle(14.5, 18.5, fonts.BOLD, WHITE),
    callout_long=TextStyle(11.5, 15, fonts.SEMIBOLD, WHITE),
    callout_rest=TextStyle(11, 14.6, fonts.REGULAR, WHITE),
    signed=TextStyle(12, 15, fonts.ITALIC),
    small=SMALL,
    headings=(
        TextStyle(15, 19, fonts.BOLD, NAVY),
        TextStyle(12, 15.5, fonts.BOLD, NAVY),
        TextStyle(11, 14.6, fonts.SEMIBOLD, TEAL),
    ),
    gap=7,
    box_pad=9,
    write_height=25,
)

CARD = Look(
    body=TextStyle(9, 11.2),
    strong=TextStyle(9, 11.2, fonts.SEMIBOLD),
    lead=TextStyle(10.5, 12.8, fonts.BOLD, NAVY),
    label=TextStyle(8.5, 11.2, fonts.SEMIBOLD, TEAL),
    notice=TextStyle(8.6, 10.6),
    legal=TextStyle(8.5, 10.4),
    legal_title=TextStyle(8.5, 10.4, fonts.BOLD),
    cell=TextStyle(8.5, 10.4),
    cell_head=TextStyle(8.5, 10.4, fonts.SEMIBOLD, NAVY),
    callout=TextStyle(20, 23, fonts.BOLD, WHITE),
    callout_long=TextStyle(9, 11.2, fonts.SEMIBOLD, WHITE),
    callout_rest=TextStyle(9, 11.2, fonts.REGULAR, WHITE),
    signed=TextStyle(10, 12, fonts.ITALIC),
    small=TextStyle(8.5, 10.4, fonts.REGULAR, MUTED),
    headings=(
        TextStyle(11, 13, fonts.BOLD, NAVY),
        TextStyle(9.6, 11.6, fonts.BOLD, NAVY),
        TextStyle(9, 11.2, fonts.SEMIBOLD, TEAL),
    ),
    gap=3,
    box_pad=4,
    write_height=18,
)


def scaled(look: Look, by: float, least: float = 0.0) -> Look:
    """The same look, larger or smaller.

    Args:
        look: The styles.
        by: How much larger.
        least: The smallest size of letters, in points; smaller ones stop there.
    """

    def grown(value: object) -> object:
        if isinstance(value, TextStyle):
            each = max(by, min(least / value.size, 1.0))
            return replace(value, size=value.size * each, leading=value.leading * each)
        return value * by if isinstance(value, float) else value

    headings = tuple(grown(style) for style in look.headings)
    changed = {f.name: grown(getattr(look, f.name)) for f in fields(look)}
    kept = {"headings": headings, "sign_height": look.sign_height}
    return replace(look, **{**changed, **kept})


LARGE = scaled(LETTER, 1.45)
"""Big type: read at night, without glasses, by a person who is not well."""

SMALL_TYPE = scaled(LETTER, 0.83)
"""Many short questions on few sheets."""

CITATION = Look(
    body=TextStyle(10.4, 13.1),
    strong=TextStyle(10.4, 13.1, fonts.SEMIBOLD),
    lead=TextStyle(10.2, 12.9, fonts.SEMIBOLD),
    label=TextStyle(8.7, 13.1, fonts.REGULAR, MUTED),
    notice=TextStyle(9.7, 12.2),
    legal=TextStyle(8.7, 10.8),
    legal_title=TextStyle(8.7, 10.8, fonts.BOLD),
    cell=TextStyle(9.7, 12.2),
    cell_head=TextStyle(8.7, 11, fonts.SEMIBOLD, NAVY),
    callout=TextStyle(17, 20, fonts.BOLD, WHITE),
    callout_long=TextStyle(13, 16, fonts.BOLD, WHITE),
    callout_rest=TextStyle(10.4, 13.1, fonts.REGULAR, WHITE),
    signed=TextStyle(11.5, 14, fonts.ITALIC),
    small=TextStyle(8.6, 10.4, fonts.REGULAR, MUTED),
    headings=(
        TextStyle(19, 22, fonts.BOLD, NAVY, "right"),
        TextStyle(11.2, 14.4, fonts.BOLD, NAVY),
        TextStyle(10, 13, fonts.SEMIBOLD, TEAL, "right"),
    ),
    gap=5,
    box_pad=8,
    write_height=20,
    sign_height=25,
)
"""One page that holds everything; its third heading is the line below the title."""

CARD_NAME = TextStyle(8.5, 10.4, fonts.SEMIBOLD, TEAL)
CARD_NUMBER = TextStyle(8.5, 10.4, fonts.REGULAR, MUTED)
