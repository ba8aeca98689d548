"""Each shipped program that holds a charge runs from its file to a closed case.

No program is known by name, here or in the code: a file more in `forms/programs` is a test more.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from held_cases import House
from whole_case import PROSECUTOR, Team, Told, approve, begun, issue, words_of, work_through

from intake_app.domain import facts
from intake_app.domain.clock import FixedClock
from intake_app.domain.condition import Word
from intake_app.domain.entry import show_date
from intake_app.domain.errors import CaseRefused, NotEligible
from intake_app.domain.ids import RecordId
from intake_app.domain.numbering import is_number
from intake_app.services.case import acts
from intake_app.services.case.conditions import conditions_of
from intake_app.services.case.held import terms_of
from intake_app.services.case.offers import OFFER
from intake_app.services.citing.after_issue import copy_set
from intake_app.services.citing.cases import read_case
from intake_app.services.citing.citing import Issued
from intake_app.services.citing.eligibility import ELIGIBILITY, Verdict, check_draft
from intake_app.services.citing.overrides import APPROVAL
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import guide_of
from intake_app.services.records.ledger import Use, ledger
from intake_app.settings import resources

PATHWAY = "officer_intervention"
FORMS = resources.path("forms")
HELD = sorted(
    file.stem
    for file in (FORMS / "programs").glob("*.toml")
    if tomllib.loads(file.read_text("utf-8"))["program"]["pathway"] == PATHWAY
)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    clock.at = NOW
    made = House(tmp_path, clock)
    yield made
    made.close()


def admission(asked: str) -> str:
    """The sentence about guilt, as counsel's text has it."""
    text = resources.path("resources") / "legal" / f"admission_{asked}.toml"
    return " ".join(tomllib.loads(text.read_text("utf-8"))["text"]["en"].split())


def test_all_of_them_are_here() -> None:
    """The four of the law, and the plain one."""
    assert len(HELD) >= 5


@pytest.mark.parametrize("program", HELD)
def test_it_runs_from_its_file_to_a_closed_case(house: House, program: str) -> None:
    told, team = Told.of(FORMS, program), Team.of(house, house.library, program)
    issued = eligible_and_issued(team.officer, program, told)
    says_what_its_file_says(team.officer, issued, told)
    case = issued.finished.record
    notes_what_was_decided(team.officer, case, told)
    work_through(team, case)
    assert {one.word for one in conditions_of(team.officer, case)} == {Word.MET}
    assert read_case(team.officer, case).status.status == "plan_active"
    closes(team.coordinator, case)


def eligible_and_issued(desk: Desk, program: str, told: Told) -> Issued:
    """Nothing speaks against it; where an approval is asked for, not before it was given."""
    draft = begun(desk, program)
    terms = terms_of(guide_of(desk, draft))
    found = check_draft(desk, draft)
    assert found.against == ()
    assert found.verdict in {Verdict.FITS, Verdict.CANNOT_TELL}
    if is_approval_asked(told):
        with pytest.raises(NotEligible):
            issue(desk, draft, terms)
        approve(desk, draft)
    return issue(desk, draft, terms)


def says_what_its_file_says(desk: Desk, issued: Issued, told: Told) -> None:
    """Instrument, clock, number, copies, plan, and the words on the paper."""
    assert issued.instrument == told.terms["instruments"][0]
    assert issued.report_by
    assert issued.report_by.moment == told.report_by(NOW)
    assert issued.clock.complete_by == told.complete_by(NOW)
    number = issued.finished.number
    assert is_number(number)
    assert [(e.use, e.number) for e in ledger(desk, 2026)] == [(Use.ISSUED, number)]
    for paper, count in copy_set(desk, issued.finished.record):
        assert count == told.terms["copies"].get(paper.paper, 1)
    plan = conditions_of(desk, issued.finished.record)
    assert [one.type for one in plan] == [one["type"] for one in told.conditions]
    assert [one.amount for one in plan] == [_amount(one) for one in told.conditions]
    said = words_of(desk, issued)
    for words in words_wanted(told):
        assert words in said, words


def words_wanted(told: Told) -> list[str]:
    """Door, day, sentence about guilt, and what to bring."""
    return [
        told.terms["place_name"]["en"], *told.terms["place_address"], told.terms["place_phone"],
        show_date(told.report_by(NOW).date().isoformat(), "en"),
        show_date(told.complete_by(NOW).isoformat(), "en"),
        admission(told.terms["admission"]), *(one["en"] for one in told.terms["bring"]),
    ]  # fmt: skip


def notes_what_was_decided(desk: Desk, case: RecordId, told: Told) -> None:
    """The offer, how each rule came out, and who approved."""
    kinds = {kind: len(desk.cases_file.about(case, kind)) for kind in (OFFER, ELIGIBILITY)}
    assert kinds == {OFFER: 1, ELIGIBILITY: 1}
    approvals = desk.cases_file.about(case, APPROVAL)
    assert bool(approvals) is is_approval_asked(told)
    if told.terms["approval"] == "prosecutor":
        assert approvals[0].values["by"] == PROSECUTOR


def closes(desk: Desk, case: RecordId) -> None:
    """Completed, the charge not filed, and nothing is due any more."""
    acts.close_case(desk, case, "completed")
    acts.charge_action(desk, case, "not_filed")
    closed = read_case(desk, case)
    assert (closed.status.status, closed.status.charge) == ("completed", "not_filed")
    record = desk.cases_file.record(case)
    assert record is not None
    assert (record.values[facts.STATUS], record.values[facts.DUE]) == ("completed", "")
    with pytest.raises(CaseRefused):
        acts.charge_action(desk, case, "filed")


def is_approval_asked(told: Told) -> bool:
    return bool(told.terms["approval"] != "none")


def _amount(condition: Mapping[str, Any]) -> int:
    return int(condition.get("hours", 0) or round(float(condition.get("dollars", 0)) * 100))


def test_each_paper_is_of_its_own_program() -> None:
    """Negative control: what one program says is not what another says."""
    said = [tuple(words_wanted(Told.of(FORMS, program))[:3]) for program in HELD]
    assert len(set(said)) == len(HELD)
    due = {Told.of(FORMS, program).report_by(NOW) for program in HELD}
    done = {Told.of(FORMS, program).complete_by(NOW) for program in HELD}
    assert len(due) > 2
    assert len(done) > 2
