"""Prepares an update: a tested backup first, then a verified copy that nobody else can change."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from intake_app.disk.atomic import our_errors
from intake_app.disk.update_folder import KeptUpdates
from intake_app.domain.backup import is_moment
from intake_app.domain.clock import stamp
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import Compartment, May
from intake_app.domain.update import require_newer
from intake_app.domain.update_errors import BackupBeforeFailed, NoUpdateHere
from intake_app.services.backup.keeping import back_up_now
from intake_app.services.backup.parts import parts_of as backup_parts_of
from intake_app.services.backup.places import here as backups_here
from intake_app.services.desk import Desk
from intake_app.services.needs.updates import UpdateParts
from intake_app.services.updates.looking import Offer, parts_of
from intake_app.services.updates.verifying import keep, signed_in, verified
from intake_app.settings.updates import FOLDER, Step, keep_notes, read_notes


@dataclass(frozen=True, slots=True)
class Ready:
    """What the system's installer is given.

    Attributes:
        step: From which version to which, and the backup before.
        folder: The private copy.
        package: The package in it.
        command: What installs it, typed by the administrator of the computer.
        start: What the window may start itself, because the system asks for that administrator;
            empty: they type the command.
    """

    step: Step
    folder: Path
    package: Path
    command: tuple[str, ...]
    start: tuple[str, ...]

    @property
    def asks_root(self) -> bool:
        """Whether `start` begins with what asks for the administrator: the command needs sudo."""
        return len(self.start) > len(self.command)


def prepare(desk: Desk, offer: Offer) -> Ready:
    """Back up, test the backup, copy the update and verify the copy. Nothing is installed.

    Raises:
        NotAllowed: Not in this person's roles.
        BackupBeforeFailed: What can be opened of the backup is not good.
        UpdateRefused: The stick changed since it was looked at.
        DiskFull: There is no room; nothing was changed.
        StorageFailed: The disk refused; nothing was changed.
    """
    desk.require(May.UPDATE_PROGRAM)
    parts = parts_of(desk)
    require_newer(offer.found.release, parts.here)
    moment = back_up_now(desk).moment
    _require_good(desk, moment)
    kept = KeptUpdates(parts.folder / FOLDER)
    keep(kept, offer.found, offer.package, parts.verify, parts.here)
    with suppress(IntakeError):  # an update may come along with the version before it
        keep_own(desk, offer.found.folder)
    kept.keep_only((offer.version, parts.here.version))
    step = Step(parts.here.version, offer.version, moment, stamp(desk.clock))
    with our_errors():
        keep_notes(parts.folder, replace(read_notes(parts.folder), waiting=step))
    desk.station.note(desk.act(f"prepare update {step.before} to {step.after}"))
    return _ready(parts, step)


def prepared(desk: Desk) -> Ready | None:
    """What was prepared and is not installed yet, verified once more; None: nothing.

    Raises:
        NotAllowed: Not in this person's roles.
        UpdateRefused: The copy is not what was signed.
    """
    desk.require(May.UPDATE_PROGRAM)
    parts = parts_of(desk)
    step = read_notes(parts.folder).waiting
    if step is None or step.after in {"", parts.here.version} or not is_moment(step.backup):
        return None
    folder = KeptUpdates(parts.folder / FOLDER).folder(step.after)
    found, _ = verified(folder, parts.verify, parts.here, version=step.after)
    require_newer(found.release, parts.here)
    return _ready(parts, step)


def keep_own(desk: Desk, place: Path) -> str:
    """Keep the package of the version that runs here, for the way back; its version.

    Raises:
        NotAllowed: Not in this person's roles.
        NoUpdateHere: That version does not lie at this place.
        UpdateRefused: It does not hold.
        DiskFull: There is no room.
        StorageFailed: The disk refused.
    """
    desk.require(May.UPDATE_PROGRAM)
    parts = parts_of(desk)
    for found in signed_in(place, parts.verify):
        if found.release.version == parts.here.version:
            package = found.release.package_for(parts.here.system)
            kept = KeptUpdates(parts.folder / FOLDER)
            keep(kept, found, package, parts.verify, parts.here)
            desk.station.note(desk.act(f"prepare update: keep {parts.here.version}"))
            return parts.here.version
    raise NoUpdateHere


def install_command(parts: UpdateParts, folder: Path, *, is_back: bool = False) -> tuple[str, ...]:
    """What the administrator of the computer types, after sudo; each word as it is."""
    return (
        *parts.program,
        "update",
        "install",
        *(["--back"] if is_back else []),
        str(folder.absolute()),
    )


def _ready(parts: UpdateParts, step: Step) -> Ready:
    folder = KeptUpdates(parts.folder / FOLDER).folder(step.after)
    found, package = verified(folder, parts.verify, parts.here)
    command = install_command(parts, folder)
    return Ready(step, folder, found.file(package), command, _start(parts, command))


def _start(parts: UpdateParts, command: tuple[str, ...]) -> tuple[str, ...]:
    """Installers of Windows and macOS ask for the administrator themselves."""
    if not parts.here.system.startswith("debian"):
        return command
    return (parts.asks_by, *command) if parts.asks_by else ()


def _require_good(desk: Desk, moment: str) -> None:
    """Whether each file that this person can open was opened in the backup, and found good."""
    parts = backup_parts_of(desk)
    seen = backups_here(parts).seen(moment)
    open_here = [name for name in Compartment if parts.files.is_open(name)]
    if seen is None or not all(seen.tested.get(str(name)) for name in open_here):
        raise BackupBeforeFailed
