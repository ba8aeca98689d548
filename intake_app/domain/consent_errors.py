"""Why something does not leave this computer; the first line of each is the sentence for people."""

from intake_app.domain.errors import IntakeError


class NotCovered(IntakeError):
    """This may not leave: the consent does not cover all of it. Take a new consent first."""


class NoConsent(NotCovered):
    """There is no consent for this recipient. Take one on the Consents tab first."""


class ConsentRevoked(NotCovered):
    """The person took this consent back. Nothing may leave; only a new consent allows it."""


class ConsentExpired(NotCovered):
    """This consent has ended. Nothing may leave; take a new one on the Consents tab."""


class ConsentUnsigned(NotCovered):
    """This consent is not signed, or a part of it is missing. Nothing may leave yet."""


class PersonDeceased(NotCovered):
    """The person has died. No letter goes out; ask your privacy officer first."""


class EntriesContradict(NotCovered):
    """Two people noted different things here. Nothing may leave until one of them holds."""


class MouMissing(NotCovered):
    """There is no agreement (MOU) in force with this provider, and your department asks for one."""


class RevokedAlready(IntakeError):
    """This consent was taken back before. Nothing was changed."""
