"""What people typed is shown in a tip as they typed it; it is no page, and fetches nothing."""

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.ui.labels import ElidedLabel, tip_of

TYPED = (
    "<img src='file:////evil.example/share/x.png'> Avery",
    "a < b & c",
    "<b>Jordan</b>",
    "&lt;",
)


def seen(tip: str) -> str:
    """What Qt draws of a tip."""
    if "<" not in tip:
        return tip
    drawn = QTextDocument()
    drawn.setHtml(tip)
    return drawn.toPlainText()


@pytest.mark.parametrize("typed", TYPED)
def test_a_tip_shows_what_was_typed(typed: str) -> None:
    assert seen(tip_of(typed)) == typed


def test_without_that_it_would_be_a_picture(qapp: QApplication) -> None:
    assert seen(TYPED[0]) != TYPED[0]
    assert tip_of("Smith & Sons, 20 %") == "Smith & Sons, 20 %", "usual words stay as they are"


def test_a_label_that_is_cut_off_tells_a_name_as_words(qtbot: QtBot) -> None:
    label = ElidedLabel(TYPED[0])
    qtbot.addWidget(label)
    label.setFixedWidth(40)
    label.grab()
    assert seen(label.toolTip()) == TYPED[0]
