"""A contact that becomes no case: two keystrokes from home, or the end of a review; and no name."""

import case_story
import citation
import pytest
from clerk import Clerk, Key
from department import Department, OpenWindow, Staff
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from intake_app.domain.clock import FixedClock
from intake_app.services.case.offers import OfferOutcome

WHO = ("Quillfeather", "Wren", "1991", "Mill Street", "118804")


def ledger(department: Department, clock: FixedClock) -> str:
    """All that the ledger holds, as it is kept."""
    with case_story.desk_of(department, clock, "dreyes") as desk:
        kept = [*desk.cases_file.of_kind("offer"), *desk.cases_file.of_kind("offer.demographics")]
        return "\n".join(repr(record.values) for record in kept)


@pytest.mark.parametrize(
    ("key", "digit", "outcome", "reason"),
    [
        (Key.Key_F6, "4", OfferOutcome.NOT_OFFERED, "weapon"),
        (Key.Key_F7, "5", OfferOutcome.DECLINED, "cost"),
    ],
)
def test_two_keystrokes_from_home_save_it(
    clerk: Clerk, staff: Staff, department: Department, clock: FixedClock,
    key: Qt.Key, digit: str, outcome: OfferOutcome, reason: str,
) -> None:  # fmt: skip
    clerk.sign_in(staff["dreyes"])
    clerk.key(key)
    clerk.until_reads("Press the key of a reason. No name is kept.")
    clerk.settle()
    clerk.key(digit)
    clerk.until_reads("Saved.")
    clerk.say("Close")
    clerk.settle()
    clerk.conductor.window.close()
    (entry,) = case_story.kept_offers(department, clock)
    assert (entry.outcome, entry.reason) == (outcome, reason)


def test_what_ends_on_the_review_leaves_a_reason_and_nobody(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock
) -> None:
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    for words, decision, reason in (
        ("Declined", "Says no", "Wants a lawyer first"),
        ("Not offered", "Says yes", "No provider has room"),
    ):
        citation.take(clerk, decision)
        clerk.settle()
        assert not clerk.reads("The paper file for this is not there.")
        at = (
            QApplication.focusWidget()
        )  # a "no" is one key away, and so is a citation after a "yes"
        assert at is not None
        assert at.accessibleName() == ("Declined" if decision == "Says no" else "Issue citation")
        clerk.say(words)
        clerk.settle()
        clerk.choose("Reason", reason)
        clerk.press(words, clerk.find("Cancel").parentWidget())
        clerk.until_sees("Officer intervention")
        clerk.settle()
        assert not clerk.reads("is unfinished")
    clerk.write("Find", "Quillfeather")
    clerk.until_reads("Nobody was found.")
    clerk.conductor.window.close()
    ends = [(one.outcome, one.reason) for one in case_story.kept_offers(department, clock)]
    assert ends == [
        (OfferOutcome.DECLINED, "lawyer_first"), (OfferOutcome.NOT_OFFERED, "no_capacity"),
    ]  # fmt: skip
    kept = ledger(department, clock)
    assert "lawyer_first" in kept
    assert not [word for word in WHO if word in kept]
