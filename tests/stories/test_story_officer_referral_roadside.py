"""At the roadside, without a network: an officer offers help, hands in, and sees no more of it."""

import walk_in
from clerk import Clerk, Key
from department import OpenWindow, Staff

from intake_app.ui.form.ask_card import AskCard

FIRST, LAST = "Marlow", "Quillfeather"


def refer(clerk: Clerk) -> str:
    """From home to the page after Finish; returns the receipt number."""
    clerk.key(Key.Key_F10)
    clerk.until_reads("What kind of call was it?")
    clerk.choose("What kind of call was it?", "Welfare check")
    clerk.choose("What led you to offer help?", "The person asked for help")
    clerk.choose("Does the person want to talk?", "Yes")
    clerk.press("Continue")
    clerk.choose("Is anyone very sick or in danger right now?", "No")
    clerk.press("Continue")
    clerk.press("Help, and only that")
    clerk.press("Continue")
    clerk.write("First name", FIRST)
    clerk.write("Last name", LAST)
    clerk.choose("May we contact you later?", "Yes, in a safe way")
    clerk.tick("Which ways are safe?", "Phone call")
    clerk.write("Safe phone number", walk_in.PHONE)
    clerk.press("Continue")
    clerk.choose("What do you decide today?", "Wants help now")
    clerk.tick("Done together", "Program explained in plain words", "Said that it is a free choice")
    clerk.press("Continue")
    clerk.choose("What did the person get?", "The program will call the person")
    clerk.press("Continue")
    clerk.until_reads("Review and print")
    clerk.press("Finish")
    clerk.until_reads("Handed in. A coordinator takes it in.")
    assert not clerk.sees("Open this intake")
    return next(text for text in clerk.page() if text.startswith("PH-26-"))


def test_an_officer_hands_in_and_a_coordinator_takes_it_on(
    open_window: OpenWindow, staff: Staff
) -> None:
    reyes = open_window()
    reyes.sign_in(staff["dreyes"])
    number = refer(reyes)
    reyes.press("Home")
    assert reyes.reads(number)  # the own copy, for the shift
    assert not reyes.reads(LAST)
    reyes.write("Find", LAST)
    reyes.settle()
    assert not any(number in name for name in reyes.names() if LAST in name)
    reyes.press("Cases")
    reyes.settle()
    assert not reyes.reads(number)
    reyes.conductor.window.close()
    lowe = open_window()
    lowe.sign_in(staff["jlowe"])
    lowe.write("Find", number)
    lowe.until(lambda: any(number in name for name in lowe.names()))
    lowe.press(next(name for name in lowe.names() if number in name))
    lowe.until_reads(f"Intake {number}")
    lowe.open_tab("Progress")
    lowe.until_reads("Where it stands")
    assert lowe.reads("Wants help")
    lowe.press("Plan under way")
    lowe.press("Plan under way", next(lowe.seen(AskCard)))
    lowe.until_reads("Saved.")
    lowe.press("People")
    lowe.choose("Way in", "Officer referral")
    lowe.settle()
    assert lowe.reads("1 intake")
    lowe.conductor.window.close()
    again = open_window()
    again.sign_in(staff["dreyes"])
    assert not again.reads(number)  # taken in: the copy is gone, and nothing took its place
