"""Where backups go: inside the profile first, and from there to folders, disks, shares, sticks."""

import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from intake_app.disk.backup_folder import Shelf, answers, mark_place, place_id
from intake_app.domain.backup import Seen
from intake_app.domain.backup_errors import PlaceMissing, PlaceTaken
from intake_app.domain.clock import stamp
from intake_app.domain.errors import StorageFailed
from intake_app.domain.roles import May
from intake_app.services.backup.parts import parts_of
from intake_app.services.backup.testing import believed
from intake_app.services.desk import Desk
from intake_app.services.needs.backup import BackupParts
from intake_app.settings.backups import (
    BackupNotes,
    BackupPlace,
    SeenBackup,
    keep_backups,
    read_backups,
)

AGAIN_AFTER_SECONDS: Final = 15 * 60
"""A place that did not answer is asked again by itself after so long; by hand at once."""


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place, as the page shows it.

    Attributes:
        place: Which.
        is_reached: Whether it answers now.
        backups: What lies there, or lay there when it was last reached; the newest first.
    """

    place: BackupPlace
    is_reached: bool
    backups: tuple[Seen, ...]


def here(parts: BackupParts) -> Shelf:
    """The backups inside the profile."""
    place = read_backups(parts.folder).places[0]
    return Shelf(Path(place.path) / parts.seal.profile)


def shelf_of(parts: BackupParts, place: BackupPlace) -> Shelf | None:
    """The backups of a place; None: it does not answer, or another drive stands there now."""
    if place.is_here:
        return here(parts)
    for root in _roots(parts, place):
        if answers(root, place_id) == place.id:
            return Shelf(root)
    return None


def reached(parts: BackupParts, notes: BackupNotes) -> Iterator[tuple[BackupPlace, Shelf]]:
    """All places that answer, with what lies there."""
    for place in notes.places:
        shelf = shelf_of(parts, place)
        if shelf is not None:
            yield place, shelf


def is_due_again(parts: BackupParts, place: BackupPlace) -> bool:
    """Whether a place may be asked again by itself; a share that hangs takes seconds each time."""
    last = parts.looked.get(place.id)
    return last is None or time.monotonic() - last > AGAIN_AFTER_SECONDS


def places(desk: Desk) -> list[PlaceTold]:
    """All places, looked at now.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.KEEP_BACKUPS)
    parts = parts_of(desk)
    return [look_at(desk, place) for place in read_backups(parts.folder).places]


def look_at(
    desk: Desk, place: BackupPlace, trouble: str = "", beside: str = ""
) -> PlaceTold:  # fmt: skip
    """Look at one place, and remember what lies there.

    Args:
        desk: Who looks.
        place: Where.
        trouble: Name of what hindered the work there; empty: nothing.
        beside: Names what was laid beside the backups; empty: as before.
    """
    parts = parts_of(desk)
    shelf = shelf_of(parts, place)
    parts.looked[place.id] = time.monotonic()
    now = stamp(desk.clock)
    if shelf is None:
        missing = replace(place, tried=now, trouble=trouble or PlaceMissing.__name__)
        _keep(parts, missing)
        seen = tuple(Seen(one.moment, one.made, one.size, one.tested) for one in place.seen)
        return PlaceTold(missing, is_reached=False, backups=seen)
    found = believed(parts, shelf)
    kept = tuple(SeenBackup(s.moment, s.made, s.size, dict(s.tested)) for s in found)
    path = place.path if place.is_here else str(shelf.root.parent)
    laid = beside or place.beside
    known = replace(place, seen=kept, tried=now, trouble=trouble, path=path, beside=laid)
    _keep(parts, known)
    return PlaceTold(known, is_reached=True, backups=tuple(found))


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick that is plugged in, and no place for backups yet.

    Attributes:
        path: Where its files are.
        name: What the system calls it.
    """

    path: Path
    name: str


def plugged_in(desk: Desk) -> list[Stick]:
    """Sticks that could be a place too.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.KEEP_BACKUPS)
    parts = parts_of(desk)
    known = {one.id for one in read_backups(parts.folder).places}
    return [
        Stick(one.path, one.name)
        for one in parts.drives()
        if place_id(one.path / parts.seal.profile) not in known
    ]


def add_place(desk: Desk, folder: Path, name: str = "") -> BackupPlace:
    """Let backups go to a folder, disk, share or stick too; the next backup goes there.

    A folder that holds backups of this profile already becomes the place that it was.

    Args:
        desk: Who does it.
        folder: Chosen by a person.
        name: What it is called; empty: like the folder.

    Raises:
        NotAllowed: Not in one's roles.
        PlaceTaken: It lies in the profile, or is a place already.
        PlaceMissing: It cannot be written to.
    """
    desk.require(May.KEEP_BACKUPS)
    parts = parts_of(desk)
    folder = folder.absolute()
    notes, root = read_backups(parts.folder), folder / parts.seal.profile
    inside = parts.folder.absolute()
    if folder == inside or inside in folder.parents:
        raise PlaceTaken
    if not folder.is_dir():
        raise PlaceMissing
    ident = answers(root, place_id) or secrets.token_hex(8)
    if notes.place(ident) is not None:
        raise PlaceTaken
    try:
        mark_place(root, ident)
    except (OSError, StorageFailed) as error:
        raise PlaceMissing from error
    kind = "stick" if any(folder == one.path for one in parts.drives()) else "folder"
    place = BackupPlace(ident, str(folder), kind, name or folder.name or str(folder))
    keep_backups(parts.folder, notes.with_place(place))
    desk.station.note(desk.act("add place for backups"))
    return place


def remove_place(desk: Desk, ident: str) -> None:
    """Let backups no longer go to a place; what lies there stays until somebody removes it.

    Raises:
        NotAllowed: Not in one's roles.
        PlaceMissing: There is no such place.
    """
    desk.require(May.KEEP_BACKUPS)
    parts = parts_of(desk)
    notes = read_backups(parts.folder)
    place = notes.place(ident)
    if place is None or place.is_here:
        raise PlaceMissing
    keep_backups(parts.folder, notes.without(ident))
    desk.station.note(desk.act("remove place for backups"))


def _roots(parts: BackupParts, place: BackupPlace) -> Iterator[Path]:
    yield Path(place.path) / parts.seal.profile
    if place.kind == "stick":
        for drive in parts.drives():
            if drive.path != Path(place.path):
                yield drive.path / parts.seal.profile


def _keep(parts: BackupParts, place: BackupPlace) -> None:
    notes = read_backups(parts.folder)
    if notes.place(place.id) == place or (notes.place(place.id) is None and not place.is_here):
        return  # nothing new, or somebody took it off the list meanwhile
    with suppress(OSError):  # it is only what was seen: it is looked at again
        keep_backups(parts.folder, notes.with_place(place))
