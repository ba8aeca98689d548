"""Outreach: a lead, three tries by different means on different days, and only then "unable"."""

from datetime import timedelta

import pytest
import walk_in
from clerk import Clerk, Key, Mod
from department import Staff
from PySide6.QtWidgets import QApplication, QMenu

from intake_app.domain.clock import FixedClock

TASK = "First outreach try, 24 to 72 hours"
NAME, PLACE, SECRET = "Fernleaf", "the bridge on Mill Street", "blue tent by the water"


def take_the_lead(clerk: Clerk) -> str:
    """Keep a lead, and open its folder; returns the receipt number."""
    clerk.key(Key.Key_F8)
    clerk.until_reads("Who we look for")
    clerk.choose("How did we learn of the person?", "Family or friend asked")
    clerk.choose("Why may we hold the name?", "Request of the family")
    clerk.choose("Main reason to go", "Overdose known or likely")
    clerk.write("Last name", NAME)
    clerk.write("Where can the person be met safely?", PLACE)
    clerk.choose("Does anything speak against going?", "No: we may go")
    clerk.press("Continue")
    clerk.choose("What has happened so far?", "Not tried yet: keep as a lead")
    clerk.press("Finish")
    number = walk_in.receipt_number(clerk)
    clerk.press("Open this intake")
    clerk.open_tab("Follow-up")
    clerk.until_reads(TASK)
    return number


def try_by(clerk: Clerk, means: str, key: str, note: str) -> None:
    """Record a try: means from the list, result by one key, note, Ctrl+Enter."""
    clerk.press(f"Record a try: {TASK}")
    clerk.until_reads("What came of it")
    clerk.choose("How you tried", means)
    clerk.key(key, Mod.AltModifier)
    clerk.write("Note", note)
    clerk.key(Key.Key_Return, Mod.ControlModifier)
    clerk.until_reads("The try is saved.")
    clerk.settle()


def choose_more(clerk: Clerk, act: str) -> bool:
    """Choose an act in the task's menu, by its keys; whether it could be chosen."""
    clerk.press(f"More…: {TASK}")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        clerk.key(Key.Key_Down)
        if menu.activeAction().text() == act:
            clerk.key(Key.Key_Return)
            clerk.settle()
            return True
    clerk.key(Key.Key_Escape)
    return False


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of a menu, offscreen
def test_three_tries_by_different_means_before_unable_to_contact(
    clerk: Clerk, staff: Staff, clock: FixedClock
) -> None:
    clerk.sign_in(staff["mhale"])
    take_the_lead(clerk)
    asked = "Before “unable to contact”: {}, {}."
    assert clerk.reads(asked.format("3 more tries", "by 3 ways not used yet"))

    assert not choose_more(clerk, "Unable to contact"), "nobody has tried yet"

    clock.at += timedelta(days=1)
    clerk.press(f"Record a try: {TASK}")
    clerk.until_reads("What came of it")
    assert clerk.reads(PLACE), "where to look is in view"
    assert clerk.reads("Leave no voicemail.")
    clerk.press("Cancel")
    try_by(clerk, "Visit", "9", SECRET)
    assert clerk.reads(asked.format("2 more tries", "by 2 ways not used yet"))
    clock.at += timedelta(days=4)
    try_by(clerk, "Visit", "9", "again")
    assert clerk.reads(asked.format("2 more tries", "by 2 ways not used yet")), "the same way twice"
    clock.at += timedelta(days=1)
    try_by(clerk, "Phone call", "8", "rang for long")
    clock.at += timedelta(days=1)
    try_by(clerk, "Letter", "7", "neutral envelope")
    assert clerk.reads("Enough was tried. “Unable to contact” may be noted.")
    assert choose_more(clerk, "Unable to contact")
    clerk.until_reads("Noted: unable to contact.")

    clerk.open_tab("Timeline")
    clerk.until_reads("Intake taken")
    for told in ("Visit, Door not opened", "Phone call, No answer", "Letter, Sent, no reply yet"):
        assert clerk.reads(f"Somebody tried to reach them: {told}")
    assert clerk.reads(f"Unable to contact: {TASK}")
    assert not clerk.reads(SECRET), "what was noted stands with the try alone"
