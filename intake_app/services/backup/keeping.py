"""Backups from end to end: made when they are due, brought everywhere, tested, thinned."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from intake_app.disk.atomic import write_whole
from intake_app.disk.backup_folder import Shelf, copy_backup, free_bytes, nobody
from intake_app.disk.bringing_back import asides
from intake_app.domain.backup import REGISTRY, Seen, to_remove
from intake_app.domain.backup_errors import BackupBroken, PlaceMissing, SomebodyWaits
from intake_app.domain.disk_room import day_of
from intake_app.domain.errors import DiskFull, IntakeError, StorageFailed
from intake_app.domain.roles import May
from intake_app.services.backup.making import make_backup, size_of_files
from intake_app.services.backup.parts import parts_of
from intake_app.services.backup.places import (
    PlaceTold,
    here,
    is_due_again,
    look_at,
    reached,
    shelf_of,
)
from intake_app.services.backup.testing import contents_now, look_through
from intake_app.services.desk import Desk
from intake_app.services.needs.backup import BackupParts, Wanted
from intake_app.services.purging.settling import clear_backups
from intake_app.settings.backups import BackupPlace, keep_backups, read_backups

DUE_AFTER: Final = timedelta(hours=20)
"""After so long the next sign-in makes one: somebody who comes at eight each day, each day."""
OVERDUE_AFTER: Final = timedelta(hours=48)
"""After so long it is no longer put off because somebody works."""
KEYS_AFTER: Final = timedelta(hours=1)
"""Where keys or passphrases were changed, it is made after so long."""


@dataclass(frozen=True, slots=True)
class Made:
    """What "Back up now" did.

    Attributes:
        moment: The new backup.
        places: How each place stands.
    """

    moment: str
    places: tuple[PlaceTold, ...]


def back_up_now(desk: Desk) -> Made:
    """Make a backup, bring it to all places in reach, test it there, and thin what is old.

    Raises:
        NotAllowed: Not in one's roles.
        DiskFull: There is no room here; all older ones stand.
        StorageFailed: The disk refused; all older ones stand.
    """
    desk.require(May.KEEP_BACKUPS)
    _note_room(desk)
    moment = make_and_test(desk, nobody)
    return Made(moment, tuple(bring(desk, nobody, by_hand=True)))


def settle_backups(desk: Desk, is_wanted: Wanted) -> bool:
    """A chore: what is due of all that. What cannot be done is remembered, and waits."""
    if desk.backup is None:
        return True
    waits = nobody if _is_overdue(desk) else is_wanted
    try:
        trouble = _name_of_fault(partial(_make, desk, waits)) if is_due(desk) else ""
        for _ in bring(desk, waits, here_is=trouble):
            if waits():
                return False
        _test_and_clear(desk, waits)
        _drop_asides(desk)
    except SomebodyWaits:
        return False
    return True


def _test_and_clear(desk: Desk, is_wanted: Wanted) -> None:
    """Test what waits for who is signed in, and take out of backups what ended."""
    parts = parts_of(desk)
    key = f"{desk.person.id} {parts.orders()}"
    if key in parts.looked:
        return  # once for each sign-in, and after each order
    for place, shelf in reached(parts, read_backups(parts.folder)):
        if _name_of_fault(partial(_keep_test, desk, shelf, is_wanted)) == "":
            look_at(desk, place, place.trouble)
    with suppress(IntakeError):
        clear_backups(desk)
    parts.looked[key] = 0.0


def is_due(desk: Desk) -> bool:
    """Whether the newest backup here is too old, or opens with other keys than today's."""
    parts = parts_of(desk)
    newest = next(iter(here(parts).all_seen()), None)
    if newest is None:
        return True
    age = desk.clock.now() - newest.at
    if age >= DUE_AFTER or age < -KEYS_AFTER:  # a clock that was set back makes one too
        return True
    return age >= KEYS_AFTER and _has_other_keys(parts, newest)


def make_and_test(desk: Desk, is_wanted: Wanted) -> str:
    """Make one inside the profile, and test what can be opened; its name."""
    parts = parts_of(desk)
    moment = make_backup(desk, is_wanted)
    with suppress(BackupBroken):
        look_through(desk, here(parts), moment, is_wanted, contents_now(desk, is_wanted))
    return moment


def bring(
    desk: Desk, is_wanted: Wanted, *, by_hand: bool = False, here_is: str = ""
) -> Iterator[PlaceTold]:  # fmt: skip
    """Bring the newest backup to each place that lacks it, test it there, thin, remember.

    Args:
        desk: Who is signed in.
        is_wanted: Whether somebody waits.
        by_hand: Places that did not answer lately are asked too.
        here_is: Name of what hindered the making of one here; empty: nothing.

    Raises:
        SomebodyWaits: It goes on later.
    """
    parts = parts_of(desk)
    newest = next(iter(here(parts).moments()), "")
    for place in read_backups(parts.folder).places:
        hindered = here_is if place.is_here else ""
        if by_hand or hindered or _needs_visit(parts, place, newest):
            trouble = hindered or _bring_to(desk, place, newest, is_wanted)
            yield look_at(desk, place, trouble, "" if trouble else _beside(parts))


def look_through_all(desk: Desk) -> list[PlaceTold]:
    """Test the newest backup of each place in reach, as far as who is signed in can open it.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.KEEP_BACKUPS)
    parts, found = parts_of(desk), list[PlaceTold]()
    for place in read_backups(parts.folder).places:
        shelf, trouble = shelf_of(parts, place), ""
        if shelf is not None:
            trouble = _name_of_fault(partial(_keep_test, desk, shelf, nobody))
        found.append(look_at(desk, place, trouble))
    desk.station.note(desk.act("test backups"))
    return found


# --- inside -----------------------------------------------------------------------------------


def _make(desk: Desk, is_wanted: Wanted) -> None:
    _note_room(desk)
    make_and_test(desk, is_wanted)


def _needs_visit(parts: BackupParts, place: BackupPlace, newest: str) -> bool:
    is_whole = bool(place.seen) and place.seen[0].moment == newest and not place.trouble
    is_same = place.beside == _beside(parts)
    return not (is_whole and is_same) and (place.is_here or is_due_again(parts, place))


def _bring_to(desk: Desk, place: BackupPlace, newest: str, is_wanted: Wanted) -> str:
    """Returns the name of what hindered it; empty: nothing."""
    parts = parts_of(desk)
    shelf = shelf_of(parts, place)
    if shelf is None:
        return PlaceMissing.__name__

    def bring_it() -> None:
        if newest and newest not in shelf.moments():
            shelf.sweep()
            _thin(desk, shelf)  # first: what has expired makes room
            copy_backup(here(parts), shelf, newest, is_wanted)
        _keep_test(desk, shelf, is_wanted)
        _thin(desk, shelf)
        _lay_beside(parts, shelf)

    return _name_of_fault(bring_it)


def _name_of_fault(act: Callable[[], object]) -> str:
    try:
        act()
    except SomebodyWaits:
        raise
    except IntakeError as error:
        return type(error).__name__
    except OSError:
        return StorageFailed.__name__
    return ""


def _keep_test(desk: Desk, shelf: Shelf, is_wanted: Wanted) -> None:
    """Test the newest, and of each file the newest that waits for somebody who can open it."""
    for moment in shelf.moments()[:2]:
        look_through(desk, shelf, moment, is_wanted)


def _thin(desk: Desk, shelf: Shelf) -> None:
    """What is old goes; never the last good one. Of what cannot be read only what has expired."""
    days, now = desk.agency.backup_days, desk.clock.now()
    seen = shelf.all_seen()
    old = to_remove(seen, now, days)
    for one in old:
        shelf.remove(one.moment)
    if old:
        desk.station.note(desk.act("backups expired"))
    known = {one.moment for one in seen}
    oldest = now - timedelta(days=days)
    for moment in shelf.moments():
        if moment not in known and Seen(moment, "", 0).at < oldest and known:
            shelf.remove(moment)


def _lay_beside(parts: BackupParts, shelf: Shelf) -> None:
    """Lay beside what must not come back by an older backup: the purge ledger, and who left."""
    shelf.ledger.mkdir(mode=0o700, parents=True, exist_ok=True)
    parts.share_ledger(shelf.ledger)
    heads, file = sorted(parts.seal.heads()), shelf.ledger / REGISTRY
    with suppress(OSError, ValueError, KeyError, TypeError):
        if json.loads(file.read_bytes())["heads"] == heads:
            return
    told = {"v": 1, "heads": heads, "sealed": parts.seal.close_registry()}
    write_whole(file, json.dumps(told).encode())


def _beside(parts: BackupParts) -> str:
    """Names what is to lie beside backups now."""
    return f"{parts.orders()} {' '.join(sorted(parts.seal.heads()))}"


def _drop_asides(desk: Desk) -> None:
    """What was put aside when a backup came back expires like a backup."""
    oldest = desk.clock.now() - timedelta(days=desk.agency.backup_days)
    for folder, moment in asides(parts_of(desk).folder):
        if Seen(moment, "", 0).at < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _is_overdue(desk: Desk) -> bool:
    newest = next(iter(here(parts_of(desk)).moments()), "")
    return bool(newest) and desk.clock.now() - Seen(newest, "", 0).at >= OVERDUE_AFTER


def _has_other_keys(parts: BackupParts, newest: Seen) -> bool:
    """Whether other people or cards open the files since: somebody came, left, or was renewed."""
    try:
        then = _openers(here(parts).root / newest.moment / "vault.json")
        return then != _openers(parts.folder / "vault.json")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return True


def _openers(key_file: Path) -> tuple[object, ...]:
    """Not the slots themselves: a code that was used is noted there at each sign-in."""
    told: dict[str, Any] = json.loads(key_file.read_bytes())
    return told["grants"], told["recovery"], sorted(told["slots"])


def _note_room(desk: Desk) -> None:
    """How full the disk is today; it tells in time when there will be no room."""
    parts = parts_of(desk)
    day = day_of(desk.clock.now())
    with suppress(OSError, DiskFull, StorageFailed):
        notes = read_backups(parts.folder)
        free, files = free_bytes(parts.folder), size_of_files(parts.folder)
        keep_backups(parts.folder, notes.with_room(day, free, files))
