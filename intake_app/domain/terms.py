"""The terms of a program that holds a charge: report-by, completion, conditions, copies.

All of it is written in the program's file under `[terms]`, `[[conditions]]` and `[[visit_hours]]`;
none of it is law known to this code. A form without terms holds no charge.
"""

from dataclasses import dataclass
from enum import StrEnum

from intake_app.domain.text import NOTHING, Text


class Instrument(StrEnum):
    """The paper that holds the charge; both hold it with the same clock."""

    CITATION = "citation"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class VisitHours:
    """When the program's door is open on one day of the week.

    Attributes:
        weekday: 0 is Monday.
        opens: Local time "09:00".
        closes: Local time "16:00": the latest moment to report on that day.
    """

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class ConditionTerm:
    """A condition that a plan starts with; staff may add, change and waive.

    Attributes:
        id: Stable name.
        type: A code of `resources/codes/condition_types.csv` ("assessment", "treatment", ...).
        label: What is to be done.
        due_days: Days after the citation was issued until it is due; 0: by the completion date.
        amount: Hours of service, or minor units of money (cents) for restitution and fees; 0: none.
        is_waivable: A hardship waiver may be given.
    """

    id: str
    type: str
    label: Text
    due_days: int = 0
    amount: int = 0
    is_waivable: bool = False


class Anchor(StrEnum):
    """What a reminder is counted from."""

    REPORT_BY = "report_by"
    COMPLETE_BY = "complete_by"


@dataclass(frozen=True, slots=True)
class ReminderTerm:
    """A reminder to the person, or a check for the desk.

    Attributes:
        id: Stable name.
        label: What it is called at the desk.
        anchor: What it is counted from.
        hours_before: So many hours before it, or 0.
        days_before: So many days before it, or 0.
        business_days_after: So many business days after it, or 0. One of the three is given.
        is_for_person: The person is reminded, by a safe way; otherwise the desk looks.
        paper: The letter, for who may be written to; empty: no letter.
    """

    id: str
    label: Text
    anchor: Anchor
    hours_before: int = 0
    days_before: int = 0
    business_days_after: int = 0
    is_for_person: bool = False
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a program holds a charge.

    Attributes:
        report_hours: Calendar hours to report, or 0.
        report_business_days: Business days to report, or 0. Exactly one of the two is given.
        report_by_time: Local time of day where the program has no hours for that day ("16:00").
        grace_hours: After report-by, until "did not report" may be noted.
        complete_days: Days to complete, or 0.
        complete_months: Months to complete, or 0. Exactly one of the two is given.
        extension_days: Length of one extension.
        extensions: How many extensions are allowed.
        toll_reasons: Codes of `toll_reasons.csv` that stop the clock.
        instruments: What an officer may issue.
        admission: "required", "no_contest" or "not_asked": decides the sentence about guilt.
        victim: "consent" (a victim must consent), "told" or "not_asked".
        approval: "none", "supervisor" or "prosecutor".
        participation_limit: Earlier cases with which a person may still take part; -1: no limit.
        participation_months: Look-back for them; 0: ever.
        place_name: The program's name as printed.
        place_address: Its address, a line each.
        place_phone: Its phone.
        hours: When its door is open; empty: the business days, until `report_by_time`.
        bring: What to bring.
        copies: How many of each paper are printed in one press, by paper id.
        conditions: What a plan starts with.
        reminders: Who is reminded of what, and when.
        seal_days: Days after completion until a case may be sealed.
        token_months: How long a participation token is kept after sealing; 0: none is made.
    """

    report_hours: int = 0
    report_business_days: int = 0
    report_by_time: str = "16:00"
    grace_hours: int = 24
    complete_days: int = 0
    complete_months: int = 0
    extension_days: int = 0
    extensions: int = 0
    toll_reasons: tuple[str, ...] = ()
    instruments: tuple[Instrument, ...] = (Instrument.CITATION,)
    admission: str = "not_asked"
    victim: str = "told"
    approval: str = "none"
    participation_limit: int = -1
    participation_months: int = 0
    place_name: Text = NOTHING
    place_address: tuple[str, ...] = ()
    place_phone: str = ""
    hours: tuple[VisitHours, ...] = ()
    bring: tuple[Text, ...] = ()
    copies: tuple[tuple[str, int], ...] = ()
    conditions: tuple[ConditionTerm, ...] = ()
    reminders: tuple[ReminderTerm, ...] = ()
    seal_days: int = 0
    token_months: int = 0
