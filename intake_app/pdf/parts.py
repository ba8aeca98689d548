"""Lays out the parts of a sheet, each kind by its own function."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from intake_app.domain.paper import BlockType, Part
from intake_app.pdf.charts import chart
from intake_app.pdf.fact_parts import facts
from intake_app.pdf.flow import Item
from intake_app.pdf.grid_parts import table
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
        BlockType.CHART: chart,
        BlockType.FIGURES: paragraph,
    }
)


def items(parts: Iterable[Part], at: Setting, above: int = 1) -> list[Item]:
    """All parts of a sheet, in order; `above`: the level of heading that stands over them."""
    in_steps = list(_in_steps(parts, above))
    laid: list[Item] = []
    torn = -1
    for part in in_steps:
        if part.type is BlockType.STUB and torn < 0:
            torn = len(laid)
        laid += SETTERS[part.type](part, at)
    if torn >= 0:  # what is torn off stays in one piece
        laid[torn:-1] = [replace(item, keeps_next=True) for item in laid[torn:-1]]
    is_led = len(laid) > 1 and laid[-2].keeps_next
    if laid and in_steps[-1].type is BlockType.LEGAL and not is_led:
        laid[-1] = replace(laid[-1], sinks=True)  # a notice at the end stands at the foot
    return laid


def _in_steps(parts: Iterable[Part], above: int) -> Iterator[Part]:
    """The same parts; a heading is at most one level below the heading before it.

    A skipped level would tell a screen reader of a chapter that is not there (PDF/UA-1, 7.4.2).
    A title that stands above is level 1.
    """
    for part in parts:
        if part.type is BlockType.HEADING and part.text.strip():
            above = min(max(part.level, 1), above + 1, 3)
            yield replace(part, level=above)
        else:
            yield part
