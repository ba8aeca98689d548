"""Joins what backups need: made for who is signed in, and brought back on a computer without any.

Like `wiring` it may import inside functions, and has no rules.
"""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from intake_app.disk.backup_folder import Shelf
    from intake_app.domain.backup import Manifest
    from intake_app.domain.clock import Clock
    from intake_app.services.backup_needs import BackupParts
    from intake_app.services.bringing_back import Brought, FoundBackup, Opener
    from intake_app.storage.backup_files import Found
    from intake_app.storage.compartment import Compartment as File
    from intake_app.storage.copies import Copies, Place
    from intake_app.vault.keys import Keys

INSIDE = "keys inside"


def make_backup_parts(
    folder: Path, keys: Keys, files: Mapping[str, File], program: str = ""
) -> BackupParts:
    """What keeping backups needs, for who is signed in."""
    from intake_app.disk.drives import removable_drives
    from intake_app.services.backup_needs import BackupParts
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
    from intake_app.services.backup.places import is_due_again, shelf_of
    from intake_app.settings.backups import read_backups
    from intake_app.storage.copies import Place

    found: list[Place] = []
    for one in read_backups(parts.folder).places:
        is_gone = one.trouble == "PlaceMissing" and not is_due_again(parts, one)
        shelf = None if is_gone else shelf_of(parts, one)
        seen = {each.moment: each.made for each in one.seen}
        found.append(Place("" if one.is_here else one.name, shelf, seen))
    return found
