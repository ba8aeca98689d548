"""Errors of backups; see `errors` for what their first lines are for."""

from intake_app.domain.errors import IntakeError


class PlaceMissing(IntakeError):
    """This place for backups does not answer, or the stick is not plugged in. Nothing was lost."""


class PlaceTaken(IntakeError):
    """This folder lies in the records themselves, or is a place for backups already."""


class NoBackupHere(IntakeError):
    """There is no backup in this place. Choose the folder or stick that you chose for backups."""


class BackupBroken(IntakeError):
    """This backup is not whole, or was changed. Nothing was put back. Choose another one."""


class RecordsHere(IntakeError):
    """There are records on this computer already. Nothing was put back over them."""


class CardNeeded(IntakeError):
    """The records on this computer do not open, so only a recovery card puts a backup over them."""


class SomebodyWaits(IntakeError):
    """It was put off, because somebody works. It goes on by itself."""
