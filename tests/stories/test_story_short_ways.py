"""The short ways: information only, nobody's name, and help for a relative."""

from pathlib import Path

import pytest
import walk_in
from clerk import Clerk
from department import Department, Paper, Staff

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.services.intakes.intakes import IntakeView, read_intake
from intake_app.services.intakes.people import today


def newest(department: Department, clock: FixedClock) -> IntakeView:
    """The record that was made last, as the files hold it."""
    gate = ProfileGate(department.folder, clock)
    who = department.staff["mhale"]
    desk = gate.unlock(who.user_name, who.passphrase)
    try:
        row = max(today(desk), key=lambda row: row.number)
        return read_intake(desk, row.record)
    finally:
        gate.lock()


def test_information_only_is_two_things_to_do(
    clerk: Clerk, staff: Staff, department: Department, clock: FixedClock
) -> None:
    clerk.sign_in(staff["mhale"])
    clerk.press("Walk-in self-referral")
    before = clerk.actions
    clerk.choose("Who is this for?", "Information only")
    clerk.press("Finish")
    assert clerk.actions - before == 2
    number = walk_in.receipt_number(clerk)
    assert clerk.reads("Nothing is owed.")
    clerk.conductor.window.close()
    kept = newest(department, clock)
    assert kept.number == number
    identity = {"first_name", "last_name", "preferred_name", "phone", "email", "date_of_birth"}
    assert not identity & kept.answers.keys()
    assert kept.answers["who_for"] == "information"


def test_nobody_needs_a_name_to_get_help(
    clerk: Clerk, staff: Staff, department: Department, clock: FixedClock, printer: Paper,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    clerk.sign_in(staff["mhale"])
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)
    clerk.choose("May we contact you later?", "No safe contact")
    clerk.press("Continue")
    walk_in.decide(clerk)
    clerk.press("Finish")
    assert walk_in.receipt_number(clerk)
    assert clerk.reads("Nothing is owed.")
    monkeypatch.chdir(tmp_path)
    clerk.save_pdf()
    letter = walk_in.words_of(next(tmp_path.glob("PH-*.pdf")).read_bytes())
    assert walk_in.PROVIDER in letter
    assert "{" not in letter
    clerk.press("Open this intake")
    clerk.press("Show names")
    clerk.press("Home")
    assert clerk.reads("No name given")
    clerk.conductor.window.close()
    assert not {"first_name", "last_name", "phone"} & newest(department, clock).answers.keys()


def test_help_for_a_relative_keeps_no_word_about_the_absent_person(
    clerk: Clerk, staff: Staff, department: Department, clock: FixedClock
) -> None:
    clerk.sign_in(staff["mhale"])
    walk_in.begin(clerk, "For someone else")
    clerk.tick("What would help you today?", "Naloxone kit and how to use it")
    clerk.choose("What are you to that person?", "Parent")
    clerk.choose("Should someone from care reach out to that person?", "Yes")
    clerk.write("What should we call that person?", "Absentia")
    clerk.choose("Should someone from care reach out to that person?", "No")
    assert not clerk.sees("What should we call that person?")
    clerk.press("Continue")
    clerk.choose("Is anyone very sick or in danger right now?", "No")
    clerk.press("Continue")
    walk_in.give_name(clerk)
    assert not clerk.reads("Absentia")
    clerk.press("Finish")
    walk_in.receipt_number(clerk)
    assert clerk.reads("Follow-up with the family member or friend")
    clerk.conductor.window.close()
    kept = newest(department, clock)
    assert "lead_name" not in kept.answers
    assert "Absentia" not in repr(kept.answers)
