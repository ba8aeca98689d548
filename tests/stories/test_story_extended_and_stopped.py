"""A coordinator gives more time and stops the clock; the page says how each day was counted."""

from datetime import timedelta

import case_story
import citation
from clerk import Clerk
from department import Department, OpenWindow, Staff

from intake_app.domain.case_status import CaseStatus
from intake_app.domain.clock import FixedClock


def at_the_case(open_window: OpenWindow, staff: Staff, number: str) -> Clerk:
    """A coordinator looks at the case."""
    clerk = open_window()
    clerk.sign_in(staff["jlowe"])
    clerk.press("Cases")
    clerk.write("Find", number)
    clerk.until(lambda: any(number in said for said in clerk.page()))
    case_story.open_listed(clerk, number)
    return clerk


def test_a_case_is_extended_and_tolled_and_explained_day_by_day(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock
) -> None:
    officer = open_window()
    officer.sign_in(staff["dreyes"])
    citation.take(officer)
    number = case_story.issue(officer)
    officer.conductor.window.close()

    clock.at += timedelta(days=1)
    clerk = at_the_case(open_window, staff, number)
    case_story.act(clerk, "Did report")
    assert clerk.reads("Sunday, February 21, 2027")
    case_story.act(clerk, "Extend", Reason="Health")
    assert clerk.reads("Tuesday, March 23, 2027")
    clock.at += timedelta(days=1)
    case_story.act(clerk, "Stop the clock", Reason="In the hospital")
    assert clerk.reads("The clock stands still. Nothing is due.")
    clerk.conductor.window.close()

    clock.at += timedelta(days=5)
    clerk = at_the_case(open_window, staff, number)
    case_story.act(clerk, "Start the clock")
    assert clerk.reads("Sunday, March 28, 2027")
    clerk.press("How is this counted?")
    for line in (
        "Monday, November 23, 2026: the day of the paper does not count.",
        "Tuesday, November 24, 2026: day 1.",
        "Thursday, November 26, 2026: Thanksgiving Day, not counted.",
        "Saturday, November 28, 2026: weekend, not counted.",
        "90 days after the paper: Sunday, February 21, 2027.",
        "Extended by 30 days (Health): Tuesday, March 23, 2027.",
        "The clock stood still for 5 days (In the hospital): Sunday, March 28, 2027.",
    ):
        assert clerk.reads(line), line
    assert not clerk.sees("Extend")  # the program gives one
    assert clerk.reads("All extensions of this program are used.")
    clerk.conductor.window.close()
    case = case_story.kept_case(department, clock, number)
    assert case.status.status is CaseStatus.REPORTED
    assert case.clock.complete_by is not None
    assert case.clock.complete_by.isoformat() == "2027-03-28"
