"""A contact that goes no further is saved with two keys: one for the dialog, one for the reason."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from case_desk import case_desk
from form_driver import find, group, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.case.offers import Offer, OfferAbout, OfferOutcome, gaps, offers
from intake_app.services.desk import Desk
from intake_app.ui.case.offer_dialog import KEYS, DeclinedDialog, NotOfferedDialog, OfferDialog
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Answer = TypeVar("Answer")
THEFT = OfferAbout("plain_diversion", "shoplifting", "23C", "W. Va. Code 61-3A-3")


class Home(QWidget):
    """What opens the dialogs: F6 and F7, as on the home page."""

    def __init__(self, make: Callable[[type[OfferDialog], QWidget], OfferDialog]) -> None:
        super().__init__()
        self.dialog: OfferDialog | None = None
        for key, kind in (("F6", NotOfferedDialog), ("F7", DeclinedDialog)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda k=kind: self.open(k, make))

    def open(
        self, kind: type[OfferDialog], make: Callable[[type[OfferDialog], QWidget], OfferDialog]
    ) -> None:
        self.dialog = make(kind, self)
        self.dialog.open()


@pytest.fixture
def desk(tmp_path: Path, background: Background) -> Iterator[Desk]:
    made = case_desk(tmp_path, background)
    yield made
    background.run_and_wait(made.cases_file.close)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.fixture
def home(qtbot: QtBot, desk: Desk, background: Background, words: Words, theme: Theme) -> Home:
    page = Home(lambda kind, parent: kind(desk, background, words, theme, parent))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def kept(desk: Desk, background: Background) -> list[Offer]:
    return background.run_and_wait(lambda: offers(desk, ""))


def opened(qtbot: QtBot, home: Home, key: Qt.Key = Qt.Key.Key_F6) -> OfferDialog:
    home.activateWindow()
    qtbot.waitUntil(home.isActiveWindow)
    QTest.keyClick(home, key)
    assert home.dialog is not None
    with qtbot.waitSignal(home.dialog.listed):
        pass
    return home.dialog


@pytest.mark.parametrize(
    ("key", "outcome", "second", "reason"),
    [
        (Qt.Key.Key_F6, OfferOutcome.NOT_OFFERED, "4", "weapon"),
        (Qt.Key.Key_F6, OfferOutcome.NOT_OFFERED, "f", "language"),
        (Qt.Key.Key_F7, OfferOutcome.DECLINED, "1", "not_interested"),
    ],
)
def test_two_keystrokes_save(
    qtbot: QtBot, home: Home, desk: Desk, background: Background, key: Qt.Key,
    outcome: OfferOutcome, second: str, reason: str,
) -> None:  # fmt: skip
    QTest.keyClick(home, key)
    dialog = home.dialog
    assert dialog is not None
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClicks(dialog, second)  # before the reasons are read: it is not lost
    (entry,) = kept(desk, background)
    assert (entry.outcome, entry.reason) == (outcome, reason)
    assert dialog.said.text == "Saved."


def test_each_reason_has_one_key_of_its_own(qtbot: QtBot, home: Home) -> None:
    dialog = opened(qtbot, home)
    texts = [button.text() for button in dialog.buttons.values()]
    assert len(texts) > 9
    assert [text[0] for text in texts] == list(KEYS[: len(texts)])


def test_where_words_are_asked_the_cursor_is_there_and_return_saves(
    qtbot: QtBot, home: Home, desk: Desk, background: Background
) -> None:
    dialog = opened(qtbot, home)
    QTest.keyClicks(dialog, "C")  # officer's decision, explained
    assert QApplication.focusWidget() is dialog.text
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.error.text == "Please say why, in a few words.")
    QTest.keyClicks(dialog.text, "a 9 year old waits at home")
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    (entry,) = kept(desk, background)
    assert (entry.reason, entry.text) == ("officer_decision", "a 9 year old waits at home")


def test_return_chooses_the_reason_with_the_cursor(
    qtbot: QtBot, home: Home, desk: Desk, background: Background
) -> None:
    dialog = opened(qtbot, home, Qt.Key.Key_F7)
    second = dialog.buttons["lawyer_first"]
    second.setFocus()
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClick(second, Qt.Key.Key_Return)
    assert [entry.reason for entry in kept(desk, background)] == ["lawyer_first"]


def test_a_key_without_a_reason_and_escape_save_nothing(
    qtbot: QtBot, home: Home, desk: Desk, background: Background
) -> None:
    dialog = opened(qtbot, home)
    QTest.keyClicks(dialog, "Z0")
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert kept(desk, background) == []


def test_what_the_contact_was_about_is_kept_with_it(
    qtbot: QtBot, home: Home, desk: Desk, background: Background
) -> None:
    dialog = opened(qtbot, home)
    dialog.about = THEFT
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClicks(dialog, "7")
    assert kept(desk, background)[0].about == THEFT


def test_a_slip_is_taken_back_and_the_reasons_are_there_again(
    qtbot: QtBot, home: Home, desk: Desk, background: Background
) -> None:
    dialog = opened(qtbot, home)
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClicks(dialog, "3")
    with qtbot.waitSignal(dialog.taken_back):
        press(dialog, "Take it back")
    assert kept(desk, background) == []
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClicks(dialog, "4")
    assert [entry.reason for entry in kept(desk, background)] == ["weapon"]


def test_details_may_follow_at_once(
    qtbot: QtBot, home: Home, desk: Desk, background: Background
) -> None:
    dialog = opened(qtbot, home)
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClicks(dialog, "4")
    assert background.run_and_wait(lambda: gaps(desk)).without == 1
    press(dialog, "Add details")
    fill(dialog)
    with qtbot.waitSignal(dialog.told):
        press(dialog, "Keep")
    (entry,) = kept(desk, background)
    assert not entry.has_gap
    assert entry.demographics == {
        "race_self": ["white"], "race_observed": ["black"], "gender": "man", "age_band": "25_34",
    }  # fmt: skip
    assert entry.about == replace(THEFT, program="", zone="Z12")
    assert background.run_and_wait(lambda: gaps(desk)).without == 0


def fill(dialog: OfferDialog) -> None:
    for question, label in (
        ("Race or ethnicity, as the person says", "White"),
        ("Race or ethnicity, as it was seen", "Black or African American"),
        ("Gender", "Man"),
        ("Age", "25 to 34"),
    ):
        press(group(dialog, question), label)
    dialog.details.fields["offense"].set_value("shoplifting")
    QTest.keyClicks(find(dialog, "Zone or beat"), "Z12")


def test_details_that_look_like_a_name_are_refused_with_a_sentence(
    qtbot: QtBot, home: Home, desk: Desk, background: Background
) -> None:
    dialog = opened(qtbot, home)
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClicks(dialog, "4")
    press(dialog, "Add details")
    QTest.keyClicks(find(dialog, "Zone or beat"), "Whitfield")
    press(dialog, "Keep")
    qtbot.waitUntil(lambda: dialog.error.text.startswith("The offer ledger holds no names."))
    assert kept(desk, background)[0].about.zone == ""


def test_earlier_entries_of_the_shift_wait_in_the_dialog(
    qtbot: QtBot, home: Home, desk: Desk, background: Background
) -> None:
    dialog = opened(qtbot, home)
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClicks(dialog, "4")
    dialog.accept()
    again = opened(qtbot, home)
    press(again, "Add details to 1 earlier entry")
    fill(again)
    with qtbot.waitSignal(again.told):
        press(again, "Keep")
    assert not kept(desk, background)[0].has_gap


def test_every_control_has_a_name(qtbot: QtBot, home: Home) -> None:
    dialog = opened(qtbot, home)
    assert all(button.accessibleName() for button in dialog.findChildren(QPushButton))
    assert dialog.text.accessibleName() == "Explain"
