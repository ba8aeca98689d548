"""The quarterly report: a tagged PDF that tells what may be told, and says how it was counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from held_cases import House, audit
from made_journeys import Maker
from reading import elements, page_texts, refusals, structure_text

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import NotAllowed
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey
from intake_app.domain.measure import Kind
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.measures.journeys import bring_up
from intake_app.services.measures.periods import Period, period_of
from intake_app.services.measures.quarterly import print_quarterly, quarterly_report
from intake_app.services.measures.report import Report
from intake_app.services.measures.saying import plain

QUARTER = "2025-Q3"
MADE = 3000


def kept(desk: Desk, made: list[Journey]) -> None:
    """Journeys as if they had been folded; those of held charges in their own file."""
    bring_up(desk)
    assert desk.measures is not None
    for name, file in desk.measures.files.items():
        is_case = name is Compartment.CASES
        mine = [one for one in made if (one.pathway == "officer_intervention") is is_case]
        file.keep(mine, [one.record for one in mine], None)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    found = House(tmp_path, FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)))
    yield found
    found.close()


@pytest.fixture(scope="module")
def made() -> list[Journey]:
    return list(Maker(7).many(MADE))


@pytest.fixture
def coordinator(house: House, made: list[Journey]) -> Desk:
    desk = house.desk(Role.COORDINATOR)
    kept(desk, made)
    return desk


@pytest.fixture
def period(coordinator: Desk) -> Period:
    return period_of(coordinator, QUARTER)


def said(data: bytes) -> str:
    """All that a screen reader says: texts, and words of pictures."""
    return structure_text(data) + " ".join(alt for _, alt in elements(data))


def drawn(data: bytes) -> str:
    return "\n".join(page_texts(data))


def test_it_is_accessible_has_charts_and_heads_in_both_languages(
    coordinator: Desk, period: Period
) -> None:
    report = quarterly_report(coordinator, period)
    for language, words in (("en", "How each is counted"), ("es", "Cómo se cuenta cada cifra")):
        data = print_quarterly(coordinator, report, language)
        assert refusals(data) == []
        roles = [role for role, _ in elements(data)]
        assert roles.count("/Figure") > 5
        assert roles.count("/TH") > 40
        assert words in drawn(data)
        assert "1 of" in page_texts(data)[0] or "1 de" in page_texts(data)[0]


def test_each_measure_stands_in_it_with_how_it_is_counted_and_its_version(
    coordinator: Desk, period: Period
) -> None:
    report = quarterly_report(coordinator, period)
    words = " ".join(structure_text(print_quarterly(coordinator, report)).split())
    for view in report.views:
        measure = view.told.measure
        assert measure.title.said_in("en") in words
        assert " ".join(measure.how.said_in("en").split()) in words
        assert measure.version in words


def test_it_says_which_numbers_are_left_out_and_by_what_rule(
    coordinator: Desk, period: Period
) -> None:
    report = quarterly_report(coordinator, period)
    words = said(print_quarterly(coordinator, report))
    assert "Numbers from 1 to 10 are not shown" in words
    assert any(view.told.hidden for view in report.views)
    assert "Places that are not shown" in words


def test_no_small_number_is_told_in_any_words_of_it(coordinator: Desk, period: Period) -> None:
    """Of each hidden place its bar has no length and its cell no number."""
    report = quarterly_report(coordinator, period)
    hidden = [
        told for view in report.views for told in view.told.places()
        if told.is_hidden and view.told.measure.kind is Kind.RATE
    ]  # fmt: skip
    assert hidden
    assert all(told.percent is None and told.low is None for told in hidden)
    assert not any(
        told.number is not None and 0 < told.number < 11
        for view in report.views for told in view.told.places()
        if view.told.measure.kind in {Kind.COUNT, Kind.RATE}
    )  # fmt: skip


def test_what_is_hidden_leaves_no_trace_in_the_file(house: House) -> None:
    """Two departments that differ in hidden numbers alone print the same bytes."""
    first, second = report_of_few(house, 3), report_of_few(house, 7)
    assert first == second
    assert report_of_few(house, 15) != first  # the control: what is told does show


def report_of_few(house: House, count: int) -> bytes:
    desk = house.desk(Role.COORDINATOR)
    one = replace(next(Maker(3).one()), opened_on="2025-08-04", pathway="self_referral")
    few = [replace(one, record=RecordId(f"few-{n}"), person=f"p-{n}") for n in range(count)]
    assert desk.measures is not None
    for file in desk.measures.files.values():
        file.forget("")
    kept(desk, few)
    report = quarterly_report(desk, period_of(desk, QUARTER))
    return print_quarterly(desk, report)


def test_the_copy_for_the_house_says_so_on_each_page_and_tells_all(
    coordinator: Desk, period: Period
) -> None:
    report = quarterly_report(coordinator, period, is_internal=True)
    data = print_quarterly(coordinator, report)
    assert refusals(data) == []
    pages = page_texts(data)
    assert all("Not for release" in page for page in pages)
    assert "Not for release. This copy shows every number" in structure_text(data)
    assert not any(view.told.hidden for view in report.views)
    assert b"Not for release" in data[-4000:] or b"Not for release" in data


def test_numbers_on_paper_are_those_that_were_told(coordinator: Desk, period: Period) -> None:
    report = quarterly_report(coordinator, period)
    words = said(print_quarterly(coordinator, report))
    for view in report.views:
        whole = view.told.whole
        if view.told.measure.kind is Kind.RATE and whole.number is not None and whole.base:
            assert f"{plain(whole.number)} of {plain(whole.base)}" in words


def test_the_same_report_is_the_same_bytes(coordinator: Desk, period: Period) -> None:
    report = quarterly_report(coordinator, period)
    assert print_quarterly(coordinator, report) == print_quarterly(coordinator, report)


def test_only_who_sees_numbers_makes_one_and_who_sees_released_ones_prints(
    house: House, coordinator: Desk, period: Period
) -> None:
    for role in (Role.OFFICER, Role.FRONT_DESK):
        with pytest.raises(NotAllowed):
            quarterly_report(house.desk(role), period)
        with pytest.raises(NotAllowed):
            print_quarterly(house.desk(role), Report(period, ()))
    internal = quarterly_report(coordinator, period, is_internal=True)
    with pytest.raises(NotAllowed):
        print_quarterly(house.desk(Role.FRONT_DESK), internal)


def test_a_supervisor_is_told_that_care_is_not_counted(
    house: House, coordinator: Desk, period: Period
) -> None:
    report = quarterly_report(house.desk(Role.SUPERVISOR), period)
    words = said(print_quarterly(house.desk(Role.SUPERVISOR), report))
    assert "without care records" in words


def test_a_missing_number_of_the_department_is_asked_for(coordinator: Desk, period: Period) -> None:
    words = said(print_quarterly(coordinator, quarterly_report(coordinator, period)))
    assert "nobody has entered what a booking costs" in words
    entered = replace(coordinator, agency=replace(coordinator.agency, booking_cents=31000))
    words = said(print_quarterly(entered, quarterly_report(entered, period)))
    assert "nobody has entered what a booking costs" not in words


def test_the_act_is_logged(house: House, coordinator: Desk, period: Period) -> None:
    print_quarterly(coordinator, quarterly_report(coordinator, period))
    assert len(audit(house.files[Compartment.STATION], "print report")) == 1
