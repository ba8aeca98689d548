"""After a citation: its copies, the next person, a wrong one replaced; or no case at all."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from held_cases import ANSWERS, PROGRAM, move
from profiles import Desks
from sealing_world import at_program
from test_a_citation_is_issued import begun, fresh, with_program
from test_papers_are_issued import words_on

from intake_app.domain import facts
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.errors import (
    CaseRefused,
    FactIsFinal,
    NotAllowed,
    ReasonMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.pathway import CASES_ROOM
from intake_app.domain.roles import Role
from intake_app.domain.terms import Instrument
from intake_app.services.case.held import acts_in, held_case
from intake_app.services.case.offers import OfferOutcome, offers
from intake_app.services.citing.after_issue import copy_set, reissue_case, same_incident
from intake_app.services.citing.cases import issue_case_papers, reissue_case_paper
from intake_app.services.citing.citing import issue_case
from intake_app.services.citing.contact_ends import decline, not_offered
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import amend_intake
from intake_app.services.intakes.people import find_people
from intake_app.services.papers.papers import issued_papers, make_papers, note_printed, paper_bytes
from intake_app.services.records.drafts import save_draft, unfinished
from intake_app.services.records.ledger import Use, ledger

CITATION, ALREADY_ISSUED = Instrument.CITATION, Refusal.ALREADY_ISSUED
PAPERS = '"citation", "referral_notice", "refusal_record", "participant_agreement"'


@pytest.fixture
def officer(desks: Desks, tmp_path: Path) -> Desk:
    desk = at_program(desks(Role.OFFICER), tmp_path)
    desk = replace(desk, agency=replace(desk.agency, case_programs=(PROGRAM,)))
    return with_program(desk, tmp_path, '"participant_agreement"', PAPERS)


def issued(desk: Desk, **answers: object) -> RecordId:
    return issue_case(desk, begun(desk, **answers), CITATION).finished.record


def test_the_copy_set_follows_the_terms_and_each_copy_counts(officer: Desk) -> None:
    case = issued(officer)
    copies = [(paper.paper, count) for paper, count in copy_set(officer, case)]
    assert copies == [("citation", 4), ("participant_agreement", 2)]
    for paper, count in copy_set(officer, case):
        for _ in range(count):
            note_printed(officer, paper, "Front desk")
    assert {p.paper: p.copies for p in issued_papers(officer, case)} == {
        "citation": 4, "participant_agreement": 2,
    }  # fmt: skip


def test_the_next_person_of_the_same_incident_begins_with_the_incident(officer: Desk) -> None:
    victims = [{"victim_name": "Tilde Store", "victim_answer": "consents"}]
    case = issued(officer, has_victim="yes", victims=victims)
    draft = same_incident(officer, case)
    for name in ("case_number", "offense_at", "offense_place", "has_risk", "has_victim"):
        assert draft.answers[name] == (ANSWERS | {"has_victim": "yes"})[name]
    assert draft.answers["offenses"] == ANSWERS["offenses"]
    assert draft.answers["victims"] == victims  # no record ids: rows of their own
    for name in ("last_name", "first_name", "date_of_birth", "probable_cause", "decision"):
        assert name not in draft.answers
    assert draft.number == ""
    save_draft(officer, draft)
    draft.answers = {**ANSWERS, **draft.answers, "first_name": "Marlow"}
    second = issue_case(officer, draft, CITATION).finished
    assert second.record != case
    assert len(officer.cases_file.about(second.record, "row.victims")) == 1


def test_a_wrong_citation_is_voided_and_issued_anew_under_a_new_number(officer: Desk) -> None:
    case = issued(officer)
    (old, *_) = issued_papers(officer, case)
    move(officer, days=1)
    amend_intake(officer, case, {"first_name": "Marlow"}, "spelling")
    with pytest.raises(ReasonMissing):
        reissue_case(officer, case, " ")
    new = reissue_case_paper(officer, old, "wrong first name")
    with pytest.raises(FactIsFinal):
        reissue_case_paper(officer, old, "again")
    assert new.receipt != old.receipt
    assert new.replaces == old.number
    record = held_case(officer, case).record
    assert record.values[facts.NUMBER] == new.receipt
    said = words_on(paper_bytes(officer, new))
    assert "Marlow" in said
    assert f"Replaces no. {old.number}" in said
    assert "Monday, November 30, 2026" in said  # what was due stays due
    clock = held_case(officer, case).standing.clock
    assert clock.report_by
    assert clock.report_by.moment == datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    entries = {entry.number: entry for entry in ledger(officer, 2026)}
    assert (entries[old.receipt].use, entries[old.receipt].reason) == (Use.VOID, "wrong first name")
    assert entries[new.receipt].use is Use.ISSUED
    assert [str(act.kind) for act in acts_in(officer.cases_file, case)] == ["issued", "reissued"]
    assert [p.paper for p, _ in copy_set(officer, case)] == ["participant_agreement", "citation"]


def test_what_was_decided_and_signed_stays_once_the_citation_is_out(officer: Desk) -> None:
    """Else a case would be held of somebody who said no, by its own answers."""
    case = issued(officer)
    form = held_case(officer, case).guide.form
    drawn = {"how": "typed", "name": "Somebody Else", "strokes": [], "at": "2026-11-23T09:00"}
    for name, value in (("decision", "declined"), ("signed", drawn), ("officer_signed", drawn)):
        with pytest.raises(FactIsFinal):
            amend_intake(officer, case, {form.facts[name]: value}, "changed their mind")
    amend_intake(officer, case, {"first_name": "Marlow", "decision": "accepted"}, "spelling")


def test_what_holds_the_charge_is_issued_once_and_replaced_by_who_may_issue_it(
    officer: Desk, desks: Desks, tmp_path: Path
) -> None:
    """Two citations of one case, or one after its charge went back, would mislead who reads it."""
    case = issued(officer)
    (old, *_) = issued_papers(officer, case)
    for paper in ("citation", "referral_notice"):
        with pytest.raises(CaseRefused, check=lambda error: ALREADY_ISSUED in error.reasons):
            issue_case_papers(officer, case, [paper])
    assert issue_case_papers(officer, case, ["participant_agreement"])  # control
    coordinator = at_program(desks(Role.COORDINATOR), tmp_path)
    with pytest.raises(NotAllowed):
        reissue_case_paper(coordinator, old, "wrong first name")
    assert reissue_case_paper(officer, old, "wrong first name").replaces == old.number


@pytest.mark.parametrize("typed", ["{}", "{}\n", " {}", "{}*"])
def test_a_scanned_number_finds_its_case_and_no_other(officer: Desk, typed: str) -> None:
    case, other = issued(officer), issued(officer)
    number = str(held_case(officer, case).record.values[facts.NUMBER])
    assert case != other
    assert [row.record for row in find_people(officer, typed.format(number), room=CASES_ROOM)] == [
        case
    ]


def test_saying_no_leaves_an_entry_without_a_name_and_voids_the_number(officer: Desk) -> None:
    draft = begun(officer, decision="declined", race=["white"], gender=["woman"])
    (paper,) = make_papers(officer, draft, ["refusal_record"])  # printed before
    assert "Quillfeather" in words_on(paper_bytes(officer, paper, draft))
    kept = decline(officer, draft, "cost")
    assert kept.outcome is OfferOutcome.DECLINED
    offer = offers(officer, "2026-11-23")[-1]
    told = dict(offer.demographics)
    assert told["age_band"] == "35_44"
    assert told["race_self"] == ["white"]
    assert (offer.about.program, offer.about.offense) == (PROGRAM, "trespass")
    everything = str(officer.cases_file.of_kind("offer")) + str(
        [officer.cases_file.about(offer.id)]
    )
    for secret in ("Quillfeather", "Wren", "1991", "Mill Street", draft.id):
        assert secret not in everything
    (entry,) = fresh(officer)
    assert (entry.use, entry.reason) == (Use.VOID, "declined")
    assert unfinished(officer) == []


def test_not_offered_needs_a_code_and_a_second_try_notes_nothing_twice(
    officer: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begun(officer)
    with pytest.raises(UnknownCode):
        not_offered(officer, draft, "bad mood")
    assert [one.id for one in unfinished(officer)] == [draft.id]
    with monkeypatch.context() as patched:
        patched.setattr("intake_app.services.citing.contact_ends.discard_draft", _go_dark)
        with pytest.raises(RecordMissing):
            not_offered(officer, draft, "weapon")
    not_offered(officer, draft, "weapon")
    found = offers(officer, "2026-11-23")
    assert [o.reason for o in found if o.outcome is OfferOutcome.NOT_OFFERED] == ["weapon"]
    assert len(officer.cases_file.of_kind("offer.demographics")) == 1
    assert unfinished(officer) == []


def _go_dark(*_: object) -> None:
    raise RecordMissing("dark")
