"""Joins what backups need: made for who is signed in, and brought back on a computer without any.

Like `wiring` it may import inside functions, and has no rules.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from intake_app.wiring.parts import TRAINING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.exchange.post_room import PostRoom
    from intake_app.services.needs.backup import BackupParts
    from intake_app.storage.compartment import Compartment as File
    from intake_app.storage.copies import Copies, Place
    from intake_app.vault.keys import Keys

_IDENTITY = "who this is"
RESTORED = "restored.json"
"""Of a profile that was put back, until the first sign-in has told the exchange."""


def make_backup_parts(
    folder: Path, keys: Keys, files: Mapping[str, File], program: str = ""
) -> BackupParts:
    """What keeping backups needs, for who is signed in."""
    from intake_app.disk.drives import removable_drives
    from intake_app.services.needs.backup import BackupParts
    from intake_app.settings.backups import FOLDER
    from intake_app.storage.backup_files import BackupFiles
    from intake_app.vault.backup_seal import BackupSeal
    from intake_app.vault.purge_ledger import PurgeLedger

    own = folder / "ledger"
    return BackupParts(
        folder, BackupSeal(folder, keys),
        BackupFiles(files, keys.file_key, folder / FOLDER / "scratch"), removable_drives,
        lambda: len(PurgeLedger([own]).lines()),
        lambda beside: PurgeLedger([own, beside]).catch_up(), program,
    )  # fmt: skip


def make_copies(parts: BackupParts, clock: Clock) -> Copies:
    """Backups in reach, for what ends records."""
    from intake_app.storage.copies import Copies

    return Copies(lambda: list(_places(parts)), parts.seal, clock)


def _places(parts: BackupParts) -> Sequence[Place]:
    from intake_app.disk.bringing_back import ASIDE, asides
    from intake_app.services.backup.places import is_due_again, shelf_of
    from intake_app.settings.backups import read_backups
    from intake_app.storage.copies import Place

    found: list[Place] = []
    for one in read_backups(parts.folder).places:
        is_gone = one.trouble == "PlaceMissing" and not is_due_again(parts, one)
        shelf = None if is_gone else shelf_of(parts, one)
        seen = {each.moment: each.made for each in one.seen}
        found.append(Place("" if one.is_here else one.name, shelf, seen))
    # what was put aside when a backup came back opens with older keys: a certificate names it
    old = {moment: moment for _, moment in asides(parts.folder)}
    return [*found, Place(ASIDE.rstrip("-"), None, old)] if old else found


# --- a copy of this station -------------------------------------------------------------------


def find_identity(folder: Path, keys: Keys, station: File) -> None:
    """Where a folder was put back without identity.json: the same station, counting anew.

    Raises:
        VaultMissing: The file does not say who it was.
    """
    from intake_app.domain.errors import VaultMissing
    from intake_app.services.signing.setting_up import read_agency
    from intake_app.settings.profile import Told, keep_told, read_told
    from intake_app.storage.trail import Trail
    from intake_app.vault.backup_seal import become_again

    with suppress(VaultMissing):
        _ = keys.identity
        return
    text = station.meta(_IDENTITY)
    if not text:
        raise VaultMissing("identity.json")
    lines = (trail := Trail(station)).after(max(0, trail.head().n - 1))
    note_restored(folder, lines[-1].at if lines else "")  # first: killed here, it is done again
    own = become_again(folder, json.loads(text))
    keys.identity = own
    station.begin_epoch(own.epoch)
    if not read_told(folder).department:  # the lock screen knows nothing either
        name, is_training = read_agency(station).name, bool(station.meta(TRAINING))
        keep_told(folder, Told(name, (), is_training))


def open_exchange(folder: Path, exchange: PostRoom, keys: Keys, station: File) -> None:
    """Open the post room; the first time after a backup was put back, it says so to the others.

    Who this station is, `station` remembers too: a copy of the files alone can go on as it.
    """
    from intake_app.services.records.numbers import leave_room
    from intake_app.vault.backup_seal import BackupSeal

    if (folder / RESTORED).is_file():
        exchange.come_back()
        leave_room(station, station.clock, _as_of(folder))
        (folder / RESTORED).unlink()
    else:
        exchange.open()
    text = json.dumps(BackupSeal(folder, keys).identity(), sort_keys=True)
    if station.meta(_IDENTITY) != text:
        station.set_meta(_IDENTITY, text)


def note_restored(folder: Path, as_of: str) -> None:
    """Note that a profile was put back, until its first sign-in has told the exchange.

    Args:
        folder: Of the profile.
        as_of: The moment (`stamp`) up to which it knows what happened; empty: not known.
    """
    from intake_app.settings.private import write_private

    write_private(folder / RESTORED, json.dumps({"as_of": as_of}))


def _as_of(folder: Path) -> str:
    with suppress(OSError, ValueError, AttributeError):
        return str(json.loads((folder / RESTORED).read_bytes()).get("as_of", ""))
    return ""
