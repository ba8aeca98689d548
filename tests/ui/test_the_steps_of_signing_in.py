"""After the passphrase: a code, a new passphrase, a phone that is set up; by keyboard alone."""

import pytest
from fakes import GOOD_CODE, GOOD_WORDS, LETTERS, FakeGate
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import ChooseHat, IntakeError, LockedOut
from intake_app.domain.roles import Role
from intake_app.domain.sign_in_errors import (
    BeginAgain,
    EnterCode,
    HolderPassphraseShort,
    NewPassphrase,
    SetUpCode,
    WrongCode,
)
from intake_app.settings.look import Look
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Key = Qt.Key


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
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def sign_in(page: LockPage, gate: FakeGate, *asks: IntakeError) -> None:
    gate.asks.extend(asks)
    page.understood.setChecked(True)
    page.user_name.setText("mhale")
    page.passphrase.setText(GOOD_WORDS)
    page.unlock.click()


def type_in(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)


def said(part: QWidget) -> str:
    return " ".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def test_a_code_is_typed_and_the_desk_opens(qtbot: QtBot, page: LockPage, gate: FakeGate) -> None:
    sign_in(page, gate, EnterCode(shown_at="2026-11-23T14:41:00.00-0500"))
    code = page.steps.code
    qtbot.waitUntil(code.isVisible)
    assert not page.user_name.isVisible()
    type_in(qtbot, code.code, "111111")
    qtbot.waitUntil(lambda: WrongCode.sentence() in code.error.text)
    assert "2026-11-23 14:41" in code.error.text  # a wrong clock is the usual cause
    assert code.code.text() == ""
    with qtbot.waitSignal(page.unlocked):
        type_in(qtbot, code.code, GOOD_CODE)
    assert code.code.text() == ""
    assert page.user_name.isVisible()


def test_where_the_clock_is_wrong_it_says_so_and_asks_for_a_printed_code(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    step = EnterCode(is_clock_wrong=True, shown_at="2019-01-01T00:03:00.00-0500")
    sign_in(page, gate, step)
    code = page.steps.code
    qtbot.waitUntil(code.isVisible)
    assert "2019" in code.warning.text
    assert "printed sheet" in said(code)


def test_who_walks_away_or_goes_back_leaves_no_open_door(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    for leave in (page.steps.code.back.click, page.steps.code._patience.timeout.emit):
        gate.locked = False
        sign_in(page, gate, EnterCode())
        qtbot.waitUntil(page.steps.code.isVisible)
        leave()
        qtbot.waitUntil(lambda: gate.locked)
        assert page.user_name.isVisible()
        assert not page.steps.is_asking


@pytest.mark.parametrize("end", [LockedOut(), BeginAgain()])
def test_a_step_that_ends_all_says_why_beside_the_passphrase(
    qtbot: QtBot, page: LockPage, gate: FakeGate, end: IntakeError
) -> None:
    sign_in(page, gate, EnterCode(), end)
    qtbot.waitUntil(page.steps.code.isVisible)
    type_in(qtbot, page.steps.code.code, GOOD_CODE)
    qtbot.waitUntil(lambda: type(end).sentence() in page.error.text)
    assert page.user_name.isVisible()


def test_a_one_time_passphrase_is_replaced_with_four_suggested_words(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    sign_in(page, gate, NewPassphrase(NewPassphrase.ONCE, least=14), SetUpCode())
    card = page.steps.passphrase
    qtbot.waitUntil(card.isVisible)
    assert "good for once" in said(card)
    assert "At least 14 characters" in said(card)
    form = card.form
    assert form.new.echoMode() is QLineEdit.EchoMode.Password
    type_in(qtbot, form.new, "short one")
    type_in(qtbot, form.again, "short two")
    assert "differ" in card.error.text
    form.again.clear()
    type_in(qtbot, form.again, "short one")
    qtbot.waitUntil(lambda: card.error.text == HolderPassphraseShort.sentence())
    form.suggestion.click()
    qtbot.waitUntil(form.suggested.isVisible)
    words = form.new.text()
    assert words in form.suggested.text()
    assert len(words.split()) == 4
    type_in(qtbot, form.again, words)
    qtbot.waitUntil(page.steps.set_up.isVisible)
    assert not card.isVisible()
    assert (form.new.text(), form.again.text(), form.suggested.text()) == ("", "", "")


def test_what_is_typed_may_be_shown_only_where_the_policy_lets_it(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    sign_in(page, gate, NewPassphrase(NewPassphrase.EXPIRED, may_show=False))
    form = page.steps.passphrase.form
    qtbot.waitUntil(page.steps.passphrase.isVisible)
    assert not form.shown.isVisible()
    assert "every few months" in said(page.steps.passphrase)
    page.steps.passphrase.back.click()
    sign_in(page, gate, NewPassphrase())
    qtbot.waitUntil(form.shown.isVisible)
    form.shown.click()
    assert form.new.echoMode() is QLineEdit.EchoMode.Normal
    page.steps.passphrase.back.click()
    assert form.new.echoMode() is QLineEdit.EchoMode.Password


def test_a_phone_is_set_up_by_square_code_or_letters(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    sign_in(page, gate, SetUpCode(), ChooseHat([Role.OFFICER, Role.SUPERVISOR]))
    form = page.steps.set_up.form
    qtbot.waitUntil(form.phone.hasFocus)
    qtbot.keyClick(form.phone, Key.Key_Space)
    qtbot.waitUntil(form.code.hasFocus)
    assert form.groups.text() == " ".join(LETTERS)
    dark = form.square.grab().toImage()
    assert dark.pixelColor(1, 1).name() == "#ffffff"  # the quiet margin
    assert any(
        dark.pixelColor(x, x).name() == "#000000" for x in range(dark.width())
    )  # a module on the way across
    type_in(qtbot, form.code, "999999")
    qtbot.waitUntil(lambda: form.error.text == WrongCode.sentence())
    type_in(qtbot, form.code, GOOD_CODE)
    qtbot.waitUntil(page.steps.hats.isVisible)
    assert form.groups.text() == ""  # nothing of the secret stays in the window


def test_a_sheet_is_printed_or_saved_before_its_first_code_is_typed(
    qtbot: QtBot, page: LockPage, gate: FakeGate
) -> None:
    out = list[tuple[bytes, bool]]()

    def bring_out(paper: bytes, to_file: bool) -> bool:
        out.append((paper, to_file))
        return True

    sign_in(page, gate, SetUpCode())
    form = page.steps.set_up.form
    form.bring_out = bring_out
    qtbot.waitUntil(form.sheet.isVisible)
    form.sheet.click()
    qtbot.waitUntil(form.print.isVisible)
    form.print.click()
    form.save.click()
    assert out == [(b"%PDF-1.7 codes", False), (b"%PDF-1.7 codes", True)]
    assert form.is_out.isVisible()
    with qtbot.waitSignal(page.unlocked):
        type_in(qtbot, form.code, GOOD_CODE)
    assert form._paper == b""


@pytest.mark.parametrize(
    "step", [EnterCode(), NewPassphrase(), SetUpCode(), ChooseHat([Role.OFFICER, Role.RECEPTION])]
)
def test_each_step_fits_a_small_laptop_and_names_all_it_asks(
    qtbot: QtBot, page: LockPage, gate: FakeGate, step: IntakeError
) -> None:
    sign_in(page, gate, step)
    qtbot.waitUntil(lambda: page.steps.is_asking)
    if isinstance(step, SetUpCode):
        page.steps.set_up.form.phone.click()
        qtbot.waitUntil(page.steps.set_up.form.groups.isVisible)
    area = next(iter(page.findChildren(QScrollArea)))
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    for kind in (QLineEdit, QPushButton):
        for control in page.steps.findChildren(kind):
            assert control.accessibleName() or not control.isVisible(), control
