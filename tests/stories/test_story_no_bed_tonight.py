"""No bed tonight: a bridge plan; tomorrow's call finds one; the provider closes the loop.

A walk-in at the desk, by the keys of the real window. What counts as a closed loop is the word of
the provider, keyed from its reply slip.
"""

from datetime import timedelta

import walk_in
from clerk import Clerk, Key
from department import Staff

from intake_app.domain.clock import FixedClock

FREE = "Hollow Creek Recovery Center"


def take_without_a_bed(clerk: Clerk) -> str:
    """The first night: there is no bed, and it is agreed where the person sleeps.

    Returns the receipt number.
    """
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)
    walk_in.give_name(clerk)
    clerk.choose("Is there a place?", "Not yet")
    clerk.press("Continue")
    clerk.choose("Where will you sleep tonight?", "Shelter")
    clerk.write("Plan until then", "Cot at the church hall, we call at eight")
    clerk.press("Continue")
    clerk.choose("What do you decide today?", "Wants help now")
    clerk.tick("Done together", "Program explained in plain words", "Said that it is a free choice")
    clerk.write("Provider", FREE)
    clerk.press("Continue")
    clerk.press("Finish")
    number = walk_in.receipt_number(clerk)
    clerk.press("Open this intake")
    return number


def note(clerk: Clerk, act: str, **chosen: str) -> None:
    """Press an act of the referral, choose, and keep it."""
    clerk.press(act)
    for question, answer in chosen.items():
        clerk.choose(QUESTIONS[question], answer)
    clerk.press(act)
    clerk.until_reads("Saved.")


QUESTIONS = {"word": "On whose word?", "reason": "Reason"}


def call_for_a_bed(clerk: Clerk, answer: str, bed: str) -> None:
    """Call the provider, and note what they said."""
    clerk.press("Note a call for a bed…")
    clerk.write("Provider called", FREE)
    clerk.write("Whom did you speak with?", "Dana at the front desk")
    clerk.choose("What did they say?", answer)
    clerk.choose("Is there a bed?", bed)
    clerk.press("Note the call")
    clerk.until_reads("The call is noted.")


def test_no_bed_tonight_a_bed_tomorrow_and_the_provider_closes_the_loop(
    clerk: Clerk, staff: Staff, clock: FixedClock
) -> None:
    clerk.sign_in(staff["mhale"])
    number = take_without_a_bed(clerk)
    clerk.open_tab("Referrals")
    assert clerk.reads("Plan without a bed")
    assert clerk.reads("Cot at the church hall, we call at eight")
    assert clerk.reads("0 referrals · 0 closed loops")
    call_for_a_bed(clerk, "Full", "No")

    clock.at += timedelta(hours=17)  # the next morning
    call_for_a_bed(clerk, "Accepted", "Yes")
    assert clerk.reads("Accepted · A bed")
    assert clerk.reads("Full · No bed")
    clerk.press("Make this referral…")
    clerk.press("Make the referral")
    clerk.until_reads("Saved.")
    note(clerk, "We asked the provider")
    note(clerk, "Provider said yes", word="The provider")
    assert clerk.reads("A provider has said yes since")

    clock.at += timedelta(hours=3)
    note(clerk, "Came to the visit", word="The person")
    assert clerk.reads("1 referral · 0 closed loops")  # the person's word closes nothing

    clerk.press("Providers")
    clerk.press("Reply slips…")
    clerk.until_sees("Came (C)")
    clerk.reach(clerk.find("Reply slips"))
    clerk.key("c")
    clerk.press("Came")
    clerk.press("Save slips")
    clerk.until_reads("1 slip is saved.")
    clerk.until(lambda: not clerk.sees("Came (C)"))  # nobody owes a word any more

    clerk.press("Home")
    clerk.write("Find", number)
    clerk.key(Key.Key_Return)
    clerk.until_reads(f"Intake {number}")
    clerk.open_tab("Referrals")
    assert clerk.reads("1 referral · 1 closed loop")
    assert clerk.reads("Closed loop: the provider confirmed")
