"""The quarterly report: a tagged PDF that tells what may be told, and says how it was counted."""

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
from intake_app.domain.figure import Count
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.measure import Kind
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import Period
from intake_app.services.measures.saying import plain
from intake_app.services.measures.viewing import view
from intake_app.services.reports.measure_paper import print_measure
from intake_app.services.reports.quarterly import print_quarterly, quarterly_report
from intake_app.services.reports.releasing import read_release, release
from intake_app.services.reports.report import Report

QUARTER = "2025-Q3"
MADE = 3000


AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = House(tmp_path_factory.mktemp("house"), FixedClock(AT))
    yield found
    found.close()


@pytest.fixture
def small_house(tmp_path: Path) -> Iterator[House]:
    found = House(tmp_path, FixedClock(AT))
    yield found
    found.close()


@pytest.fixture(scope="module")
def made() -> list[Journey]:
    return list(Maker(7).many(MADE))


@pytest.fixture(scope="module")
def coordinator(house: House, made: list[Journey]) -> Desk:
    desk = house.desk(Role.COORDINATOR)
    kept(desk, made)
    return desk


@pytest.fixture(scope="module")
def period(coordinator: Desk) -> Period:
    return period_of(coordinator, QUARTER)


@pytest.fixture(scope="module")
def report(coordinator: Desk, period: Period) -> Report:
    return quarterly_report(coordinator, period)


@pytest.fixture(scope="module")
def printed(coordinator: Desk, report: Report) -> bytes:
    return print_quarterly(coordinator, report)


def said(data: bytes) -> str:
    """All that a screen reader says: texts, and words of pictures."""
    return structure_text(data) + " ".join(alt for _, alt in elements(data))


def test_it_is_accessible_has_charts_and_heads_in_both_languages(
    coordinator: Desk, report: Report
) -> None:
    for language, words in (("en", "How each is counted"), ("es", "Cómo se cuenta cada cifra")):
        data = print_quarterly(coordinator, report, language)
        assert refusals(data) == []
        roles = [role for role, _ in elements(data)]
        assert roles.count("/Figure") > 5
        assert roles.count("/TH") > 40
        pages = page_texts(data)
        assert any(words in page for page in pages)
        count = len(pages)
        assert f"page 1 of {count}" in pages[0] or f"página 1 de {count}" in pages[0]


def test_each_measure_stands_in_it_with_how_it_is_counted_and_its_version(
    report: Report, printed: bytes
) -> None:
    words = " ".join(structure_text(printed).split())
    for shown in report.views:
        measure = shown.told.measure
        assert measure.title.said_in("en") in words
        assert " ".join(measure.how.said_in("en").split()) in words
        assert measure.version in words


def test_it_says_which_numbers_are_left_out_and_by_what_rule(
    report: Report, printed: bytes
) -> None:
    assert "Numbers from 1 to 10 are not shown" in said(printed)
    assert any(view.told.hidden for view in report.views)
    assert "Places that are not shown" in said(printed)


def test_no_small_number_is_told_in_any_words_of_it(report: Report) -> None:
    """Of each hidden place its bar has no length and its cell no number."""
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


def test_what_is_hidden_leaves_no_trace_in_the_file(small_house: House) -> None:
    """Two departments that differ in hidden numbers alone print the same bytes."""
    first, second = report_of_few(small_house, 3), report_of_few(small_house, 7)
    assert first == second
    assert report_of_few(small_house, 15) != first  # the control: what is told does show


def report_of_few(house: House, count: int) -> bytes:
    desk = house.desk(Role.COORDINATOR)
    one = replace(next(Maker(3).one()), opened_on="2025-08-04", pathway="self_referral")
    few = [replace(one, record=RecordId(f"few-{n}"), person=f"p-{n}") for n in range(count)]
    assert desk.measures is not None
    for file in desk.measures.files.values():
        file.forget("")
    kept(desk, few)
    return print_quarterly(desk, quarterly_report(desk, period_of(desk, QUARTER)))


def test_the_copy_for_the_house_says_so_on_each_page_and_tells_all(
    coordinator: Desk, period: Period
) -> None:
    report = quarterly_report(coordinator, period, is_internal=True)
    data = print_quarterly(coordinator, report)
    assert refusals(data) == []
    assert all("Not for release" in page for page in page_texts(data))
    assert "Not for release. This copy shows every number" in structure_text(data)
    assert not any(view.told.hidden for view in report.views)


def test_numbers_on_paper_are_those_that_were_told(report: Report, printed: bytes) -> None:
    words = said(printed)
    for shown in report.views:
        whole, kind = shown.told.whole, shown.told.measure.kind
        if kind is Kind.RATE and not shown.told.cuts and whole.number is not None and whole.base:
            assert f"{plain(whole.number)} of {plain(whole.base)}" in words


def test_what_was_counted_goes_no_further_than_what_is_told(report: Report) -> None:
    for shown in report.views:
        assert shown.asked.figure.whole == Count()
        assert not shown.asked.figure.rows


def test_the_same_report_is_the_same_bytes(
    coordinator: Desk, report: Report, printed: bytes
) -> None:
    assert print_quarterly(coordinator, report) == printed


def test_only_who_sees_numbers_makes_one_and_who_sees_released_ones_prints(
    house: House, report: Report, period: Period
) -> None:
    for role in (Role.OFFICER, Role.FRONT_DESK):
        with pytest.raises(NotAllowed):
            quarterly_report(house.desk(role), period)
        for one in (report, replace(report, is_internal=True)):
            with pytest.raises(NotAllowed):
                print_quarterly(house.desk(role), one)


def test_a_supervisor_is_told_that_care_is_not_counted(
    house: House, coordinator: Desk, period: Period
) -> None:
    assert coordinator
    supervisor = house.desk(Role.SUPERVISOR)
    words = said(print_quarterly(supervisor, quarterly_report(supervisor, period)))
    assert "without care records" in words


def test_a_missing_number_of_the_department_is_asked_for(
    coordinator: Desk, printed: bytes, period: Period
) -> None:
    assert "nobody has entered what a booking costs" in said(printed)
    entered = replace(coordinator, agency=replace(coordinator.agency, booking_cents=31000))
    report = quarterly_report(entered, period, is_internal=True)
    words = said(print_quarterly(entered, report))
    assert "nobody has entered what a booking costs" not in words
    assert "$310.00" in words


def test_the_act_is_logged(house: House, printed: bytes) -> None:
    assert printed
    assert audit(house.files[Compartment.STATION], "print report")


@pytest.mark.parametrize(
    ("measure", "cuts"),
    [
        ("completed", ()),
        ("completed", ("race",)),
        ("met", ("month",)),
        ("outcomes", ()),
        ("days_to_contact", ("pathway",)),
        ("offered", ("race", "gender")),
    ],
)
def test_each_kind_of_measure_can_be_printed_alone(
    coordinator: Desk, period: Period, measure: str, cuts: tuple[str, ...]
) -> None:
    for is_internal in (False, True):
        one = view(coordinator, measure, period, cuts, is_internal=is_internal)
        data = print_measure(coordinator, one, period)
        assert refusals(data) == []
        words = structure_text(data)
        assert "How it is counted" in words
        assert one.told.measure.title.said_in("en") in words
        assert all(("Not for release" in page) is is_internal for page in page_texts(data))


def test_it_says_whether_its_numbers_were_released(
    small_house: House, made: list[Journey], period: Period
) -> None:
    coordinator = small_house.desk(Role.COORDINATOR)
    kept(coordinator, made)
    report = quarterly_report(coordinator, period)
    assert "Not released yet" in structure_text(print_quarterly(coordinator, report))
    ident = release(coordinator, report)
    person = replace(coordinator.person, roles=frozenset({Role.ADMINISTRATOR}))
    keyless = replace(coordinator, person=person, care=None, cases=None, measures=None)
    again = read_release(keyless, ident)
    data = print_quarterly(keyless, again)
    assert refusals(data) == []
    words = " ".join(structure_text(data).split())
    assert "Released on Monday, November 23, 2026" in words
    assert "Not released yet" not in words
    assert [one.told for one in again.views] == [one.told for one in report.views]
    assert small_house.files[Compartment.STATION].record(ident)


def test_tables_never_blank_the_figures_about_everybody(small_house: House) -> None:
    """Nine of many were not offered: whoever they were, the others are still told."""
    desk = small_house.desk(Role.COORDINATOR)
    made = [one for one in Maker(5).many(900) if one.subject is Subject.INTAKE]
    few = [
        replace(one, opened_on="2025-08-04", eligible="yes",
                offered_on="2025-08-04" if n > 8 else "", accepted_on="", declined_on="",
                engaged_on="", plan_on="", outcome="")
        for n, one in enumerate(made)
    ]  # fmt: skip
    kept(desk, few)
    report = quarterly_report(desk, period_of(desk, QUARTER))
    whole = {one.told.measure.id: one.told.whole for one in report.views if not one.told.cuts}
    assert whole["met"].number == len(few)
    assert whole["people"].number is not None
    told = [one for one in whole.values() if not one.is_hidden]
    assert len(told) > len(whole) / 2
    data = print_quarterly(desk, report)
    assert refusals(data) == []
    blank = [cut for section in report.sections for cut in section.blank]
    words = structure_text(data)
    assert all(cut.said_in("en") in words for cut in blank)
