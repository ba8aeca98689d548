"""A minor whose guardian cannot be reached: each try is kept, and the program says what to do."""

import case_story
import citation
import pytest
from clerk import Clerk
from department import Department, OpenWindow, Staff

from intake_app.domain.clock import FixedClock

ASK_FIRST = "Please note: no parent or guardian was reached."


@pytest.fixture
def on_review(open_window: OpenWindow, staff: Staff) -> Clerk:
    """Two tries without an answer stand in the form."""
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    clerk.press("Officer intervention")
    clerk.write("Last name", citation.LAST)
    clerk.write("First name", citation.FIRST)
    clerk.write("Date of birth", "4/17/2010")
    clerk.press("Continue")
    citation.tell_incident(clerk)
    citation.nobody_hurt(clerk)
    clerk.write("Name of the parent or guardian", "Ada Quillfeather")
    for n, (at, how) in enumerate((("8:20 AM", "By phone"), ("8:55 AM", "At the door")), start=1):
        clerk.press("Add row")
        row = case_story.row(clerk, n)
        clerk.write("Tried at", f"11/23/2026 {at}", row)
        clerk.choose("How it was tried", how, row)
        clerk.choose("What came of it", "No answer", row)
    clerk.press("Continue")
    citation.give_cause(clerk)
    citation.decide(clerk)
    clerk.settle()
    return clerk


def test_the_program_says_to_ask_and_it_ends_as_not_offered(
    on_review: Clerk, department: Department, clock: FixedClock
) -> None:
    clerk = on_review
    assert clerk.reads(ASK_FIRST)
    clerk.say("Not offered")
    clerk.settle()
    clerk.choose("Reason", "Guardian could not be reached")
    clerk.press("Not offered", clerk.find("Cancel").parentWidget())
    clerk.until_sees("Officer intervention")
    clerk.settle()
    clerk.conductor.window.close()
    (entry,) = case_story.kept_offers(department, clock)
    assert entry.reason == "guardian_unreachable"


def test_where_it_is_issued_all_the_same_each_try_is_kept(
    on_review: Clerk, department: Department, clock: FixedClock
) -> None:
    clerk = on_review
    assert clerk.reads(ASK_FIRST)
    number = case_story.issue(clerk)
    clerk.conductor.window.close()
    case = case_story.kept_case(department, clock, number)
    tries = [(one["try_how"], one["try_answer"]) for one in case.intake.answers["guardian_tries"]]
    assert tries == [("phone", "no_answer"), ("visit", "no_answer")]
