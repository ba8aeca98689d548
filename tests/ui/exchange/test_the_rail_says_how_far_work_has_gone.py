"""The rail: one line of the exchange where there are other stations, and a small "Exchange now"."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fake_exchange import TWO
from fakes import NOW, desk_of
from pytestqt.qtbot import QtBot

from intake_app.services.exchanging.exchanging import ExchangeTold
from intake_app.settings.look import Look
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.frame.rail import Place, Rail
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@pytest.fixture
def line(qapp: object) -> ExchangeLine:
    return ExchangeLine()


@pytest.fixture
def place(
    qtbot: QtBot, background: Background, words: Words, theme: Theme, line: ExchangeLine
) -> Iterator[Workplace]:
    made = Workplace(desk_of(), background, words, theme, Look(), line)
    qtbot.addWidget(made)
    made.resize(1280, 740)
    made.show()
    yield made
    made.end()


def test_with_one_station_the_backup_is_told_and_nothing_can_be_synced(place: Workplace) -> None:
    assert place.rail.backup.text() == "Last tested backup: never yet"
    assert place.rail.sync.isHidden()


def test_with_others_it_says_how_far_work_has_gone(
    qtbot: QtBot, place: Workplace, line: ExchangeLine
) -> None:
    line.tell(ExchangeTold(replace(TWO, waits=3), {}, NOW))
    assert place.rail.backup.text() == "3 changes wait"
    place.note_saved("2026-11-23T14:41:00-05:00")
    assert place.rail.state.text() == "Saved on this computer, 2:41 PM"
    assert place.rail.backup.text() == "3 changes wait", "saving takes nothing away"
    assert place.rail.sync.accessibleName() == "Exchange now"
    with qtbot.waitSignal(line.sync_asked):
        place.rail.sync.click()


@pytest.mark.parametrize("count", [5, 13])
@pytest.mark.parametrize("narrow", [False, True])
def test_it_is_said_in_sight_or_by_the_button(
    qtbot: QtBot, words: Words, theme: Theme, count: int, narrow: bool
) -> None:
    rail = Rail(theme, words, "Pine Hollow")
    qtbot.addWidget(rail)
    rail.fill([Place(f"p{n}", "house", f"Place {n}") for n in range(count)], "T. Okafor", [])
    rail.say("All is saved", "never", "sent, not yet confirmed")
    rail.set_narrow(narrow)
    rail.resize(rail.width(), 768)
    rail.show()
    shown = [label.text() for label in (rail.state, rail.backup) if label.isVisible()]
    assert ("sent, not yet confirmed" in shown) is not narrow
    assert "sent, not yet confirmed" in rail.sync.toolTip()
    assert rail.sync.isVisible()
