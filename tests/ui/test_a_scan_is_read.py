"""What somebody chose is drawn anew, or refused with a reason; its file is not touched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from scans import SECRET, drawing, fax, gif, pdf, photo, plain_png

from intake_app.domain.attachment import Kind, has_hidden_data, kind_of
from intake_app.domain.care_errors import (
    FileBroken,
    FileHasManyPages,
    FileKindUnknown,
    FileTooLarge,
)
from intake_app.ui.folder.scan_reading import read_scan
from intake_app.ui.papers.preview import PdfPages, PicturePage, open_pages

LIMIT = 1_000_000


@pytest.fixture
def put(tmp_path: Path) -> Callable[[bytes], Path]:
    """A file under a name that tells nothing of what is in it."""

    def write(data: bytes) -> Path:
        place = tmp_path / "Jordan Whitfield passport.txt"
        place.write_bytes(data)
        return place

    return write


@pytest.mark.parametrize(
    ("make", "kind"), [(photo, Kind.JPEG), (drawing, Kind.PNG), (fax, Kind.PNG)]
)
def test_a_picture_keeps_its_pixels_and_nothing_else(
    put: Callable[[bytes], Path], make: Callable[[], bytes], kind: Kind
) -> None:
    made = make()
    assert SECRET in made
    kept = read_scan(put(made), LIMIT)
    assert kind_of(kept) is kind
    assert SECRET not in kept
    assert b"Exif" not in kept
    assert not has_hidden_data(kept)
    red = QImage.fromData(kept).pixelColor(30, 20)
    assert (red.red() > 150, red.green() < 60) == (True, True)


def test_a_photo_that_lies_on_its_side_is_set_upright(put: Callable[[bytes], Path]) -> None:
    kept = QImage.fromData(read_scan(put(photo((60, 40))), LIMIT))
    assert (kept.width(), kept.height()) == (40, 60)


def test_a_pdf_goes_on_as_it_is(put: Callable[[bytes], Path]) -> None:
    made = pdf()
    assert read_scan(put(made), LIMIT) == made


REFUSED: dict[str, tuple[bytes, type[Exception]]] = {
    "another kind of picture": (gif(), FileKindUnknown),
    "words": (b"dear sir", FileKindUnknown),
    "nothing": (b"", FileBroken),
    "half a photo": (photo()[:-30], FileBroken),
    "half a drawing": (drawing()[:-30], FileBroken),
    "two pages in a TIFF": (fax(2), FileHasManyPages),
    "too large": (b"x" * (LIMIT + 1), FileTooLarge),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_kept_says_why(put: Callable[[bytes], Path], case: str) -> None:
    data, error = REFUSED[case]
    with pytest.raises(error):
        read_scan(put(data), LIMIT)


def test_a_file_that_is_gone_is_said_without_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileBroken) as told:
        read_scan(tmp_path / "Jordan Whitfield.pdf", LIMIT)
    assert "Jordan" not in repr(told.value)
    assert told.value.__cause__ is None


def test_a_picture_is_shown_and_printed_as_one_page() -> None:
    page = open_pages(plain_png((1200, 600)))
    assert isinstance(page, PicturePage)
    assert len(page) == 1
    wide, tall = page.size(0)
    assert (round(wide / tall), wide <= 792, tall <= 612) == (2, True, True)
    assert page.picture(0, 36).width() == round(wide / 2)
    assert page.picture(0, 9000).width() == 1200
    page.close()
    assert isinstance(open_pages(pdf()), PdfPages)
