"""Other ends of a review: referral, no, not offered, overridden by phone, the next person."""

import citation
from clerk import Clerk, Key
from department import Staff
from PySide6.QtWidgets import QLineEdit

from intake_app.domain.errors import NotEligible


def test_a_referral_then_the_next_person_of_the_same_incident(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["dreyes"])
    citation.take(clerk)
    clerk.settle()
    clerk.say("Referral only")
    clerk.until_reads("The referral is issued")
    clerk.settle()
    first = citation.citation_number(clerk)
    clerk.say("Same incident, next person")
    clerk.settle()
    citation.give_name(clerk, "Marlow", "Fennimore")
    number = clerk.find("Case or incident number")
    assert isinstance(number, QLineEdit)
    assert number.text() == "26-118804"
    clerk.press("Continue")
    clerk.press("Continue")
    citation.give_cause(clerk)
    citation.decide(clerk)
    clerk.settle()
    clerk.say("Issue citation")
    clerk.until_reads("The citation is issued")
    clerk.settle()
    second = citation.citation_number(clerk)
    assert first != second
    clerk.say("Home")
    clerk.settle()
    clerk.write("Find", f"{first}/1")  # as a barcode says it
    clerk.key(Key.Key_Return)
    clerk.settle()
    assert clerk.reads(first)
    clerk.say("Show names")
    clerk.settle()
    assert clerk.reads("Quillfeather")


def test_a_no_and_a_not_offered_leave_no_case(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["dreyes"])
    for words, decision, reason in (
        ("Declined", "Says no", "Cannot pay the cost"),
        ("Not offered", "Says yes", "A weapon or firearm"),
    ):
        citation.take(clerk, decision)
        clerk.settle()
        clerk.say(words)
        clerk.settle()
        clerk.choose("Reason", reason)
        clerk.key(Key.Key_Tab)
        clerk.key(Key.Key_Return)  # from the line below: it is done
        clerk.settle()
        assert clerk.sees("Officer intervention")
        assert not clerk.reads("Unfinished")


def test_a_supervisor_decides_by_phone(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["dreyes"])
    citation.take_with_weapon(clerk)
    why = "Presumptively ineligible because there was a weapon. A supervisor may decide otherwise."
    assert clerk.reads(why)
    clerk.press("How is this counted?")
    assert clerk.reads("Friday, November 27, 2026")
    clerk.say("Issue citation")
    clerk.settle()
    assert clerk.reads(NotEligible.sentence())
    clerk.press("Override …")
    clerk.choose("Who decided?", "By phone: T. Okafor")
    clerk.write("Reason", "Pocket knife, never shown")
    clerk.write("Time of the call, if not now", "02:14")
    clerk.say("Override")
    clerk.settle()
    assert not clerk.sees("Override …")
    assert clerk.reads("Set aside by a decision.")
    clerk.say("Issue citation")
    clerk.until_reads("The citation is issued")
