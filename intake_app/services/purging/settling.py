"""Carries approved orders out, at a sign-in of somebody who holds the key of their file.

First the ledger outside the files gets the order: from then on its records may stand nowhere, on no
station and in no copy. Then the station file, the files that are open here, the backups in reach.
Killed at any step, the next sign-in goes on: each step looks for what is left.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from intake_app.domain.change import DELETED, Change
from intake_app.domain.clock import stamp
from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import RecordId
from intake_app.domain.purge import HIDDEN_BY, Known, Order, Standing, State, order_of
from intake_app.domain.record import Record, deletion
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.needs.ending import LedgerLine, Proof
from intake_app.services.needs.files import Records
from intake_app.services.purging.acts import (
    DONE,
    approves,
    ending_of,
    known_acts,
    read_order,
    signed_fact,
    standings,
)
from intake_app.services.purging.clearing import clear_file
from intake_app.services.purging.parts import open_files, parts_of, stands_there
from intake_app.services.purging.proof import telling_values
from intake_app.services.purging.station import clear_station, has_in_station
from intake_app.services.records.veil import behind
from intake_app.services.records.writing import write

_HIDDEN = frozenset({State.WAITING, State.DUE})


def settle_purges(desk: Desk) -> int:
    """Hide what waits, show what no longer does, and carry out what is due.

    Returns:
        How many orders were carried out.

    Raises:
        DiskFull: What was not ended still waits.
    """
    if desk.ending is None:
        return 0
    desk = behind(desk)  # what ends, ends for everybody
    sweep(desk)
    found = standings(desk, known_acts(desk))
    for one in found:
        hide_or_show(desk, one)
    due = [one for one in found if one.state is State.DUE and _is_open(desk, one.order)]
    for one in due:
        carry_out(desk, one)
    return len(due)


def sweep(desk: Desk) -> int:
    """End what the ledger says has ended, wherever it still stands: an older copy was put back.

    It runs before anybody sees a record.

    Returns:
        How many orders had left something.

    Raises:
        DiskFull: It could not be ended; nobody should look at these files now.
    """
    ending = ending_of(desk)
    ending.ledger.catch_up()
    lines = ending.ledger.lines()
    peeked = {line.order: _named(desk, line.order) for line in lines}
    wanted = frozenset[RecordId]().union(*peeked.values())
    names = [Compartment.STATION, *(name for name, _ in open_files(desk))]
    drafts = frozenset(entry.id for entry in desk.drafts.all())
    standing = drafts.union(*(ending.upkeep[name].left_of(wanted) for name in names))
    found = [line for line in lines if standing & peeked[line.order]]
    named = [RecordId(str(ending.signer.peek(line.order).get("id"))) for line in found]
    known = known_acts(desk, named) if found else Known()
    ended = [
        (_clear_station(desk, one), _clear(desk, one)) for one in _believed(desk, known, found)
    ]
    return sum(any(each) for each in ended)


def _believed(desk: Desk, known: Known, lines: Iterable[LedgerLine]) -> Iterator[Order]:
    """The orders of lines that hold good: signed by two people, their wait is over, no hold.

    Whoever can write to the folder could put an order into the ledger before its time. A hold that
    came after an order was carried out does not bring back what an old copy holds.
    """
    for line in lines:
        order = read_order(desk, line.order)
        approval = approves(desk, order, line.approval) if order else None
        if order is None or approval is None:
            continue
        with_it = replace(
            known, orders=(*known.orders, order), approvals=(*known.approvals, approval)
        )
        states = {one.order.text: one.state for one in standings(desk, with_it)}
        if states.get(order.text) in {State.DUE, State.DONE}:
            yield order


def carry_out(desk: Desk, one: Standing) -> None:
    """Destroy what an order names; a part of settling and approving, which look at its state.

    Raises:
        DiskFull: It goes on at the next sign-in.
    """
    if one.approval is None:
        return
    ending, order = ending_of(desk), one.order
    ending.ledger.append(order.text, one.approval.text, stamp(desk.clock))
    _clear_station(desk, order)
    files = _clear(desk, order)
    _clear_backups(desk, order)
    done = _done(desk, order, {*files, order.compartment, Compartment.STATION})
    desk.station.apply([done], desk.act("carry out purge", order.id))


def hide_or_show(desk: Desk, one: Standing) -> None:
    """Hide the records of an order that waits; show those of one that was withdrawn or is held.

    Raises:
        DiskFull: Nothing was hidden or shown.
    """
    file = desk.open_file(one.order.compartment)
    if file is None or one.state in {State.DONE, State.PROPOSED}:
        return
    parts = [part for part in parts_of(file, one.order.records)]
    if one.state in _HIDDEN:
        changes = [_hidden(desk, file, part, one.order) for part in parts if not _is_hidden(part)]
    else:
        mine = (part for part in parts if order_of(part) == one.order.id)
        changes = [write(file, desk.person.id, p.kind, p.id, {DELETED: None}) for p in mine]
    if changes:
        file.apply(changes, desk.act("hide or show for purge", one.order.id))


def _named(desk: Desk, text: str) -> frozenset[RecordId]:
    """The ids in an order, unchecked: whether it is worth a check."""
    said = ending_of(desk).signer.peek(text)
    records, also = said.get("records"), said.get("also")
    named: list[object] = [*(records if isinstance(records, dict) else ()),
                           *(also if isinstance(also, list) else ())]  # fmt: skip
    return frozenset(RecordId(str(one)) for one in named)


def _clear_station(desk: Desk, order: Order) -> bool:
    """End what `station` keeps of it: what was handed in would make the record anew."""
    stood = clear_station(desk, order)
    if stood:
        _owe(desk, Compartment.STATION)
    return stood


def _clear(desk: Desk, order: Order) -> set[Compartment]:
    """End it in each open file; returns those in which something stood."""
    ending, stood = ending_of(desk), set[Compartment]()
    for name, file in open_files(desk):
        ended = clear_file(desk, name, file, order)
        if not ended:
            continue
        stood.add(name)
        _owe(desk, name)
        ending.proofs.append(Proof(order.id, name, telling_values(ended)))
    return stood


def _owe(desk: Desk, name: Compartment) -> None:
    """A file is to be written anew: at once, or when nobody works where it is large."""
    upkeep = ending_of(desk).upkeep[name]
    upkeep.owe_rewrite()
    if upkeep.is_small:
        upkeep.rewrite(lambda: False)


def clear_backups(desk: Desk) -> int:
    """End in backups what the ledger says has ended: in those that open from here, or come back.

    A stick was away, a share did not answer, a file was copied while it was shut: what could not
    be reached when an order was carried out is cleared when it can.

    Returns:
        In how many files of backups something was looked for.

    Raises:
        DiskFull: It goes on next time; each backup is whole.
        StorageFailed: The same, for another reason.
    """
    ending = desk.ending
    lines = ending.ledger.lines() if ending else ()
    if ending is None or not lines:
        return 0
    late = ending.copies.behind(len(lines))
    if not late:
        return 0
    desk = behind(desk)  # what ends, ends for everybody
    ids = [RecordId(str(ending.signer.peek(line.order).get("id"))) for line in lines]
    orders = list(_believed(desk, known_acts(desk, ids), lines))
    for backup, name in late:
        for order in orders:
            _clear_backup(desk, backup, name, order)
        ending.copies.note_cleared(backup, name, len(lines))
    return len(late)


def _clear_backups(desk: Desk, order: Order) -> None:
    """End it in the backups that open from here; a certificate names the others."""
    names = [Compartment.STATION, *(name for name, _ in open_files(desk))]
    for backup in ending_of(desk).copies.backups():
        for name in names:
            with suppress(IntakeError):
                _clear_backup(desk, backup.name, name, order)


def _clear_backup(desk: Desk, backup: str, name: Compartment, order: Order) -> None:
    copies = ending_of(desk).copies
    with copies.opened(backup, name) as copy:
        stands = copy is not None and _stands_in(desk, copy, name, order)
    if not stands:
        return
    with copies.changing(backup, name) as copy:
        if copy is not None and name is Compartment.STATION:
            clear_station(replace(desk, station=copy, drafts=copies.drafts(copy)), order)
        elif copy is not None:
            clear_file(replace(desk, **{name.value: copy}), name, copy, order)


def _stands_in(desk: Desk, copy: Records, name: Compartment, order: Order) -> bool:
    if name is not Compartment.STATION:
        return bool(stands_there(copy, order))
    return has_in_station(
        replace(desk, station=copy, drafts=ending_of(desk).copies.drafts(copy)), order
    )


def _done(desk: Desk, order: Order, cleared: Iterable[Compartment]) -> Change:
    """The fact that it was carried out: where, and what could not be reached."""
    copies, days = ending_of(desk).copies, desk.agency.backup_days
    files = sorted(str(name) for name in cleared)
    unreached = [
        [one.name, one.made, (date.fromisoformat(one.made) + timedelta(days=days)).isoformat()]
        for one in copies.backups()
        if not _is_clean(desk, one.name, order)
    ]
    said = {"files": files, "unreached": unreached, "ledger": ending_of(desk).ledger.head()}
    return signed_fact(desk, DONE, said, about=order.id)


def _is_clean(desk: Desk, backup: str, order: Order) -> bool:
    """Whether the file of an order could be opened in a backup, and nothing of it stands there."""
    with ending_of(desk).copies.opened(backup, order.compartment) as copy:
        return copy is not None and not stands_there(copy, order)


def _hidden(desk: Desk, file: Records, part: Record, order: Order) -> Change:
    why = f"{HIDDEN_BY}{order.id}"
    return write(file, desk.person.id, part.kind, part.id, deletion(part, why))


def _is_hidden(record: Record) -> bool:
    return bool(record.values.get(DELETED))


def _is_open(desk: Desk, order: Order) -> bool:
    return desk.open_file(order.compartment) is not None
