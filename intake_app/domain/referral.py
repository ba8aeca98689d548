"""A referral: a request that a provider serve somebody, and how far it has come.

Stored words are those of the FHIR Task as Gravity's referrals use them (domain facts 1.8); what is
read on screen is plainer. Each step is a fact that says who said so. The status is folded from the
steps, in the order of their ids, so that every station finds the same.

The loop is closed only when the provider itself confirmed that the person came. What we or the
person say is kept beside it, and closes nothing. A card that somebody was handed is no referral.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, TypeVar, cast

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record

_Kind = TypeVar("_Kind", bound=StrEnum)

_NOBODY: Final = UserId("")

REFERRAL: Final = "referral"
STEP: Final = "referral.step"
"""Kinds: a record about an intake, and a fact about a referral."""

CARD: Final = "card"
"""The way ("mode") that is no referral: a card or a flyer was handed over, and nothing more."""


class Status(StrEnum):
    """How far a referral has come (FHIR Task)."""

    DRAFT = "draft"  # nobody was asked yet
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"  # the provider said no before it began
    ON_HOLD = "on-hold"  # wait list
    IN_PROGRESS = "in-progress"  # the person came
    COMPLETED = "completed"
    CANCELLED = "cancelled"  # the person took it back
    FAILED = "failed"  # tried, and it did not come about
    ENTERED_IN_ERROR = "entered-in-error"


class SaidBy(StrEnum):
    """On whose word a step rests."""

    PROVIDER = "provider"
    PERSON = "person"
    STAFF = "staff"


class Visit(StrEnum):
    """Whether the person came to the appointment."""

    CAME = "came"
    MISSED = "missed"


_S: Final = Status
_ENDS: Final = frozenset({_S.CANCELLED, _S.ENTERED_IN_ERROR})
_ON_THE_WAY: Final = frozenset({
    _S.ACCEPTED, _S.REJECTED, _S.ON_HOLD, _S.IN_PROGRESS, _S.COMPLETED, _S.CANCELLED, _S.FAILED,
    _S.ENTERED_IN_ERROR,
})  # fmt: skip
NEXT: Final[Mapping[Status, frozenset[Status]]] = {
    _S.DRAFT: _ON_THE_WAY - {_S.COMPLETED, _S.IN_PROGRESS, _S.FAILED} | {_S.REQUESTED},
    _S.REQUESTED: _ON_THE_WAY | {_S.REQUESTED},
    _S.ACCEPTED: _ON_THE_WAY,
    _S.ON_HOLD: _ON_THE_WAY,
    _S.IN_PROGRESS: _ON_THE_WAY - {_S.REJECTED, _S.ACCEPTED, _S.ON_HOLD},
    _S.COMPLETED: frozenset({_S.COMPLETED, _S.ENTERED_IN_ERROR}),
    _S.REJECTED: frozenset({_S.REQUESTED, _S.ENTERED_IN_ERROR}),
    _S.FAILED: frozenset({_S.ENTERED_IN_ERROR}),
    _S.CANCELLED: frozenset({_S.ENTERED_IN_ERROR}),
    _S.ENTERED_IN_ERROR: frozenset(),
}
"""What may follow what."""

LATE_WORD: Final[Mapping[Status, frozenset[Status]]] = {
    _S.REJECTED: frozenset({_S.ACCEPTED, _S.ON_HOLD, _S.IN_PROGRESS}),
    _S.FAILED: frozenset({_S.ACCEPTED, _S.IN_PROGRESS, _S.COMPLETED}),
}
"""What a provider alone may still say after an end: "we have a bed now", "she came after all"."""

_CONFIRMS: Final = frozenset({_S.IN_PROGRESS, _S.COMPLETED})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a referral.

    Attributes:
        id: Its record.
        order: The change that wrote it: what comes first.
        status: Where the referral stands afterwards.
        at: When it happened: local time with offset.
        by: Who entered it.
        said_by: On whose word.
        reason: A code, where it went another way than hoped.
        note: Words beside it.
        contact: Whom we spoke with, or who took over there.
        appointment: A first visit that was agreed (local time with offset), or empty.
        visit: Whether the person came, or empty.
        wait_days: Days to wait, as they said, or None.
    """

    id: RecordId
    order: str
    status: Status
    at: str = ""
    by: UserId = _NOBODY
    said_by: SaidBy = SaidBy.STAFF
    reason: str = ""
    note: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    appointment: str = ""
    visit: str = ""
    wait_days: int | None = None

    @property
    def confirms(self) -> bool:
        """Whether the provider says with it that the person came."""
        return self.said_by is SaidBy.PROVIDER and self.status in _CONFIRMS


@dataclass(frozen=True, slots=True)
class Standing:
    """How a referral stands.

    Attributes:
        status: Where.
        asked_at: When the provider was first asked, or empty.
        appointment: The first visit, or empty.
        visit: Whether the person came, or empty.
        missed: How many appointments they missed.
        wait_days: Days to wait, or None.
        reason: Why it stands so, a code, or empty.
        closed_at: When the provider confirmed that the person came; empty: the loop is open.
    """

    status: Status = Status.DRAFT
    asked_at: str = ""
    appointment: str = ""
    visit: str = ""
    missed: int = 0
    wait_days: int | None = None
    reason: str = ""
    closed_at: str = ""

    @property
    def is_closed_loop(self) -> bool:
        """Whether the provider confirmed it, and it was no error."""
        return bool(self.closed_at) and self.status is not Status.ENTERED_IN_ERROR

    @property
    def is_waiting(self) -> bool:
        """Whether the provider still owes a word."""
        open_ones = {_S.REQUESTED, _S.ACCEPTED, _S.ON_HOLD, *_CONFIRMS}
        return self.status in open_ones and not self.is_closed_loop

    @property
    def waits_since(self) -> str:
        """The day from which on a word is owed (YYYY-MM-DD), or empty."""
        return (self.appointment or self.asked_at)[:10] if self.is_waiting else ""


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral with its steps.

    Attributes:
        id: Its record.
        intake: The intake that it belongs to.
        service: Code of the service that is asked for.
        provider: The record of the provider's entry, or empty.
        provider_name: As it was chosen or typed.
        urgency: Code.
        mode: Code of how it is made (`handoff_mode`).
        note: Words beside it; never printed.
        opened: When it was begun.
        by: Who began it.
        steps: In order.
        standing: How it stands.
    """

    id: RecordId
    intake: RecordId
    service: str
    provider: RecordId
    provider_name: str
    urgency: str
    mode: str
    note: str = field(default="", repr=False)
    opened: str = ""
    by: UserId = _NOBODY
    steps: tuple[Step, ...] = ()
    standing: Standing = field(default_factory=Standing)

    @property
    def is_card(self) -> bool:
        """Whether only a card was handed over, which counts as no referral."""
        return self.mode == CARD

    def may_follow(self, status: Status, said_by: SaidBy) -> bool:
        """Whether this may be noted now."""
        if self.is_card:
            return status in _ENDS and self.standing.status not in _ENDS
        return may_follow(self.standing.status, status, said_by)


@dataclass(frozen=True, slots=True)
class Counts:
    """What may be counted of some referrals.

    Attributes:
        referrals: Providers who were asked; drafts and errors left out.
        closed: Those of them whose loop the provider closed.
        cards: Cards that were handed over; counted apart.
    """

    referrals: int = 0
    closed: int = 0
    cards: int = 0


def may_follow(now: Status, status: Status, said_by: SaidBy) -> bool:
    """Whether a step may follow where a referral stands."""
    if status in NEXT[now]:
        return True
    return said_by is SaidBy.PROVIDER and status in LATE_WORD.get(now, ())


def fold(steps: Iterable[Step]) -> Standing:
    """How a referral stands after its steps, whatever order they arrive in.

    A step that could not follow (two people wrote without seeing each other) stays readable in
    the list of steps, and moves nothing.
    """
    standing = Standing()
    for step in sorted(steps, key=lambda step: step.order):
        if may_follow(standing.status, step.status, step.said_by):
            standing = _after(standing, step)
    return standing


def _after(was: Standing, step: Step) -> Standing:
    is_asked = step.status is not Status.DRAFT
    return replace(
        was,
        status=step.status,
        asked_at=was.asked_at or (step.at if is_asked else ""),
        appointment=step.appointment or was.appointment,
        visit=step.visit or ("" if step.appointment else was.visit),
        missed=was.missed + (step.visit == Visit.MISSED),
        wait_days=step.wait_days if step.wait_days is not None else was.wait_days,
        reason=step.reason,
        closed_at=was.closed_at or (step.at if step.confirms else ""),
    )


def counted(referrals: Iterable[Referral]) -> Counts:
    """Count referrals and cards apart; a loop that only we call closed is not counted as closed."""
    real = [one for one in referrals if one.standing.status is not Status.ENTERED_IN_ERROR]
    asked = [o for o in real if not o.is_card and o.standing.status is not Status.DRAFT]
    return Counts(
        referrals=len(asked),
        closed=sum(one.standing.is_closed_loop for one in asked),
        cards=sum(one.is_card for one in real),
    )


def referral_of(record: Record, steps: Sequence[Record]) -> Referral:
    """Read a referral; what another station wrote may be anything."""
    values = record.values
    named = values.get("provider")
    provider = cast("Mapping[str, Value]", named if isinstance(named, Mapping) else {})
    read = sorted((step_of(one) for one in steps), key=lambda step: step.order)
    return Referral(
        id=record.id,
        intake=record.about,
        service=_text(values, "service"),
        provider=RecordId(_text(provider, "id")),
        provider_name=_text(provider, "name"),
        urgency=_text(values, "urgency"),
        mode=_text(values, "mode"),
        note=_text(values, "note"),
        opened=_text(values, facts.OPENED),
        by=UserId(_text(values, facts.BY)),
        steps=tuple(read),
        standing=fold(read),
    )


def step_of(record: Record) -> Step:
    """Read a step."""
    values = record.values
    days = values.get("wait_days")
    return Step(
        id=record.id,
        order=record.base,
        status=_one_of(Status.DRAFT, values.get("status")),
        at=_text(values, "at"),
        by=UserId(_text(values, facts.BY)),
        said_by=_one_of(SaidBy.STAFF, values.get("said_by")),
        reason=_text(values, "reason"),
        note=_text(values, "note"),
        contact=_text(values, "contact"),
        appointment=_text(values, "appointment"),
        visit=_text(values, "visit"),
        wait_days=days if isinstance(days, int) and not isinstance(days, bool) else None,
    )


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _one_of(default: _Kind, value: Value) -> _Kind:
    try:
        return type(default)(value)
    except ValueError:
        return default
