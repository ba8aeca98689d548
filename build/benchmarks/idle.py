"""What an idle window costs: processor time of a minute, and how often it wakes the machine.

Measured from outside: what the system says that the process and its children took between the
moment it rests and a minute later.
"""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from benchmarks.department import founded, settle
from benchmarks.full_profile import FullProfile, make_profile
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Prepare, Room, Sides
from intake_app.domain.clock import FixedClock

SECONDS: Final = 60
_QUICK: Final = 5
_ZONE: Final = timezone(timedelta(hours=-5))
_TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def spent(process: int) -> float:
    """Seconds of processor of a process, and of those of its children that have ended.

    Raises:
        CannotMeasure: This system does not tell.
    """
    try:
        told = Path(f"/proc/{process}/stat").read_text("ascii")
    except OSError as error:
        raise CannotMeasure("this system does not tell of a process") from error
    return sum(map(int, told.rpartition(")")[2].split()[11:15])) / _TICKS


def idle(profile: FullProfile, place: str, seconds: int) -> tuple[float, float]:
    """Percent of one processor that an idle window takes, and how often it wakes in a second.

    Raises:
        CannotMeasure: The window did not come to rest.
    """
    command = [
        sys.executable, "-m", "benchmarks.idle_child", str(profile.folder), profile.user_name,
        place, str(seconds),
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    ) as child:  # fmt: skip
        if child.stdin is None or child.stdout is None:
            raise CannotMeasure("no way to talk to it")
        child.stdin.write(f"{profile.passphrase}\n")
        child.stdin.flush()
        if child.stdout.readline().strip() != "idle":
            raise CannotMeasure("it did not come to rest")
        before = spent(child.pid)
        woke = child.stdout.readline()
        taken = spent(child.pid) - before
        child.stdin.close()
    return taken / seconds * 100, int(woke or 0) / seconds


def _small(folder: Path) -> FullProfile:
    return make_profile(folder / "profile", 40)


def _exchanging(folder: Path) -> FullProfile:
    """A computer that shares a folder with another one."""
    clock = FixedClock(datetime.now(_ZONE), _ZONE)  # noqa: TID251 (the window has a real clock)
    department = founded(folder / "two", 2, 8, clock)
    front, other = department.posts
    department.let_in([other])
    department.begin([other])
    settle([front, other])
    for post in department.posts:
        post.leave()
    return FullProfile(front.folder, front.who.user_name, front.who.passphrase, 0)


def _at(place: str, figure: int, *, exchanges: bool = False) -> Prepare:
    @contextmanager
    def prepare(room: Room) -> Generator[Sides]:
        make = _exchanging if exchanges else _small
        profile = room.once("idle-two" if exchanges else "idle", make)
        seconds = _QUICK if room.is_quick else SECONDS
        name = f"idle {place} {exchanges}"
        yield Sides(lambda: room.once(name, lambda _: idle(profile, place, seconds))[figure])

    return prepare


MEASUREMENTS: Final = (
    *(
        Measurement(f"idle for a minute: {what}, of one processor", "%", Goal(units=1.0),
                    _at(place, 0))
        for place, what in (("home", "home"), ("people", "list"), ("lock", "lock screen"))
    ),
    Measurement(
        "idle for a minute: home, exchange on, carriers counted", "%", Goal(units=1.0),
        _at("home", 0, exchanges=True),
    ),
    Measurement("idle for a minute: home wakes, in a second", "", Goal(units=2.0), _at("home", 1)),
)  # fmt: skip
"""Each place is idled at once in a run: a minute is long enough to need no median."""
