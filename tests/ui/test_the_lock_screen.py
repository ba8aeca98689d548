"""The lock screen: notice, name, passphrase; what it says when it refuses."""

from pathlib import Path

import pytest
from fakes import BANNER, GOOD_WORDS, TINY, FakeGate
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import DeviceSecretMissing, StoreMissing
from intake_app.domain.roles import Role
from intake_app.settings.look import Look
from intake_app.settings.profile import Told, keep_told
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.ui.sign_in.look_bar import LookBar
from intake_app.words import Words


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate()


@pytest.fixture
def page(
    qtbot: QtBot, gate: FakeGate, background: Background, words: Words, theme: Theme
) -> LockPage:
    made = LockPage(gate, background, words, theme, Look())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def fill(page: LockPage, name: str = "mhale", phrase: str = GOOD_WORDS) -> None:
    page.understood.setChecked(True)
    page.user_name.setText(name)
    page.passphrase.setText(phrase)


def test_the_notice_and_the_fixed_names_are_there(page: LockPage) -> None:
    assert BANNER in [label.text() for label in page.findChildren(QLabel)]
    named = {page.user_name, page.passphrase, page.understood, page.unlock}
    assert {w.accessibleName() for w in named} == {
        "User name", "Passphrase", "I understand", "Unlock",
    }  # fmt: skip
    assert page.passphrase.echoMode() is QLineEdit.EchoMode.Password


def test_return_in_the_passphrase_unlocks_and_the_passphrase_is_gone(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    gate.may_go.clear()
    fill(page)
    with qtbot.waitSignal(page.unlocked) as unlocked:
        qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
        assert not page.unlock.isEnabled()  # the window is alive and says that it waits
        assert page.unlock.text() == "Opening…"
        assert page.unlock.accessibleName() == "Unlock"
        gate.may_go.set()
    assert unlocked.args
    assert unlocked.args[0].person.user_name == "mhale"
    assert page.passphrase.text() == ""
    assert page.unlock.isEnabled()


def test_one_must_read_the_notice_first(page: LockPage) -> None:
    fill(page)
    page.understood.setChecked(False)
    page.unlock.click()
    assert "I understand" in page.error.text
    assert page.understood.hasFocus()


@pytest.mark.parametrize(("name", "phrase"), [("", GOOD_WORDS), ("mhale", "")])
def test_both_fields_are_needed(page: LockPage, name: str, phrase: str) -> None:
    fill(page, name, phrase)
    page.unlock.click()
    assert page.error.text == "Enter your user name and your passphrase."
    assert (page.passphrase if name else page.user_name).hasFocus()


def test_a_wrong_passphrase_is_said_beside_the_fields(qtbot: QtBot, page: LockPage) -> None:
    fill(page, phrase="something else entirely")
    page.unlock.click()
    qtbot.waitUntil(lambda: page.error.text != "")
    assert "do not match" in page.error.text
    assert page.passphrase.hasFocus()
    assert page.user_name.text() == "mhale"


def test_after_five_tries_it_names_who_can_release(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    gate.wrong = 4
    fill(page, phrase="something else entirely")
    page.unlock.click()
    qtbot.waitUntil(lambda: "K. Ames, T. Pike" in page.error.text)
    assert "Too many tries" in page.error.text


def test_a_store_that_is_not_there_is_said(qtbot: QtBot, page: LockPage, gate: FakeGate) -> None:
    gate.broken = StoreMissing()
    fill(page)
    page.unlock.click()
    qtbot.waitUntil(lambda: page.error.text == StoreMissing.sentence())


def test_another_language_can_be_chosen_before_signing_in(qtbot: QtBot, page: LockPage) -> None:
    bar = page.findChild(LookBar)
    assert bar is not None
    with qtbot.waitSignal(page.look_chosen) as chosen:
        bar.language.setCurrentIndex(1)
        bar.language.activated.emit(1)
    assert chosen.args == [Look(language="es")]


def button(page: LockPage, name: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.accessibleName() == name)


def test_it_fits_a_small_laptop_without_scrolling(qtbot: QtBot, page: LockPage) -> None:
    (area,) = page.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    page.resize(1366, 500)  # negative control
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)


def test_a_lost_secret_of_this_computer_has_a_calm_page(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    gate.broken = DeviceSecretMissing()
    fill(page)
    page.unlock.click()
    qtbot.waitUntil(page.steps.keyring.isVisible)
    said = " ".join(label.text() for label in page.steps.keyring.findChildren(QLabel))
    assert "Nothing is lost" in said
    assert "recovery card" in said
    assert not page.user_name.isVisible()
    with qtbot.waitSignal(page.recovery_asked):
        qtbot.keyClick(page.steps.keyring.card, Qt.Key.Key_Space)
    qtbot.keyClick(page.steps.keyring.again, Qt.Key.Key_Space)
    assert page.user_name.isVisible()
    gate.broken = None
    fill(page)
    with qtbot.waitSignal(page.unlocked):
        page.unlock.click()


def test_training_offers_its_people_and_a_real_profile_offers_nobody(
    qtbot: QtBot, page: LockPage, background: Background, words: Words, theme: Theme,
    tmp_path: Path,
) -> None:  # fmt: skip
    told = [b.accessibleName() for b in page.findChildren(QPushButton)]
    assert not [name for name in told if "Use this one" in name or name == "Leave training"]
    keep_told(make_folder(tmp_path / "p-training"), Told("Pine Hollow", (), is_training=True))
    gate = FakeGate(is_training=True, folder=tmp_path / "p-training")
    training = LockPage(gate, background, words, theme, Look())
    qtbot.addWidget(training)
    training.show()
    training.activateWindow()
    qtbot.waitUntil(training.isActiveWindow)
    qtbot.keyClick(button(training, "Use this one: Front desk: mhale"), Qt.Key.Key_Space)
    assert (training.user_name.text(), training.passphrase.text()) == ("mhale", GOOD_WORDS)
    assert training.understood.hasFocus()
    qtbot.keyClick(training.understood, Qt.Key.Key_Space)
    with qtbot.waitSignal(training.unlocked):
        qtbot.keyClick(training.unlock, Qt.Key.Key_Space)
    with qtbot.waitSignal(training.training_left):
        qtbot.keyClick(button(training, "Leave training"), Qt.Key.Key_Space)


def make_folder(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_who_has_several_roles_chooses_one_by_keyboard(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    fill(page, name=TINY.user_name)
    page.unlock.click()
    qtbot.waitUntil(page.steps.hats.isVisible)
    names = [b.accessibleName() for b in page.steps.hats.buttons]
    assert names == ["Coordinator", "Administrator"]
    assert not page.user_name.isVisible()
    qtbot.waitUntil(page.steps.hats.buttons[0].hasFocus)
    qtbot.keyClick(page.steps.hats.buttons[0], Qt.Key.Key_Tab)
    assert page.steps.hats.buttons[1].hasFocus()
    with qtbot.waitSignal(page.unlocked) as unlocked:
        qtbot.keyClick(page.steps.hats.buttons[1], Qt.Key.Key_Return)
    assert unlocked.args
    assert unlocked.args[0].person.roles == {Role.ADMINISTRATOR}


def test_who_chooses_no_hat_is_out_again(qtbot: QtBot, page: LockPage, gate: FakeGate) -> None:
    fill(page, name=TINY.user_name)
    page.unlock.click()
    qtbot.waitUntil(page.steps.hats.isVisible)
    assert not gate.locked
    page.steps.hats.back.click()
    qtbot.waitUntil(lambda: gate.locked)
    assert page.user_name.isVisible()
    fill(page)
    with qtbot.waitSignal(page.unlocked):
        page.unlock.click()


def test_a_refused_hat_says_why(qtbot: QtBot, page: LockPage, gate: FakeGate) -> None:
    fill(page, name=TINY.user_name)
    page.unlock.click()
    qtbot.waitUntil(page.steps.hats.isVisible)
    gate.broken = StoreMissing()
    page.steps.hats.buttons[0].click()
    qtbot.waitUntil(lambda: page.error.text == StoreMissing.sentence())
    assert page.user_name.isVisible()
    assert not page.steps.hats.isVisible()
