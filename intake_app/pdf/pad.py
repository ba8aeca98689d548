"""A pad: numbered blank citations, each in as many copies as its paper file names."""

from collections.abc import Sequence
from dataclasses import replace

from intake_app.domain.paper import Place, Sheet
from intake_app.pdf.citation import citation_pages, looks_for
from intake_app.pdf.frame import PageNumber
from intake_app.pdf.pages import region_of
from intake_app.pdf.tagged_canvas import TaggedCanvas
from intake_app.words import Words

_COPIES = 2
"""Written at once, one below the other: the department keeps one, the person takes one."""


def draw_pad(canvas: TaggedCanvas, sheet: Sheet, numbers: Sequence[str]) -> None:
    """Draw all pages of a pad.

    Args:
        canvas: What is drawn on.
        sheet: A blank citation; wherever its own number stands, each page has another.
        numbers: The numbers of the pad.

    Raises:
        PaperTooLong: The blank does not hold its words.
    """
    words = Words(sheet.language)
    looks = looks_for(sheet, words)
    copies = min(_COPIES, sum(len(p.bullets) for p in sheet.parts if p.place is Place.COPIES))
    count = len(numbers) * max(copies, 1)
    page = 0
    for number in numbers:
        numbered = _with_number(sheet, number)
        canvas.entry(number)
        for copy in range(max(copies, 1)):
            page += 1
            part = canvas.root.add("Part", lang=region_of(sheet.language))
            (paint,) = citation_pages(part, numbered, words, copy if copies else -1, looks)
            paint(canvas, PageNumber(page, count))
            canvas.showPage()


def _with_number(sheet: Sheet, number: str) -> Sheet:
    """The blank with a number of its own wherever its number stands."""

    def put(text: str) -> str:
        return text.replace(sheet.number, number) if sheet.number else text

    parts = tuple(
        replace(
            part,
            text=put(part.text),
            bullets=tuple(put(text) for text in part.bullets),
            rows=tuple(tuple(put(cell) for cell in row) for row in part.rows),
        )
        for part in sheet.parts
    )
    return replace(sheet, parts=parts, number=number, has_barcode=True)
