"""A training profile of a hundred thousand intakes, made once in a run and shared."""

import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.child import call
from benchmarks.measurement import Room
from intake_app.app import ProfileGate
from intake_app.services.desk import Desk
from intake_app.vault.vault import Keys, Vault

_PATIENCE = 1800
"""Seconds after which the making of the profile is called hung."""

ROLE = "front_desk"


@dataclass(frozen=True, slots=True)
class FullProfile:
    """A profile, somebody who can open it, and how long it took to make.

    Attributes:
        folder: The profile.
        user_name: Of somebody at the front desk.
        passphrase: Theirs; everybody in a training profile is made up.
        seconds: How long the command `demo` took.
    """

    folder: Path
    user_name: str
    passphrase: str
    seconds: float

    def keys(self) -> Keys:
        """The keys of that person: the slow part of a sign-in, and no part of any measurement."""
        return Vault.load(self.folder).unlock(self.user_name, self.passphrase)


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
    who = next(user for user in json.loads(said)["users"] if user["role"] == ROLE)
    return FullProfile(folder, who["user_name"], who["passphrase"], seconds)


@contextmanager
def full_desk(room: Room) -> Generator[Desk]:
    """The front desk in the full profile, opened; closed afterwards."""
    profile = full_profile(room)
    gate = ProfileGate(profile.folder)
    desk = gate.open_desk(profile.keys())
    try:
        yield desk
    finally:
        gate.lock()
