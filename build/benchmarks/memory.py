"""Memory of the program with a hundred thousand intakes open: signed in, home and list painted."""

from collections.abc import Generator
from contextlib import contextmanager

from benchmarks.child import call
from benchmarks.full_profile import full_profile
from benchmarks.measurement import Goal, Measurement, Room, Sides


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """A process of its own each time; it says itself what it holds (`open_list.py`)."""
    profile = full_profile(room)
    command = ["-m", "benchmarks.open_list", str(profile.folder), profile.user_name]
    yield Sides(lambda: float(call(command, said=profile.passphrase)))


MEASUREMENTS = (Measurement("memory with {people} intakes open", "MB", Goal(units=160), prepare),)
