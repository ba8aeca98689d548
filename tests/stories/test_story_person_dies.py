"""Somebody dies: the coordinator notes it once, and nobody is called, written to or reminded."""

import case_story
import walk_in
from clerk import Clerk
from department import Department, OpenWindow

from intake_app.domain.clock import FixedClock
from intake_app.domain.form import Answers
from intake_app.domain.pathway import CASES_ROOM
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import amend_intake
from intake_app.services.intakes.people import find_people, people_order, people_rows
from intake_app.services.records.amending import AMENDMENT

STRONG = "This person has died. Do not call, write, or visit."
WHY = "The sister called this morning"


def held_there(desk: Desk) -> Record:
    """Somebody whose charge is held here too, with a name and a birth date."""
    rows = people_rows(desk, people_order(desk, room=CASES_ROOM), CASES_ROOM)
    open_ones = (row for row in rows if row.status == "plan_active" and row.born and row.name)
    record = desk.cases_file.record(next(open_ones).record)
    assert record
    return record


def take_the_same(clerk: Clerk, who: Answers) -> str:
    """A walk-in of the same person; returns the receipt number."""
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)
    clerk.write("First name", str(who["first_name"]))
    clerk.write("Last name", str(who["last_name"]))
    clerk.choose("May we contact you later?", "Yes, in a safe way")
    clerk.tick("Which ways are safe?", "Phone call")
    clerk.write("Safe phone number", walk_in.PHONE)
    clerk.press("Continue")
    walk_in.decide(clerk)
    clerk.press("Finish")
    return walk_in.receipt_number(clerk)


def test_one_note_stops_everything_here_and_letters_there(
    open_window: OpenWindow, department: Department, clock: FixedClock
) -> None:
    with case_story.desk_of(department, clock, "jlowe") as desk:
        held = held_there(desk)
        number_there = next(row.number for row in desk.cases_file.lines([held.id]).values())
    clerk = open_window()
    clerk.sign_in(department.staff["jlowe"])
    number = take_the_same(clerk, held.values)
    clerk.conductor.window.close()
    with case_story.desk_of(department, clock, "jlowe") as desk:
        (row,) = find_people(desk, number)
        amend_intake(
            desk, row.record, {"date_of_birth": held.values["date_of_birth"]}, "Seen on the card"
        )
        assert desk.care_file.about(row.record, AMENDMENT)

    clerk = open_window()
    clerk.sign_in(department.staff["jlowe"])
    clerk.write("Find", number)
    clerk.until_reads("1 intake. Names are hidden.")
    clerk.press(next(name for name in clerk.names() if number in name))
    clerk.until_reads("Safe ways: Phone call")
    clerk.open_tab("Follow-up")
    assert clerk.sees("Record another call or visit")
    clerk.open_tab("Person")
    clerk.press("Note a death…")
    clerk.write("How do we know it?", WHY)
    clerk.press("Note a death")
    clerk.until_reads(STRONG)
    assert not clerk.reads("Safe ways: Phone call")
    clerk.until_reads("Only that letters stop is written there")
    clerk.press("Stop letters there too")
    clerk.settle()
    clerk.open_tab("Follow-up")
    assert not clerk.sees("Record another call or visit")
    clerk.press("Today")
    clerk.settle()
    assert not clerk.reads(number)

    clerk.press("Home")
    case_story.open_case(clerk, number_there)
    clerk.until_reads(STRONG)
    assert clerk.reads("The person asked not to be contacted")
    assert not clerk.reads(WHY)
    clerk.open_tab("Person")
    assert not clerk.reads(WHY)
