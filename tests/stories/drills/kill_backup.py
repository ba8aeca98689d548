"""A drill: backing up and bringing back are killed, or find a full disk, at any step on the disk.

Usage: kill_backup.py FOLDER TIMES SEED SUBJECT WAY [forgetful]. SUBJECT is "make", "restore" or
"over"; WAY is "kill" or "full". Prints one JSON object: how often, at how many steps, and what was
found wrong. With "forgetful" a copy is named before it is whole, and nobody goes on with what is
left to move; the drill must find it.
"""

import errno
import json
import os
import random
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

from ready import make_ready

from intake_app.app import ProfileGate
from intake_app.disk import bringing_back
from intake_app.disk.backup_folder import Shelf, faults_of
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import Compartment, Role
from intake_app.services.backup import keeping
from intake_app.services.backup.keeping import back_up_now
from intake_app.services.backup.places import add_place
from intake_app.services.desk import Desk
from intake_app.services.records.veil import behind
from intake_app.services.signing.bringing_back import Opener
from intake_app.services.training.training import fictional_department, take_fictional_intakes

Told = TypeVar("Told")
HOOKED = ("open", "fsync", "rename", "replace", "mkdir")
AT = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)


class Steps:
    """Counts what is asked of the disk, and ends it at one of them."""

    def __init__(self, end_at: int, way: str) -> None:
        self.count, self._end_at, self._way = 0, end_at, way
        for name in HOOKED:
            setattr(os, name, self._hooked(getattr(os, name)))

    def _hooked(self, plain: Callable[..., object]) -> Callable[..., object]:
        def hooked(*args: object, **more: object) -> object:
            self.count += 1
            if self.count == self._end_at and self._way == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if self.count == self._end_at:
                raise OSError(errno.ENOSPC, "full")
            return plain(*args, **more)

        return hooked


class Drill:
    """A department, a place for backups, a first backup; each try plays in a copy."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, FixedClock(AT)
        asked = fictional_department(1)
        self.base = folder / "base"
        gate = ProfileGate(self.base / "profile", self.clock)
        self.cards = gate.found(asked, use_keyring=False, is_training=True)
        self.people = asked.people
        (self.base / "place").mkdir()
        with_desk(self, self.base, lambda desk: add_place(desk, self.base / "place", "P"))
        self.work(self.base)
        self.first = with_desk(self, self.base, back_up_now).moment
        self.clock.at += timedelta(days=1)
        self.work(self.base)

    def work(self, at: Path) -> None:
        with_desk(self, at, lambda desk: take_fictional_intakes(desk, 1, 7, "self_referral"))

    def copy(self, n: int) -> Path:
        at = self.folder / f"try{n}"
        shutil.copytree(self.base, at)
        told = at / "profile" / "backups.json"
        told.write_text(told.read_text().replace(str(self.base), str(at)))
        return at

    def shelves(self, at: Path) -> list[Shelf]:
        ident = json.loads((self.base / "profile" / "vault.json").read_bytes())["profile"]
        return [Shelf(at / "profile" / "backups" / ident), Shelf(at / "place" / ident)]

    def digest(self, profile: Path) -> str:
        gate = ProfileGate(profile, self.clock)
        who = next(one for one in self.people if Role.COORDINATOR in one.roles)
        try:
            desk = gate.unlock(who.user_name, who.passphrase)
            return cast("Any", behind(desk).open_file(Compartment.CARE)).digest()
        finally:
            gate.lock()


def with_desk(drill: Drill, at: Path, act: Callable[[Desk], Told]) -> Told:
    gate = ProfileGate(at / "profile", drill.clock)
    who = next(one for one in drill.people if Role.COORDINATOR in one.roles)
    try:
        return act(gate.unlock(who.user_name, who.passphrase))
    finally:
        gate.lock()


def make(drill: Drill, at: Path, end_at: int, way: str) -> int:
    """Back up in the copy; the steps it took."""
    steps = [0]

    def act(desk: Desk) -> None:
        if "forgetful" in sys.argv:
            keeping.copy_backup = careless_copy
        counting = Steps(end_at, way)
        with suppress(IntakeError):
            back_up_now(desk)
        steps[0] = counting.count

    with_desk(drill, at, act)
    return steps[0]


def careless_copy(source: Shelf, target: Shelf, moment: str, *_: object) -> None:
    """What is written counts before it is whole."""
    (target.root / moment).mkdir()
    for name in ("manifest.jws", *(one.name for one in source.manifest(moment).files)):
        shutil.copy(source.root / moment / name, target.root / moment / name)
        os.fsync(os.open(target.root / moment / name, os.O_RDONLY))


def restore(drill: Drill, at: Path, end_at: int, way: str) -> int:
    """Bring the first backup back: on a clean computer, or over what is there."""
    is_over = sys.argv[4] == "over"
    gate = ProfileGate(at / ("profile" if is_over else "new"), drill.clock).bringing_back
    found = next(one for one in gate.look(at / "place") if one.moment == drill.first)
    steps = Steps(end_at, way)
    with suppress(IntakeError, OSError):
        gate.bring_back(found, Opener(" ".join(drill.cards[0].words)), is_over=is_over)
    return steps.count


def in_a_child(act: Callable[[], int]) -> int:
    """The steps that a child took; -1: it was killed."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(write, str(act()).encode())
        except BaseException as error:  # noqa: BLE001 (its parent is told)
            os.write(write, f"!{error!r}".encode())
        os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    said = os.read(read, 1000).decode()
    os.close(read)
    if said.startswith("!"):
        raise AssertionError(said)
    return int(said) if said else -1 if os.WIFSIGNALED(status) else 0


def wrong_after_making(drill: Drill, at: Path) -> list[str]:
    """All that is a backup is whole; the first stands; and the next time it is made."""
    found: list[str] = []
    for shelf in drill.shelves(at):
        if drill.first not in shelf.moments():
            found.append("the first is gone")
        for moment in shelf.moments():
            try:
                found += ["not whole"] * bool(faults_of(shelf, moment))
            except IntakeError:
                found.append("not whole")
    drill.clock.at += timedelta(hours=1)
    made = with_desk(drill, at, back_up_now)
    for shelf in drill.shelves(at):
        found += ["not made"] * (made.moment not in shelf.moments())
        found += ["parts left"] * any(shelf.root.glob("*.part"))
    return found


def wrong_after_restoring(drill: Drill, at: Path, states: set[str]) -> list[str]:
    """The old state or the new one; and the next time the new one."""
    is_over = sys.argv[4] == "over"
    profile = at / ("profile" if is_over else "new")
    if "forgetful" in sys.argv and bringing_back.is_ready(profile):
        shutil.rmtree(profile / "restoring")
    found: list[str] = []
    gate = ProfileGate(profile, drill.clock)
    if gate.has_department():
        try:
            found += ["neither"] * (drill.digest(profile) not in states)
        except (IntakeError, OSError):
            found.append("neither")
    elif is_over or any(profile.glob("*.db")):
        found.append("in ruins")
    if not gate.has_department():
        restore(drill, at, 0, "none")
        found += ["not brought back"] * (drill.digest(profile) not in states)
    return found


def main() -> None:
    make_ready()
    folder, times, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    subject, way = sys.argv[4], sys.argv[5]
    drill, dice = Drill(folder), random.Random(seed)
    act = make if subject == "make" else restore
    at = drill.copy(0)
    steps = in_a_child(lambda: act(drill, at, 0, way))
    states = {drill.digest(drill.base / "profile")}
    if subject != "make":
        states.add(drill.digest(at / ("profile" if subject == "over" else "new")))
    shutil.rmtree(at)
    wrong, ended = Counter[str](), 0
    points = sorted(dice.sample(range(1, steps + 1), min(times, steps)))
    if "forgetful" in sys.argv:  # where it matters
        middle = steps * 3 // 5 if subject == "make" else steps - 12
        points = list(range(middle, middle + times))
    for n, point in enumerate(points, 1):
        at = drill.copy(n)
        took = in_a_child(lambda at=at, point=point: act(drill, at, point, way))
        ended += took == -1 or way == "full"
        if subject == "make":
            wrong.update(wrong_after_making(drill, at))
        else:
            wrong.update(wrong_after_restoring(drill, at, states))
        shutil.rmtree(at)
    print(json.dumps({"steps": steps, "ended": ended, "wrong": wrong}))


main()
