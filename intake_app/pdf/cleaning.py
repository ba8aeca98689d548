"""A PDF from outside, made safe to keep: its pages, and nothing else of it.

What a PDF can hold besides pages (programs, other files, forms that send something) is refused,
never cut out: what is kept must show what the person handed over, whole. What it says of its
author, its camera and its history is dropped.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pikepdf

from intake_app.domain.attachment import CleanPdf
from intake_app.domain.care_errors import FileBroken, FileHasMore, FileLocked

_RUNS: Final = frozenset({
    "/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/EmbeddedFile", "/RichMedia",
    "/Movie", "/Sound", "/Rendition", "/GoToE", "/GoToR", "/Filespec",
})  # fmt: skip
"""Types and actions of a PDF that do more than show a page."""

_HOLDS: Final = frozenset({"/JS", "/EF", "/EmbeddedFiles", "/XFA", "/AA", "/JavaScript"})
"""Keys of a PDF's objects that hold such a thing."""

_SAYS: Final = ("/Metadata", "/PieceInfo", "/LastModified")
"""Keys of the document and its pages that tell of where it comes from."""


def clean_pdf(data: bytes) -> CleanPdf:
    """The pages of a PDF.

    Raises:
        FileBroken: It cannot be opened, or has no page.
        FileLocked: It asks for a password.
        FileHasMore: It holds programs, other files, or forms that run something.
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
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    for holder in (document.Root, *(page.obj for page in document.pages)):
        for key in _SAYS:
            if key in holder:
                del holder[key]
    out = BytesIO()
    document.save(out, deterministic_id=True, encryption=False)
    return CleanPdf(out.getvalue(), pages)


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
