"""How far an intake has come, and the event that it is of, as tabs of its folder."""

from typing import Any

import pytest
from form_driver import press, words_on, write
from held_cases import House
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.episode import STEP
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.follow_up.episodes import episode_of
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.records.drafts import begin_draft
from intake_app.services.records.writing import fact
from intake_app.ui.folder.event_tab import EventTab
from intake_app.ui.folder.person_bar import PersonBar
from intake_app.ui.folder.progress_tab import ProgressTab
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.events_page import EventsPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

PLANNED: dict[str, Any] = {
    "overdose_at": "2026-11-23T02:10:00-05:00",
    "overdose_place": "400 block of River Street",
    "overdose_result": "nonfatal",
    "overdose_naloxone": "yes",
    "next_step": "planned",
    "first_name": "Devon",
    "last_name": "Ashgrove",
}


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def intake(desk: Desk, background: Background) -> RecordId:
    def take() -> RecordId:
        draft = begin_draft(desk, "naloxone_plus")
        draft.answers |= PLANNED
        return finish_intake(desk, draft).record

    return background.run_and_wait(take)


@pytest.fixture
def parts(
    desk: Desk, intake: RecordId, background: Background, theme: Theme, words: Words
) -> FolderParts:
    return FolderParts(intake, desk, background, Setting(words, theme, desk.clock), NameSwitch())


def opened(qtbot: QtBot, tab: FolderTab) -> None:
    qtbot.addWidget(tab)
    tab.resize(1200, 900)
    tab.show()
    with qtbot.waitSignal(tab.refreshed):
        tab.refresh()


@pytest.fixture
def progress(qtbot: QtBot, parts: FolderParts) -> ProgressTab:
    tab = ProgressTab(parts)
    opened(qtbot, tab)
    return tab


@pytest.fixture
def event(qtbot: QtBot, parts: FolderParts) -> EventTab:
    tab = EventTab(parts)
    opened(qtbot, tab)
    return tab


# --- how far it has come ----------------------------------------------------------------------


def test_only_what_may_follow_has_a_button(progress: ProgressTab) -> None:
    assert progress.chip.text() == "Lead"
    assert "accepted" in progress.buttons
    assert not {"lead", "plan_active"} & progress.buttons.keys()


def test_a_step_is_taken_with_its_reason_and_stands_in_the_history(
    qtbot: QtBot, progress: ProgressTab
) -> None:
    press(progress, "Said no for now")
    progress.ask.act.click()
    assert progress.ask.isVisible()  # without a reason nothing happens
    choices = progress.ask.fields["reason"].field.choices
    progress.ask.fill({"reason": choices[0].id})
    write(progress.ask, "Note", "Call again in spring")
    with qtbot.waitSignal(progress.refreshed):
        progress.ask.act.click()
    assert progress.chip.text() == "Said no for now"
    said = words_on(progress)
    assert f"Reason: {choices[0].label.said_in('en')}" in said
    assert "Call again in spring" in said
    assert len(progress.rows) == 2
    assert [button.text() for button in progress.buttons.values()] == ["Open again: Lead"]


def test_the_cursor_stays_in_the_tab_when_its_buttons_are_made_anew(
    qtbot: QtBot, progress: ProgressTab
) -> None:
    with qtbot.waitActive(progress):
        progress.activateWindow()
    progress.buttons["offered"].setFocus()
    press(progress, "Help offered")
    with qtbot.waitSignal(progress.refreshed):
        progress.ask.act.click()
    qtbot.waitUntil(lambda: QApplication.focusWidget() in progress.findChildren(QPushButton))


def test_the_bar_says_whose_folder_it_is_and_the_name_only_when_names_are_shown(
    qtbot: QtBot, parts: FolderParts
) -> None:
    bar = PersonBar(parts)
    opened(qtbot, bar)
    number = bar.whose.text()
    assert number
    assert "Ashgrove" not in number
    parts.names.turn(on=True)
    assert bar.whose.text().endswith(number)
    assert "Ashgrove" in bar.whose.text()


def test_two_who_worked_apart_are_shown_until_somebody_chooses(
    qtbot: QtBot, progress: ProgressTab, desk: Desk, intake: RecordId, background: Background
) -> None:
    def apart() -> None:
        seen = list(episode_of(desk, intake).newest)
        for n, status in enumerate(("accepted", "transferred")):
            said = {"status": status, "saw": seen, **desk.entered()}
            made = fact(desk.care_file, desk.person.id, STEP, RecordId(f"{n}" * 32), said, intake)
            desk.care_file.apply([made], desk.act("move episode", intake))

    background.run_and_wait(apart)
    with qtbot.waitSignal(progress.refreshed):
        progress.refresh()
    assert progress.conflict.text.startswith("Two people worked apart")
    assert words_on(progress).count("Contradicts another entry") == 2
    press(progress, "Wants help")
    with qtbot.waitSignal(progress.refreshed):
        progress.ask.act.click()
    assert progress.conflict.text == ""
    assert progress.chip.text() == "Wants help"


# --- the event --------------------------------------------------------------------------------


def test_odmap_is_told_by_copy_without_a_name(qtbot: QtBot, event: EventTab) -> None:
    board = QApplication.clipboard()
    board.clear()
    with qtbot.waitSignal(event.refreshed):
        press(event, "Copy for ODMAP")
    assert "400 block of River Street" in board.text()
    assert "Ashgrove" not in board.text()
    press(event, "Reported to ODMAP…")
    with qtbot.waitSignal(event.refreshed):
        event.ask.act.click()
    assert event.state.text().startswith("Reported to ODMAP: ")


def test_another_person_of_it_goes_on_with_a_draft(qtbot: QtBot, event: EventTab) -> None:
    with qtbot.waitSignal(event.draft_asked) as asked:
        press(event, "Another person of this event")
    assert asked.args != [event.parts.record]


def test_the_list_of_events_names_nobody(
    qtbot: QtBot, parts: FolderParts, theme: Theme, words: Words
) -> None:
    page = EventsPage(parts.desk, parts.background, words, theme)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.refreshed):
        page.refresh()
    (row,) = page.rows
    assert "1 person" in row.accessibleName()
    assert "Not reported to ODMAP yet" in row.accessibleName()
    assert "Ashgrove" not in words_on(page)
    with qtbot.waitSignal(page.record_asked):
        row.click()
