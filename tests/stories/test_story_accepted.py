"""Somebody says yes: a citation for a person who is known here, and a referral without one."""

from datetime import timedelta
from pathlib import Path

import case_story
import citation
import pytest
import walk_in
from department import Department, OpenWindow, Paper, Staff

from intake_app.domain.case_status import CaseStatus, ChargeStatus
from intake_app.domain.clock import FixedClock

MOST_ACTIONS = 25
TELLING = ("Quillfeather", "Wren", "1991", "Trespass", "26-118804", "Police", "Diversion")


def test_a_known_person_is_cited_in_25_actions_and_may_be_once_more(
    open_window: OpenWindow, staff: Staff, printer: Paper, department: Department,
    clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first = open_window()
    first.sign_in(staff["dreyes"])
    citation.take(first)
    once = case_story.issue(first)
    first.conductor.window.close()

    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    before = clerk.actions
    citation.take(clerk)
    number = case_story.issue(clerk)
    assert case_story.large(clerk, "Monday, November 30, 2026")
    clerk.say("Print copy set")
    clerk.settle()
    dialogs = len(printer.sheets)
    assert dialogs == 1
    assert clerk.actions - before + dialogs <= MOST_ACTIONS

    monkeypatch.chdir(tmp_path)
    paper = case_story.saved_paper(clerk, tmp_path)
    words = walk_in.words_of(paper)
    for told in ("Quillfeather", "Trespass", "26-118804", "Monday, November 30, 2026", number):
        assert told in words
    stub = case_story.stub_of(paper)
    assert "Monday, November 30, 2026" in stub
    assert number in stub
    assert not [word for word in TELLING if word in stub]
    clerk.conductor.window.close()

    case = case_story.kept_case(department, clock, number)
    assert once != number
    assert case.status.status is CaseStatus.ISSUED
    assert case.status.charge is ChargeStatus.HELD
    assert case.intake.answers["earlier_here"]["amount"] == 1
    assert case.clock.report_by is not None
    assert case.clock.report_by.moment.isoformat().startswith("2026-11-30T16:00")


def test_a_referral_alone_gives_48_hours(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    case_story.offer_programs(department, clock, "pinellas_apad")
    clerk = open_window()
    clerk.sign_in(staff["dreyes"])
    case_story.take_in_florida(clerk)
    assert not clerk.sees("Issue citation")  # the program has no such paper
    number = case_story.issue(clerk, "Referral only")
    assert case_story.large(clerk, "Wednesday, November 25, 2026")
    monkeypatch.chdir(tmp_path)
    words = walk_in.words_of(case_story.saved_paper(clerk, tmp_path))
    assert "Wednesday, November 25, 2026" in words
    assert "Clearwater" in words
    clerk.conductor.window.close()

    case = case_story.kept_case(department, clock, number)
    assert case.status.status is CaseStatus.ISSUED
    assert case.clock.report_by is not None
    assert case.clock.report_by.moment - case.acts[0].at == timedelta(hours=48)
