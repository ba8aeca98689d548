"""A case offers the letter that fits where it stands; a draft offers none of them."""

from held_cases import House

from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.case import acts
from intake_app.services.case.acts import Why
from intake_app.services.citing.cases import case_offers
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import offers
from intake_app.settings import resources

LETTERS = {"extension_notice", "completion_letter", "noncompliance_notice", "progress_sheet"}


def letters(desk: Desk, case: RecordId) -> set[str]:
    return {one.paper.id for one in case_offers(desk, case)} & LETTERS


def test_an_open_case_has_no_letter_of_an_end(coordinator: Desk, case: RecordId) -> None:
    assert letters(coordinator, case) == {"progress_sheet"}


def test_an_extension_brings_its_notice(coordinator: Desk, case: RecordId) -> None:
    acts.extend_case(coordinator, case, Why("health"))
    assert "extension_notice" in letters(coordinator, case)


def test_a_completed_case_has_the_letter_that_says_so(coordinator: Desk, case: RecordId) -> None:
    acts.note_reported(coordinator, case)
    acts.close_case(coordinator, case, "completed")
    assert letters(coordinator, case) == {"completion_letter", "progress_sheet"}


def test_what_failed_has_the_notice_to_the_prosecutor(coordinator: Desk, case: RecordId) -> None:
    acts.close_case(coordinator, case, "not_completed", Why("lost_contact"))
    assert "noncompliance_notice" in letters(coordinator, case)
    assert "completion_letter" not in letters(coordinator, case)


def test_what_is_not_issued_yet_offers_none(house: House) -> None:
    officer = house.desk(Role.OFFICER)
    guide = officer.library.guide("creek_road")
    assert not {one.paper.id for one in offers(officer, guide, {})} & LETTERS


def test_the_shipped_form_names_each_letter() -> None:
    """Negative control: a paper that no form names can be printed by nobody."""
    text = resources.path("forms", "officer_intervention.toml").read_text("utf-8")
    assert all(f'"{letter}"' in text for letter in LETTERS)
