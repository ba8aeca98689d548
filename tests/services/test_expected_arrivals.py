"""Who is expected in a week: one grid, ticks keyed in one go, each with its own checks."""

from datetime import UTC, date, datetime

import pytest
from held_cases import PROGRAM, House, audit, case_taken, cases_of, move
from test_papers_are_issued import words_on

from intake_app.domain.case_refusal import Refusal
from intake_app.domain.errors import BadEntry, CaseRefused, NotAllowed, RecordMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.case import acts
from intake_app.services.citing.cases import read_case
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import PAPER
from intake_app.services.week.arrivals import (
    Known,
    Tick,
    expected_arrivals,
    expected_programs,
    key_ticks,
    print_arrivals,
)

THIS_WEEK, NEXT_WEEK = date(2026, 11, 23), date(2026, 11, 30)


@pytest.fixture
def three(officer: Desk) -> list[RecordId]:
    """Reported by Monday, November 30, 4 PM: taken in this order."""
    return [case_taken(officer, last_name=name) for name in ("Alder", "Birch", "Cedar")]


def known(desk: Desk, day: date = NEXT_WEEK) -> list[tuple[RecordId, Known]]:
    return [(line.case, line.known) for line in expected_arrivals(desk, PROGRAM, day)]


def test_the_week_of_a_report_by_lists_its_cases_in_order(
    officer: Desk, three: list[RecordId]
) -> None:
    lines = expected_arrivals(officer, PROGRAM, date(2026, 12, 3))
    assert [line.case for line in lines] == three
    assert {str(line.report_by) for line in lines} == {"2026-11-30 16:00:00+00:00"}
    assert [line.name for line in lines] == ["Alder, Wren", "Birch, Wren", "Cedar, Wren"]
    assert "Alder" not in repr(lines)
    assert expected_arrivals(officer, PROGRAM, THIS_WEEK) == []
    assert expected_arrivals(officer, "plain_diversion", NEXT_WEEK) == []
    assert PROGRAM in dict(expected_programs(officer))


def test_many_ticks_are_keyed_at_once_and_each_is_an_act(
    officer: Desk, three: list[RecordId]
) -> None:
    first, second, third = three
    move(officer, days=9)  # Wednesday after
    new = "2026-12-04T10:00:00+00:00"
    told = key_ticks(officer, [
        Tick(first, Known.ARRIVED), Tick(second, Known.NO_SHOW),
        Tick(third, Known.RESCHEDULED, new),
    ])  # fmt: skip
    assert [one.refused for one in told] == [None, None, None]
    assert known(officer) == [
        (first, Known.ARRIVED), (second, Known.NO_SHOW), (third, Known.WAITED_FOR)
    ]  # fmt: skip
    assert expected_arrivals(officer, PROGRAM, NEXT_WEEK)[-1].report_by.isoformat() == new
    came = read_case(officer, first).acts[-1]
    assert came.at == datetime(2026, 11, 30, 16, 0, tzinfo=UTC), "by the moment on the sheet"
    assert came.entered.startswith("2026-12-02T09:30")
    assert len(audit(cases_of(officer), "case reported")) == 1


def test_what_is_refused_is_told_beside_its_line_and_the_rest_is_kept(
    officer: Desk, three: list[RecordId]
) -> None:
    first, second, third = three
    told = key_ticks(officer, [
        Tick(first, Known.NO_SHOW), Tick(RecordId("0" * 32), Known.ARRIVED),
        Tick(second, Known.RESCHEDULED, "soon"), Tick(third, Known.ARRIVED),
    ])  # fmt: skip
    too_early, missing, unread, good = (one.refused for one in told)
    assert isinstance(too_early, CaseRefused)
    assert list(too_early.reasons) == [Refusal.TOO_EARLY]
    assert isinstance(missing, RecordMissing)
    assert isinstance(unread, BadEntry)
    assert good is None
    assert known(officer) == [
        (first, Known.WAITED_FOR), (second, Known.WAITED_FOR), (third, Known.ARRIVED)
    ]  # fmt: skip


def test_who_was_moved_out_of_a_week_stays_on_its_grid_with_the_new_moment(
    officer: Desk, three: list[RecordId]
) -> None:
    acts.reschedule(officer, three[0], "2026-12-08T10:00:00+00:00")
    line = expected_arrivals(officer, PROGRAM, NEXT_WEEK)[0]
    assert (line.case, line.known) == (three[0], Known.RESCHEDULED)
    assert str(line.moved_to) == "2026-12-08 10:00:00+00:00"
    later = expected_arrivals(officer, PROGRAM, date(2026, 12, 7))
    assert [(one.case, one.known) for one in later] == [(three[0], Known.WAITED_FOR)]


def test_a_closed_case_is_not_expected(house: House, officer: Desk, three: list[RecordId]) -> None:
    acts.close_case(house.desk(Role.COORDINATOR), three[1], "withdrew")
    assert [case for case, _ in known(officer)] == [three[0], three[2]]


def test_the_sheet_is_of_no_record_and_each_case_on_it_is_logged(
    officer: Desk, three: list[RecordId]
) -> None:
    acts.note_reported(officer, three[0])
    before = len(officer.cases_file.of_kind(PAPER))
    said = words_on(print_arrivals(officer, PROGRAM, NEXT_WEEK))
    for told in ("Creek Road House", "Alder, Wren", "Monday, November 30, 2026, 4:00 PM",
                 "Monday, November 30, 2026 to Sunday, December 6, 2026"):  # fmt: skip
        assert told in said, told
    assert "Pine Hollow Police" not in said
    assert len(officer.cases_file.of_kind(PAPER)) == before
    assert len(audit(cases_of(officer), "print arrivals sheet")) == 1
    lines = audit(cases_of(officer), "on an arrivals sheet")
    assert [line[2] for line in lines] == list(three)


def test_only_who_records_progress_may(house: House, three: list[RecordId]) -> None:
    desk = house.desk(Role.FRONT_DESK)
    with pytest.raises(NotAllowed):
        expected_arrivals(desk, PROGRAM, NEXT_WEEK)
    with pytest.raises(NotAllowed):
        key_ticks(desk, [Tick(three[0], Known.ARRIVED)])
    with pytest.raises(NotAllowed):
        print_arrivals(desk, PROGRAM, NEXT_WEEK)
    with pytest.raises(NotAllowed):
        expected_programs(desk)
