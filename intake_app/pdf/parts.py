"""Lays out the parts of a sheet, each kind by its own function."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from intake_app.domain.paper import BlockType, Part
from intake_app.pdf.flow import Item
from intake_app.pdf.grid_parts import facts, table
from intake_app.pdf.mark_parts import choices, signatures
from intake_app.pdf.prose_parts import bullets, heading, legal, paragraph, space
from intake_app.pdf.setting import Setter, Setting
from intake_app.pdf.stub import stub

SETTERS: Mapping[BlockType, Setter] = MappingProxyType(
    {
        BlockType.HEADING: heading,
        BlockType.PARAGRAPH: paragraph,
        BlockType.BULLETS: bullets,
        BlockType.FACTS: facts,
        BlockType.CHOICES: choices,
        BlockType.SIGNATURES: signatures,
        BlockType.TABLE: table,
        BlockType.STUB: stub,
        BlockType.LEGAL: legal,
        BlockType.SPACE: space,
    }
)


def items(parts: Iterable[Part], at: Setting) -> list[Item]:
    """All parts of a sheet, in order."""
    in_steps = list(_in_steps(parts))
    laid = [item for part in in_steps for item in SETTERS[part.type](part, at)]
    is_led = len(laid) > 1 and laid[-2].keeps_next
    if laid and in_steps[-1].type is BlockType.LEGAL and not is_led:
        laid[-1] = replace(laid[-1], sinks=True)  # a notice at the end stands at the foot
    return laid


def _in_steps(parts: Iterable[Part]) -> Iterator[Part]:
    """The same parts; a heading is at most one level below the heading before it.

    A skipped level would tell a screen reader of a chapter that is not there (PDF/UA-1, 7.4.2).
    The title is level 1.
    """
    above = 1
    for part in parts:
        if part.type is BlockType.HEADING and part.text.strip():
            above = min(max(part.level, 1), above + 1, 3)
            yield replace(part, level=above)
        else:
            yield part
