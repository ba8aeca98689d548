"""What the sender keeps of an intake that was handed in: their own sealed draft, for one shift.

With it they print a paper once more, look up what was agreed, and add a note. Nothing of it
changes. It goes when a holder of the key has taken the intake in, or when the shift is over; what
was handed in stays in the drop box.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.draft import Draft, DraftEntry
from intake_app.domain.errors import NotAllowed, ReasonMissing, RecordMissing
from intake_app.domain.form import FieldType
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.pathway import room_of
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.drafts import guide_of, open_submitted
from intake_app.services.records.drop_box import SUBMISSION, HandIn, submit, taken_in
from intake_app.services.records.writing import fact

NOTE: Final = "note"
"""Kind of a record that adds words to an intake after it was handed in."""

TEXT: Final = "text"

_AGREED: Final = frozenset({FieldType.PROVIDER, FieldType.DATE_TIME})


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An intake that this person handed in, as their home page names it.

    Attributes:
        record: The intake.
        number: Receipt number.
        pathway: Pathway code.
        at: When it was handed in: local time with offset.
    """

    record: RecordId
    number: str
    pathway: str
    at: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """One thing that was agreed with the person: where they go, when.

    Attributes:
        label: The question.
        words: The answer.
    """

    label: Text
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """Words that were added to an intake after it was handed in.

    Attributes:
        at: When: local time with offset.
        by: Who.
        text: What they say.
    """

    at: str
    by: UserId
    text: str = field(repr=False)


def hand_in(
    desk: Desk, draft: Draft, changes: Sequence[Change], blobs: Mapping[str, bytes]
) -> None:
    """Hand a finished draft in; what is left of it is the sender's copy.

    After a power cut between the two steps, `settle_handed_in` takes the second one.
    """
    to = room_of(draft.pathway).compartment
    submit(desk, HandIn(to, changes, blobs, draft.id))
    desk.drafts.mark_submitted(draft.id, stamp(desk.clock))


def handed_in(desk: Desk) -> list[HandedIn]:
    """What this person handed in during this shift and nobody has taken in yet, newest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.rooms_for("take")
    done = taken_in(desk)
    mine = [
        entry
        for entry in desk.drafts.all()
        if entry.author == desk.person.id and entry.submitted and _is_kept(desk, entry, done)
    ]
    return [
        HandedIn(entry.id, open_submitted(desk, entry.id).number, entry.pathway, entry.submitted)
        for entry in sorted(mine, key=lambda entry: entry.submitted, reverse=True)
    ]


def read_handed_in(desk: Desk, ident: RecordId) -> Draft:
    """The sender's copy; that it was read is logged.

    Raises:
        NotAllowed: It is somebody else's.
        RecordMissing: It is no longer here.
    """
    desk.rooms_for("take")
    draft = _kept(desk, ident)
    desk.station.note(desk.act("read handed-in copy"))
    return draft


def sender_copy(desk: Desk, ident: RecordId) -> Draft:
    """The sender's copy, for an act that says itself what it is for.

    Raises:
        NotAllowed: It is somebody else's.
        RecordMissing: It is no longer here.
    """
    desk.rooms_for("take")
    return _kept(desk, ident)


def kept_copy(desk: Desk, ident: RecordId) -> Draft | None:
    """The sender's copy while it is kept, for printing from it once more."""
    desk.rooms_for("issue")
    try:
        return _kept(desk, ident)
    except (RecordMissing, NotAllowed):
        return None


def agreed(desk: Desk, draft: Draft, language: str) -> list[Agreed]:
    """Where the person goes, and when: what one is asked on the phone an hour later."""
    guide = guide_of(desk, draft)
    answers = guide.kept(draft.answers)
    found = [f for f in guide.form.fields() if f.type in _AGREED and answers.get(f.id)]
    return [Agreed(f.label, guide.shown(f.id, answers[f.id], language)) for f in found]


def add_note(desk: Desk, ident: RecordId, words: str) -> None:
    """Hand in words that belong to an intake that was handed in.

    Raises:
        ReasonMissing: Nothing was said.
        NotAllowed: The intake is somebody else's.
        RecordMissing: The sender's copy is no longer here.
    """
    desk.rooms_for("take")
    if not words.strip():
        raise ReasonMissing
    room, user = room_of(_kept(desk, ident).pathway), desk.person.id
    said: dict[str, Value] = {TEXT: words.strip(), **desk.entered()}
    to = desk.stamps_for(room.compartment)
    change = fact(to, user, NOTE, new_record_id(), said, about=ident)
    submit(desk, HandIn(room.compartment, [change], {}, new_record_id()))


def notes_about(file: Records, intake: RecordId) -> tuple[Note, ...]:
    """The notes to an intake that is a record now, oldest first."""
    found = (note.values for note in file.about(intake, NOTE))
    return tuple(Note(str(v[facts.OPENED]), UserId(str(v[facts.BY])), str(v[TEXT])) for v in found)


def settle_handed_in(desk: Desk) -> int:
    """Mark what a power cut left unmarked; remove copies that have served.

    Returns:
        How many were removed.
    """
    done, gone = taken_in(desk), 0
    for entry in desk.drafts.all():
        submission = desk.station.record(entry.id)
        if submission is None or submission.kind != SUBMISSION:
            continue
        if not entry.submitted:
            desk.drafts.mark_submitted(entry.id, str(submission.values[facts.OPENED]))
        elif not _is_kept(desk, entry, done):
            desk.drafts.remove(entry.id)
            gone += 1
    return gone


def _is_kept(desk: Desk, entry: DraftEntry, done: frozenset[RecordId]) -> bool:
    shift = timedelta(hours=desk.agency.shift_hours)
    is_over = desk.clock.now() - datetime.fromisoformat(entry.submitted) >= shift
    return entry.id not in done and not is_over


def _kept(desk: Desk, ident: RecordId) -> Draft:
    entry = desk.drafts.get(ident)
    if entry is None or not entry.submitted or not _is_kept(desk, entry, taken_in(desk)):
        raise RecordMissing(ident)
    return open_submitted(desk, ident)
