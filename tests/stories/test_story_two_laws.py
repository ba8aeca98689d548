"""The same facts under two programs with different law: the limit of the one is passed."""

import case_story
import citation
from clerk import Clerk
from department import Department, OpenWindow, Staff
from PySide6.QtWidgets import QComboBox

from intake_app.domain.clock import FixedClock

CITY, COUNTY = "Civil Citation, Pembroke Pines", "Adult Diversion, Pinellas"
OVER = "Presumptively ineligible because the person took part here as often as this program allows."


def check_the_same_facts(clerk: Clerk) -> None:
    """What an officer tells by radio."""
    clerk.say("Check eligibility")
    clerk.settle()
    clerk.choose("Offense", case_story.TRESPASS_FL)
    clerk.write("Age in years", "35")
    clerk.choose("Injury, weapon, domestic violence, or a minor victim?", "No")
    clerk.choose("Is there a victim?", "No")
    clerk.choose("Record check", "Meets the criteria")
    clerk.choose("What the person says about it", "Does not contest it")
    clerk.write("Earlier times in such a program elsewhere", "0")
    clerk.settle()


def verdict(clerk: Clerk, program: str) -> str:
    """What the card of a program tells a screen reader."""
    return next((said for said in clerk.page() if said.startswith(f"{program}: ")), "")


def test_one_earlier_case_is_too_many_for_the_city_and_not_for_the_county(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock
) -> None:
    case_story.offer_programs(department, clock, "pinellas_apad", "pembroke_pines")
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    clerk.press("Officer intervention")
    clerk.until_reads("Which program?")
    clerk.press(COUNTY)
    clerk.settle()
    citation.give_name(clerk)
    citation.tell_incident(clerk, case_story.TRESPASS_FL)
    citation.nobody_hurt(clerk)
    case_story.say_admission(clerk)
    case_story.decide(clerk)
    case_story.issue(clerk, "Referral only")
    clerk.say("Home")
    clerk.settle()

    check_the_same_facts(clerk)
    for name, value in (("Last name", citation.LAST), ("First name", citation.FIRST),
                        ("Date of birth", "4/17/1991")):  # fmt: skip
        clerk.write(name, value)
    clerk.press("Look for earlier cases")
    clerk.until(lambda: OVER in verdict(clerk, CITY))
    clerk.settle()
    assert "Nothing speaks against it so far." in verdict(clerk, COUNTY)
    assert OVER not in verdict(clerk, COUNTY)
    clerk.press("Officer intervention")  # with the program that fits, and what was answered
    citation.give_name(clerk)
    offense = clerk.find("Offense")
    assert isinstance(offense, QComboBox)
    assert offense.currentText() == case_story.TRESPASS_FL
