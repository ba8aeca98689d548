"""A coordinator's home tells which cases are due, apart from care, and opens a scanned citation."""

import case_story
from clerk import Clerk, Key
from department import Staff


def test_cases_that_are_due_stand_apart_and_a_scanned_number_opens_its_case(
    clerk: Clerk, staff: Staff
) -> None:
    clerk.sign_in(staff["jlowe"])
    assert clerk.reads("Follow-ups due")
    assert clerk.reads("Cases due and overdue")
    number = next(n for n in clerk.names() if n.startswith("PH-26-AC")).split(",")[0].split(" ")[0]
    case_story.open_case(clerk, number)


def test_a_name_typed_at_home_is_looked_for_in_care_alone(clerk: Clerk, staff: Staff) -> None:
    """Negative control: only a whole number reaches over."""
    clerk.sign_in(staff["jlowe"])
    clerk.write("Find", "PH-26-AC0000")
    clerk.key(Key.Key_Return)
    clerk.settle()
    assert clerk.reads("Nobody was found. Try fewer letters.")
    assert not clerk.reads("The clock")


def test_what_may_not_be_noted_now_says_why_below_the_buttons(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["jlowe"])
    number = next(n for n in clerk.names() if n.startswith("PH-26-AC")).split(",")[0].split(" ")[0]
    case_story.open_case(clerk, number)
    assert clerk.reads("Was assessed, Plan agreed: Note first that the person reported")
