"""The point-and-tick sheet: printed without a number, a name or a record, and logged."""

import pytest
from profiles import Desks
from walk_ins import audit, station_of

from intake_app.domain.errors import NotAllowed, PaperMissing
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.drawing.blank_papers import POINT_AND_TICK, print_blank
from intake_app.services.papers.papers import PAPER


def test_it_is_drawn_and_logged_and_leaves_no_record(desk: Desk) -> None:
    before = len(desk.care_file.of_kind(PAPER))
    data = print_blank(desk, "self_referral", POINT_AND_TICK, "en")
    assert data.startswith(b"%PDF")
    assert data == print_blank(desk, "self_referral", POINT_AND_TICK, "en")
    assert len(desk.care_file.of_kind(PAPER)) == before
    assert len(audit(station_of(desk), f"print blank {POINT_AND_TICK}")) == 2


def test_a_paper_that_the_form_does_not_have_is_refused(desk: Desk) -> None:
    with pytest.raises(PaperMissing):
        print_blank(desk, "self_referral", "no_such_paper", "en")


def test_only_who_issues_papers_prints_it(desks: Desks) -> None:
    with pytest.raises(NotAllowed):
        print_blank(desks(Role.ADMINISTRATOR), "self_referral", POINT_AND_TICK, "en")
