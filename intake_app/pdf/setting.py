"""What the drawing of a part needs to know of its surroundings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from intake_app.domain.paper import Part
from intake_app.pdf.flow import Item
from intake_app.pdf.look import Look
from intake_app.pdf.structure import Attributes, Element
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a part is set.

    Attributes:
        parent: Element that it becomes a kid of.
        room: Width, in points.
        look: Styles of this size of paper.
        words: The few words that papers add themselves, in the paper's language.
        code: Number for a square code on a part to tear off, or empty.
    """

    parent: Element
    room: float
    look: Look
    words: Words
    code: str = ""

    def inside(self, parent: Element, room: float) -> "Setting":
        """The same, inside another element and narrower."""
        return replace(self, parent=parent, room=room)


Setter: TypeAlias = Callable[[Part, Setting], list[Item]]
"""Lays out one kind of part."""


def placed_at(x: float, y: float, width: float, height: float) -> Attributes:
    """Attributes of a figure: where it stands on its page (ISO 32000-1, 14.8.5.4)."""
    box = f"[{x:.2f} {y:.2f} {x + width:.2f} {y + height:.2f}]"
    return (("O", "/Layout"), ("Placement", "/Block"), ("BBox", box))
