"""A victim does not agree: each program says so by its own law, and nobody issues past it alone."""

import case_story
import citation
from clerk import Clerk
from department import Department, OpenWindow, Staff

from intake_app.domain.case_status import CaseStatus
from intake_app.domain.clock import FixedClock

THEFT = "Petit theft, under $100 (F.S. 812.014(3)(a))"
NOT_ALONE = "The rules speak against it. A supervisor can override that; or choose Not offered."


def take_with_victim(clerk: Clerk) -> None:
    """Somebody took a little, and the owner says no; ends on the review."""
    citation.begin(clerk)
    citation.tell_incident(clerk, THEFT)
    clerk.choose("Injury, weapon, domestic violence, or a minor victim?", "No")
    clerk.choose("Is there a victim?", "Yes")
    clerk.press("Add row")
    clerk.write("Name of the victim", "Corner Store")
    clerk.choose("The victim's answer", "Does not agree")
    clerk.press("Continue")
    case_story.say_admission(clerk)
    case_story.decide(clerk)


def test_by_city_code_only_the_prosecutor_may_decide_otherwise(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock
) -> None:
    case_story.offer_programs(department, clock, "pembroke_pines")
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    take_with_victim(clerk)
    assert clerk.reads(
        "The program's rules exclude it because criminal mischief and petit theft: only if the "
        "victim agrees."
    )
    assert clerk.reads("Pembroke Pines Code § 130.06; F.S. 901.41")
    clerk.say("Issue citation")
    clerk.until_reads(NOT_ALONE)
    clerk.press("Override …")
    clerk.choose("Who decided?", "By phone: T. Okafor")
    clerk.write("Reason", "The owner is away")
    clerk.say("Override")
    clerk.until_reads("This rule cannot be set aside this way.")
    clerk.choose("Who decided?", "The prosecutor's office")
    clerk.write("Name at the prosecutor's office", "B. Ashworth")
    clerk.say("Override")
    clerk.until_reads("Set aside by a decision.")
    number = case_story.issue(clerk)
    clerk.conductor.window.close()
    case = case_story.kept_case(department, clock, number)
    assert case.status.status is CaseStatus.ISSUED
    (note,) = [one for one in case.notes if one.kind == "override"]
    assert note.fields["rules"] == ["victim_must_consent"]
    assert (note.fields["mode"], note.fields["by"]) == ("prosecutor", "B. Ashworth")


def test_by_county_guide_it_is_presumptive_and_not_offered_ends_it(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock
) -> None:
    case_story.offer_programs(department, clock, "pinellas_apad")
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    take_with_victim(clerk)
    assert clerk.reads("Presumptively ineligible because a victim does not agree.")
    clerk.say("Referral only")
    clerk.until_reads(NOT_ALONE)
    clerk.say("Not offered")
    clerk.settle()
    clerk.choose("Reason", "The victim said no")
    clerk.press("Not offered", clerk.find("Cancel").parentWidget())
    clerk.until_sees("Officer intervention")
    clerk.conductor.window.close()
    (entry,) = case_story.kept_offers(department, clock)
    assert entry.reason == "victim_objected"
