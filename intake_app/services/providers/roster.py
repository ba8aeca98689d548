"""The on-call roster: who is on, and each call and arrival logged with one key."""

from dataclasses import replace

from intake_app.domain.clock import stamp
from intake_app.domain.errors import BadEntry, RecordMissing
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.roster import (
    CALL,
    ENTRY,
    CallResult,
    OnCallRole,
    RosterCall,
    RosterEntry,
    entry_from,
)
from intake_app.services.desk import Desk
from intake_app.services.records.writing import fact, write


def whole_roster(desk: Desk) -> list[RosterEntry]:
    """Everybody, also those who are not active, by role and name.

    Raises:
        NotAllowed: The role does not see the roster.
    """
    desk.require(May.SEE_PROVIDERS)
    entries = [entry_from(r.id, r.values) for r in desk.station.of_kind(ENTRY)]
    order = list(OnCallRole)
    return sorted(entries, key=lambda e: (order.index(e.role), e.name.casefold(), e.record))


def keep_roster_entry(desk: Desk, entry: RosterEntry) -> RosterEntry:
    """Add somebody, or change an entry; the same entry with its record is returned.

    Raises:
        NotAllowed: The role does not keep the roster.
        BadEntry: No name, no phone, or no hours; the detail names the field.
        RecordMissing: There is no entry under this id.
    """
    desk.require(May.KEEP_ROSTER)
    tidy = replace(entry, name=entry.name.strip(), phone=entry.phone.strip())
    for name, is_there in (
        ("name", tidy.name),
        ("phone", any(c.isdigit() for c in tidy.phone)),
        ("shifts", tidy.shifts or tidy.is_always),
    ):
        if not is_there:
            raise BadEntry(name)
    if tidy.record:
        old = _entry(desk, tidy.record).values
    else:
        tidy, old = replace(tidy, record=new_record_id()), {}
    fields = {name: value for name, value in tidy.fields().items() if old.get(name) != value}
    if fields:
        change = write(desk.station, desk.person.id, ENTRY, tidy.record, fields)
        desk.station.apply([change], desk.act("keep roster", tidy.record))
    return tidy


def _entry(desk: Desk, record: RecordId) -> Record:
    found = desk.station.record(record)
    if found is None or found.kind != ENTRY or found.is_purged:
        raise RecordMissing(record)
    return found


def log_call(
    desk: Desk, entry: RecordId, result: CallResult, about: RecordId = RecordId("")
) -> RosterCall:
    """Log a call or an arrival with its time; it is a fact and stays.

    Args:
        desk: Where.
        entry: Whom.
        result: How it ended.
        about: The intake it was for, or empty.

    Raises:
        NotAllowed: The role does not log calls.
        RecordMissing: There is no such entry.
    """
    desk.require(May.LOG_CALL)
    role = entry_from(entry, _entry(desk, entry).values).role
    call = RosterCall(entry, role, CallResult(result), stamp(desk.clock), desk.person.id, about)
    fields = {"entry": entry, "role": role, "result": call.result, "at": call.at, "by": call.by}
    ident = new_record_id()
    change = fact(desk.station, desk.person.id, CALL, ident, fields, about)
    desk.station.apply([change], desk.act("log call", ident))
    return call


def calls(desk: Desk, about: RecordId | None = None) -> list[RosterCall]:
    """Calls in the order of their times: of one intake, or (None) all.

    Raises:
        NotAllowed: The role does not see the roster.
    """
    desk.require(May.SEE_PROVIDERS)
    station = desk.station
    records = station.of_kind(CALL) if about is None else station.about(about, CALL)
    return sorted((_call(record) for record in records), key=lambda call: call.at)


def _call(record: Record) -> RosterCall:
    values = record.values
    return RosterCall(
        entry=RecordId(values["entry"]),
        role=OnCallRole(values["role"]),
        result=CallResult(values["result"]),
        at=str(values["at"]),
        by=UserId(values["by"]),
        about=record.about,
    )
