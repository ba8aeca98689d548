"""Bar code and square code hold the receipt number and nothing else; a bad logo stops nothing."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image
from reading import elements, figure_boxes, refusals
from reportlab.graphics.barcode.code128 import _patterns
from sheets import logo, participant_letter, provider_letter

from intake_app.domain.paper import BlockType as B
from intake_app.domain.paper import Letterhead, Part
from intake_app.pdf.barcode import bars, may_be_coded
from intake_app.pdf.letterhead import picture
from intake_app.pdf.press import Press

NUMBER = "PH-2026-000147"
_SIGNS = {pattern: value for value, pattern in _patterns.items()}


def _read(dark: list[tuple[float, float]]) -> str:
    """Read Code 128 as a scanner does: widths of bars and gaps, check digit included."""
    widths: list[str] = []
    for (start, wide), (following, _) in pairwise([*dark, (sum(dark[-1]), 0)]):
        widths += ["ABCD"[int(wide) - 1], "abcd"[int(following - start - wide) - 1]]
    signs = ["".join(widths[n : n + 6]) for n in range(0, len(widths) - 8, 6)]
    values = [_SIGNS[sign] for sign in signs]
    *data, check = values
    assert check == (data[0] + sum(n * v for n, v in enumerate(data))) % 103
    return _letters(data)


def _letters(values: list[int]) -> str:
    table = {104: "B", 105: "C"}[values[0]]
    out = ""
    for value in values[1:]:
        if value in {99, 100}:
            table = {99: "C", 100: "B"}[value]
        elif table == "C":
            out += f"{value:02d}"
        else:
            out += chr(value + 32)
    return out


@pytest.mark.parametrize("number", [NUMBER, "A1", "PH-R-2026-000052"])
def test_a_scanner_reads_the_number_from_the_bars(number: str) -> None:
    assert _read(bars(number)) == number


def test_reading_notices_a_wrong_bar() -> None:
    dark = bars(NUMBER)
    start, wide = dark[9]
    dark[9] = (start, 1 if wide > 1 else 2)
    with pytest.raises((AssertionError, KeyError, IndexError)):
        assert _read(dark) == NUMBER


def _cut_out(data: bytes, box: list[float]) -> list[list[int]]:
    with pypdfium2.PdfDocument(data) as document:
        picture_of_page = document[0].render(scale=3, grayscale=True).to_numpy()
    left, bottom, right, top = (int(side * 3) for side in box)
    return picture_of_page[792 * 3 - top : 792 * 3 - bottom, left:right].tolist()


def _codes(name: str, number: str) -> list[list[list[int]]]:
    sheet = participant_letter("en")
    parts = (Part(B.PARAGRAPH, name), sheet.parts[-1])
    data = Press().print(replace(sheet, parts=parts, number=number))
    boxes = [figure_boxes(data, words)[0] for words in ("Bar code", "Square code")]
    return [_cut_out(data, box) for box in boxes]


def test_codes_depend_on_the_number_and_on_nothing_else() -> None:
    codes = _codes("Jordan", NUMBER)
    assert codes == _codes("Maria Elena", NUMBER)
    other = _codes("Jordan", "PH-2026-000148")
    assert codes[0] != other[0]
    assert codes[1] != other[1]
    assert all(min(map(min, code)) < 40 for code in codes)


def test_the_words_of_a_code_name_the_number_only() -> None:
    said = [alt for _, alt in elements(Press().print(participant_letter("en"))) if "code" in alt]
    assert said == [
        "Bar code of the number PH-2026-000147",
        "Square code of the number PH-2026-000147; it holds no name",
    ]


@pytest.mark.parametrize("number", ["", "número", "1" * 25, "a\nb"])
def test_a_number_that_no_code_can_hold_is_printed_without(number: str) -> None:
    assert not may_be_coded(number)
    data = Press().print(replace(participant_letter("en"), number=number))
    assert not [alt for _, alt in elements(data) if "code" in alt]


def _jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 120), (20, 90, 90)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("image", [logo(), _jpeg()], ids=["png", "jpeg"])
def test_a_logo_is_shown_with_its_words(image: bytes) -> None:
    head = Letterhead("Office", ("Street",), image)
    data = Press().print(replace(provider_letter(), letterhead=head))
    assert refusals(data) == []
    assert ("/Figure", "Logo of Office") in elements(data)


@pytest.mark.parametrize("image", [b"", b"no picture", logo()[:60], logo()[:400]])
def test_a_damaged_logo_stops_no_letter(image: bytes) -> None:
    assert picture(image) is None
    head = Letterhead("Office", (), image)
    data = Press().print(replace(provider_letter(), letterhead=head))
    assert refusals(data) == []
    assert not [alt for _, alt in elements(data) if "Office" in alt]
