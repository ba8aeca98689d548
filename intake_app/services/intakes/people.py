"""Finding people in one room: lists and search. Names are hidden until asked for.

Each call names one room; care and cases are never in one list.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from intake_app.domain import facts
from intake_app.domain.errors import NoGrant
from intake_app.domain.ids import RecordId
from intake_app.domain.listing import Row
from intake_app.domain.numbering import is_number
from intake_app.domain.pathway import CARE_ROOM, Room
from intake_app.services.audit.looking import note_search
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import INTAKE
from intake_app.services.needs.files import Records
from intake_app.services.records.event_parts import EVENT
from intake_app.services.records.follow_up_changes import FOLLOW_UP


def people_order(
    desk: Desk, by: str = "name", limit: int = -1, room: Room = CARE_ROOM, pathway: str = ""
) -> Sequence[int]:
    """Position keys of intakes, in order of "name" or "opened"; a list shows slices of it.

    Args:
        desk: Whose list.
        by: "name" or "opened" (newest first).
        limit: The first so many, which is quick; less than 0: all.
        room: Care or cases.
        pathway: Of this pathway only; empty: of all.
    """
    return _file(desk, room).order(INTAKE, by, limit, pathway)


def people_rows(desk: Desk, keys: Sequence[int], room: Room = CARE_ROOM) -> list[Row]:
    """Lines of the list."""
    file = _file(desk, room)
    return _with_due(file, file.rows(keys), room)


def find_people(desk: Desk, text: str, limit: int = 50, room: Room = CARE_ROOM) -> list[Row]:
    """Intakes in which each typed word begins a name, birth date, phone or number.

    A number with the place of a paper behind it ("PH-26-AC00017-K/2", as on a barcode) finds its
    intake too. That somebody searched is written down, what they searched for is not.
    """
    number, _, place = text.strip().partition("/")
    wanted = number if place.isdigit() and is_number(number) else text
    file = _file(desk, room)
    what = "find people" if room is CARE_ROOM else "find cases"
    note_search(desk, file, room.compartment, what)
    return _with_due(file, file.find(wanted, INTAKE, limit), room)


def show_names(desk: Desk, room: Room = CARE_ROOM) -> None:
    """Log that this person had the names in a list shown; the window asks before it shows them."""
    _file(desk, room).note(desk.act("show names"))


def today(desk: Desk, room: Room = CARE_ROOM) -> list[Row]:
    """Intakes opened today, newest first."""
    day = desk.clock.local().date().isoformat()
    return _file(desk, room).newest(INTAKE, since=day)


def due(desk: Desk, until: str = "", room: Room = CARE_ROOM) -> list[Row]:
    """What is owed up to a day; without one, up to today; the oldest first.

    In cases, the intakes themselves; of those who asked for help, one line for each follow-up:
    its intake, with the day it is due and who is to do it.
    """
    day = until or desk.clock.local().date().isoformat()
    file = _file(desk, room)
    if room is not CARE_ROOM:
        return file.due(INTAKE, day)
    tasks = file.due(FOLLOW_UP, day)
    about = file.lines([task.about for task in tasks])
    return [
        replace(about[task.about], due=task.due, by=task.by)
        for task in tasks
        if task.about in about
    ]  # fmt: skip


class Folder(StrEnum):
    """What is opened of a record: which page, which tabs."""

    INTAKE = "intake"
    OF_EVENT = "of_event"  # an intake that is of an event
    EVENT = "event"  # an event by itself
    CASE = "case"


def folder_of(desk: Desk, record: RecordId) -> Folder:
    """What is opened of a record.

    Raises:
        RecordMissing: It is in no file that this person can open.
    """
    file = desk.file_with(record, "read")
    found = file.record(record)
    if file is desk.cases or found is None:
        return Folder.CASE
    if found.kind == EVENT:
        return Folder.EVENT
    return Folder.OF_EVENT if found.values.get(facts.EVENT) else Folder.INTAKE


def is_case(desk: Desk, record: RecordId) -> bool:
    """Whether a record is a held charge: its page shows the clock and the conditions.

    Raises:
        RecordMissing: It is in no file that this person can open.
    """
    return desk.file_with(record, "read") is desk.cases


def _with_due(file: Records, rows: list[Row], room: Room) -> list[Row]:
    """The lines with the day on which the next follow-up is due, where there are any."""
    if room is not CARE_ROOM:
        return rows
    days = file.next_due([row.record for row in rows], FOLLOW_UP)
    return [replace(row, due=days.get(row.record, "")) for row in rows]


def _file(desk: Desk, room: Room) -> Records:
    desk.require(room.find)
    file = desk.open_file(room.compartment)
    if file is None:
        raise NoGrant(room.compartment)
    return file
