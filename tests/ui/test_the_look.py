"""Sizes, palette and style sheet; for contrast see `accessibility/test_contrast.py`."""

import re

import pytest

from intake_app.ui.parts.stylesheet import SHEET
from intake_app.ui.parts.theme import DARK, LIGHT, SCALES, make_theme, palette, style_sheet


@pytest.mark.parametrize("scale", SCALES)
def test_the_style_sheet_has_no_open_places(scale: float) -> None:
    sheet = style_sheet(make_theme(scale=scale))
    assert not re.findall(r"@\w+|px!", sheet)
    assert f"font-size: {round(17 * scale)}px" in sheet


def test_every_token_of_the_style_sheet_exists() -> None:
    used = set(re.findall(r"@(\w+)", SHEET))
    assert used <= set(LIGHT.__dataclass_fields__) | {"chevron", "tick", "round", "dot"}


def test_the_text_size_stays_between_100_and_200_percent() -> None:
    assert make_theme(scale=0.2).scale == 1.0
    assert make_theme(scale=9).scale == 2.0


def test_the_palette_follows_the_tokens() -> None:
    assert palette(DARK).window().color().name().upper() == DARK.bg
