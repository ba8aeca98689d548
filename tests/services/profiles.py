"""A profile for stories: a folder, its clock, and the real way in."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.signing.signing_in import NewPerson


class RunningClock(FixedClock):
    """Goes on by a millisecond at each look: several desks sit at one file here, and each counts
    its changes itself, as only one does in a real profile."""

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return super().now()


@dataclass(frozen=True)
class Profile:
    """A folder, its clock, and who signs in there."""

    folder: Path
    clock: FixedClock
    people: tuple[NewPerson, ...]

    def person(self, role: Role) -> NewPerson:
        return next(p for p in self.people if role in p.roles)

    def gate(self) -> ProfileGate:
        return ProfileGate(self.folder, self.clock)

    def unlock(self, gate: ProfileGate, role: Role) -> Desk:
        person = self.person(role)
        return gate.unlock(person.user_name, person.passphrase)

    def copy_to(self, folder: Path) -> "Profile":
        shutil.copytree(self.folder, folder)
        return Profile(folder, FixedClock(self.clock.at), self.people)

    def with_running_clock(self) -> "Profile":
        return replace(self, clock=RunningClock(self.clock.at))


Desks = Callable[[Role], Desk]
