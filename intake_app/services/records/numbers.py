"""Receipt and citation numbers: reserved with the first paper, or when the intake is finished."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from intake_app.domain.clock import Clock
from intake_app.domain.draft import Draft
from intake_app.domain.numbering import receipt_number
from intake_app.domain.pathway import room_of
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.drafts import save_draft
from intake_app.services.records.ledger import CASE, Reserved, last_serial, reserving

_SERIES: Final = {Compartment.CARE: ("receipt", ""), Compartment.CASES: ("case", "C")}
"""By file: name of the series, and the letter that tells its numbers apart."""

_LEAST_ROOM: Final = 100
_ROOM_A_DAY: Final = 20  # far more than a station of a department of forty gives in a day
_MOST_DAYS: Final = 366
"""How many numbers are passed over after a backup was put back; 99,999 fit into a year."""


def reserve(desk: Desk, draft: Draft) -> str:
    """The draft's receipt number; reserved and saved with the draft the first time."""
    if not draft.number:
        year = desk.clock.local().year
        number = next(next_numbers(desk, draft.pathway, year, 1))
        save_draft(desk, replace(draft, number=number))
        draft.number = number  # only once it is kept: a full disk must not leave it here alone
    return draft.number


def next_numbers(
    desk: Desk, pathway: str, year: int, count: int, purpose: str = CASE, pad: str = ""
) -> Iterator[str]:
    """Reserve numbers, never given twice; walk-ins and cases count apart.

    A common series would tell officers, by its gaps, when somebody walked in. Numbers of cases go
    into the ledger before they are used.

    Args:
        desk: Whose.
        pathway: Pathway code.
        year: The year that is printed.
        count: How many.
        purpose: What the ledger says of them: `ledger.CASE` or `ledger.PAD`.
        pad: The pad that they are for.
    """
    made, file = taken_numbers(desk, pathway, year, count), _ledger_of(desk, pathway)
    if file:
        changes = reserving(desk, file, Reserved(made, purpose, pad))
        file.apply(changes, desk.act("reserve number"))
    return iter(made)


def taken_numbers(desk: Desk, pathway: str, year: int, count: int) -> tuple[str, ...]:
    """Numbers that the station gives to nobody else; the caller writes them into the ledger."""
    series, mark = _SERIES[room_of(pathway).compartment]
    letter, file = desk.station_letter + mark, _ledger_of(desk, pathway)
    above = last_serial(file, letter, year) if file else _highest(desk, pathway, letter, year)
    first = desk.station.next_serial(f"{series} {year}", count, above)
    serials = range(first, first + count)
    return tuple(receipt_number(desk.agency.prefix, year, letter, serial) for serial in serials)


def leave_room(station: Records, clock: Clock, as_of: str) -> None:
    """After a backup was put back: pass over the numbers that may have been given since it.

    They stand on papers that nobody here knows any more; none of them is given twice.

    Args:
        station: The file that counts.
        clock: Its clock.
        as_of: The moment (`stamp`) up to which the backup knows what happened; empty: not known.
    """
    days = _MOST_DAYS
    with suppress(ValueError):
        days = max(0, (clock.now() - datetime.fromisoformat(as_of)).days)
    room = _LEAST_ROOM + _ROOM_A_DAY * min(days, _MOST_DAYS)
    for series, _ in _SERIES.values():
        station.next_serial(f"{series} {clock.local().year}", room)


def _highest(desk: Desk, pathway: str, letter: str, year: int) -> int:
    """The highest serial in the file: an older copy of this station does not know its own last."""
    file = desk.open_file(room_of(pathway).compartment)
    if file is None:
        return 0
    beginning = f"{desk.agency.prefix}-{year % 100:02d}-{letter}"
    found = file.highest_number(beginning).removeprefix(beginning).partition("-")[0]
    return int(found) if found.isdecimal() else 0


def _ledger_of(desk: Desk, pathway: str) -> Records | None:
    """The file with the ledger of these numbers; walk-ins have none."""
    compartment = room_of(pathway).compartment
    return desk.open_file(compartment) if compartment is Compartment.CASES else None


def shown_number(desk: Desk, draft: Draft) -> str:
    """The draft's number, or its shape while none is reserved: "PH-26-A·····-·"."""
    year = desk.clock.local().year % 100
    _, mark = _SERIES[room_of(draft.pathway).compartment]
    return draft.number or f"{desk.agency.prefix}-{year:02d}-{desk.station_letter}{mark}·····-·"
