"""What statuses, acts and words of conditions are called, for window and paper."""

from collections.abc import Mapping
from typing import Final

from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_status import CaseStatus, ChargeStatus
from intake_app.domain.condition import Word
from intake_app.words import mark

STATUS: Final[Mapping[str, str]] = {
    CaseStatus.NOT_ISSUED: mark("Nothing issued yet"),
    CaseStatus.ISSUED: mark("Waiting for the visit"),
    CaseStatus.NO_SHOW: mark("Did not report"),
    CaseStatus.REPORTED: mark("Reported"),
    CaseStatus.ASSESSED: mark("Assessed"),
    CaseStatus.PLAN_ACTIVE: mark("Working on the plan"),
    CaseStatus.COMPLETED: mark("Completed"),
    CaseStatus.NOT_COMPLETED: mark("Not completed"),
    CaseStatus.WITHDREW: mark("Withdrew"),
    CaseStatus.TRANSFERRED: mark("Transferred"),
    CaseStatus.DECEASED: mark("Died"),
    CaseStatus.DECLINED_BY_PROSECUTOR: mark("Declined by the prosecutor"),
    CaseStatus.RETURNED: mark("Returned to the prosecutor"),
    CaseStatus.ENTERED_IN_ERROR: mark("Entered in error"),
    "conflict": mark("People disagree: a supervisor decides"),
}

CHARGE: Final[Mapping[str, str]] = {
    ChargeStatus.HELD: mark("The charge is held."),
    ChargeStatus.NOT_FILED: mark("The charge is not filed."),
    ChargeStatus.VOIDED: mark("The charge is voided."),
    ChargeStatus.FILED: mark("The charge is filed."),
    ChargeStatus.WARRANT_REQUESTED: mark("A warrant was requested."),
}

ACT: Final[Mapping[CaseActKind, str]] = {
    CaseActKind.ISSUED: mark("The citation was issued"),
    CaseActKind.REFERRED: mark("The referral was issued"),
    CaseActKind.REISSUED: mark("A wrong paper was voided and issued anew"),
    CaseActKind.REPORT_BY_SET: mark("The report-by on the paper was noted"),
    CaseActKind.NO_SHOW: mark("The person did not report"),
    CaseActKind.RESCHEDULED: mark("A new report-by was set"),
    CaseActKind.REPORTED: mark("The person reported"),
    CaseActKind.ASSESSED: mark("The program assessed the person"),
    CaseActKind.PLAN_AGREED: mark("The plan was agreed"),
    CaseActKind.TOLL_STARTED: mark("The clock was stopped"),
    CaseActKind.TOLL_ENDED: mark("The clock was started again"),
    CaseActKind.EXTENDED: mark("The case was extended"),
    CaseActKind.LIMITATION_SET: mark("The limitation date was noted"),
    CaseActKind.DO_NOT_CONTACT: mark("The person asked not to be contacted"),
    CaseActKind.CONTACT_RESUMED: mark("Contact is allowed again"),
    CaseActKind.COMPLETED: mark("Closed: completed"),
    CaseActKind.NOT_COMPLETED: mark("Closed: not completed"),
    CaseActKind.WITHDREW: mark("Closed: the person withdrew"),
    CaseActKind.TRANSFERRED: mark("Closed: transferred"),
    CaseActKind.DECEASED: mark("Closed: the person died"),
    CaseActKind.DECLINED_BY_PROSECUTOR: mark("Closed: declined by the prosecutor"),
    CaseActKind.RETURNED: mark("Closed: returned to the prosecutor"),
    CaseActKind.ENTERED_IN_ERROR: mark("Marked as entered in error"),
    CaseActKind.REOPENED: mark("Reopened"),
    CaseActKind.NOT_FILED: mark("The charge was not filed"),
    CaseActKind.VOIDED: mark("The charge was voided"),
    CaseActKind.FILED: mark("The charge was filed"),
    CaseActKind.WARRANT_REQUESTED: mark("A warrant was asked for"),
    CaseActKind.SETTLED: mark("A supervisor settled the conflict"),
    CaseActKind.SEALED: mark("The case was sealed"),
    CaseActKind.UNREADABLE: mark("An entry of another version of this program"),
}

WORD: Final[Mapping[str, str]] = {
    Word.PENDING: mark("Pending"),
    Word.MET: mark("Met"),
    Word.NOT_MET: mark("Not met"),
    Word.WAIVED: mark("Waived"),
}

REASONS: Final[Mapping[CaseActKind, str]] = {
    CaseActKind.EXTENDED: "extension_reasons",
    CaseActKind.TOLL_STARTED: "toll_reasons",
    CaseActKind.NOT_COMPLETED: "not_completed_reasons",
    CaseActKind.RETURNED: "not_completed_reasons",
}
"""The code table of the reasons of an act."""
