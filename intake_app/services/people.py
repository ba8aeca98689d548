"""Finding those who asked for help: lists and search. Names are hidden until asked for."""

from collections.abc import Sequence

from intake_app.domain.listing import Row
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.intakes import INTAKE


def people_order(desk: Desk, by: str = "name", limit: int = -1) -> Sequence[int]:
    """Position keys of intakes, in order of "name" or "opened"; a list shows slices of it.

    Args:
        desk: Whose list.
        by: "name" or "opened" (newest first).
        limit: The first so many, which is quick; less than 0: all.
    """
    desk.require(May.FIND_PEOPLE)
    return desk.care_file.order(INTAKE, by, limit)


def people_rows(desk: Desk, keys: Sequence[int]) -> list[Row]:
    """Lines of the list."""
    desk.require(May.FIND_PEOPLE)
    return desk.care_file.rows(keys)


def find_people(desk: Desk, text: str, limit: int = 50) -> list[Row]:
    """Intakes in which each typed word begins a name, birth date, phone or number."""
    desk.require(May.FIND_PEOPLE)
    return desk.care_file.find(text, INTAKE, limit)


def show_names(desk: Desk) -> None:
    """Log that this person had the names in a list shown; the window asks before it shows them."""
    desk.require(May.FIND_PEOPLE)
    desk.care_file.note(desk.act("show names"))


def today(desk: Desk) -> list[Row]:
    """Intakes opened today, newest first."""
    desk.require(May.FIND_PEOPLE)
    day = desk.clock.local().date().isoformat()
    return desk.care_file.newest(INTAKE, since=day)


def due(desk: Desk, until: str = "") -> list[Row]:
    """Intakes that are owed something up to a day; without one, up to today."""
    desk.require(May.FIND_PEOPLE)
    return desk.care_file.due(INTAKE, until or desk.clock.local().date().isoformat())
