"""Errors of people and their keys; see `errors` for what their first lines are for."""

from intake_app.domain.errors import BadRegistry, IntakeError, NotAllowed


class SignInIsOff(NotAllowed):
    """Your sign-in is turned off. An administrator can turn it on again. Your work is kept."""


class IdleTooLong(NotAllowed):
    """You have not signed in for a long time. Ask an administrator to let you in again."""


class PassphraseReplaced(BadRegistry):
    """Your passphrase was replaced. Use the new one, or ask your administrator for it."""


class LastAdministrator(IntakeError):
    """This is the only administrator. Let somebody else in as administrator first."""


class LastReaderOfCare(IntakeError):
    """Nobody else here can read those who asked for help. Let a second person read them first."""


class LastReaderOfCases(IntakeError):
    """Nobody else here can read held cases. Let a second person read them first."""


class LastReaderOfSealed(IntakeError):
    """Nobody else here can read sealed cases. Let a second privacy officer in first."""


class RenewWithCard(IntakeError):
    """Nobody else could give them their keys back. Use a recovery card at the lock screen."""


class OwnRoles(NotAllowed):
    """You cannot give yourself a role. Ask another administrator, or use a recovery card."""


class OwnPassphrase(NotAllowed):
    """Change your own passphrase in the settings. A new one from here is for others."""


class NotYourself(NotAllowed):
    """You cannot turn your own sign-in off. Ask another administrator."""


class UserNameTaken(IntakeError):
    """This user name is taken. Choose another one."""


class ShownNameTaken(IntakeError):
    """Somebody here is called the same. Add a first name or a badge to tell them apart."""


class UserNameBad(IntakeError):
    """Enter a user name, and the name that colleagues see."""


class RoleMissing(IntakeError):
    """Choose at least one role."""


class NobodyAsks(IntakeError):
    """This was answered already, or is asked no more. Nothing was changed."""


class PersonLeft(IntakeError):
    """This person has left for good. Let them in anew, under a user name of their own."""
