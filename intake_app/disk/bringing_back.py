"""Files of a backup take their place: prepared beside, and then moved, however often it is killed.

All is prepared in a folder inside the profile. The mark `ready` is written when nothing is missing
in it: before it nothing has changed, and after it whoever comes next moves what is left to move.
"""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

from intake_app.disk.atomic import our_errors, sync_folder, write_whole
from intake_app.domain.backup import is_moment

STAGE: Final = "restoring"
ASIDE: Final = "before-restore-"
_READY: Final = "ready"
_LAST: Final = "vault.json"
_BESIDE: Final = ("-wal", "-shm", ".new", ".previous")


def stage_of(profile: Path) -> Path:
    """Where it is prepared."""
    return profile / STAGE


def begin_stage(profile: Path) -> Path:
    """An empty folder to prepare in; what an earlier try left there goes.

    Raises:
        StorageFailed: It cannot be made.
    """
    stage = stage_of(profile)
    with our_errors():
        profile.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(mode=0o700)
    return stage


def drop_stage(profile: Path) -> None:
    """Nothing is put back: the profile is as it was, or as empty."""
    shutil.rmtree(stage_of(profile), ignore_errors=True)
    with contextlib.suppress(OSError):
        profile.rmdir()  # only where nothing else is in it


def make_ready(profile: Path, aside: str) -> None:
    """All is prepared.

    Args:
        profile: The folder.
        aside: Name of the folder for what stands there now.

    Raises:
        DiskFull: Nothing has changed.
        StorageFailed: Nothing has changed.
    """
    stage = stage_of(profile)
    with our_errors():
        sync_folder(stage)
    write_whole(stage / _READY, aside.encode())


def asides(profile: Path) -> list[tuple[Path, str]]:
    """The folders of what was put aside, each with its moment."""
    found = ((one, one.name.removeprefix(ASIDE)) for one in profile.glob(f"{ASIDE}*"))
    return [(one, moment) for one, moment in found if is_moment(moment)]


def is_ready(profile: Path) -> bool:
    """Whether files wait to be moved."""
    return (stage_of(profile) / _READY).is_file()


def move_in(profile: Path) -> str:
    """Move what is left to move; the key file last. Returns the name of the folder for the old.

    Raises:
        DiskFull: It goes on next time.
        StorageFailed: It goes on next time.
    """
    stage = stage_of(profile)
    with our_errors():
        aside = (stage / _READY).read_text("utf-8")
        waiting = (one for one in stage.iterdir() if not one.name.startswith(_READY))
        for one in sorted(waiting, key=lambda one: (one.name == _LAST, one.name)):
            _put_aside(profile, one.name, profile / aside)
            os.replace(one, profile / one.name)
        sync_folder(profile)
        (stage / _READY).unlink()
        shutil.rmtree(stage)
    return aside if (profile / aside).is_dir() else ""


def _put_aside(profile: Path, name: str, aside: Path) -> None:
    """What stands in the place of a file, and its logs, is kept: nothing is deleted."""
    if name == "ledger":  # it holds what was known here too
        shutil.rmtree(profile / name, ignore_errors=True)
        return
    for old in (profile / f"{name}{end}" for end in ("", *_BESIDE)):
        if old.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            os.replace(old, aside / old.name)
