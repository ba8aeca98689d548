"""Noting a new arrest with the keyboard; where it is due, and who sees nothing of it."""

import pytest
from form_driver import words_on
from held_cases import House, case_taken, move
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.measures.journeys import bring_up
from intake_app.services.measures.rearrest import RearrestView, rearrest_of
from intake_app.ui.form.setting import Setting
from intake_app.ui.measures.rearrest_card import RearrestCard, RearrestParts
from intake_app.ui.measures.rearrest_due_card import RearrestDueCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import ErrorBox
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def case(house: House, desk: Desk, background: Background) -> RecordId:
    def take() -> RecordId:
        taken = case_taken(house.desk(Role.OFFICER))
        move(desk, days=200)
        bring_up(desk)
        return taken

    return background.run_and_wait(take)


@pytest.fixture
def parts(desk: Desk, background: Background, theme: Theme, words: Words) -> RearrestParts:
    return RearrestParts(desk, background, Setting(words, theme, desk.clock))


@pytest.fixture
def card(qtbot: QtBot, parts: RearrestParts, case: RecordId) -> RearrestCard:
    made = RearrestCard(parts, case)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    return made


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def key(code: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(focused(), code)


def typed(text: str) -> None:
    QTest.keyClicks(focused(), text)


def refusal(card: RearrestCard) -> list[str]:
    """What the questions say about why it was not noted."""
    known = {card.ask.act.text(), card.ask.leave.text()}
    boxes = card.ask.findChildren(ErrorBox)
    return [words_on(box) for box in boxes if box.isVisible() and words_on(box) not in known]


def test_it_says_what_is_due_and_what_is_kept(card: RearrestCard) -> None:
    said = words_on(card).splitlines()
    assert any("6 months after the contact: due since" in one for one in said)
    assert any("12 months after the contact: ends on" in one for one in said)
    assert any("never what for" in one for one in said)
    assert not any("police system" in one for one in said)  # a held case is no request for help


def test_a_yes_is_noted_by_keyboard_alone(
    qtbot: QtBot, card: RearrestCard, desk: Desk, case: RecordId, background: Background
) -> None:
    card.add.setFocus()
    key(Qt.Key.Key_Space)
    answer = card.ask.fields["answer"]
    yes = next(one for one in answer.findChildren(QRadioButton) if one.text() == "Arrested again")
    yes.setFocus()
    key(Qt.Key.Key_Space)
    card.ask.fields["on"].take_focus()
    typed("3/1/2027")
    card.ask.fields["before"].take_focus()
    typed("2")
    with qtbot.waitSignals([card.changed, card.refreshed]):
        key(Qt.Key.Key_Return)
    view: RearrestView = background.run_and_wait(lambda: rearrest_of(desk, case))
    (look,) = view.looks
    assert (look.answer, look.on, look.before) == ("yes", "2027-03-01", 2)
    assert any(
        "Arrested again" in one and "2 arrests" in one for one in words_on(card).splitlines()
    )


def test_a_day_without_a_yes_is_refused_and_what_was_typed_stays(
    qtbot: QtBot, card: RearrestCard, desk: Desk, case: RecordId, background: Background
) -> None:
    card.add.click()
    answer = card.ask.fields["answer"]
    answer.set_value("no")
    card.ask.fields["on"].set_value("2027-03-01")
    card.ask.act.click()
    qtbot.waitUntil(lambda: bool(refusal(card)))
    assert card.ask.isVisible()
    assert card.ask.fields["on"].value() == "2027-03-01"
    assert background.run_and_wait(lambda: rearrest_of(desk, case)).looks == ()


def test_who_may_not_note_it_sees_no_card(
    qtbot: QtBot, house: House, background: Background, theme: Theme, words: Words, case: RecordId
) -> None:
    officer = house.desk(Role.OFFICER)
    card = RearrestCard(
        RearrestParts(officer, background, Setting(words, theme, officer.clock)), case
    )
    qtbot.addWidget(card)
    card.refresh()
    assert card.isHidden()


def test_the_list_of_what_is_due_opens_the_case(
    qtbot: QtBot, desk: Desk, background: Background, words: Words, case: RecordId
) -> None:
    due = RearrestDueCard(desk, background, words, Compartment.CASES)
    qtbot.addWidget(due)
    with qtbot.waitSignal(due.refreshed):
        due.refresh()
    assert not due.isHidden()
    button = due.open[case]
    assert "6 months after the contact" in button.accessibleName()
    with qtbot.waitSignal(due.record_asked) as asked:
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert asked.args == [case]
