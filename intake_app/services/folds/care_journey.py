"""The journey of an intake of those who asked for help: from its steps, tries, referrals and aid.

Steps say how far somebody came; tries, who was reached; referrals and follow-ups, when they first
came to a service. Nothing is guessed: where nobody noted it, a day stays empty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.episode import STEP, Episode, Step, fold
from intake_app.domain.follow_up import Reach
from intake_app.domain.form import Status
from intake_app.domain.journey import Eligible, Journey
from intake_app.domain.kin import Kin
from intake_app.domain.pathway import Pathway
from intake_app.domain.record import Record
from intake_app.domain.referral import CARD
from intake_app.domain.stock import StockAct
from intake_app.services.folds.parts import (
    Folding,
    Said,
    as_object,
    begun,
    day_of,
    first,
    minutes_between,
    number_of,
    text_of,
)
from intake_app.services.folds.referral_journey import came_on, referrals_in, visits_of
from intake_app.services.follow_up.episodes import CONFLICT
from intake_app.services.records.aid_changes import AID, CROSSING
from intake_app.services.records.follow_up_changes import FOLLOW_UP, is_open
from intake_app.services.records.rows import rows_of
from intake_app.services.records.tries import ATTEMPT
from intake_app.services.referrals.bed_calls import BED_CALL, CALLS

OFFERED: Final = frozenset({
    "offered", "declined", "deferred", "accepted", "plan_active", "completed", "withdrew",
})  # fmt: skip
"""Steps that say that help was offered: nobody can say no to what was not."""

ACCEPTED: Final = frozenset({"accepted", "plan_active", "completed", "withdrew"})
"""Steps that say that it was taken."""

_MET_AT_ONCE: Final = frozenset({Pathway.SELF_REFERRAL, Pathway.COMMUNITY_RESPONSE})
"""Ways in where somebody stood before us: contact is made with the intake itself."""

_ON_THE_SPOT: Final = frozenset({"warm_in_person", "warm_call"})
"""What a crew can give (`referral_given`) so that the program speaks with the person then."""

_ANSWERS: Final = ACCEPTED | {"declined", "deferred"}
"""Steps that somebody can only take who spoke with the person."""

_MET: Final = frozenset({Reach.REACHED, Reach.AGAIN, Reach.STOP})
_HANDED: Final = {
    "warm_in_person": "in_person", "warm_call": "three_way_call", "card_only": "card",
    "letter": "letter",
}  # fmt: skip
"""What was done at the scene (`referral_given`), as a way of handing over."""

_IN_SERVICE: Final = frozenset({"engaged", "finished"})
"""What a follow-up may say of services (`follow_up_engagement`): they went there."""

_LINKED: Final = ("treatment_linked_on", "moud_bridge_on")
"""Questions for the day on which somebody came to treatment."""

_NALOXONE: Final = "naloxone"
"""Things on the department's list whose id begins so are kits."""

_ROOM: Final = {
    "accepted": "has_room", "accepted_later": "has_room", "waitlist": "wait_list",
    "full": "no_room",
}  # fmt: skip
_BEST_FIRST: Final = ("has_room", "wait_list", "no_room")


def care_journey(folding: Folding, kin: Kin, said: Said) -> Journey:
    """The journey of an intake in `care`; without its traits and its other overdoses."""
    guide = folding.guide(kin.root)
    episode = _episode(kin, guide.form.statuses if guide else ())
    made = _came_so_far(begun(kin.root), episode, said)
    made = _reached(folding, made, kin, (said, episode))
    made = _served(folding, made, kin, said)
    room = [answer for answer in _BEST_FIRST if answer in set(_room(kin))]
    return replace(
        made,
        contact_business_days=folding.business_days(made.opened_on, made.contact_on),
        answer=room[0] if room else "",
        kits=_kits(kin),
        officer_minutes=said.number("officer_minutes"),
        next_due=first(str(one.values.get(facts.DUE) or "")[:10] for one in _open_tasks(kin)),
        drive_minutes=minutes_between(said.get("ride_left"), said.get("ride_arrived")),
    )


def _episode(kin: Kin, statuses: Sequence[Status]) -> Episode:
    """How far it has come, each step called as numbers count it."""
    episode = fold(map(Step.of, kin.about(kin.root.id, STEP)), statuses)
    counted = {one.id: one.counts_as or one.id for one in statuses}
    steps = (replace(one, status=counted.get(one.status, one.status)) for one in episode.steps)
    return replace(episode, steps=tuple(steps))


def _came_so_far(made: Journey, episode: Episode, said: Said) -> Journey:
    """Offered, accepted, planned, closed: from the steps."""
    accepted = _day_of_any(episode, ACCEPTED)
    closing = _closing(episode)
    is_declined = closing is not None and closing.status == "declined"
    no = said.code("declined_reason")
    return replace(
        made,
        status=CONFLICT if episode.is_conflict else made.status,
        eligible=_eligible(episode),
        why_not_eligible=_why(closing, "ineligible", said.code("ineligible_reason")),
        offered_on=_day_of_any(episode, OFFERED),
        accepted_on=accepted,
        declined_on=episode.closed_on if is_declined else "",
        why_declined=_why(closing, "declined", no),
        plan_on=_day_of_any(episode, frozenset({"plan_active"})),
        closed_on=episode.closed_on if closing else "",
        outcome=closing.status if closing else "",
        why_closed=closing.reason if closing else "",
    )


def _closing(episode: Episode) -> Step | None:
    """How it ended; while people disagree about it, it has not: nobody picks one of two ends."""
    is_over = episode.is_closed and not episode.is_conflict
    return episode.steps[-1] if is_over and episode.steps else None


def _eligible(episode: Episode) -> str:
    """No where it ended so; yes where something was offered; undecided before that."""
    closing = _closing(episode)
    if closing is not None and closing.status == "ineligible":
        return Eligible.NO
    was_offered = any(step.status in OFFERED for step in episode.steps)
    return Eligible.YES if was_offered else Eligible.UNDECIDED


def _why(closing: Step | None, status: str, answered: str) -> str:
    if closing is None or closing.status != status:
        return ""
    return closing.reason or answered


def _day_of_any(episode: Episode, statuses: frozenset[str]) -> str:
    told = (step for step in episode.steps if step.status in statuses)
    return first(day_of(step.at) or day_of(step.entered) for step in told)


def _reached(folding: Folding, made: Journey, kin: Kin, known: tuple[Said, Episode]) -> Journey:
    """Who tried, and when they first spoke with the person; an answer to an offer is a contact.

    What was answered to an officer or a crew at the scene is none: the program has not spoken with
    them before it did, or took them over on the spot.
    """
    said, episode = known
    tries = kin.about(kin.root.id, ATTEMPT)
    met = [one for one in tries if folding.reach(text_of(one.values, "result")) in _MET]
    days = [day_of(one.values.get("at")) for one in met]
    if made.pathway in _MET_AT_ONCE:
        days.append(made.opened_on)
    is_at_scene = made.pathway == Pathway.OFFICER_REFERRAL
    if is_at_scene and said.code("referral_given") in _ON_THE_SPOT:
        days.append(made.opened_on)
    steps = episode.steps[1:] if is_at_scene else episode.steps  # the first was said there
    answers = [day_of(one.at) for one in steps if one.status in _ANSWERS]
    return replace(
        made,
        tried_on=first(day_of(one.values.get("at")) for one in tries),
        contact_on=first((*days, *answers)),
        tries=len(tries),
    )


def _served(folding: Folding, made: Journey, kin: Kin, said: Said) -> Journey:
    """Who took over, and when the person first came to a service."""
    referrals = referrals_in(kin)
    real = [one for one in referrals if not one.is_card]
    came = sorted((day, one.service) for one in real if (day := came_on(one)))
    followed = (
        day_of(one.values.get("at"))
        for one in kin.about(kin.root.id, ATTEMPT)
        if text_of(as_object(one.values.get("snapshot")), "engagement") in _IN_SERVICE
    )
    linked = (said.day(name) for name in _LINKED)
    given = _HANDED.get(said.code("referral_given"), "")
    modes = [given, *(one.mode for one in (real or referrals))]
    asked = real[0].service if real else ""
    return replace(
        made,
        engaged_on=first((*(day for day, _ in came), *followed, *linked)),
        handoff=next((one for one in modes if one not in {"", CARD}), CARD if any(modes) else ""),
        handoff_minutes=said.number("handoff_minutes"),
        wanted_place=said.code("preferred_place") or asked,
        placed=said.code("actual_place") or (came[0][1] if came else ""),
        provider=real[0].provider if real else "",
        **visits_of(folding, real),
    )


def _room(kin: Kin) -> Iterator[str]:
    """What providers who were called said of their room."""
    said: list[dict[str, Value]] = [
        {
            "answer": row.get("call_result"),
            "bed": row.get("bed"),
            "reason": row.get("refused_reason"),
        }
        for row in rows_of(kin, kin.root.id, CALLS)
    ]
    said += [one.values for one in kin.about(kin.root.id, BED_CALL)]
    for call in said:
        if call.get("bed") == "yes":
            yield "has_room"
        elif answer := _ROOM.get(str(call.get("answer") or "")):
            yield answer
        elif call.get("reason") == "no_bed":
            yield "no_room"


def _kits(kin: Kin) -> int:
    """Naloxone kits that they got, or that were left for them."""
    given = [one.values for one in kin.about(kin.root.id, AID)]
    return _naloxone(given) + left_kits(kin, kin.root)


def left_kits(kin: Kin, about: Record) -> int:
    """Naloxone kits that were left behind with nobody's name on them."""
    notes = [as_object(one.values.get("note")) for one in kin.about(about.id, CROSSING)]
    return _naloxone([note for note in notes if note.get("do") == StockAct.GIVEN])


def _naloxone(given: list[dict[str, Value]]) -> int:
    kits = (one for one in given if text_of(one, "item").startswith(_NALOXONE))
    return sum(number_of(one.get("count")) or 0 for one in kits)


def _open_tasks(kin: Kin) -> Iterator[Record]:
    return (one for one in kin.about(kin.root.id, FOLLOW_UP) if is_open(one))
