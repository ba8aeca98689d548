"""Disability, religion, orientation and zone are asked only where the department chose to."""

from dataclasses import replace

import pytest
from held_cases import AGENCY, House
from journeys_here import journey
from walk_ins import WALK_IN, taken

from intake_app.domain.roles import Role
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.desk import Desk
from intake_app.services.measures.asking import cuts_of, measures_of
from intake_app.settings import resources

CHOSEN = ("disability", "religion", "sexual_orientation", "zone")


def asking(desk: Desk, *questions: str) -> Desk:
    """The desk of a department that chose these."""
    agency = replace(AGENCY, also_asks=questions)
    setting = Setting.of(agency, desk.clock)
    library = FormLibrary(resources.path("forms"), resources.path("resources"), setting)
    return replace(desk, agency=agency, library=library)


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(Role.COORDINATOR)


@pytest.mark.parametrize("form", ["self_referral", "officer_intervention", "officer_referral"])
def test_nobody_is_asked_by_default(desk: Desk, form: str) -> None:
    guide = asking(desk).library.guide(form)
    asked = guide.visible({**WALK_IN, "referral_given": "letter"})
    assert not asked & set(CHOSEN)
    assert {one.id for one in guide.form.fields()} & set(CHOSEN)  # negative control


def test_who_chose_is_asked_and_may_cut_by_it(desk: Desk) -> None:
    chose = asking(desk, "religion", "disability")
    assert {"religion", "disability"} <= chose.library.guide("self_referral").visible(WALK_IN)
    intake = taken(chose, religion="sikh", disability=["hearing", "walking"]).record
    made = journey(chose, intake)
    assert made.traits["religion"] == ("sikh",)
    assert made.traits["disability"] == ("hearing", "walking")
    measure = measures_of(chose)[0].id
    by = {cut.id for cut in cuts_of(chose, measure)}
    assert {"religion", "disability"} <= by
    assert "sexual_orientation" not in by
    assert not {"religion", "disability"} & {cut.id for cut in cuts_of(desk, measure)}
