"""Released numbers: read without a key, never changed, and later ones have to agree with them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from coded_periods import period_of
from held_cases import House, audit
from made_journeys import Maker, kept

from intake_app.domain.clock import FixedClock
from intake_app.domain.disclosure_errors import NotWhatWasShown
from intake_app.domain.errors import NotAllowed
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey
from intake_app.domain.release_errors import (
    CountedMore,
    NotToBeReleased,
    PeriodNotOver,
    ReleaseGone,
)
from intake_app.domain.roles import Compartment as FileName
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import custom
from intake_app.services.reports.quarterly import print_quarterly, quarterly_report
from intake_app.services.reports.releasing import read_release, release, released
from intake_app.services.reports.report import Report

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    found = House(tmp_path, FixedClock(AT))
    yield found
    found.close()


@pytest.fixture(scope="module")
def made() -> list[Journey]:
    return list(Maker(7).many(1500))


@pytest.fixture
def desk(house: House, made: list[Journey]) -> Desk:
    return desk_with(house, made)


def desk_with(house: House, made: list[Journey]) -> Desk:
    found = house.desk(Role.COORDINATOR)
    kept(found, made)
    return found


@pytest.fixture(scope="module")
def first(made: list[Journey], tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What `report_of(desk, "2025-Q3")` gives in each house that has released nothing."""
    house = House(tmp_path_factory.mktemp("first"), FixedClock(AT))
    try:
        return report_of(desk_with(house, made), "2025-Q3")
    finally:
        house.close()


def without_keys(desk: Desk, role: Role) -> Desk:
    """The desk of somebody who holds the key of no file of people."""
    person = replace(desk.person, roles=frozenset({role}))
    return replace(desk, person=person, care=None, cases=None, measures=None)


def report_of(desk: Desk, code: str) -> Report:
    return quarterly_report(desk, period_of(desk, code))


def test_a_release_is_read_and_printed_without_a_key(
    house: House, desk: Desk, first: Report
) -> None:
    ident = release(desk, first)
    administrator = without_keys(desk, Role.ADMINISTRATOR)
    (found,) = released(administrator)
    assert (found.id, found.is_newest, found.period) == (ident, True, first.period)
    read = read_release(administrator, ident)
    assert replace(read, released_on="") == first
    assert print_quarterly(administrator, read).startswith(b"%PDF")
    assert audit(house.files[FileName.STATION], "look at released numbers")


def test_a_release_holds_nothing_but_what_was_told(desk: Desk, first: Report) -> None:
    ident = release(desk, first)
    record = desk.station.record(ident)
    assert record is not None
    for lines in record.values["asked"]:
        figure = lines["figure"]
        assert figure["rows"] == []
        assert figure["whole"]["number"] == figure["whole"]["base"] == 0
    for lines in record.values["figures"]:
        told = lines["told"]
        numbers = [told["whole"]["number"], *(one["number"] for _, one in told["rows"])]
        assert all(one is None or one == 0 or abs(one) >= 11 for one in numbers)


def test_who_may_release(desk: Desk, first: Report) -> None:
    for role in (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.FRONT_DESK, Role.OFFICER):
        with pytest.raises(NotAllowed):
            release(without_keys(desk, role), first)
    with pytest.raises(NotAllowed):
        released(without_keys(desk, Role.FRONT_DESK))


def test_what_is_not_for_release_is_not_released(desk: Desk) -> None:
    inside = quarterly_report(desk, period_of(desk, "2025-Q3"), is_internal=True)
    with pytest.raises(NotToBeReleased):
        release(desk, inside)
    with pytest.raises(NotToBeReleased):
        release(desk, replace(inside, is_internal=False))


def test_days_have_to_be_over(desk: Desk) -> None:
    with pytest.raises(PeriodNotOver):
        release(desk, report_of(desk, "2026-Q4"))


def test_other_numbers_than_those_that_were_shown_are_not_released(
    desk: Desk, made: list[Journey], first: Report
) -> None:
    kept(desk, [replace(one, record=RecordId(f"new{n}"), opened_on="2025-08-01")
                for n, one in enumerate(made[:400])])  # fmt: skip
    with pytest.raises(NotWhatWasShown):
        release(desk, first)


def test_a_release_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(ReleaseGone):
        read_release(desk, RecordId("nobody"))


def test_the_same_again_is_told_the_same(desk: Desk, first: Report) -> None:
    release(desk, first)
    again = report_of(desk, "2025-Q3")
    for one, other in zip(first.views, again.views, strict=True):
        assert replace(other.told, compared=()) == one.told
        assert other.told.compared == ("2026-11-23",)


def test_a_few_late_ones_are_not_seen_in_the_difference(
    desk: Desk, made: list[Journey], first: Report
) -> None:
    release(desk, first)
    late = [replace(one, record=RecordId(f"late{n}"), opened_on="2025-08-01")
            for n, one in enumerate(made[:3])]  # fmt: skip
    kept(desk, late)
    second = report_of(desk, "2025-Q3")
    for one, other in zip(first.views, second.views, strict=True):
        pairs = [(one.told.whole, other.told.whole)]
        pairs += [(one.told.rows.get(place), told) for place, told in other.told.rows.items()]
        for before, after in pairs:
            if before and None not in (before.base, after.base):
                assert before.base == after.base or abs(after.base - before.base) >= 11  # type: ignore[operator]


def test_who_counts_fewer_files_cannot_release_beside_it(
    house: House, desk: Desk, first: Report
) -> None:
    """The difference of two releases would be the file that only one of them counts."""
    release(desk, first)
    with pytest.raises(CountedMore):
        report_of(house.desk(Role.SUPERVISOR), "2025-Q3")


def test_a_report_of_other_days_that_cross_agrees_as_well(desk: Desk, first: Report) -> None:
    """Two reports whose days cross: what lies between is reckoned with, and never shown."""
    release(desk, first)
    crossing = quarterly_report(desk, custom("2025-08-01", "2025-10-31"))
    assert crossing.views
    assert {one.told.since for one in crossing.views} == {"2025-08-01"}
    assert {one.told.compared for one in crossing.views} == {("2026-11-23",)}
