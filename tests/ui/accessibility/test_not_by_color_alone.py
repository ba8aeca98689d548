"""States are told by words and shapes: who sees no colors misses nothing (WCAG 2.2, 1.4.1)."""

from itertools import combinations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.icons import pixmap
from intake_app.ui.parts.theme import Theme

SIGNS = ("circle-alert", "circle-check", "triangle-alert")
"""Of what went wrong, of good news, and of a warning; as `MessageBox` has them."""

APART = 0.1
"""Part of the drawn dots that two signs must not share."""


def dots(name: str) -> set[tuple[int, int]]:
    """Where a sign is drawn, whatever its color."""
    image = pixmap(name, "#000000", 48).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    wide, high = image.width(), image.height()
    return {(x, y) for x in range(wide) for y in range(high) if image.pixelColor(x, y).alpha() > 99}


def differ(one: str, other: str) -> float:
    """Part of all drawn dots that one sign alone has."""
    first, second = dots(one), dots(other)
    return len(first ^ second) / len(first | second)


@pytest.mark.parametrize(("one", "other"), [*combinations(SIGNS, 2)])
def test_signs_of_states_differ_in_shape(qtbot: QtBot, one: str, other: str) -> None:
    assert differ(one, other) > APART


def test_a_sign_that_differs_in_color_alone_is_noticed(qtbot: QtBot) -> None:
    """Negative control."""
    assert differ(SIGNS[0], SIGNS[0]) <= APART


@pytest.mark.parametrize("kind", ["error", "ok", "warn"])
def test_news_stands_in_words_beside_its_sign(qtbot: QtBot, theme: Theme, kind: str) -> None:
    box = MessageBox(theme, kind)
    qtbot.addWidget(box)
    box.say("The disk is full.")
    assert box.text == box.accessibleName() == "The disk is full."
