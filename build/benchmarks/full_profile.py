"""A training profile of a hundred thousand intakes, made once in a run and shared."""

import json
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.child import call
from benchmarks.measurement import Room
from intake_app.app import ProfileGate
from intake_app.services.desk import Desk
from intake_app.services.measures.journeys import bring_up
from intake_app.vault.vault import Keys, Vault

_PATIENCE = 1800
"""Seconds after which the making of the profile is called hung."""

ROLE = "front_desk"
COUNTS = "coordinator"


@dataclass(frozen=True, slots=True)
class FullProfile:
    """A profile, somebody who can open it, and how long it took to make.

    Attributes:
        folder: The profile.
        user_name: Of somebody at the front desk.
        passphrase: Theirs; everybody in a training profile is made up.
        seconds: How long the command `demo` took.
        users: User name and passphrase by role.
    """

    folder: Path
    user_name: str
    passphrase: str
    seconds: float
    users: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def keys(self, role: str = ROLE) -> Keys:
        """The keys of somebody: the slow part of a sign-in, and no part of any measurement."""
        return Vault.load(self.folder).unlock(
            *self.users.get(role, (self.user_name, self.passphrase))
        )


def full_profile(room: Room) -> FullProfile:
    """The profile of this run."""

    def make(folder: Path) -> FullProfile:
        return make_profile(folder / "profile", room.people)

    return room.once("full", make)


def make_profile(folder: Path, people: int) -> FullProfile:
    """A training profile, made through the command line.

    Raises:
        CannotMeasure: The command failed or hung.
    """
    start = time.perf_counter()
    said = call(
        ["-m", "intake_app", "demo", "--profile", str(folder),
         "--people", str(people), "--seed", "1", "--json"], _PATIENCE,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    users = {
        one["role"]: (one["user_name"], one["passphrase"]) for one in json.loads(said)["users"]
    }
    return FullProfile(folder, *users[ROLE], seconds, users)


@contextmanager
def full_desk(room: Room) -> Generator[Desk]:
    """The front desk in the full profile, opened; closed afterwards."""
    with desk_of(full_profile(room), ROLE) as desk:
        yield desk


@contextmanager
def counting_desk(room: Room) -> Generator[Desk]:
    """The coordinator's, whose files are all counted; closed afterwards."""
    with desk_of(full_profile(room), COUNTS) as desk:
        while bring_up(desk):
            pass
        yield desk


@contextmanager
def desk_of(profile: FullProfile, role: str) -> Generator[Desk]:
    """Somebody's desk in a profile, opened; closed afterwards."""
    gate = ProfileGate(profile.folder)
    desk = gate.open_desk(profile.keys(role))
    try:
        yield desk
    finally:
        gate.lock()
