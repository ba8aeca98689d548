"""Two computers of one department, and a stick that somebody carries between them."""

import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.exchanging.stations import Asking, Enrol, Station, enrol, requests
from intake_app.services.signing.joining import Joined
from intake_app.services.signing.signing_in import NewPerson
from intake_app.wiring.joining import Join

NAME = "Back office"


@dataclass
class TwoComputers:
    """The front desk, where everybody works already, and a new computer."""

    front: Path
    back: Path
    stick: Path
    clock: FixedClock
    staff: Mapping[str, NewPerson]
    words: tuple[str, ...] = field(default=())
    hat: Role | None = None

    def person(self, role: Role) -> NewPerson:
        return next(p for p in self.staff.values() if role in p.roles)

    @contextmanager
    def at(self, folder: Path, role: Role) -> Generator[Desk]:
        """Somebody signs in at one of them with the passphrase that they always had."""
        gate, who = ProfileGate(folder, self.clock), self.person(role)
        try:
            yield gate.unlock(who.user_name, who.passphrase, self.hat)
        finally:
            gate.lock()

    @property
    def join(self) -> Join:
        return Join(self.back, self.clock)

    def ask(self) -> tuple[str, ...]:
        """The new computer asks; its words stand on its screen."""
        self.words = self.join.ask(self.stick)
        return self.words

    def answer(self, name: str = NAME) -> Station:
        """The administrator reads the request from the stick and lets the computer in."""
        with self.at(self.front, Role.ADMINISTRATOR) as desk:
            [asking] = requests(desk, self.stick)
            return enrol(desk, self.decided(asking, name))

    def decided(self, asking: Asking, name: str = NAME) -> Enrol:
        """Somebody at the new computer reads out the words that are asked for."""
        said = {place: self.words[place - 1] for place in asking.places}
        passphrase = self.person(Role.ADMINISTRATOR).passphrase
        return Enrol(asking.data, said, passphrase, name, self.stick)

    def enrolled(self) -> Joined:
        """All of it."""
        self.ask()
        self.answer()
        return self.join.read_answer(self.stick)

    def sync(self, folder: Path, role: Role = Role.ADMINISTRATOR) -> None:
        """Somebody signs in and takes what the stick brought; what is new goes onto the stick."""
        _copy(self.stick, folder / "in")
        with self.at(folder, role) as desk:
            assert desk.exchange is not None
            desk.exchange.round(cut_now=True)
        _copy(folder / "out", self.stick)


def _copy(source: Path, to: Path) -> None:
    for part in ("s", "r"):
        if (source / part).is_dir():
            shutil.copytree(source / part, to / part, dirs_exist_ok=True)
