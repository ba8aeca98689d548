"""The press: finished sheets in, the bytes of an accessible PDF out."""

from collections.abc import Sequence

from intake_app.domain.attachment import CleanPdf
from intake_app.domain.paper import Sheet
from intake_app.pdf.cleaning import clean_pdf
from intake_app.pdf.frame import HEIGHT, WIDTH, PageNumber
from intake_app.pdf.packet import draw_packet
from intake_app.pdf.pad import draw_pad
from intake_app.pdf.pages import about, pages_of
from intake_app.pdf.tagged_canvas import TaggedCanvas


class Press:
    """Draws sheets. A pure function of the sheets: the same sheets give the same bytes."""

    def print(self, sheet: Sheet) -> bytes:
        """A tagged PDF (PDF/UA-1) of a sheet, with its back where it has one.

        What the file says of itself is the paper's title and the sender; no answer.

        Raises:
            PaperTooLong: A card or a citation does not hold its text; `detail` names the part.
        """
        canvas = TaggedCanvas(about(sheet), (WIDTH, HEIGHT))
        pages = pages_of(canvas.root, sheet)
        for n, paint in enumerate(pages):
            paint(canvas, PageNumber(n + 1, len(pages), is_first=n == 0))
            canvas.showPage()
        return canvas.finished()

    def pad(self, sheet: Sheet, numbers: Sequence[str]) -> bytes:
        """Blank citations to fill in by hand, a page for each copy of each number.

        Args:
            sheet: A blank citation; its list of copies says whose each page is.
            numbers: The numbers, in the order of the pad.

        Raises:
            PaperTooLong: The blank does not hold its words.
        """
        canvas = TaggedCanvas(about(sheet), (WIDTH, HEIGHT))
        draw_pad(canvas, sheet, numbers)
        return canvas.finished()

    def packet(self, cover: Sheet, parts: Sequence[Sheet]) -> bytes:
        """One document (PDF/A-2a and PDF/UA-1): cover, contents, and all sheets behind it.

        Args:
            cover: Its first page; the contents follow its own words.
            parts: The sheets, in order; each is an entry of the contents and a bookmark.

        Raises:
            PaperTooLong: A card or a citation does not hold its text.
        """
        return draw_packet(cover, parts)

    def clean(self, data: bytes) -> CleanPdf:
        """The pages of a PDF from outside, and nothing else of it; see `cleaning`."""
        return clean_pdf(data)
