"""Every error of the program, with one root.

The first line of each docstring is what a person is told (it is a message of the translation
catalog), so it names what happened, what is safe, and what to do. No error carries a name, an
address or an answer: `detail` is for places, numbers and identifiers only. Rooms with many of
their own keep them beside this file: `care_errors` (screenings, files, aid), `consent_errors`,
`ending_errors`, `log_errors`.
"""

from collections.abc import Iterable


class IntakeError(Exception):
    """Something went wrong. Nothing was lost. Try again, or tell your administrator."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    @classmethod
    def sentence(cls) -> str:
        """What a person is told: the first line of the docstring."""
        return (cls.__doc__ or "").strip().splitlines()[0]


# --- changes and records ------------------------------------------------------------------


class BadChange(IntakeError):
    """This change is damaged. It was set aside and not applied."""


class RecordMissing(IntakeError):
    """This record is not on this computer."""


class FactIsFinal(IntakeError):
    """This was signed or sent and cannot be changed. Add a new entry that corrects it."""


class NotAllowed(IntakeError):
    """Your role does not include this. Ask a coordinator or your administrator."""


class EnteredInError(IntakeError):
    """This intake was entered in error. It can be read, but no longer changed."""


class StepNotAllowed(IntakeError):
    """This step cannot follow now. Somebody may have taken another one; look at it again."""


class EventKept(IntakeError):
    """This event is saved already, and nobody is added to it here. You can discard this draft."""


class PathwayOff(IntakeError):
    """Your department has turned this pathway off. What was begun can be finished and read."""


class ReasonMissing(IntakeError):
    """Please say why, in a few words."""


class ContactStopped(IntakeError):
    """This person has died or asked not to be contacted. Do not call, write or visit."""


class CardIsNoReferral(IntakeError):
    """A card alone is no referral. Make one with a visit, a call, a letter or a fax."""


class ConsentMissing(IntakeError):
    """No signed consent names this provider. Ask for one, or let the person carry the letter."""


class MailNotSafe(IntakeError):
    """Mail is not a safe way to reach this person. Hand the letter over instead."""


class SameProvider(IntakeError):
    """These two entries cannot be merged or parted so. Look at both again."""


class HoursUnreadable(IntakeError):
    """These hours could not be read. Write them like this: Mon-Fri 8:00-17:00; Sat 9:00-12:00."""


class TriesMissing(IntakeError):
    """“Unable to contact” needs more tries first. See what is still missing."""


class TaskEnded(IntakeError):
    """This follow-up is no longer open. Add a new one if there is more to do."""


# --- cases --------------------------------------------------------------------------------


class CaseRefused(IntakeError):
    """This cannot be done with this case now.

    Attributes:
        reasons: Why: sentences of `case_refusal.Refusal`, the first is told.
    """

    def __init__(self, reasons: Iterable[str] = ()) -> None:
        self.reasons = tuple(reasons)
        super().__init__(next((str(getattr(why, "name", "")) for why in self.reasons), ""))


class NotYetHappened(IntakeError):
    """This moment is still to come. Enter when it happened."""


class BeforeOffense(IntakeError):
    """This moment is before the offense. Check the day and the time."""


class UnknownCode(IntakeError):
    """This is not on the department's list. Choose from the list."""


class BadAmount(IntakeError):
    """Enter an amount that is more than zero."""


class NotWaivable(IntakeError):
    """The program does not let this condition be waived."""


class TreatmentIsApart(IntakeError):
    """Treatment is noted by the coordinator alone, in a file of its own."""


class NotInLedger(IntakeError):
    """The offer ledger holds no names. Choose from its lists, and keep the reason short."""


class ShiftOver(IntakeError):
    """The shift of this entry is over. Details can no longer be added; the gap is counted."""


class CannotOverride(IntakeError):
    """This rule cannot be set aside this way. Ask a supervisor or the prosecutor's office."""


class NotEligible(IntakeError):
    """The rules speak against it. A supervisor can override that; or choose Not offered."""


class PersonDeclined(IntakeError):
    """The answers say that the person said no. Change the decision, or choose Declined."""


class InstrumentNotAllowed(IntakeError):
    """This program does not use this paper. Choose the other one."""


class ProgramExpired(IntakeError):
    """This program is not in force today. Choose another one, or ask for its new file."""


class NotALicense(IntakeError):
    """This is not the barcode of a license or ID card. Type the name instead."""


class ReportByTooLate(IntakeError):
    """The report-by is later than the limitation date. Ask the prosecutor's office first."""


class ReportByTooEarly(IntakeError):
    """The report-by on the paper is not after it was handed over. Check both times."""


class PaperTimeMissing(IntakeError):
    """Enter when the paper was handed over. It stands on the paper."""


class NumberNotOnPad(IntakeError):
    """This number is on no pad here. Look at each letter and digit, or scan the bars."""


class NumberUsed(IntakeError):
    """This number was used already. Look for its case under Find."""


class NumberVoid(IntakeError):
    """This number was voided. Take another sheet, or ask who voided it."""


class NumberInWork(IntakeError):
    """A colleague is keying in this number now. It is on their home page, unfinished."""


class BadPadCount(IntakeError):
    """A pad has 1 to 50 citations. Enter a number from 1 to 50."""


class NoSuchOfficer(IntakeError):
    """A pad is handed to somebody who takes officer interventions. Choose from the list."""


class AskSupervisor(IntakeError):
    """You asked for earlier cases many times today. Ask a supervisor to look."""


class PacketNeedsRequest(IntakeError):
    """This case was not returned to the prosecutor. Enter why their office asks for the packet."""


# --- the encrypted files ------------------------------------------------------------------


class StoreMissing(IntakeError):
    """The file of records is missing. No new one was made. Check the folder or restore a backup."""


class WrongKey(IntakeError):
    """This key does not open the file of records. Nothing was changed."""


class Damaged(IntakeError):
    """The file of records is damaged. Nothing was changed. Restore the last backup."""


class DiskFull(IntakeError):
    """The disk is full or takes no more. Nothing was saved. What you typed is still here.

    You can still print. Free some space, then save again.
    """


class StorageFailed(IntakeError):
    """The records could not be read or written. What you typed is still here. Try again."""


class StoreTooNew(IntakeError):
    """These records were made by a newer version of this program. Install that version first."""


class AuditBroken(IntakeError):
    """The log of this file does not add up. Tell your administrator before you go on."""


# --- signing in ---------------------------------------------------------------------------


class WrongPassphrase(IntakeError):
    """The user name and passphrase do not match. Check both and try again."""


class KeysOnTheWay(WrongPassphrase):
    """The two do not match here. Check both. New on this computer? First sign in at your usual one.

    Said of every name alike where some have no keys yet: after the next exchange they have.
    """


class ChooseHat(IntakeError):
    """Choose the role that you work in now.

    Attributes:
        roles: Codes of those that this person has.
        kind: Kind of the agency; roles are named after it.
    """

    def __init__(self, roles: Iterable[str] = (), kind: str = "police") -> None:
        super().__init__()
        self.roles, self.kind = tuple(roles), kind


class LockedOut(IntakeError):
    """Too many tries. This sign-in is locked until someone releases it.

    The lock screen adds who can release it.
    """


class VaultMissing(IntakeError):
    """The key file is not there. No new one was made. Check the folder, or restore a backup."""


class VaultDamaged(IntakeError):
    """The key file cannot be read. Nothing was changed. Restore a backup or use a recovery card."""


class VaultExists(IntakeError):
    """There is a department in this folder already. Nothing was changed."""


class WeakKeyFile(IntakeError):
    """The key file asks for weaker protection than is allowed. It was not used."""


class CannotOpen(IntakeError):
    """This was sealed for somebody else, or it was altered."""


class NoGrant(IntakeError):
    """You do not hold the key to these records yet. A key holder must sign in here once."""


class DeviceSecretMissing(IntakeError):
    """This computer's saved secret is gone. Use a recovery card; the records are still safe."""


class BadRegistry(IntakeError):
    """The list of people and roles was altered. It was not used. Tell your administrator."""


class BadRecoveryCard(IntakeError):
    """These card words are not right. Check each word against the card."""


class WeakPassphrase(IntakeError):
    """This passphrase is too short or too common. Use four or more words."""


# --- forms, papers, settings --------------------------------------------------------------


class BadForm(IntakeError):
    """A form file has a mistake. The program runs on without it."""


class FormMissing(IntakeError):
    """The form file for this is not there. Ask your administrator to restore it."""


class PaperMissing(IntakeError):
    """The paper file for this is not there. Ask your administrator to restore it."""


class PaperTooLong(IntakeError):
    """The text does not fit on this paper. Shorten the longest answer."""


class NotFinished(IntakeError):
    """Some answers are still missing."""


class BadEntry(IntakeError):
    """This could not be read. Check how it is written."""


class BadImport(IntakeError):
    """This file could not be read. Nothing was imported."""


class PrinterNotAllowed(IntakeError):
    """This printer is not on the list for these papers. Choose another one."""


class PrintFailed(IntakeError):
    """The printer did not take the page. It is saved and can be printed again."""


class FileNotWritten(IntakeError):
    """The file could not be written there. Choose another folder."""
