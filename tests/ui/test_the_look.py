"""Contrast from the tokens (WCAG 2.2: text 4.5, borders and focus 3), sizes, style sheet."""

import re
from dataclasses import replace
from itertools import product

import pytest

from intake_app.ui.stylesheet import SHEET
from intake_app.ui.theme import DARK, LIGHT, SCALES, Tokens, make_theme, palette, style_sheet

TEXT = (
    *product(("ink", "mute"), ("bg", "card", "tint2")),
    ("ink", "err_bg"), ("ink", "ok_bg"), ("ink", "warn_bg"), ("ink", "line"),
    ("err", "err_bg"), ("err", "card"), ("err", "bg"), ("ok", "ok_bg"), ("warn", "warn_bg"),
    ("teal_ink", "tint"), ("navy_ink", "tint2"), ("focus", "card"), ("focus", "bg"),
    *product(("on_color",), ("navy", "navy2", "teal", "teal2", "rail", "rail_on")),
    *product(("rail_ink",), ("rail", "rail_on")), ("on_focus", "focus"),
)  # fmt: skip
EDGES = (
    ("field", "card"), ("field", "bg"), ("focus", "card"), ("focus", "bg"), ("focus", "tint2"),
    ("err", "card"), ("err", "err_bg"), ("rail_focus", "rail"), ("rail_focus", "rail_on"),
    ("focus_on_color", "teal"), ("focus_on_color", "navy"), ("gold", "rail"),
)  # fmt: skip


def lightness(color: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    light, dark = sorted((lightness(one), lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(tokens: Tokens) -> list[str]:
    pairs = [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in EDGES]
    return [
        f"{one} on {other}: {found:.2f}"
        for one, other, wanted in pairs
        if (found := contrast(getattr(tokens, one), getattr(tokens, other))) < wanted
    ]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_everything_can_be_read(tokens: Tokens) -> None:
    assert too_faint(tokens) == []


def test_a_faint_color_is_noticed() -> None:
    assert too_faint(replace(LIGHT, mute="#9AA5B1"))


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
