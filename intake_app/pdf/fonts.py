"""The one typeface of all papers, Source Sans 3, in four cuts; embedded, never the reader's own."""

from collections.abc import Sequence
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from intake_app.settings.resources import path

REGULAR = "SourceSans3"
ITALIC = "SourceSans3-Italic"
SEMIBOLD = "SourceSans3-SemiBold"
BOLD = "SourceSans3-Bold"

_FILES = {
    REGULAR: "SourceSans3_400Regular.ttf",
    ITALIC: "SourceSans3_400Regular_Italic.ttf",
    SEMIBOLD: "SourceSans3_600SemiBold.ttf",
    BOLD: "SourceSans3_700Bold.ttf",
}
_NOT_TEXT = (0, 0xFEFF, 0xFFFE)


class PaperFont(TTFont):
    """A TrueType font whose map back to Unicode is one that PDF/UA allows.

    ReportLab maps the unused code 0 to U+0000, which ISO 14289-1, 7.21.7 forbids, and writes
    characters above U+FFFF as one number instead of two. Nothing outside this class is changed.
    """

    def addObjects(self, doc: PDFDocument) -> None:
        """Write the font into a document, then put the map right."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for n, subset in enumerate(subsets):
            name = (SUBSETN(n) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = unicode_map(name, subset)


def unicode_map(name: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of one subset (ISO 32000-1, 9.10.3)."""
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point not in _NOT_TEXT
    ]
    groups: list[str] = []
    for start in range(0, len(pairs), 100):  # a group may hold at most 100
        group = pairs[start : start + 100]
        groups += [f"{len(group)} beginbfchar", *group, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *groups,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@cache
def font(name: str) -> PaperFont:
    """One cut of the typeface; read from its file on first use.

    Only the glyphs that a paper uses are embedded (`asciiReadable=False`).
    """
    made = PaperFont(
        name, str(path("resources", "fonts", _FILES[name])), asciiReadable=False, shapable=False
    )
    pdfmetrics.registerFont(made)
    return made


def ready() -> None:
    """Register all cuts; costs some 60 ms the first time, nothing later."""
    for name in _FILES:
        font(name)


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(font(REGULAR).face.charToGlyph)


def has(character: str) -> bool:
    """Whether the typeface has this character; all four cuts have the same."""
    return ord(character) in _glyphs()


def width(text: str, name: str, size: float) -> float:
    """How wide a text is, in points."""
    face = font(name).face
    widths = face.charWidths
    default = face.defaultWidth
    return sum([widths.get(ord(c), default) for c in text]) * size / 1000
