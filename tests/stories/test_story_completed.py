"""A case goes well and is sealed; another fails and goes back to the prosecutor with its packet."""

from datetime import timedelta
from pathlib import Path

import case_story
import citation
import pytest
import walk_in
from clerk import Clerk, Key
from department import Department, OpenWindow, Staff
from PySide6.QtWidgets import QListWidget

from intake_app.domain.case_status import CaseStatus, ChargeStatus
from intake_app.domain.clock import FixedClock

APART = "Doubtful about group sessions"


@pytest.fixture
def number(open_window: OpenWindow, staff: Staff) -> str:
    """A citation was issued."""
    officer = open_window()
    officer.sign_in(staff["dreyes"])
    citation.take(officer)
    made = case_story.issue(officer)
    officer.conductor.window.close()
    return made


def coordinator(open_window: OpenWindow, staff: Staff, number: str) -> Clerk:
    """J. Lowe has the case open."""
    clerk = open_window()
    clerk.sign_in(staff["jlowe"])
    clerk.press("Cases")
    case_story.finds(clerk, number)
    case_story.open_listed(clerk, number)
    return clerk


def note_treatment(clerk: Clerk, word: str) -> None:
    """Treatment: a word crosses over, a note does not."""
    button = next(n for n in clerk.names() if n.startswith("Record progress: Do what the plan"))
    clerk.press(button)
    clerk.choose("How it stands", word)
    clerk.write("Note for coordinators only; it stays in the other file", APART)
    case_story.agree(clerk, "Record progress")


def go_well(clerk: Clerk) -> None:
    """All that the plan asks, then the case is closed."""
    for what in ("Did report", "Was assessed", "Plan agreed"):
        case_story.act(clerk, what)
    clerk.press(next(n for n in clerk.names() if n.startswith("Record progress: Community")))
    clerk.write("Hours done", "8")
    clerk.write("Who confirms it", "Food bank")
    case_story.agree(clerk, "Record progress")
    note_treatment(clerk, "Met")
    assert not clerk.reads(APART)
    case_story.act(clerk, "Close case", How_it_ended="Completed")
    charge = "What became of the charge"
    case_story.act(clerk, charge, **{charge: "Charge not filed"})
    assert clerk.reads("The charge is not filed.")


def test_what_went_well_is_sealed_and_the_privacy_officer_alone_reads_it(
    open_window: OpenWindow, staff: Staff, number: str, clock: FixedClock
) -> None:
    clock.at += timedelta(days=1)
    clerk = coordinator(open_window, staff, number)
    go_well(clerk)
    assert not clerk.sees("Seal case")  # the program waits
    clerk.conductor.window.close()
    clock.at += timedelta(days=31)
    clerk = coordinator(open_window, staff, number)
    clerk.press("Seal case")
    clerk.press("Yes, seal it")
    clerk.settle()
    clerk.press("Cases")
    assert not case_story.finds(clerk, citation.LAST)
    assert not case_story.finds(clerk, number)
    clerk.conductor.window.close()

    north = open_window()
    north.sign_in(staff["snorth"])
    north.press("Sealed cases")
    north.settle()
    rows = next(north.seen(QListWidget))
    assert rows.item(0).text().startswith(number)
    assert not north.reads(citation.LAST)
    case_story.come_to_front(north)
    north.reach(rows)
    north.key(Key.Key_Return)
    north.until_reads(f"Case {number}")
    north.settle()
    assert north.reads(citation.LAST)
    assert north.reads("Nobody has opened it before.")


def test_what_failed_goes_back_with_a_packet_and_no_word_of_treatment(
    open_window: OpenWindow, staff: Staff, department: Department, number: str, clock: FixedClock,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    clock.at += timedelta(days=1)
    clerk = coordinator(open_window, staff, number)
    case_story.act(clerk, "Did report")
    note_treatment(clerk, "Not met")
    clerk.conductor.window.close()
    clock.at += timedelta(days=95)
    clerk = coordinator(open_window, staff, number)
    why = "Reason,_where_it_was_not_completed_or_is_given_back"
    case_story.act(clerk, "Close case", **{
        "How_it_ended": "Given back to the prosecutor", why: "Contact was lost",
    })  # fmt: skip
    assert clerk.reads("Returned to the prosecutor")
    clerk.press("Make prosecutor packet")
    clerk.until(lambda: clerk.reads("acket") and clerk.sees("Save PDF"))
    clerk.settle()
    monkeypatch.chdir(tmp_path)
    words = ""
    for n in range(len(clerk.controls("Save PDF"))):
        words += walk_in.words_of(case_story.saved_paper(clerk, tmp_path, n))
    for told in (citation.LAST, "26-118804", number, "Not met"):
        assert told in words, told
    assert APART not in words
    clerk.conductor.window.close()
    case = case_story.kept_case(department, clock, number)
    assert case.status.status is CaseStatus.RETURNED
    assert case.status.charge is ChargeStatus.HELD
    assert [paper for paper in case.intake.papers if "packet" in paper.paper]
