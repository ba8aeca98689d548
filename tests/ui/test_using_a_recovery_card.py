"""A forgotten passphrase: words of a card, a new passphrase, and what it says when it refuses."""

import pytest
from fakes import FakeGate
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import BadRecoveryCard, IntakeError, WeakPassphrase, WrongPassphrase
from intake_app.ui.pages.recovery_page import RecoveryPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

CARD = "calm river stone lamp"
PHRASE = "warm bread on sunday"


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate()


@pytest.fixture
def page(
    qtbot: QtBot, gate: FakeGate, background: Background, words: Words, theme: Theme
) -> RecoveryPage:
    made = RecoveryPage(gate, background, words, theme)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def fill(page: RecoveryPage) -> None:
    QTest.keyClicks(page.card, CARD)
    QTest.keyClicks(page.user_name, " mhale ")
    QTest.keyClicks(page.passphrase, PHRASE)
    QTest.keyClicks(page.again, PHRASE)


def test_a_card_sets_a_new_passphrase_and_nothing_of_it_stays_on_the_page(
    qtbot: QtBot, page: RecoveryPage, gate: FakeGate
) -> None:
    fill(page)
    with qtbot.waitSignal(page.recovered):
        qtbot.keyClick(page.go_on, Qt.Key.Key_Space)
    assert gate.tries == [(CARD, "mhale", PHRASE)]
    assert page.card.toPlainText() + page.passphrase.text() + page.again.text() == ""


def test_four_words_are_suggested_and_must_be_typed_once(
    qtbot: QtBot, page: RecoveryPage, gate: FakeGate
) -> None:
    fill(page)
    qtbot.keyClick(page.suggest, Qt.Key.Key_Space)
    qtbot.waitUntil(page.again.hasFocus)
    assert page.suggested.text() == "Learn it now: calm river stone lamp"
    page.go_on.click()
    assert page.error.text == "The two passphrases differ."
    QTest.keyClicks(page.again, "calm river stone lamp")
    with qtbot.waitSignal(page.recovered):
        page.go_on.click()
    assert gate.tries[0][2] == "calm river stone lamp"


@pytest.mark.parametrize(
    ("error", "said", "field"),
    [
        (BadRecoveryCard("word 7"), "Word 7 is not right. Check it against the card.", "card"),
        (BadRecoveryCard(), BadRecoveryCard.sentence(), "card"),
        (WrongPassphrase(), "Nobody here has this user name.", "user_name"),
        (WeakPassphrase(), WeakPassphrase.sentence(), "passphrase"),
    ],
)
def test_it_says_what_is_wrong_and_where(
    qtbot: QtBot, page: RecoveryPage, gate: FakeGate, error: IntakeError, said: str, field: str
) -> None:
    gate.broken = error
    fill(page)
    page.go_on.click()
    qtbot.waitUntil(lambda: page.error.text == said)
    assert getattr(page, field).hasFocus()
    assert page.card.toPlainText() == CARD  # nothing needs typing twice


@pytest.mark.parametrize("field", ["card", "user_name", "passphrase", "again"])
def test_all_is_needed(page: RecoveryPage, gate: FakeGate, field: str) -> None:
    fill(page)
    getattr(page, field).clear()
    page.go_on.click()
    assert page.error.text
    assert getattr(page, field).hasFocus()
    assert gate.tries == []


def test_one_can_go_back(qtbot: QtBot, page: RecoveryPage) -> None:
    with qtbot.waitSignal(page.given_up):
        qtbot.keyClick(page.back, Qt.Key.Key_Space)
