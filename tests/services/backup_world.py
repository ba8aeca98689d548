"""Backups of a real profile: what is made, where it lies, what is wrong with it."""

import json
from datetime import timedelta
from pathlib import Path

from profiles import Profile

from intake_app.disk.backup_folder import Shelf
from intake_app.domain.backup import Seen
from intake_app.domain.roles import Role
from intake_app.services.backup.keeping import settle_backups
from intake_app.services.desk import Desk


def nobody() -> bool:
    return False


def shelf(profile: Profile) -> Shelf:
    """The backups inside the profile."""
    told = json.loads((profile.folder / "vault.json").read_bytes())
    return Shelf(profile.folder / "backups" / told["profile"])


def newest(at: Shelf) -> Seen:
    return at.all_seen()[0]


def day_of(profile: Profile, role: Role, days: int = 1) -> None:
    """Somebody signs in some days later, and the chores are done."""
    profile.clock.at += timedelta(days=days)
    gate = profile.gate()
    try:
        assert settle_backups(profile.unlock(gate, role), nobody)
    finally:
        gate.lock()


def flip(file: Path, at: int = 5000) -> None:
    """One byte is another."""
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


def forget_looks(desk: Desk) -> None:
    """Time goes by: places are looked at again."""
    assert desk.backup
    desk.backup.looked.clear()
