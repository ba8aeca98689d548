"""A drill, run as a process of its own: new recovery cards are cut short at each thing they do.

Usage: kill_new_cards.py FOLDER MOST SEED [full] [hasty]. Prints one JSON object. Each round makes
new cards on a copy of a profile and ends at another moment. Afterwards either all old cards open
the files or all new ones do; never none, never both. With "hasty" the old cards go first, and the
drill must find it.
"""

import gc
import json
import os
import random
import shutil
import sys
from collections import Counter
from pathlib import Path

from moments import Moments
from ready import make_ready

from intake_app.app import ProfileGate
from intake_app.domain.clock import SystemClock
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import Compartment, Role
from intake_app.services.cards.renewing import begin_new_cards, finish_new_cards
from intake_app.services.desk import Desk
from intake_app.services.signing.setting_up import registry_entries
from intake_app.services.training.training import fictional_department
from intake_app.storage.compartment import Compartment as File
from intake_app.vault.card_desk import CardDesk
from intake_app.vault.keys import Keys, Own
from intake_app.vault.vault import Vault
from intake_app.wiring.parts import INSIDE

CLOCK = SystemClock()


class World:
    """A department, its old cards, and an administrator's keys."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.gate = ProfileGate(folder / "profile", CLOCK)
        asked = fictional_department(seed)
        self.old = [" ".join(c.words) for c in self.gate.found(asked, use_keyring=False)]
        who = next(one for one in asked.people if Role.ADMINISTRATOR in one.roles)
        keys = Vault.load(self.gate.folder, CLOCK).unlock(who.user_name, who.passphrase)
        self.own, self.genesis = keys.own, keys.genesis

    def sit_down(self, folder: Path) -> Desk:
        """The administrator signs in at a copy."""
        gate = ProfileGate(folder, CLOCK)
        vault, own = gate._vault(), self.own
        again = Own(own.user, own.user_name, own.seal, own.sign, bytearray(own.draft))
        door, identity = vault._doorway(own.user, self.genesis), vault._identity()
        gate._keys = keys = Keys(again, door, identity)
        station = gate._open(Compartment.STATION, keys)
        keys.take_registry(registry_entries(station))
        keys.take_inside(Compartment.STATION, station.meta(INSIDE))
        return gate.wear(Role.ADMINISTRATOR)

    def opens(self, folder: Path, words: str) -> bool:
        """Whether a card opens every file of a copy."""
        try:
            keys = Vault.load(folder, CLOCK).unlock_with_card(words)
            station = File.open(folder / "station.db", keys.file_key(Compartment.STATION), CLOCK)
            keys.take_registry(registry_entries(station))
            station.close()
            for name in Compartment:
                File.open(folder / f"{name}.db", keys.file_key(name), CLOCK).close()
        except IntakeError:
            return False
        return True


def hasty(desk: CardDesk) -> None:
    """Lets the old cards go before the new ones count."""
    file = desk._vault.key_file
    content = file.content
    for ident in content["recovery"]:
        content["grants"].pop(ident)
    content["recovery"] = {}
    file.save(content)


def cut_short(world: World, folder: Path, last: int) -> tuple[list[str], int, bool]:
    """New cards on a copy; their words, how many moments there were, whether it was killed."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        desk = world.sit_down(folder)
        assert desk.cards is not None
        cards = desk.cards.desk
        assert isinstance(cards, CardDesk)
        begin_new_cards(desk, world.old[0], "either", {})
        assert cards._begun is not None
        printed = cards._begun.printed
        rows = {one.number: " ".join(one.words[-4:]) for one in printed}
        os.write(said, json.dumps([" ".join(one.words) for one in printed]).encode() + b"\n")
        moments = Moments(last, is_full="full" in sys.argv)
        assert isinstance(desk.station, File)
        desk.station.database.conn.set_trace_callback(lambda _: moments.heard())
        moments.count = 0
        if "hasty" in sys.argv:
            hasty(cards)
        try:
            finish_new_cards(desk, rows, {})
        except (IntakeError, OSError):
            if "full" not in sys.argv:
                os._exit(1)
        os.write(said, str(moments.count).encode() + b"\n")
        os._exit(0)
    os.close(said)
    _, status = os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as pipe:
        told = [json.loads(line) for line in pipe.read().splitlines()]
    return told[0], told[1] if len(told) > 1 else 0, os.WIFSIGNALED(status)


def look(world: World, folder: Path, new: list[str]) -> Counter[str]:
    """What is wrong with a copy, before and after the administrator has signed in once more."""
    wrong = Counter[str]()
    for _ in range(2):
        old_open = [world.opens(folder, words) for words in world.old]
        new_open = [world.opens(folder, words) for words in new]
        wrong["no card opens"] += not any((*old_open, *new_open))
        wrong["old and new open"] += any(old_open) and any(new_open)
        wrong["some of the old"] += any(old_open) and not all(old_open)
        wrong["some of the new"] += any(new_open) and not all(new_open)
        world.sit_down(folder)
    return +wrong


def main(folder: Path, most: int, seed: int) -> dict[str, object]:
    """Cut it short at many moments, look, and count."""
    make_ready()
    world = World(folder, seed)
    gc.freeze()
    source = world.gate.folder
    new, total, _ = cut_short(world, Path(shutil.copytree(source, folder / "whole")), -1)
    found, killed = look(world, folder / "whole", new), 0
    moments = sorted(random.Random(seed).sample(range(total), min(most, total)))
    for n in moments:
        copy = Path(shutil.copytree(source, folder / "copy"))
        new, _, was_killed = cut_short(world, copy, n)
        killed += was_killed
        found.update(look(world, copy, new))
        shutil.rmtree(copy)
    return {"moments": total, "tried": len(moments), "killed": killed, "found": +found}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
