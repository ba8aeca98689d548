"""Plays one seed from its first step to the end, where everything must agree."""

import random
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from fuzz.fuse import fuse_files
from fuzz.world import World

from intake_app.domain.ids import Epoch
from intake_app.vault import own_streams

WEIGHTS: Final[Mapping[str, int]] = {
    "write": 30, "delete": 4, "purge": 2, "round": 22, "carry": 18, "sit_down": 5, "jump": 3,
    "befall_hub": 4, "befall_tray": 3, "backup": 3, "restore": 3, "mishap": 3, "trip": 6,
    "copy_machine": 1, "strike": 1, "speak_again": 1,
    "turn_page": 1, "enrol": 1, "update_program": 1,
}  # fmt: skip

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 (a fuzzer's files need not outlive it)


def play(seed: int, steps: int = 60) -> None:
    """One seed.

    Raises:
        AssertionError: Something that was acknowledged is lost, or stations differ.
    """
    place = str(_MEMORY) if _MEMORY.is_dir() else None
    folder = Path(tempfile.mkdtemp(dir=place))
    with pytest.MonkeyPatch.context() as patch:
        fuse_files(patch)
        epochs = random.Random(f"epochs {seed}")
        patch.setattr(own_streams, "new_epoch", lambda: Epoch(f"{epochs.randrange(1 << 24):06x}"))
        world = World(seed, folder)
        try:
            _run(world, steps)
            world.deliver()
            world.check()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
        finally:
            world.close()
            shutil.rmtree(folder, ignore_errors=True)


def _run(world: World, steps: int) -> None:
    for hub in world.hubs:
        hub.chance = world.rng.choice([0.0, 0.0, 0.02, 0.1])
    names, weights = list(WEIGHTS), list(WEIGHTS.values())
    for _ in range(steps):
        step = world.rng.choices(names, weights)[0]
        player = world.rng.choice(world.players)
        world.told.append(f"{step} {player.station}")
        getattr(world, step)(player)
