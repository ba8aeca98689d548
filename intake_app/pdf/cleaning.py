"""A PDF from outside, made safe to keep: its pages, and nothing else of it.

What a PDF can hold besides pages (programs, other files, forms that send something) is refused,
never cut out: what is kept must show what the person handed over, whole. What it says of its
author, its camera and its history is dropped, also from the pictures on its pages.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pikepdf

from intake_app.domain.attachment import CleanPdf, without_words
from intake_app.domain.care_errors import FileBroken, FileHasMore, FileLocked, FileTooLarge

_RUNS: Final = frozenset({
    "/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/EmbeddedFile", "/RichMedia",
    "/Movie", "/Sound", "/Rendition", "/GoToE", "/GoToR", "/Filespec",
})  # fmt: skip
"""Types and actions of a PDF that do more than show a page."""

_HOLDS: Final = frozenset({"/JS", "/EF", "/EmbeddedFiles", "/XFA", "/AA", "/JavaScript"})
"""Keys of a PDF's objects that hold such a thing."""

_SAYS: Final = ("/Metadata", "/PieceInfo", "/LastModified")
"""Keys of the document, its pages and pictures that tell of where they come from."""

_NEEDED: Final = frozenset({"/Root", "/Size", "/ID"})
"""What a document must say of itself to be opened."""

_LARGEST: Final = 48 * 72
"""Points: the longest side of a page. One of many yards would fill the memory when it is drawn."""


def clean_pdf(data: bytes) -> CleanPdf:
    """The pages of a PDF.

    Raises:
        FileBroken: It cannot be opened, or has no page.
        FileLocked: It asks for a password.
        FileHasMore: It holds programs, other files, or forms that run something.
        FileTooLarge: A page is larger than any sheet.
    """
    try:
        with pikepdf.open(BytesIO(data)) as document:
            if any(map(_does_more, document.objects)):
                raise FileHasMore
            return _kept(document)
    except pikepdf.PasswordError:
        raise FileLocked from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError):
        raise FileBroken from None  # the cause may quote the file


def _kept(document: pikepdf.Pdf) -> CleanPdf:
    pages = len(document.pages)
    if not pages:
        raise FileBroken
    if any(map(_is_huge, document.pages)):
        raise FileTooLarge
    for key in set(document.trailer.keys()) - _NEEDED:
        del document.trailer[key]
    for holder in document.objects:
        if isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)):
            _forget(holder)
    out = BytesIO()
    document.save(out, deterministic_id=True, encryption=False)
    return CleanPdf(out.getvalue(), pages)


def _is_huge(page: pikepdf.Page) -> bool:
    unit = float(page.obj.get("/UserUnit", 1))
    left, bottom, right, top = (float(side) * unit for side in page.mediabox.as_list())
    return max(abs(right - left), abs(top - bottom)) > _LARGEST


def _forget(holder: pikepdf.Object) -> None:
    """Drop what an object says of where it comes from; of a photo, place and camera as well."""
    for key in _SAYS:
        if key in holder:
            del holder[key]
    if isinstance(holder, pikepdf.Stream) and holder.get("/Filter") == pikepdf.Name.DCTDecode:
        more = holder.get("/DecodeParms")
        data = without_words(holder.read_raw_bytes())
        holder.write(data, filter=pikepdf.Name.DCTDecode)
        if more is not None:
            holder["/DecodeParms"] = more


def _does_more(found: pikepdf.Object) -> bool:
    return any(
        _HOLDS & set(part.keys()) or any(str(part.get(key)) in _RUNS for key in ("/S", "/Type"))
        for part in _tables(found)
    )


def _tables(found: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All tables of an object that stand in it, without following references."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            yield one
            waiting += [value for _, value in one.items() if _stands_here(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if _stands_here(value)]


def _stands_here(value: object) -> bool:
    is_nested = isinstance(value, (pikepdf.Dictionary, pikepdf.Array))
    return is_nested and not value.is_indirect
