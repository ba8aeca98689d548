"""Taking an intake through the window: steps, saving, failing to save, leaving."""

from dataclasses import replace

import pytest
from form_driver import find, press, shown, write
from form_fakes import CLOCK, EVERY_TYPE, PlainGuide, WorkingDesk, both, draft_of, form_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.draft import Draft
from intake_app.domain.errors import DiskFull
from intake_app.domain.form import Field, FieldType, Section
from intake_app.domain.ids import UserId
from intake_app.ui.form import draft_saver
from intake_app.ui.form.setting import Setting
from intake_app.ui.form.step_list import StepState
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

WAY = next(f for f in EVERY_TYPE.fields if f.id == "way")
BORN = next(f for f in EVERY_TYPE.fields if f.id == "born")
FORM = form_of(
    Section("start", both("What brings you in?"), (WAY,)),
    Section("person", both("Who is the person?"), (
        Field("name", FieldType.TEXT, both("First name"), is_required=True), BORN,
    )),
    Section("family", both("Family"), (Field("kin", FieldType.TEXT, both("Relative")),)),
    Section("health", both("Health"), (Field("ill", FieldType.TEXT, both("Illness")),),
            is_later=True),
)  # fmt: skip
GUIDE = PlainGuide(
    FORM,
    {"family": lambda a: a.get("way") == "for_someone_else"},
    may_finish=lambda a: a.get("way") == "information_only",
)


@pytest.fixture
def desk() -> WorkingDesk:
    return WorkingDesk(GUIDE)


@pytest.fixture
def setting(theme: Theme, words: Words) -> Setting:
    return Setting(words, theme, CLOCK, born="born")


def opened(
    qtbot: QtBot, desk: WorkingDesk, background: Background, setting: Setting,
    draft: Draft | None = None,
) -> IntakePage:  # fmt: skip
    page = IntakePage(draft or draft_of(FORM), GUIDE, desk, background, setting)
    qtbot.addWidget(page)
    page.resize(1060, 740)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.isActiveWindow() and QApplication.focusWidget() is not None)
    return page


@pytest.fixture
def page(qtbot: QtBot, desk: WorkingDesk, background: Background, setting: Setting) -> IntakePage:
    return opened(qtbot, desk, background, setting)


def at_person(page: IntakePage) -> None:
    QTest.keyClicks(_focused(), "1")
    press(page, "Continue")
    assert page.step == "person"


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_a_draft_is_saved_within_a_second_of_the_last_change(
    qtbot: QtBot, page: IntakePage, desk: WorkingDesk
) -> None:
    with qtbot.waitSignal(page.saver.saved):
        qtbot.keyClicks(_focused(), "2")
        assert page.saver._timer.isActive()
        assert page.saver._timer.interval() < 1000
    assert desk.saved[-1].answers == {"way": "for_someone_else"}
    assert page.state.text == "Saved on this computer, 7:41 PM"


def test_typing_without_a_pause_is_saved_as_well(
    qtbot: QtBot, page: IntakePage, desk: WorkingDesk
) -> None:
    at_person(page)
    edit = find(page, "First name")
    before = len(desk.saved)

    def type_on() -> bool:
        qtbot.keyClicks(edit, "a")
        return len(desk.saved) > before + 1

    qtbot.waitUntil(type_on)


def test_nothing_is_saved_after_the_worker_has_stopped(
    page: IntakePage, desk: WorkingDesk, background: Background
) -> None:
    """A page may live on for a moment after the program was closed, and its timers with it."""
    at_person(page)
    write(page, "First name", "Rosa")
    assert page.saver._timer.isActive()
    background.close()
    assert not page.saver._timer.isActive()
    write(page, "First name", " Maria")
    assert not page.saver._timer.isActive()
    page.saver.save()
    assert page.save_at_once() is None
    assert "name" not in desk.saved[-1].answers


def test_a_save_that_fails_says_so_keeps_the_text_and_tries_again(
    qtbot: QtBot, page: IntakePage, desk: WorkingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_saver, "RETRY_MS", 30)
    at_person(page)
    desk.broken = DiskFull()
    with qtbot.waitSignal(page.saver.failed):
        write(page, "First name", "Rosa")
    assert page.state.text == f"Not saved: {DiskFull.sentence()}"
    assert find(page, "First name").text() == "Rosa"  # pyright: ignore[reportAttributeAccessIssue]
    desk.broken = None
    with qtbot.waitSignal(page.saver.saved):
        pass
    assert desk.saved[-1].answers["name"] == "Rosa"
    assert page.state.text.startswith("Saved on this computer")


def test_save_and_close_does_not_close_what_could_not_be_saved(
    qtbot: QtBot, page: IntakePage, desk: WorkingDesk
) -> None:
    desk.broken = DiskFull()
    with qtbot.assertNotEmitted(page.closed), qtbot.waitSignal(page.saver.failed):
        press(page, "Save and close")
    desk.broken = None
    with qtbot.waitSignal(page.closed):
        press(page, "Save and close")


def test_information_only_is_two_keys(qtbot: QtBot, page: IntakePage, desk: WorkingDesk) -> None:
    qtbot.keyClicks(_focused(), "3")
    assert find(page, "Finish").isVisible()
    with qtbot.waitSignal(page.finished) as told:
        qtbot.keyClick(_focused(), Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].number == "PH-26-A00017-K"
    assert desk.finished[0].answers == {"way": "information_only"}


def test_a_draft_is_not_saved_again_after_finish(
    qtbot: QtBot, page: IntakePage, desk: WorkingDesk
) -> None:
    qtbot.keyClicks(_focused(), "3")
    with qtbot.waitSignal(page.finished):
        press(page, "Finish")
    saved = len(desk.saved)
    page.saver.save()
    page.saver.touch()
    page.save_at_once()
    assert len(desk.saved) == saved


def test_finish_that_fails_says_why_and_the_draft_goes_on(
    qtbot: QtBot, page: IntakePage, desk: WorkingDesk
) -> None:
    qtbot.keyClicks(_focused(), "3")
    qtbot.waitUntil(lambda: bool(desk.saved))
    desk.broken = DiskFull()
    press(page, "Finish")
    qtbot.waitUntil(lambda: page.error.text == DiskFull.sentence())
    desk.broken = None
    with qtbot.waitSignal(page.finished):
        press(page, "Finish")


def test_continue_checks_this_step_only_and_goes_on_to_the_review(
    qtbot: QtBot, page: IntakePage
) -> None:
    at_person(page)
    press(page, "Continue")
    assert page.step == "person"
    assert _focused() is find(page, "First name")
    qtbot.keyClicks(_focused(), "Rosa")
    with qtbot.waitSignal(page.review_asked) as told:
        qtbot.keyClick(_focused(), Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].answers == {"way": "for_myself", "name": "Rosa"}


def test_return_on_a_button_presses_that_button_only(qtbot: QtBot, page: IntakePage) -> None:
    at_person(page)
    back = find(page, "Back")
    back.setFocus()
    qtbot.keyClick(back, Qt.Key.Key_Return)
    assert page.step == "start"


def test_tab_goes_from_the_last_question_to_the_foot(qtbot: QtBot, page: IntakePage) -> None:
    view = page.view
    assert view is not None
    with qtbot.waitActive(page):
        page.activateWindow()
    view.take_focus()
    while view.isAncestorOf(_focused()):
        qtbot.keyClick(_focused(), Qt.Key.Key_Tab)
    assert _focused() in {page.back, page.save}


def test_a_step_comes_and_goes_with_the_answers(qtbot: QtBot, page: IntakePage) -> None:
    def titles() -> list[str]:
        return [button.step.title for button in page.steps.buttons]

    assert titles() == ["What brings you in?", "Who is the person?", "Review and print", "Health"]
    qtbot.keyClicks(_focused(), "2")
    assert "Family" in titles()
    assert page.steps.buttons[0].accessibleName().endswith("here now")


def test_what_the_coordinator_asks_later_is_reached_from_the_steps(
    qtbot: QtBot, page: IntakePage
) -> None:
    press(page, "Health")
    assert page.step == "health"
    assert page.frame.head.note.text() == "The coordinator asks later"
    write(page, "Illness", "none")
    with qtbot.waitSignal(page.review_asked):
        press(page, "Continue")


def test_a_step_is_a_button_for_a_screen_reader_and_return_presses_it(
    qtbot: QtBot, page: IntakePage
) -> None:
    later = page.steps.buttons[-1]
    told = QAccessible.queryAccessibleInterface(later)
    assert told.role() == QAccessible.Role.Button
    assert told.text(QAccessible.Text.Name) == "Health"
    later.setFocus()
    qtbot.keyClick(later, Qt.Key.Key_Return)
    assert page.step == "health"


def test_what_cannot_be_read_yet_comes_back_with_the_draft(
    qtbot: QtBot, page: IntakePage, desk: WorkingDesk, background: Background, setting: Setting
) -> None:
    at_person(page)
    write(page, "Date of birth", "17/4/1991")
    with qtbot.waitSignal(page.closed):
        press(page, "Save and close")
    again = opened(qtbot, desk, background, setting, desk.saved[-1])
    assert again.step == "person"
    edit = find(again, "Date of birth")
    assert edit.text() == "17/4/1991"  # pyright: ignore[reportAttributeAccessIssue]
    press(again, "Continue")
    assert again.view is not None
    assert "no such day" in again.view.fields["born"].shown_problem
    assert "born" not in desk.saved[-1].answers


def test_a_draft_is_handed_over_to_a_colleague_after_it_is_saved(
    qtbot: QtBot, page: IntakePage, desk: WorkingDesk
) -> None:
    at_person(page)
    write(page, "First name", "Rosa")
    with qtbot.waitSignal(page.handed_over):
        page.hand_over_menu.actions()[0].trigger()
    assert desk.saved[-1].answers["name"] == "Rosa"
    assert desk.handed == [(draft_of(FORM).id, UserId("u2"))]


def test_what_is_typed_is_saved_at_once_when_the_window_locks(
    page: IntakePage, desk: WorkingDesk
) -> None:
    at_person(page)
    write(page, "First name", "R")
    page.save_at_once()
    assert desk.saved[-1].answers["name"] == "R"
    saved = len(desk.saved)
    page.save_at_once()
    assert len(desk.saved) == saved


def test_finished_steps_have_a_tick_and_the_column_gives_way_on_a_narrow_page(
    qtbot: QtBot, page: IntakePage
) -> None:
    at_person(page)
    assert page.steps.buttons[0].step.state is StepState.DONE
    wide = page.steps.width()
    page.resize(700, 740)
    qtbot.waitUntil(lambda: page.steps.width() < wide)


def test_every_control_has_a_name(
    qtbot: QtBot, desk: WorkingDesk, background: Background, setting: Setting
) -> None:
    form = form_of(replace(EVERY_TYPE, id="all"))
    page = IntakePage(draft_of(form), PlainGuide(form), desk, background, setting)
    qtbot.addWidget(page)
    page.show()
    assert unnamed(page) == []
    find(page, "First name").setAccessibleName("")  # negative control
    assert unnamed(page) == ["QLineEdit"]


def unnamed(page: IntakePage) -> list[str]:
    return [
        type(w).__name__
        for w in shown(page)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.accessibleName()
    ]
