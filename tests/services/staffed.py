"""A real department (no training) for stories about its people; made once and copied."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import ChooseHat
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Role
from intake_app.domain.sign_in_errors import NewPassphrase
from intake_app.services.desk import Desk
from intake_app.services.signing.signing_in import NewPerson
from intake_app.services.training.training import fictional_department
from intake_app.vault.cards import Card

OWN = "harvest lantern copper moss"
"""What people choose who come in for the first time."""


@dataclass
class Staffed:
    """A folder, its clock, its people's passphrases by user name, and its recovery cards."""

    folder: Path
    clock: FixedClock
    people: tuple[NewPerson, ...]
    cards: tuple[Card, ...]
    phrases: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def made(cls, folder: Path, clock: FixedClock) -> "Staffed":
        asked = fictional_department(1)
        plain = replace(asked.agency, second_factor="off", second_factor_reason="Test")
        gate = ProfileGate(folder, clock)
        cards = gate.found(replace(asked, agency=plain), use_keyring=False)
        phrases = {one.user_name: one.passphrase for one in asked.people}
        return cls(folder, clock, asked.people, cards, phrases)

    def copy_to(self, folder: Path) -> "Staffed":
        shutil.copytree(self.folder, folder)
        return Staffed(
            folder, FixedClock(self.clock.at), self.people, self.cards, dict(self.phrases)
        )

    def person(self, role: Role) -> NewPerson:
        return next(one for one in self.people if role in one.roles)

    @contextmanager
    def at(
        self, who: Role | str, hat: Role | None = None, passphrase: str = ""
    ) -> Generator[Desk]:  # fmt: skip
        """Somebody signs in, by role or user name, and leaves again."""
        name = who if who in self.phrases else self.person(Role(who)).user_name
        gate = ProfileGate(self.folder, self.clock)
        try:
            yield gate.unlock(name, passphrase or self.phrases[name], hat)
        finally:
            gate.lock()

    def choose(self, user_name: str, once: str) -> None:
        """They sign in with what they were given, and choose a passphrase of their own."""
        gate = ProfileGate(self.folder, self.clock)
        try:
            with pytest.raises(NewPassphrase):
                gate.unlock(user_name, once)
            with suppress(ChooseHat):
                gate.steps.choose_passphrase(OWN)
        finally:
            gate.lock()
        self.phrases[user_name] = OWN

    def id_of(self, desk: Desk, user_name: str) -> UserId:
        assert desk.users is not None
        return next(one.id for one in desk.users.desk.people() if one.user_name == user_name)
