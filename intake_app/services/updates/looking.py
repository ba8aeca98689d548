"""Looks at an update where it lies, and says whether it may be put on this computer."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from intake_app.disk.backup_folder import answers, free_bytes
from intake_app.disk.update_folder import require_whole
from intake_app.domain.disk_room import LEAST
from intake_app.domain.errors import IntakeError, NoGrant
from intake_app.domain.roles import May
from intake_app.domain.update import Package, is_newer, require_newer
from intake_app.domain.update_errors import NoRoomForUpdate
from intake_app.services.backup.making import size_of_files
from intake_app.services.desk import Desk
from intake_app.services.needs.updates import UpdateParts
from intake_app.services.updates.verifying import Signed, signed_in
from intake_app.settings.updates import keep_notes, read_notes


@dataclass(frozen=True, slots=True)
class Offer:
    """An update that holds and fits.

    Attributes:
        found: It.
        package: Its package for this computer.
        renews_files: It brings the files of records to a new form, which the version that runs
            now cannot read: going back means bringing back the backup.
    """

    found: Signed
    package: Package
    renews_files: bool

    @property
    def version(self) -> str:
        """Its version."""
        return self.found.release.version

    @property
    def made(self) -> date:
        """Its day."""
        return self.found.release.made


@dataclass(frozen=True, slots=True)
class Waiting:
    """A newer version that lies in reach.

    Attributes:
        version: Of it.
        place: Name of the stick or folder.
        path: Where it is.
    """

    version: str
    place: str
    path: Path


def parts_of(desk: Desk) -> UpdateParts:
    """What updates need.

    Raises:
        NoGrant: This profile lies in memory alone.
    """
    if desk.updates is None:
        raise NoGrant("updates")
    return desk.updates


def look_at(desk: Desk, place: Path) -> Offer:
    """Verify the newest update at a place, to the last byte of its package.

    Raises:
        NotAllowed: Not in this person's roles.
        UpdateRefused: It does not hold, or does not fit; nothing was done.
    """
    desk.require(May.UPDATE_PROGRAM)
    parts = parts_of(desk)
    found = signed_in(place, parts.verify)[0]
    package = require_newer(found.release, parts.here)
    needed = package.size + size_of_files(parts.folder) + LEAST
    if free_bytes(parts.folder) < needed:
        raise NoRoomForUpdate
    require_whole(found.file(package), package)
    with suppress(OSError):  # it is only remembered so that it can be named again
        keep_notes(parts.folder, replace(read_notes(parts.folder), place=str(place)))
    return Offer(found, package, found.release.schema != parts.here.schema)


def waiting(desk: Desk) -> Waiting | None:
    """The newest version in reach that fits here; None: there is none. Packages are not read."""
    if desk.updates is None:
        return None
    parts, best = desk.updates, None
    for path, name in _places(parts):
        with suppress(IntakeError, OSError):
            release = signed_in(path, parts.verify)[0].release
            require_newer(release, parts.here)
            if best is None or is_newer(release.version, best.version):
                best = Waiting(release.version, name, path)
    return best


def _places(parts: UpdateParts) -> Iterator[tuple[Path, str]]:
    """Sticks, and the folder where one was looked for last; a share that hangs is left alone."""
    seen = list[Path]()
    for drive in parts.drives():
        seen.append(drive.path)
        yield drive.path, drive.name
    last = Path(read_notes(parts.folder).place or ".")
    if last.is_absolute() and last not in seen and answers(last, _is_there):
        yield last, last.name or str(last)


def _is_there(folder: Path) -> str:
    return "yes" if folder.exists() else ""
