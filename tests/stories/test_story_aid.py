"""Kits arrive, one is given, and the shelf says what is left and what it cost."""

import folder
from clerk import Clerk
from department import Paper, Staff


def receive(clerk: Clerk, lot: str, expires: str, count: str = "20") -> None:
    """Kits arrive."""
    clerk.press("Stock")
    clerk.press("Something arrived…")
    clerk.choose("What arrived", "Naloxone kit")
    clerk.write("How many", count)
    clerk.write("Lot number on the box", lot)
    clerk.write("Expires", expires)
    clerk.write("Cost of one", "45")
    clerk.press("Something arrived")
    clerk.until_reads("It is on the shelf.")


def test_a_kit_is_given_and_the_shelf_says_what_it_cost(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    receive(clerk, "A12", "6/30/2027")
    clerk.press("Home")
    folder.open_new(clerk)
    clerk.open_tab("Aid")
    clerk.press("Naloxone kit")
    clerk.press("Give: Naloxone kit")
    clerk.until_reads("Noted: Naloxone kit, 1.")
    assert clerk.reads("Naloxone kit: 1 · lot A12 · $45.00")
    clerk.press("Stock")
    clerk.settle()
    assert clerk.reads("November 2026: $45.00")


def test_what_is_left_behind_needs_no_name(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    receive(clerk, "A12", "6/30/2027")
    clerk.press("Given without a name…")
    clerk.write("How many", "3")
    clerk.choose("To whom", "Left behind at outreach")
    clerk.press("Given without a name: Naloxone kit · A12")
    clerk.until_reads("Noted.")
    assert clerk.reads("Naloxone kit: 3 · $135.00")


def test_more_than_the_books_say_is_told(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    receive(clerk, "A12", "6/30/2027", count="1")
    clerk.press("Home")
    folder.open_new(clerk)
    clerk.open_tab("Aid")
    clerk.press("Naloxone kit")
    clerk.write("How many (kit)", "3")
    clerk.press("Give: Naloxone kit")
    clerk.until_reads("The books now say -2 of this lot. Count the shelf.")


def test_the_shelf_is_counted_on_paper_and_keyed_in(
    clerk: Clerk, staff: Staff, printer: Paper
) -> None:
    clerk.sign_in(staff["mhale"])
    receive(clerk, "A12", "6/30/2027")
    clerk.press("Print count sheet")
    clerk.settle()
    assert len(printer.sheets) == 1
    clerk.press("Counted…")
    clerk.write("How many lie there", "18")
    clerk.press("Counted: Naloxone kit · A12")
    clerk.until_reads("The books were off by -2. They are right now.")


def test_a_wrong_number_is_said_and_what_was_typed_stays(clerk: Clerk, staff: Staff) -> None:
    """Negative control: more cannot be thrown away than there is."""
    clerk.sign_in(staff["mhale"])
    receive(clerk, "A12", "6/30/2027", count="2")
    clerk.press("Discarded…")
    clerk.write("How many", "3")
    clerk.choose("Reason", "Damaged")
    clerk.press("Discarded: Naloxone kit · A12")
    clerk.until_reads("This number cannot be right.")
    assert clerk.sees("Discarded: Naloxone kit · A12")
