"""The week's grid, by keys alone: ticked, saved in one go, printed; names are hidden."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from form_driver import find, press, words_on, write
from held_cases import PROGRAM, House, audit, case_taken, cases_of, move
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from read_anew import open_large, read_anew

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.case.acts import note_do_not_contact
from intake_app.services.case.held import held_case
from intake_app.services.week.arrivals import Known
from intake_app.ui.case import reminder_card
from intake_app.ui.case.reminder_card import ReminderCard
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.arrivals_page import ArrivalsPage
from intake_app.ui.pages.case_page import CasePage
from intake_app.ui.papers import blank_sheet
from intake_app.ui.papers.paper_desk import CopySet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[..., ArrivalsPage]
SAFE = {"contact_ways": ["letter", "call"], "mail_address": "P.O. Box 12"}


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock, background: Background) -> Iterator[House]:
    clock.at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    made = background.run_and_wait(lambda: House(tmp_path, clock))
    file = tmp_path / "forms" / "programs" / f"{PROGRAM}.toml"
    old = '"participant_agreement"'
    text = file.read_text("utf-8").replace(old, f'{old}, "reminder_letter"', 1)
    file.write_text(text, "utf-8")
    yield made
    background.run_and_wait(made.close)


@pytest.fixture
def three(house: House, background: Background) -> list[RecordId]:
    """Report by Monday, November 30, 4 PM."""

    def take() -> list[RecordId]:
        desk = house.desk(Role.OFFICER)
        return [case_taken(desk, last_name=name, **SAFE) for name in ("Alder", "Birch", "Cedar")]

    return background.run_and_wait(take)


@pytest.fixture
def open_page(qtbot: QtBot, house: House, background: Background, theme: Theme) -> Open:
    def opened(language: str = "en") -> ArrivalsPage:
        page = ArrivalsPage(house.desk(Role.COORDINATOR), background, Words(language), theme)
        open_large(qtbot, page)
        qtbot.waitUntil(lambda: page.isActiveWindow() and not background.is_busy)
        program = page.program.findData(PROGRAM)
        page.program.setCurrentIndex(program)
        with read_anew(qtbot, page):
            page.refresh()
        return page

    return opened


def cell(page: ArrivalsPage, row: int, column: int) -> str:
    return str(page.model.data(page.model.index(row, column)))


def key(page: ArrivalsPage, *keys: Qt.Key) -> None:
    page.grid.setFocus()
    for one in keys:
        QTest.keyClick(page.grid, one)


def next_week(qtbot: QtBot, page: ArrivalsPage) -> None:
    with read_anew(qtbot, page):
        press(page, "Week after")


def test_the_week_is_changed_and_names_are_hidden_until_asked_for(
    qtbot: QtBot, open_page: Open, three: list[RecordId], house: House, background: Background
) -> None:
    page = open_page()
    assert page.model.rowCount() == 0
    next_week(qtbot, page)
    assert page.week.text() == "Mon, Nov 30 to Sun, Dec 6"
    assert [cell(page, row, 3) for row in range(3)] == ["•••"] * 3
    assert cell(page, 0, 1) == "Mon, Nov 30, 4:00 PM"
    press(page, "Show names")
    qtbot.waitUntil(lambda: cell(page, 0, 3) == "Alder, Wren")
    desk = house.desk(Role.COORDINATOR)
    lines = background.run_and_wait(lambda: audit(cases_of(desk), "show names"))
    assert len(lines) == 1
    with read_anew(qtbot, page):
        press(page, "Week before")
    assert page.model.rowCount() == 0


def test_lines_are_ticked_by_letters_and_saved_in_one_go(
    qtbot: QtBot, open_page: Open, three: list[RecordId], house: House, background: Background
) -> None:
    page = open_page()
    next_week(qtbot, page)
    move(house.desk(Role.COORDINATOR), days=9)
    assert not page.save.isEnabled()
    key(page, Qt.Key.Key_A, Qt.Key.Key_Down, Qt.Key.Key_N, Qt.Key.Key_Down, Qt.Key.Key_A)
    assert [cell(page, row, 4) for row in range(3)] == [
        "Arrived (not saved)", "Did not come (not saved)", "Arrived (not saved)",
    ]  # fmt: skip
    key(page, Qt.Key.Key_Backspace)
    assert cell(page, 2, 4) == "Expected"
    key(page, Qt.Key.Key_R)
    write(page.ask, "New report-by", "12/4/2026 10:00 AM")
    QTest.keyClick(find(page.ask, "New report-by"), Qt.Key.Key_Return)
    assert cell(page, 2, 4) == "New time: Fri, Dec 4, 10:00 AM (not saved)"
    assert page.grid.hasFocus()
    with read_anew(qtbot, page):
        QTest.keyClick(page.grid, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.good.text == "3 ticks are saved."
    assert page.model.keyed == {}
    assert [cell(page, row, 4) for row in range(3)] == ["Arrived", "Did not come", "Expected"]
    assert cell(page, 2, 1) == "Fri, Dec 4, 10:00 AM"
    desk = house.desk(Role.COORDINATOR)
    status = background.run_and_wait(
        lambda: [str(held_case(desk, one).standing.status.status) for one in three]
    )
    assert status == ["reported", "no_show", "issued"]


def test_what_is_refused_stays_with_its_reason_and_the_rest_is_saved(
    qtbot: QtBot, open_page: Open, three: list[RecordId]
) -> None:
    page = open_page()
    next_week(qtbot, page)
    key(page, Qt.Key.Key_N, Qt.Key.Key_Down, Qt.Key.Key_A)
    with read_anew(qtbot, page):
        press(page, "Save ticks")
    assert page.good.text == "1 tick is saved."
    assert page.bad.text.startswith("1 tick could not be saved.")
    assert cell(page, 0, 5) == "The time to report is not over yet. Wait until it is."
    assert cell(page, 0, 4) == "Did not come (not saved)"
    assert cell(page, 1, 4) == "Arrived"
    assert not page.why.isVisible()
    key(page, Qt.Key.Key_Up)
    assert page.why.text() == "The time to report is not over yet. Wait until it is."
    key(page, Qt.Key.Key_Backspace)
    assert not page.why.isVisible()
    key(page, Qt.Key.Key_N)
    with read_anew(qtbot, page):
        press(page, "Week before")  # what is not saved is not lost by looking elsewhere
    assert list(page.model.keyed) == [three[0]]


def test_buttons_do_what_the_letters_do_and_enter_opens_the_case(
    qtbot: QtBot, open_page: Open, three: list[RecordId]
) -> None:
    page = open_page()
    next_week(qtbot, page)
    press(page, "Arrived (A)")
    assert page.model.keyed[three[0]].what is Known.ARRIVED
    press(page, "Did not come (N)")
    assert page.model.keyed[three[0]].what is Known.NO_SHOW
    press(page, "New time (R)")
    QTest.keyClick(find(page.ask, "New report-by"), Qt.Key.Key_Escape)
    assert page.model.keyed[three[0]].what is Known.NO_SHOW
    with qtbot.waitSignal(page.record_asked) as asked:
        key(page, Qt.Key.Key_Return)
    assert asked.args == [three[0]]


def test_the_sheet_is_printed_under_a_neutral_name(
    qtbot: QtBot, open_page: Open, three: list[RecordId], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[str] = []

    class Done:
        is_printed, printer = True, "desk"

    def print_it(_page: object, data: bytes, job: str, *_: object) -> Done:
        assert data.startswith(b"%PDF")
        jobs.append(job)
        return Done()

    monkeypatch.setattr(blank_sheet, "print_pdf", print_it)
    page = open_page()
    next_week(qtbot, page)
    press(page, "Print sheet")
    qtbot.waitUntil(lambda: jobs == ["week-2026-49"])
    press(page, "Print desk sheet")
    qtbot.waitUntil(lambda: jobs[1:] == ["day-2026-11-23"])


def test_letters_go_in_one_press_and_none_to_who_asked_for_none(
    qtbot: QtBot, open_page: Open, three: list[RecordId], house: House, background: Background,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    move(house.desk(Role.COORDINATOR), days=2)
    page = open_page()
    card = page.reminders
    qtbot.waitUntil(lambda: len(card._facts.due) == 3)
    assert "Safe: Letter, Phone call" in words_on(card)
    desk = house.desk(Role.COORDINATOR)
    background.run_and_wait(lambda: note_do_not_contact(desk, three[1]))
    printed: list[str] = []

    def print_set(job: str, wanted: CopySet) -> None:
        printed.extend(f"{job} {paper.about}" for paper, _ in wanted())

    monkeypatch.setattr(card._papers, "print_set", print_set)
    with qtbot.waitSignal(card.refreshed):
        press(card, "Print reminder letters")
    qtbot.waitUntil(lambda: bool(printed))
    assert printed == [f"letters {three[0]}", f"letters {three[2]}"]
    assert card.good.text == "2 letters are issued."
    assert card.bad.text.startswith("1 letter was not issued. The person asked not to be contacted")
    qtbot.waitUntil(lambda: not card.letters.isEnabled())
    assert card._facts.due == []


def test_a_call_is_noted_with_what_came_of_it(
    qtbot: QtBot, open_page: Open, three: list[RecordId], house: House
) -> None:
    move(house.desk(Role.COORDINATOR), days=2)
    page = open_page()
    card = page.reminders
    qtbot.waitUntil(lambda: len(card._facts.due) == 3)
    number = card._facts.due[0].number
    press(card, f"Note: {number} · Remind of the visit")
    press(card.ask, "Phone call")
    press(card.ask, "No answer")
    with qtbot.waitSignal(card.refreshed):
        press(card.ask, "Note the reminder")
    QCoreApplication.sendPostedEvents()
    assert "1 try" in words_on(card)
    press(card, f"Note: {number} · Remind of the visit")
    press(card.ask, "Phone call")
    press(card.ask, "Reached")
    with qtbot.waitSignal(card.refreshed):
        press(card.ask, "Note the reminder")
    assert number not in [one.number for one in card._facts.due]


def test_a_calendar_file_is_saved_and_logged(
    qtbot: QtBot, house: House, three: list[RecordId], background: Background, theme: Theme,
    words: Words, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    desk = house.desk(Role.OFFICER)
    card = ReminderCard(desk, background, Setting(words, theme, house.clock), three[0])
    qtbot.addWidget(card)
    card.show()
    saved: list[str] = []

    def save(_page: object, data: bytes, name: str, _words: Words) -> bool:
        assert data.startswith(b"BEGIN:VCALENDAR")
        saved.append(name)
        return True

    monkeypatch.setattr(reminder_card, "save_calendar", save)
    with qtbot.waitSignal(card.refreshed):
        press(card, "Save calendar file")
    assert card.good.text == "The calendar file is saved."
    assert saved[0].startswith("PH-26-AC")
    lines = background.run_and_wait(lambda: audit(cases_of(desk), "save calendar file outside"))
    assert [line[2] for line in lines] == [three[0]]
    background.run_and_wait(lambda: note_do_not_contact(desk, three[0]))
    press(card, "Save calendar file")
    qtbot.waitUntil(lambda: card.bad.text.startswith("The person asked not to be contacted"))
    assert len(saved) == 1


def test_the_page_of_a_case_shows_what_is_due_in_it(
    qtbot: QtBot, house: House, three: list[RecordId], background: Background, theme: Theme,
    words: Words,
) -> None:  # fmt: skip
    desk = house.desk(Role.COORDINATOR)
    move(desk, days=8)
    setting = Setting(words, theme, house.clock)
    page = CasePage(three[0], desk, background, setting, NameSwitch())
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "Did the person come?" in words_on(page.reminders))
    assert len(page.reminders._facts.due) == 1
    with qtbot.waitSignal(page.changed):
        press(page, "Done: Did the person come?")
    qtbot.waitUntil(lambda: "Nothing is due." in words_on(page.reminders))


def test_it_all_stands_there_in_spanish(
    qtbot: QtBot, open_page: Open, three: list[RecordId], house: House
) -> None:
    move(house.desk(Role.COORDINATOR), days=2)
    page = open_page("es")
    with read_anew(qtbot, page):
        press(page, "Semana siguiente")
    told = words_on(page)
    assert "lun" in cell(page, 0, 1)
    assert cell(page, 0, 4) == "Se espera"
    assert "Recordar la visita" in told
    for english in ("Arrow keys", "Arrivals", "Safe:", "Reminders"):
        assert english not in told
