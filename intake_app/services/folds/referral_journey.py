"""The journey of a referral: whom it asked, what they said, whether the person came."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, TypedDict

from intake_app.domain.journey import Journey, Subject
from intake_app.domain.kin import Kin
from intake_app.domain.referral import REFERRAL, Referral, SaidBy, Status, Step, Visit, referral_of
from intake_app.domain.referral import STEP as REFERRAL_STEP
from intake_app.services.folds.parts import Folding, day_of, first

_CAME: Final = frozenset({Status.IN_PROGRESS, Status.COMPLETED})
_OVER: Final = {
    Status.COMPLETED: "completed", Status.REJECTED: "rejected", Status.CANCELLED: "cancelled",
    Status.FAILED: "failed",
}  # fmt: skip
_NO_BED: Final = "no_bed"


class Visits(TypedDict):
    """Appointments, as columns of a journey."""

    scheduled: int
    attended: int
    visit_on: str


def referrals_in(kin: Kin) -> list[Referral]:
    """The referrals of an intake that are no error, with their steps; cards among them."""
    records = kin.about(kin.root.id, REFERRAL)
    found = (referral_of(one, kin.about(one.id, REFERRAL_STEP)) for one in records)
    return [one for one in found if one.standing.status is not Status.ENTERED_IN_ERROR]


def referral_journeys(
    folding: Folding, of: Journey, referrals: Iterable[Referral]
) -> list[Journey]:
    """A journey for each referral of an intake.

    Args:
        folding: The round.
        of: The intake's own.
        referrals: Its referrals.
    """
    return [_journey(folding, of, one) for one in referrals]


def came_on(referral: Referral) -> str:
    """The day on which they first came to what they were referred to; empty: not that we know."""
    standing = referral.standing
    if standing.status not in _CAME and standing.visit != Visit.CAME:
        return ""
    return first(day_of(step.at) for step in referral.steps if _says_came(step))


def visits_of(folding: Folding, referrals: Sequence[Referral]) -> Visits:
    """First visits that were agreed and whose day has come, and those that they came to.

    One whose day has passed and of which nobody said anything counts as agreed.
    """
    attended = missed = 0
    open_days: list[str] = []
    for one in referrals:
        attended += bool(came_on(one))
        missed += one.standing.missed
        is_open = one.standing.appointment and not one.standing.visit and not came_on(one)
        if is_open and one.standing.status not in _OVER:
            open_days.append(day_of(one.standing.appointment))
    passed = sum(1 for day in open_days if day and day < folding.today)
    ahead = first(day for day in open_days if day >= folding.today)
    return {"scheduled": attended + missed + passed, "attended": attended, "visit_on": ahead}


def _journey(folding: Folding, of: Journey, one: Referral) -> Journey:
    standing = one.standing
    asked, came = day_of(standing.asked_at), came_on(one)
    is_over = standing.status in _OVER
    return Journey(
        record=one.id,
        subject=Subject.REFERRAL,
        intake=of.intake,
        person=of.person,
        pathway=of.pathway,
        program=of.program,
        by=one.by,
        status=str(standing.status),
        opened_on=day_of(one.opened),
        offered_on=asked,
        accepted_on=first(day_of(s.at) for s in one.steps if s.status is Status.ACCEPTED),
        contact_on=day_of(standing.closed_at),
        engaged_on=came,
        closed_on=day_of(one.steps[-1].at) if is_over and one.steps else "",
        outcome=_OVER.get(standing.status, ""),
        why_closed=standing.reason if is_over else "",
        handoff=one.mode,
        wanted_place=one.service,
        placed=one.service if came else "",
        provider=one.provider,
        answer=_answer(one),
        why_refused=standing.reason if standing.status is Status.REJECTED else "",
        wait_days=_waited(one, asked, came),
        came_on=came,
        **visits_of(folding, [one] if not one.is_card else []),
    )


def _says_came(step: Step) -> bool:
    return step.status in _CAME or step.visit == Visit.CAME


def _answer(one: Referral) -> str:
    """What the provider said of its room; empty: nothing yet, or no for another reason."""
    status = one.standing.status
    if status is Status.ON_HOLD:
        return "wait_list"
    if status is Status.REJECTED:
        return "no_room" if one.standing.reason == _NO_BED else ""
    told = {s.status for s in one.steps if s.said_by is SaidBy.PROVIDER}
    if told & {Status.ACCEPTED, *_CAME} or status in {Status.ACCEPTED, *_CAME}:
        return "has_room"
    return "wait_list" if Status.ON_HOLD in told else ""


def _waited(one: Referral, asked: str, came: str) -> int | None:
    """Days from asking to the first visit; before that, as the provider said."""
    if asked and came and asked <= came:
        return (date.fromisoformat(came) - date.fromisoformat(asked)).days
    return one.standing.wait_days
