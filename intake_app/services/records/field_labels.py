"""What fields of settings, roster, directory, tasks and conditions are called, side by side."""

from collections.abc import Mapping
from typing import Final

from intake_app.domain import facts
from intake_app.domain.dispute import AGENCY, FOLLOW_UP, REFERRAL, ROSTER, SERVICE
from intake_app.domain.follow_up import TaskState
from intake_app.words import mark

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    AGENCY: {
        "name": mark("Name of the department"),
        "address": mark("Street address"),
        "phone": mark("Phone"),
        "ori": mark("ORI"),
        "prefix": mark("Letters of receipt numbers"),
        "neutral_name": mark("Neutral name, for letters and cards"),
        "neutral_address": mark("Return address on those letters"),
        "neutral_phone": mark("Phone on those letters"),
        "logo_alt": mark("What the logo shows"),
        "logo": mark("Logo"),
        "warrant_policy": mark("Warrant checks"),
        "no_arrest_text": mark("“No arrest” statement"),
        "no_arrest_signed": mark("“No arrest” statement: signed on"),
        "program": mark("Program for walk-ins"),
        "programs": mark("Programs of the other ways in"),
        "case_programs": mark("Programs for officer interventions"),
        "printers": mark("Printers"),
        "languages": mark("Languages"),
        "region": mark("State, for holidays (two letters)"),
        "closed_days": mark("More days on which offices are closed"),
        "open_days": mark("Holidays on which offices are open"),
        "lock_seconds": mark("Idle seconds until the files are locked"),
        "sign_in_policy": mark("Rules of signing in"),
        "second_factor": mark("Second proof"),
        "second_factor_reason": mark("Why there is no code, in your own words"),
        "audit_years": mark("Years that the audit trail is kept"),
        "backup_days": mark("Days until a backup expires"),
        "drill_days": mark("Days until a recovery card should be checked again"),
        "kind": mark("Kind of agency"),
        "blur_seconds": mark("Idle seconds until the window shows nothing"),
        "stale_days": mark("Days until a provider's entry is called old"),
        "deputy": mark("Who is told when handed-in intakes wait too long"),
        "deputy_hours": mark("Hours until that person is told"),
        "shift_hours": mark("Hours of a shift"),
        "pathways": mark("Ways in that are turned on"),
        "screenings": mark("Screenings that are turned on"),
        "attachment_mb": mark("How large a scan or photo may be, in megabytes"),
        "mou_required": mark("Refuse letters to providers without an agreement (MOU) in force"),
        "tokens_a_day": mark("How often one person may ask for sealed cases in a day"),
        "also_asks": mark("Questions for the numbers"),
        "small_cell": mark("Smallest number above 0 that is shown in released numbers"),
        "fiscal_month": mark("First month of the fiscal year"),
        "booking_cents": mark("Cost of one booking"),
        "jail_day_cents": mark("Cost of one day in jail"),
        "jail_days_tenths": mark("Days in jail that one arrest means"),
        "arrest_minutes": mark("An officer's minutes for one arrest and booking"),
    },
    ROSTER: {
        "role": mark("What for"), "name": mark("Name"), "phone": mark("Phone"),
        "note": mark("Note"), "shifts": mark("Hours"),
        "is_always": mark("Can be called at any hour"),
        "is_active": mark("Is on the roster now"),
    },
    SERVICE: {
        "name": mark("Name of the service"), "organization": mark("Who gives it"),
        "types": mark("What they do"), "status": mark("Do they take people now?"),
        "description": mark("About"), "alert": mark("Please note"),
        "address": mark("Address"), "city": mark("City or town"), "phones": mark("Phones"),
        "email": mark("E-mail"), "url": mark("Web page"),
        "channel": mark("How they want to be reached"),
        "closed_loop_contact": mark("Who tells us what came of it"),
        "schedules": mark("Hours"), "holidays": mark("On holidays"),
        "closed_days": mark("Days on which they are closed"), "wait_time": mark("Waiting time"),
        "insurance": mark("Insurance they take"), "languages": mark("Languages"),
        "interpretation": mark("Interpreters"), "accessibility": mark("Access"),
        "eligibility": mark("Who they take"), "application": mark("How to apply"),
        "documents": mark("What to bring"), "fees": mark("Cost"),
        "mou_id": mark("Agreement with us (MOU): its number"),
        "mou_expires": mark("Agreement ends on"), "note": mark("Our note"),
        "merged_into": mark("The same as another entry"),
    },
    FOLLOW_UP: {
        facts.DUE: mark("Due on"), facts.BY: mark("Who does it"),
        "state": mark("How it stands"), facts.REASON: mark("Reason"),
    },
    REFERRAL: {"note": mark("Note")},
    "condition": {"label": mark("Condition"), "due": mark("Due on"), "hours": mark("Hours")},
}  # fmt: skip
"""By kind of record and field."""

STATES: Final[Mapping[str, str]] = {
    TaskState.OPEN: mark("Still to be done"),
    TaskState.DONE: mark("Done"),
    TaskState.UNABLE: mark("Unable to contact"),
    TaskState.DROPPED: mark("Dropped"),
}

KINDS: Final[Mapping[str, str]] = {
    AGENCY: mark("Settings"),
    ROSTER: mark("Roster"),
    SERVICE: mark("Directory of providers"),
    "provider.organization": mark("Directory of providers"),
    FOLLOW_UP: mark("Follow-up"),
    REFERRAL: mark("Referral"),
    "condition": mark("Condition"),
    "attachment": mark("File"),
}
"""What a record is called that is not an intake or a case itself."""
