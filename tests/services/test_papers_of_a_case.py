"""Papers of a case carry the words of its clock; none goes out in a conflict or to nobody."""

from dataclasses import replace

import pytest
from held_cases import House, case_taken, cases_of, move

from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.condition import Progress
from intake_app.domain.errors import CaseRefused, EnteredInError
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.paper import Sheet
from intake_app.domain.roles import Role
from intake_app.pdf.press import Press
from intake_app.services.case import acts
from intake_app.services.case.acts import Why
from intake_app.services.case.conditions import record_progress, waive_condition
from intake_app.services.case.held import act_change, held_case
from intake_app.services.case.treatment import record_treatment
from intake_app.services.citing.case_words import around_case
from intake_app.services.citing.cases import (
    case_offers,
    issue_case_papers,
    read_case,
    reissue_case_paper,
)
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import issue_papers


class WatchedPress(Press):
    """The real press, which also keeps what it drew."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []

    def print(self, sheet: Sheet) -> bytes:
        self.sheets.append(sheet)
        return super().print(sheet)


@pytest.fixture
def press() -> WatchedPress:
    return WatchedPress()


@pytest.fixture
def coordinator(house: House, press: WatchedPress) -> Desk:
    return replace(house.desk(Role.COORDINATOR), press=press)


@pytest.fixture
def case(house: House) -> RecordId:
    return case_taken(house.desk(Role.OFFICER))


def said(sheet: Sheet) -> str:
    return "\n".join(
        line
        for part in sheet.parts
        for line in (part.text, *part.bullets, *(" | ".join(row) for row in part.rows))
    )


def test_an_extension_notice_says_until_when_and_what_is_open(
    coordinator: Desk, press: WatchedPress, case: RecordId
) -> None:
    plan = {one.type: one for one in read_case(coordinator, case).conditions}
    record_progress(coordinator, plan["service_hours"].id, Progress(amount=8))
    waive_condition(coordinator, plan["fee"].id, "No income, owes rent")
    acts.extend_case(coordinator, case, Why("other", "Her mother is dying"))
    issued = issue_case_papers(coordinator, case, ["extension_notice"])
    words = said(press.sheets[-1])
    assert "Tuesday, March 23, 2027" in words
    assert (
        "Help at the food bank: 24 hours | Tuesday, March 23, 2027 | 8 hours of 24 hours" in words
    )
    assert "Program fee: $50.00 | Tuesday, March 23, 2027 | Waived" in words
    assert "dying" not in words  # nobody's own words
    assert "rent" not in words
    assert issued[0].number.endswith("/1")


def test_a_notice_of_non_compliance_has_the_status_word_of_treatment_only(
    coordinator: Desk, press: WatchedPress, case: RecordId
) -> None:
    treat = next(one for one in read_case(coordinator, case).conditions if one.is_treatment)
    record_treatment(coordinator, case, treat.id, "not_met", "Left Riverbend on day 3")
    acts.close_case(coordinator, case, "not_completed", Why("lost_contact"))
    issue_case_papers(coordinator, case, ["noncompliance_notice"])
    words = said(press.sheets[-1])
    assert "Treatment | Sunday, February 21, 2027 | Not met" in words
    assert "Riverbend" not in words
    assert "Contact was lost" in words
    assert "Not completed" in words


def test_a_wrong_paper_is_voided_and_replaced(
    coordinator: Desk, press: WatchedPress, case: RecordId
) -> None:
    (first,) = issue_case_papers(coordinator, case, ["participant_agreement"])
    again = reissue_case_paper(coordinator, first, "Wrong address")
    assert again.replaces == first.number
    assert press.sheets[-1].replaces.endswith(first.number)
    words = said(press.sheets[-1])
    assert "Monday, November 30, 2026" in words
    assert "9 Creek Road" in words


def test_no_letter_goes_to_who_asked_for_none_but_the_prosecutor_is_told(
    coordinator: Desk, case: RecordId
) -> None:
    acts.note_do_not_contact(coordinator, case)
    with pytest.raises(CaseRefused) as refused:
        issue_case_papers(coordinator, case, ["progress_sheet"])
    assert refused.value.reasons == (Refusal.DO_NOT_CONTACT,)
    acts.close_case(coordinator, case, "not_completed", Why("lost_contact"))
    assert issue_case_papers(coordinator, case, ["noncompliance_notice"])


def test_no_letter_goes_to_who_has_died(coordinator: Desk, case: RecordId) -> None:
    acts.close_case(coordinator, case, "deceased")
    with pytest.raises(CaseRefused):
        issue_case_papers(coordinator, case, ["progress_sheet"])


def test_no_paper_is_made_while_people_disagree_or_after_an_error(
    coordinator: Desk, house: House, case: RecordId
) -> None:
    (first,) = issue_case_papers(coordinator, case, ["progress_sheet"])
    seen = acts.close_case(coordinator, case, "withdrew")
    other = replace(seen, id=new_record_id(), kind=CaseActKind.TRANSFERRED)  # had not seen it
    user = coordinator.person.id
    cases_of(coordinator).apply(
        [act_change(coordinator.cases_file, user, case, other)], coordinator.act("elsewhere", case)
    )
    with pytest.raises(CaseRefused):
        issue_case_papers(coordinator, case, ["noncompliance_notice"])
    with pytest.raises(CaseRefused):
        reissue_case_paper(coordinator, first, "why")
    with pytest.raises(CaseRefused):  # nor by the way of walk-ins
        issue_papers(coordinator, case, ["progress_sheet"])
    acts.settle_conflict(house.desk(Role.SUPERVISOR), case, seen.id, "She withdrew")
    assert issue_case_papers(coordinator, case, ["noncompliance_notice"])
    acts.mark_case_in_error(house.desk(Role.OFFICER), case, "Typed twice")
    with pytest.raises(EnteredInError):
        issue_case_papers(coordinator, case, ["noncompliance_notice"])


def test_a_compliance_log_tells_the_days_in_order(coordinator: Desk, case: RecordId) -> None:
    plan = {one.type: one for one in read_case(coordinator, case).conditions}
    move(coordinator, days=1)
    acts.note_reported(coordinator, case)
    record_progress(
        coordinator, plan["assessment"].id,
        Progress("met", note="A private note", verifier="K. Ames", day="2026-11-23"),
    )  # fmt: skip
    issue_case_papers(coordinator, case, ["progress_sheet"])
    tables = around_case(coordinator, held_case(coordinator, case)).tables("en")
    assert [tuple(row)[1:] for row in tables["compliance"]] == [
        ("The citation was issued", "", "D. Reyes"),  # of one day, in the order of acts
        ("Come to the assessment", "Met (K. Ames)", "J. Lowe"),
        ("The person reported", "", "J. Lowe"),
    ]
    assert tables["compliance"][2][0] == "Tuesday, November 24, 2026"
    assert len(tables["earlier_papers"]) == 1
    assert tables["bring"] == [("This paper",)]
    assert {one.paper.id for one in case_offers(coordinator, case)} >= {"progress_sheet"}
