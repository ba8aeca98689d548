"""What window tests share. Fonts and style are put on once: doing it per test costs seconds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from held_cases import House
from made_journeys import Maker, kept
from PySide6.QtWidgets import QApplication

from intake_app.domain.clock import FixedClock
from intake_app.domain.journey import Journey
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> Theme:
    """The program in its plain look."""
    themes.load_fonts()
    plain = themes.make_theme()
    themes.apply(qapp, plain)
    return plain


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication, dressed: Theme) -> None:
    """Each test begins in it: a story may have left large text, in which less fits on a page."""
    if qapp.styleSheet() != themes.style_sheet(dressed):
        themes.apply(qapp, dressed)


@pytest.fixture
def theme(dressed: Theme) -> Theme:
    return dressed


@pytest.fixture
def words() -> Words:
    return Words("en")


@pytest.fixture
def background() -> Iterator[Background]:
    """A worker of its own for each test."""
    made = Background()
    yield made
    made.close()


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock, background: Background) -> Iterator[House]:
    """A department of real files; they live on the worker, as in the program."""
    clock.at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    made = background.run_and_wait(lambda: House(tmp_path, clock))
    yield made
    background.run_and_wait(made.close)


@cache
def _journeys() -> list[Journey]:
    return list(Maker(7).many(450))


@pytest.fixture
def coordinator(house: House, background: Background) -> Desk:
    """J. Lowe; her files hold journeys, as if they had been folded."""
    desk = house.desk(Role.COORDINATOR)
    background.run_and_wait(lambda: kept(desk, _journeys()))
    return desk
