"""All places of the rail are in sight on a window 1366 x 768, also where a role has many."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.frame.rail import Place, Rail
from intake_app.ui.parts.theme import make_theme, style_sheet
from intake_app.words import Words

HEIGHT = 768
OUT = ("hide", "lock", "switch", "log_out")


def rail_of(qtbot: QtBot, count: int, scale: float) -> Rail:
    theme = make_theme(scale=scale)
    made = Rail(theme, Words("es"), "Pine Hollow Police Department", is_training=True)
    qtbot.addWidget(made)
    made.setStyleSheet(style_sheet(theme))
    places = [Place(f"p{n}", "house", f"Place {n}") for n in range(count)]
    made.fill(places, "T. Okafor", [Place(one, "lock", one) for one in OUT])
    made.say("Todo está guardado en esta computadora", "Última copia probada: todavía ninguna")
    made.set_narrow(scale > 1)
    made.resize(made.width(), HEIGHT)
    made.show()
    return made


def is_in_sight(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


def fits(rail: Rail) -> bool:
    [area] = rail.findChildren(QScrollArea)
    return area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("count", "scale"),
    [
        (5, 1.0),
        (7, 1.0),
        (8, 1.0),
        (11, 1.0),
        (15, 1.0),
        (17, 1.0),
        (5, 2.0),
        (8, 2.0),
        (10, 2.0),
        (17, 2.0),
        (17, 1.5),
    ],
)
def test_the_places_and_the_ways_out_are_in_sight(qtbot: QtBot, count: int, scale: float) -> None:
    rail = rail_of(qtbot, count, scale)
    last_place, last = rail.button(f"p{count - 1}"), rail.button("log_out")
    qtbot.waitUntil(lambda: is_in_sight(last_place) and is_in_sight(last))
    assert fits(rail), "also the state, and who works here"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_signs_of_a_crowded_rail_do_not_touch(qtbot: QtBot, scale: float) -> None:
    rail = rail_of(qtbot, 12, scale)
    one = rail.button("p1")
    qtbot.waitUntil(one.isVisible)
    assert one.iconSize().height() <= one.height()


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_many_places_in_large_text_keep_large_signs_and_stay_in_the_rail(
    qtbot: QtBot, scale: float
) -> None:
    rail = rail_of(qtbot, 17, scale)
    least = round(16 * scale)
    first, second, last = (rail.button(one) for one in ("p0", "p1", "p16"))
    qtbot.waitUntil(
        lambda: rail.rect().contains(QRect(second.mapTo(rail, QPoint()), second.size()))
    )
    qtbot.waitUntil(lambda: first.x() < second.x())
    assert first.y() == second.y() < last.y(), "two by two, line by line"
    for one in (first, second, last):
        assert least <= one.iconSize().height() <= one.height()
    rail.set_narrow(False)
    qtbot.waitUntil(lambda: second.x() == first.x())


def test_more_than_fit_are_scrolled_and_the_way_out_stays_in_sight(qtbot: QtBot) -> None:
    """On a shared computer nobody looks for how to leave; and the first test sees what is not."""
    rail = rail_of(qtbot, 28, 1.0)
    qtbot.waitUntil(lambda: is_in_sight(rail.button("log_out")))
    assert not is_in_sight(rail.button("p27"))
    assert not fits(rail)
