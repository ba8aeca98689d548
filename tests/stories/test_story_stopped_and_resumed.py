"""Somebody falls ill at the desk: the clerk stops, saves, and goes on later; or a colleague does.

What is left half-done, by the clerk, by logging out, by locking or by a crash, waits on the home
page without a name, and nobody but its author opens it before 12 hours have passed.
"""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import walk_in
from clerk import Clerk, Key, Mod
from department import Department, OpenWindow, Staff
from PySide6.QtWidgets import QApplication, QMenu

from intake_app.domain.clock import FixedClock

WAITS = "A walk-in by M. Hale is unfinished"


def stop_for_emergency(clerk: Clerk) -> None:
    """Up to the ambulance."""
    walk_in.begin(clerk)
    clerk.choose("Is anyone very sick or in danger right now?", "Yes")
    clerk.tick("Is any of this happening?", "Chest pain")
    clerk.write("Ambulance called at", "11/23/2026 2:38 PM")


def stop_with_a_name(clerk: Clerk) -> None:
    """Up to a name that must not be lost, nor be seen by others."""
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)
    clerk.write("First name", walk_in.FIRST)
    clerk.until(lambda: clerk.state().startswith("Saved on this computer"))
    clerk.settle()


def test_after_an_emergency_the_same_clerk_goes_on(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    stop_for_emergency(clerk)
    clerk.press("Save and close")
    assert clerk.reads(WAITS)
    clerk.press("Continue")
    assert clerk.reads("Chest pain")
    assert "11/23/2026 2:38 PM" in clerk.page()
    clerk.choose("What now?", "Gone to medical care: finish here")
    clerk.press("Finish")
    assert walk_in.receipt_number(clerk)
    clerk.press("Home")
    assert not clerk.reads(WAITS)


def choose_from_menu(clerk: Clerk, name: str) -> None:
    """Go down the open menu to a line."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        clerk.key(Key.Key_Down)
        if menu.activeAction().text() == name:
            break
    clerk.key(Key.Key_Return)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of a menu, offscreen
def test_a_colleague_takes_it_over(open_window: OpenWindow, staff: Staff) -> None:
    clerk = open_window()
    clerk.sign_in(staff["mhale"])
    stop_for_emergency(clerk)
    clerk.press("Hand over to…")
    choose_from_menu(clerk, "J. Lowe")
    clerk.settle()
    clerk.until_sees("Walk-in self-referral")
    assert not clerk.sees("Continue")
    clerk.conductor.window.close()
    coordinator = open_window()
    coordinator.sign_in(staff["jlowe"])
    coordinator.press("Continue")
    assert "11/23/2026 2:38 PM" in coordinator.page()


def test_what_was_typed_outlives_log_out_and_is_closed_to_others_for_12_hours(
    open_window: OpenWindow, staff: Staff, clock: FixedClock, started: list[list[str]]
) -> None:
    clerk = open_window()
    clerk.sign_in(staff["mhale"])
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)
    clerk.write("First name", walk_in.FIRST)
    clerk.press("Log out")
    assert started == [[]]
    other = open_window()
    other.sign_in(staff["jlowe"])
    assert other.reads(WAITS)
    assert not other.reads(walk_in.FIRST)
    assert not other.sees("Continue")
    other.conductor.window.close()
    clock.at += timedelta(hours=12, minutes=1)
    later = open_window()
    later.sign_in(staff["jlowe"])
    later.press("Continue")
    assert walk_in.FIRST in later.page()


def test_lock_curtain_and_lobby_hide_it_and_nothing_is_lost(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    stop_with_a_name(clerk)
    before = clerk.conductor.window.grab().toImage()
    clerk.key(Key.Key_F12)
    assert clerk.reads("Nothing is shown while nobody is working here.")
    assert clerk.conductor.window.grab().toImage() != before
    clerk.key("x")
    assert walk_in.FIRST in clerk.page()
    clerk.key(Key.Key_L, Mod.ControlModifier)
    assert clerk.sees("Passphrase")
    assert not clerk.reads(walk_in.FIRST)
    clerk.sign_in(staff["mhale"])  # the same person comes back to the same place
    assert walk_in.FIRST in clerk.page()


def test_a_crash_loses_nothing_that_was_said_to_be_saved(
    open_window: OpenWindow, staff: Staff, department: Department
) -> None:
    drill = Path(__file__).with_name("drills") / "crash_while_typing.py"
    who = staff["mhale"]
    done = subprocess.run(
        [sys.executable, str(drill), str(department.folder), who.user_name],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
        input=who.passphrase, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 9, done.stderr[-2000:]
    clerk = open_window()
    clerk.sign_in(who)
    assert clerk.reads(WAITS)
    clerk.press("Continue")
    assert walk_in.FIRST in clerk.page()
