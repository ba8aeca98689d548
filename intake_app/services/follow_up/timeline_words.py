"""What the records of a folder are called in a timeline, one line for each kind."""

from collections.abc import Mapping
from typing import Final

from intake_app.domain.follow_up import TaskState
from intake_app.domain.referral import Status
from intake_app.words import mark

PLAIN: Final[Mapping[str, str]] = {
    "aid": mark("Aid was given"),
    "amendment": mark("Answers were changed"),
    "approval": mark("An approval was asked for or given"),
    "attachment": mark("A file was added"),
    "attempt": mark("Somebody tried to reach them"),
    "bed_call": mark("A call for a bed"),
    "case.act": mark("An act in this case"),
    "case.sealing": mark("Sealing was begun"),
    "condition": mark("A condition was set"),
    "condition.progress": mark("Progress was noted"),
    "condition.waiver": mark("A hardship waiver was given"),
    "conflict": mark("People disagreed; a supervisor was asked"),
    "consent": mark("Consent to hand over"),
    "consent.ended": mark("A consent ended"),
    "consent.proceedings": mark("Consent for proceedings"),
    "consent.report_back": mark("Consent to report back"),
    "consent.revoked": mark("A consent was taken back"),
    "consent.told": mark("A recipient was told that the consent was taken back"),
    "consent_tpo": mark("Consent for treatment, payment and operations"),
    "disclosure": mark("Something was disclosed"),
    "eligibility": mark("Eligibility was checked"),
    "episode.step": mark("A step"),
    "event": mark("An event was recorded"),
    "event.person": mark("The intake was joined to an event"),
    "event.reported": mark("ODMAP was told"),
    "follow_up": mark("A follow-up was planned"),
    "intake": mark("Intake taken"),
    "note": mark("A note was added"),
    "offer": mark("Diversion was offered"),
    "override": mark("A rule was set aside"),
    "override.confirmed": mark("The rule that was set aside was confirmed"),
    "paper": mark("A paper was issued"),
    "paper.set_aside": mark("A paper was taken off the list to print"),
    "paper.use": mark("A paper was printed or saved"),
    "paper.void": mark("A paper was voided"),
    "person.conflict": mark("A conflict with a colleague was noted or lifted"),
    "person.flag": mark("A flag was set or lifted"),
    "person.merge": mark("Two persons were found to be one"),
    "person.not_same": mark("Two who looked alike were found to be two people"),
    "person.unmerge": mark("Two persons were parted again"),
    "referral": mark("A referral was made"),
    "referral.step": mark("A step of a referral"),
    "reminder": mark("A reminder was noted"),
    "screening": mark("A screening was done"),
    "treatment": mark("Treatment was noted"),
}
"""By kind; what is not here has a plain line of its own, and is never left out."""

UNKNOWN: Final = mark("An entry of another kind")

PARTS: Final = ("row.", "treatment.crossing", "aid.crossing", "statistic")
"""Kinds (or their beginnings) that are parts of another entry, or on their way elsewhere."""

TASK: Final[Mapping[str, str]] = {
    TaskState.OPEN: mark("Follow-up planned"),
    TaskState.DONE: mark("Follow-up done"),
    TaskState.UNABLE: mark("Unable to contact"),
    TaskState.DROPPED: mark("Follow-up dropped"),
}
HANDED_OVER: Final = mark("Follow-up handed over")
PUT_OFF: Final = mark("Follow-up moved to another day")

FLAGS: Final[Mapping[tuple[str, bool], str]] = {
    ("deceased", True): mark("The person has died"),
    ("deceased", False): mark("“The person has died” was taken back"),
    ("do_not_contact", True): mark("The person asked not to be contacted"),
    ("do_not_contact", False): mark("Contact is allowed again"),
}

REFERRAL: Final[Mapping[str, str]] = {
    Status.DRAFT: mark("Not asked yet"),
    Status.REQUESTED: mark("Asked, no answer yet"),
    Status.ACCEPTED: mark("Accepted"),
    Status.REJECTED: mark("Provider said no"),
    Status.ON_HOLD: mark("On the wait list"),
    Status.IN_PROGRESS: mark("Came"),
    Status.COMPLETED: mark("Completed"),
    Status.CANCELLED: mark("Taken back by the person"),
    Status.FAILED: mark("Did not come about"),
    Status.ENTERED_IN_ERROR: mark("Entered in error"),
}
