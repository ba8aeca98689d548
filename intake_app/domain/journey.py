"""A journey: what measures know of one intake, as codes, days and whole numbers; no name, no words.

It is folded from an intake and all records about it by the same rules that lists and pages use
(`services.measures.journeys`), and lies beside the facts row in the same encrypted file. Measures
read journeys and traits alone, never answers. A journey is derived: it can be thrown away and made
anew, it is never exchanged, and it ends with its record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from intake_app.domain.ids import RecordId


class Subject(StrEnum):
    """What a journey is of."""

    INTAKE = "intake"  # an intake of any pathway, or a past case that was imported
    CONTACT = "contact"  # an entry of the offer ledger without a case: who, nobody knows
    ENDED = "ended"  # the statistic that is left of a purged intake
    REFERRAL = "referral"  # one referral of an intake
    EVENT = "event"  # an overdose, however many people of it are known here, also nobody


class Eligible(StrEnum):
    """Whether somebody could have been offered diversion."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, repr=False)
class Journey:
    """What is known of one intake, contact, statistic or referral.

    Days are "YYYY-MM-DD", empty where it did not happen or nobody knows; codes are those of the
    code tables, empty where nothing is known; numbers are None where nothing is known.

    Attributes:
        record: Of what; an intake, offer, statistic, event or referral.
        subject: Which of these.
        intake: The intake that a referral belongs to; else `record` again. Traits are found by it,
            and all journeys of one intake are replaced together.
        person: Whose intake, as an opaque id; empty where nobody knows.
        pathway: Code.
        program: Form id.
        by: User id of who took it. Cuts by it are for the supervisor's view alone.
        status: Where it stands, as its list shows it.
        opened_on: Of the contact, the referral, or the statistic (then the first of the month).
        eligible: "yes", "no" or "undecided".
        why_not_eligible: Code.
        offered_on: Diversion or help was offered.
        why_not_offered: Code, where somebody was eligible and nothing was offered.
        accepted_on: They said yes.
        declined_on: They said no.
        why_declined: Code.
        tried_on: The first try to reach them.
        contact_on: The first time they were reached; for a walk-in the day itself.
        engaged_on: The first treatment or service that they attended.
        plan_on: A plan was agreed.
        closed_on: It ended.
        outcome: How: "completed", "not_completed", "withdrew", "transferred", "deceased",
            "unable_to_contact", "declined", "ineligible", "declined_by_prosecutor", "returned";
            empty while it is active.
        why_closed: Code of the reason.
        contact_business_days: From `opened_on` to `contact_on`, in the department's business days.
        notice_on: A citation or referral was issued.
        report_by: When the person had to report: local time, "YYYY-MM-DDTHH:MM".
        reported_at: When they did: the same.
        complete_by: Until when everything has to be done.
        charge: What became of the charge.
        handoff: How they were handed over to a provider (code of `handoff_mode`).
        handoff_minutes: How long that took.
        wanted_place: The kind of service that was asked for (referral), or recommended.
        placed: The kind of service where they were placed.
        provider: Record id of the provider's service.
        answer: What the provider said of its capacity: "has_room", "no_room", "wait_list".
        why_refused: Code, where a referral came to nothing.
        wait_days: Days to wait, as they said; or from asking to the first visit.
        came_on: They came to the first visit (referral).
        scheduled: Appointments that were agreed and whose day has come.
        attended: Of these, how many were attended.
        tries: How often somebody tried to reach them.
        kits: Naloxone kits that they were given.
        officer_minutes: From contact to the end, as the officer said.
        visit_on: The day of an agreed visit of which nobody has said whether they came.
        rearrest_asked_on: The last day until which somebody knew whether they were arrested again;
            "not known" is no such day.
        rearrested_on: The first new arrest after `opened_on` (yes and day only).
        arrested_before: Arrests in the twelve months before.
        overdose_on: The overdose that the contact was about, or the first one known.
        overdose_again_on: The next one after it.
        overdose_fatal_on: A fatal one.
        next_due: The oldest open day of a task, deadline or follow-up.
        drive_minutes: To the provider.
    """

    record: RecordId
    subject: Subject = Subject.INTAKE
    intake: RecordId = RecordId("")
    person: str = ""
    pathway: str = ""
    program: str = ""
    by: str = ""
    status: str = ""
    opened_on: str = ""
    eligible: str = ""
    why_not_eligible: str = ""
    offered_on: str = ""
    why_not_offered: str = ""
    accepted_on: str = ""
    declined_on: str = ""
    why_declined: str = ""
    tried_on: str = ""
    contact_on: str = ""
    engaged_on: str = ""
    plan_on: str = ""
    closed_on: str = ""
    outcome: str = ""
    why_closed: str = ""
    contact_business_days: int | None = None
    notice_on: str = ""
    report_by: str = ""
    reported_at: str = ""
    complete_by: str = ""
    charge: str = ""
    handoff: str = ""
    handoff_minutes: int | None = None
    wanted_place: str = ""
    placed: str = ""
    provider: str = ""
    answer: str = ""
    why_refused: str = ""
    wait_days: int | None = None
    came_on: str = ""
    visit_on: str = ""
    scheduled: int | None = None
    attended: int | None = None
    tries: int | None = None
    kits: int | None = None
    officer_minutes: int | None = None
    rearrest_asked_on: str = ""
    rearrested_on: str = ""
    arrested_before: int | None = None
    overdose_on: str = ""
    overdose_again_on: str = ""
    overdose_fatal_on: str = ""
    next_due: str = ""
    drive_minutes: int | None = None
    traits: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """What it may be cut by: codes by cut ("race": ("black", "white")); several where they said
    several. Referrals have none of their own but their service: they are cut by their intake's."""

    def __repr__(self) -> str:
        """Nothing of anybody: this may end up in a log."""
        return f"Journey({self.subject})"


NUMBERS: Final = (
    "contact_business_days", "handoff_minutes", "wait_days", "scheduled", "attended", "tries",
    "kits", "officer_minutes", "arrested_before", "drive_minutes",
)  # fmt: skip
"""The columns that hold whole numbers."""

DAYS: Final = (
    "opened_on", "offered_on", "accepted_on", "declined_on", "tried_on", "contact_on",
    "engaged_on", "plan_on", "closed_on", "notice_on", "complete_by", "came_on", "visit_on",
    "rearrest_asked_on", "rearrested_on", "overdose_on", "overdose_again_on", "overdose_fatal_on",
    "next_due",
)  # fmt: skip
"""The columns that hold days."""

MOMENTS: Final = ("report_by", "reported_at")
"""The columns that hold local moments."""

CODES: Final = (
    "pathway", "program", "by", "status", "eligible", "why_not_eligible", "why_not_offered",
    "why_declined", "outcome", "why_closed", "charge", "handoff", "wanted_place", "placed",
    "provider", "answer", "why_refused", "subject", "person",
)  # fmt: skip
"""The columns that hold codes and ids."""

COLUMNS: Final = (*CODES, *DAYS, *MOMENTS, *NUMBERS)
"""What a measure may ask of; no other name is accepted in a definition."""
