"""A department of its own with recovery cards, whose computer is lost, and a stick that is not."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Compartment, Role
from intake_app.services.backup.keeping import back_up_now, settle_backups
from intake_app.services.backup.places import add_place
from intake_app.services.desk import Desk
from intake_app.services.records.veil import behind
from intake_app.services.signing.bringing_back import BringBackGate, Brought, Opener
from intake_app.services.signing.signing_in import NewPerson
from intake_app.services.training.training import fictional_department, fill_training
from intake_app.vault.cards import Card

if TYPE_CHECKING:
    from intake_app.storage.compartment import Compartment as File

NEW_WORDS = "harbor lantern walnut goose"
FILES = ("station", "care", "cases")


@dataclass
class LostComputer:
    """The old computer, the new one, the stick with backups, and the cards in the safe."""

    old: Path
    new: Path
    stick: Path
    clock: FixedClock
    people: Sequence[NewPerson] = ()
    cards: Sequence[Card] = ()
    known: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def founded(cls, folder: Path, clock: FixedClock, *, keyring: bool) -> "LostComputer":
        """A department with some intakes, and a stick as a place for backups."""
        made = cls(folder / "old", folder / "new", folder / "stick", clock)
        made.stick.mkdir()
        asked = fictional_department(1)
        gate = ProfileGate(made.old, clock)
        made.cards = gate.found(asked, use_keyring=keyring, is_training=True)
        made.people = asked.people
        fill_training(gate, asked, 4, 1)
        gate.lock()
        clock.at += timedelta(days=1)
        return made

    def person(self, role: Role) -> NewPerson:
        return next(one for one in self.people if role in one.roles)

    @contextmanager
    def at(self, folder: Path, role: Role, passphrase: str = "") -> Generator[Desk]:
        """Somebody signs in."""
        gate, who = ProfileGate(folder, self.clock), self.person(role)
        try:
            yield gate.unlock(who.user_name, passphrase or who.passphrase)
        finally:
            gate.lock()

    def back_up(self) -> str:
        """The coordinator adds the stick, and a backup goes there; the others test the rest."""
        with self.at(self.old, Role.COORDINATOR) as desk:
            if len(list(self.stick.iterdir())) == 0:
                add_place(desk, self.stick)
            moment = back_up_now(desk).moment
        with self.at(self.old, Role.PRIVACY_OFFICER) as desk:
            settle_backups(desk, lambda: False)
        self.clock.at += timedelta(minutes=5)
        return moment

    def digests(self, folder: Path, passphrase: str = "") -> dict[str, str]:
        """What care and cases hold."""
        with self.at(folder, Role.COORDINATOR, passphrase) as desk:
            files = [(name, behind(desk).open_file(Compartment(name))) for name in FILES[1:]]
            return {name: cast("File", file).digest() for name, file in files}

    @property
    def gate(self) -> BringBackGate:
        return ProfileGate(self.new, self.clock).bringing_back

    def words(self, number: int = 1) -> str:
        return " ".join(self.cards[number - 1].words)

    def brought_back(self, moment: str = "", number: int = 1) -> Brought:
        """On the new computer, with a card."""
        found = self.gate.look(self.stick)
        wanted = next(one for one in found if moment in {"", one.moment})
        return self.gate.bring_back(wanted, Opener(self.words(number)))
