"""Differences between stations: which there are, for whom they wait, and leaving them for later.

Settling stands in `disputes.settling`. Nothing here decides anything: until a person does, all that
was written stays, and the list shows it again.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_status import fold as fold_case
from intake_app.domain.dispute import (
    AGENCY,
    INTAKE,
    RULES,
    Dispute,
    Said,
    Sort,
    disputes_in,
    may_write,
    moment_of,
    station_of,
)
from intake_app.domain.dispute_errors import NothingDiffers
from intake_app.domain.episode import STEP, Step
from intake_app.domain.episode import fold as fold_steps
from intake_app.domain.errors import DiskFull, RecordMissing, StorageFailed
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.domain.listing import Row
from intake_app.domain.pathway import ROOMS
from intake_app.domain.purge import is_going
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment, May, may
from intake_app.services.case.held import acts_in, is_case
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.refolding import refold

SETTLING: Final = frozenset({
    *(act for rule in RULES.values() for act in rule.settles.values()),
    *(
        act for file in Compartment
        for kind in (INTAKE, "follow_up", "referral", "condition", AGENCY, "roster.entry",
                     "provider.service")
        if (act := may_write(file, kind)) is not None
    ),
})  # fmt: skip
"""Whoever may do one of these has something to settle, or may be told of it."""

TWICE: Final = "~number.twice"
"""Stands for the field where one number is on several records."""

_MOST: Final = 500


def may_see_differences(desk: Desk) -> bool:
    """Whether this person may settle any difference."""
    return any(may(desk.person.roles, act) for act in SETTLING)


def disputes(desk: Desk) -> list[Dispute]:
    """All differences that this person may see, those that stop work first, then the oldest.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    _require(desk)
    with suppress(DiskFull, StorageFailed):  # what came is summed up the next time
        refold(desk)
    found = [one for name, file in _files(desk) for one in _of_file(desk, name, file)]
    return sorted(found, key=_urgency)


def disputes_waiting(desk: Desk) -> int:
    """How many of them this person may settle, or has to do something about; for the home page."""
    if not may_see_differences(desk):
        return 0
    with suppress(DiskFull, StorageFailed):
        refold(desk)
    return sum(
        may_settle(desk, one)
        for name, file in _files(desk)
        for one in _of_file(desk, name, file, is_told=False)
    )


def disputes_about(desk: Desk, intake: RecordId) -> list[Dispute]:
    """The differences about an intake and what belongs to it; not logged: a part of its folder.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such record here.
    """
    file = desk.file_with(intake, "read")
    name = next(name for name, each in _files(desk) if each is file)
    record = file.record(intake)
    event = RecordId(str(record.values.get(facts.EVENT) or "")) if record else RecordId("")
    wanted = {intake, event} - {RecordId("")}
    near = (one for one in file.differing(_MOST) if wanted & {one.id, one.about})
    found = [dispute for one in near for dispute in _of_record(file, name, one)]
    return sorted(found, key=_urgency)


def postpone(desk: Desk, record: RecordId, name: str) -> None:
    """Leave it for later: nothing is written but that somebody looked, and it stays in the list.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such record here.
        NothingDiffers: It is settled.
    """
    found = require_dispute(desk, record, name)
    file_of(desk, found).note(desk.act("leave a difference", record))


def may_settle(desk: Desk, dispute: Dispute) -> bool:
    """Whether this person's role includes settling it."""
    act = dispute.settled_by
    return act is not None and may(desk.person.roles, act)


def require_dispute(desk: Desk, record: RecordId, name: str) -> Dispute:
    """A difference as it stands now; a part of the acts that deal with it.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such record in the files that this person may read.
        NothingDiffers: It is settled.
    """
    _require(desk)
    for file_name, file in _files(desk):
        found = file.record(record)
        if found is None or is_going(found):
            continue
        every = [*_of_record(file, file_name, found), *_of_numbers(desk, file_name, file)]
        for dispute in every:
            if (dispute.record, dispute.name) == (record, name) and _may_see(desk, dispute):
                return dispute
        raise NothingDiffers(record)
    raise RecordMissing(record)


def file_of(desk: Desk, dispute: Dispute) -> Records:
    """Where its record is.

    Raises:
        RecordMissing: This person does not hold that file.
    """
    file = desk.open_file(dispute.file)
    if file is None:
        raise RecordMissing(dispute.record)
    return file


def intake_of(file: Records, dispute: Dispute) -> Record | None:
    """The intake or case that it is about in the end; None for settings and the directory."""
    record = file.record(dispute.record)
    while record is not None and record.kind != INTAKE and record.about:
        record = file.record(record.about)
    return record if record is not None and facts.FORM in record.values else None


# --- inside -------------------------------------------------------------------------------


def _require(desk: Desk) -> None:
    if not may_see_differences(desk):
        desk.require(May.SETTLE_CONFLICT)  # says no, and leaves a trace


def _files(desk: Desk) -> Iterator[tuple[Compartment, Records]]:
    """The files in which this person may see differences."""
    for room in ROOMS:
        file = desk.open_file(room.compartment)
        if file is not None and may(desk.person.roles, room.read):
            yield room.compartment, file
    yield Compartment.STATION, desk.station


def _may_see(desk: Desk, dispute: Dispute) -> bool:
    """What everybody holds, the station file, shows its differences to who settles them."""
    return dispute.file is not Compartment.STATION or may_settle(desk, dispute)


def _urgency(dispute: Dispute) -> tuple[bool, bool, datetime, str]:
    oldest = min(one.at for one in dispute.said)
    is_who = dispute.sort is Sort.IDENTITY
    return not dispute.rule.stops, not is_who, oldest, dispute.record


def _of_file(
    desk: Desk, name: Compartment, file: Records, *, is_told: bool = True
) -> Iterator[Dispute]:
    for record in file.differing(_MOST):
        if not is_going(record):
            found = _of_record(file, name, record, is_told=is_told)
            yield from (one for one in found if _may_see(desk, one))
    yield from _of_numbers(desk, name, file)


def _of_record(
    file: Records, name: Compartment, record: Record, *, is_told: bool = True
) -> Iterator[Dispute]:
    """Of one record; to count them, who wrote what is not looked for."""
    history = file.history(record.id) if is_told else ()
    users = {change.id: change.user for change in history}
    yield from disputes_in(record, name, users)
    if record.kind == INTAKE:
        said = sorted(_acts_of(file, record), key=lambda one: (one.at, one.id))
        if len(said) > 1:
            yield Dispute(
                name, record.id, record.kind, record.about, facts.STATUS, Sort.STATUS, tuple(said)
            )


def _acts_of(file: Records, record: Record) -> Iterable[Said]:
    """The acts about a case, or the steps of an intake, that cannot both hold."""
    if is_case(record):
        acts = acts_in(file, record.id)
        folded = fold_case(acts)
        named = () if folded.is_sealed else folded.conflicting
        return (
            _said(file, act.id, str(act.kind), act.by, act.at) for act in acts if act.id in named
        )
    steps = {one.id: one for one in map(Step.of, file.about(record.id, STEP))}
    folded_steps = fold_steps(steps.values(), ())
    newest = folded_steps.newest if folded_steps.is_conflict else ()
    return (_said(file, i, steps[i].status, steps[i].by, None) for i in newest)


def _said(file: Records, ident: RecordId, value: str, by: UserId, at: datetime | None) -> Said:
    record = file.record(ident)
    base = record.base if record is not None else ChangeId("0.?.?")
    written = moment_of(base)
    return Said(ident, facts.STATUS, value, by, at or written, station_of(base))


def _of_numbers(desk: Desk, name: Compartment, file: Records) -> Iterator[Dispute]:
    if name is Compartment.STATION or not may(desk.person.roles, RULES[Sort.NUMBER].settles[name]):
        return
    for rows in file.numbers_twice():
        first = rows[0]
        said = tuple(_numbered(file, row) for row in rows)
        yield Dispute(name, first.record, INTAKE, first.about, TWICE, Sort.NUMBER, said)


def _numbered(file: Records, row: Row) -> Said:
    said = _said(file, row.record, row.number, row.by, None)
    return replace(said, name=TWICE)
