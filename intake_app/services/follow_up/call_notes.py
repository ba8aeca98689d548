"""What is typed while somebody is on the phone: kept sealed until it is saved as a try.

It is a draft like that of an intake: saved at every pause, open to its author alone, and still
there after a lock, a power cut, or a person at the door.
"""

import hashlib

from intake_app.domain import facts
from intake_app.domain.clock import stamp
from intake_app.domain.draft import CALL, Draft
from intake_app.domain.errors import CannotOpen, RecordMissing
from intake_app.domain.form import FormRef
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.people.persons import refuse_stopped
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.drafts import resume_draft, save_draft


def begin_call(desk: Desk, intake: RecordId, task: str) -> Draft:
    """Notes of a call that begins now; nothing is kept before something is typed.

    Args:
        desk: Whose.
        intake: Whom one calls.
        task: The task it is for, or empty.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake among those who asked for help.
        ContactStopped: Nobody may contact this person.
    """
    desk.require(May.FOLLOW_UP)
    record = intake_in(desk.care_file, intake)
    refuse_stopped(desk.care_file, intake)
    ident = _id_of(intake, desk.person.id)
    return Draft(
        id=ident,
        form=FormRef(**record.values[facts.FORM]),
        author=desk.person.id,
        step=task,
        started=stamp(desk.clock),
        keys=desk.sealer_for(CALL).new_keys(ident),
        pathway=CALL,
    )


def kept_call(desk: Desk, intake: RecordId) -> Draft | None:
    """One's own notes of a call to this person that was interrupted.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.FOLLOW_UP)
    try:
        return resume_draft(desk, _id_of(intake, desk.person.id))
    except (RecordMissing, CannotOpen):
        return None


def keep_call(desk: Desk, notes: Draft) -> str:
    """Keep what is typed so far.

    Returns:
        When it was kept: local time with offset.

    Raises:
        NotAllowed: Not in this person's roles.
        DiskFull: It was not; the caller still holds it.
    """
    desk.require(May.FOLLOW_UP)
    return save_draft(desk, notes)


def forget_call(desk: Desk, intake: RecordId) -> None:
    """Let the notes go: they are saved as a try, or nobody wants them.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.FOLLOW_UP)
    desk.drafts.remove(_id_of(intake, desk.person.id))


def calls_about(desk: Desk, intake: RecordId) -> frozenset[RecordId]:
    """The drafts that may hold notes of a call to this person, of all who work here."""
    people = {one.id for one in (desk.person, *desk.colleagues)}
    return frozenset(_id_of(intake, user) for user in people)


def _id_of(intake: RecordId, user: UserId) -> RecordId:
    """One for each person who calls: it tells nothing of whom."""
    return RecordId(hashlib.sha256(f"{CALL} {intake} {user}".encode()).hexdigest()[:32])
