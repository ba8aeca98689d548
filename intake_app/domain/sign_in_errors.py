"""Errors and steps of signing in; see `errors` for what they must say.

The first line of each docstring is what a person is told. A step is no failure: it says what comes
next, and signing in goes on there.
"""

from intake_app.domain.errors import IntakeError, WeakPassphrase, WrongPassphrase

# --- what comes next ----------------------------------------------------------------------


class EnterCode(IntakeError):
    """Enter the code that your phone shows now, or a printed code.

    Attributes:
        has_phone: A phone was set up; otherwise only printed codes are there.
        is_clock_wrong: The clock of this computer cannot be right: only a printed code is taken.
        shown_at: What the clock shows, so that a person can judge it (`stamp`).
    """

    def __init__(
        self, *, has_phone: bool = True, is_clock_wrong: bool = False, shown_at: str = ""
    ) -> None:
        super().__init__()
        self.has_phone, self.is_clock_wrong = has_phone, is_clock_wrong
        self.shown_at = shown_at


class SetUpCode(IntakeError):
    """Your department asks for a second proof at sign-in. Set it up once now."""


class NewPassphrase(IntakeError):
    """Choose a new passphrase before you go on.

    Attributes:
        why: "once": it was given by somebody else; "expired": it is too old by the policy.
        may_show: The policy lets it be shown while it is typed.
        least: The fewest characters that are taken.
    """

    ONCE = "once"
    EXPIRED = "expired"

    def __init__(self, why: str = ONCE, *, may_show: bool = True, least: int = 8) -> None:
        super().__init__(why)
        self.why, self.may_show, self.least = why, may_show, least


# --- codes ----------------------------------------------------------------------------------


class WrongCode(WrongPassphrase):
    """This code is not right. Wait for the next one and try again, or use a printed code."""


class CodeUsed(WrongCode):
    """This code was used already. Wait for the next one and try again."""


class ClockWrong(IntakeError):
    """The clock of this computer cannot be right, so no phone code fits. Use a printed code.

    No try was counted. Set the clock of the computer, or ask who may.
    """


class BeginAgain(IntakeError):
    """Sign in again with user name and passphrase."""


class WaitAWhile(IntakeError):
    """Too many tries. Nobody else can release this sign-in, so wait at least 15 minutes."""


# --- passphrases ----------------------------------------------------------------------------


class PassphraseShort(WeakPassphrase):
    """This passphrase is too short. Use four or more words."""


class HolderPassphraseShort(WeakPassphrase):
    """This is too short for a key that opens people's records. Use four or more words."""


class PassphraseCommon(WeakPassphrase):
    """This passphrase is on the list of those that are tried first. Use four words of your own."""


class PassphraseNamesYou(WeakPassphrase):
    """This passphrase holds a name of yours or of the department. Use four other words."""


class PassphrasePattern(WeakPassphrase):
    """This passphrase is a pattern, like repeated letters or a row of keys. Use four words."""


class PassphraseUsedBefore(WeakPassphrase):
    """You have used this passphrase before. Choose another one."""
