"""A recovery card on paper: one page, all words, a code that says the same; nothing is kept."""

import pypdfium2
import pytest
from PIL import Image
from reading import figure_boxes, page_texts, refusals

from intake_app.domain.recovery_card import CardHolder
from intake_app.pdf import barcode
from intake_app.pdf.press import Press
from intake_app.services.cards.sheets import CardWords, card_sheet
from intake_app.words import Words

WORDS = tuple(f"harbor{chr(97 + n)}" for n in range(16))
DEPARTMENT = ("acid", "barn", "calm", "dawn", "edge", "farm", "gold", "hill")
KEEPER = CardHolder("R. Chief", "safe at city hall")


def drawn(count: int, language: str = "en") -> bytes:
    card = CardWords(2, count, WORDS * count, DEPARTMENT, KEEPER)
    return Press().print(card_sheet(card, "Pine Hollow", Words(language)))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("count", [1, 2])
def test_it_is_one_page_with_all_words_and_its_holder(count: int, language: str) -> None:
    data = drawn(count, language)
    [text] = page_texts(data)
    assert refusals(data) == []
    for said in (*WORDS, *DEPARTMENT, "R. Chief", "safe at city hall"):
        assert said in text


def test_the_square_code_says_the_words_and_stands_apart() -> None:
    data = drawn(2)
    [box] = figure_boxes(data, "Square code of the words above")
    asked = barcode.made(" ".join(WORDS * 2).upper())
    assert _read(data, box, len(asked)) == asked
    assert _read(data, box, len(asked)) != barcode.made(" ".join(WORDS).upper())


def test_nothing_of_the_words_is_remembered_after_drawing() -> None:
    """What is remembered between two drawings would outlive the lock screen."""
    before = barcode._modules.cache_info().misses
    drawn(1)
    assert barcode._modules.cache_info().misses == before


def _read(data: bytes, box: list[float], count: int) -> list[list[bool]]:
    """The dark modules of a code in the picture of its page."""
    page = pypdfium2.PdfDocument(data)[0]
    scale, high = 4.0, page.get_height()
    picture: Image.Image = page.render(scale=scale).to_pil().convert("L")
    left, bottom, right, _ = box
    unit = (right - left) / count
    return [
        [
            _dark(picture, (left + (x + 0.5) * unit) * scale,
                  (high - bottom - (count - y - 0.5) * unit) * scale)
            for x in range(count)
        ]
        for y in range(count)
    ]  # fmt: skip


def _dark(picture: Image.Image, x: float, y: float) -> bool:
    value = picture.getpixel((round(x), round(y)))
    assert isinstance(value, int)
    return value < 128
