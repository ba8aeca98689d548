"""The disk is full while somebody tells their story: nothing typed goes, and it is said plainly."""

from typing import Any

import walk_in
from clerk import Clerk, Key, Mod
from department import Paper, Staff
from PySide6.QtWidgets import QApplication

from intake_app.domain.errors import DiskFull
from intake_app.services.records.veil import unveiled

LONG = "It began in spring and has not stopped since. " * 250
NOT_SAVED = "Not saved: "


def limit(clerk: Clerk, *, is_full: bool) -> None:
    """Let the files grow no more; or let them grow again."""
    desk: Any = clerk.conductor._desk

    def set_limit() -> None:
        care: Any = unveiled(desk.care)
        for file in (desk.station.database, care.database):
            pages = file.conn.execute("PRAGMA page_count").fetchone()[0] if is_full else 1_000_000
            file.conn.execute(f"PRAGMA max_page_count = {pages}")

    clerk.conductor.background.run_and_wait(set_limit)


def paste(clerk: Clerk, question: str, text: str) -> None:
    """Paste into a field."""
    QApplication.clipboard().setText(text)
    clerk.reach(clerk.find(question))
    clerk.key(Key.Key_V, Mod.ControlModifier)


def test_the_text_stays_and_is_saved_when_there_is_room_again(
    clerk: Clerk, staff: Staff, printer: Paper
) -> None:
    clerk.sign_in(staff["mhale"])
    walk_in.begin(clerk)
    clerk.choose("Is anyone very sick or in danger right now?", "No")
    clerk.press("Continue")
    clerk.press("No arrest for asking for help")
    clerk.press("Continue")
    clerk.tick("What do you want today?", "Detox (getting through withdrawal safely)")
    limit(clerk, is_full=True)
    paste(clerk, "In your own words", LONG)
    clerk.until_reads(NOT_SAVED)
    assert LONG[:40] in " ".join(clerk.page())
    limit(clerk, is_full=False)
    clerk.press("Continue")
    clerk.until(lambda: clerk.state().startswith("Saved on this computer"))
    walk_in.give_name(clerk)
    clerk.press("Save and close")
    assert clerk.reads("A walk-in by M. Hale is unfinished")
    clerk.press("Continue")
    clerk.press("Back")
    clerk.press("Back")
    assert LONG[:40] in " ".join(clerk.page())


def test_papers_print_and_finish_can_be_pressed_again(
    clerk: Clerk, staff: Staff, printer: Paper
) -> None:
    clerk.sign_in(staff["mhale"])
    walk_in.take(clerk)
    clerk.press("Print")
    limit(clerk, is_full=True)
    clerk.press("Print")
    assert len(printer.sheets) == 4
    clerk.press("Finish")
    assert clerk.reads(DiskFull.sentence())
    assert not clerk.reads("The intake is saved")
    limit(clerk, is_full=False)
    clerk.press("Finish")
    assert walk_in.receipt_number(clerk) == "PH-26-A00021-Q"
