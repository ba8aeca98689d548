"""From opened keys to a painted home page, in a file of a hundred thousand intakes."""

import time
from collections.abc import Generator
from contextlib import contextmanager

from benchmarks.full_profile import full_profile
from benchmarks.measurement import Goal, Measurement, Room, Sides
from benchmarks.screen import screen_over


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """Each time the files are opened anew; stretching the passphrase comes before the clock."""
    profile = full_profile(room)
    with screen_over(profile) as screen:

        def ours() -> float:
            keys = profile.keys()
            start = time.perf_counter()
            screen.open(lambda: screen.gate.open_desk(keys))
            taken = time.perf_counter() - start
            screen.lock()
            return taken * 1000

        yield Sides(ours)


MEASUREMENTS = (
    Measurement(
        "unlock to painted home, {people} intakes, without KDF", "ms", Goal(units=300), prepare
    ),
)
