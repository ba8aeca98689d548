"""Somebody comes to the desk and asks for help: from the lock screen to a letter in the hand.

At most 40 things to do for the clerk, and at most 12 answers that the form insists on. Then the
same by keyboard alone: Tab, Space and arrows, with the cursor in sight wherever it goes.
"""

from itertools import pairwise
from pathlib import Path

import pytest
import walk_in
from clerk import Clerk, name_of
from department import OpenWindow, Paper, Staff
from pypdfium2 import PdfDocument

MOST_ACTIONS = 40
MOST_ANSWERS = 12
REQUIRED = {
    "who_for", "safety_now", "no_arrest", "wants", "may_contact", "contact_ways", "phone", "placed",
    "decision", "explained",
}  # fmt: skip


def test_a_whole_walk_in_ends_with_a_printed_letter(
    clerk: Clerk, staff: Staff, printer: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.sign_in(staff["mhale"])
    walk_in.take(clerk)
    assert clerk.sees(walk_in.title_of("referral_letter_participant"))
    clerk.press("Print")
    clerk.press("Finish")
    number = walk_in.receipt_number(clerk)
    in_print_dialogs = len(printer.sheets)
    assert clerk.actions + in_print_dialogs <= MOST_ACTIONS
    assert len(REQUIRED) <= MOST_ANSWERS
    for owed in ("Thursday, November 26, 2026", "Monday, November 30, 2026"):
        assert clerk.reads(owed)
    letter, card = printer.sheets
    assert letter.name.endswith(f"{number}-1.pdf")
    assert card.name.endswith(f"{number}-2.pdf")
    assert len(PdfDocument(letter)) == 1
    monkeypatch.chdir(tmp_path)
    clerk.save_pdf()
    said = walk_in.words_of((tmp_path / f"{number}-1.pdf").read_bytes())
    for words in (walk_in.FIRST, walk_in.PROVIDER, "Tuesday, November 24, 2026", number, "SAMPLE"):
        assert words in said
    assert clerk.reads("2 copies printed or saved")


def test_the_form_insists_on_no_other_answers(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    walk_in.begin(clerk)
    clerk.press("Continue")
    assert clerk.reads("1 thing to fix before you continue")
    walk_in.pass_safety(clerk)
    clerk.choose("May we contact you later?", "No safe contact")
    clerk.press("Continue")
    clerk.choose("Is there a place?", "Not wanted today")
    clerk.press("Continue")
    clerk.choose("What do you decide today?", "Left before the end")
    clerk.press("Continue")
    clerk.press("Finish")
    assert walk_in.receipt_number(clerk)


def test_everything_goes_by_keyboard_alone(
    open_window: OpenWindow, staff: Staff, printer: Paper
) -> None:
    clerk = open_window(by_tab=True)
    clerk.sign_in(staff["mhale"])
    walk_in.take(clerk)
    clerk.press("Print")
    clerk.press("Finish")
    assert walk_in.receipt_number(clerk)
    assert len(printer.sheets) == 2


def test_tab_goes_down_the_page(open_window: OpenWindow, staff: Staff) -> None:
    clerk = open_window(by_tab=True)
    clerk.sign_in(staff["mhale"])
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)
    clerk.choose("May we contact you later?", "Yes, in a safe way")
    clerk.tick("Which ways are safe?", "Phone call")
    clerk.reach(clerk.find("What should we call you?"))
    clerk.passed.clear()
    clerk.reach(clerk.find("The coordinator asks later"))
    names = [name_of(widget) for widget in clerk.passed]
    assert names[:2] == ["First name", "Last name"]
    heights = [clerk.height_of(widget) for widget in clerk.passed]
    assert all(above <= below for above, below in pairwise(heights)), names
