"""What a file of providers would change here: pure comparison, nothing is written."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import ACTIVE, EDITED, MERGED_INTO, ORGANIZATION, SERVICE, Provider
from intake_app.domain.provider_file import (
    Entry,
    EntryChange,
    FieldChange,
    ImportPreview,
    ProviderFile,
    Reason,
    RowProblem,
)
from intake_app.domain.record import Record

GONE: Final = "inactive"
"""The status of a service that its organization no longer lists."""

_EMPTY: Final[tuple[Value, ...]] = (None, "", [])
_IDS: Final = ("organization_id", "service_id", "location_id")


def compare(
    file: ProviderFile, here: Iterable[Record], is_hidden: Callable[[RecordId], bool]
) -> ImportPreview:
    """What a file would change.

    Args:
        file: What was read.
        here: All standing records of organizations and services.
        is_hidden: Whether a record that does not stand was removed here.
    """
    known = {record.id: record for record in here}
    standing = [record for record in known.values() if not record.values.get(MERGED_INTO)]
    found = _Matches(standing)
    problems = list(file.problems)
    new: list[Entry] = []
    changes: list[EntryChange] = []
    kept: list[EntryChange] = []
    told: dict[RecordId, Entry] = {}
    for entry in _merged((found.placed(entry) for entry in file.entries), known):
        first = told.setdefault(entry.record, entry)
        if first is not entry:
            if first.fields != entry.fields:
                problems.append(RowProblem(entry.where, Reason.GIVEN_TWICE, is_skipped=True))
        elif (record := known.get(entry.record)) is not None:
            changes.append(EntryChange(entry, _differences(record, entry)))
            kept.append(EntryChange(entry, _edited_otherwise(record, entry)))
        elif is_hidden(entry.record):
            problems.append(RowProblem(entry.where, Reason.REMOVED_HERE, is_skipped=True))
        else:
            new.append(entry)
    changes += [_gone(r) for r in standing if _is_gone(r, file, told)]
    changed = [one for one in changes if one.changes]
    return ImportPreview(
        new=tuple(new),
        changed=tuple(one for one in changed if not _closes(one)),
        closed=tuple(one for one in changed if _closes(one)),
        kept=tuple(one for one in kept if one.changes),
        unchanged=len(changes) - len(changed),
        problems=tuple(problems),
        marks=file.marks,
    )


class _Matches:
    """Finds the record of an entry that has no id of its own, by its names."""

    def __init__(self, here: Iterable[Record]) -> None:
        self._by_name: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
        self._owners: dict[RecordId, Record] = {}
        for record in here:
            self._by_name[_names(record.kind, record.values)].append(record)

    def placed(self, entry: Entry) -> Entry:
        """The entry on the record that it speaks of, where exactly one has its names."""
        if not entry.has_made_id:
            return entry
        named = self._by_name[_names(entry.kind, entry.fields)]
        address = entry.fields.get("address")
        if len(named) > 1:
            named = [record for record in named if record.values.get("address") == address]
        if len(named) != 1:
            return self._moved(entry)
        if entry.kind == ORGANIZATION:
            self._owners[entry.record] = named[0]
        fields = {n: v for n, v in entry.fields.items() if n not in _IDS}
        return replace(entry, record=named[0].id, about=named[0].about, fields=fields)

    def _moved(self, entry: Entry) -> Entry:
        """A new service under the organization that was found by name."""
        owner = self._owners.get(entry.about)
        if owner is None:
            return entry
        fields = {**entry.fields, "organization_id": owner.values.get("organization_id", "")}
        return replace(entry, about=owner.id, fields=fields)


def _names(kind: str, values: Mapping[str, Value]) -> tuple[str, str, str]:
    owner, name = values.get("organization", ""), values.get("name", "")
    return kind, str(owner).casefold(), str(name).casefold()


def differs(old: Mapping[str, Value], name: str, new: Value) -> bool:
    """Whether a value is news; nothing said and said to be empty are the same.

    Args:
        old: The fields as they are.
        name: Which field.
        new: What it would be.
    """
    was = old.get(name)
    return was != new and not (was in _EMPTY and new in _EMPTY)


def filled(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Only the fields that say something."""
    return {name: value for name, value in fields.items() if value not in _EMPTY}


def _merged(entries: Iterable[Entry], known: Mapping[RecordId, Record]) -> list[Entry]:
    """Entries on the records that stand: what speaks of one that was merged speaks of the other.

    Where the file lists both, the one that was merged is passed over.
    """
    read = list(entries)
    listed = {entry.record for entry in read}
    found: list[Entry] = []
    for entry in read:
        target = _target(entry.record, known)
        if target == entry.record:
            found.append(entry)
        elif target not in listed:
            fields = {n: v for n, v in entry.fields.items() if n not in _IDS}
            found.append(replace(entry, record=target, fields=fields))
    return found


def _target(ident: RecordId, known: Mapping[RecordId, Record]) -> RecordId:
    seen: set[RecordId] = set()
    while ident in known and ident not in seen:
        seen.add(ident)
        into = known[ident].values.get(MERGED_INTO)
        if not into:
            return ident
        ident = RecordId(str(into))
    return ident


def _edited(record: Record) -> Mapping[str, Value]:
    """What files had said of the fields that were edited here, by field."""
    said = record.values.get(EDITED)
    return cast("Mapping[str, Value]", said if isinstance(said, Mapping) else {})


def _differences(record: Record, entry: Entry) -> tuple[FieldChange, ...]:
    edited = _edited(record)
    return tuple(
        FieldChange(name, record.values.get(name), value)
        for name, value in entry.fields.items()
        if name not in edited and differs(record.values, name, value)
    )


def _edited_otherwise(record: Record, entry: Entry) -> tuple[FieldChange, ...]:
    """Fields edited here of which the file now says something new."""
    edited = _edited(record)
    return tuple(
        FieldChange(name, record.values.get(name), value)
        for name, value in entry.fields.items()
        if name in edited and differs(edited, name, value) and differs(record.values, name, value)
    )


def _is_gone(record: Record, file: ProviderFile, told: Mapping[RecordId, Entry]) -> bool:
    is_open = record.kind == SERVICE and not Provider(record.id, record.values).is_closed
    return is_open and record.about in file.whole and record.id not in told


def _gone(record: Record) -> EntryChange:
    name = str(record.values.get("name", ""))
    entry = Entry(record.id, record.kind, name, "", {"status": GONE}, record.about)
    return EntryChange(entry, _differences(record, entry))


def _closes(one: EntryChange) -> bool:
    status = next((change for change in one.changes if change.field == "status"), None)
    return status is not None and status.old in {None, "", ACTIVE} and status.new != ACTIVE
