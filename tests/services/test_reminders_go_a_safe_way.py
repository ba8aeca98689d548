"""Who is reminded of what: by the program's file, a safe way, and never after a death."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from held_cases import PROGRAM, House, audit, case_taken, cases_of, move
from test_papers_are_issued import words_on

from intake_app.domain import facts
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import CaseRefused, NotAllowed, RecordMissing, UnknownCode
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.case import acts
from intake_app.services.case.held import held_case
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import issued_papers, paper_bytes
from intake_app.services.week.desk_sheet import due_today, print_desk_sheet
from intake_app.services.week.reminders import (
    LOOKED,
    note_reminded,
    print_reminders,
    reminders_due,
    reminders_of,
)

SAFE = {"contact_ways": ["letter", "call"], "mail_address": "P.O. Box 12, Pine Hollow"}
Stop = Callable[[Desk, RecordId], object]


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    clock.at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    made = House(tmp_path, clock)
    file = tmp_path / "forms" / "programs" / f"{PROGRAM}.toml"
    text = file.read_text("utf-8")
    old = '"participant_agreement"'
    assert old in text
    file.write_text(text.replace(old, f'{old}, "reminder_letter", "last_day_letter"', 1), "utf-8")
    yield made
    made.close()


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def case(house: House) -> RecordId:
    """Report by Monday, November 30, 4 PM; complete by Sunday, February 21."""
    return case_taken(house.desk(Role.OFFICER), **SAFE)


def due(desk: Desk) -> list[tuple[str, bool]]:
    return [(one.id, one.is_for_person) for one in reminders_due(desk)]


def go_to(desk: Desk, month: int, day: int, hour: int = 10, year: int = 2026) -> None:
    move(desk, seconds=(datetime(year, month, day, hour, tzinfo=UTC) - desk.clock.now())
         .total_seconds())  # fmt: skip


def test_the_visit_is_reminded_of_a_day_before_or_when_somebody_is_last_at_the_desk(
    desk: Desk, case: RecordId
) -> None:
    go_to(desk, 11, 24)
    assert due(desk) == []
    go_to(desk, 11, 25)  # the day before is a Sunday; Thursday and Friday are holidays here
    assert due(desk) == [("before_visit", True)]
    (one,) = reminders_of(desk, case)
    assert one.ways == ("letter", "call")
    assert one.about == "2026-11-30T16:00+00:00"
    go_to(desk, 11, 30, hour=15)
    assert due(desk) == [("before_visit", True)]
    go_to(desk, 11, 30, hour=17)
    assert due(desk) == [], "who is late is no longer reminded of coming in time"
    go_to(desk, 12, 1)
    assert due(desk) == [("after_visit", False)]


def test_letters_are_issued_in_one_go_and_each_once(
    house: House, desk: Desk, case: RecordId
) -> None:
    by_call = case_taken(house.desk(Role.OFFICER), contact_ways=["call"])
    unsafe = case_taken(house.desk(Role.OFFICER))
    go_to(desk, 11, 25)
    assert len(due(desk)) == 3
    made = print_reminders(desk, [case, by_call, unsafe])
    assert [(paper.about, paper.paper) for paper in made.issued] == [(case, "reminder_letter")]
    assert made.refused == ()
    said = words_on(paper_bytes(desk, made.issued[0]))
    assert "Monday, November 30, 2026" in said
    for telling in ("Police", "citation", "Creek Road House", "Quillfeather"):
        assert telling not in said
    assert {one.case for one in reminders_due(desk)} == {by_call, unsafe}
    assert print_reminders(desk, [case]).issued == ()
    assert len(issued_papers(desk, case)) == 1


def test_a_new_report_by_is_reminded_of_anew(desk: Desk, case: RecordId) -> None:
    go_to(desk, 11, 25)
    assert len(print_reminders(desk, [case]).issued) == 1
    acts.reschedule(desk, case, "2026-12-08T10:00:00+00:00")
    assert due(desk) == []
    go_to(desk, 12, 7)
    assert due(desk) == [("before_visit", True)]


def test_a_call_is_noted_and_only_no_answer_leaves_it_due(desk: Desk, case: RecordId) -> None:
    go_to(desk, 11, 25)
    note_reminded(desk, case, "before_visit", "call", "no_answer")
    assert [(one.id, one.tries) for one in reminders_due(desk)] == [("before_visit", 1)]
    with pytest.raises(UnknownCode):
        note_reminded(desk, case, "before_visit", "text", "reached")  # not a safe way
    with pytest.raises(UnknownCode):
        note_reminded(desk, case, "before_visit", "call", "shrugged")
    with pytest.raises(RecordMissing):
        note_reminded(desk, case, "after_visit", LOOKED, "looked")  # not due yet
    note_reminded(desk, case, "before_visit", "call", "reached")
    assert due(desk) == []
    assert len(audit(cases_of(desk), "note reminder")) == 2


def test_progress_is_looked_after_once_the_person_has_come(desk: Desk, case: RecordId) -> None:
    go_to(desk, 11, 30)
    assert ("plan_day_7", False) not in due(desk)
    acts.note_reported(desk, case)
    assert due(desk) == [("plan_day_7", False)]
    note_reminded(desk, case, "plan_day_7", LOOKED, "looked")
    for month, day, year, what in (
        (12, 23, 2026, "progress_day_30"), (1, 22, 2027, "progress_day_60"),
    ):  # fmt: skip
        assert due(desk) == []
        go_to(desk, month, day, year=year)
        assert due(desk) == [(what, False)]
        note_reminded(desk, case, what, LOOKED, "looked")


def test_two_weeks_before_the_last_day_another_letter_goes(desk: Desk, case: RecordId) -> None:
    acts.note_reported(desk, case)
    for what in ("plan_day_7", "progress_day_30", "progress_day_60"):
        go_to(desk, 2, 4, year=2027)
        note_reminded(desk, case, what, LOOKED, "looked")
    assert due(desk) == []
    go_to(desk, 2, 5, year=2027)  # 14 days before is a Sunday
    assert due(desk) == [("before_last_day", True)]
    (letter,) = print_reminders(desk, [case]).issued
    said = words_on(paper_bytes(desk, letter))
    assert "Sunday, February 21, 2027" in said
    assert "November 30" not in said
    assert due(desk) == []


@pytest.mark.parametrize(
    ("stop", "why"),
    [
        (partial(acts.close_case, outcome="deceased"), Refusal.DECEASED),
        (acts.note_do_not_contact, Refusal.DO_NOT_CONTACT),
    ],
)
def test_a_death_and_do_not_contact_stop_each_letter_and_reminder(
    desk: Desk, case: RecordId, stop: Stop, why: Refusal
) -> None:
    go_to(desk, 11, 25)
    assert due(desk) == [("before_visit", True)], "negative control: it was due"
    stop(desk, case)
    assert due(desk) == []
    made = print_reminders(desk, [case])
    assert made.issued == ()
    ((refused, error),) = made.refused
    assert refused == case
    assert isinstance(error, CaseRefused)
    assert list(error.reasons) == [why]
    with pytest.raises(CaseRefused):
        note_reminded(desk, case, "before_visit", "call", "reached")
    assert issued_papers(desk, case) == []


def test_one_that_is_stopped_takes_no_letter_from_another(
    house: House, desk: Desk, case: RecordId
) -> None:
    other = case_taken(house.desk(Role.OFFICER), **SAFE)
    go_to(desk, 11, 25)
    acts.note_do_not_contact(desk, case)
    made = print_reminders(desk, [case, other])
    assert [paper.about for paper in made.issued] == [other]
    assert [refused for refused, _ in made.refused] == [case]


def test_a_stopped_clock_reminds_of_nothing(desk: Desk, case: RecordId) -> None:
    acts.toll_case(desk, case, acts.Why("hospital"))
    go_to(desk, 11, 25)
    assert due(desk) == []


def test_the_desk_sheet_holds_numbers_and_what_can_be_done(
    house: House, desk: Desk, case: RecordId
) -> None:
    unsafe = case_taken(house.desk(Role.OFFICER))
    numbers = [held_case(desk, one).record.values[facts.NUMBER] for one in (case, unsafe)]
    go_to(desk, 11, 25)
    lines = due_today(desk)
    assert [(line.number, line.is_overdue) for line in lines] == [(numbers[0], False)]
    go_to(desk, 12, 1)
    late = [(line.number, line.is_overdue) for line in due_today(desk)]
    assert sorted(late) == sorted((n, is_late) for n in numbers for is_late in (True, False))
    said = words_on(print_desk_sheet(desk))
    for told in (*numbers, "Report to the program", "Mon, Nov 30, 4:00 PM: overdue",
                 "Did the person come?", "Shred this sheet"):  # fmt: skip
        assert told in said, told
    for secret in ("Quillfeather", "Wren", "Mill Street"):
        assert secret not in said
    assert len(audit(cases_of(desk), "print desk sheet")) == 1


def test_only_who_records_progress_reminds(house: House, case: RecordId) -> None:
    for act in (reminders_due, due_today, print_desk_sheet):
        with pytest.raises(NotAllowed):
            act(house.desk(Role.FRONT_DESK))
