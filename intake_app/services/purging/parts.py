"""What belongs to a record when it ends: in its file, about its person, and of its event."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import DELETED, Action, Change
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.purge import Order, is_of_person, order_of
from intake_app.domain.record import Record
from intake_app.domain.roles import RECORDS, Compartment
from intake_app.services.case.conditions import CONDITION
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.event_parts import EVENT, INTAKE_OF, JOINED
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.merged_people import merged_into
from intake_app.services.sealing.sealing import LEFT

_OWNERS: Final = frozenset({INTAKE, EVENT})


def parts_of(file: Records, order: Mapping[RecordId, RecordId]) -> list[Record]:
    """All records of a file that end with some intakes; each once, owners first.

    Args:
        file: Where they are.
        order: The intakes, each with its person.
    """
    found = {one.id: one for intake in order for one in _own(file, intake)}
    for person in sorted(_persons_ending(file, order)):
        found |= {one.id: one for one in file.whole(person) if is_of_person(one.kind)}
    for event in sorted({str(one.values[facts.EVENT]) for one in found.values()
                         if one.values.get(facts.EVENT)}):  # fmt: skip
        found |= {one.id: one for one in _of_event(file, RecordId(event), set(order))}
    return list(found.values())


def counts_of(records: Iterable[Record]) -> dict[str, int]:
    """How many records of each kind; kinds of rows count as one kind."""
    return dict(sorted(Counter(one.kind.split(".")[0] for one in records).items()))


def named_elsewhere(records: Iterable[Record], *, keeps_token: bool) -> Iterator[RecordId]:
    """Ids that records of other files hang on: conditions, and a token that is to go too."""
    for one in records:
        if one.kind == CONDITION:
            yield one.id
        if one.kind == LEFT and not keeps_token:
            yield RecordId(str(one.values.get("token", "")))


def stands_there(file: Records, order: Order) -> list[Record]:
    """What still stands of an order in any file, that of its records or another."""
    parts = {one.id: one for one in parts_of(file, order.records)}
    for ident in order.also:  # no hold looks at these: nobody's record can be ended as one
        whole = file.whole(ident)
        parts |= {} if any(one.kind in _OWNERS for one in whole) else {o.id: o for o in whole}
    return list(parts.values())


def shown_again(record: Record) -> Record:
    """A record as it was before a purge hid it."""
    plain = deepcopy(record)
    if order_of(plain):
        del plain.values[DELETED]
    return plain


def purges(file: Records, user: UserId, records: Iterable[Record]) -> list[Change]:
    """The changes that end records."""
    return [Change(file.stamp(), user, Action.PURGE, one.kind, one.id, {}) for one in records]


def open_files(desk: Desk) -> Iterator[tuple[Compartment, Records]]:
    """The files of records that are open at this desk."""
    for name in RECORDS:
        file = desk.open_file(name)
        if file is not None:
            yield name, file


def _own(file: Records, intake: RecordId) -> list[Record]:
    return [one for one in file.whole(intake) if not is_of_person(one.kind)]


def _persons_ending(file: Records, order: Mapping[RecordId, RecordId]) -> set[RecordId]:
    """The ids of persons of whom no intake stays, and of who was merged into them.

    What was said of somebody before a merge (no contact, kept from a colleague) holds for all
    intakes of the person that they are now.
    """
    now = {intake: _person_now(file, intake, person) for intake, person in order.items()}
    ending = set[RecordId]()
    for person in set(now.values()):
        theirs = file.of_person(person, INTAKE, or_hidden=True)  # another order may be withdrawn
        if not {row.record for row in theirs} - set(order):
            ending |= merged_into(file, person)
            ending |= {intake for intake, whose in now.items() if whose == person}
    return ending


def _person_now(file: Records, intake: RecordId, before: RecordId) -> RecordId:
    """Whose an intake is now; where it is gone, whose it was in the order."""
    record = file.record(intake)
    if record is None or record.is_purged:
        return before
    return RecordId(facts.person_of(record))


def _of_event(file: Records, event: RecordId, going: set[RecordId]) -> list[Record]:
    """The event itself where nobody else is of it; otherwise only that they were of it."""
    whole = file.whole(event)
    joined = {one.id: str(one.values.get(INTAKE_OF, "")) for one in whole if one.kind == JOINED}
    stay = {name for name in joined.values() if name not in going and _is_there(file, name)}
    return [one for one in whole if not stay or joined.get(one.id) in going]


def _is_there(file: Records, intake: str) -> bool:
    record = file.record(RecordId(intake))
    return record is not None and not record.is_purged
