"""Why something may not be done with a case now, each in a sentence that says what to do."""

from enum import StrEnum


class Refusal(StrEnum):
    """A sentence of the translation catalog; `ALLOWED` is empty."""

    ALLOWED = ""
    SEALED = "This case is sealed. Ask the privacy officer."
    CONFLICT = (
        "Two people noted different things about this case. "
        "A supervisor must first say which one holds."
    )
    CONFLICT_IN_CARE = (
        "Two people noted different things about how far this has come. "
        "A coordinator must first say which one holds."
    )
    NO_CONFLICT = "Nothing contradicts here, so there is nothing to settle."
    CLOSED = "This case is closed. To correct that, reopen it first."
    STILL_OPEN = "This case is still open. Close it first."
    NOT_ISSUED = "Nothing was issued yet. Issue the citation or the referral first."
    ALREADY_ISSUED = "This was issued already. To replace a wrong paper, void and reissue it."
    ALREADY_REPORTED = "The person has reported already."
    NOT_REPORTED = "Note first that the person reported to the program."
    ALREADY_NO_SHOW = "It is noted already that the person did not report. Set a new report-by."
    TOLLED = "The clock of this case stands still. Note first that it runs again."
    NOT_TOLLED = "The clock of this case is running. There is nothing to end."
    DECEASED = "The person has died. All letters and reminders are stopped."
    DO_NOT_CONTACT = "The person asked not to be contacted. Letters and reminders are stopped."
    NOT_STOPPED = "Contact is allowed already."
    IN_ERROR = "This case was entered in error."
    ALREADY_NOTED = "This is noted already."
    WAS_COMPLETED = (
        "This case was completed, so the charge is not filed. If that is wrong, reopen it first."
    )
    NOT_COMPLETED = "Only a completed case is sealed."
    CHARGE_HELD = "Note first what became of the charge."
    TOO_EARLY_TO_SEAL = "The program seals a case only some time after it was completed. Wait."
    TOO_EARLY = "The time to report is not over yet. Wait until it is."
    NO_EXTENSIONS = "This program gives no extensions."
    EXTENSIONS_USED = "All extensions of this program are used."
    NO_COMPLETION = "This case has no completion date that could be extended."
    PAST_LIMITATION = (
        "This is later than the limitation date. "
        "Choose an earlier day, or ask the prosecutor's office for a new date."
    )
    IN_THE_PAST = "This moment has passed. Choose a later one."
    DOOR_CLOSED = "The program is closed then. Choose a time when it is open."
    AFTER_COMPLETION = "This is later than the completion date. Choose an earlier day."
    UNKNOWN_TOLL = "This program does not stop the clock for this reason."
