"""A profile: the folder that holds everything of one department on one computer."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from intake_app.settings.private import write_private

_TOLD: Final = "profile.json"
_TRAINING: Final = "training.json"
_BESIDE: Final = "-training"


@dataclass(frozen=True, slots=True)
class Told:
    """What may be known before anybody signs in; it lies in the folder in the clear.

    Attributes:
        department: Name on the lock screen.
        releasers: Shown names of the staff who can release a locked sign-in.
        is_training: Only fictional people are in it.
        policy: Id of the rules of signing in; what it names is never below the program's floor.
    """

    department: str = ""
    releasers: tuple[str, ...] = ()
    is_training: bool = False
    policy: str = ""


def read_told(folder: Path) -> Told:
    """What the folder tells; nothing where the file is absent or unreadable."""
    return _read(folder) or Told()


def _read(folder: Path) -> Told | None:
    try:
        kept = json.loads((folder / _TOLD).read_text("utf-8"))
        releasers = tuple(map(str, kept["releasers"]))
        policy = str(kept.get("policy", ""))
        return Told(str(kept["department"]), releasers, bool(kept["is_training"]), policy)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep_told(folder: Path, told: Told) -> None:
    """Write it, or leave the old one; nobody else on this computer reads who works here."""
    write_private(folder / _TOLD, json.dumps(asdict(told)))


def retell(
    folder: Path, department: str, releasers: tuple[str, ...], policy: str = ""
) -> None:  # fmt: skip
    """Tell the lock screen what has changed: the name, who can release a sign-in, the policy.

    What cannot be read is left as it is: written anew, a training profile would become a real one.
    """
    told = _read(folder)
    if told is None:
        return
    new = replace(told, department=department, releasers=releasers, policy=policy)
    if new != told:
        keep_told(folder, new)


@dataclass(frozen=True, slots=True)
class TrainingPerson:
    """Somebody of a training profile, as the lock screen offers them.

    Attributes:
        user_name: What they sign in with.
        role: Code of their role.
        passphrase: In the clear: it opens nothing but fiction.
    """

    user_name: str
    role: str
    passphrase: str


def read_training_people(folder: Path) -> tuple[TrainingPerson, ...]:
    """Who can sign in to a training profile; nobody in a real one, whatever lies in its folder."""
    if not read_told(folder).is_training:
        return ()
    try:
        kept = json.loads((folder / _TRAINING).read_text("utf-8"))
        return tuple(TrainingPerson(*map(str, one)) for one in kept)
    except (OSError, ValueError, TypeError):
        return ()


def keep_training_people(folder: Path, people: Sequence[TrainingPerson]) -> None:
    """Keep who can sign in, in the clear; for a training profile only.

    Raises:
        ValueError: The profile is a real one.
    """
    if not read_told(folder).is_training:
        raise ValueError("not a training profile")
    kept = [(one.user_name, one.role, one.passphrase) for one in people]
    write_private(folder / _TRAINING, json.dumps(kept))


def training_folder(folder: Path) -> Path:
    """The training profile that belongs to a profile: beside it, never inside."""
    return folder.with_name(f"{folder.name}{_BESIDE}")


def clear_unfinished_training(folder: Path) -> None:
    """Remove a training profile that was not finished; a folder that may be real stays."""
    if read_told(folder).is_training and not read_training_people(folder):
        shutil.rmtree(folder)


def home_of_training(folder: Path) -> Path | None:
    """The profile that a training profile belongs to; None where it stands alone."""
    name = folder.name.removesuffix(_BESIDE)
    is_beside = name not in {"", folder.name} and read_told(folder).is_training
    return folder.with_name(name) if is_beside else None
