"""The drop box: who does not hold a file's key hands in, who holds it takes in.

A submission creates, and changes nothing that stands. It is a fact of the `station` file that says
to which file it goes and where its sealed bytes lie, and not a word of what is in it. Whoever holds
that file's key applies the same changes, with the same ids, through the one door: done twice, or at
two stations, it is one record. What does not fit is set aside and told, never dropped.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.change import DELETED, Action, Change
from intake_app.domain.clock import stamp
from intake_app.domain.errors import BadChange, BadRegistry, CannotOpen, NoGrant
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.pathway import room_of
from intake_app.domain.record import Record
from intake_app.domain.roles import RECORDS, Compartment, May, may
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import DropBox
from intake_app.services.needs.files import Records
from intake_app.services.records.drafts import settle_drafts
from intake_app.services.records.event_parts import EVENT
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.veil import behind
from intake_app.services.records.writing import fact

SUBMISSION: Final = "submission"
TAKEN_IN: Final = "submission.taken_in"
SET_ASIDE: Final = "submission.set_aside"

TO: Final = "to"  # compartment
SEALED: Final = "sealed"  # SHA-256 of the archived bytes
QUIET: Final = "quiet"  # it waits for nobody: a copy that was counted

SEALED_LOG: Final = "sealed.log"

_WITH_KEY: Final = frozenset({
    "treatment", "treatment.crossing",  # what they say is passed on to `cases`
    # they decide who sees whom
    "person.conflict", "person.merge", "person.unmerge", "person.not_same",
    "consent.revoked", "consent.ended", "consent.told", "kept.act", "statistic",
})  # fmt: skip
"""Kinds that only who holds the key of a file writes there."""

_ADDED: Final = frozenset({"note", "event.person"})
"""Kinds that their author may add later to what they handed in."""

_DISCLOSURE: Final = "disclosure"
"""Kind of what is noted with the copy of a paper that discloses, and never alone."""

USES: Final = frozenset({"paper.use", SEALED_LOG})
"""Kinds that may come before what they are about, and from anybody: a copy is printed before
Finish; the log of a sealed case goes in pieces, and who goes on may be another person."""

_DONE: Final = (TAKEN_IN, SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be taken in, without a word of what it is.

    Attributes:
        count: How many submissions.
        hours: Age of the oldest, in whole hours.
        may_take: This person can take them in; if not, they are the deputy and are told.
    """

    count: int = 0
    hours: int = 0
    may_take: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking in.

    Attributes:
        count: Submissions that are records now.
        set_aside: Submissions that were refused; an administrator should know.
        later: Submissions that still wait for something that is on its way here.
    """

    count: int = 0
    set_aside: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class HandIn:
    """What is handed in.

    Attributes:
        to: The file that it goes to.
        changes: All of them create.
        blobs: Bytes to archive with them, by SHA-256.
        ident: The submission: the same id again makes no second one.
        is_quiet: Nobody needs to hurry for it.
    """

    to: Compartment
    changes: Sequence[Change]
    blobs: Mapping[str, bytes]
    ident: RecordId
    is_quiet: bool = False


def submit(desk: Desk, what: HandIn) -> None:
    """Seal changes for who holds the file they are meant for.

    Raises:
        NoGrant: Keys for it are not open.
        BadChange: A change would alter what stands, or is not one's own.
        DiskFull: Nothing was handed in.
    """
    if desk.station.record(what.ident) is not None:
        return
    if not what.changes or not all(_creates(change, desk.person.id) for change in what.changes):
        raise BadChange
    sealed = _box(desk).seal(what.to, what.ident, written(what.changes, what.blobs))
    name = hashlib.sha256(sealed).hexdigest()
    told = {
        TO: what.to, SEALED: name, QUIET: what.is_quiet,
        facts.OPENED: stamp(desk.clock), facts.BY: desk.person.id,
    }  # fmt: skip
    change = fact(desk.station, desk.person.id, SUBMISSION, what.ident, told)
    desk.station.apply([change], desk.act("hand in", what.ident), {name: sealed})


def waiting(desk: Desk) -> Waiting:
    """What waits for this person: as a holder of the key, or as the named deputy after a time."""
    may_take = may(desk.person.roles, May.TAKE_IN)
    is_deputy = bool(desk.agency.deputy) and desk.agency.deputy == desk.person.id
    found = [one for one in _waiting(desk) if not one.values.get(QUIET)]
    mine = [one for one in found if may_take and _file_of(desk, one) is not None]
    if not mine and is_deputy:
        patience = timedelta(hours=desk.agency.deputy_hours)
        mine = [one for one in found if age_of(one, desk.clock.now()) >= patience]
        may_take = False
    hours = max((age_of(one, desk.clock.now()) // timedelta(hours=1) for one in mine), default=0)
    return Waiting(len(mine), max(hours, 0), may_take)


def take_in(desk: Desk) -> Taken:
    """Make records of all that waits for a file that is open here.

    Raises:
        NotAllowed: Not in this person's roles.
        DiskFull: What was not taken in still waits.
    """
    desk.require(May.TAKE_IN)
    desk = behind(desk)  # it shows nothing, and no record may be missed
    outcomes = [_take(desk, one, file) for one, file in _for_here(desk)]
    settle_drafts(desk)  # the sender's copy, where it lies on this computer
    counts = {kind: outcomes.count(kind) for kind in (*_DONE, "")}
    return Taken(counts[TAKEN_IN], counts[SET_ASIDE], counts[""])


def taken_in(desk: Desk) -> frozenset[RecordId]:
    """The submissions that are records now."""
    return _about(desk, TAKEN_IN)


def age_of(told: Record, now: datetime) -> timedelta:
    """How long ago something was handed in, or set aside."""
    return now - datetime.fromisoformat(str(told.values[facts.OPENED]))


def _about(desk: Desk, kind: str) -> frozenset[RecordId]:
    return frozenset(done.about for done in desk.station.of_kind(kind))


def _waiting(desk: Desk) -> list[Record]:
    done = _about(desk, TAKEN_IN) | _about(desk, SET_ASIDE)
    return [one for one in desk.station.of_kind(SUBMISSION) if one.id not in done]


def _for_here(desk: Desk) -> list[tuple[Record, Records]]:
    found = ((one, _file_of(desk, one)) for one in _waiting(desk))
    return [(one, file) for one, file in found if file is not None]


def _file_of(desk: Desk, submission: Record) -> Records | None:
    to = submission.values.get(TO)
    return desk.open_file(Compartment(to)) if to in RECORDS else None


def _box(desk: Desk) -> DropBox:
    if desk.drop_box is None:
        raise NoGrant("drop box")
    return desk.drop_box


# --- one submission ---------------------------------------------------------------------------


def _take(desk: Desk, submission: Record, file: Records) -> str:
    """Take one in; returns the kind of fact that says what became of it, or "" while it waits."""
    sealed = desk.station.blob(str(submission.values.get(SEALED)))
    if sealed is None:
        return ""  # its bytes are still on their way
    to = Compartment(submission.values[TO])
    try:
        author, body = _box(desk).open(to, submission.id, sealed)
        changes, blobs = _read(body)
        if author != submission.values.get(facts.BY):
            raise BadChange("author")
        _check(file, author, changes)
        _check_place(to, author, changes)
        if not _is_all_here(file, changes):
            return ""
        file.apply(changes, desk.act("take in submission", submission.id), blobs)
        _check_applied(file, changes)
    except BadRegistry:
        return ""  # the entry that lists its author is still on its way
    except (CannotOpen, BadChange) as error:
        return _say(desk, submission, SET_ASIDE, error.detail or "damaged")
    return _say(desk, submission, TAKEN_IN, "", _intake_of(changes))


def _intake_of(changes: Sequence[Change]) -> RecordId:
    """The intake that a submission makes or adds to: its sealed bytes end with it."""
    made = [change.record for change in changes if change.kind == INTAKE]
    return made[0] if made else changes[0].about or changes[0].record


def _say(
    desk: Desk, submission: Record, kind: str, why: str, intake: RecordId = RecordId("")
) -> str:
    told = {facts.OPENED: stamp(desk.clock), facts.BY: desk.person.id, facts.REASON: why}
    told |= {facts.PERSON: intake} if intake else {}
    change = fact(
        desk.station, desk.person.id, kind, new_record_id(), told, about=submission.id
    )  # fmt: skip
    act = desk.act("take in submission", submission.id)
    desk.station.apply([change], replace(act, outcome="refused") if why else act)
    return kind


def _check(file: Records, author: UserId, changes: Iterable[Change]) -> None:
    """Refuse what a submission may not do.

    Raises:
        BadChange: Somebody else's change, one that alters what stands, or one that adds to what
            its author did not hand in.
    """
    made = {change.record for change in changes}
    for change in changes:
        if not _creates(change, author):
            raise BadChange("no creation")
        before = file.record(change.record)
        if before is not None and not before.is_purged and before.base != change.id:
            raise BadChange("exists")
        if change.about and change.about not in made and change.kind not in USES:
            _check_owner(file, change.about, author)


def _check_place(to: Compartment, author: UserId, changes: Sequence[Change]) -> None:
    """Refuse what nobody hands in there: alone stands an intake or event of that file, only these.

    A number that was voided, a token, a pad, a word about who may see whom come from who holds the
    key. To what was handed in before, only a note is added, or a count. Of a sealed case, the words
    are those of everybody who worked on it.

    Raises:
        BadChange: It is such a thing, or says that somebody else did it.
    """
    room = Compartment.CASES if to is Compartment.SEALED else to
    made = {change.record for change in changes}
    is_counted = any(change.kind in USES for change in changes)
    added = {*_ADDED, *USES, *((_DISCLOSURE,) if is_counted else ())}
    for change in changes:
        if not change.about and not _may_stand_alone(room, change):
            raise BadChange("stands alone")
        if to is Compartment.SEALED:
            continue
        if change.kind in _WITH_KEY or change.fields.get(facts.BY, author) != author:
            raise BadChange("in another's name")
        is_added = bool(change.about) and change.about not in made
        if facts.PERSON in change.fields or (is_added and change.kind not in added):
            raise BadChange("not theirs to add")


def _may_stand_alone(room: Compartment, change: Change) -> bool:
    """An intake of this room, or an overdose event; events there are in care only."""
    kinds = {INTAKE, EVENT} if room is Compartment.CARE else {INTAKE}
    pathway = str(change.fields.get(facts.PATHWAY))
    is_made = change.kind in kinds and change.action is Action.WRITE
    return is_made and room_of(pathway).compartment is room


def _creates(change: Change, author: UserId) -> bool:
    is_new = change.action in {Action.WRITE, Action.FACT} and not change.over
    return is_new and DELETED not in change.fields and change.user == author


def _check_owner(file: Records, about: RecordId, author: UserId) -> None:
    first = next(iter(file.history(about)), None)
    if first is not None and first.user != author:
        raise BadChange("about")


def _is_all_here(file: Records, changes: Sequence[Change]) -> bool:
    """Whether what these changes belong to is in the file, or comes with them."""
    made = {change.record for change in changes}
    return all(
        not change.about
        or change.about in made
        or change.kind in USES
        or file.record(change.about) is not None
        for change in changes
    )


def _check_applied(file: Records, changes: Iterable[Change]) -> None:
    for change in changes:
        now = file.record(change.record)
        if now is None or not (now.is_purged or now.base == change.id):
            raise BadChange("refused by the record")


# --- bytes ------------------------------------------------------------------------------------


def written(changes: Iterable[Change], blobs: Mapping[str, bytes]) -> bytes:
    """One line of JSON, then the archived bytes one after the other."""
    lines = [change.line.decode() for change in changes]
    head = {"v": 1, "changes": lines, "blobs": [[name, len(blobs[name])] for name in blobs]}
    return b"".join((json.dumps(head, ensure_ascii=False).encode(), b"\n", *blobs.values()))


def _read(body: bytes) -> tuple[list[Change], dict[str, bytes]]:
    """The reverse, of what may come from anywhere.

    Raises:
        BadChange: It is not what `written` writes.
    """
    head, _, rest = body.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(head)
        lines = [str(line).encode() for line in told["changes"]]
        sizes = [(str(name), int(size)) for name, size in told["blobs"]]
        is_known = told["v"] == 1
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadChange from None  # the cause would carry what is in it
    if not is_known or not lines or any(size < 0 for _, size in sizes):
        raise BadChange
    blobs: dict[str, bytes] = {}
    for name, size in sizes:
        blobs[name], rest = rest[:size], rest[size:]
        if hashlib.sha256(blobs[name]).hexdigest() != name:
            raise BadChange("archived bytes")
    if rest:
        raise BadChange
    return [Change.from_line(line) for line in lines], blobs
