"""Help on every page: the guide opens where the page is told of, and one goes on as one was."""

from functools import partial

import pytest
from clerk import Clerk, Key, Mod
from department import OpenWindow, Paper, Staff
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
)

from intake_app.domain.errors import Damaged, DiskFull
from intake_app.settings.look import Look
from intake_app.settings.seen import has_seen_tour
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.help.guide_text import GuideText
from intake_app.ui.pages.folder_page import FolderPage
from intake_app.ui.pages.guide_page import GuidePage
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.parts import steps_dialog as steps
from intake_app.ui.providers.dialog import ProviderDialog
from intake_app.ui.screen.traces import close_dialogs
from intake_app.ui.showing_around.first_tour import begin_tour
from intake_app.ui.showing_around.guide_dialog import GuideDialog
from intake_app.ui.showing_around.tour import TourCard


def guide_of(clerk: Clerk) -> GuidePage:
    clerk.until(lambda: any(clerk.seen(GuidePage)))
    return next(clerk.seen(GuidePage))


def at(guide: GuidePage) -> str:
    """The heading at which the cursor stands."""
    return guide.text.textCursor().block().text()


def back_in_the_window(clerk: Clerk) -> None:
    """A desktop does so when a dialog goes; without a screen nobody does."""
    window = clerk.conductor.window
    window.activateWindow()
    clerk.until(window.isActiveWindow)


def message_of(clerk: Clerk) -> QMessageBox:
    """The message box, once it has the keys."""

    def has_keys() -> bool:
        box, now = clerk.top, QApplication.focusWidget()
        return isinstance(box, QMessageBox) and now is not None and box.isAncestorOf(now)

    clerk.until(has_keys)
    box = clerk.top
    assert isinstance(box, QMessageBox)
    return box


def guide_over(clerk: Clerk) -> GuidePage:
    """The guide over a dialog, once it has the keys."""
    clerk.until(lambda: isinstance(QApplication.activeWindow(), GuideDialog))
    return guide_of(clerk)


def half_typed(clerk: Clerk) -> QLineEdit:
    clerk.press("Walk-in self-referral")
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(IntakePage)))
    form = clerk.conductor.window.findChildren(IntakePage)[0]
    form._sheet.put("who_for", "self", "")
    form.go("contact")
    clerk.write("First name", "Rosal")
    edit = clerk.find("First name")
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.setCursorPosition(3)
    return edit


def test_help_comes_and_goes_and_nothing_typed_is_lost(
    clerk: Clerk, staff: Staff, printer: Paper
) -> None:
    clerk.key(Key.Key_F1)
    assert at(guide_of(clerk)) == "Signing in and locking"  # nobody has signed in yet
    assert guide_of(clerk).tour.isHidden()
    clerk.key(Key.Key_Escape)
    assert isinstance(clerk.conductor.window.page, LockPage)
    clerk.sign_in(staff["mhale"])
    edit = half_typed(clerk)
    clerk.key(Key.Key_F1)
    guide = guide_of(clerk)
    assert at(guide) == "Taking an intake"
    clerk.write("Search the guide", "voicemail")
    clerk.key(Key.Key_Return)
    found = QApplication.focusWidget()
    assert isinstance(found, QListWidget)
    assert found.accessibleName() == "2 places found"
    clerk.key(Key.Key_Return)
    assert at(guide) == "A call or visit"
    clerk.key(Key.Key_Left, Mod.AltModifier)
    assert at(guide) == "Taking an intake"
    clerk.press("Print")
    clerk.until(lambda: len(printer.sheets) == 1 and QApplication.activeModalWidget() is None)
    back_in_the_window(clerk)
    clerk.key(Key.Key_F1)  # F1 goes back, too
    assert not clerk.conductor.window.is_covered
    assert (QApplication.focusWidget(), edit.text(), edit.cursorPosition()) == (edit, "Rosal", 3)
    clerk.key("X")
    assert edit.text() == "RosXal"


def test_each_page_leads_to_its_own_part_and_locking_works_from_there(
    clerk: Clerk, staff: Staff
) -> None:
    clerk.sign_in(staff["jlowe"])
    for place, heading in (("today", "Follow-ups"), ("roster", "Roster"), ("home", "Home")):
        workplace = clerk.conductor.window.page
        assert isinstance(workplace, Workplace)
        workplace.go(place)
        clerk.settle()
        clerk.press("Help for this page")
        assert at(guide_of(clerk)) == heading
        clerk.press("Back to your work")
        assert clerk.conductor.window.page is workplace
    desk = clerk.conductor._desk
    assert desk is not None
    assert desk.care is not None
    care, workplace = desk.care, clerk.conductor.window.page
    assert isinstance(workplace, Workplace)
    [intake] = clerk.conductor.background.run_and_wait(lambda: care.newest("intake", 1))
    workplace.folder_asked.emit(intake.record, "consents")
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(FolderPage)))
    clerk.settle()
    clerk.key(Key.Key_F1)
    assert at(guide_of(clerk)) == "Consents"
    clerk.key(Key.Key_L, Mod.ControlModifier)
    clerk.until(lambda: isinstance(clerk.conductor.window.page, LockPage))
    assert not clerk.conductor.window.is_covered


def test_the_guide_opens_over_a_dialog_and_what_is_typed_stays(clerk: Clerk, staff: Staff) -> None:
    clerk.key(Key.Key_F1)
    assert guide_of(clerk).back.text() == "Back", "nobody has signed in"
    clerk.key(Key.Key_F1)
    clerk.sign_in(staff["jlowe"])
    workplace = clerk.conductor.window.page
    assert isinstance(workplace, Workplace)
    workplace.go("providers")
    clerk.settle()
    clerk.press("Add…")
    clerk.until(lambda: isinstance(clerk.top, ProviderDialog))
    dialog = clerk.top
    assert isinstance(dialog, ProviderDialog)
    clerk.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    clerk.key("B")
    typed = QApplication.focusWidget()
    assert isinstance(typed, QLineEdit)
    clerk.key(Key.Key_F1)
    assert at(guide_of(clerk)) == "The directory"
    clerk.key(Key.Key_F1)
    clerk.until(lambda: QApplication.focusWidget() is typed)
    assert dialog.isVisible()
    assert typed.text() == "B"
    clerk.key(Key.Key_F1)
    clerk.press("Back to your work")
    clerk.until(lambda: QApplication.focusWidget() is typed)
    dialog.reject()
    back_in_the_window(clerk)
    clerk.key(Key.Key_F1)
    assert at(guide_of(clerk)) == "Providers, roster and stock", "the page is told of again"


def test_a_message_is_told_of_also_over_a_dialog(clerk: Clerk, staff: Staff) -> None:
    clerk.conductor.errors.show(Damaged("x"))
    message_of(clerk)
    clerk.key(Key.Key_F1)
    assert at(guide_over(clerk)) == "A file is damaged"
    assert guide_over(clerk).back.text() == "Back", "nobody has signed in"
    clerk.key(Key.Key_F1)
    message_of(clerk)
    clerk.key(Key.Key_Return)
    back_in_the_window(clerk)
    clerk.sign_in(staff["jlowe"])
    workplace = clerk.conductor.window.page
    assert isinstance(workplace, Workplace)
    workplace.go("providers")
    clerk.settle()
    clerk.press("Add…")
    clerk.until(lambda: isinstance(clerk.top, ProviderDialog))
    dialog = clerk.top
    clerk.conductor.errors.ask(DiskFull(), list)
    message_of(clerk)
    clerk.key(Key.Key_F1)
    assert at(guide_over(clerk)) == "The disk is full"
    clerk.press("Back to your work")
    message_of(clerk)
    clerk.press("Stay")
    clerk.until(lambda: clerk.top is dialog)
    clerk.conductor.errors.show(ZeroDivisionError())
    message_of(clerk)
    clerk.key(Key.Key_F1)
    assert at(guide_over(clerk)) == "When something happens"
    close_dialogs()
    assert not any(clerk.seen(GuidePage)), "whoever locks closes all of it"


def test_the_guide_stays_when_a_long_print_ends_below_it(
    clerk: Clerk, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.sign_in(staff["mhale"])
    window, words = clerk.conductor.window, clerk.conductor.words
    with steps.steps_dialog(window, 3, words) as unseen:
        clerk.key(Key.Key_F1)
        assert QApplication.activeModalWidget() is unseen, "it is not on the screen yet"
    monkeypatch.setattr(steps, "LONG_MS", 0)
    with steps.steps_dialog(window, 3, words) as printing:
        clerk.until(lambda: clerk.top is printing)
        clerk.until(lambda: not printing.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen))
        clerk.key(Key.Key_F1)
        assert at(guide_over(clerk)) == "What waits for a printer"
    clerk.settle()
    guide = guide_over(clerk)
    assert at(guide) == "What waits for a printer"
    clerk.key(Key.Key_F1)
    clerk.until(lambda: not any(clerk.seen(GuidePage)))
    assert QApplication.activeModalWidget() is None


def test_an_administrator_is_not_told_of_keys_that_they_do_not_have(
    clerk: Clerk, staff: Staff
) -> None:
    clerk.sign_in(staff["apruitt"])
    workplace, told = clerk.conductor.window.page, list[str]()
    assert isinstance(workplace, Workplace)
    for begins in (workplace.begins_from_home, True):
        card = TourCard(
            clerk.conductor.words, clerk.conductor.theme, workplace.rail.button, has_keys=begins
        )
        told.append(card.told.text())
        card.deleteLater()
    assert "key" not in told[0]
    assert "key" in told[1]


def test_a_screen_reader_hears_the_guide_and_tab_goes_round(clerk: Clerk) -> None:
    clerk.key(Key.Key_F1)
    guide = guide_of(clerk)
    spoken = QAccessible.queryAccessibleInterface(guide.text)
    assert spoken.text(QAccessible.Text.Name) == "The guide"
    whole = spoken.textInterface()
    assert whole.text(0, whole.characterCount()).startswith("Signing in and locking")
    been: list[object] = []
    while (now := QApplication.focusWidget()) not in been or isinstance(now, GuideText):
        been.append(now)
        assert len(been) < 60  # links are stops, too
        clerk.key(Key.Key_Tab)
    assert {guide.search, guide.entries, guide.text, guide.back, guide.print} <= set(been)


def test_the_tour_is_shown_once_and_again_from_the_help(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    conductor = clerk.conductor
    workplace, desk = conductor.window.page, conductor._desk
    assert isinstance(workplace, Workplace)
    assert desk is not None
    begin = partial(begin_tour, workplace, desk, conductor)
    begin()
    heard: list[str] = []
    for _ in range(3):
        clerk.until(lambda: isinstance(QApplication.focusWidget(), QAbstractButton))
        button = QApplication.focusWidget()
        assert button is not None
        heard.append(button.accessibleDescription())
        clerk.key(Key.Key_Return)
    assert [one[:11] for one in heard] == ["Step 1 of 3", "Step 2 of 3", "Step 3 of 3"]
    clerk.until(lambda: not any(clerk.seen(TourCard)))
    assert has_seen_tour(conductor.gate.folder, desk.person.id)
    begin()
    clerk.settle()
    assert not any(clerk.seen(TourCard))  # never again by itself
    clerk.key(Key.Key_F1)
    guide_of(clerk)
    clerk.press("Show the tour")
    clerk.until(lambda: any(clerk.seen(TourCard)))
    clerk.until(lambda: isinstance(QApplication.focusWidget(), QAbstractButton))
    clerk.key(Key.Key_Escape)
    clerk.until(lambda: not any(clerk.seen(TourCard)))


def test_the_guide_speaks_the_language_of_the_window(open_window: OpenWindow) -> None:
    clerk = open_window(Look(language="es", scale=2.0))
    clerk.key(Key.Key_F1)
    guide = guide_of(clerk)
    assert at(guide) == "Entrar y bloquear"
    cut = [one.text() for one in guide.findChildren(QLabel)
           if one.isVisible() and one.width() < one.minimumSizeHint().width()]  # fmt: skip
    assert cut == []
    assert guide.text.horizontalScrollBar().maximum() == 0
