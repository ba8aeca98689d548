"""Contrast of every pair of colors that meets on the screen (WCAG 2.2, 1.4.3 and 1.4.11)."""

from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from sheet_pairs import BUTTON, DECORATION, PAGE, SURFACES, Pair, drawn_pairs, grounds_of, pairs_of

from intake_app.ui.parts.stylesheet import SHEET
from intake_app.ui.parts.theme import DARK, LIGHT, Tokens

UI = Path(__file__).resolve().parents[3] / "intake_app" / "ui"
TOKENS = {one.name for one in fields(Tokens)}


def lightness(color: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    light, dark = sorted((lightness(one), lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(tokens: Tokens, pairs: Iterable[Pair]) -> list[str]:
    return [
        f"{pair.front} on {pair.back} ({pair.where}): {found:.2f}, not {pair.least}"
        for pair in sorted(pairs, key=lambda one: (one.front, one.back))
        if {pair.front, pair.back} <= TOKENS
        if (found := contrast(getattr(tokens, pair.front), getattr(tokens, pair.back))) < pair.least
    ]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_all_that_the_style_sheet_lets_meet_can_be_seen(tokens: Tokens) -> None:
    pairs = pairs_of(SHEET)
    assert len(pairs) > 60
    assert too_faint(tokens, pairs) == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_signs_and_charts_can_be_seen(tokens: Tokens) -> None:
    pairs = drawn_pairs(UI)
    assert {pair.where for pair in pairs} >= {"bar_chart.py", "line_chart.py", "rail.py"}
    grounds = {"card", "tint2"}  # the paper of a chart, not its marks
    assert too_faint(tokens, {one for one in pairs if one.front not in DECORATION | grounds}) == []


def test_all_boxes_are_surfaces() -> None:
    """A new background of a box must be looked at under all words."""
    known = {token for room in SURFACES.values() for token in room}
    assert grounds_of(SHEET) <= known


@pytest.mark.parametrize(
    ("token", "faint"),
    [("mute", "#9AA5B1"), ("field", "#C9D2DB"), ("focus", "#7FB2EE"), ("on_color", "#20405F")],
)
def test_a_faint_color_is_noticed(token: str, faint: str) -> None:
    """Negative control."""
    assert too_faint(replace(LIGHT, **{token: faint}), pairs_of(SHEET))


def test_a_rule_that_nobody_thought_of_is_noticed() -> None:
    """Negative control: a new rule brings its pairs with it."""
    worse = SHEET + 'QLabel[chip="new"] { color: @teal_ink; background: @navy }'
    assert any("chip" in one for one in too_faint(LIGHT, pairs_of(worse)))


def test_words_on_what_can_be_seen_through_are_held_against_all_below() -> None:
    found = {pair.back for pair in pairs_of(SHEET) if pair.front == "mute"}
    assert found >= set(SURFACES[PAGE])
    assert {pair.back for pair in pairs_of(SHEET) if pair.front == "on_color"} & set(
        SURFACES[BUTTON]
    )
