"""Somebody comes to the desk and asks for help: from the lock screen to a letter in the hand.

At most 40 things to do for the clerk, at most 12 answers that the form insists on.
"""

from pathlib import Path

import pypdfium2 as pdfium
from clerk import Clerk
from conftest import Paper, Staff

MOST_ACTIONS = 40
MOST_ANSWERS = 12


def take_walk_in(clerk: Clerk) -> None:
    """The short path, up to the review."""
    clerk.press("Walk-in self-referral")
    clerk.choose("Who is this for?", "For myself")
    clerk.press("Continue")
    clerk.choose("Is anyone very sick or in danger right now?", "No")
    clerk.press("Continue")
    clerk.press("No arrest for asking for help")
    clerk.press("Continue")
    clerk.tick("What do you want today?", "Detox (getting through withdrawal safely)")
    clerk.press("Continue")
    clerk.write("First name", "Terry")
    clerk.write("Last name", "Quickwater")
    clerk.choose("May we contact you later?", "Yes, in a safe way")
    clerk.tick("Which ways are safe?", "Phone call")
    clerk.write("Safe phone number", "304 555 0142")
    clerk.press("Continue")
    clerk.choose("Is there a place?", "Yes, today")
    clerk.press("Continue")
    clerk.choose("What do you decide today?", "Wants help now")
    clerk.tick("Done together", "Program explained in plain words", "Said that it is a free choice")
    clerk.write("Provider", "New River Recovery Center")
    clerk.write("First visit", "tomorrow 10:30")
    clerk.press("Continue")


def test_a_whole_walk_in_ends_with_a_printed_letter(
    clerk: Clerk, staff: Staff, printer: Paper
) -> None:
    clerk.sign_in(staff["mhale"])
    take_walk_in(clerk)
    clerk.picture(Path("/tmp/st/review.png"))
    clerk.press("Finish")
    clerk.picture(Path("/tmp/st/finished.png"))
    clerk.press("Print")
    print(clerk.actions, clerk.page())
