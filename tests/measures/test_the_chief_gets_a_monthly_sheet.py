"""The chief's sheet: one page, two months side by side, complaints by the privacy officer's log."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from coded_periods import period_of
from held_cases import House, audit
from made_journeys import Maker, kept
from reading import elements, page_texts, refusals, structure_text

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import NotAllowed
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.log_entry import LogKind
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.measures.complaints import complaints_told, settle_complaints
from intake_app.services.measures.periods import Period, before
from intake_app.services.reports.monthly import Monthly, monthly_sheet, print_monthly
from intake_app.services.requests.log import NewEntry, receive
from intake_app.storage.compartment import Compartment as File

MONTH = "2026-05"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 6, 20, 9, 30, tzinfo=UTC))


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    found = House(tmp_path, clock)
    yield found
    found.close()


@pytest.fixture
def coordinator(house: House) -> Desk:
    desk = house.desk(Role.COORDINATOR)
    kept(desk, list(Maker(11).many(1500)))
    return desk


@pytest.fixture
def privacy(house: House, tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    desk = house.desk(Role.COORDINATOR)
    file = File.create(tmp_path / "log.db", b"k" * 32, clock, StationId("front"), Epoch("abcdef"))
    person = replace(desk.person, roles=frozenset({Role.PRIVACY_OFFICER}))
    yield replace(desk, person=person, care=None, cases=None, sealed=file)
    file.close()


@pytest.fixture
def month(coordinator: Desk) -> Period:
    return period_of(coordinator, MONTH)


def words_of(data: bytes) -> str:
    return " ".join(structure_text(data).split())


def complained(desk: Desk, times: int, day: str = "2026-05-12") -> None:
    for _ in range(times):
        receive(desk, NewEntry(LogKind.COMPLAINT, day, "Was not called back"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_one_accessible_page(coordinator: Desk, language: str) -> None:
    for is_internal in (False, True):
        data = print_monthly(
            coordinator, monthly_sheet(coordinator, is_internal=is_internal), language
        )
        assert refusals(data) == []
        assert len(page_texts(data)) == 1
        assert any(role == "/Figure" for role, _ in elements(data))
        kept = {"en": "Not for release", "es": "No divulgar"}[language]
        assert (kept in page_texts(data)[0]) is is_internal


def test_it_shows_the_last_full_month_beside_the_one_before(
    coordinator: Desk, month: Period
) -> None:
    sheet = monthly_sheet(coordinator)
    assert sheet.report.period == month
    words = words_of(print_monthly(coordinator, sheet))
    assert "May 2026" in words
    assert "April 2026" in words
    titles = [view.told.measure.id for view in sheet.now]
    assert titles == [view.told.measure.id for view in sheet.before]
    assert {"met", "completed", "kits", "minutes_saved"} <= set(titles)


def test_small_numbers_are_left_out_unless_it_stays_in_the_house(coordinator: Desk) -> None:
    sheet = monthly_sheet(coordinator)
    told = [view.told for view in (*sheet.now, *sheet.before)]
    assert any(one.hidden for one in told)
    assert "Numbers from 1 to 10 are not shown" in words_of(print_monthly(coordinator, sheet))
    inside = monthly_sheet(coordinator, is_internal=True)
    assert not any(view.told.hidden for view in inside.now)


def test_complaints_come_from_the_log_when_its_keeper_signs_in(
    coordinator: Desk, privacy: Desk, month: Period
) -> None:
    assert complaints_told(coordinator, month) is None
    words = words_of(print_monthly(coordinator, monthly_sheet(coordinator)))
    assert "ask for the number and write it in" in words
    complained(privacy, 14)
    complained(privacy, 3, "2026-04-30")
    assert settle_complaints(privacy, lambda: False)
    now, then = (complaints_told(coordinator, one) for one in (month, before(coordinator, month)))
    assert now is not None
    assert now.number == 14
    assert then is not None
    assert (then.number, then.is_hidden) == (None, True)
    words = words_of(print_monthly(coordinator, monthly_sheet(coordinator)))
    assert "Complaints 14 not shown" in words


def test_a_month_is_noted_once_and_a_late_complaint_changes_nothing(
    coordinator: Desk, privacy: Desk, month: Period
) -> None:
    complained(privacy, 12)
    settle_complaints(privacy, lambda: False)
    complained(privacy, 1)
    settle_complaints(privacy, lambda: False)
    told = complaints_told(coordinator, month)
    assert told is not None
    assert told.number == 12


def test_nobody_else_counts_them_and_it_gives_way(coordinator: Desk, privacy: Desk) -> None:
    assert settle_complaints(coordinator, lambda: False)
    assert complaints_told(coordinator, period_of(coordinator, MONTH)) is None
    assert not settle_complaints(privacy, lambda: True)


def test_what_stands_in_everybodys_file_says_nothing_of_a_small_number(
    house: House, privacy: Desk
) -> None:
    complained(privacy, 7)
    settle_complaints(privacy, lambda: False)
    rows = house.files[Compartment.STATION].of_kind("report.complaints")
    assert len(rows) == 12
    assert {one.values.get("number") for one in rows} == {0, None}


def test_only_who_sees_numbers_makes_it(house: House, coordinator: Desk) -> None:
    with pytest.raises(NotAllowed):
        monthly_sheet(house.desk(Role.OFFICER))
    empty = Monthly(monthly_sheet(coordinator).report, ())
    with pytest.raises(NotAllowed):
        print_monthly(house.desk(Role.FRONT_DESK), empty)
    print_monthly(coordinator, monthly_sheet(coordinator))
    assert len(audit(house.files[Compartment.STATION], "print monthly sheet")) == 1
