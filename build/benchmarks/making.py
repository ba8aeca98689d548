"""How long the command `demo` takes for the full profile: told, with no goal."""

from collections.abc import Generator
from contextlib import contextmanager

from benchmarks.full_profile import full_profile
from benchmarks.measurement import Goal, Measurement, Room, Sides


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """It is made once in a run; the others work in it."""
    profile = full_profile(room)
    yield Sides(lambda: profile.seconds)


MEASUREMENTS = (Measurement("demo profile of {people} intakes, made once", "s", Goal(), prepare),)
