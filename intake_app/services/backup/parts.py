"""What a desk must have before anything is done with its backups."""

from intake_app.domain.errors import IntakeError
from intake_app.services.desk import Desk
from intake_app.services.needs.backup import BackupParts


class NoBackups(IntakeError):
    """Backups cannot be made here."""


def parts_of(desk: Desk) -> BackupParts:
    """What backups need.

    Raises:
        NoBackups: This desk has none of it.
    """
    if desk.backup is None:
        raise NoBackups
    return desk.backup
