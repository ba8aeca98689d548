"""A PDF from outside is kept as pages alone; what holds more, or cannot be opened, is refused."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pytest
from scans import MORE_THAN_PAGES, SECRET, pdf, with_huge_page, with_photo

from intake_app.domain.attachment import Kind, kind_of
from intake_app.domain.care_errors import FileBroken, FileHasMore, FileLocked, FileTooLarge
from intake_app.pdf.cleaning import clean_pdf


def test_the_pages_stay_and_what_it_says_of_its_author_goes() -> None:
    made = pdf(pages=3)
    assert SECRET in made
    clean = clean_pdf(made)
    assert clean.pages == 3
    assert SECRET not in clean.data
    assert kind_of(clean.data) is Kind.PDF
    document = pdfium.PdfDocument(clean.data)
    assert len(document) == 3
    document.close()


def test_a_photo_on_a_page_no_longer_says_where_it_was_taken() -> None:
    made = pdf(with_photo)
    clean = clean_pdf(made).data
    document = pikepdf.open(BytesIO(clean))
    data = b"".join(
        one.read_raw_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)
    )
    assert SECRET in made
    assert SECRET not in data + clean
    assert b"Exif" in made
    assert b"Exif" not in data
    drawn = [pdfium.PdfDocument(one)[0].render(scale=1).to_numpy() for one in (made, clean)]
    assert (drawn[0] == drawn[1]).all()
    assert drawn[0].min() < 200  # control: there is a picture


def test_a_page_larger_than_any_sheet_is_refused() -> None:
    with pytest.raises(FileTooLarge):
        clean_pdf(pdf(with_huge_page))


def test_the_same_file_gives_the_same_bytes() -> None:
    made = pdf()
    assert clean_pdf(made).data == clean_pdf(made).data


@pytest.mark.parametrize("change", MORE_THAN_PAGES, ids=lambda one: one.__name__)
def test_what_holds_more_than_pages_is_refused(change: Callable[[pikepdf.Pdf], object]) -> None:
    with pytest.raises(FileHasMore):
        clean_pdf(pdf(change))


def test_a_password_is_refused() -> None:
    with pytest.raises(FileLocked):
        clean_pdf(pdf(password="open sesame"))  # noqa: S106 (of a file made for this test)


@pytest.mark.parametrize(
    "broken", [b"", b"%PDF-", b"%PDF-1.7\nrubbish", b"\x00" * 99, pdf(pages=0)]
)
def test_what_cannot_be_opened_is_refused(broken: bytes) -> None:
    with pytest.raises(FileBroken):
        clean_pdf(broken)
