"""Errors of updates; see `errors` for what their first lines are for."""

from intake_app.domain.errors import IntakeError


class UpdateRefused(IntakeError):
    """This update cannot be used. Nothing was changed."""


class NoUpdateHere(UpdateRefused):
    """No update is in this folder. Choose the folder that holds the file ending in .update."""


class UpdateNotSigned(UpdateRefused):
    """The publisher of this program did not sign this update. Do not use it. Nothing changed."""


class UpdateUnreadable(UpdateRefused):
    """This update does not say what it should, or is for another program. Nothing was changed."""


class UpdateChanged(UpdateRefused):
    """The package is not the one that the publisher signed. Do not use it. Nothing was changed."""


class UpdateIncomplete(UpdateRefused):
    """The package is missing from this folder. Copy the update anew. Nothing was changed."""


class UpdateIsOlder(UpdateRefused):
    """This version is older than the one that runs here. Nothing was changed."""


class UpdateIsHere(UpdateRefused):
    """This version runs here already. There is nothing to do."""


class UpdateIsTooFar(UpdateRefused):
    """This update needs a newer version than runs here. Install one in between. Nothing changed."""


class UpdateForOthers(UpdateRefused):
    """This update has no package for this kind of computer. Nothing was changed."""


class NoRoomForUpdate(UpdateRefused):
    """There is no room for the update and the backup before it. Nothing was changed."""


class NoPublisher(UpdateRefused):
    """This copy of the program has no publisher's key, so it takes no updates from a stick."""


class RunsFromSource(UpdateRefused):
    """This program was not put here by a package, so packages do not update it. Nothing changed."""


class BackupBeforeFailed(UpdateRefused):
    """The backup before the update is not good. Look at Backups first. Nothing changed."""


class NoWayBack(UpdateRefused):
    """No earlier version is kept on this computer. Use its package from its own stick."""


class NeedsAdministrator(UpdateRefused):
    """Only the administrator of this computer can install. Type the command with sudo before it."""


class InstallFailed(IntakeError):
    """The system did not install the package. The version that ran before should still be there."""
