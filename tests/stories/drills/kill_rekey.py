"""A drill, run as a process of its own: a new file key is cut short at each thing that it does.

Usage: kill_rekey.py FOLDER ROLE MOST SEED [full] [forgetful]. Prints one JSON object. Somebody has
left; the next holder of ROLE signs in, and a file is written anew. Each round works on a copy of
the profile and ends at another moment: killed (SIGKILL), or with "full" the disk refuses from that
moment on. Afterwards everybody who may must open what they hold, with one key, and who left must
not. With "forgetful" the new key is never sealed to anybody, and the drill must find it.
"""

import gc
import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from moments import Moments, read_told
from ready import make_ready

from intake_app.app import ProfileGate
from intake_app.domain.act import Act
from intake_app.domain.clock import SystemClock
from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import UserId, new_record_id
from intake_app.domain.roles import Compartment, Role
from intake_app.services.cards import file_keys
from intake_app.services.needs.cards import FileSwap, KeyBook
from intake_app.services.needs.everyday import Library
from intake_app.services.records.writing import fact
from intake_app.services.signing.setting_up import add_entries, registry_entries
from intake_app.services.signing.signing_in import NewPerson
from intake_app.services.training.training import fictional_department
from intake_app.settings.agency import Agency
from intake_app.storage import rekey
from intake_app.vault.file_keys import FileKeys
from intake_app.vault.keys import Keys, Own
from intake_app.vault.vault import Vault
from intake_app.wiring.parts import INSIDE

FILE_OF = {Role.ADMINISTRATOR: Compartment.STATION, Role.COORDINATOR: Compartment.CARE}
Renew = Callable[[Compartment, UserId, KeyBook, FileSwap], None]


class QuickGate(ProfileGate):
    """Takes a library that was read before the fork."""

    library: Library | None = None

    def _library(self, agency: Agency) -> Library:
        return self.library or super()._library(agency)


class World:
    """A department in which somebody has left, and everybody's own keys."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.clock = folder, SystemClock()
        self.gate = QuickGate(folder / "profile", self.clock)
        department = fictional_department(seed)
        self.gate.found(department, use_keyring=False)
        self.people = {next(iter(one.roles)): one for one in department.people}
        self.own = {role: self._own(one) for role, one in self.people.items()}
        self.gate.library = self.gate._library(Agency(prefix="PH"))
        self.left = self.own[Role.RECEPTION if Role.FRONT_DESK not in self.own else Role.FRONT_DESK]
        self.before = self._leave()
        wrong, self.digests = self.look(Path(shutil.copytree(self.gate.folder, folder / "first")))
        assert not wrong, wrong

    def _own(self, person: NewPerson) -> tuple[Own, str]:
        keys = Vault.load(self.gate.folder, self.clock).unlock(person.user_name, person.passphrase)
        return keys.own, keys.genesis

    def keys(self, vault: Vault, role: Role) -> Keys:
        """Of somebody, as the key file stands now."""
        own, genesis = self.own[role]
        again = Own(own.user, own.user_name, own.seal, own.sign, bytearray(own.draft))
        return Keys(again, vault._doorway(own.user, genesis), vault._identity())

    def sit_down(self, folder: Path, role: Role) -> QuickGate:
        """Somebody signs in at a copy."""
        gate = QuickGate(folder, self.clock)
        gate.library = self.gate.library
        gate._keys = keys = self.keys(gate._vault(), role)
        station = gate._open(Compartment.STATION, keys)
        keys.take_registry(registry_entries(station))
        keys.take_inside(Compartment.STATION, station.meta(INSIDE))
        gate.wear(role)
        return gate

    def _leave(self) -> dict[Compartment, bytes]:
        """Some records; then somebody leaves. The keys of before."""
        before: dict[Compartment, bytes] = {}
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            gate = self.sit_down(self.gate.folder, role)
            name, keys = FILE_OF[role], gate._keys
            assert keys is not None
            before[name] = keys.file_key(name)
            file = gate._files[name]
            made = (fact(file, keys.user, "note", new_record_id(), {"said": "x" * 900})
                    for _ in range(200))  # fmt: skip
            file.apply(made, Act(keys.user, "save"))
            if role is Role.ADMINISTRATOR:
                entries = gate._vault().revoke(keys, self.left[0].user)
                add_entries(file, keys.user, entries, "revoke")
            gate.lock()
        return before

    def look(self, folder: Path) -> tuple[Counter[str], dict[str, str]]:
        """What is wrong with a copy after everybody has signed in once; what the files say."""
        wrong, digests = Counter[str](), dict[str, str]()
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.COORDINATOR, Role.SUPERVISOR):
            try:
                gate = self.sit_down(folder, role)
            except IntakeError as error:
                wrong[f"{role} cannot sign in: {type(error).__name__}"] += 1
                continue
            for name, faults, _, _ in gate.health():
                wrong[f"faults in {name}"] += bool(faults)
            if role is Role.COORDINATOR and "care" not in gate._files:
                wrong["care is not held"] += 1
            digests |= {name: digest for name, digest in gate.digests() if name != "station"}
            gate.lock()
        for name in self.before:
            wrong[f"key of {name} is of before"] += self._is_old(folder, name)
        wrong["left over"] += any(p.suffix in {".rekey", ".old"} for p in folder.iterdir())
        wrong["waits"] += "next" in Vault.load(folder, self.clock).key_file.content
        return +wrong, digests

    def _is_old(self, folder: Path, name: str) -> bool:
        key = self.before.get(Compartment(name))
        return bool(key) and rekey.FileSwap(folder, self.clock).opens(Compartment(name), key)


def watched(real: Renew, moments: Moments, said: int) -> Renew:
    """The same act; its moments are counted, and told when it is over."""
    moments.count = -(10**9)  # what goes before is no part of it

    def renew(name: Compartment, user: UserId, book: KeyBook, swap: FileSwap) -> None:
        moments.count = 0
        try:
            real(name, user, book, swap)
        finally:
            os.write(said, moments.told)

    return renew


class Forgetful(FileKeys):
    """Seals a new key to nobody."""

    def propose(self, name: Compartment, key: bytes) -> None:
        """Forget it."""


def cut_short(world: World, folder: Path, role: Role, last: int) -> tuple[int, bool, bool]:
    """Somebody signs in on a copy; how many moments, whether it was killed, or the disk refused."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        moments = Moments(last, is_full="full" in sys.argv)
        rekey.open_existing = moments.open
        file_keys.renew_key = watched(file_keys.renew_key, moments, said)
        try:
            world.sit_down(folder, role)
        except (IntakeError, OSError) as error:
            if "full" not in sys.argv:
                raise SystemExit(f"{error!r}") from error
        os._exit(0)
    os.close(said)
    _, status = os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as pipe:
        count, was_refused = read_told(pipe.read())
    return count, os.WIFSIGNALED(status), was_refused


def main(folder: Path, role: Role, most: int, seed: int) -> dict[str, object]:
    """Cut it short at many moments, look, and count."""
    make_ready()
    world = World(folder, seed)
    if "forgetful" in sys.argv:
        FileKeys.propose = Forgetful.propose  # pyright: ignore[reportAttributeAccessIssue]
    gc.freeze()
    source = world.gate.folder
    total, *_ = cut_short(world, Path(shutil.copytree(source, folder / "whole")), role, -1)
    moments = sorted(random.Random(seed).sample(range(total), min(most, total)))
    found, cut, refused = world.look(folder / "whole")[0], 0, 0
    for n in moments:
        copy = Path(shutil.copytree(source, folder / "copy"))
        _, was_killed, was_refused = cut_short(world, copy, role, n)
        cut, refused = cut + was_killed, refused + was_refused
        wrong, digests = world.look(copy)
        found.update(wrong)
        found["files differ"] += digests != world.digests
        shutil.rmtree(copy)
    return {
        "moments": total, "tried": len(moments), "killed": cut, "refused": refused,
        "found": +found,
    }  # fmt: skip


if __name__ == "__main__":
    where, who = Path(sys.argv[1]), Role(sys.argv[2])
    print(json.dumps(main(where, who, int(sys.argv[3]), int(sys.argv[4]))))
