"""What the `station` file keeps of records that end: drafts, papers of drafts, what was handed in.

All of it is sealed, and goes all the same: a key that is lost later must not open it.
"""

from collections.abc import Iterator

from intake_app.domain.ids import RecordId
from intake_app.domain.purge import Order
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.follow_up.call_notes import calls_about
from intake_app.services.purging.parts import parts_of, purges
from intake_app.services.records.drop_box import SET_ASIDE, SUBMISSION, TAKEN_IN


def clear_station(desk: Desk, order: Order) -> bool:
    """End what stands in `station` of an order; done twice, it ends nothing more.

    Returns:
        Whether something stood.

    Raises:
        DiskFull: Nothing was ended.
    """
    file, (drafts, found) = desk.station, _standing(desk, order)
    for ident in drafts:
        desk.drafts.remove(ident)  # its papers too
    if found:
        changes = purges(file, desk.person.id, found.values())
        file.apply(changes, desk.act("purge what was handed in", order.id))
    return bool(drafts or found)


def has_in_station(desk: Desk, order: Order) -> bool:
    """Whether something stands there of an order."""
    return any(_standing(desk, order))


def _standing(desk: Desk, order: Order) -> tuple[list[RecordId], dict[RecordId, Record]]:
    """Drafts of its records, and what was handed in for them."""
    wanted = set(order.records)
    for ident in order.records:
        wanted |= calls_about(desk, ident)  # what was typed during a call
    drafts = [entry.id for entry in desk.drafts.all() if entry.id in wanted]
    made = {*order.records, *_parts_here(desk, order)}  # a counted copy is about its paper
    return drafts, {one.id: one for ident in made for one in _handed_in(desk, ident)}


def _parts_here(desk: Desk, order: Order) -> Iterator[RecordId]:
    """What belongs to the records, while it still stands in their file."""
    file = desk.open_file(order.compartment)
    if file is not None:
        yield from (part.id for part in parts_of(file, order.records))


def _handed_in(desk: Desk, intake: RecordId) -> Iterator[Record]:
    """The submissions that made an intake or added to it; what says so of them goes with them."""
    file = desk.station
    rows = [row for kind in (TAKEN_IN, SET_ASIDE) for row in file.of_person(intake, kind)]
    for ident in (intake, *(RecordId(row.about) for row in rows)):
        record = file.record(ident)
        if record is not None and record.kind == SUBMISSION and not record.is_purged:
            yield record
