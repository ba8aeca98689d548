"""A packet: several papers as one document that lasts (PDF/A-2a, ISO 19005-2, and PDF/UA-1).

All sheets are drawn into one document with one structure tree, one numbering of pages, bookmarks
and a contents page; nothing is merged afterwards, so nothing can be lost in merging.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf

from intake_app.domain.paper import BlockType, Part, Sheet
from intake_app.pdf.frame import HEIGHT, WIDTH, PageNumber, Painter
from intake_app.pdf.pages import about, pages_of, region_of
from intake_app.pdf.structure import Element
from intake_app.pdf.tagged_canvas import TaggedCanvas
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class _Chapter:
    """One paper of the packet, laid out.

    Attributes:
        title: For contents and bookmarks.
        pages: Ready to draw.
        first: Number of its first page; the cover is page 1.
    """

    title: str
    pages: list[Painter]
    first: int


def draw_packet(cover: Sheet, parts: Sequence[Sheet]) -> bytes:
    """Draw the whole packet.

    Raises:
        PaperTooLong: A card or a citation does not hold its text.
    """
    canvas = TaggedCanvas(replace(about(cover), is_archival=True), (WIDTH, HEIGHT))
    front = canvas.root.add("Part", lang=region_of(cover.language))
    laid = [
        (sheet, pages_of(canvas.root.add("Part", lang=region_of(sheet.language)), sheet))
        for sheet in parts
    ]
    first = 1 + len(pages_of(Element("Part"), _with_contents(cover, [(s.title, 0) for s in parts])))
    chapters: list[_Chapter] = []
    for sheet, pages in laid:
        chapters.append(_Chapter(_called(sheet), pages, first))
        first += len(pages)
    contents = [(chapter.title, chapter.first) for chapter in chapters]
    pages = pages_of(front, _with_contents(cover, contents))
    chapters.insert(0, _Chapter(_called(cover), pages, 1))
    _draw(canvas, chapters, first - 1)
    return _strict(canvas.finished())


def _strict(data: bytes) -> bytes:
    """The same document with an end of line after each stream (ISO 19005-2, 6.1.7.1).

    ReportLab leaves it out. The document's id follows from its content: same sheets, same bytes.
    """
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        document.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    return out.getvalue()


def _called(sheet: Sheet) -> str:
    return sheet.title or sheet.number


def _with_contents(cover: Sheet, entries: Sequence[tuple[str, int]]) -> Sheet:
    """The cover with the contents behind its own words."""
    words = Words(cover.language)
    rows = tuple((title, str(page)) for title, page in entries)
    header = (words.text("Paper"), words.text("Page"))
    contents = (
        Part(BlockType.HEADING, words.text("Contents")),
        Part(BlockType.TABLE, rows=rows, header=header),
    )
    return replace(cover, parts=(*cover.parts, *contents))


def _draw(canvas: TaggedCanvas, chapters: Sequence[_Chapter], count: int) -> None:
    for chapter in chapters:
        canvas.entry(chapter.title)
        for n, paint in enumerate(chapter.pages):
            paint(canvas, PageNumber(chapter.first + n, count, is_first=n == 0))
            canvas.showPage()
