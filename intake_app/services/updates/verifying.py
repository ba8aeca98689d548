"""The one place where an update becomes believed: its signature first, then each byte of it."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from intake_app.disk.update_folder import KeptUpdates, read_signed, require_whole, update_files
from intake_app.domain.errors import StorageFailed
from intake_app.domain.update import Here, Package, Release, order, read_release
from intake_app.domain.update_errors import NoUpdateHere, UpdateChanged, UpdateRefused
from intake_app.services.needs.updates import Verify


@dataclass(frozen=True, slots=True)
class Signed:
    """An update whose signature holds; its package was not looked at.

    Attributes:
        release: What it says.
        text: As it was signed.
        folder: Where its packages lie.
    """

    release: Release
    text: str
    folder: Path

    def file(self, package: Package) -> Path:
        """Where a package lies."""
        return self.folder / package.name


def signed_in(place: Path, verify: Verify) -> list[Signed]:
    """The signed updates at a place, the newest first. Others beside them are passed over.

    Raises:
        NoUpdateHere: There is none at all.
        UpdateRefused: There are some and none holds: why the first does not.
    """
    found, refused = list[Signed](), list[UpdateRefused]()
    for file in update_files(place):
        try:
            text = read_signed(file)
            found.append(Signed(read_release(verify(text)), text, file.parent))
        except UpdateRefused as error:
            refused.append(error)
    if not found:
        raise refused[0] if refused else NoUpdateHere
    return sorted(found, key=lambda one: order(one.release.version), reverse=True)


def verified(
    place: Path, verify: Verify, here: Here, *, version: str = ""
) -> tuple[Signed, Package]:
    """The newest update at a place, with its package for this computer, read to the last byte.

    Args:
        place: Where it lies.
        verify: Checks a signature.
        here: The program that runs.
        version: Which one it must be; empty: any.

    Raises:
        UpdateRefused: It does not hold, has no package for this computer, or the package is
            missing or changed, or of another version than is asked for.
        StorageFailed: It cannot be read.
    """
    newest = signed_in(place, verify)[0]
    if version not in {"", newest.release.version}:
        raise UpdateChanged
    package = newest.release.package_for(here.system)
    require_whole(newest.file(package), package)
    return newest, package


def keep(kept: KeptUpdates, found: Signed, package: Package, verify: Verify, here: Here) -> Path:
    """Copy an update into the private folder, and verify the copy as if it came from a stick.

    Returns:
        Its folder.

    Raises:
        UpdateRefused: What was copied does not hold: the stick changed meanwhile.
        DiskFull: There is no room.
        StorageFailed: The disk refused.
    """
    folder = kept.folder(found.release.version)
    with suppress(UpdateRefused, StorageFailed):
        if verified(folder, verify, here)[0].text == found.text:
            return folder  # it lies there already, whole
    folder = kept.put(found.release.version, found.text, found.file(package), package)
    again, _ = verified(folder, verify, here)
    if again.release != found.release:
        raise StorageFailed("another release")
    return folder
