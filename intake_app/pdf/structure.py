"""The structure tree of a tagged PDF: what a screen reader follows instead of the picture.

The tree is made while a sheet is laid out, in reading order; drawing later adds to each element
the places (page and mark) where its ink went. ISO 32000-1, 14.7 and 14.8.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

Attributes: TypeAlias = tuple[tuple[str, str], ...]
"""PDF attributes as they are written: (("O", "/Table"), ("Scope", "/Row"))."""

NO_ATTRIBUTES: Attributes = ()
BULLETED: Attributes = (("O", "/List"), ("ListNumbering", "/Disc"))
NUMBERED: Attributes = (("O", "/List"), ("ListNumbering", "/Decimal"))
UNMARKED: Attributes = (("O", "/List"), ("ListNumbering", "/None"))
COLUMN_HEAD: Attributes = (("O", "/Table"), ("Scope", "/Column"))
ROW_HEAD: Attributes = (("O", "/Table"), ("Scope", "/Row"))


@dataclass(frozen=True, slots=True)
class Mark:
    """Where some ink of an element is.

    Attributes:
        page: Page, counted from 0.
        number: Number of the marked content on that page (MCID).
    """

    page: int
    number: int


@dataclass(slots=True)
class Element:
    """One element of the structure tree.

    Attributes:
        role: Standard structure type: "P", "H1", "L", "Table", "Figure", …
        alt: What a picture shows, in words.
        actual: The text that the drawing stands for, where they differ.
        lang: Language of its text where it is not the document's (BCP 47).
        attributes: Layout, list or table attributes.
        kids: Elements and marks, in reading order.
    """

    role: str
    alt: str = ""
    actual: str = ""
    lang: str = ""
    attributes: Attributes = NO_ATTRIBUTES
    kids: "list[Element | Mark]" = field(default_factory=list["Element | Mark"])

    def add(
        self,
        role: str,
        *,
        alt: str = "",
        actual: str = "",
        lang: str = "",
        attributes: Attributes = NO_ATTRIBUTES,
    ) -> "Element":
        """A new element as the last one inside this."""
        kid = Element(role, alt, actual, lang, attributes)
        self.kids.append(kid)
        return kid

    def marks(self) -> list[Mark]:
        """Its own ink, without that of the elements inside."""
        return [kid for kid in self.kids if isinstance(kid, Mark)]
