"""Unfinished intakes: begun, saved at every pause, resumed, handed over, never lost.

A draft is sealed for its author. It is not a record: saving writes one blob, no change and no
audit line. Opening somebody else's is an act, and is logged.
"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final

from intake_app.domain.clock import stamp
from intake_app.domain.draft import CALL, PERSON, Draft, DraftEntry
from intake_app.domain.errors import (
    FactIsFinal,
    NotAllowed,
    PathwayOff,
    ReasonMissing,
    RecordMissing,
)
from intake_app.domain.form import FormRef
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.pathway import Pathway, room_of
from intake_app.domain.roles import may
from intake_app.services.desk import Desk, Person
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.form_versions import guide_for, keep_form

LEFT_AFTER: Final = timedelta(hours=12)
"""A draft untouched for so long may be taken over by a holder of the records' key (logged)."""

_STEP: Final = 4096
"""Bytes; a sealed draft grows by whole steps. All users of the computer can see its length."""

_OUTSIDE: Final = {"id", "author", "started", "keys", "pathway"}
"""What a draft's entry says itself; the rest is sealed."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft as the home page names it: never by the person.

    Attributes:
        id: The draft.
        by: Shown name of the author.
        pathway: Pathway code.
        started: Local time with offset.
        is_mine: The signed-in person is the author.
        may_take: The signed-in person may open it.
    """

    id: RecordId
    by: str
    pathway: str
    started: str
    is_mine: bool
    may_take: bool


def begin_draft(desk: Desk, form_id: str) -> Draft:
    """Start an intake with the current version of a form.

    Raises:
        NotAllowed: Not in this person's roles.
        FormMissing: There is no such form.
        PathwayOff: The department has turned its pathway off.
    """
    desk.rooms_for("take")
    guide = desk.library.guide(form_id)
    pathway = guide.form.pathway
    desk.require(room_of(pathway).take)
    if pathway in set(Pathway) - set(desk.pathways):
        raise PathwayOff(pathway)
    keep_form(desk, guide)
    ident = new_record_id()
    return Draft(
        id=ident,
        form=guide.form.ref,
        author=desk.person.id,
        answers=guide.defaults(),
        started=stamp(desk.clock),
        keys=desk.sealer_for(pathway).new_keys(ident),
        pathway=pathway,
    )


def save_draft(desk: Desk, draft: Draft) -> str:
    """Seal and write what was typed.

    Returns:
        When it was saved: local time with offset.

    Raises:
        NotAllowed: Not in this person's roles, or a colleague has it now.
        DiskFull: It was not; the caller still holds the draft.
    """
    desk.require(room_of(draft.pathway).take)
    require_own(desk, draft)
    return _put(desk, draft)


def require_own(desk: Desk, draft: Draft) -> DraftEntry | None:
    """Refuse a draft that is somebody else's, or became so while it lay open here.

    Returns:
        What is kept of it, if it was saved before.

    Raises:
        NotAllowed: It is.
        FactIsFinal: It was handed in.
    """
    kept = desk.drafts.get(draft.id)
    if kept and kept.submitted:
        raise FactIsFinal
    owners = {draft.author, kept.author if kept else draft.author}
    if owners != {desk.person.id}:
        raise NotAllowed("draft")
    return kept


def _put(desk: Desk, draft: Draft) -> str:
    at = stamp(desk.clock)
    inside = {f.name: getattr(draft, f.name) for f in fields(draft) if f.name not in _OUTSIDE}
    parts = inside | {"form": asdict(draft.form)}
    text = json.dumps(parts).encode()
    padded = text.ljust(-(-len(text) // _STEP) * _STEP)  # its length shall tell little
    body = desk.sealer_for(draft.pathway).seal(draft.id, draft.keys, padded)
    entry = DraftEntry(draft.id, draft.author, draft.pathway, draft.started, at, draft.keys, body)
    desk.drafts.put(entry)
    return at


def unfinished(desk: Desk) -> list[Unfinished]:
    """All drafts that this person's role could take, oldest first, and no word of what is in them.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    rooms = desk.rooms_for("take")
    return [
        Unfinished(
            id=entry.id,
            by=desk.name_of(entry.author),
            pathway=entry.pathway,
            started=entry.started,
            is_mine=entry.author == desk.person.id,
            may_take=_may_take(desk, entry),
        )
        for entry in desk.drafts.all()
        if room_of(entry.pathway) in rooms and _is_shown(desk, entry)
    ]


def _is_shown(desk: Desk, entry: DraftEntry) -> bool:
    """Who cannot read the file is not even told that somebody else's draft waits for it."""
    if entry.submitted or entry.pathway == CALL:
        return False  # it is finished, see `handed_in`; or notes of a call, see `call_notes`
    holds_key = desk.open_file(room_of(entry.pathway).compartment) is not None
    return holds_key or entry.author == desk.person.id


def resume_draft(desk: Desk, ident: RecordId) -> Draft:
    """Open a draft to go on with it; somebody else's becomes one's own, and is logged.

    Raises:
        RecordMissing: It is gone, or is about a person who is kept from this colleague.
        NotAllowed: It is somebody else's, and they have not left it; or not in one's roles.
        CannotOpen: The key does not fit.
    """
    desk.rooms_for("take")
    entry = _entry(desk, ident)
    if not _may_take(desk, entry):
        raise NotAllowed("draft")
    draft = _opened(desk, entry)
    if entry.author != desk.person.id:
        _refuse_unseen(desk, draft)
        desk.station.note(desk.act("take over draft"))
        sealer = desk.sealer_for(entry.pathway)
        draft.keys = sealer.hand_over(ident, entry.keys, desk.person.id)
        draft.author = desk.person.id
        _put(desk, draft)
    return draft


def _refuse_unseen(desk: Desk, draft: Draft) -> None:
    """Refuse somebody else's draft about a person whose earlier intake is not there for one."""
    earlier = RecordId(str(draft.marks.get(PERSON) or ""))
    file = desk.open_file(room_of(draft.pathway).compartment)
    if earlier and file is not None and file.record(earlier) is None:
        raise RecordMissing(draft.id)


def who_can_go_on(desk: Desk, pathway: str = Pathway.SELF_REFERRAL) -> list[Person]:
    """The colleagues to whom a draft can be handed over: those who take such intakes too."""
    others = (person for person in desk.colleagues if person.id != desk.person.id)
    return [person for person in others if may(person.roles, room_of(pathway).take)]


def hand_over_draft(desk: Desk, ident: RecordId, to: UserId) -> None:
    """Give a draft to a colleague: they can open it, and the author no longer can.

    Raises:
        NotAllowed: Only its author may, and only to somebody who takes such intakes too.
        CannotOpen: The colleague has no key on this computer yet.
    """
    desk.rooms_for("take")
    entry = _entry(desk, ident)
    takers = {desk.person.id, *(person.id for person in who_can_go_on(desk, entry.pathway))}
    if entry.author != desk.person.id or to not in takers:
        raise NotAllowed("draft")
    draft = _opened(desk, entry)
    draft.keys = desk.sealer_for(entry.pathway).hand_over(ident, entry.keys, to)
    draft.author = to
    desk.station.note(desk.act("hand over draft"))
    _put(desk, draft)


def discard_draft(desk: Desk, ident: RecordId, reason: str) -> None:
    """Throw a draft away, for a reason that the log keeps as an act, not as words.

    Raises:
        ReasonMissing: No reason was given.
        NotAllowed: It is not one's own, or not in one's roles.
    """
    desk.rooms_for("take")
    entry = _entry(desk, ident)
    if not reason.strip():
        raise ReasonMissing
    if not _may_take(desk, entry):
        raise NotAllowed("draft")
    desk.station.note(desk.act("discard draft"))
    desk.drafts.remove(ident)


def open_submitted(desk: Desk, ident: RecordId) -> Draft:
    """The sender's copy of what was handed in.

    Raises:
        RecordMissing: It is gone.
        NotAllowed: It was not handed in, or by somebody else.
    """
    entry = desk.drafts.get(ident)
    if entry is None:
        raise RecordMissing(ident)
    if not entry.submitted or entry.author != desk.person.id:
        raise NotAllowed("draft")
    return _opened(desk, entry)


def settle_drafts(desk: Desk) -> int:
    """Clear drafts whose record is already there: what a power cut during Finish leaves behind.

    Returns:
        How many were cleared.
    """
    done = [entry.id for entry in desk.drafts.all() if _is_record(desk, entry)]
    for ident in done:
        desk.drafts.remove(ident)
    return len(done)


def _is_record(desk: Desk, entry: DraftEntry) -> bool:
    file = desk.open_file(room_of(entry.pathway).compartment)
    return file is not None and file.record(entry.id) is not None


def guide_of(desk: Desk, draft: Draft) -> Guide:
    """The form version that a draft began with, also after the file was replaced."""
    return guide_for(desk, draft.form)


def _entry(desk: Desk, ident: RecordId) -> DraftEntry:
    entry = desk.drafts.get(ident)
    if entry is None or entry.submitted:  # handed in, it is nobody's to go on with
        raise RecordMissing(ident)
    return entry


def _may_take(desk: Desk, entry: DraftEntry) -> bool:
    room = room_of(entry.pathway)
    if not may(desk.person.roles, room.take):
        return False
    if entry.author == desk.person.id:
        return True
    is_active = any(person.id == entry.author for person in desk.colleagues)
    left = desk.clock.now() - datetime.fromisoformat(entry.saved) >= LEFT_AFTER
    return desk.open_file(room.compartment) is not None and (left or not is_active)


def _opened(desk: Desk, entry: DraftEntry) -> Draft:
    sealer = desk.sealer_for(entry.pathway)
    parts: dict[str, Any] = json.loads(sealer.open(entry.id, entry.keys, entry.body))
    parts["form"] = FormRef(**parts["form"])
    return Draft(
        id=entry.id, author=entry.author, started=entry.started, keys=entry.keys,
        pathway=entry.pathway, **parts,
    )  # fmt: skip
