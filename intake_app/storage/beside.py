"""A new encrypted file is made beside its place, and moved there when its key is safe.

So whoever is killed in between has no file, or a whole one that somebody can open; never one that
nobody can.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from intake_app.disk.atomic import sync_folder
from intake_app.domain.clock import Clock
from intake_app.domain.ids import Epoch, StationId
from intake_app.storage.compartment import Compartment

_ENDING: Final = ".new"


def make_beside(
    path: Path, key: bytes, begun: tuple[Clock, StationId, Epoch],
    fill: Callable[[Compartment], object],
) -> None:  # fmt: skip
    """Make a file beside its place, filled and closed; what an earlier try left there goes.

    Args:
        path: Where it will be.
        key: 32 bytes.
        begun: The clock, the station and its epoch.
        fill: Writes what it begins with.
    """
    beside = _beside(path)
    for left in beside.parent.glob(f"{beside.name}*"):
        left.unlink()
    file = Compartment.create(beside, key, *begun)
    try:
        fill(file)
    finally:
        file.close()


def move_in(path: Path) -> None:
    """Put a file that was made beside its place there; nothing is moved over another file."""
    if not path.exists() and _beside(path).exists():
        os.rename(_beside(path), path)
        sync_folder(path.parent)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + _ENDING)
