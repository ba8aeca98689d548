"""Two stations of one department, with real files, that work apart and then hear of one another."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from held_cases import House
from real_parts import SAVE

from intake_app.domain.change import Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import UserId
from intake_app.domain.roles import KEYS, Compartment, Role
from intake_app.services.desk import Desk, Person
from intake_app.storage.compartment import Compartment as File

FRONT, BACK = "front", "back"
LATER = timedelta(minutes=1)
STAFF = {
    (FRONT, Role.FRONT_DESK): ("f1", "M. Hale"),
    (BACK, Role.FRONT_DESK): ("b1", "R. Bell"),
    (FRONT, Role.COORDINATOR): ("f2", "J. Lowe"),
    (BACK, Role.COORDINATOR): ("b2", "S. Amari"),
    (FRONT, Role.OFFICER): ("f3", "D. Reyes"),
    (BACK, Role.OFFICER): ("b3", "K. Stone"),
    (FRONT, Role.SUPERVISOR): ("f4", "T. Okafor"),
    (BACK, Role.SUPERVISOR): ("b4", "L. Voss"),
    (FRONT, Role.ADMINISTRATOR): ("f5", "P. Quist"),
    (BACK, Role.ADMINISTRATOR): ("b5", "N. Ode"),
    (FRONT, Role.RECEPTION): ("f6", "A. Moss"),
}
EVERYBODY = {key: Person(UserId(ident), ident, name, frozenset({key[1]}))
             for key, (ident, name) in STAFF.items()}  # fmt: skip


class Stations:
    """The front desk and the back office; each with its own files and its own clock."""

    def __init__(self, folder: Path, clock: FixedClock, off: timedelta = LATER) -> None:
        self.clocks = {FRONT: clock, BACK: FixedClock(clock.at + off)}
        self.houses = {name: House(folder / name, self.clocks[name], name) for name in self.clocks}

    def desk(self, station: str, role: Role) -> Desk:
        """Somebody of a role who works at one of them."""
        house, person = self.houses[station], EVERYBODY[station, role]
        found = house.desk(role if role in {Role.OFFICER, Role.SUPERVISOR, Role.COORDINATOR,
                                            Role.FRONT_DESK} else Role.FRONT_DESK)  # fmt: skip
        held = {name: house.files.get(name) if name in KEYS[role] else None for name in Compartment}
        return replace(
            found, person=person, colleagues=tuple(EVERYBODY.values()),
            care=held[Compartment.CARE], cases=held[Compartment.CASES],
        )  # fmt: skip

    def meet(self) -> None:
        """Each hears all that the other wrote, in files that are the same on both sides."""
        front, back = self.houses[FRONT], self.houses[BACK]
        for name, file in front.files.items():
            other = back.files[name]
            ours, theirs = lines(file), lines(other)
            other.apply(map(Change.from_line, ours), SAVE)
            file.apply(map(Change.from_line, theirs), SAVE)

    def digests(self) -> tuple[list[str], list[str]]:
        """Of all files of each station."""
        found = [[file.digest() for file in house.files.values()] for house in self.houses.values()]
        return found[0], found[1]

    def set_aside(self) -> int:
        """Changes that made no sense to one of them."""
        return sum(file.set_aside() for house in self.houses.values()
                   for file in house.files.values())  # fmt: skip

    def close(self) -> None:
        for house in self.houses.values():
            house.close()


def lines(file: File) -> list[bytes]:
    """All changes of a file as they would travel."""
    sql = "SELECT body FROM change WHERE body IS NOT NULL ORDER BY n"
    return [bytes(body) for (body,) in file.database.conn.execute(sql)]


@contextmanager
def two_stations(folder: Path, clock: FixedClock, off: timedelta = LATER) -> Generator[Stations]:
    """They are closed afterwards; the clock of the back office is off by some time."""
    made = Stations(folder, clock, off)
    try:
        yield made
    finally:
        made.close()
