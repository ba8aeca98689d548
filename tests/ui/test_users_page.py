"""The Users page and the cards on Home: what they ask, say and forget."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fake_users import WAITS, fake_users
from fakes import furnished
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from intake_app.services.desk import Desk
from intake_app.ui.pages.users_page import UsersPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.ui.users.deeds import Deed
from intake_app.ui.users.keys_card import KeysCard
from intake_app.words import Words

Show = Callable[[], UsersPage]


@pytest.fixture
def desk() -> Desk:
    return replace(furnished("admin"), users=fake_users())


@pytest.fixture
def page(
    desk: Desk, qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> Iterator[UsersPage]:
    made = UsersPage(desk, background, words, theme)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    yield made
    made.stop_work()


def asked(page: UsersPage, user: str) -> None:
    page.list.buttons[user].click()


def test_each_line_says_how_a_sign_in_stands(page: UsersPage) -> None:
    said = {user: lines[-1] for user, lines in page.list.said.items()}
    assert said == {
        "u1": "Locked after wrong tries", "u2": "Works here", "u3": "Disabled",
        "u5": "Works here", "u8": "Works here", "u9": "Has left",
    }  # fmt: skip
    assert "u9" not in page.list.buttons
    assert "Waits for a colleague's yes to read: those who asked for help" in page.list.said["u8"]
    assert page.waiting.isVisible()


def test_what_is_offered_fits_how_it_stands(page: UsersPage) -> None:
    asked(page, "u1")
    assert list(page.change.choices) == [
        Deed.RELEASE, Deed.ROLES, Deed.RENEW, Deed.DISABLE, Deed.LEAVE
    ]  # fmt: skip
    asked(page, "u3")
    assert list(page.change.choices) == [Deed.RENEW, Deed.ROLES, Deed.LEAVE]
    asked(page, "u5")
    assert list(page.change.choices) == [Deed.ROLES]
    assert page.change.card.isVisible()  # one's own roles: only with a card
    asked(page, "u2")
    assert not page.change.card.isVisible()


def test_four_words_are_shown_once_and_forgotten(page: UsersPage, qtbot: QtBot) -> None:
    asked(page, "u3")
    page.change.choices[Deed.RENEW].click()
    page.change.act.click()
    qtbot.waitUntil(page.once.isVisible)
    assert page.once.phrase.text() == "purchase squeeze razor pupil"
    qtbot.keyClick(page.once, Qt.Key.Key_Escape)
    assert page.once.isVisible()  # by accident nothing is lost
    page.once.close_button.click()
    assert page.once.phrase.text() == ""
    assert page.once.phrase.accessibleName() == ""


def test_they_are_gone_when_the_page_goes(page: UsersPage, qtbot: QtBot) -> None:
    page.new.shown_name.setText("P. New")
    page.new.user_name.setText("pnew")
    page.new.ticks.boxes[next(iter(page.new.ticks.boxes))].click()
    page.new.add.click()
    qtbot.waitUntil(page.once.isVisible)
    page.stop_work()
    assert not page.once.isVisible()
    assert page.once.phrase.text() == ""


def test_escape_leaves_what_was_asked(page: UsersPage, qtbot: QtBot) -> None:
    page.list.buttons["u2"].setFocus()
    asked(page, "u2")
    qtbot.keyClick(page.change, Qt.Key.Key_Escape)
    assert not page.change.isVisible()
    assert page.list.buttons["u2"].hasFocus()


def test_a_holder_says_not_now_and_is_asked_at_the_next_sign_in(
    qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> None:
    desk = replace(furnished("rlowe"), users=fake_users())
    for _ in range(2):
        card = KeysCard(desk, background, words, theme)
        qtbot.addWidget(card)
        with qtbot.waitSignal(card.refreshed):
            card.refresh()
        assert not card.isHidden()
        card._on_later(card._shown[0])
        assert card.isHidden()
    assert desk.users is not None
    assert list(desk.users.desk.waiting()) == [WAITS]
