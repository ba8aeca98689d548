"""What happens while somebody is coming in: nothing is shown to others, nothing stays open."""

from collections.abc import Callable

import pytest
from clerk import Clerk
from department import Staff
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from walk_in import half_typed

from intake_app.services.desk import Desk
from intake_app.settings.look import Look
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.running.conductor import Conductor


def gate_is_shut(conductor: Conductor) -> bool:
    return conductor.gate._keys is None  # type: ignore[attr-defined]


def lock_page(clerk: Clerk) -> LockPage:
    clerk.until(lambda: isinstance(clerk.conductor.window.page, LockPage))
    page = clerk.conductor.window.page
    assert isinstance(page, LockPage)
    return page


def come_in(clerk: Clerk, staff: Staff, who: str, then: Callable[[], object]) -> LockPage:
    """Sign in, and do something when the workplace is made and not shown yet."""
    page = lock_page(clerk)

    def meanwhile(_desk: Desk) -> None:
        then()

    page.unlocked.connect(meanwhile)
    page.understood.setChecked(True)
    page.user_name.setText(who)
    page.passphrase.setText(staff[who].passphrase)
    page.unlock.click()
    return page


def pages_left() -> list[Workplace]:
    return [one for one in QApplication.allWidgets() if isinstance(one, Workplace) and isValid(one)]


@pytest.mark.parametrize("way", ["lock", "lock_now"])
def test_a_lock_before_the_workplace_is_shown_shuts_all_and_keeps_the_place(
    clerk: Clerk, staff: Staff, way: str
) -> None:
    conductor = clerk.conductor
    clerk.sign_in(staff["mhale"])
    half_typed(clerk)
    conductor.lock()
    before = come_in(clerk, staff, "mhale", getattr(conductor, way))
    clerk.until(lambda: conductor.window.page is not before)
    assert isinstance(conductor.window.page, LockPage)
    clerk.settle()
    assert gate_is_shut(conductor)
    assert conductor._desk is None
    assert isinstance(conductor.window.page, LockPage)
    clerk.until(lambda: not pages_left())
    clerk.sign_in(staff["mhale"])
    clerk.until(lambda: bool(conductor.window.findChildren(IntakePage)))


def test_another_look_before_the_workplace_is_shown_shows_it_once_where_one_was(
    clerk: Clerk, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    conductor = clerk.conductor
    clerk.sign_in(staff["mhale"])
    half_typed(clerk)
    conductor.lock()
    shown: list[object] = []
    show = conductor.window.show_page

    def noted(page: QWidget) -> None:
        shown.append(page)
        show(page)

    monkeypatch.setattr(conductor.window, "show_page", noted)
    come_in(clerk, staff, "mhale", lambda: conductor.dress(Look(is_dark=True)))
    clerk.until(lambda: bool(conductor.window.findChildren(IntakePage)))
    clerk.settle()
    assert len(shown) == 1
    clerk.until(lambda: pages_left() == shown)


@pytest.mark.parametrize("leaves", ["look", "card"])
def test_who_turns_away_while_the_files_are_opened_leaves_nothing_open(
    clerk: Clerk, staff: Staff, leaves: str
) -> None:
    conductor = clerk.conductor
    page = come_in(clerk, staff, "mhale", lambda: None)
    page.look_chosen.emit(Look(is_dark=True)) if leaves == "look" else page.recovery_asked.emit()
    clerk.settle()
    assert gate_is_shut(conductor)
    assert not isinstance(conductor.window.page, Workplace)


def test_leaving_training_while_the_files_are_opened_signs_nobody_in(
    clerk: Clerk, staff: Staff
) -> None:
    conductor = clerk.conductor
    page = come_in(clerk, staff, "mhale", lambda: None)
    page.training_left.emit()
    clerk.settle()
    assert gate_is_shut(conductor)
    assert isinstance(conductor.window.page, LockPage)
