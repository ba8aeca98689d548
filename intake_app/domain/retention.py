"""How long records are kept, by pathway and outcome; the schedule itself is a file.

What is due is computed from days that stand in the records: the contact, the closing, what became
of the charge. Nothing happens by itself: what is due is shown with its reason, and people decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from intake_app.domain.days import add_months
from intake_app.domain.ids import RecordId
from intake_app.domain.purge import Waits
from intake_app.domain.roles import Compartment
from intake_app.domain.text import NOTHING, Text


class Does(StrEnum):
    """What a rule asks for when its time has come."""

    DEIDENTIFY = "deidentify"
    SEAL = "seal"
    PURGE = "purge"
    KEEP = "keep"  # at least so long: nothing is asked for


class Since(StrEnum):
    """From when a rule counts."""

    CONTACT = "contact"  # the day of the intake
    CLOSE = "close"  # the day on which participation or the case ended
    DISPOSITION = "disposition"  # the day on which the charge was decided
    MADE = "made"  # the day of the record itself: a consent, a line of the log


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the schedule.

    Attributes:
        id: Stable name.
        label: What it is about.
        does: What is to be done.
        room: The file that it is about; None: no file of people (a log, a ledger).
        since: From when it counts.
        pathways: Codes; empty: all of the room.
        outcomes: Statuses; empty: any.
        without_consent: Only where nobody signed anything, and nothing is in work.
        days: After that day.
        months: After that day.
        authority: The law or policy that it comes from.
    """

    id: str
    label: Text
    does: Does
    room: Compartment | None
    since: Since
    pathways: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    without_consent: bool = False
    days: int = 0
    months: int = 0
    authority: Text = NOTHING

    def until(self, day: date) -> date:
        """When it is due, counted from a day."""
        return add_months(day, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Basis:
    """Why somebody may propose to destroy a record.

    Attributes:
        id: Stable name.
        label: What people read.
        at_once: It does not wait.
        drops_token: A participation token goes too, where there is one.
        authority: The law that it comes from.
    """

    id: str
    label: Text
    at_once: bool = False
    drops_token: bool = False
    authority: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Schedule:
    """The retention schedule of a department.

    Attributes:
        version: Of the file.
        date: Of the file (YYYY-MM-DD).
        source: Where its numbers come from.
        status: "have counsel check", or who checked it.
        rules: In order.
        bases: In order.
        waits: How long approved orders wait.
    """

    version: str = ""
    date: str = ""
    source: Text = NOTHING
    status: Text = NOTHING
    rules: tuple[Rule, ...] = ()
    bases: tuple[Basis, ...] = ()
    waits: Waits = field(default_factory=Waits)

    def basis(self, ident: str) -> Basis | None:
        """A basis by its id."""
        return next((one for one in self.bases if one.id == ident), None)

    def rules_for(self, room: Compartment) -> tuple[Rule, ...]:
        """The rules that ask for something in a file."""
        return tuple(r for r in self.rules if r.room is room and r.does is not Does.KEEP)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the schedule asks of one record.

    Attributes:
        record: The intake.
        pathway: Its code.
        outcome: Its status.
        contact: The day of the intake.
        closed: The day on which it ended, or None.
        disposition: The day on which the charge was decided, or None.
        is_active: Something is in work, and it has not ended.
        has_consent: Something was signed.
    """

    record: RecordId
    pathway: str
    outcome: str
    contact: date
    closed: date | None = None
    disposition: date | None = None
    is_active: bool = False
    has_consent: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """What is due, and why.

    Attributes:
        record: The record.
        rule: The rule that asks for it.
        on: Since when it is due.
        counted: The day from which it was counted.
    """

    record: RecordId
    rule: Rule
    on: date
    counted: date


def due_of(subject: Subject, rules: Iterable[Rule]) -> Due | None:
    """What comes first for a record, whether its day has come or not; None: nothing."""
    found = [due for rule in rules if (due := _due(subject, rule)) is not None]
    return min(found, key=lambda due: due.on, default=None)  # the first rule of a day


def _due(subject: Subject, rule: Rule) -> Due | None:
    start = {
        Since.CONTACT: subject.contact, Since.CLOSE: subject.closed,
        Since.DISPOSITION: subject.disposition, Since.MADE: None,
    }[rule.since]  # fmt: skip
    if start is None or not _is_about(subject, rule):
        return None
    return Due(subject.record, rule, rule.until(start), start)


def _is_about(subject: Subject, rule: Rule) -> bool:
    if rule.without_consent and (subject.has_consent or subject.is_active):
        return False
    return (not rule.pathways or subject.pathway in rule.pathways) and (
        not rule.outcomes or subject.outcome in rule.outcomes
    )
