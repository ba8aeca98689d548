"""From the command to a painted lock screen, beside a bare window of the same toolkit."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.child import call
from benchmarks.full_profile import FullProfile, make_profile
from benchmarks.measurement import Goal, Measurement, Room, Sides, timed

BARE_WINDOW = Path(__file__).with_name("bare_window.py")


def make_small_profile(folder: Path) -> FullProfile:
    """A training profile of a few people: the lock screen opens none of it."""
    return make_profile(folder / "profile", 3)


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """Both sides end themselves right after the first paint, so the whole process is timed."""
    profile = room.once("start", make_small_profile).folder
    ours = ["-m", "intake_app", "--profile", str(profile), "--paint-and-exit"]
    yield Sides(timed(lambda: call(ours)), timed(lambda: call([str(BARE_WINDOW)])))


MEASUREMENTS = (
    Measurement("start to painted lock screen / bare window", "ms", Goal(times=1.8), prepare),
)
