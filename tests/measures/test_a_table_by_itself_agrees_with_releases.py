"""A page of one measure is copied, saved and printed; it agrees with what was released before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from coded_periods import period_of
from held_cases import House
from made_journeys import Maker, kept

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.measures.asking import ask
from intake_app.services.measures.telling import tell
from intake_app.services.measures.viewing import board, view
from intake_app.services.reports.quarterly import quarterly_report
from intake_app.services.reports.releasing import release

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    found = House(tmp_path, FixedClock(AT))
    yield found
    found.close()


def number_of(desk: Desk, *, is_internal: bool = False) -> int | None:
    days = period_of(desk, "2025-Q3")
    return view(desk, "met", days, is_internal=is_internal).told.whole.number


def test_three_late_ones_are_seen_on_no_page_once_it_was_released(house: House) -> None:
    desk, made = house.desk(Role.COORDINATOR), list(Maker(7).many(1500))
    kept(desk, made)
    first = number_of(desk)
    assert first is not None
    late = [replace(made[0], record=RecordId(f"late{n}"), opened_on="2025-08-01") for n in range(3)]
    release(desk, quarterly_report(desk, period_of(desk, "2025-Q3")))
    assert number_of(desk) == first
    kept(desk, late)
    assert number_of(desk) is None
    assert number_of(desk, is_internal=True) == first + 3


def test_the_board_says_no_more_than_the_page_behind_its_line(house: House) -> None:
    """Three who came late are in the difference to the release; the board shows it no more."""
    desk, made = house.desk(Role.COORDINATOR), list(Maker(7).many(1500))
    kept(desk, made)
    days = period_of(desk, "2025-Q3")
    release(desk, quarterly_report(desk, days))
    late = [replace(made[0], record=RecordId(f"late{n}"), opened_on="2025-08-01") for n in range(3)]
    kept(desk, late)

    def on_board(*, is_internal: bool = False) -> int | None:
        groups = board(desk, days, is_internal=is_internal).groups
        views = {one.told.measure.id: one for _, views in groups for one in views}
        return views["met"].told.whole.number

    assert on_board() is None
    assert number_of(desk) is None
    assert on_board(is_internal=True) == number_of(desk, is_internal=True)


def test_as_long_as_nothing_was_released_a_page_tells_today(house: House) -> None:
    desk, made = house.desk(Role.COORDINATOR), list(Maker(7).many(600))
    kept(desk, made)
    first = number_of(desk)
    late = [replace(made[0], record=RecordId(f"late{n}"), opened_on="2025-08-01") for n in range(3)]
    kept(desk, late)
    assert first is not None
    assert number_of(desk) == first + 3


def test_who_was_asked_for_alone_does_not_give_back_the_others(house: House) -> None:
    """Told in two calls: all, and all but a few."""
    desk = house.desk(Role.COORDINATOR)
    kept(desk, list(Maker(7).many(1500)))
    days = ("2025-07-01", "2025-09-30")
    table = ask(desk, "met", *days, ["race"]).figure
    sizes = {place[0]: count.number for place, count in table.rows.items()}
    whole = tell(desk, ask(desk, "met", *days))
    assert whole.whole.number
    found = set[bool]()
    for left in sizes:
        codes = tuple(code for code in sizes if code != left)
        some = ask(desk, "met", *days, only=[("race", codes)])
        rest = whole.whole.number - some.figure.whole.number
        told = tell(desk, some)
        assert not told.compared
        is_few = 0 < rest < 11 or 0 < some.figure.whole.number < 11
        assert (told.whole.number is None) == is_few
        found.add(is_few)
    assert found == {True, False}
