"""What people typed is shown in a tip as they typed it; it is no page, and fetches nothing."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.chart import Bar, Chart, ChartKind
from intake_app.ui.measures import chart_view
from intake_app.ui.measures.bar_chart import BarChart
from intake_app.ui.parts.labels import ElidedLabel, tip_of
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

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


def test_a_bar_of_a_chart_tells_its_words_as_they_were_typed(
    qtbot: QtBot, theme: Theme, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def show(_at: QPoint, said: str, _on: QWidget) -> None:
        told.append(said)

    monkeypatch.setattr(chart_view.QToolTip, "showText", show)
    chart = BarChart(theme, words)
    qtbot.addWidget(chart)
    chart.show_chart(Chart(ChartKind.BARS, "", (Bar(TYPED[0], "7", 7.0),)))
    chart.resize(600, chart.heightForWidth(600))
    at = chart.places(600)[0].center()
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, at, chart.mapToGlobal(at)))
    assert [seen(one) for one in told] == [f"{TYPED[0]}: 7"]
