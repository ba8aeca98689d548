"""The backups page, the rail's line, and bringing back at first start, as people meet them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_backups import PlainDrive, with_backups
from fakes import FakeBringBack, FakeGate, desk_of
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from intake_app.domain.trust import Light
from intake_app.services.backup.keeping import settle_backups
from intake_app.services.backup.telling import backup_line
from intake_app.settings.look import Look
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages.backups_page import BackupsPage
from intake_app.ui.pages.bring_back_page import BringBackPage
from intake_app.ui.pages.first_start_page import FirstStartPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[..., BackupsPage]


@pytest.fixture
def page(qtbot: QtBot, background: Background, words: Words, theme: Theme, tmp_path: Path) -> Open:
    """The page over a small profile; sticks may be plugged in."""

    def opened(*sticks: PlainDrive) -> BackupsPage:
        desk = with_backups(tmp_path / "profile", sticks=sticks)
        made = BackupsPage(desk, background, words, theme)
        qtbot.addWidget(made)
        made.show()
        with qtbot.waitSignal(made.refreshed):
            made.refresh()
        return made

    return opened


@pytest.fixture
def bring_back(
    qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> tuple[BringBackPage, FakeBringBack]:
    gate = FakeBringBack()
    made = BringBackPage(gate, background, words, theme)
    qtbot.addWidget(made)
    made.show()
    return made, gate


def test_it_begins_with_nothing_and_says_what_to_do(page: Open) -> None:
    rows = page().rows
    assert [one.check.light for one in rows[:4]] == [Light.RED] * 4
    assert rows[0].check.to_do == "Open Backups and make one now."


def test_one_button_makes_and_tests_one(qtbot: QtBot, page: Open) -> None:
    shown = page()
    with qtbot.waitSignal(shown.refreshed):
        shown.now.click()
    assert shown.good.text == "The backup is made and tested."
    assert [one.check.light for one in shown.rows[:4]] == [Light.GREEN] * 3 + [Light.AMBER]
    assert shown.now.isEnabled()


def test_a_folder_is_added_and_taken_off(
    qtbot: QtBot, page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page()
    (tmp_path / "City share").mkdir()
    chosen = staticmethod(lambda *_args: str(tmp_path / "City share"))  # pyright: ignore[reportUnknownLambdaType]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", chosen)
    with qtbot.waitSignal(shown.refreshed):
        shown.places.add.click()
    [button] = shown.places.buttons.values()
    assert button.accessibleName() == "Take City share off the list"
    assert list((tmp_path / "City share" / "p1").glob("2*Z"))
    with qtbot.waitSignal(shown.refreshed):
        button.click()
    assert shown.places.buttons == {}
    assert list((tmp_path / "City share" / "p1").glob("2*Z")), "what lies there stays"


def test_a_stick_that_is_plugged_in_is_offered(qtbot: QtBot, page: Open, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    shown = page(PlainDrive(tmp_path / "usb", "CITY"))
    [button] = shown.places.sticks.values()
    assert button.accessibleName() == "Back up to the stick “CITY” too"
    with qtbot.waitSignal(shown.refreshed):
        button.click()
    assert shown.places.sticks == {}
    assert len(shown.places.buttons) == 1


def test_what_cannot_be_done_is_told_and_the_buttons_come_back(
    qtbot: QtBot, page: Open, tmp_path: Path
) -> None:
    shown = page()
    shown.add_place(tmp_path / "profile" / "inside")
    qtbot.waitUntil(lambda: bool(shown.error.text))
    assert "is a place for backups already" in shown.error.text
    assert shown.now.isEnabled()


def test_the_rails_line_comes_alive(
    qtbot: QtBot, background: Background, words: Words, theme: Theme, tmp_path: Path
) -> None:
    desk = with_backups(tmp_path / "profile")
    settle_backups(desk, lambda: False)
    place = Workplace(desk_of(), background, words, theme, Look())
    qtbot.addWidget(place, before_close_func=lambda _: place.end())
    place.note_saved("", backup_line(desk, words))
    assert place.rail.backup.text() == "Backup today, 2:41 PM, not all of it tested yet"
    place.note_saved("2026-11-23T14:45:00-05:00")
    assert place.rail.backup.text().startswith("Backup today"), "saving takes nothing away"
    assert place.rail.state.text() == "Saved on this computer, 2:45 PM"


def test_first_start_offers_it(
    qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> None:
    first = FirstStartPage(FakeGate(), background, words, theme, Look())
    qtbot.addWidget(first)
    with qtbot.waitSignal(first.bring_back_chosen):
        first.bring_back.click()


def test_three_steps_bring_it_back(
    qtbot: QtBot, bring_back: tuple[BringBackPage, FakeBringBack]
) -> None:
    page, gate = bring_back
    with qtbot.waitSignal(page.shown):
        page.look_in(Path("/stick"))
    assert page.which.count() == 2
    assert page.which.itemText(0).endswith("tested")
    assert page.department.text().startswith("stable stairs")
    page.card.setPlainText("acid barn calm down")
    page.bring.click()
    qtbot.waitUntil(lambda: page.error.text == "Word 2 is not right. Check it against the card.")
    page.card.setPlainText(gate.card)
    with qtbot.waitSignal(page.shown):
        page.bring.click()
    assert page.card.toPlainText() == "", "the words of a card stay nowhere"
    assert page.go_on.isVisible()
    with qtbot.waitSignal(page.finished):
        page.go_on.click()


def test_without_words_or_a_passphrase_nothing_is_asked(
    qtbot: QtBot, bring_back: tuple[BringBackPage, FakeBringBack]
) -> None:
    page, gate = bring_back
    with qtbot.waitSignal(page.shown):
        page.look_in(Path("/stick"))
    page.bring.click()
    assert page.error.text.startswith("Enter the words")
    page.user_name.setText("jlowe")
    page.passphrase.setText("theirs")
    page.bring.click()
    qtbot.waitUntil(lambda: bool(gate.asked))
    assert (gate.asked[0].user_name, gate.asked[0].card_words) == ("jlowe", "")
    assert "theirs" not in repr(gate.asked[0])


def test_a_folder_without_backups_is_told(
    qtbot: QtBot, bring_back: tuple[BringBackPage, FakeBringBack]
) -> None:
    page, gate = bring_back
    gate.found = ()
    page.look_in(Path("/empty"))
    qtbot.waitUntil(lambda: "no backup in this place" in page.error.text)
    assert page.choose.isEnabled()
