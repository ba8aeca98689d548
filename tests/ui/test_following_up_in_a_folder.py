"""Follow-ups in the window: a call on one screen by keys, nothing lost, and today's list."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from form_driver import find, press, words_on, write
from held_cases import House, audit, care_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.clock import FixedClock
from intake_app.domain.follow_up import TaskState
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.listing import NOBODY
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.follow_up.attempts import attempts_of
from intake_app.services.follow_up.follow_ups import follow_ups_of, hand_over
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.records.drafts import begin_draft
from intake_app.ui.folder.follow_up_tab import FollowUpTab
from intake_app.ui.folder.tab import FolderParts
from intake_app.ui.folder.timeline_tab import TimelineTab
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.today_page import TodayPage
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

SAFE: dict[str, Any] = {
    "may_contact": "yes",
    "contact_ways": ["call", "letter"],
    "phone": "+13045550142",
    "voicemail_ok": "no",
    "say_who_ok": "no",
    "mail_address": "P.O. Box 12, Pine Hollow",
    "safe_hours": "evenings",
}
WALK_IN: dict[str, Any] = {
    "who_for": "self",
    "safety_now": "no",
    "no_arrest": {"read": True, "version": "2026-11-1", "at": "2026-11-23"},
    "wants": ["detox"],
    "first_name": "Jordan",
    "last_name": "Whitfield",
    "language": "en",
    "interpreter": "none",
    "placed": "today",
    "decision": "accepted",
    "explained": ["explained", "voluntary"],
}


def taken(desk: Desk) -> RecordId:
    """A finished walk-in of somebody who may be called and mailed."""
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {**WALK_IN, **SAFE}
    return finish_intake(desk, draft).record


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def intake(desk: Desk, background: Background) -> RecordId:
    return background.run_and_wait(lambda: taken(desk))


@pytest.fixture
def tab(
    qtbot: QtBot, desk: Desk, intake: RecordId, background: Background, theme: Theme, words: Words
) -> FollowUpTab:
    return opened(qtbot, FolderParts(
        intake, desk, background, Setting(words, theme, desk.clock), NameSwitch()
    ))  # fmt: skip


def opened(qtbot: QtBot, parts: FolderParts) -> FollowUpTab:
    tab = FollowUpTab(parts)
    qtbot.addWidget(tab)
    tab.resize(1200, 900)
    tab.show()
    tab.activateWindow()
    with qtbot.waitSignal(tab.refreshed):
        tab.refresh()
    qtbot.waitUntil(lambda: tab.isActiveWindow() and not parts.background.is_busy)
    return tab


def begin_call(qtbot: QtBot, tab: FollowUpTab) -> None:
    with qtbot.waitSignal(tab.refreshed):
        press(tab, "Record a try: Follow-up, 24 to 72 hours")
    qtbot.waitUntil(lambda: tab.call.isVisible() and not tab.parts.background.is_busy)


def key(page: QWidget, typed: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    focus = page.window().focusWidget() or page
    QTest.keyClick(focus, typed, held or Qt.KeyboardModifier.NoModifier)


def test_the_schedule_stands_there_with_who_does_it(tab: FollowUpTab) -> None:
    said = words_on(tab)
    assert "Follow-up, 24 to 72 hours" in said
    assert "Due Thu, Nov 26 · J. Lowe" in said
    assert "In 3 days" in said


def test_a_call_is_recorded_by_keys_alone(
    qtbot: QtBot, tab: FollowUpTab, desk: Desk, intake: RecordId, background: Background
) -> None:
    begin_call(qtbot, tab)
    said = words_on(tab)
    assert "Safe days and hours" in said
    assert "Leave no voicemail." in said
    assert "Give your first name and no more" in said
    key(tab, Qt.Key.Key_1)
    assert tab.call.result == "accepted"
    write(tab, "Note", "Has a bed at noon, room 2")
    assert tab.call.result == "accepted", "a digit in a note is a digit"
    with qtbot.waitSignal(tab.changed):
        QTest.keyClick(find(tab, "Note"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not tab.call.isVisible() and not background.is_busy)
    (noted,) = background.run_and_wait(lambda: attempts_of(desk, intake))
    assert (noted.means, noted.result, noted.note) == (
        "call", "accepted", "Has a bed at noon, room 2"
    )  # fmt: skip
    tasks = background.run_and_wait(lambda: follow_ups_of(desk, intake))
    assert [one.state for one in tasks].count(TaskState.DONE) == 1
    assert "Reached: wants help" in words_on(tab)


def test_a_result_is_asked_for_before_it_is_saved(qtbot: QtBot, tab: FollowUpTab) -> None:
    begin_call(qtbot, tab)
    press(tab, "Save this try")
    assert "Choose a result first." in words_on(tab)


def test_what_was_typed_is_there_after_an_interruption(
    qtbot: QtBot, tab: FollowUpTab, background: Background
) -> None:
    begin_call(qtbot, tab)
    key(tab, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    write(tab, "Note", "The line was cut")
    assert tab.save_at_once() is None, "the window is locked: it is kept before it goes"
    again = opened(qtbot, tab.parts)
    assert "A call was interrupted. What you typed is kept." in words_on(again)
    with qtbot.waitSignal(again.refreshed):
        press(again, "Go on with it")
    qtbot.waitUntil(lambda: again.call.isVisible() and not background.is_busy)
    assert again.call.said()["note"] == "The line was cut"
    assert again.call.result == tab.call.result != ""
    with qtbot.waitSignal(again.changed):
        press(again, "Save this try")
    qtbot.waitUntil(lambda: not background.is_busy)
    assert "A call was interrupted. What you typed is kept." not in words_on(
        opened(qtbot, tab.parts)
    )


def test_only_what_is_asked_with_a_result_is_saved(
    qtbot: QtBot, tab: FollowUpTab, desk: Desk, intake: RecordId, background: Background
) -> None:
    begin_call(qtbot, tab)
    tab.call.results["accepted"].click()
    tab.call.fields["use"].set_value("less")
    assert tab.call.said()["use"] == "less"
    tab.call.results["no_answer"].click()
    assert "use" not in tab.call.said(), "nobody was there to say so"
    again = tab.call.fields["next_on"]
    assert again.value() == "2026-11-25", "a day is suggested"
    again.set_value("2026-12-02")
    tab.call.results["refused_door"].click()
    assert again.value() == "2026-12-02", "and what was typed stays"
    with qtbot.waitSignal(tab.changed):
        press(tab, "Save this try")
    qtbot.waitUntil(lambda: not background.is_busy)
    (noted,) = background.run_and_wait(lambda: attempts_of(desk, intake))
    assert noted.snapshot == {}
    assert "Due Wed, Dec 2" in words_on(tab)


def test_after_stop_nothing_is_offered(
    qtbot: QtBot, tab: FollowUpTab, background: Background
) -> None:
    begin_call(qtbot, tab)
    code = "stop"
    tab.call.results[code].click()
    assert "All follow-ups will end" in tab.call.warn.text
    with qtbot.waitSignal(tab.changed):
        press(tab, "Save this try")
    qtbot.waitUntil(lambda: not background.is_busy)
    assert "asked not to be contacted" in tab.stop.text
    assert tab.rows == {}
    assert not tab.new.isEnabled()


def test_a_task_of_ones_own_is_added(qtbot: QtBot, tab: FollowUpTab) -> None:
    press(tab, "Add a follow-up…")
    write(tab, "What is to be done", "Bring the bus pass")
    write(tab, "On which day", "11/24/2026")
    with qtbot.waitSignal(tab.changed):
        press(tab, "Add a follow-up")
    qtbot.waitUntil(lambda: "Bring the bus pass" in words_on(tab))
    assert "Tomorrow" in words_on(tab)


# --- today ------------------------------------------------------------------------------------


@pytest.fixture
def today(
    qtbot: QtBot, desk: Desk, intake: RecordId, background: Background, theme: Theme, words: Words
) -> TodayPage:
    assert intake
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.at = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    page = TodayPage(desk, background, words, theme, NameSwitch())
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    with qtbot.waitSignal(page.refreshed):
        page.refresh()
    return page


def cells(page: TodayPage) -> list[list[str]]:
    model = page.model
    return [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_todays_list_begins_with_what_is_late_and_hides_names(
    qtbot: QtBot, today: TodayPage
) -> None:
    found = cells(today)
    assert [line[0] for line in found] == ["Thu, Nov 26 · 5 days late", "Mon, Nov 30 · 1 day late"]
    assert {line[2] for line in found} == {"••••••"}
    assert today.count.text() == "2 follow-ups · 2 are late"
    today._names.turn(True)
    assert {line[2] for line in cells(today)} == {"Whitfield, Jordan"}
    with qtbot.waitSignal(today.folder_asked) as asked:
        QTest.keyClick(today.table, Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[1] == "follow_up"


def test_a_list_of_nobody_is_taken_over(
    qtbot: QtBot, today: TodayPage, desk: Desk, intake: RecordId, background: Background
) -> None:
    def give_up() -> None:
        for one in follow_ups_of(desk, intake):
            hand_over(desk, one.record, UserId(""))

    background.run_and_wait(give_up)
    with qtbot.waitSignal(today.refreshed):
        today.refresh()
    assert cells(today) == []
    today.whose.setCurrentIndex(today.whose.findData(NOBODY))
    with qtbot.waitSignal(today.refreshed):
        today.refresh()
    assert len(cells(today)) == 2
    with qtbot.waitSignal(today.refreshed):
        press(today, "I do it")
    assert len(cells(today)) == 1
    assert today.good.text == "It is yours now."


def test_letters_go_to_those_who_may_be_mailed(
    qtbot: QtBot, today: TodayPage, desk: Desk, background: Background,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sets: list[str] = []

    def print_set(job: str, _papers: object) -> None:
        sets.append(job)

    monkeypatch.setattr(today._papers, "print_set", print_set)
    with qtbot.waitSignal(today.refreshed):
        press(today, "Write letters")
    assert today.good.text == "1 letter is issued."
    assert sets == ["letters"]
    assert len(background.run_and_wait(lambda: audit(care_of(desk), "issue paper"))) == 1


def test_the_timeline_is_shown_the_latest_first_and_printed(
    qtbot: QtBot, tab: FollowUpTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []

    def give_out(_self: BlankSheet, data: bytes, _job: str) -> None:
        printed.append(data)

    monkeypatch.setattr(BlankSheet, "give_out", give_out)
    clock = tab.parts.desk.clock
    assert isinstance(clock, FixedClock)
    clock.at += timedelta(hours=2)
    begin_call(qtbot, tab)
    tab.call.results["no_answer"].click()
    with qtbot.waitSignal(tab.changed):
        press(tab, "Save this try")
    made = TimelineTab(tab.parts)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    said = words_on(made)
    assert "Somebody tried to reach them: Phone call, No answer" in said
    assert said.index("Somebody tried") < said.index("Intake taken")
    assert "Monday, November 23, 2026" in said
    press(made, "Print the timeline")
    qtbot.waitUntil(lambda: len(printed) == 1)
    press(made, "With names")
    press(made, "Print the timeline")
    qtbot.waitUntil(lambda: len(printed) == 2)
    assert printed[0] != printed[1]
