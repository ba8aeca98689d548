"""A drill, run as a process of its own: what is done about a person is cut short at each moment.

Usage: kill_people.py FOLDER MOST SEED ACT [full] [hasty]. Prints one JSON object. ACT is "leave",
"disable" or "renew". Each round does it on a copy of a profile and ends at another moment.
Afterwards everybody else works as before; the person has all that they had, or signs in no more;
nobody reads who did not read before; and doing it once more brings the new state. With "hasty" the
person's keys go before the registry knows, and the drill must find it.
"""

import gc
import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from moments import Moments, read_told
from ready import make_ready

from intake_app.app import ProfileGate
from intake_app.domain.clock import SystemClock
from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.signing.setting_up import registry_entries
from intake_app.services.training.training import fictional_department
from intake_app.services.users.changing import disable_user, renew_user, user_left
from intake_app.storage.compartment import Compartment as File
from intake_app.vault.keys import Keys, Own
from intake_app.vault.user_desk import UserDesk
from intake_app.vault.vault import Vault
from intake_app.wiring.parts import INSIDE

CLOCK = SystemClock()
WATCHED = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.OFFICER, Role.FRONT_DESK})
ACTS: dict[str, Callable[[Desk, UserId], object]] = {
    "leave": user_left, "disable": disable_user, "renew": renew_user,
}  # fmt: skip


class World:
    """A department; everybody's keys are unlocked once, before the forks."""

    def __init__(self, folder: Path, seed: int, act: str) -> None:
        self.gate, self.act = ProfileGate(folder / "profile", CLOCK), ACTS[act]
        asked = fictional_department(seed)
        self.gate.found(asked, use_keyring=False)
        vault = Vault.load(self.gate.folder, CLOCK)
        self.keys = {
            role: vault.unlock(one.user_name, one.passphrase)
            for one in asked.people
            for role in one.roles & WATCHED
        }
        self.target = UserId(self.keys[Role.FRONT_DESK].user)

    def sit_down(self, folder: Path, role: Role) -> Desk:
        """Somebody signs in at a copy."""
        gate, held = ProfileGate(folder, CLOCK), self.keys[role]
        vault, own = gate._vault(), held.own
        again = Own(own.user, own.user_name, own.seal, own.sign, bytearray(own.draft))
        door, identity = vault._doorway(own.user, held.genesis), vault._identity()
        gate._keys = keys = Keys(again, door, identity)
        station = gate._open(Compartment.STATION, keys)
        keys.take_registry(registry_entries(station))
        keys.take_inside(Compartment.STATION, station.meta(INSIDE))
        return gate.wear(role)

    def works(self, folder: Path, role: Role) -> bool:
        """Whether somebody can sign in with the keys that they had, in a process of its own."""
        child = os.fork()
        if child == 0:
            with suppress(IntakeError):
                desk = self.sit_down(folder, role)
                os._exit(0 if role is not Role.FRONT_DESK or desk.care is not None else 2)
            os._exit(1)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def hasty(desk: UserDesk, user: UserId) -> None:
    """Takes the keys away before the registry knows."""
    file = desk._vault.key_file
    content = file.content
    content["grants"].pop(user)
    file.save(content)


def cut_short(world: World, folder: Path, last: int) -> tuple[int, bool, bool]:
    """Do it on a copy; how many moments there were, whether it was killed, or the disk refused."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        desk = world.sit_down(folder, Role.ADMINISTRATOR)
        moments = Moments(last, is_full="full" in sys.argv)
        assert isinstance(desk.station, File)
        desk.station.database.conn.set_trace_callback(lambda _: moments.heard())
        if "hasty" in sys.argv:
            assert desk.users is not None
            assert isinstance(desk.users.desk, UserDesk)
            hasty(desk.users.desk, world.target)
        try:
            world.act(desk, world.target)
        except (IntakeError, OSError):
            if "full" not in sys.argv:
                os._exit(1)
        os.write(said, moments.told)
        os._exit(0)
    os.close(said)
    _, status = os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as pipe:
        count, was_refused = read_told(pipe.read())
    return count, os.WIFSIGNALED(status), was_refused


def look(world: World, folder: Path) -> Counter[str]:
    """What is wrong with a copy, before and after it was done once more."""
    wrong = Counter[str]()
    for is_repeated in (False, True):
        if is_repeated:
            once_more(world, folder)
        for role in (Role.COORDINATOR,) if is_repeated else (Role.OFFICER,):
            wrong[f"{role} is shut out"] += not world.works(folder, role)
        is_old = world.works(folder, Role.FRONT_DESK)
        wrong["done twice and not done"] += is_repeated and is_old
        is_known = world.act is renew_user or is_refused(world, folder)
        wrong["neither old nor new"] += not is_old and not is_known
    return +wrong


def is_refused(world: World, folder: Path) -> bool:
    """Whether the registry says that the person may not sign in."""
    child = os.fork()
    if child == 0:
        desk = world.sit_down(folder, Role.ADMINISTRATOR)
        assert desk.users is not None
        one = next(one for one in desk.users.desk.people() if one.id == world.target)
        is_reading = Compartment.CARE in one.holds
        os._exit(0 if not one.is_working and not is_reading else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def once_more(world: World, folder: Path) -> None:
    child = os.fork()
    if child == 0:
        with suppress(IntakeError):  # somebody who left cannot leave again
            world.act(world.sit_down(folder, Role.ADMINISTRATOR), world.target)
        os._exit(0)
    os.waitpid(child, 0)


def main(folder: Path, most: int, seed: int, act: str) -> dict[str, object]:
    """Cut it short at many moments, look, and count."""
    make_ready()
    world = World(folder, seed, act)
    gc.freeze()
    source = world.gate.folder
    total, *_ = cut_short(world, Path(shutil.copytree(source, folder / "whole")), -1)
    found, killed, refused = look(world, folder / "whole"), 0, 0
    moments = sorted(random.Random(seed).sample(range(total), min(most, total)))
    for n in moments:
        copy = Path(shutil.copytree(source, folder / "copy"))
        _, was_killed, was_refused = cut_short(world, copy, n)
        killed, refused = killed + was_killed, refused + was_refused
        found.update(look(world, copy))
        shutil.rmtree(copy)
    return {
        "moments": total, "tried": len(moments), "killed": killed, "refused": refused,
        "found": +found,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])))
