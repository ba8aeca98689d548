"""Reception and officers take walk-ins that they cannot read; a coordinator takes them in."""

from pathlib import Path

import pytest
import walk_in
from clerk import Clerk
from department import OpenWindow, Paper, Staff

from intake_app.domain.clock import FixedClock

NOTE = "Their sister brings the medicine at six."


def hand_in(clerk: Clerk) -> str:
    """A walk-in up to the page after Finish; returns the receipt number."""
    walk_in.take(clerk)
    clerk.press("Finish")
    clerk.until_reads("Handed in. A coordinator takes it in.")
    assert not clerk.sees("Open this intake")
    return next(text for text in clerk.page() if text.startswith("PH-26-"))


def test_reception_hands_in_prints_again_and_adds_a_note(
    clerk: Clerk, staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.sign_in(staff["lbrandt"])
    assert not clerk.sees("People")
    assert not clerk.sees("Find")
    number = hand_in(clerk)
    clerk.press("Home")
    assert clerk.reads(number)
    assert walk_in.LAST not in "\n".join(clerk.page())
    clerk.press("Reprint")
    clerk.until_reads(f"Handed in: {number}")
    assert clerk.reads("10:30 AM")  # what one is asked on the phone an hour later
    assert clerk.reads(walk_in.PROVIDER)
    clerk.press("Home")
    clerk.press("Add a note")
    clerk.until_reads(f"Handed in: {number}")
    clerk.press("Hand in this note")
    assert clerk.reads("Write the note first.")
    clerk.write("Note", NOTE)
    clerk.press("Hand in this note")
    clerk.until_reads("The note is handed in.")


def test_a_paper_that_was_handed_in_is_printed_once_more(
    clerk: Clerk, staff: Staff, printer: Paper
) -> None:
    clerk.sign_in(staff["lbrandt"])
    walk_in.take(clerk)
    clerk.press("Print")
    clerk.press("Finish")
    clerk.until_reads("Handed in. A coordinator takes it in.")
    clerk.press("Home")
    clerk.press("Reprint")
    clerk.until_sees("Print")
    before = len(printer.sheets)
    clerk.press("Print")
    assert len(printer.sheets) == before + 1
    first, *_, last = printer.sheets
    assert walk_in.words_of(first.read_bytes()) == walk_in.words_of(last.read_bytes())


def test_a_coordinator_finds_it_taken_in(open_window: OpenWindow, staff: Staff) -> None:
    clerk = open_window()
    clerk.sign_in(staff["lbrandt"])
    number = hand_in(clerk)
    clerk.press("Home")
    clerk.press("Add a note")
    clerk.until_sees("Note")
    clerk.write("Note", NOTE)
    clerk.press("Hand in this note")
    clerk.until_reads("The note is handed in.")
    clerk.conductor.window.close()
    lowe = open_window()
    lowe.sign_in(staff["jlowe"])  # who holds the key takes in by signing in
    lowe.write("Find", number)
    lowe.until(lambda: any(n.endswith(number) or number in n for n in lowe.names()))
    lowe.press(next(n for n in lowe.names() if number in n))
    lowe.until_reads(f"Intake {number}")
    lowe.press("Show names")
    lowe.until_reads(NOTE)
    assert lowe.reads(walk_in.LAST)
    assert lowe.reads("L. Brandt")
    lowe.conductor.window.close()
    again = open_window()
    again.sign_in(staff["lbrandt"])
    assert not again.reads(number)


def test_an_officer_hands_in_and_forgets_after_the_shift(
    open_window: OpenWindow, staff: Staff, clock: FixedClock
) -> None:
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    number = hand_in(clerk)
    clerk.press("Home")
    assert clerk.reads(number)
    clerk.conductor.window.close()
    clock.at = clock.at.replace(hour=3, day=clock.at.day + 1)
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    assert not clerk.reads(number)
    clerk.conductor.window.close()
    lowe = open_window()
    lowe.sign_in(staff["jlowe"])
    lowe.write("Find", number)
    lowe.until(lambda: any(number in n for n in lowe.names()))
