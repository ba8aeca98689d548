"""The drop box on the home page: a number and hours for its holder, lines for the sender."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import NOW, PEOPLE, ZONE, desk_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain import facts
from intake_app.domain.errors import DiskFull
from intake_app.domain.ids import new_record_id
from intake_app.services.desk import Desk
from intake_app.services.intakes.handed_in import HandedIn
from intake_app.services.records.drop_box import SUBMISSION, Taken, Waiting
from intake_app.services.records.writing import fact
from intake_app.ui.home.drop_box_cards import DropBoxCards
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Show = Callable[[Desk], DropBoxCards]


@pytest.fixture
def show(qtbot: QtBot, background: Background, words: Words, theme: Theme) -> Iterator[Show]:
    def shown(desk: Desk) -> DropBoxCards:
        made = DropBoxCards(desk, background, words, theme)
        qtbot.addWidget(made)
        made.refresh()
        qtbot.waitUntil(lambda: not background.is_busy)
        return made

    yield shown
    qtbot.waitUntil(lambda: not background.is_busy)


def handed_in(desk: Desk, hours: int) -> None:
    """Somebody at reception handed in so many hours ago."""
    at = (NOW - timedelta(hours=hours, minutes=20)).astimezone(ZONE).isoformat()
    user = PEOPLE["lbrandt"].id
    told = {"to": "care", "sealed": "0" * 64, "quiet": False, facts.OPENED: at, facts.BY: user}
    change = fact(desk.station, user, SUBMISSION, new_record_id(), told)
    desk.station.apply([change], desk.act("hand in"))


def texts(cards: DropBoxCards) -> list[str]:
    return [label.text() for label in cards.findChildren(QLabel) if not label.isHidden()]


def test_a_holder_is_told_how_many_wait_and_takes_them_in_by_key(qtbot: QtBot, show: Show) -> None:
    desk = desk_of("rlowe")
    handed_in(desk, 26)
    handed_in(desk, 2)
    cards = show(desk)
    assert "2 submissions wait, oldest 26 hours" in texts(cards)
    assert cards.waits.button.accessibleName() == "Take in"
    with qtbot.waitSignal(cards.taken_in):  # their bytes are not here yet, so they go on waiting
        qtbot.keyClick(cards.waits.button, Qt.Key.Key_Space)


def test_the_deputy_is_told_after_the_set_time_and_cannot_take_in(show: Show) -> None:
    desk = desk_of("admin")
    handed_in(desk, 26)
    assert show(desk).isHidden()
    deputy = replace(desk, agency=replace(desk.agency, deputy=desk.person.id, deputy_hours=24))
    cards = show(deputy)
    assert "1 submission waits, oldest 26 hours" in texts(cards)
    assert cards.waits.button.isHidden()
    late = replace(deputy, agency=replace(deputy.agency, deputy_hours=48))
    assert show(late).isHidden()


@pytest.mark.parametrize("user", ["lbrandt", "admin", "dreyes"])
def test_nobody_else_is_told_that_something_waits(show: Show, user: str) -> None:
    desk = desk_of(user)
    handed_in(desk, 30)
    assert show(desk).isHidden()


def test_it_says_what_came_of_it(show: Show) -> None:
    cards = show(desk_of("rlowe"))
    cards.waits.tell(Taken(count=2, set_aside=1))
    cards.waits.show_waiting(Waiting(may_take=True))
    assert cards.waits.good.text == "2 submissions are taken in."
    told = "1 submission was refused and set aside. Tell an administrator."
    assert cards.waits.bad.text == told
    assert not cards.waits.isHidden()
    assert cards.waits.said.isHidden()
    cards.waits.fail(DiskFull())
    assert cards.waits.bad.text == DiskFull.sentence()


def test_the_sender_finds_number_and_time_and_two_ways_on(qtbot: QtBot, show: Show) -> None:
    cards = show(desk_of("lbrandt"))
    cards.mine.show_lines([HandedIn(new_record_id(), "PH-26-A00017-K", "self_referral",
                                    "2026-11-23T14:06:00.00-0500")])  # fmt: skip
    assert {"PH-26-A00017-K", "2:06 PM"} <= set(texts(cards))
    buttons = {b.accessibleName(): b for b in cards.mine.findChildren(QPushButton)}
    for name, where in (("Reprint", "papers"), ("Add a note", "note")):
        assert buttons[name].accessibleDescription() == "PH-26-A00017-K"
        with qtbot.waitSignal(cards.opened) as opened:
            qtbot.keyClick(buttons[name], Qt.Key.Key_Space)
        assert opened.args
        assert opened.args[1] == where
