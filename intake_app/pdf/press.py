"""The press: a finished sheet in, the bytes of an accessible PDF out."""

from types import MappingProxyType

from intake_app.domain.paper import Sheet
from intake_app.pdf.card import draw_card
from intake_app.pdf.frame import HEIGHT, WIDTH
from intake_app.pdf.legible import spoken
from intake_app.pdf.letter import draw_letter
from intake_app.pdf.tagged_canvas import About, TaggedCanvas
from intake_app.words import Words

_REGIONS = MappingProxyType({"en": "en-US", "es": "es-US"})


class Press:
    """Draws sheets. A pure function of the sheet: the same sheet gives the same bytes."""

    def print(self, sheet: Sheet) -> bytes:
        """A tagged PDF (PDF/UA-1) of a sheet.

        What the file says of itself is the paper's title and the sender; no answer.

        Raises:
            PaperTooLong: A card does not hold its text.
        """
        about = About(
            title=spoken(sheet.title) or spoken(sheet.number) or spoken(sheet.form_note) or "-",
            lang=_REGIONS.get(sheet.language, sheet.language or "en-US"),
            author=spoken(sheet.letterhead.name),
        )
        canvas = TaggedCanvas(about, (WIDTH, HEIGHT))
        draw = draw_card if sheet.size == "card" else draw_letter
        draw(canvas, sheet, Words(sheet.language))
        return canvas.finished()
