"""Finding people in one room: lists and search. Names are hidden until asked for.

Each call names one room; care and cases are never in one list.
"""

from collections.abc import Sequence

from intake_app.domain.errors import NoGrant
from intake_app.domain.ids import RecordId
from intake_app.domain.listing import Row
from intake_app.domain.numbering import is_number
from intake_app.domain.pathway import CARE_ROOM, Room
from intake_app.services.desk import Desk
from intake_app.services.intakes import INTAKE
from intake_app.services.needs import Records


def people_order(
    desk: Desk, by: str = "name", limit: int = -1, room: Room = CARE_ROOM
) -> Sequence[int]:
    """Position keys of intakes, in order of "name" or "opened"; a list shows slices of it.

    Args:
        desk: Whose list.
        by: "name" or "opened" (newest first).
        limit: The first so many, which is quick; less than 0: all.
        room: Care or cases.
    """
    return _file(desk, room).order(INTAKE, by, limit)


def people_rows(desk: Desk, keys: Sequence[int], room: Room = CARE_ROOM) -> list[Row]:
    """Lines of the list."""
    return _file(desk, room).rows(keys)


def find_people(desk: Desk, text: str, limit: int = 50, room: Room = CARE_ROOM) -> list[Row]:
    """Intakes in which each typed word begins a name, birth date, phone or number.

    A number with the place of a paper behind it ("PH-26-AC00017-K/2", as on a barcode) finds its
    intake too.
    """
    number, _, place = text.strip().partition("/")
    wanted = number if place.isdigit() and is_number(number) else text
    return _file(desk, room).find(wanted, INTAKE, limit)


def show_names(desk: Desk, room: Room = CARE_ROOM) -> None:
    """Log that this person had the names in a list shown; the window asks before it shows them."""
    _file(desk, room).note(desk.act("show names"))


def today(desk: Desk, room: Room = CARE_ROOM) -> list[Row]:
    """Intakes opened today, newest first."""
    day = desk.clock.local().date().isoformat()
    return _file(desk, room).newest(INTAKE, since=day)


def due(desk: Desk, until: str = "", room: Room = CARE_ROOM) -> list[Row]:
    """Intakes that are owed something up to a day; without one, up to today."""
    return _file(desk, room).due(INTAKE, until or desk.clock.local().date().isoformat())


def is_case(desk: Desk, record: RecordId) -> bool:
    """Whether a record is a held charge: its page shows the clock and the conditions.

    Raises:
        RecordMissing: It is in no file that this person can open.
    """
    return desk.file_with(record, "read") is desk.cases


def _file(desk: Desk, room: Room) -> Records:
    desk.require(room.find)
    file = desk.open_file(room.compartment)
    if file is None:
        raise NoGrant(room.compartment)
    return file
