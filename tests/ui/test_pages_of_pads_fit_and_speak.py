"""The pages of pads: each control has a name and is reached by Tab; both fit a small laptop."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pad_house import Station
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from test_every_page_can_be_reached import nameless, sideways, unreachable

from intake_app.domain.clock import FixedClock
from intake_app.services.citing.keying_in import key_in
from intake_app.services.records.drafts import guide_of
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.keying_page import KeyingPage
from intake_app.ui.pages.pads_page import PadsPage
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.window import SMALLEST_SCREEN, MainWindow
from intake_app.words import Words

PAGES = ("pads", "keying")
Open = Callable[[str, Words, Theme], QWidget]


@pytest.fixture
def station(tmp_path: Path, background: Background) -> Iterator[Station]:
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    made = Station(tmp_path, clock, background)
    yield made
    made.close()


@pytest.fixture
def open_page(qtbot: QtBot, station: Station, background: Background) -> Open:
    windows: list[MainWindow] = []  # what nobody holds is gone

    def opened(name: str, words: Words, theme: Theme) -> QWidget:
        desk, pad = station.desk, station.pad(count=2)
        if name == "pads":
            page = PadsPage(desk, background, words, theme)
            page.refresh()
        else:
            draft = station.ask(lambda: key_in(desk, pad.numbers[0]))
            guide = station.ask(lambda: guide_of(desk, draft))
            page = KeyingPage(draft, guide, desk, background, Setting(words, theme, desk.clock))
        window = MainWindow(words)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(SMALLEST_SCREEN)
        window.show_page(page)
        window.show()
        qtbot.waitUntil(lambda: not background.is_busy)
        QApplication.processEvents()  # lay out what has come
        least = window.minimumSizeHint()
        assert least.width() <= SMALLEST_SCREEN.width()
        assert least.height() <= SMALLEST_SCREEN.height()
        return page

    return opened


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name_and_is_reached_by_tab(
    open_page: Open, words: Words, theme: Theme, name: str
) -> None:
    page = open_page(name, words, theme)
    assert nameless(page) == []
    by_delete = "QPushButton Clear: "  # Delete takes an answer back too; Tab need not stop there
    assert [one for one in unreachable(page) if not one.startswith(by_delete)] == []


@pytest.fixture
def worn(qapp: QApplication, dressed: Theme) -> Iterator[Callable[[float], Theme]]:
    def wear(scale: float) -> Theme:
        made = themes.make_theme(scale=scale)
        themes.apply(qapp, made)
        return made

    yield wear
    themes.apply(qapp, dressed)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_both_fit_a_small_laptop(
    open_page: Open, worn: Callable[[float], Theme], name: str, language: str, scale: float
) -> None:
    page = open_page(name, Words(language), worn(scale))
    assert sideways(page) == []
