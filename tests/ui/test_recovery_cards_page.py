"""The page of recovery cards: who keeps them, the check, new ones; nothing of any word stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fake_cards import FakeCards, with_cards
from fakes import NOW
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.clock import FixedClock
from intake_app.settings.look import Look
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages import cards_page
from intake_app.ui.pages.cards_page import CardsPage
from intake_app.ui.pages.trust_page import TrustPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.ui.recovery.due_card import CardDueCard
from intake_app.words import Words

ONE, TWO = "a" * 16, "b" * 16


@pytest.fixture
def cards() -> FakeCards:
    return FakeCards()


@pytest.fixture
def page(
    qtbot: QtBot, cards: FakeCards, background: Background, words: Words, theme: Theme
) -> CardsPage:
    return shown(qtbot, "admin", cards, (background, words, theme))


def shown(
    qtbot: QtBot, user: str, cards: FakeCards, tools: tuple[Background, Words, Theme]
) -> CardsPage:
    made = CardsPage(with_cards(user, cards), *tools)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    return made


def press(qtbot: QtBot, page: CardsPage, button: QPushButton) -> None:
    with qtbot.waitSignal(page.refreshed):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def typed_anywhere(page: CardsPage) -> str:
    fields = [f.text() for f in page.findChildren(QLineEdit)]
    return "".join(fields + [f.toPlainText() for f in page.findChildren(QPlainTextEdit)])


def test_a_holder_is_named_and_shown(qtbot: QtBot, page: CardsPage) -> None:
    assert "Nobody is named who keeps it." in page.list.said["id 1"]
    qtbot.keyClick(page.list.buttons["id 1", "holder"], Qt.Key.Key_Space)
    assert page.one.isVisible()
    QTest.keyClicks(page.one.name, "R. Chief")
    QTest.keyClicks(page.one.place, "safe")
    press(qtbot, page, page.one.act)
    assert "Kept by R. Chief: safe" in page.list.said["id 1"]
    assert not page.one.isVisible()


def test_a_card_is_reported_lost_after_a_question(qtbot: QtBot, page: CardsPage) -> None:
    qtbot.keyClick(page.list.buttons["id 2", "lost"], Qt.Key.Key_Space)
    assert not page.one.name.isVisible()
    press(qtbot, page, page.one.act)
    assert any("Reported lost" in line for line in page.list.said["id 2"])
    assert ("id 2", "lost") not in page.list.buttons


def test_a_check_says_the_card_is_good_and_forgets_its_words(qtbot: QtBot, page: CardsPage) -> None:
    page.drill.words_typed.setPlainText(TWO)
    press(qtbot, page, page.drill.check)
    assert page.drill.good.text == "Card 2 is good. Put it back in its place now."
    assert TWO not in typed_anywhere(page)
    page.drill.words_typed.undo()
    assert TWO not in typed_anywhere(page)
    assert any("by K. Ames" in line for line in page.list.said["id 2"])
    assert "card 1" in page.drill.turn.text()


def test_a_wrong_word_is_named(qtbot: QtBot, page: CardsPage) -> None:
    page.drill.words_typed.setPlainText("c" * 16)
    qtbot.keyClick(page.drill.check, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.drill.error.text != "")
    assert page.drill.error.text == "Word 7 is not right. Check it against the card."


def test_new_cards_count_only_when_their_rows_were_read_back(
    qtbot: QtBot, page: CardsPage, cards: FakeCards, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[str, bytes]] = []

    def put_out(_page: object, pdf: bytes, job: str, _words: object) -> None:
        printed.append((job, pdf))

    monkeypatch.setattr(cards_page, "print_pdf", put_out)
    page.renew.table.setPlainText(ONE)
    QTest.keyClicks(page.renew.names[1], "R. Chief")
    qtbot.keyClick(page.renew.begin, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.renew.rows) == 2)
    assert ONE not in typed_anywhere(page)
    for number in (1, 2):
        page.renew.outs[number][0].click()  # pyright: ignore[reportAttributeAccessIssue]
    assert [job for job, _ in printed] == ["recovery-card-1", "recovery-card-2"]
    assert b"R. Chief" in printed[0][1]
    page.renew.rows[1].setText("w1x12 w1x13 w1x14 w1x15")
    qtbot.keyClick(page.renew.finish_now, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.renew.error.text != "")
    assert "new card 2" in page.renew.error.text
    assert [card.id for card in cards.all()] == ["id 1", "id 2"]
    page.renew.rows[2].setText("w2x12 w2x13 w2x14 w2x15")
    press(qtbot, page, page.renew.finish_now)
    assert [card.id for card in cards.all()] == ["new 1", "new 2"]
    assert "Kept by R. Chief" in page.list.said["new 1"]
    assert "w2x12" not in typed_anywhere(page)


def test_three_cards_ask_for_three_holders(qtbot: QtBot, page: CardsPage) -> None:
    assert not page.renew.names[3].isVisible()
    page.renew.plans["pairs"].setChecked(True)
    assert page.renew.names[3].isVisible()


def test_leaving_the_page_forgets_cards_that_do_not_count(
    qtbot: QtBot, page: CardsPage, cards: FakeCards
) -> None:
    page.renew.table.setPlainText(ONE)
    qtbot.keyClick(page.renew.begin, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(page.renew.rows))
    page.stop_work()
    qtbot.waitUntil(lambda: cards.given_up == 1)
    assert page.renew.rows == {}
    assert [card.id for card in cards.all()] == ["id 1", "id 2"]


def test_a_coordinator_checks_and_changes_nothing(
    qtbot: QtBot, cards: FakeCards, background: Background, words: Words, theme: Theme
) -> None:
    page = shown(qtbot, "rlowe", cards, (background, words, theme))
    assert page.list.buttons == {}
    assert not page.renew.isVisible()
    page.drill.words_typed.setPlainText(ONE)
    press(qtbot, page, page.drill.check)
    assert page.drill.good.text


def test_home_asks_for_a_check_when_a_quarter_is_over(
    qtbot: QtBot, cards: FakeCards, background: Background, words: Words, theme: Theme
) -> None:
    desk = with_cards("rlowe", cards)
    card = CardDueCard(desk, background, words, theme)
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.refreshed):
        card.refresh()
    assert not card.isVisible()
    later = CardDueCard(
        replace(desk, clock=FixedClock(NOW + timedelta(days=93))), background, words, theme
    )
    qtbot.addWidget(later)
    with qtbot.waitSignal(later.refreshed):
        later.refresh()
    assert later.isVisible()
    assert later.said.text() == "It is time to check recovery card 1."
    with qtbot.waitSignal(later.open_asked):
        qtbot.keyClick(later.button, Qt.Key.Key_Space)


def test_the_page_opens_over_trust_and_closes_to_it(
    qtbot: QtBot, cards: FakeCards, background: Background, words: Words, theme: Theme
) -> None:
    place = Workplace(with_cards("admin", cards), background, words, theme, Look())
    qtbot.addWidget(place)
    place.show()
    place.go("trust")
    trust = place.page
    assert isinstance(trust, TrustPage)
    trust.cards_asked.emit()
    page = place.page
    assert isinstance(page, CardsPage)
    qtbot.waitUntil(lambda: bool(page.list.said))
    page.closed.emit()
    assert place.page is trust
    place.end()
    qtbot.waitUntil(lambda: not background.is_busy)
