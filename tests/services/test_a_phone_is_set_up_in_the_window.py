"""The real way in behind the real lock screen: the first sign-in, the next shift, a locked one."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from second_proof import AMES, HALE, House, Phone, found

from intake_app.app import ProfileGate
from intake_app.pdf.qr import modules
from intake_app.services.signing.signing_in import NewPerson
from intake_app.settings.look import Look
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import make_theme
from intake_app.vault import totp
from intake_app.words import Words


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> House:
    return found(tmp_path_factory.mktemp("window") / "profile")


@pytest.fixture
def house(template: House, tmp_path: Path) -> House:
    return template.copy_to(tmp_path / "profile")


@pytest.fixture
def gate(house: House) -> ProfileGate:
    return house.gate()


@pytest.fixture
def page(qtbot: QtBot, gate: ProfileGate) -> Iterator[LockPage]:
    background = Background()
    made = LockPage(gate, background, Words(), make_theme(), Look())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    background.run_and_wait(gate.lock)
    background.close()


def sign_in(page: LockPage, who: NewPerson) -> None:
    page.understood.setChecked(True)
    page.user_name.setText(who.user_name)
    page.passphrase.setText(who.passphrase)
    page.unlock.click()


def type_in(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def lock(page: LockPage, gate: ProfileGate) -> None:
    page._background.run_and_wait(gate.lock)


def test_from_the_square_code_to_the_next_shift(
    qtbot: QtBot, page: LockPage, gate: ProfileGate, house: House
) -> None:
    sign_in(page, HALE)
    qtbot.waitUntil(page.steps.set_up.isVisible)
    form = page.steps.set_up.form
    form.phone.click()
    qtbot.waitUntil(form.groups.isVisible)
    phone = Phone(form.groups.text().replace(" ", ""), house.clock)
    assert form.square._rows == modules(totp.uri(phone.secret, HALE.user_name))
    with qtbot.waitSignal(page.unlocked) as unlocked:
        type_in(qtbot, form.code, phone.code())
    assert unlocked.args
    assert unlocked.args[0].person.shown_name == HALE.shown_name
    lock(page, gate)
    house.clock.at += timedelta(hours=13)
    sign_in(page, HALE)
    qtbot.waitUntil(page.steps.code.isVisible)
    with qtbot.waitSignal(page.unlocked):
        type_in(qtbot, page.steps.code.code, phone.code())
    lock(page, gate)
    with qtbot.waitSignal(page.unlocked):  # the same shift
        sign_in(page, HALE)


def test_five_wrong_codes_lock_and_name_who_can_release(
    qtbot: QtBot, page: LockPage, gate: ProfileGate, house: House
) -> None:
    house.enrol(AMES)
    house.clock.at += timedelta(minutes=2)
    boss = house.gate()
    boss.unlock(AMES.user_name, AMES.passphrase)  # now the lock screen knows who can
    boss.lock()
    house.enrol(HALE)
    house.clock.at += timedelta(hours=13)
    sign_in(page, HALE)
    qtbot.waitUntil(page.steps.code.isVisible)
    for _ in range(4):
        type_in(qtbot, page.steps.code.code, "000000")
        qtbot.waitUntil(lambda: page.steps.code.error.text != "")
        page.steps.code.error.say("")
    type_in(qtbot, page.steps.code.code, "000000")
    qtbot.waitUntil(lambda: AMES.shown_name in page.error.text)
    assert page.user_name.isVisible()
    assert list(gate.health()) == []  # every file is shut
