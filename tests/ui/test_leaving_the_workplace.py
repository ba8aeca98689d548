"""The workplace: rail, state line, lock, log out, another look."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import desk_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from intake_app.settings.look import Look, keep_look, read_look
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages.home_page import HomePage
from intake_app.ui.pages.settings_page import SettingsPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@pytest.fixture
def place(qtbot: QtBot, background: Background, words: Words, theme: Theme) -> Iterator[Workplace]:
    made = Workplace(desk_of("admin"), background, words, theme, Look())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.end()


@pytest.mark.parametrize(
    ("button", "signal"),
    [("lock", "lock_asked"), ("log_out", "log_out_asked"), ("switch", "switch_user_asked")],
)
def test_the_rail_says_how_to_leave(
    qtbot: QtBot, place: Workplace, button: str, signal: str
) -> None:
    with qtbot.waitSignal(getattr(place, signal)):
        place.rail.button(button).click()


def test_keys_lock_and_hide(qtbot: QtBot, place: Workplace) -> None:
    with qtbot.waitSignal(place.lock_asked):
        qtbot.keyClick(place, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(place.curtain.drawn):
        qtbot.keyClick(place, Qt.Key.Key_F12)
    qtbot.keyClick(place, "x")
    with qtbot.waitSignal(place.curtain.drawn):
        place.rail.button("hide").click()
    with qtbot.waitSignal(place.idle_lock_asked):
        place.curtain.long_idle.emit()


def test_the_state_of_the_data_is_said_in_words(place: Workplace) -> None:
    assert place.rail.state.text() == "All is saved on this computer"
    assert place.rail.backup.text() == "Last tested backup: never yet"
    place.note_saved("2026-11-23T14:41:00-05:00")
    assert place.rail.state.text() == "Saved on this computer, 2:41 PM"


def test_pages_are_built_once_and_marked_in_the_rail(place: Workplace) -> None:
    home = place.page
    place.rail.button("settings").click()
    assert isinstance(place.page, SettingsPage)
    assert place.rail.button("settings").accessibleDescription() == "You are here"
    place.go("home")
    assert place.page is home
    assert isinstance(home, HomePage)


def test_a_guest_page_goes_when_one_leaves_it_and_is_told_to_save(
    qtbot: QtBot, place: Workplace
) -> None:
    guest = QLabel("a form")
    place.show_guest(guest)
    assert place.page is guest
    with qtbot.waitSignals([place.leaving, guest.destroyed]):
        place.go("home")


def test_hiding_everything_hides_names_again(place: Workplace) -> None:
    place.names.turn(True)
    place.curtain.draw()
    assert not place.names.is_on


def test_without_room_the_rail_shows_icons(place: Workplace) -> None:
    wide = place.rail.width()
    place.resize(900, 768)
    assert place.rail.width() < wide
    assert place.rail.button("home").text() == ""
    assert place.rail.button("home").accessibleName() == "Home"


def test_another_look_is_chosen_in_settings(qtbot: QtBot, place: Workplace) -> None:
    place.go("settings")
    page = place.page
    assert isinstance(page, SettingsPage)
    with qtbot.waitSignal(place.look_chosen) as chosen:
        page.look.text_size.setCurrentIndex(2)
        page.look.text_size.activated.emit(2)
    assert chosen.args == [Look(scale=1.5)]


def test_a_look_is_kept_and_a_damaged_file_is_the_plain_look(tmp_path: Path) -> None:
    file = tmp_path / "look.json"
    keep_look(file, Look("es", 1.5, is_dark=True))
    assert read_look(file) == Look("es", 1.5, is_dark=True)
    file.write_text("{")
    assert read_look(file) == Look()
    keep_look(tmp_path / "nowhere" / "look.json", Look())
