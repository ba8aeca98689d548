"""The same on the screen: a clerk at the new computer reads out words, the administrator types."""

import itertools
import os
from collections.abc import Iterator, Sequence

import pytest
from clerk import Clerk
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from two_computers import TwoComputers

from intake_app.app import ProfileGate
from intake_app.domain.roles import Role
from intake_app.makers import window_makers
from intake_app.ui.pages.first_start_page import FirstStartPage
from intake_app.ui.pages.join_page import JoinPage
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.pages.stations_page import StationsPage
from intake_app.ui.running.conductor import Conductor

PICTURES = os.environ.get("STORY_PICTURES", "")


@pytest.fixture
def window(two: TwoComputers, qtbot: QtBot) -> Iterator[Conductor]:
    made = Conductor(ProfileGate(two.back, two.clock), two.back, window_makers(), [])
    assert made.instance.take()
    made.begin()
    made.window.resize(1366, 740)
    qtbot.waitExposed(made.window)
    yield made
    made.window.close()
    made.window.deleteLater()


@pytest.fixture(autouse=True)
def a_person_chooses_the_stick(two: TwoComputers, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = staticmethod(lambda *_said: str(two.stick))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", chosen)


def _picture(conductor: Conductor, name: str) -> None:
    if PICTURES:
        conductor.window.grab().save(f"{PICTURES}/enrol {name}.png")


def test_a_computer_joins_by_the_window(two: TwoComputers, window: Conductor, qtbot: QtBot) -> None:
    first = window.window.findChild(FirstStartPage)
    assert first is not None
    _picture(window, "1 first start")
    first.join.click()
    page = window.window.findChild(JoinPage)
    assert page is not None
    with qtbot.waitSignal(page.shown):
        pass
    _picture(window, "2 choose")
    with qtbot.waitSignal(page.shown):
        page.choose.click()
    _picture(window, "3 words")
    two.words = two.join.ask(None)
    page.read.click()
    qtbot.waitUntil(lambda: bool(page.error.text))
    assert "no answer" in page.error.text
    two.answer()
    with qtbot.waitSignal(page.shown):
        page.read.click()
    _picture(window, "4 joined")
    page.go_on.click()
    assert window.window.findChild(LockPage) is not None
    assert window.gate.has_department()


def test_the_administrator_types_what_is_read_out(two: TwoComputers, clerk: Clerk) -> None:
    words = two.ask()
    clerk.sign_in(two.person(Role.ADMINISTRATOR))
    clerk.press("Stations")
    page = _page(clerk)
    clerk.until(lambda: bool(page.list.said))
    clerk.press("Look on a stick or in a folder…", page)
    clerk.until(lambda: bool(page.let_in.words_heard))
    assert not _shown(words, page)  # they can only be heard, not copied
    _fill(clerk, two, page, ["wrong", "words"])
    clerk.press("Let it in", page)
    clerk.until(lambda: bool(page.let_in.error.text))
    assert "Do not let it in" in page.let_in.error.text
    _picture(clerk.conductor, "5 wrong words")
    _fill(clerk, two, page, [words[place - 1] for place in page.let_in.words_heard])
    clerk.press("Let it in", page)
    clerk.until(lambda: len(page.list.said) == 2)
    clerk.settle()
    assert page.let_in.good.text.startswith("B · Annex is let in.")
    assert two.join.read_answer(two.stick).letter == "B"
    _picture(clerk.conductor, "6 let in")


def test_a_lost_computer_is_struck_and_the_page_says_so(two: TwoComputers, clerk: Clerk) -> None:
    two.enrolled()
    clerk.sign_in(two.person(Role.ADMINISTRATOR))
    clerk.press("Stations")
    page = _page(clerk)
    clerk.until(lambda: len(page.list.said) == 2)
    clerk.press("B · Back office was lost or stolen", page)
    clerk.settle()
    clerk._type(page.one.field, two.person(Role.ADMINISTRATOR).passphrase)
    _picture(clerk.conductor, "7 strike")
    clerk.press("Strike it", page)
    clerk.until(lambda: bool(page.good.text))
    assert page.good.text == "B · Back office is struck."
    clerk.until(lambda: len(page.list.buttons) == 1)
    _picture(clerk.conductor, "8 struck")


def _page(clerk: Clerk) -> StationsPage:
    page = clerk.conductor.window.findChild(StationsPage)
    assert page is not None
    return page


def _shown(words: Sequence[str], page: StationsPage) -> list[str]:
    """Two words in a row that stand on the page; a single one may be a word of a sentence."""
    labels = [label.text() for label in page.findChildren(QLabel)]
    whole = " ".join([*labels, *(field.text() for field in page.findChildren(QLineEdit))])
    pairs = [f"{one} {other}" for one, other in itertools.pairwise(words)]
    return [pair for pair in pairs if pair in whole]


def _fill(clerk: Clerk, two: TwoComputers, page: StationsPage, heard: list[str]) -> None:
    card = page.let_in
    fields = [*card.words_heard.values(), card.name, card.passphrase]
    typed = [*heard, "Annex", two.person(Role.ADMINISTRATOR).passphrase]
    for field, text in zip(fields, typed, strict=True):
        clerk.reach(field)
        field.clear()
        clerk._type(field, text)
