"""Errors of disclosure bundles; see `errors` for what their first lines are for."""

from intake_app.domain.errors import IntakeError


class BadCard(IntakeError):
    """This is no recipient card, or it was altered. Ask them to send it again."""


class WordsDiffer(IntakeError):
    """These are not the words of this card. Do not enter it; call them again."""


class CardKnown(IntakeError):
    """This recipient is in the list already, with the same keys."""


class KeysTakenBack(IntakeError):
    """These keys were taken back for good. Ask the recipient to make new ones."""


class RecipientGone(IntakeError):
    """This recipient was taken back or was never entered. Nothing is sealed to them."""


class BadBundle(IntakeError):
    """This file is damaged or was altered. Nothing of it was used."""


class NotForYou(IntakeError):
    """This file is not sealed to your key. Nothing of it was read."""


class BundleExpired(IntakeError):
    """The last day to open this file has passed. Ask the department for a new one."""


class SenderUnknown(IntakeError):
    """You have not confirmed who sent this. Call the department, and compare the eight words."""


class BundleTooLarge(IntakeError):
    """This is too much for one file. Share fewer papers."""


class NotWhatWasShown(IntakeError):
    """What would leave has changed since it was shown. Look at it again."""


class NotReadBack(IntakeError):
    """The file could not be read back as it was written. Use another stick or folder."""


class BadReceipt(IntakeError):
    """This is no receipt of a recipient, or it was altered. Nothing was noted."""


class ReceiptOfAnother(IntakeError):
    """This receipt answers nothing that left this computer. Nothing was noted."""


class ReceiptKnown(IntakeError):
    """This receipt is noted already."""


class TooFewPeople(IntakeError):
    """So few people are in these months that counts would tell who they are. Take more months."""


class MonthsSentBefore(IntakeError):
    """Some of these months were counted before. Two counts of them would tell who is new."""


class SealedDisclosureMissing(IntakeError):
    """A sealed file needs the keys of this station. Sign in again."""
