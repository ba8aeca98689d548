"""A supervisor decides by phone at 02:14; at their next sign-in it waits, and they confirm it."""

import case_story
import citation
from department import Department, OpenWindow, Staff

from intake_app.domain.clock import FixedClock

REASON = "Pocket knife, never shown"


def test_a_word_by_phone_waits_for_the_supervisor_who_confirms_it(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock
) -> None:
    officer = open_window()
    officer.sign_in(staff["dreyes"])
    citation.take_with_weapon(officer)
    officer.press("Override …")
    officer.choose("Who decided?", "By phone: T. Okafor")
    officer.write("Reason", REASON)
    officer.write("Time of the call, if not now", "02:14")
    officer.say("Override")
    officer.until_reads("Set aside by a decision.")
    number = case_story.issue(officer)
    officer.conductor.window.close()

    okafor = open_window()
    okafor.sign_in(staff["tokafor"])
    assert okafor.reads("Somebody noted that you decided by phone, or that the prosecutor did.")
    okafor.press("Look at them")
    okafor.until_sees(f"Confirm: {number}")
    for told in ("by T. Okafor, by phone, Mon, Nov 23, 2:14 AM", "Noted by D. Reyes.", REASON):
        assert okafor.reads(told), told
    assert not okafor.reads(citation.LAST)
    okafor.write(f"Note: {number}", "That was me")
    okafor.press(f"Confirm: {number}")
    okafor.until_reads("Nothing waits for you.")
    okafor.conductor.window.close()

    case = case_story.kept_case(department, clock, number)
    kinds = [(one.kind, one.fields.get("mode")) for one in case.notes]
    assert ("override", "phone") in kinds
    assert [kind for kind, _ in kinds if kind == "override.confirmed"]
    again = open_window()
    again.sign_in(staff["tokafor"])
    assert not again.sees("Look at them")
