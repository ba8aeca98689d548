"""Somebody subtracts each number of a report from each other, and finds no 1 to 10 people.

The attack looks at the true records behind each told number: where all of one are among those of
another, the difference is a number of people, whether or not a definition says so. Measures by
another day, and those that count people once, are left out: nobody can know that one holds the
other.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from held_cases import House
from made_journeys import Maker, kept

from intake_app.domain.clock import FixedClock
from intake_app.domain.measure import Kind, Unit
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import custom
from intake_app.services.measures.viewing import View, view
from intake_app.services.reports.quarterly import quarterly_report

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAYS = custom("2025-01-01", "2025-09-30")
LEAST = 11
Ids = frozenset[tuple[str, str]]


@pytest.fixture(params=[3, 6, 11])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    house = House(tmp_path, FixedClock(AT))
    made = house.desk(Role.COORDINATOR)
    kept(made, list(Maker(request.param).many(1500)))
    yield made
    house.close()


def told_sets(desk: Desk, one: View) -> Iterator[Ids]:
    """The records behind each told number, and those in a base and not in its number."""
    told, asked, files = one.told, one.asked, desk.measures and desk.measures.files
    is_plain = told.measure.kind not in {Kind.SUM, Kind.RATIO} and told.measure.date == "opened_on"
    if not files or not is_plain or told.measure.unit is Unit.PERSON:
        return
    for place, cell in [((), told.whole), *told.rows.items()]:
        base, hits = set[tuple[str, str]](), set[tuple[str, str]]()
        for name in asked.files:
            found = files[name].behind(asked.question, place, 100_000)
            base |= {(name, ident) for ident in found}
            if told.measure.where:
                hits |= {(name, i) for i in files[name].in_numerator(asked.question, found)}
        if cell.base == len(base):
            yield frozenset(base)
            if told.measure.where and cell.number == len(hits):
                yield from (frozenset(hits), frozenset(base - hits))


def differences(desk: Desk, views: Sequence[View]) -> list[int]:
    """How many are left, wherever that is a few."""
    found = {ids for one in views for ids in told_sets(desk, one)}
    return [len(one - other) for one in found for other in found
            if other < one and len(one - other) < LEAST]  # fmt: skip


def test_nothing_is_left_of_a_report(desk: Desk) -> None:
    assert differences(desk, quarterly_report(desk, DAYS).views) == []


def test_of_figures_that_were_told_one_by_one_something_is(desk: Desk) -> None:
    report = quarterly_report(desk, DAYS)
    alone = [view(desk, one.told.measure.id, DAYS, one.told.cuts) for one in report.views]
    assert differences(desk, alone) != []
