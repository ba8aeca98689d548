"""A task for the day on which a consent ends soon, made with the consent itself."""

from typing import Final

from intake_app.domain.change import Change
from intake_app.domain.clock import stamp
from intake_app.domain.consent import ConsentKind, Limits
from intake_app.domain.follow_up import TaskState
from intake_app.domain.ids import RecordId, record_id_of
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records, Stamps
from intake_app.services.records.consent_reading import consent_in
from intake_app.services.records.follow_up_changes import (
    FOLLOW_UP,
    OWN,
    NewTask,
    is_open,
    state_fields,
    task_change,
)
from intake_app.services.records.writing import write
from intake_app.words import LANGUAGES, Words, mark

ENDS_TABLE, SOON = "consent_ends", "soon"
"""How consents end, in days; and how early one is told that one ends soon."""

ASK_ANEW: Final = mark("A consent ends soon: ask whether a new one is wanted")


def limits_of(desk: Desk) -> Limits:
    """How long consents run, as the department's table says."""
    days = {c.id: int(c.measure) for c in desk.library.codes(ENDS_TABLE) if c.measure.isdecimal()}
    return Limits(days, days.pop(SOON, 0))


def watch_changes(desk: Desk, to: Stamps, consent: Change) -> list[Change]:
    """The task that goes with a new consent; none where it has no end by the calendar.

    Args:
        desk: Whose.
        to: The file of the consent.
        consent: The fact that keeps it.
    """
    limits = limits_of(desk)
    read = consent_in(consent.record, ConsentKind(consent.kind), consent.fields, consent.fields)
    last = read.last_day(limits.lengths) if read and read.is_given and read.is_written else ""
    if not last:
        return []
    label = {language: Words(language).text(ASK_ANEW) for language in LANGUAGES}
    by = desk.person.id if desk.care is not None and may(desk.person.roles, May.FOLLOW_UP) else ""
    new = NewTask(OWN, label, limits.told_on(last, read.signed_on if read else last), by)
    ident = record_id_of(consent.record, SOON)
    return [task_change(to, desk.person.id, consent.about, ident, new, stamp(desk.clock))]


def unwatch_changes(desk: Desk, file: Records, consent: RecordId) -> list[Change]:
    """What ends that task, where it is still open: the consent was taken back."""
    task = file.record(record_id_of(consent, SOON))
    if task is None or not is_open(task):
        return []
    fields = state_fields(TaskState.DROPPED)
    return [write(file, desk.person.id, FOLLOW_UP, task.id, fields)]
