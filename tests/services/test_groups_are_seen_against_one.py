"""Is everybody treated alike: a rate by group against a group that somebody chose, none ranked."""

import math
from dataclasses import replace

import pytest
from held_cases import House, case_taken
from walk_ins import taken

from intake_app.domain.measure_errors import CutMissing, NotARate
from intake_app.domain.roles import Role
from intake_app.domain.wilson import wilson
from intake_app.services.desk import Desk
from intake_app.services.measures.equity import EquityRow, EquityView, equity

YEAR = ("2026-01-01", "2026-12-31")


@pytest.fixture
def desk(house: House, officer: Desk) -> Desk:
    """Of 6 whose race is white 4 completed nothing yet; small groups may be told here."""
    for race, offers in (("white", 6), ("aian", 4)):
        for n in range(offers):
            told = {"decision": "declined", "declined_reason": "cost"} if n % 2 else {}
            taken(house.desk(Role.COORDINATOR), race=[race], **told)
    case_taken(officer, race=["black"])
    made = house.desk(Role.COORDINATOR)
    return replace(made, agency=replace(made.agency, small_cell=1))


def row(view: EquityView, code: str) -> EquityRow:
    return next(one for one in view.rows if one.code == code)


def test_groups_stand_in_the_order_of_the_code_table(desk: Desk) -> None:
    view = equity(desk, "accepted", "race", "white", *YEAR)
    assert [one.code for one in view.rows] == ["aian", "black", "white"]
    assert [one.is_reference for one in view.rows] == [False, False, True]
    assert view.rows[0].label == "American Indian or Alaska Native"


def test_a_ratio_is_a_rate_over_that_of_the_reference(desk: Desk) -> None:
    view = equity(desk, "accepted", "race", "white", *YEAR)
    own, black = row(view, "white"), row(view, "black")
    assert (own.told.number, own.told.base, own.ratio) == (3, 6, None)
    assert (black.told.number, black.told.base, black.ratio) == (1, 1, 2.0)
    low, high = wilson(3, 6)
    assert (own.told.low, own.told.high) == pytest.approx((100 * low, 100 * high))
    half = 1.959964 * math.sqrt(1 / 1 - 1 / 1 + 1 / 3 - 1 / 6)
    assert black.ratio_low == pytest.approx(2 * math.exp(-half), rel=1e-4)
    assert black.ratio_high == pytest.approx(2 * math.exp(half), rel=1e-4)


def test_nobody_is_the_reference_by_itself(desk: Desk) -> None:
    view = equity(desk, "accepted", "race", "", *YEAR)
    assert not any(one.is_reference or one.ratio for one in view.rows)


def test_below_the_threshold_neither_rate_nor_ratio_is_told(desk: Desk) -> None:
    many = replace(desk, agency=replace(desk.agency, small_cell=11))
    view = equity(many, "accepted", "race", "white", *YEAR)
    for one in view.rows:
        assert one.told.percent is None
        assert one.told.low is None
        assert one.ratio is None


def test_only_rates_of_groups_of_people_are_compared(house: House, desk: Desk) -> None:
    with pytest.raises(NotARate):
        equity(desk, "met", "race", "white", *YEAR)
    for cut in ("month", "by"):
        with pytest.raises(CutMissing):
            equity(desk, "accepted", cut, "", *YEAR)
    chief = house.desk(Role.SUPERVISOR)
    with pytest.raises(CutMissing):
        equity(chief, "accepted", "by", "", *YEAR)  # officers are no groups to compare
