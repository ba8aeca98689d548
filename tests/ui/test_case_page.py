"""A held case on its page, by keys: clock, acts, plan, papers; what is not allowed says why."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from form_driver import find, group, press, shown, words_on, write
from held_cases import House, case_taken, move
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.case_act import CaseActKind
from intake_app.domain.condition import Word
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import Role
from intake_app.services.case.acts import close_case
from intake_app.services.case.held import act_change
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.case_page import CasePage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[[Role], CasePage]


@pytest.fixture
def case(house: House, background: Background) -> RecordId:
    return background.run_and_wait(lambda: case_taken(house.desk(Role.OFFICER)))


@pytest.fixture
def names() -> NameSwitch:
    return NameSwitch()


@pytest.fixture
def open_case(
    qtbot: QtBot, house: House, case: RecordId, background: Background, theme: Theme,
    names: NameSwitch, words: Words,
) -> Open:  # fmt: skip
    def opened(role: Role) -> CasePage:
        setting = Setting(words, theme, house.clock)
        page = CasePage(case, house.desk(role), background, setting, names)
        qtbot.addWidget(page)
        page.resize(1100, 800)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.isActiveWindow() and page.case is not None)
        settle()
        return page

    return opened


def button(page: QWidget, name: str) -> QPushButton:
    """A button that may be disabled."""
    return next(w for w in shown(page) if isinstance(w, QPushButton) and w.accessibleName() == name)


def settle() -> None:
    """Qt shows what was put on a page with its next turn."""
    QCoreApplication.sendPostedEvents()


@contextmanager
def read_anew(qtbot: QtBot, page: CasePage) -> Generator[None]:
    """Wait until the case is shown anew."""
    with qtbot.waitSignal(page.refreshed):
        yield
    settle()


def choose(page: QWidget, question: str, answer: str) -> None:
    press(group(page, question), answer)


def test_the_clock_stands_on_top_and_is_explained_day_by_day(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.OFFICER)
    seen = words_on(page)
    assert page.frame.head.title.text().startswith("Case PH-26-AC")
    assert page.status.text() == "Waiting for the visit"
    assert "Monday, November 30, 2026, 4:00 PM" in seen
    assert "Sunday, February 21, 2027" in seen
    assert "Due next: the person reports to the program" in seen
    assert "In 7 days" in seen
    assert "weekend" not in seen
    press(page, "How is this counted?")
    settle()
    told = words_on(page.clock.steps)
    assert "Monday, November 23, 2026: the day of the paper does not count." in told
    assert "Tuesday, November 24, 2026: day 1." in told
    assert "Thursday, November 26, 2026: Thanksgiving Day, not counted." in told
    assert "Saturday, November 28, 2026: weekend, not counted." in told
    assert "Due: Monday, November 30, 2026, 4:00 PM" in told
    assert "90 days after the paper: Sunday, February 21, 2027." in told
    press(page, "How is this counted?")
    assert not page.clock.steps.isVisible()


def test_names_are_covered_until_somebody_asks(
    qtbot: QtBot, open_case: Open, names: NameSwitch
) -> None:
    page = open_case(Role.OFFICER)
    assert "Quillfeather" not in words_on(page)
    names.turn(True)
    qtbot.waitUntil(lambda: "Quillfeather" in words_on(page))


def test_who_came_is_noted_and_what_follows_is_allowed(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.COORDINATOR)
    assert not button(page, "Did not report").isEnabled()
    why = "The time to report is not over yet. Wait until it is."
    assert button(page, "Did not report").toolTip() == why
    assert button(page, "Did not report").accessibleDescription() == why
    press(page, "Did report")
    write(page.ask, "Note", "Came early")
    with read_anew(qtbot, page):
        QTest.keyClick(find(page.ask, "Note"), Qt.Key.Key_Return)
    assert page.status.text() == "Reported"
    assert "Came early" in words_on(page.acts)
    assert "J. Lowe" in words_on(page.acts)
    assert not page.ask.isVisible()


def test_a_moment_that_cannot_be_stays_to_be_mended(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.OFFICER)
    press(page, "Did report")
    write(page.ask, "When, if not now", "12/24/2026 9:00 AM")
    press(page.ask, "Did report")
    qtbot.waitUntil(lambda: "still to come" in words_on(page.ask))
    edit = find(page.ask, "When, if not now")
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, "gibberish")
    press(page.ask, "Did report")
    assert "Enter the date and the time" in words_on(page.ask)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not page.ask.isVisible()
    assert page.status.text() == "Waiting for the visit"


def test_the_clock_is_stopped_started_and_extended(
    qtbot: QtBot, open_case: Open, house: House
) -> None:
    page = open_case(Role.COORDINATOR)
    press(page, "Stop the clock")
    choose(page.ask, "Reason", "In the hospital")
    with read_anew(qtbot, page):
        press(page.ask, "Stop the clock")
    assert page.status.text() == "Waiting for the visit, clock stopped"
    assert "The clock stands still. Nothing is due." in words_on(page)
    move(house.desk(Role.COORDINATOR), days=2)
    press(page, "Start the clock")
    with read_anew(qtbot, page):
        press(page.ask, "Start the clock")
    press(page, "Extend")
    press(page.ask, "Extend")
    assert "Please answer this." in words_on(page.ask)
    choose(page.ask, "Reason", "Health")
    with read_anew(qtbot, page):
        press(page.ask, "Extend")
    assert "Thursday, March 25, 2027" in words_on(page.clock)
    press(page, "How is this counted?")
    settle()
    told = words_on(page.clock.steps)
    assert "The clock stood still for 2 days (In the hospital)" in told
    assert "Extended by 30 days (Health)" in told
    assert button(page, "Extend").toolTip() == "All extensions of this program are used."


def test_progress_is_recorded_on_one_screen_and_a_fee_is_waived(
    qtbot: QtBot, open_case: Open
) -> None:
    page = open_case(Role.COORDINATOR)
    press(page, "Record progress: Help at the food bank: 24 hours")
    write(page.ask, "Hours done", "8.5")
    write(page.ask, "Who confirms it", "Food bank")
    with read_anew(qtbot, page):
        press(page.ask, "Record progress")
    assert "8.5 hours of 24 hours" in words_on(page.conditions)
    press(page, "Take back: 8.5 hours (Food bank)")
    QTest.keyClicks(page.reason.reason, "Another person's sheet")
    with read_anew(qtbot, page):
        QTest.keyClick(page.reason.reason, Qt.Key.Key_Return)
    assert "8.5 hours" not in words_on(page.conditions)
    press(page, "Waive: Program fee: $50.00")
    write(page.ask, "Reason", "No income")
    with read_anew(qtbot, page):
        press(page.ask, "Waive")
    assert "Waived. Reason: No income" in words_on(page.conditions)
    press(page, "Add a condition")
    box = find(page.ask, "Kind of condition")
    QTest.keyClicks(box, "Lett")
    with read_anew(qtbot, page):
        press(page.ask, "Add the condition")
    assert "Letter of apology" in words_on(page.conditions)
    press(page, "Change: Letter of apology")
    write(page.ask, "Due; without a day, by the completion date", "1/15/2027")
    write(page.ask, "Reason", "Agreed with the owner")
    with read_anew(qtbot, page):
        press(page.ask, "Change the condition")
    assert "Due: Friday, January 15, 2027" in words_on(page.conditions)


def test_treatment_is_a_word_to_the_officer_and_notes_to_the_coordinator(
    qtbot: QtBot, open_case: Open
) -> None:
    page = open_case(Role.COORDINATOR)
    press(page, "Record progress: Treatment")
    choose(page.ask, "How it stands", "Not met")
    write(page.ask, "Note for coordinators only; it stays in the other file", "Left on day 3")
    with read_anew(qtbot, page):
        press(page.ask, "Record progress")
    assert "Left on day 3" not in words_on(page)
    press(page, "Treatment notes: Treatment")
    qtbot.waitUntil(lambda: "Left on day 3" in words_on(page.treatment))
    officer = open_case(Role.OFFICER)
    assert "Not met" in words_on(officer.conditions)
    assert "Left on day 3" not in words_on(officer)
    rows = [row for row in officer.conditions.rows if row.condition.is_treatment]
    assert rows[0].buttons == {}
    assert rows[0].condition.word is Word.NOT_MET


def test_a_case_is_closed_and_its_charge_noted(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.COORDINATOR)
    press(page, "Close case")
    assert "Note first that the person reported to the program." in words_on(page.ask)
    assert "4 conditions are not met." in words_on(page.ask)
    choose(page.ask, "How it ended", "Not completed")
    press(page.ask, "Close case")
    qtbot.waitUntil(lambda: "Please say why" in words_on(page.ask))
    choose(page.ask, "Reason, where it was not completed or is given back", "Contact was lost")
    with read_anew(qtbot, page):
        press(page.ask, "Close case")
    assert page.status.text() == "Not completed"
    assert "Reason: Contact was lost" in words_on(page.acts)
    press(page, "What became of the charge")
    choose(page.ask, "What became of the charge", "Warrant requested")
    with read_anew(qtbot, page):
        press(page.ask, "What became of the charge")
    assert "A warrant was requested." in words_on(page.clock)


def test_an_officer_sees_no_button_of_others_and_may_amend(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.OFFICER)
    offered = {w.accessibleName() for w in shown(page) if isinstance(w, QPushButton)}
    assert offered >= {"Did report", "Do not contact", "Entered in error", "New paper…"}
    assert not offered & {"Close case", "Extend", "Stop the clock", "Settle"}
    assert page.answers.sections["cause"].change.isVisible()
    cards = (page.clock, page.doing, page.papers, page.leaving, page.reminders, page.acts)
    before = [card.isVisible() for card in cards]
    page.answers.sections["cause"].change.click()
    assert page.answers.amending is not None
    assert not any(card.isVisible() for card in cards)
    page.answers.amending.leave.click()
    assert [card.isVisible() for card in cards] == before
    other = open_case(Role.COORDINATOR)
    assert not other.answers.sections["cause"].change.isVisible()
    assert not other.wrong.isVisible()


def test_papers_are_issued_voided_and_stopped(
    qtbot: QtBot, open_case: Open, house: House, case: RecordId, background: Background
) -> None:
    page = open_case(Role.COORDINATOR)
    press(page, "New paper…")
    qtbot.waitUntil(lambda: page.papers.offers.isVisible())
    tick = page.papers.ticks.ticks["progress_sheet"]
    press(page, tick.accessibleName())
    with read_anew(qtbot, page):
        press(page, "Issue")
    (row,) = page.papers.card.rows
    row.buttons["Void and reissue"].click()
    QTest.keyClicks(page.reason.reason, "Wrong day")
    with read_anew(qtbot, page):
        QTest.keyClick(page.reason.reason, Qt.Key.Key_Return)
    assert "Replaces no." in words_on(page.papers)
    press(page, "Do not contact")
    with read_anew(qtbot, page):
        press(page.ask, "Do not contact")
    assert "asked not to be contacted" in page.warning.text
    page.papers.issue_asked.emit(["progress_sheet"])
    qtbot.waitUntil(lambda: "asked not to be contacted" in page.error.text)


def test_a_case_in_error_offers_nothing_more(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.OFFICER)
    press(page, "Entered in error")
    QTest.keyClicks(page.reason.reason, "Typed twice")
    with read_anew(qtbot, page):
        QTest.keyClick(page.reason.reason, Qt.Key.Key_Return)
    assert "entered in error" in page.warning.text
    assert not any(one.isEnabled() for one in page.doing.buttons.values())
    assert not page.wrong.isEnabled()


def test_it_all_stands_there_in_spanish(
    qtbot: QtBot, house: House, case: RecordId, background: Background, theme: Theme
) -> None:
    setting = Setting(Words("es"), theme, house.clock)
    page = CasePage(case, house.desk(Role.COORDINATOR), background, setting, NameSwitch())
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.case is not None)
    settle()
    seen = words_on(page)
    assert "lunes, 30 de noviembre de 2026" in seen
    assert "Report by" not in seen
    assert page.status.text() != "Waiting for the visit"


def test_every_control_has_a_name(qtbot: QtBot, open_case: Open) -> None:
    page = open_case(Role.COORDINATOR)
    press(page, "Close case")
    settle()
    takes = [w for w in shown(page) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(takes) > 20
    assert [w for w in takes if not w.accessibleName()] == []


def test_a_supervisor_settles_what_two_stations_said(
    qtbot: QtBot, open_case: Open, house: House, case: RecordId, background: Background
) -> None:
    def disagree() -> None:
        desk = house.desk(Role.SUPERVISOR)
        seen = close_case(desk, case, "withdrew")
        other = replace(seen, id=new_record_id(), kind=CaseActKind.TRANSFERRED)
        change = act_change(desk.cases_file, desk.person.id, case, other)
        desk.cases_file.apply([change], desk.act("elsewhere", case))

    background.run_and_wait(disagree)
    page = open_case(Role.SUPERVISOR)
    assert page.status.text() == "People disagree: a supervisor decides"
    assert words_on(page.acts).count("Contradicts another entry") == 2
    assert not page.new_paper.isEnabled()
    press(page, "Settle")
    choose(page.ask, "Which one holds", "Closed: the person withdrew")
    write(page.ask, "Reason", "She called")
    with read_anew(qtbot, page):
        press(page.ask, "Settle")
    assert page.status.text() == "Withdrew"
    assert page.new_paper.isEnabled()
