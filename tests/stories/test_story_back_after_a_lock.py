"""Whoever comes back to their own lock is where they were; a colleague gets a new process."""

import pytest
from clerk import Clerk, Key, Mod
from department import OpenWindow, Staff
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar
from walk_in import half_typed

from intake_app.domain.errors import DiskFull
from intake_app.storage.drafts import Drafts
from intake_app.ui.pages.folder_page import FolderPage
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.running.conductor import Conductor


def form_of(clerk: Clerk) -> IntakePage:
    return clerk.conductor.window.findChildren(IntakePage)[0]


def come_back(clerk: Clerk, staff: Staff, who: str) -> None:
    clerk.until(lambda: isinstance(clerk.conductor.window.page, LockPage))
    clerk.sign_in(staff[who])


@pytest.mark.parametrize("way", ["lock", "lock_now"])
def test_step_and_cursor_are_kept(clerk: Clerk, staff: Staff, way: str) -> None:
    clerk.sign_in(staff["mhale"])
    half_typed(clerk)
    getattr(clerk.conductor, way)()
    come_back(clerk, staff, "mhale")
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(IntakePage)))
    clerk.settle()
    assert form_of(clerk).step == "contact"
    clerk.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    edit = QApplication.focusWidget()
    assert isinstance(edit, QLineEdit)
    assert (edit.text(), edit.cursorPosition()) == ("Rosal", 3)
    clerk.key("X")
    assert edit.text() == "RosXal"


def test_an_intake_without_a_word_is_kept_as_well(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    clerk.press("Walk-in self-referral")
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(IntakePage)))
    clerk.key(Key.Key_L, Mod.ControlModifier)
    come_back(clerk, staff, "mhale")
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(IntakePage)))


def test_a_folder_is_open_at_its_tab(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["jlowe"])
    desk = clerk.conductor._desk
    assert desk is not None
    assert desk.care is not None
    care = desk.care
    newest = clerk.conductor.background.run_and_wait(lambda: care.newest("intake", 1))
    clerk.conductor._session._on_folder(newest[0].record, "")  # type: ignore[union-attr]
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(FolderPage)))
    clerk.settle()
    bar = clerk.conductor.window.findChildren(FolderPage)[0].tabs
    bar.setCurrentIndex(2)
    clerk.settle()
    clerk.conductor.lock()
    come_back(clerk, staff, "jlowe")
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(FolderPage)))
    clerk.settle()
    again = clerk.conductor.window.findChildren(FolderPage)[0].tabs
    assert isinstance(again, QTabBar)
    clerk.until(lambda: again.currentIndex() == 2)


def test_a_place_of_the_rail_is_open_again(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    clerk.press("Providers")
    clerk.conductor.lock()
    come_back(clerk, staff, "mhale")
    clerk.until(lambda: not clerk.sees("Walk-in self-referral"))


def test_a_colleague_types_their_name_and_a_new_process_begins(
    clerk: Clerk, staff: Staff, started: list[list[str]]
) -> None:
    clerk.sign_in(staff["mhale"])
    half_typed(clerk)
    clerk.conductor.lock()
    clerk.until(lambda: isinstance(clerk.conductor.window.page, LockPage))
    clerk.write("User name", "mhale")
    clerk.reach(clerk.find("Passphrase"))
    assert started == []  # control: who comes back stays
    clerk.write("User name", "jlowe")
    clerk.reach(clerk.find("Passphrase"))
    assert started == [[]]  # before a passphrase was typed
    clerk.sign_in(staff["jlowe"])  # where the old process would go on all the same
    assert clerk.conductor.window.findChildren(IntakePage) == []


def test_nobody_is_offered_the_name_of_who_logged_out(
    clerk: Clerk, staff: Staff, open_window: OpenWindow
) -> None:
    clerk.sign_in(staff["mhale"])
    clerk.conductor.lock()
    page = clerk.conductor.window.page
    assert isinstance(page, LockPage)
    assert page.user_name.text() == "mhale"  # control
    clerk.conductor._absence.forget()
    clerk.conductor.show_entrance()
    page = clerk.conductor.window.page
    assert isinstance(page, LockPage)
    assert page.user_name.text() == ""


def test_a_full_disk_does_not_keep_the_files_open_and_loses_nothing(
    clerk: Clerk, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.sign_in(staff["mhale"])
    half_typed(clerk)
    clerk.until(lambda: not form_of(clerk).saver._is_dirty)
    clerk.settle()

    def refuse(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as full:
        full.setattr(Drafts, "put", refuse)
        clerk.write("First name", "Rosalind")
        clerk.conductor.lock_now()
        assert gate_is_shut(clerk.conductor)
        page = clerk.conductor.window.page
        assert isinstance(page, LockPage)
        assert "The disk is full" in page.good.text
    come_back(clerk, staff, "mhale")
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(IntakePage)))
    clerk.settle()
    assert form_of(clerk).draft.answers["first_name"] == "Rosalind"


def gate_is_shut(conductor: Conductor) -> bool:
    return conductor.gate._keys is None  # type: ignore[attr-defined]
