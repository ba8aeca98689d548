"""Aid in two keys, a shelf whose acts ask what they need, questions answered by digits."""

from pathlib import Path
from typing import Any, TypeVar

import pytest
from form_driver import shown, words_on
from held_cases import House
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from scans import pdf, plain_png

from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.aid import aid as aids
from intake_app.services.aid.aid import give_aid, settle_aid_rest
from intake_app.services.aid.stock import NewLot, receive
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.records.drafts import begin_draft
from intake_app.ui.folder.aid_tab import AidTab
from intake_app.ui.folder.files_tab import FilesTab
from intake_app.ui.folder.screening_tab import ScreeningTab
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.stock_page import StockPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Tab = TypeVar("Tab", bound=FolderTab)
KIT = "naloxone_kit"
NONE = Qt.KeyboardModifier.NoModifier
WALK_IN: dict[str, Any] = {
    "who_for": "self",
    "safety_now": "no",
    "no_arrest": {"read": True, "version": "2026-11-1", "at": "2026-11-23"},
    "wants": ["detox"],
    "first_name": "Jordan",
    "last_name": "Whitfield",
    "may_contact": "no",
    "language": "es",
    "interpreter": "none",
    "placed": "today",
    "decision": "accepted",
    "explained": ["explained", "voluntary"],
}


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def parts(desk: Desk, background: Background, theme: Theme, words: Words) -> FolderParts:
    """An intake of somebody who speaks Spanish, and two lots on the shelf."""

    def take() -> RecordId:
        receive(desk, NewLot(KIT, 20, "A12", "2027-06-30", 4500))
        receive(desk, NewLot(KIT, 3, "S1", "2026-12-01", 4500))
        draft = begin_draft(desk, "self_referral")
        draft.answers |= WALK_IN
        return finish_intake(desk, draft).record

    intake = background.run_and_wait(take)
    return FolderParts(intake, desk, background, Setting(words, theme, desk.clock), NameSwitch())


def opened(qtbot: QtBot, tab: Tab) -> Tab:
    qtbot.addWidget(tab)
    tab.resize(1200, 900)
    tab.show()
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    with qtbot.waitSignal(tab.refreshed):
        tab.refresh()
    return tab


def press(page: QWidget, name: str) -> None:
    found = [w for w in shown(page) if w.accessibleName() == name]
    (button,) = (w for w in found if isinstance(w, QAbstractButton))
    button.click()


def key(qtbot: QtBot, key: Qt.Key | str, mod: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the cursor is."""
    where = QApplication.focusWidget()
    assert where is not None
    qtbot.keyClick(where, key, mod)


# --- aid ------------------------------------------------------------------------------------


def test_one_kit_is_given_with_two_keys(qtbot: QtBot, parts: FolderParts) -> None:
    tab = opened(qtbot, AidTab(parts))
    qtbot.waitUntil(tab.buttons[KIT].isVisible)
    tab.buttons["bus_pass"].setFocus()  # the cursor is somewhere on the page
    key(qtbot, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(tab.refreshed):
        key(qtbot, Qt.Key.Key_Return)
    assert tab.good.text == "Noted: Naloxone kit, 1."
    assert "Naloxone kit: 1 · lot S1 · $45.00" in words_on(tab)  # what expires first
    assert "22 left" in words_on(tab)


def test_a_wrong_number_leaves_the_question_open(qtbot: QtBot, parts: FolderParts) -> None:
    """Negative control: nothing is given without a number."""
    tab = opened(qtbot, AidTab(parts))
    press(tab, "Naloxone kit")
    tab.ask.fields["count"].set_value(None)
    tab.ask.act.click()
    assert tab.ask.isVisible()
    assert "23 left" in words_on(tab)


def test_less_than_nothing_is_no_number_for_a_clerk(qtbot: QtBot, parts: FolderParts) -> None:
    tab = opened(qtbot, AidTab(parts))
    press(tab, "Bus pass")
    with qtbot.waitSignal(tab.refreshed):
        tab.ask.act.click()
    assert "Bus pass (Count the shelf)" in words_on(tab)
    assert "-1 left" not in words_on(tab)


# --- the shelf ------------------------------------------------------------------------------


def test_the_shelf_says_what_is_to_be_done(
    qtbot: QtBot, parts: FolderParts, background: Background, theme: Theme, words: Words
) -> None:
    page = StockPage(parts.desk, background, words, theme)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    with qtbot.waitSignal(page.refreshed):
        page.refresh()
    rows = [page.model.cells(row) for row in page.model.rows]
    assert rows[0] == (
        "Naloxone kit", "S1", "Dec 1, 2026", "3", "Expires soon: give it first",
    )  # fmt: skip
    assert rows[1][1:2] + rows[1][3:] == ("A12", "20", "")
    assert ("Bus pass", "", "", "0", "Order more: at least 5") in rows
    page.table.selectRow(0)
    press(page, "Moved…")
    page.ask.fields["count"].set_value({"amount": 2, "unit": ""})
    page.ask.fields["place"].set_value("Car 12")
    with qtbot.waitSignal(page.refreshed):
        page.ask.act.click()
    assert page.model.cells(page.model.rows[0])[3] == "1"


# --- screening ------------------------------------------------------------------------------


def test_the_shelf_says_that_it_is_not_final_while_something_given_is_not_taken_off(
    qtbot: QtBot, parts: FolderParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = StockPage(parts.desk, parts.background, parts.setting.words, parts.setting.theme)
    qtbot.addWidget(page)

    def later(_desk: Desk) -> int:
        return 0

    with monkeypatch.context() as busy:  # a first fill brings more than one sign-in tells
        busy.setattr(aids, "settle_aid", later)
        parts.background.run_and_wait(lambda: give_aid(parts.desk, parts.record, KIT, 2, "A12"))
        with qtbot.waitSignal(page.refreshed):
            page.refresh()
        assert "there may be less than it says" in page.not_final.text
    parts.background.run_and_wait(lambda: settle_aid_rest(parts.desk, lambda: False))
    with qtbot.waitSignal(page.refreshed):
        page.refresh()
    assert page.not_final.text == ""


def test_questions_are_answered_by_digits_in_the_persons_language(
    qtbot: QtBot, parts: FolderParts
) -> None:
    tab = opened(qtbot, ScreeningTab(parts))
    assert tab.language.currentData() == "es"
    press(tab, "Ask: AUDIT-C (alcohol)")
    said = words_on(tab)
    assert "¿Con qué frecuencia toma una bebida con alcohol?" in said
    assert "traducción del departamento, no validada" in said
    for name, digit in (("how_often", "4"), ("how_many", "1"), ("six_or_more", "1"),
                        ("~keep", "1")):  # fmt: skip
        tab.ask.fields[name].take_focus()
        key(qtbot, digit)
    with qtbot.waitSignal(tab.refreshed):
        tab.ask.act.click()
    assert "3 of 12" in words_on(tab)
    assert "For women: positive." in words_on(tab)
    assert "Only the result is kept." in words_on(tab)


def test_an_open_question_gives_no_result(qtbot: QtBot, parts: FolderParts) -> None:
    """Negative control."""
    tab = opened(qtbot, ScreeningTab(parts))
    press(tab, "Ask: CAGE-AID (alcohol and drugs)")
    tab.ask.fields["cut_down"].set_value("yes")
    tab.ask.act.click()
    assert tab.ask.isVisible()
    assert "Nothing was asked yet." in words_on(tab)


# --- files ----------------------------------------------------------------------------------


def test_nothing_of_a_file_stays_in_memory_once_the_tab_is_left(
    qtbot: QtBot, parts: FolderParts, tmp_path: Path
) -> None:
    tab = opened(qtbot, FilesTab(parts))
    for n, data in enumerate((pdf(pages=2), plain_png())):
        place = tmp_path / str(n)
        place.write_bytes(data)
        tab.take(place)
        qtbot.waitUntil(tab.ask.isVisible)
        tab.ask.fields["label"].set_value("letter")
        with qtbot.waitSignal(tab.refreshed):
            tab.ask.act.click()
    side = parts.setting.theme.px(72)
    pictures = [w for w in shown(tab) if isinstance(w, QLabel) and w.width() == w.height() == side]
    qtbot.waitUntil(lambda: all(not one.pixmap().isNull() for one in pictures))
    assert len(pictures) == 2
    (first, *_) = [w for w in shown(tab) if w.accessibleName() == "Open: Letter"]
    assert isinstance(first, QAbstractButton)
    first.click()
    qtbot.waitUntil(tab.viewer.isVisible)
    tab.hide()
    assert tab.preview.isHidden()
    assert all(one.pixmap().isNull() for one in pictures)
