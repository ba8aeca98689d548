"""Somebody comes again: the form asks whether it is the same person, and a clerk decides."""

import case_story
import pytest
import walk_in
from clerk import Clerk, Key
from department import Department, OpenWindow, Staff

from intake_app.domain.clock import FixedClock
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.ui.form.same_person import SamePersonStrip

STRIP = "Maybe the same person"


def taken_before(clerk: Clerk) -> str:
    """Terrance Quickwater was here with a phone number; returns the receipt number."""
    walk_in.take(clerk)
    clerk.press("Finish")
    number = walk_in.receipt_number(clerk)
    clerk.press("Home")
    return number


def at_the_name(clerk: Clerk) -> None:
    """Where the next intake asks for the name."""
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)


def write_name(clerk: Clerk, first: str, last: str) -> None:
    clerk.write("First name", first)
    clerk.write("Last name", last)


def same_button(clerk: Clerk) -> str:
    return next(name for name in clerk.names() if name.startswith("Same person: "))


def test_the_same_person_is_suggested_chosen_and_belongs_together(
    clerk: Clerk, staff: Staff
) -> None:
    clerk.sign_in(staff["mhale"])
    number = taken_before(clerk)
    at_the_name(clerk)
    write_name(clerk, "Terry", "Quikwater")  # a nickname, and a letter too few
    clerk.until_reads(STRIP)
    assert clerk.reads("short form of the name")
    assert clerk.reads(number)
    assert not clerk.reads("Quickwater")  # names are hidden here too
    clerk.press("Show names")
    assert clerk.reads("Quickwater, Terrance")
    clerk.press(same_button(clerk))
    assert clerk.reads("Filled in from the earlier intake")
    first, phone = clerk.find("First name"), clerk.find("Safe phone number")
    assert (first.property("text"), clerk.find("Last name").property("text")) == (
        "Terry", "Quikwater")  # fmt: skip
    assert phone.property("text") == "(304) 555-0142"
    clerk.press("Continue")
    assert not clerk.reads("Filled in from the earlier intake")
    walk_in.decide(clerk)
    clerk.press("Finish")
    clerk.press("Open this intake")
    clerk.open_tab("Person")
    assert clerk.reads("All intakes of this person")
    assert clerk.reads(number)
    clerk.press(next(name for name in clerk.names() if number in name))
    assert clerk.reads(f"Intake {number}")


def test_someone_else_is_asked_once(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    taken_before(clerk)
    at_the_name(clerk)
    write_name(clerk, walk_in.FIRST, walk_in.LAST)
    clerk.until_reads(STRIP)
    clerk.press("Someone else")
    assert not clerk.reads(STRIP)
    clerk.write("Last name", "Quickwaters")
    clerk.press("Save and close")
    clerk.until_reads("A walk-in by M. Hale is unfinished")
    clerk.press("Continue")
    clerk.until_sees("Last name")
    clerk.settle()
    assert not clerk.reads(STRIP)


@pytest.mark.parametrize(("user", "is_told"), [("lbrandt", False), ("mhale", True)])
def test_who_holds_no_key_is_never_told(
    open_window: OpenWindow, department: Department, clock: FixedClock, user: str, *, is_told: bool
) -> None:
    """Reception takes walk-ins, and knows of nobody; the front desk does."""
    with case_story.desk_of(department, clock, "mhale") as desk:
        rows = people_rows(desk, people_order(desk))
    last, _, first = next(row.name for row in rows if ", " in row.name).partition(", ")
    clerk = open_window()
    clerk.sign_in(department.staff[user])
    at_the_name(clerk)
    write_name(clerk, first, last)
    assert (clerk.top.findChild(SamePersonStrip) is not None) is is_told
    if is_told:
        clerk.until_reads(STRIP)
    else:  # there is nothing that could ask, or take its time
        assert not clerk.reads(STRIP)


def test_two_entries_are_merged_and_taken_apart_again_by_keys(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["jlowe"])
    number = taken_before(clerk)
    at_the_name(clerk)
    write_name(clerk, "Terry", walk_in.LAST)
    clerk.until_reads(STRIP)
    clerk.press("Someone else")  # nobody was sure then
    clerk.choose("May we contact you later?", "No safe contact")
    clerk.press("Continue")
    walk_in.decide(clerk)
    clerk.press("Finish")
    clerk.press("Open this intake")
    clerk.open_tab("Person")
    clerk.press(next(name for name in clerk.names() if name.startswith("Compare: ")))
    clerk.press("Show names")
    clerk.choose("First name", walk_in.FIRST)
    clerk.press("Make one person")
    assert clerk.reads("Please say why, in a few words.")
    clerk.write("How do you know?", "Same face, same card")
    clerk.key(Key.Key_Tab)
    clerk.press("Make one person")
    assert clerk.reads("Saved.")
    assert clerk.reads(f"Took in {number}")
    clerk.open_tab("Intake")
    assert clerk.reads(walk_in.FIRST)
    clerk.open_tab("Person")
    clerk.press(f"Take back: Took in {number}")
    clerk.write("Reason", "It was the brother")
    clerk.press("Make two persons of it again")
    clerk.settle()
    assert not clerk.reads(f"Took in {number}")
    assert clerk.reads(number)  # now again somebody who may be the same
