"""By keys alone: no button that goes off takes the cursor along, and Tab goes as the eye does."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fakes import desk_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.enrolment_errors import NoAnswerYet
from intake_app.domain.ids import StationId
from intake_app.services.exchanging.stations import Asking, Station
from intake_app.services.signing.joining import Joined
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.exchange.store_form import StoreForm
from intake_app.ui.pages.join_page import JoinPage
from intake_app.ui.pages.stick_page import StickPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import named_button
from intake_app.ui.parts.cursor import hand_cursor_to, tab_before
from intake_app.ui.parts.theme import Theme
from intake_app.ui.stations.let_in_card import LetInCard
from intake_app.ui.stations.list_card import ListCard
from intake_app.ui.stations.one_card import OneCard
from intake_app.words import Words

WORDS = ("room", "before", "month", "allow", "blanket", "assume", "cat", "song")


@dataclass
class NoAnswer:
    """A gate that asks, and finds no answer."""

    def is_begun(self) -> bool:
        return False

    def ask(self, place: Path | None) -> tuple[str, ...]:
        return WORDS

    def read_answer(self, place: Path | None) -> Joined:
        raise NoAnswerYet

    def give_up(self) -> None:
        return


def passed_by_tab(qtbot: QtBot, first: QWidget, count: int) -> list[QWidget | None]:
    first.setFocus()
    found = [QApplication.focusWidget()]
    for _ in range(count - 1):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        found.append(QApplication.focusWidget())
    return found


def station_of(ident: str, *, is_here: bool) -> Station:
    at = "2026-11-23T09:30:00.00-0500"
    return Station(StationId(ident), "A", "", at, is_here=is_here, is_struck=False)


def open_window(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(1000, 900)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def test_after_no_answer_was_found_the_cursor_is_where_it_was(
    qtbot: QtBot, background: Background, words: Words, theme: Theme, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    chosen = staticmethod(lambda *_said: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", chosen)
    page = JoinPage(NoAnswer(), background, words, theme)
    open_window(qtbot, page)
    with qtbot.waitSignal(page.shown):
        page.refresh()
    with qtbot.waitSignal(page.shown):
        qtbot.keyClick(page.choose, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.read
    qtbot.keyClick(page.read, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(page.error.text))
    assert QApplication.focusWidget() is page.read


def test_the_words_are_typed_one_after_the_other_and_then_signed(
    qtbot: QtBot, words: Words, theme: Theme, tmp_path: Path
) -> None:
    card = LetInCard(words, theme)
    open_window(qtbot, card)
    card.show_found(
        [Asking(StationId("ab"), "0.4", (2, 7), b"request", is_enrolled=False)], tmp_path
    )
    heard = [card.words_heard[2], card.words_heard[7]]
    assert QApplication.focusWidget() is heard[0], "somebody waits at the phone"
    qtbot.waitUntil(heard[1].isVisible)
    wanted = [*heard, card.name, card.passphrase, card.act, card.look]
    assert passed_by_tab(qtbot, heard[0], len(wanted)) == wanted
    with qtbot.waitSignal(card.asked):
        qtbot.keyClick(card.passphrase, Qt.Key.Key_Return)


def test_the_cursor_comes_back_to_the_station_that_was_asked_about(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    page = QWidget()
    lines = QVBoxLayout(page)
    listed, one = ListCard(words, theme), OneCard(words, theme)
    lines.addWidget(one)
    lines.addWidget(listed)
    listed.rename_asked.connect(one.ask_name)
    open_window(qtbot, page)
    both = [station_of("ab", is_here=True), station_of("cd", is_here=False)]
    listed.show_stations(both, ["eager", "adult"])
    asked = StationId("cd"), "rename"
    qtbot.waitUntil(listed.buttons[asked].isVisible)
    one.renamed.connect(one.done)
    for leave in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        listed.buttons[asked].setFocus()
        qtbot.keyClick(listed.buttons[asked], Qt.Key.Key_Space)
        assert QApplication.focusWidget() is one.field
        qtbot.keyClick(one.field, leave)
        assert not one.isVisible()
        assert QApplication.focusWidget() is listed.buttons[asked]
    listed.show_stations(both, ["eager", "adult"])
    assert QApplication.focusWidget() is listed.buttons[asked]
    listed.show_stations([both[0], replace(both[1], is_struck=True)], ["eager", "adult"])
    here = listed.buttons[StationId("ab"), "rename"]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is here)


def test_after_a_trial_the_cursor_is_at_what_comes_next(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    form = StoreForm(words, theme)
    open_window(qtbot, form)
    form.begin()
    form.act.setFocus()
    form.work(is_busy=True)
    form.work(is_busy=False)
    form.fail("No.")
    assert QApplication.focusWidget() is form.act
    form.work(is_busy=True)
    form.work(is_busy=False)
    form.say("Empty.", is_empty=True)
    assert QApplication.focusWidget() is form.prepare


def test_tab_reaches_what_stands_above_the_first_place_of_the_cursor(
    qtbot: QtBot,
) -> None:
    page = QWidget()
    lines = QVBoxLayout(page)
    above, first = named_button("Above"), named_button("First")
    lines.addWidget(above)
    lines.addWidget(first)
    hand_cursor_to(page, first)
    open_window(qtbot, page)
    page.setFocus()
    assert passed_by_tab(qtbot, first, 3) == [first, above, first]
    first.hide()
    page.setFocus()
    assert QApplication.focusWidget() is page, "what is hidden takes no cursor"


def test_tab_passes_buttons_that_were_made_anew_where_they_stand(qtbot: QtBot) -> None:
    page = QWidget()
    lines, made = QVBoxLayout(page), QVBoxLayout()
    above, add, below = named_button("Above"), named_button("Add"), named_button("Below")
    lines.addWidget(above)
    lines.addLayout(made)
    lines.addWidget(QWidget())  # takes no cursor
    lines.addWidget(add)
    lines.addWidget(below)
    open_window(qtbot, page)
    new = [named_button("One"), named_button("Two")]
    for one in new:
        made.addWidget(one)
    tab_before(add, new)
    qtbot.waitUntil(new[1].isVisible)
    assert passed_by_tab(qtbot, above, 5) == [above, *new, add, below]


def test_a_folder_that_was_chosen_for_a_stick_stays_when_sticks_are_looked_for_again(
    qtbot: QtBot, background: Background, words: Words, theme: Theme, tmp_path: Path
) -> None:
    page = StickPage(desk_of("admin"), background, words, theme, ExchangeLine())
    open_window(qtbot, page)
    with qtbot.waitSignal(page.refreshed):
        page.refresh()
    page.choose(tmp_path)
    qtbot.waitUntil(lambda: not background.is_busy)
    with qtbot.waitSignal(page.refreshed):
        page.again.click()
    assert page.drives[tmp_path].isChecked()
    assert not page._none.isVisible(), "nobody is told to plug in what was chosen"
    qtbot.waitUntil(page.drives[tmp_path].isVisible)
    wanted = [page.drives[tmp_path], page.again, page.other, page.back]
    assert passed_by_tab(qtbot, wanted[0], len(wanted)) == wanted
