"""From the command to a painted lock screen, beside a bare window of the same toolkit."""

import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides, timed

BARE_WINDOW = Path(__file__).with_name("bare_window.py")
PATIENCE = 60
"""Seconds after which a start is called hung."""


def call(command: Sequence[str]) -> str:
    """Run a program without a screen until it ends by itself. Returns what it printed.

    Raises:
        CannotMeasure: It failed or hung.
    """
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            [sys.executable, *command],
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:]
        raise CannotMeasure(f"{' '.join(command[:3])}: {' '.join(last)}") from error
    except subprocess.TimeoutExpired as error:
        raise CannotMeasure(f"{' '.join(command[:3])}: did not end") from error
    return done.stdout


def make_small_profile(folder: Path) -> Path:
    """A training profile of a few people, made through the command line."""
    profile = folder / "profile"
    call(["-m", "intake_app", "demo", "--profile", str(profile),
          "--people", "3", "--seed", "1", "--json"])  # fmt: skip
    return profile


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """Both sides end themselves right after the first paint, so the whole process is timed."""
    profile: Path = room.once("start", make_small_profile)
    ours = ["-m", "intake_app", "--profile", str(profile), "--paint-and-exit"]
    yield Sides(timed(lambda: call(ours)), timed(lambda: call([str(BARE_WINDOW)])))


MEASUREMENTS = (
    Measurement("start to painted lock screen / bare window", "ms", Goal(times=1.8), prepare),
)
