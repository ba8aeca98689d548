"""How far an intake of care has come: read, moved a step, closed, opened again.

The steps are facts; the column that lists read follows in the same transaction. Whoever closes an
episode drops in that transaction what was still to be done; who notes a death stops all contact.
Held charges have acts of their own (`case.acts`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.episode import STEP, Episode, Step, fold
from intake_app.domain.errors import EnteredInError, ReasonMissing, StepNotAllowed, TriesMissing
from intake_app.domain.follow_up import TaskState
from intake_app.domain.form import Choice, Status
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.pathway import CARE_ROOM
from intake_app.domain.record import Record
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.follow_up.follow_ups import follow_ups_of
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import DECEASED, flag_changes, flags_of, person_of
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.choices import choices_of
from intake_app.services.records.follow_up_changes import ended_changes
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.writing import fact, hide, write

CONFLICT: Final = "conflict"
"""What lists show of an intake about whose steps people disagree."""

CLOSED: Final = "closed"
"""Why tasks of a closed episode are dropped (code of `follow_up_reasons`)."""

IN_ERROR: Final = "entered_in_error"
"""The status that takes an intake out of all lists and counts."""

UNABLE: Final = "unable_to_contact"
"""The status that needs enough tries before: those of a follow-up of the schedule."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked with a step.

    Attributes:
        status: The step.
        reasons: The reasons to choose from; empty: none is asked for.
        is_back: It opens a closed episode again; why is said in words.
    """

    status: Status
    reasons: tuple[Choice, ...] = ()
    is_back: bool = False


def episode_of(desk: Desk, intake: RecordId) -> Episode:
    """How far an intake has come. Not logged: a part of the acts that read it.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake among those who asked for help.
    """
    desk.require(CARE_ROOM.read)
    return _episode(desk, desk.care_file, intake_in(desk.care_file, intake))


def asks_of(desk: Desk, intake: RecordId) -> tuple[Ask, ...]:
    """The steps that may be next, in the form's order, with their reasons; going back last.

    None where steps contradict, but for who may say which of them holds.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake among those who asked for help.
    """
    episode = episode_of(desk, intake)
    is_others = episode.is_conflict and not may(desk.person.roles, May.SETTLE_NAMES)
    if is_others or intake_in(desk.care_file, intake).is_deleted:
        return ()
    found = [Ask(one, _reasons(desk, one)) for one in episode.next]
    if episode.back is not None:
        found.append(Ask(episode.back, is_back=True))
    return tuple(found)


def move_episode(
    desk: Desk, intake: RecordId, status: str, reason: str = "", *, note: str = "", at: str = ""
) -> Episode:
    """Take a step.

    Args:
        desk: Whose.
        intake: Which intake.
        status: The status that holds from now on: one of `asks_of`.
        reason: A code of the status's table, where it has one; why, in words, to open it again.
        note: More words.
        at: When it was so (local time with offset); empty: now.

    Returns:
        Where it stands now.

    Raises:
        NotAllowed: Not in one's roles; where steps contradict, a coordinator takes the next one.
        RecordMissing: There is no such intake among those who asked for help.
        EnteredInError: It is out of all lists, and stays as it is.
        StepNotAllowed: This step may not follow, or the reason is none of the list.
        ReasonMissing: A reason is asked for, or why it is out of all lists.
        TriesMissing: "Unable to contact" before enough was tried.
    """
    desk.require(CARE_ROOM.amend)
    file = desk.care_file
    record = intake_in(file, intake)
    if record.is_deleted:
        raise EnteredInError(intake)
    before = _episode(desk, file, record)
    if before.is_conflict:  # the next step says which of two holds
        desk.require(May.SETTLE_NAMES)
    wanted = before.allowed(status)
    if wanted is None:
        raise StepNotAllowed(status)
    _check_reason(desk, before, wanted, reason)
    if status == IN_ERROR and not note.strip():
        raise ReasonMissing
    if status == UNABLE and not _was_tried(desk, intake):
        raise TriesMissing
    now = stamp(desk.clock)
    step = Step(
        new_record_id(), status, at or now, now, desk.person.id, reason.strip(), note.strip(),
        before.newest,
    )  # fmt: skip
    guide = guide_of_record(desk, record)
    after = fold((*before.steps, step), guide.form.statuses)
    file.apply(list(_changes(desk, record, step, after)), desk.act("move episode", intake))
    return after


def said_of(desk: Desk, intake: RecordId, language: str) -> dict[str, tuple[str, str]]:
    """Status and reason of each step in words, by the step's id.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such intake among those who asked for help.
    """
    desk.require(CARE_ROOM.read)
    record = intake_in(desk.care_file, intake)
    known = {one.id: one for one in guide_of_record(desk, record).form.statuses}
    found: dict[str, tuple[str, str]] = {}
    for step in map(Step.of, desk.care_file.about(intake, STEP)):
        status = known.get(step.status)
        codes = desk.library.codes(status.reasons) if status and status.reasons else ()
        labels = {one.id: one.label.said_in(language) for one in codes}
        said = status.label.said_in(language) if status else step.status
        found[step.id] = said, labels.get(step.reason, step.reason)
    return found


def _changes(desk: Desk, record: Record, step: Step, after: Episode) -> Iterator[Change]:
    file, user = desk.care_file, desk.person.id
    yield fact(file, user, STEP, step.id, step.fields(), about=record.id)
    if step.status == IN_ERROR:
        yield from ended_changes(desk, file, record.id, IN_ERROR)
        yield hide(file, user, record, step.note)
        return
    shown: dict[str, Value] = {facts.STATUS: CONFLICT if after.is_conflict else after.status}
    if after.is_closed:
        shown[facts.DUE] = ""
        yield from _endings(desk, record, step)
    yield write(file, user, record.kind, record.id, shown)


def _endings(desk: Desk, record: Record, step: Step) -> list[Change]:
    """What ends with an episode: its own tasks; of who has died, all contact."""
    file = desk.care_file
    person = person_of(file, record.id)
    if step.status == DECEASED and flags_of(file, person).stop != DECEASED:
        return flag_changes(desk, file, person, DECEASED, on=True, note=step.note)
    return ended_changes(desk, file, record.id, CLOSED)


def _was_tried(desk: Desk, intake: RecordId) -> bool:
    """Whether enough was tried for one follow-up; where none is open, none is asked for."""
    tasks = follow_ups_of(desk, intake)
    ahead = [one for one in tasks if one.state is TaskState.OPEN]
    was_noted = any(one.state is TaskState.UNABLE for one in tasks)
    return was_noted or not ahead or any(not one.missing for one in ahead)


def _check_reason(desk: Desk, before: Episode, wanted: Status, reason: str) -> None:
    is_back = before.back is not None and wanted.id not in {one.id for one in before.next}
    known = {one.id for one in _reasons(desk, wanted)}
    if (known or is_back) and not reason.strip():
        raise ReasonMissing
    if known and not is_back and reason not in known:
        raise StepNotAllowed(reason)


def _reasons(desk: Desk, status: Status) -> tuple[Choice, ...]:
    return choices_of(desk, status.reasons) if status.reasons else ()


def _episode(desk: Desk, file: Records, record: Record) -> Episode:
    steps = (Step.of(one) for one in file.about(record.id, STEP))
    folded = fold(steps, guide_of_record(desk, record).form.statuses)
    return folded if folded.status else Episode(str(record.values.get(facts.STATUS, "")))
