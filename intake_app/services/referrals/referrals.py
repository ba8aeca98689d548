"""Referrals: made from an intake, followed step by step, closed by the provider's word alone.

Each step is a fact that says on whose word it rests; the status that lists show is written beside
it in the same transaction. Nobody is asked, called or written to about a person who has died or
who wants no contact; what a provider has told us may still be noted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.consent import Party
from intake_app.domain.errors import (
    BadEntry,
    CardIsNoReferral,
    NotFinished,
    NotYetHappened,
    ReasonMissing,
    RecordMissing,
    StepNotAllowed,
)
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.provider import stable_id
from intake_app.domain.referral import (
    CARD,
    REFERRAL,
    STEP,
    Referral,
    SaidBy,
    Standing,
    Status,
    Step,
    Visit,
    fold,
    referral_of,
)
from intake_app.domain.roles import May
from intake_app.services.consents.consents import ended_by_visit
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import refuse_stopped
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.choices import require_choice
from intake_app.services.records.on_paper import moment
from intake_app.services.records.writing import create, fact, write

SERVICES: Final = "services"
URGENCY: Final = "urgency"
MODES: Final = "handoff_mode"
REFUSALS: Final = "placement_reasons"
NOT_COME: Final = "not_enrolled_reasons"
TAKEN_BACK: Final = "declined_reasons"
"""Code tables."""

REASONS: Final[Mapping[Status, str]] = {
    Status.REJECTED: REFUSALS,
    Status.FAILED: NOT_COME,
    Status.CANCELLED: TAKEN_BACK,
}
"""Where a step asks why: the code table of its reasons."""

_GIVEN: Final = {"warm_in_person": "in_person", "warm_call": "three_way_call", "card_only": CARD}
"""What was done at the scene (code table `referral_given`), as a way of referring."""

_LONGEST_WAIT: Final = 3650
"""Days on a wait list; more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What somebody wants to refer to.

    Attributes:
        service: Code of `services`.
        provider: {"id": record or "", "name": as chosen or typed}.
        mode: Code of `handoff_mode`.
        urgency: Code of `urgency`, or empty.
        appointment: A first visit that is agreed already, or empty.
        note: Words beside it; never printed.
        is_first: It comes from the intake's own answers, and is made once.
    """

    service: str
    provider: Mapping[str, str]
    mode: str
    urgency: str = ""
    appointment: str = ""
    note: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class NewStep:
    """Something that happened to a referral; see `domain.referral.Step`.

    Attributes:
        status: Where it stands then.
        said_by: On whose word.
        at: When; empty: now.
        reason: Code of the table that `REASONS` names; of `not_enrolled_reasons` for a visit
            that was missed.
        note: Words.
        contact: Whom we spoke with.
        appointment: A first visit that was agreed.
        visit: Whether the person came.
        wait_days: Days to wait.
    """

    status: Status
    said_by: SaidBy = SaidBy.STAFF
    at: str = ""
    reason: str = ""
    note: str = ""
    contact: str = ""
    appointment: str = ""
    visit: str = ""
    wait_days: int | None = None


# --- making -------------------------------------------------------------------------------


def make_referral(desk: Desk, intake: RecordId, new: NewReferral) -> RecordId:
    """Begin a referral; with an appointment, the provider has said yes already.

    The one that comes from the intake's answers is made once, however often it is asked for.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
        EnteredInError: It is out of all lists.
        ContactStopped: The person has died, or wants no contact.
        NotFinished: There is no provider.
        UnknownCode: A code is on no list.
    """
    desk.require(May.MAKE_REFERRAL)
    file = desk.care_file
    record = intake_in(file, intake, to_change=True)
    refuse_stopped(file, intake)
    _check_new(desk, new)
    ident = first_id(intake) if new.is_first else new_record_id()
    if file.record(ident) is not None:
        return ident
    to, user, at = file, desk.person.id, stamp(desk.clock)
    agreed = bool(new.appointment) and new.mode != CARD
    said = NewStep(Status.ACCEPTED, SaidBy.PROVIDER, at, appointment=new.appointment)
    steps = [_step_change(desk, file, ident, said)] if agreed else []
    standing = fold([_as_step(said, steps[0])]) if agreed else Standing()
    fields: dict[str, Value] = {
        "service": new.service, "provider": dict(new.provider), "urgency": new.urgency,
        "mode": new.mode, "note": new.note, facts.OPENED: at, facts.BY: user,
        facts.NUMBER: record.values.get(facts.NUMBER, ""), **shown_of(standing),
    }  # fmt: skip
    made = create(to, user, REFERRAL, ident, fields, about=intake)
    file.apply([made, *steps], desk.act("make referral", ident))
    return ident


def first_id(intake: RecordId) -> RecordId:
    """The record of the referral that comes from an intake's own answers: the same each time."""
    return stable_id(REFERRAL, intake)


def offered_first(desk: Desk, file: Records, intake: RecordId, answers: Answers) -> (
    NewReferral | None
):  # fmt: skip
    """The referral that an intake's own answers tell of, while it is not made yet."""
    named = answers.get("provider")
    if not isinstance(named, Mapping) or file.record(first_id(intake)) is not None:
        return None
    chosen = cast("Mapping[str, Value]", named)
    known = {one.id for one in desk.library.codes(SERVICES)}
    given = answers.get("referral_given")
    asked = [*(answers.get("services") or ()), *(answers.get("wants") or ())]
    return NewReferral(
        service=next((str(one) for one in asked if one in known), "other"),
        provider={"id": str(chosen.get("id") or ""), "name": str(chosen.get("name") or "")},
        mode=str(answers.get("handoff_mode") or _GIVEN.get(str(given), "letter")),
        urgency=str(answers.get("referral_urgency") or ""),
        appointment=str(answers.get("appointment") or ""),
        is_first=True,
    )


def _check_new(desk: Desk, new: NewReferral) -> None:
    if not str(new.provider.get("name") or "").strip():
        raise NotFinished("provider")
    require_choice(desk, SERVICES, new.service)
    require_choice(desk, MODES, new.mode)
    if new.urgency:
        require_choice(desk, URGENCY, new.urgency)
    if new.appointment:
        _read(desk, new.appointment)


# --- what happens -------------------------------------------------------------------------


def note_step(desk: Desk, referral: RecordId, new: NewStep) -> Referral:
    """Note what happened to a referral.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such referral here.
        ContactStopped: The provider would be asked about somebody who wants no contact.
        CardIsNoReferral: Only a card was handed over.
        StepNotAllowed: It cannot follow where the referral stands.
        ReasonMissing: No reason where one is needed, or one that needs words.
        UnknownCode: The reason is not on the list.
        NotYetHappened: Its moment is still to come.
        BadEntry: A moment or a number cannot be read.
    """
    desk.require(May.MAKE_REFERRAL)
    file = desk.care_file
    before = read_referral(file, referral)
    if new.status is Status.REQUESTED:
        refuse_stopped(file, before.intake)
    _check_step(desk, before, new)
    change = _step_change(desk, file, referral, new)
    steps = (*before.steps, _as_step(new, change))
    after = replace(before, steps=steps, standing=fold(steps))
    shown = write(file, desk.person.id, REFERRAL, referral, shown_of(after.standing))
    changes = [change, shown, *_ended_by(desk, before, new, change)]
    file.apply(changes, desk.act(f"referral {new.status}", referral))
    return after


def _ended_by(desk: Desk, before: Referral, new: NewStep, step: Change) -> list[Change]:
    """A consent until the first visit ends with it."""
    if new.status is not Status.IN_PROGRESS:
        return []
    to = Party(before.provider_name, before.provider)
    return ended_by_visit(desk, before.intake, to, str(step.fields["at"])[:10])


def _check_step(desk: Desk, before: Referral, new: NewStep) -> None:
    if not before.may_follow(new.status, new.said_by):
        raise CardIsNoReferral if before.is_card else StepNotAllowed
    if new.at and moment(desk, _read(desk, new.at)) > desk.clock.now():
        raise NotYetHappened
    if new.appointment:
        _read(desk, new.appointment)
    if new.wait_days is not None and not 0 <= new.wait_days <= _LONGEST_WAIT:
        raise BadEntry("days")
    table = NOT_COME if new.visit == Visit.MISSED else REASONS.get(new.status, "")
    if table:
        _check_reason(desk, table, new)
    elif new.status is Status.ENTERED_IN_ERROR and not new.note.strip():
        raise ReasonMissing


def _check_reason(desk: Desk, table: str, new: NewStep) -> None:
    if not new.reason:
        raise ReasonMissing
    if require_choice(desk, table, new.reason).needs_text and not new.note.strip():
        raise ReasonMissing


def _step_change(desk: Desk, file: Records, referral: RecordId, new: NewStep) -> Change:
    fields: dict[str, Value] = {
        "status": str(new.status), "at": _read(desk, new.at) if new.at else stamp(desk.clock),
        "said_by": str(new.said_by), "reason": new.reason, "note": new.note.strip(),
        "contact": new.contact.strip(), "appointment": new.appointment, "visit": new.visit,
        "wait_days": new.wait_days, **desk.entered(),
    }  # fmt: skip
    said = {name: value for name, value in fields.items() if value not in ("", None)}
    return fact(file, desk.person.id, STEP, new_record_id(), said, about=referral)


def _as_step(new: NewStep, change: Change) -> Step:
    return Step(
        change.record, change.id, new.status, str(change.fields["at"]), change.user, new.said_by,
        new.reason, new.note, new.contact, new.appointment, new.visit, new.wait_days,
    )  # fmt: skip


def shown_of(standing: Standing) -> dict[str, Value]:
    """What lists and measures read of a referral."""
    return {
        facts.STATUS: str(standing.status),
        facts.DUE: standing.waits_since,
        "appointment": standing.appointment,
        "closed_at": standing.closed_at if standing.is_closed_loop else "",
    }


# --- reading, and what others ask ---------------------------------------------------------


def referrals_in(file: Records, intake: RecordId) -> Iterable[Referral]:
    """The referrals of an intake, the oldest first; cards too."""
    for record in file.about(intake, REFERRAL):
        yield referral_of(record, file.about(record.id, STEP))


def read_referral(file: Records, referral: RecordId) -> Referral:
    """One referral.

    Raises:
        RecordMissing: There is none.
    """
    record = file.record(referral)
    if record is None or record.is_purged or record.kind != REFERRAL:
        raise RecordMissing(referral)
    return referral_of(record, file.about(referral, STEP))


def _read(desk: Desk, said: str) -> str:
    """A moment as text with offset.

    Raises:
        BadEntry: It is none.
    """
    try:
        at = moment(desk, said)
    except ValueError:
        raise BadEntry("moment") from None
    kept = datetime.fromisoformat(said)
    return said if kept.tzinfo else at.astimezone(desk.clock.local().tzinfo).isoformat()
