"""Reception hands in while a coordinator works elsewhere: one waits, is taken in, and is found."""

import case_story
import wall
from clerk import Clerk
from department import Department, Staff

from intake_app.domain.clock import FixedClock


def test_a_coordinator_is_told_takes_it_in_and_finds_it(
    clerk: Clerk, staff: Staff, department: Department, clock: FixedClock
) -> None:
    clerk.sign_in(staff["jlowe"])
    assert not clerk.sees("Take in")
    with case_story.desk_of(department, clock, "lbrandt") as reception:
        somebody = wall.came(reception, wall.people(1, seed=3)[0])
    assert not case_story.finds(clerk, somebody.last)  # sealed: it waits
    clerk.press("Home")
    clerk.until_reads("1 submission waits, oldest 0 hours")
    assert not clerk.reads(somebody.number)
    clerk.press("Take in")
    clerk.until_reads("1 submission is taken in.")
    clerk.settle()
    assert not clerk.sees("Take in")
    assert case_story.finds(clerk, somebody.last)
    clerk.press(next(name for name in clerk.names() if somebody.number in name))
    clerk.until_reads(f"Intake {somebody.number}")
    assert not clerk.reads(somebody.last)
    clerk.press("Show names")
    clerk.until_reads(somebody.last)
    assert clerk.reads("L. Brandt")
