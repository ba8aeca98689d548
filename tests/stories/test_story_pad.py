"""A pad is checked out and printed; a citation written at the roadside is keyed in at the desk."""

import case_story
import citation
from clerk import Clerk, Key
from department import Department, OpenWindow, Paper, Staff

from intake_app.domain.clock import FixedClock

MOST_ACTIONS = 15


def scan_at_home(clerk: Clerk, number: str) -> None:
    """Into Find, which has the cursor."""
    clerk.write("Find", number)
    clerk.key(Key.Key_Return)
    clerk.until_reads(f"Citation {number}")
    clerk.settle()


def make_pad(clerk: Clerk, count: str) -> str:
    """Print a pad; returns its first number."""
    clerk.press("Pads")
    clerk.write("How many", count)
    clerk.press("Make and print")
    clerk.until_reads("printed 1 time")
    clerk.settle()
    told = next(text for text in clerk.page() if text.startswith("The numbers are reserved: "))
    return told.removeprefix("The numbers are reserved: ").split(" to ")[0]


def scan(clerk: Clerk, number: str) -> None:
    """From home: a scanner types the number and presses Enter by itself."""
    clerk.press("Pads")
    clerk.write("Number on the citation", number)
    clerk.key(Key.Key_Return)
    clerk.until_reads(f"Citation {number}")
    clerk.settle()


def key_in(clerk: Clerk, report_by: str, offense: str = citation.OFFENSE) -> None:
    """What stands on the paper."""
    clerk.write("Handed over at", "11/23/2026 9:05 AM")
    clerk.write("Report by, as written by hand", report_by)
    clerk.write("Last name", citation.LAST)
    clerk.write("First name", citation.FIRST)
    clerk.write("Date of birth", "4/17/1991")
    clerk.write("Case or incident number", "26-118804")
    clerk.write("Date and time of the offense", "11/23/2026 8:10 AM")
    clerk.write("Where it happened", "Mill yard, 3 Mill Street")
    clerk.choose("Offense", offense)
    clerk.choose("Injury, weapon, domestic violence, or a minor victim?", "No")
    clerk.choose("Is there a victim?", "No")


def test_a_pad_is_checked_out_and_a_citation_of_it_keyed_in_with_15_actions(
    open_window: OpenWindow, staff: Staff, printer: Paper, department: Department,
    clock: FixedClock,
) -> None:  # fmt: skip
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    number = make_pad(clerk, "3")
    assert len(printer.sheets) == 1
    clerk.press("Home")

    before = clerk.actions
    scan(clerk, number)
    key_in(clerk, "12/2/2026 12:00 PM")
    clerk.until_reads("The paper binds.")  # before it is kept
    clerk.press("Keep the case")
    clerk.until_reads("The citation is issued")
    assert clerk.actions - before <= MOST_ACTIONS
    clerk.settle()
    assert citation.citation_number(clerk) == number
    assert clerk.reads("The paper binds.")  # and after
    assert len(printer.sheets) == 1  # nothing was printed anew

    clerk.press("Home")
    clerk.press("Pads")
    clerk.write("Number on the citation", number)
    clerk.key(Key.Key_Return)
    clerk.until_reads("This number was used already.")
    assert clerk.reads("2 not used, 1 keyed in, 0 void")
    clerk.conductor.window.close()

    case = case_story.kept_case(department, clock, number)
    assert case.intake.answers["transcribed"] == "yes"
    assert case.clock.report_by is not None
    assert case.clock.report_by.moment.isoformat().startswith("2026-12-02T12:00")


def test_a_citation_that_was_begun_goes_on_where_it_stopped(
    open_window: OpenWindow, staff: Staff, printer: Paper
) -> None:
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    number = make_pad(clerk, "1")
    scan(clerk, number)
    clerk.write("Handed over at", "11/23/2026 9:05 AM")
    clerk.write("Last name", citation.LAST)
    clerk.press("Save and close")
    clerk.until_sees("Officer intervention")
    scan(clerk, number)
    assert getattr(clerk.find("Last name"), "text", str)() == citation.LAST
    assert getattr(clerk.find("Handed over at"), "text", str)() == "11/23/2026 9:05 AM"


def test_a_program_that_asks_for_more_takes_15_too_when_scanned_at_home(
    open_window: OpenWindow, staff: Staff, printer: Paper, department: Department,
    clock: FixedClock,
) -> None:  # fmt: skip
    """The paper proves neither record check nor admission; scanning at home makes up for one."""
    case_story.offer_programs(department, clock, "pembroke_pines")
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    number = make_pad(clerk, "1")
    clerk.press("Home")
    before = clerk.actions
    scan_at_home(clerk, number)
    key_in(clerk, "11/30/2026 4:00 PM", case_story.TRESPASS_FL)
    clerk.choose("First time? Record check", "Meets the criteria")
    clerk.choose("What the person says about it", "Does not contest it")
    clerk.press("Keep the case")
    clerk.until_reads("The citation is issued")
    assert clerk.actions - before <= MOST_ACTIONS
    clerk.settle()
    assert citation.citation_number(clerk) == number
    clerk.press("Home")
    case_story.open_case(clerk, number)  # the same scan finds the case from now on


def test_a_name_in_find_is_no_number_of_a_pad(open_window: OpenWindow, staff: Staff) -> None:
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    clerk.write("Find", "Nobody Atall")
    clerk.key(Key.Key_Return)
    clerk.until_reads("Nobody was found. Try fewer letters.")
    clerk.settle()
    assert not clerk.reads("is on no pad")
    assert clerk.sees("Officer intervention")
