"""Today's list: late first, by who is to do it; on paper, as letters, in a calendar, in a call."""

from datetime import timedelta
from typing import Any

import pytest
from profiles import Desks, Profile
from test_papers_are_issued import words_on
from walk_ins import audit, care_of, taken

from intake_app.domain.errors import (
    ContactStopped,
    NotAllowed,
    RecordMissing,
    TaskEnded,
    UnknownCode,
)
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.listing import NOBODY
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.follow_up.attempts import NewAttempt, attempts_of, log_attempt
from intake_app.services.follow_up.calendar import follow_up_file, note_follow_up_file_saved
from intake_app.services.follow_up.call_notes import (
    begin_call,
    calls_about,
    forget_call,
    keep_call,
    kept_call,
)
from intake_app.services.follow_up.due_list import (
    EVERYBODY,
    LETTER_PAPER,
    DueTask,
    due_tasks,
    print_due_tasks,
    write_letters,
)
from intake_app.services.follow_up.follow_ups import extra, finish, follow_ups_of, hand_over
from intake_app.services.intakes.people import due
from intake_app.services.papers.papers import issued_papers
from intake_app.services.records.drafts import unfinished

CALLED: dict[str, Any] = {
    "may_contact": "yes", "contact_ways": ["call"], "phone": "+13045550142",
}  # fmt: skip
MAILED: dict[str, Any] = {
    "may_contact": "yes", "contact_ways": ["letter"], "mail_address": "P.O. Box 12, Pine Hollow",
}  # fmt: skip


def mine(desk: Desk, intake: RecordId, whose: UserId = EVERYBODY) -> list[DueTask]:
    return [line for line in due_tasks(desk, whose).lines if line.intake == intake]


@pytest.fixture
def intake(desk: Desk, profile: Profile) -> RecordId:
    """Taken eight days ago: two follow-ups are late."""
    made = taken(desk, **MAILED).record
    profile.clock.at += timedelta(days=8)
    return made


def test_late_ones_come_first_and_the_day_counts(desk: Desk, intake: RecordId) -> None:
    found = mine(desk, intake)
    assert [(line.label.said_in("en"), line.is_overdue) for line in found] == [
        ("Follow-up, 24 to 72 hours", True), ("Follow-up, day 7", True)
    ]  # fmt: skip
    extra(desk, intake, "Call today", desk.clock.local().date().isoformat())
    days = [line.due for line in due_tasks(desk).lines]
    assert days == sorted(days)
    assert [line.is_overdue for line in mine(desk, intake)] == [True, True, False]
    assert due_tasks(desk).overdue == sum(line.is_overdue for line in due_tasks(desk).lines)


def test_it_is_of_one_person_of_nobody_or_of_all(
    desk: Desk, desks: Desks, intake: RecordId
) -> None:
    lowe = desks(Role.COORDINATOR)
    first, second = (line.record for line in mine(desk, intake))
    hand_over(desk, first, lowe.person.id)
    hand_over(desk, second, UserId(""))
    assert [line.record for line in mine(desk, intake, lowe.person.id)] == [first]
    assert [line.record for line in mine(lowe, intake, NOBODY)] == [second]
    assert mine(desk, intake, desk.person.id) == []
    assert len(mine(desk, intake)) == 2


def test_home_and_the_list_say_the_same(desk: Desk, intake: RecordId) -> None:
    at_home = [(row.record, row.due) for row in due(desk)]
    assert at_home == [(line.intake, line.due) for line in due_tasks(desk).lines]
    finish(desk, mine(desk, intake)[0].record)
    assert len(mine(desk, intake)) == 1
    assert len([row for row in due(desk) if row.record == intake]) == 1


def test_reception_and_officers_see_no_list(desks: Desks) -> None:
    for role in (Role.RECEPTION, Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            due_tasks(desks(role))


def test_on_paper_names_stand_only_where_somebody_asked(desk: Desk, intake: RecordId) -> None:
    without = words_on(print_due_tasks(desk))
    assert mine(desk, intake)[0].number in without
    assert "Whitfield" not in without
    with_names = words_on(print_due_tasks(desk, desk.person.id, names=True))
    assert "Whitfield" in with_names
    acts = ("print follow-ups", "print follow-ups with names")
    assert [len(audit(care_of(desk), act)) for act in acts] == [1, 1]


def test_one_letter_goes_to_who_may_be_mailed_and_counts_as_a_try(
    desk: Desk, intake: RecordId
) -> None:
    unsafe = taken(desk, **CALLED).record
    other = follow_ups_of(desk, unsafe)[0].record
    wanted = [line.record for line in mine(desk, intake)]
    made = write_letters(desk, [*wanted, other])
    assert [letter.paper for letter in made.issued] == [LETTER_PAPER], "one for each person"
    assert [(ident, type(why)) for ident, why in made.refused] == [(other, UnknownCode)]
    assert [one.means for one in attempts_of(desk, intake)] == ["letter", "letter"]
    assert {one.result for one in attempts_of(desk, intake)} == {"sent"}
    assert issued_papers(desk, unsafe) == []
    assert mine(desk, intake) == [], "they are due on another day now"


def test_nobody_is_written_to_after_they_said_stop(desk: Desk, intake: RecordId) -> None:
    task = mine(desk, intake)[0].record
    log_attempt(desk, NewAttempt(intake, "letter", "stop"))
    (refused,) = write_letters(desk, [task]).refused
    assert type(refused[1]) in {ContactStopped, TaskEnded}
    assert mine(desk, intake) == []


def test_the_letter_says_nothing_of_police_or_help(desk: Desk, intake: RecordId) -> None:
    from_desk = write_letters(desk, [mine(desk, intake)[0].record]).issued[0]
    blob = desk.care_file.blob(from_desk.sha256)
    assert blob
    said = words_on(blob).casefold()
    for word in ("police", "treatment", "drug", "overdose", "whitfield", "program"):
        assert word not in said
    assert "988" in said


def test_a_calendar_file_has_a_day_and_a_number(desk: Desk, intake: RecordId) -> None:
    line = mine(desk, intake)[1]
    file = follow_up_file(desk, line.record, "en")
    said = file.data.decode()
    assert file.name == line.number
    assert "SUMMARY:Appointment" in said
    assert f"DESCRIPTION:{line.number}" in said
    assert "DTSTART:20261130T090000Z" in said
    for word in ("Whitfield", "Follow-up", "Pine Hollow"):
        assert word not in said
    note_follow_up_file_saved(desk, line.record)
    assert len(audit(care_of(desk), "save calendar file outside")) == 1
    finish(desk, line.record)
    with pytest.raises(TaskEnded):
        follow_up_file(desk, line.record)


def test_what_is_typed_in_a_call_is_kept_for_its_author_alone(
    desk: Desk, desks: Desks, intake: RecordId
) -> None:
    assert kept_call(desk, intake) is None
    notes = begin_call(desk, intake, "")
    notes.answers = {"note": "SECRET NOTE", "result": "no_answer"}
    keep_call(desk, notes)
    kept = kept_call(desk, intake)
    assert kept
    assert kept.answers == notes.answers
    assert kept_call(desks(Role.COORDINATOR), intake) is None
    entry = desk.drafts.get(notes.id)
    assert entry
    assert b"SECRET" not in entry.body
    assert unfinished(desk) == [], "it is no intake that is unfinished"
    assert notes.id in calls_about(desks(Role.COORDINATOR), intake), "who purges finds it"
    forget_call(desk, intake)
    assert kept_call(desk, intake) is None
    log_attempt(desk, NewAttempt(intake, "call", "deceased"))
    with pytest.raises(ContactStopped):
        begin_call(desk, intake, "")
    with pytest.raises(RecordMissing):
        begin_call(desk, RecordId("nobody"), "")
