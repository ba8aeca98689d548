"""What is due by the schedule is proposed in numbers; a hold stops it; it can be withdrawn."""

from datetime import timedelta

import case_story
import pytest
import walk_in
from clerk import Clerk
from department import OpenWindow, Paper, Staff

from intake_app.domain.clock import FixedClock

RULE = "Contact without a consent"


@pytest.fixture
def number(open_window: OpenWindow, staff: Staff, printer: Paper) -> str:
    """A walk-in without a consent, of long ago."""
    hale = open_window()
    hale.sign_in(staff["mhale"])
    walk_in.begin(hale)
    walk_in.pass_safety(hale)
    hale.write("First name", walk_in.FIRST)
    hale.write("Last name", walk_in.LAST)
    hale.choose("May we contact you later?", "No safe contact")
    hale.press("Continue")
    walk_in.decide(hale)
    hale.press("Print")
    hale.press("Finish")
    made = walk_in.receipt_number(hale)
    hale.conductor.window.close()
    return made


def records(open_window: OpenWindow, staff: Staff, user: str) -> Clerk:
    clerk = open_window()
    clerk.sign_in(staff[user])
    clerk.press("Records")
    clerk.settle()
    return clerk


def button(clerk: Clerk, begins: str) -> str:
    return next(name for name in clerk.names() if name.startswith(begins))


def test_a_contact_of_long_ago_is_proposed_held_and_withdrawn(
    open_window: OpenWindow, staff: Staff, number: str, clock: FixedClock
) -> None:
    clock.at += timedelta(days=89)
    lowe = records(open_window, staff, "jlowe")
    assert not any(number in text for text in lowe.page())
    lowe.conductor.window.close()
    clock.at += timedelta(days=1)
    lowe = records(open_window, staff, "jlowe")
    assert any(text.startswith(f"{number}: since ") for text in lowe.page())
    assert lowe.reads("Version 2026-11-1")
    lowe.press(button(lowe, "Propose "))
    lowe.until_reads("It is proposed. Another person must approve it.")
    lowe.settle()
    assert lowe.reads("Take out who it is: order")
    assert not any(text.startswith(f"{number}: since ") for text in lowe.page())
    lowe.press("Hold everything…")
    lowe.press("Hold everything")
    lowe.until_reads("Everything is held.")
    lowe.settle()
    lowe.conductor.window.close()

    decided_otherwise(records(open_window, staff, "tokafor"))
    clock.at += timedelta(days=9)
    hale = open_window()
    hale.sign_in(staff["mhale"])
    hale.press("People")
    assert case_story.finds(hale, walk_in.LAST)


def decided_otherwise(okafor: Clerk) -> None:
    """The supervisor cannot approve against a hold, lifts it, approves, and thinks better of it."""
    okafor.press(button(okafor, "Approve: "))
    okafor.press(button(okafor, "Approve order "))
    okafor.until_reads("A hold stands on this record.")
    okafor.press("Cancel")
    okafor.press(button(okafor, "Lift: "))
    okafor.press(button(okafor, "Lift hold "))
    okafor.until_reads("The hold is lifted.")
    okafor.settle()
    assert okafor.reads("Nothing is held.")
    okafor.press(button(okafor, "Approve: "))
    okafor.press(button(okafor, "Approve order "))
    okafor.until_reads("It is approved. The records are hidden.")
    okafor.settle()
    okafor.press(button(okafor, "Withdraw: "))
    okafor.until_reads("It is withdrawn. Nothing is removed.")
    okafor.settle()
    assert okafor.reads("Nothing is proposed.")
    okafor.conductor.window.close()


def test_one_record_is_held_from_its_folder(
    open_window: OpenWindow, staff: Staff, number: str
) -> None:
    lowe = open_window()
    lowe.sign_in(staff["jlowe"])
    case_story.come_to_front(lowe)
    lowe.write("Find", f"{number}/1")
    lowe.key(case_story.Key.Key_Return)
    lowe.until_reads(f"Intake {number}")
    lowe.settle()
    lowe.open_tab("End")
    lowe.press("Hold this record")
    lowe.until_reads("A hold stands on it: it cannot be removed.")
    lowe.settle()
    assert not lowe.controls("Propose to remove this record")
    lowe.press("Records")
    assert lowe.reads("One record: hold ")
    lowe.press("Home")
