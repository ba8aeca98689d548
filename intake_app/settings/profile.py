"""A profile: the folder that holds everything of one department on one computer."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_TOLD: Final = "profile.json"


@dataclass(frozen=True, slots=True)
class Told:
    """What may be known before anybody signs in; it lies in the folder in the clear.

    Attributes:
        department: Name on the lock screen.
        releasers: Shown names of the staff who can release a locked sign-in.
        is_training: Only fictional people are in it.
    """

    department: str = ""
    releasers: tuple[str, ...] = ()
    is_training: bool = False


def read_told(folder: Path) -> Told:
    """What the folder tells; nothing where the file is absent or unreadable."""
    try:
        kept = json.loads((folder / _TOLD).read_text("utf-8"))
        releasers = tuple(map(str, kept["releasers"]))
        return Told(str(kept["department"]), releasers, bool(kept["is_training"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Told()


def keep_told(folder: Path, told: Told) -> None:
    """Write it beside the old one, then in its place."""
    spare = folder / f"{_TOLD}.new"
    spare.write_text(json.dumps(asdict(told)), "utf-8")
    spare.replace(folder / _TOLD)


def training_folder(folder: Path) -> Path:
    """The training profile that belongs to a profile: beside it, never inside."""
    return folder.with_name(f"{folder.name}-training")
