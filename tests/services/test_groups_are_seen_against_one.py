"""Is everybody treated alike: a rate by group against a group that somebody chose, none ranked."""

import math
from dataclasses import replace

import pytest
from held_cases import House, case_taken
from walk_ins import taken

from intake_app.domain.roles import Role
from intake_app.domain.told import Told
from intake_app.domain.wilson import wilson
from intake_app.services.desk import Desk
from intake_app.services.measures.asking import cuts_of
from intake_app.services.measures.fairness import against, fair_cuts, rate_ratio
from intake_app.services.measures.periods import Period
from intake_app.services.measures.tabling import Table, rows_in_order
from intake_app.services.measures.viewing import View, view
from intake_app.words import Words

YEAR = Period("2026-01-01", "2026-12-31")


@pytest.fixture
def desk(house: House, officer: Desk) -> Desk:
    """Of 6 who are white 3 said yes; small groups may be told here."""
    for race, offers in (("white", 6), ("aian", 4)):
        for n in range(offers):
            told = {"decision": "declined", "declined_reason": "cost"} if n % 2 else {}
            taken(house.desk(Role.COORDINATOR), race=[race], **told)
    case_taken(officer, race=["black"])
    return of_at_least(house.desk(Role.COORDINATOR), 1)


def of_at_least(desk: Desk, people: int) -> Desk:
    return replace(desk, agency=replace(desk.agency, small_cell=people))


def by_race(desk: Desk) -> View:
    return view(desk, "accepted", YEAR, ["race"])


def groups_of(found: View) -> list[tuple[str, str, Told]]:
    return [
        (found.asked.label("race", code), code, told)
        for (code,), told in rows_in_order(found.told, found.asked)
    ]


def seen(found: View, reference: str | None) -> Table:
    return against("Said yes", "Race", groups_of(found), reference, Words("en"))


def test_groups_stand_in_the_order_of_the_code_table(desk: Desk) -> None:
    table = seen(by_race(desk), "white")
    assert [line.place for line in table.lines] == [("aian",), ("black",), ("white",)]
    assert [line.cells[-1] == "reference" for line in table.lines] == [False, False, True]
    assert table.lines[0].head == "American Indian or Alaska Native"


def test_a_ratio_is_a_rate_over_that_of_the_reference(desk: Desk) -> None:
    found = by_race(desk)
    told = {code: one for _, code, one in groups_of(found)}
    own, black = told["white"], told["black"]
    assert (own.number, own.base, black.number, black.base) == (3, 6, 1, 1)
    low, high = wilson(3, 6)
    assert (own.low, own.high) == pytest.approx((100 * low, 100 * high))
    half = 1.959964 * math.sqrt(1 / 1 - 1 / 1 + 1 / 3 - 1 / 6)
    ends = (2 * math.exp(-half), 2 * math.exp(half))
    assert rate_ratio(black, own) == pytest.approx((2, *ends), rel=1e-4)
    assert seen(found, "white").lines[1].cells[-1] == "2.00 ({:.2f} to {:.2f})".format(*ends)


def test_nobody_is_the_reference_by_itself(desk: Desk) -> None:
    assert {line.cells[-1] for line in seen(by_race(desk), None).lines} == {""}


def test_those_of_whom_it_is_not_known_are_a_group_like_others() -> None:
    groups = [("White", "white", Told(6, 12, 50.0)), ("Not known", "", Told(3, 12, 25.0))]
    cells = [line.cells[-1] for line in against("", "", groups, None, Words("en")).lines]
    assert cells == ["", ""]
    chosen = [line.cells[-1] for line in against("", "", groups, "", Words("en")).lines]
    assert chosen[1] == "reference"
    assert chosen[0].startswith("2.00 (")


def test_below_the_threshold_neither_rate_nor_ratio_is_told(desk: Desk) -> None:
    found = by_race(of_at_least(desk, 11))
    assert {one.percent for _, _, one in groups_of(found)} == {None}
    for line in seen(found, "white").lines:
        assert line.cells[-1] in {"", "reference"}


def test_only_groups_of_people_are_compared(house: House) -> None:
    chief = house.desk(Role.SUPERVISOR)
    offered = [cut.id for cut in cuts_of(chief, "accepted")]
    fair = [cut.id for cut in fair_cuts(cuts_of(chief, "accepted"))]
    assert fair[0] == "race"
    assert {"by", "month"} <= set(offered)
    assert not {"by", "month"} & set(fair)  # officers are no groups to compare, nor are months
