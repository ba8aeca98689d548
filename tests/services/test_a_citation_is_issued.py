"""Issuing a citation or a referral: number, clock, papers and plan in one act, never twice."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from held_cases import ANSWERS, PROGRAM, move
from profiles import Desks
from sealing_world import at_program
from test_papers_are_issued import words_on

from intake_app.domain import facts
from intake_app.domain.draft import Draft
from intake_app.domain.errors import (
    InstrumentNotAllowed,
    NotAllowed,
    NotEligible,
    NotFinished,
    PersonDeclined,
    ProgramExpired,
    ReportByTooLate,
)
from intake_app.domain.roles import Role
from intake_app.domain.terms import Instrument
from intake_app.services.case.conditions import conditions_of
from intake_app.services.case.held import acts_in, held_case
from intake_app.services.case.offers import OFFER
from intake_app.services.citing import citing
from intake_app.services.citing.citing import OnPaper, issue_case, would_issue
from intake_app.services.citing.eligibility import ELIGIBILITY
from intake_app.services.citing.overrides import Given, Mode, override
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import issued_papers, paper_bytes
from intake_app.services.records.drafts import begin_draft, resume_draft, save_draft
from intake_app.services.records.ledger import Entry, Use, ledger

CITATION, REFERRAL = Instrument.CITATION, Instrument.REFERRAL
NAME = ANSWERS["last_name"]


@pytest.fixture
def officer(desks: Desks, tmp_path: Path) -> Desk:
    desk = at_program(desks(Role.OFFICER), tmp_path)
    papers = '"citation", "referral_notice", "refusal_record", "participant_agreement"'
    return with_program(desk, tmp_path, '"participant_agreement"', papers)


def with_program(desk: Desk, folder: Path, old: str, new: str) -> Desk:
    """The same, with other words in the program's file."""
    file = folder / "forms" / "programs" / f"{PROGRAM}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return desk


def fresh(desk: Desk) -> list[Entry]:
    """The ledger without the numbers of the people that the training profile began with."""
    trained = {r.id for r in desk.cases_file.of_kind("intake") if r.values["last_name"] != NAME}
    return [entry for entry in ledger(desk, 2026) if entry.record not in trained]


def begun(desk: Desk, **answers: object) -> Draft:
    draft = begin_draft(desk, PROGRAM)
    draft.answers |= {**ANSWERS, **answers}
    save_draft(desk, draft)
    return draft


class Dark(Exception):
    """The power is gone."""


def go_dark(*_: object) -> None:
    raise Dark


def test_a_citation_holds_the_charge(officer: Desk) -> None:
    issued = issue_case(officer, begun(officer), CITATION)
    case = issued.finished.record
    held = held_case(officer, case)
    assert issued.report_by
    assert held.standing.status.status == "issued"
    assert issued.report_by.moment == datetime(
        2026, 11, 30, 16, 0, tzinfo=UTC
    )  # Friday: a day of WV
    assert held.record.values[facts.DUE] == "2026-11-30"
    assert held.record.values[facts.STATUS] == "issued"
    assert len(conditions_of(officer, case)) == 4
    kinds = {kind: len(officer.cases_file.about(case, kind)) for kind in (OFFER, ELIGIBILITY)}
    assert kinds == {OFFER: 1, ELIGIBILITY: 1}
    (entry,) = fresh(officer)
    assert (entry.use, entry.number) == (Use.ISSUED, issued.finished.number)
    citation = issued.papers[0]
    assert (citation.paper, citation.receipt) == ("citation", issued.finished.number)
    assert {p.paper for p in issued.papers} == {"citation", "participant_agreement"}
    said = words_on(paper_bytes(officer, citation))
    for words in ("Monday, November 30, 2026", "lunes", "9 Creek Road", "Quillfeather"):
        assert words in said, words


def test_a_referral_holds_it_with_the_same_clock_and_its_own_paper(officer: Desk) -> None:
    draft = begun(officer)
    assert would_issue(officer, draft, REFERRAL).standing.clock.report_by
    issued = issue_case(officer, draft, REFERRAL)
    assert issued.papers[0].paper == "referral_notice"
    assert "citation" not in {p.paper for p in issued.papers}
    assert issued.instrument is REFERRAL
    assert [str(a.kind) for a in acts_in(officer.cases_file, issued.finished.record)] == [
        "referred"
    ]


def test_what_stands_against_it_is_a_sentence_of_its_own(officer: Desk) -> None:
    with pytest.raises(NotFinished):
        issue_case(officer, begun(officer, last_name=""), CITATION)
    with pytest.raises(PersonDeclined):
        issue_case(officer, begun(officer, decision="declined"), CITATION)
    assert fresh(officer) == []


def test_an_instrument_that_the_program_does_not_use(officer: Desk, tmp_path: Path) -> None:
    with_program(officer, tmp_path, 'instruments = ["citation", "referral"]',
                 'instruments = ["citation"]')  # fmt: skip
    with pytest.raises(InstrumentNotAllowed):
        issue_case(officer, begun(officer), REFERRAL)


def test_a_program_that_has_run_out(officer: Desk, tmp_path: Path) -> None:
    with_program(officer, tmp_path, 'starts = "2026-01-01"',
                 'starts = "2026-01-01"\nends = "2026-11-30"')  # fmt: skip
    draft = begun(officer)
    move(officer, days=20)
    with pytest.raises(ProgramExpired):
        issue_case(officer, draft, CITATION)


HARD = """
[[rules]]
id = "yard"
force = "presumptive"
when = 'offense_place == "12 Mill Street"'
message = { en = "It was in the mill yard.", es = "Fue en el patio." }
authority = "Test"
"""


def test_rules_stop_it_until_a_supervisor_decides(
    desks: Desks, officer: Desk, tmp_path: Path
) -> None:
    with_program(officer, tmp_path, "[[visit_hours]]", HARD + "\n[[visit_hours]]")
    draft = begun(officer)
    with pytest.raises(NotEligible):
        issue_case(officer, draft, CITATION)
    assert fresh(officer) == []
    sergeant = desks(Role.SUPERVISOR).person.id
    override(officer, draft, ["yard"], "known here", Given(Mode.PHONE, sergeant, "02:14"))
    issued = issue_case(officer, draft, CITATION)
    assert len(officer.cases_file.about(issued.finished.record, "override")) == 1


def test_a_report_by_after_the_limitation_date(officer: Desk) -> None:
    with pytest.raises(ReportByTooLate):
        issue_case(officer, begun(officer, limitation_on="2026-11-29"), CITATION)
    assert issue_case(
        officer, begun(officer, limitation_on="2026-11-30"), CITATION
    ).clock.limitation


def test_what_was_written_by_hand_binds(officer: Desk) -> None:
    by_hand = OnPaper("2026-11-23T08:40:00+00:00", "2026-12-01T12:00:00+00:00")
    early = {"offense_at": "2026-11-23T01:50:00+00:00"}
    issued = issue_case(officer, begun(officer, **early), CITATION, on_paper=by_hand)
    assert issued.is_paper_different
    assert issued.report_by
    assert issued.report_by.moment == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    acts = acts_in(officer.cases_file, issued.finished.record)
    assert [str(act.kind) for act in acts] == ["issued", "report_by_set"]
    assert acts[0].at == datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
    assert acts[0].entered.startswith("2026-11-23T09:30")  # both times
    said = words_on(paper_bytes(officer, issued.papers[0]))
    assert "Tuesday, December 1, 2026" in said
    same = OnPaper("2026-11-23T08:40:00+00:00", "2026-11-30T16:00:00+00:00")
    other = issue_case(officer, begun(officer, **early), CITATION, on_paper=same)
    assert not other.is_paper_different


def test_a_second_try_gives_the_same_paper(officer: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = begun(officer)

    with monkeypatch.context() as patched:
        patched.setattr(citing, "finish_intake", go_dark)
        with pytest.raises(Dark):
            issue_case(officer, draft, CITATION)
    move(officer, hours=2)
    again = resume_draft(officer, draft.id)
    issued = issue_case(officer, again, CITATION)
    assert issued.papers[0].number == f"{issued.finished.number}/1"
    act = acts_in(officer.cases_file, issued.finished.record)[0]
    assert act.at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert [e.number for e in fresh(officer)] == [issued.finished.number]


def test_an_answer_that_changed_in_between_makes_a_paper_anew(
    officer: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begun(officer)
    with monkeypatch.context() as patched:
        patched.setattr(citing, "finish_intake", go_dark)
        with pytest.raises(Dark):
            issue_case(officer, draft, CITATION)
    draft.answers["first_name"] = "Marlow"
    issued = issue_case(officer, draft, CITATION)
    every = issued_papers(officer, issued.finished.record)
    assert [bool(p.replaced_by) for p in every] == [True, True, False, False]
    citation = next(p for p in issued.papers if p.paper == "citation")
    assert "Marlow" in words_on(paper_bytes(officer, citation))
    assert citation.receipt == issued.finished.number


def test_only_who_takes_cases_may(desks: Desks, officer: Desk) -> None:
    draft = begun(officer)
    for role in (Role.FRONT_DESK, Role.COORDINATOR):
        other = replace(desks(role), library=officer.library)
        with pytest.raises(NotAllowed):
            issue_case(other, draft, CITATION)
    with pytest.raises(NotAllowed):
        issue_case(replace(desks(Role.SUPERVISOR), library=officer.library), draft, CITATION)
