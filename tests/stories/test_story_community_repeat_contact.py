"""A team meets somebody again: a new intake of the same person, never an edit."""

import walk_in
from clerk import Clerk, Key
from department import Staff


def answer_the_call(clerk: Clerk) -> str:
    """From home to the page after Finish; returns the receipt number."""
    clerk.key(Key.Key_F11)
    clerk.until_reads("Who sent the team?")
    clerk.choose("Who sent the team?", "911 call")
    clerk.choose("How urgent was it?", "Soon")
    clerk.choose("Did a team meet this person before?", "Yes")
    clerk.press("Continue")
    clerk.choose("Is anyone very sick or in danger right now?", "No")
    clerk.press("Continue")
    clerk.choose("How did it end?", "Conflict mediated")
    clerk.choose("Does the person want more help?", "Yes")
    clerk.press("Continue")
    clerk.press("Help, and only that")
    clerk.press("Continue")
    clerk.tick("What do you want today?", "A place to sleep")
    clerk.press("Continue")
    clerk.write("First name", walk_in.FIRST)
    clerk.write("Last name", walk_in.LAST)
    same = "Same person: "
    clerk.until(lambda: any(name.startswith(same) for name in clerk.names()))
    clerk.press(next(name for name in clerk.names() if name.startswith(same)))
    clerk.until(lambda: not any(name.startswith(same) for name in clerk.names()))
    clerk.press("Continue")
    clerk.choose("What do you decide today?", "Wants to think")
    clerk.tick("Done together", "Program explained in plain words", "Said that it is a free choice")
    clerk.press("Continue")
    clerk.until_reads("Review and print")
    clerk.press("Finish")
    return walk_in.receipt_number(clerk)


def test_a_new_contact_is_a_new_intake_of_the_same_person(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    walk_in.take(clerk)
    clerk.press("Finish")
    first = walk_in.receipt_number(clerk)
    clerk.press("Home")
    second = answer_the_call(clerk)
    assert second != first
    clerk.press("Open this intake")
    clerk.until_reads(f"Intake {second}")
    assert not clerk.reads("Is there a place?")  # what the walk-in said is not copied over
    clerk.open_tab("Person")
    clerk.until_reads(first)  # both stand side by side
    clerk.press("People")
    clerk.choose("Way in", "Community response")
    clerk.settle()
    assert clerk.reads("1 intake")
