"""Charts of the window: read out whole, walked by arrows, and blind for what is not told."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake_app.domain.chart import Bar, Chart, ChartKind, chart
from intake_app.ui.measures.bar_chart import BarChart
from intake_app.ui.measures.chart_view import ChartView
from intake_app.ui.measures.funnel_chart import FunnelChart
from intake_app.ui.measures.interval_chart import IntervalChart
from intake_app.ui.measures.line_chart import LineChart
from intake_app.ui.parts.theme import Theme, make_theme
from intake_app.words import Words

KINDS = (
    (BarChart, ChartKind.BARS), (FunnelChart, ChartKind.FUNNEL), (LineChart, ChartKind.LINE),
    (IntervalChart, ChartKind.INTERVALS),
)  # fmt: skip
HIDDEN = Bar("Zone 3", "not shown")


def of(kind: ChartKind, *bars: Bar) -> Chart:
    return chart(kind, "Engaged within 30 days", bars, "%")


def some(kind: ChartKind) -> Chart:
    return of(
        kind, Bar("Zone 1", "62% (134 of 216)", 62, 55, 68), Bar("Zone 2", "0% (0 of 40)", 0, 0, 9),
        HIDDEN, Bar("Zone 4", "100% (30 of 30)", 100, 88, 100),
    )  # fmt: skip


def shown(made: ChartView, qtbot: QtBot, drawn: Chart, width: int = 700) -> ChartView:
    qtbot.addWidget(made)
    made.show_chart(drawn)
    made.resize(width, made.heightForWidth(width))
    with qtbot.waitExposed(made):
        made.show()
    return made


def picture(made: ChartView) -> QImage:
    made.clearFocus()  # whether a window that was just shown has the cursor by now is chance
    return made.grab().toImage()


@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_its_name_says_every_number_as_it_is_told(
    qtbot: QtBot, theme: Theme, words: Words, make: type[ChartView], kind: ChartKind
) -> None:
    made = shown(make(theme, words), qtbot, some(kind))
    assert made.accessibleName() == (
        "Engaged within 30 days. Zone 1: 62% (134 of 216); Zone 2: 0% (0 of 40); "
        "Zone 3: not shown; Zone 4: 100% (30 of 30)."
    )


@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_arrows_walk_from_number_to_number(
    qtbot: QtBot, theme: Theme, words: Words, make: type[ChartView], kind: ChartKind
) -> None:
    made = shown(make(theme, words), qtbot, some(kind))
    made.setFocus()
    said: list[str] = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home):
        QTest.keyClick(made, key)
        said.append(made.accessibleDescription())
    assert said == [
        "Zone 1: 62% (134 of 216)", "Zone 2: 0% (0 of 40)", "Zone 4: 100% (30 of 30)",
        "Zone 3: not shown", "Zone 1: 62% (134 of 216)",
    ]  # fmt: skip


@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_a_press_is_the_same_as_the_arrows(
    qtbot: QtBot, theme: Theme, words: Words, make: type[ChartView], kind: ChartKind
) -> None:
    made = shown(make(theme, words), qtbot, some(kind))
    center = made.places(made.width())[1].center()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(center))
    assert made.accessibleDescription() == "Zone 2: 0% (0 of 40)"


@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_nobody_sees_what_stands_behind_a_number_that_is_not_told(
    qtbot: QtBot, theme: Theme, words: Words, make: type[ChartView], kind: ChartKind
) -> None:
    """The chart is given nothing of it, so two tables that differ in it alone look alike."""
    one = picture(shown(make(theme, words), qtbot, some(kind)))
    assert one == picture(shown(make(theme, words), qtbot, some(kind)))
    told = of(kind, *some(kind).bars[:2], Bar("Zone 3", "not shown", 4), some(kind).bars[3])
    assert one != picture(shown(make(theme, words), qtbot, told))  # negative control


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [320, 700, 1200])
@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_bars_lie_below_or_beside_one_another(
    qtbot: QtBot, words: Words, make: type[ChartView], kind: ChartKind, width: int, scale: float
) -> None:
    made = make(make_theme(scale=scale), words)
    shown(made, qtbot, some(kind), width)
    places = made.places(width)
    assert len(places) == len(some(kind).bars)
    assert not any(one.intersects(other) for one, other in pairwise(places))
    assert all(made.rect().contains(one) for one in places)


def test_a_warning_is_read_out_first_and_drawn(qtbot: QtBot, theme: Theme, words: Words) -> None:
    made = shown(BarChart(theme, words), qtbot, some(ChartKind.BARS))
    plain = picture(made)
    made.show_chart(some(ChartKind.BARS), "Not for release")
    assert made.accessibleName().startswith("Not for release. Engaged")
    assert picture(made) != plain


def test_the_reference_is_seen_and_the_others_look_alike(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    made = shown(IntervalChart(theme, words), qtbot, some(ChartKind.INTERVALS))
    first, second = (Bar("A", "50%", 50, 40, 60), Bar("B", "90%", 90, 80, 95))
    made.show_chart(of(ChartKind.INTERVALS, first, second), reference="A")
    assert isinstance(made, IntervalChart)
    assert made.fill(first) != made.fill(second)
    made.show_chart(of(ChartKind.INTERVALS, first, second))
    assert made.fill(first) == made.fill(second)


@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_an_empty_chart_is_drawn_too(
    qtbot: QtBot, theme: Theme, words: Words, make: type[ChartView], kind: ChartKind
) -> None:
    made = shown(make(theme, words), qtbot, of(kind))
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Down)
    assert not made.grab().isNull()
    assert made.at == -1
