"""A follow-up for one's own calendar: a day and a number, and no word of whom or why."""

import hashlib
from datetime import date, datetime, time, timedelta
from typing import Final

from intake_app.domain import facts
from intake_app.domain.clock import zone_of
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.services.case.calendar_file import Appointment, CalendarFile, as_calendar
from intake_app.services.desk import Desk
from intake_app.services.follow_up.follow_ups import open_task
from intake_app.words import Words

_MORNING: Final = time(9, 0)
_LENGTH: Final = timedelta(minutes=30)
"""What is blocked in the calendar: the first half hour of the day."""


def follow_up_file(desk: Desk, task: RecordId, language: str = "") -> CalendarFile:
    """The day of a follow-up as a calendar file.

    Args:
        desk: Whose.
        task: The task.
        language: Of its one word; empty: the department's own.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing, TaskEnded: There is no such open task.
    """
    desk.require(May.FOLLOW_UP)
    file = desk.care_file
    record = open_task(file, task)
    intake = file.lines([record.about]).get(record.about)
    day = date.fromisoformat(str(record.values[facts.DUE]))
    starts = datetime.combine(day, _MORNING, zone_of(desk.clock))
    made = Appointment(
        uid=hashlib.sha256(f"follow-up {task}".encode()).hexdigest()[:32],
        title=Words(language or desk.own_language).text("Appointment"),
        number=intake.number if intake else "",
        starts=starts,
        at=starts + _LENGTH,
        made=desk.clock.now(),
        revision=len(file.history(task)) - 1,
    )
    return CalendarFile(made.number, as_calendar(made))


def note_follow_up_file_saved(desk: Desk, task: RecordId) -> None:
    """Log that such a file was saved outside of this program.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.FOLLOW_UP)
    desk.care_file.note(desk.act("save calendar file outside", task))
