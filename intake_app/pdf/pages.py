"""A sheet becomes pages, each kind of paper by its own layout."""

from types import MappingProxyType

from intake_app.domain.paper import Layout, Sheet
from intake_app.pdf.card import card_pages
from intake_app.pdf.citation import citation_pages
from intake_app.pdf.frame import Painter
from intake_app.pdf.legible import spoken
from intake_app.pdf.letter import letter_pages
from intake_app.pdf.structure import Element
from intake_app.pdf.tagged_canvas import About
from intake_app.words import Words

_REGIONS = MappingProxyType({"en": "en-US", "es": "es-US"})


def region_of(language: str) -> str:
    """BCP 47 of a paper's language."""
    return _REGIONS.get(language, language or "en-US")


def about(sheet: Sheet) -> About:
    """What a document says of itself: the paper's title and the sender; no answer."""
    title = spoken(sheet.title) or spoken(sheet.number) or spoken(sheet.form_note) or "-"
    return About(
        title=f"{title} ({spoken(sheet.kept_words)})" if sheet.kept_words else title,
        lang=region_of(sheet.language),
        author=spoken(sheet.letterhead.name),
    )


def pages_of(parent: Element, sheet: Sheet) -> list[Painter]:
    """The pages of a sheet and of its back, laid out and ready to draw.

    Raises:
        PaperTooLong: A card or a citation does not hold its text.
    """
    words = Words(sheet.language)
    if sheet.layout is Layout.CITATION:
        pages = citation_pages(parent, sheet, words)
    elif sheet.size == "card":
        pages = card_pages(parent, sheet, words)
    else:
        pages = letter_pages(parent, sheet, words)
    if sheet.back is None:
        return pages
    return pages + pages_of(parent.add("Part", lang=region_of(sheet.back.language)), sheet.back)
