"""The way back to the version before, found without signing in: nothing else may work any more.

Two things go back: the program, from its kept package, and the files of records, from the backup
that was made just before the update, where the newer version gave them a form that the older one
does not read. What was entered since that backup is not in it.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from intake_app.disk.backup_folder import Shelf
from intake_app.disk.update_folder import KeptUpdates
from intake_app.domain.backup import is_moment
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import May
from intake_app.domain.update import is_newer
from intake_app.domain.update_errors import NoWayBack
from intake_app.services.backup.parts import parts_of as backup_parts_of
from intake_app.services.backup.places import here
from intake_app.services.desk import Desk
from intake_app.services.needs.updates import UpdateParts
from intake_app.services.updates.looking import parts_of
from intake_app.services.updates.preparing import install_command
from intake_app.services.updates.verifying import verified
from intake_app.settings.updates import FOLDER, Step, read_notes


@dataclass(frozen=True, slots=True)
class WayBack:
    """How one goes back.

    Attributes:
        step: The update that is taken back.
        folder: The kept package of the version before, verified just now.
        install: What the administrator of the computer types, after sudo.
        restore: What is typed afterwards, without sudo; empty: the files of records stay as they
            are, and nothing is lost.
        made: When the backup was made: local time with offset. What was entered since is not in
            it. Empty: it is not found.
    """

    step: Step
    folder: Path
    install: tuple[str, ...]
    restore: tuple[str, ...]
    made: str


def kept_before(parts: UpdateParts) -> str:
    """The newest kept version that is older than the one that runs; empty: none is kept."""
    versions = KeptUpdates(parts.folder / FOLDER).versions()
    older = (one for one in versions if is_newer(parts.here.version, one))
    return next(older, "")


def way_back(parts: UpdateParts, backups: Path) -> WayBack:
    """The way back from the version that runs here.

    Args:
        parts: The program here.
        backups: The folder of this profile's backups.

    Raises:
        NoWayBack: No package of an earlier version is kept here.
        UpdateRefused: It is not what was signed.
    """
    before = kept_before(parts)
    if not before:
        raise NoWayBack
    folder = KeptUpdates(parts.folder / FOLDER).folder(before)
    found, _ = verified(folder, parts.verify, parts.here, version=before)
    last = read_notes(parts.folder).last
    if last is None or (last.before, last.after) != (before, parts.here.version):
        last = Step(before, parts.here.version)
    made, restore = "", tuple[str, ...]()
    if found.release.schema != parts.here.schema:
        made = _made(backups, last.backup)
        which = ("--backup", last.backup) if made else ()
        restore = (
            *parts.program, "backup", "restore", "--over", "--card", *which,
            "--profile", str(parts.folder.absolute()),
        )  # fmt: skip
    install = install_command(parts, folder, is_back=True)
    return WayBack(last, folder, install, restore, made)


def way_back_of(desk: Desk) -> WayBack:
    """The same for who is signed in.

    Raises:
        NotAllowed: Not in this person's roles.
        NoWayBack: No package of an earlier version is kept here.
        UpdateRefused: It is not what was signed.
    """
    desk.require(May.UPDATE_PROGRAM)
    return way_back(parts_of(desk), here(backup_parts_of(desk)).root)


def _made(backups: Path, moment: str) -> str:
    """When the backup of before was made; empty: there is no such backup any more."""
    if is_moment(moment):
        with suppress(IntakeError):
            return Shelf(backups).manifest(moment).made
    return ""
