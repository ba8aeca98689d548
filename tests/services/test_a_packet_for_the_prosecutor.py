"""The prosecutor's packet: lasting, accessible, about one case, and silent about treatment."""

import page
import pypdfium2
import pytest
from held_cases import House, audit, case_taken, cases_of, move

from intake_app.domain import facts
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.errors import (
    CaseRefused,
    EnteredInError,
    FactIsFinal,
    NotAllowed,
    PacketNeedsRequest,
    ReasonMissing,
)
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import Role
from intake_app.services.case import acts
from intake_app.services.case.acts import Why
from intake_app.services.case.conditions import Progress, conditions_of, record_progress
from intake_app.services.case.held import act_change, held_case
from intake_app.services.case.treatment import record_treatment
from intake_app.services.citing.cases import issue_case_papers, read_case, reissue_case_paper
from intake_app.services.citing.packets import PACKET, make_packet, needs_request, reissue_packet
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import IssuedPaper, note_printed, paper_bytes

SAID_IN_CARE = "Missed two counseling hours at Riverbend"
PROFILES = (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)


@pytest.fixture
def case(officer: Desk, coordinator: Desk) -> RecordId:
    """Came, agreed, worked a little, stopped."""
    case = case_taken(officer)
    issue_case_papers(officer, case, ["participant_agreement"])
    move(officer, hours=20)
    acts.note_reported(officer, case)
    plan = {one.type: one.id for one in conditions_of(officer, case)}
    record_progress(officer, plan["service_hours"], Progress(amount=6, verifier="B. Nims"))
    record_treatment(coordinator, case, plan["treatment"], "pending", SAID_IN_CARE)
    move(officer, days=5)
    record_treatment(coordinator, case, plan["treatment"], "not_met", SAID_IN_CARE)
    return case


@pytest.fixture
def failed(coordinator: Desk, case: RecordId) -> RecordId:
    acts.close_case(coordinator, case, "not_completed", Why("lost_contact"))
    return case


def words(data: bytes) -> str:
    """All that is drawn, page after page, without line ends."""
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())


def breaches(data: bytes, profile: "page.ValidationProfile") -> list[str]:
    report = page.validate_pdf_bytes(data, profile=profile)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def told(desk: Desk, case: RecordId) -> tuple[IssuedPaper, str]:
    made = make_packet(desk, case)
    return made, words(paper_bytes(desk, made))


@pytest.mark.parametrize("profile", PROFILES)
def test_it_lasts_and_can_be_read_by_everybody(
    officer: Desk, failed: RecordId, profile: "page.ValidationProfile"
) -> None:
    data = paper_bytes(officer, make_packet(officer, failed))
    assert breaches(data, profile) == []


def test_the_validator_refuses_a_broken_one(officer: Desk, failed: RecordId) -> None:
    """Negative control."""
    data = paper_bytes(officer, make_packet(officer, failed))
    assert breaches(data.replace(b"/MarkInfo", b"/MarkInfx"), PROFILES[1])


def test_it_holds_citation_agreement_log_and_audit(officer: Desk, failed: RecordId) -> None:
    number = read_case(officer, failed).intake.number
    made, said = told(officer, failed)
    for part in ("Packet for the prosecutor", "Contents", "Participant agreement",
                 "Compliance log", "Audit extract"):  # fmt: skip
        assert part in said
    assert "Quillfeather" in said
    assert number in said
    assert "6 hours" in said  # of what was done
    assert "D. Reyes" in said
    assert "finish intake" in said  # from the audit trail
    assert (made.paper, made.audience, made.number) == (PACKET, "department", f"{number}/2")


def test_the_citation_in_it_is_the_one_that_was_given_out(
    officer: Desk, coordinator: Desk, case: RecordId
) -> None:
    """The report-by is that of the day of issue, whatever was granted later."""
    acts.extend_case(coordinator, case, Why("more_time"))
    acts.close_case(coordinator, case, "returned", Why("lost_contact"))
    _, said = told(officer, case)
    assert "Monday, November 30, 2026" in said
    assert "Sunday, February 21, 2027" in said  # on the citation
    assert "Tuesday, March 23, 2027" in said  # on the cover: extended since


def test_of_treatment_it_has_the_status_word_only(officer: Desk, failed: RecordId) -> None:
    _, said = told(officer, failed)
    for word in ("counseling", "Riverbend", "record treatment", "Missed two"):
        assert word not in said
    assert "Treatment" in said
    assert said.count("Not met") == 2  # beside the condition, and in the log when it was last said
    assert "B. Nims" in said  # who vouches for work may be told


def test_it_names_no_other_case(officer: Desk, failed: RecordId) -> None:
    other = case_taken(officer, last_name="Controlwood")
    read_case(officer, other)
    number = read_case(officer, other).intake.number
    before = len(audit(cases_of(officer), "read intake"))
    _, said = told(officer, failed)
    assert number not in said
    assert "Controlwood" not in said
    lines = cases_of(officer).audit_of([other])
    assert lines
    assert before >= 2
    assert said.count("finish intake") == 1  # of two that were finished


def test_it_is_refused_while_people_disagree(
    officer: Desk, coordinator: Desk, failed: RecordId
) -> None:
    held = held_case(coordinator, failed)
    first = next(act for act in held.acts if act.kind == "not_completed")
    rival = acts.CaseAct(
        new_record_id(), acts.CaseActKind.COMPLETED, first.at, first.entered, first.by, first.saw
    )
    change = act_change(coordinator.cases_file, coordinator.person.id, failed, rival)
    coordinator.cases_file.apply([change], coordinator.act("save"))
    with pytest.raises(CaseRefused, check=lambda error: Refusal.CONFLICT in error.reasons):
        make_packet(officer, failed)


def test_an_open_case_needs_the_prosecutors_request(officer: Desk, case: RecordId) -> None:
    assert needs_request(held_case(officer, case).standing.status)
    for request in ("", "  "):
        with pytest.raises(PacketNeedsRequest):
            make_packet(officer, case, request)
    made = make_packet(officer, case, "Asked for by ADA Lind on the phone")
    kept = officer.cases_file.record(made.record)
    assert kept
    assert kept.values[facts.REASON] == "Asked for by ADA Lind on the phone"
    assert b"Lind" not in paper_bytes(officer, made)


def test_it_is_a_paper_like_others(officer: Desk, failed: RecordId) -> None:
    made = make_packet(officer, failed)
    note_printed(officer, made, "Front desk")
    (kept,) = [one for one in read_case(officer, failed).intake.papers if one.paper == PACKET]
    assert (kept.number, kept.copies) == (made.number, 1)
    (line,) = audit(cases_of(officer), "make prosecutor packet")
    assert line[2] == made.record


def test_a_wrong_one_is_voided_and_made_anew(officer: Desk, failed: RecordId) -> None:
    made = make_packet(officer, failed)
    with pytest.raises(ReasonMissing):
        reissue_packet(officer, made, " ")
    new = reissue_case_paper(officer, made, "wrong conditions")
    assert new.replaces == made.number
    assert new.number.endswith("/3")
    assert made.number in words(paper_bytes(officer, new))
    with pytest.raises(FactIsFinal):
        reissue_packet(officer, made, "again")


def test_who_has_no_case_papers_makes_none(house: House, failed: RecordId) -> None:
    with pytest.raises(NotAllowed):
        make_packet(house.desk(Role.FRONT_DESK), failed)


def test_a_case_in_error_has_none(officer: Desk, case: RecordId) -> None:
    acts.mark_case_in_error(officer, case, "typed twice")
    with pytest.raises(EnteredInError):
        make_packet(officer, case, "asked")
