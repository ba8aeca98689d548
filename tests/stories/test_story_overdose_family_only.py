"""An overdose in the night; the visit finds the family only. The event goes to ODMAP nameless."""

import walk_in
from clerk import Clerk, Key
from department import OpenWindow, Paper, Staff
from PySide6.QtWidgets import QApplication

NAME, PLACE = "Ashgrove", "400 block of River Street"


def tell_of_the_event(clerk: Clerk) -> None:
    clerk.write("Date and time of the overdose", "11/23/2026 2:10 AM")
    clerk.write("Approximate place", PLACE)
    clerk.choose("Fatal or not?", "Not fatal: the person lived")
    clerk.choose("Was naloxone given?", "Yes")
    clerk.press("Continue")


def visit_the_family(clerk: Clerk, first_name: str) -> str:
    """From the step about the person to the page after Finish; returns the receipt number."""
    clerk.choose("What comes next?", "A visit was made")
    clerk.write("First name", first_name)
    clerk.write("Last name", NAME)
    clerk.press("Continue")
    clerk.choose("Who was met?", "Family only")
    clerk.press("Continue")
    clerk.tick("What would help you today?", "Naloxone kit and how to use it")
    clerk.choose("Family support offered", "Offered and wanted")
    clerk.press("Continue")
    clerk.until_reads("Review and print")
    clerk.press("Finish")
    return walk_in.receipt_number(clerk)


def test_the_family_counts_and_the_event_is_told_without_a_name(
    clerk: Clerk, staff: Staff, printer: Paper
) -> None:
    clerk.sign_in(staff["mhale"])
    clerk.key(Key.Key_F9)
    clerk.until_reads("Approximate place")
    tell_of_the_event(clerk)
    number = visit_the_family(clerk, "Devon")
    clerk.press("Open this intake")
    clerk.until_reads(f"Intake {number}")
    clerk.open_tab("Overdose")
    clerk.until_reads("Not reported to ODMAP yet")
    clerk.press("Copy for ODMAP")
    clerk.until_reads("Copied. Paste it into ODMAP.")
    copied = QApplication.clipboard().text()
    assert PLACE in copied
    assert "2:10" in copied
    assert NAME not in copied
    assert number not in copied
    clerk.press("Print for ODMAP")
    clerk.until(lambda: len(printer.sheets) == 1)
    clerk.press("Reported to ODMAP…")
    clerk.press("Reported to ODMAP")
    clerk.until_reads("Reported to ODMAP: ")
    assert "Lead" in clerk_status(clerk)


def test_a_second_person_of_the_event_is_asked_nothing_about_it_again(
    clerk: Clerk, staff: Staff
) -> None:
    clerk.sign_in(staff["mhale"])
    clerk.press("After an overdose")
    tell_of_the_event(clerk)
    first = visit_the_family(clerk, "Devon")
    clerk.press("Open this intake")
    clerk.until_reads(f"Intake {first}")
    clerk.open_tab("Overdose")
    clerk.until_sees("Another person of this event")
    clerk.press("Another person of this event")
    clerk.until_reads("The event is saved already. It is not asked again.")
    assert clerk.reads(PLACE)
    assert not clerk.sees("Approximate place")
    second = visit_the_family(clerk, "Robin")
    assert second != first
    clerk.press("Home")
    clerk.press("Overdoses")
    clerk.until_reads("2 people")
    assert not clerk.reads(NAME)


def test_nobody_met_is_an_event_and_nobody_in_the_list_of_people(
    clerk: Clerk, staff: Staff
) -> None:
    clerk.sign_in(staff["mhale"])
    clerk.press("After an overdose")
    tell_of_the_event(clerk)
    clerk.choose("What comes next?", "The event only: nobody to visit")
    clerk.press("Finish")
    clerk.until_reads("The event is saved")
    number = next(text for text in clerk.page() if text.startswith("PH-26-"))
    clerk.press("Home")
    assert not clerk.reads(number)
    clerk.press("Overdoses")
    clerk.until_reads("Nobody was met.")
    clerk.press(next(name for name in clerk.names() if number in name))
    clerk.until_reads(f"Overdose {number}")


def test_an_officer_adds_the_next_person_from_the_own_copy(
    open_window: OpenWindow, staff: Staff
) -> None:
    reyes = open_window()
    reyes.sign_in(staff["dreyes"])
    assert not reyes.sees("Overdoses")  # no list of events for who holds no key of care
    reyes.press("After an overdose")
    tell_of_the_event(reyes)
    reyes.choose("What comes next?", "The event only: nobody to visit")
    reyes.press("Finish")
    reyes.until_reads("Handed in. A coordinator takes it in.")
    reyes.press("Home")
    reyes.press("Add a note")
    reyes.until_sees("Another person of this event")
    reyes.press("Another person of this event")
    reyes.until_reads("The event is saved already. It is not asked again.")
    reyes.choose("What comes next?", "A visit was made")
    reyes.write("Last name", NAME)
    reyes.press("Continue")
    reyes.choose("Who was met?", "Nobody")
    reyes.press("Continue")
    reyes.until_reads("Review and print")
    reyes.press("Finish")
    reyes.until_reads("Handed in. A coordinator takes it in.")
    reyes.conductor.window.close()
    lowe = open_window()
    lowe.sign_in(staff["jlowe"])
    lowe.press("Overdoses")
    lowe.until_reads("1 person")


def clerk_status(clerk: Clerk) -> str:
    clerk.open_tab("Progress")
    clerk.until_reads("Where it stands")
    return "\n".join(clerk.page())
